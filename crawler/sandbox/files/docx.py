"""Reports as Word documents, made by python-docx in the ways that bodies write them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from random import Random
from typing import Any

from crawler.sandbox.files.printed import Heading, Printed, Table, Words
from crawler.sandbox.grids import Grid

_COUNTED = re.compile(
    r"(?:(?P<han>[一二三四]、)|(?P<bracket>[(（][一二三四五六七][)）])|\d[.．])(?P<rest>[^\n]+)$"
)
_EPOCH = (1980, 1, 1, 0, 0, 0)
_TIME = re.compile(rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d")


def make(printed: Printed, chance: Random, *, counted: bool = True) -> bytes:
    """Return a report as DOCX.

    Args:
        printed: What it shows.
        chance: Decides how it was written: numbered headings typed or counted by Word, tables
            with merged or spanned cells, split runs, tracked changes, a header and page numbers.
        counted: Word may print the numbers of the rows too.

    Returns:
        The file; the same dice give the same bytes.
    """
    from docx import Document

    document: Any = Document()
    _furniture(document, chance)
    _title(document, printed.title, chance)
    typed = chance.random() < 0.5
    numbers = None if typed else _chinese_list(document)
    for block in printed.blocks:
        if isinstance(block, Table):
            _table(document, block.grid, chance, counted=chance.random() < 0.25 and counted)
        elif isinstance(block, Heading):
            _heading(document, block.text, numbers)
        elif isinstance(block, Words):
            _words(document.add_paragraph(), block.text, chance)
    for line in printed.signature:
        document.add_paragraph(line).alignment = 2
    held = io.BytesIO()
    document.save(held)
    return dateless(held.getvalue())


def _furniture(document: Any, chance: Random) -> None:
    """A running head and a page number, which are no text of the report."""
    if chance.random() < 0.5:
        document.sections[0].header.paragraphs[0].text = "政府信息公开工作年度报告 12"
        document.sections[0].footer.paragraphs[0].text = "— 3 —"


def _title(document: Any, title: str, chance: Random) -> None:
    cut = max(title.find("年") - 4, 0) if chance.random() < 0.4 else 0
    for part in filter(None, (title[:cut], title[cut:])):  # the body on a line of its own
        document.add_paragraph(part).alignment = 1
    document.core_properties.title = chance.choice(("", title, "文档1", "Microsoft Word - 新建"))


def _heading(document: Any, text: str, numbers: str | None) -> None:
    number, mark, rest = text.partition("、")
    paragraph = document.add_paragraph()
    if numbers is None or not mark or len(number) > 2:
        paragraph.add_run(text).bold = True
        return
    paragraph.add_run(rest).bold = True
    _number(paragraph, numbers, 0)


def _number(paragraph: Any, numbers: str, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = int(numbers)


def _words(paragraph: Any, text: str, chance: Random) -> None:
    """A paragraph in several runs, as editing leaves it; now and then with deleted words."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    at = chance.randrange(len(text)) if text else 0
    paragraph.add_run(text[:at])
    if chance.random() < 0.2:
        deleted = OxmlElement("w:del")
        run = OxmlElement("w:r")
        said = OxmlElement("w:delText")
        said.text = "删去的999件"
        run.append(said)
        deleted.append(run)
        deleted.set(qn("w:id"), "7")
        paragraph._p.append(deleted)
    paragraph.add_run(text[at:])


def _table(document: Any, grid: Grid, chance: Random, *, counted: bool) -> None:
    """A table; where it is counted, Word itself prints 一、 （一） and 1. before its labels."""
    numbers = _row_list(document) if counted else None
    places = laid_out(grid)
    rows = len(grid)
    columns = 1 + max(column for _, column in places)
    table = document.add_table(rows, columns)
    table.style = "Table Grid"
    cells = table._cells  # the library makes the whole list anew for each cell that is asked for
    for r, row in enumerate(grid):
        column = -1
        for box in row:
            column = next(c for c in range(column + 1, columns) if places.get((r, c)) is box)
            cell = cells[r * columns + column]
            if box.columns > 1 or box.rows > 1:
                last = (r + box.rows - 1) * columns + column + box.columns - 1
                cell = cell.merge(cells[last])
            label = _COUNTED.match(box.text or "") if numbers and box.label else None
            if label and numbers:
                cell.text = label["rest"]
                level = 0 if label["han"] else 1 if label["bracket"] else 2
                _number(cell.paragraphs[0], numbers, level)
                column += box.columns - 1
                continue
            lines = [box.text or ""]
            if box.label and len(lines[0]) > 6 and chance.random() < 0.2:
                middle = len(lines[0]) // 2
                lines = [lines[0][:middle], lines[0][middle:]]
            cell.text = lines[0]
            for line in lines[1:]:
                cell.add_paragraph(line)
            column += box.columns - 1
    document.add_paragraph()


def laid_out(grid: Grid) -> dict[tuple[int, int], Any]:
    """The box at each place of the grid."""
    places: dict[tuple[int, int], Any] = {}
    for r, row in enumerate(grid):
        column = 0
        for box in row:
            while (r, column) in places:
                column += 1
            for rr in range(r, r + box.rows):
                for cc in range(column, column + box.columns):
                    places[rr, cc] = box
            column += box.columns
    return places


def _chinese_list(document: Any) -> str:
    """Define a list that counts 一、 二、 …; return its id."""
    return _list(document, 77, (("chineseCounting", "%1、"),))


def _row_list(document: Any) -> str:
    """Define a list that counts the rows of table 3; return its id."""
    taken = len(document.part.numbering_part.element)
    counts = ("chineseCounting", "chineseCountingThousand", "decimal")
    levels = list(zip(counts, ("%1、", "（%2）", "%3."), strict=True))
    return _list(document, 100 + taken, levels)


def _list(document: Any, number: int, levels: Sequence[tuple[str, str]]) -> str:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    told = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, (form, text) in enumerate(levels)
    )
    numbering = document.part.numbering_part.element
    named = f'{nsdecls("w")} w:abstractNumId="{number}"'
    numbering.insert(0, parse_xml(f"<w:abstractNum {named}>{told}</w:abstractNum>"))
    numbering.append(parse_xml(
        f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
    ))  # fmt: skip
    return str(number)


def dateless(data: bytes) -> bytes:
    """The same package without the time of its making, so that bytes can be compared."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w") as new:
        for entry in old.infolist():
            told = zipfile.ZipInfo(entry.filename, _EPOCH)
            told.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(told, _TIME.sub(b"2020-01-01T00:00:00", old.read(entry)))
    return held.getvalue()
