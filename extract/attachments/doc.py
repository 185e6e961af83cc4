"""Word 97-2003, WPS, RTF and OpenDocument files, by way of LibreOffice.

LibreOffice may lose a table or its cells on the way. So its result is compared with what stands in
the file's own bytes, and what is gone is told; a file whose tables are gone is not read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extract.attachments import odt_cells, rtf_cells, word_binary
from extract.attachments.office import convert
from extract.attachments.paper import Block, Box, Paper, Sheet, UnreadableError
from extract.record import Issue

_OLE = b"\xd0\xcf\x11\xe0"
_RTF = b"{\\rtf"
_SHEETS = b"opendocument.spreadsheet"
_TEXTS = b"opendocument.text"
_TOLD = 5  # lost cells that an issue names
_FEWEST = 8  # filled cells that make a table worth missing
_NUMBER = re.compile(r"[(（〔]?(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[a-zA-Z])[)）〕.．、]{1,2}")
_BLANK = re.compile(r"[\s\u00a0\u200b\u3000]+")


def read(data: bytes) -> Paper:
    """Read a document that LibreOffice has to convert.

    Args:
        data: The file: OLE with a WordDocument stream, RTF or OpenDocument.

    Returns:
        What it shows; locators are ``doc:t2/r5/c2``, tables, rows and cells of the conversion.

    Raises:
        UnreadableError: LibreOffice is not installed, takes too long or makes nothing of it; the
            file is encrypted; or most of its table cells are lost on the way.
    """
    if data[:1024].find(_SHEETS) >= 0:
        return _named(_sheets(convert(data, "ods", "xlsx")))
    expected: list[str] | None = None
    suffix = "doc"
    if data.startswith(_OLE):
        expected = word_binary.cell_texts(data)
    elif data.startswith(_RTF):
        suffix, expected = "rtf", rtf_cells.cell_texts(data)
    elif data[:1024].find(_TEXTS) >= 0:
        suffix, expected = "odt", odt_cells.cell_texts(data)
    from extract.attachments import docx

    paper = _named(docx.read(convert(data, suffix, "docx")))
    if expected is None:
        detail = "a file older than Word 97: nothing tells whether LibreOffice lost a cell of it"
        paper.issues.append(Issue("cells_unproven", detail))
    else:
        _compare(paper, expected)
    return paper


def _sheets(data: bytes) -> Paper:
    from extract.attachments import xlsx

    return xlsx.read(data)


def _compare(paper: Paper, expected: Sequence[str]) -> None:
    """Tell which filled cells of the file are in no table of the conversion.

    Raises:
        UnreadableError: Most of them are gone.
    """
    want = Counter(filter(None, map(_bare, expected)))
    have = Counter(_bare(line) for line in _lines(paper.blocks))
    lost, more = want - have, have - want
    # The number that a list gives to a cell is printed, but stands nowhere in the file's text.
    for text in list(lost):
        numbered = next((line for line in more if _is_numbered(line, text)), None)
        if numbered is not None:
            same = min(lost[text], more[numbered])
            lost -= Counter({text: same})
            more -= Counter({numbered: same})
    if not lost:
        return
    if lost.total() * 2 > want.total() >= _FEWEST:
        detail = f"LibreOffice lost {lost.total()} of the {want.total()} filled cells of the tables"
        raise UnreadableError("broken", detail)
    some = ", ".join(sorted(lost)[:_TOLD])
    detail = f"{lost.total()} filled cells of the file are in no table as converted: {some[:200]}"
    paper.issues.append(Issue("cells_lost", detail))


def _lines(blocks: Iterable[Block]) -> Iterable[str]:
    for block in blocks:
        if isinstance(block, Sheet):
            for row in block.rows:
                for box in row:
                    yield box.text.rstrip().rpartition("\n")[2]


def _is_numbered(line: str, text: str) -> bool:
    return line.endswith(text) and _NUMBER.fullmatch(line.removesuffix(text)) is not None


def _bare(text: str) -> str:
    return _BLANK.sub("", text)


def _named(paper: Paper) -> Paper:
    """The same with locators of this kind of file."""

    def own(at: str) -> str:
        return f"doc:{at.partition(':')[2]}"

    blocks: list[Block] = []
    for block in paper.blocks:
        if isinstance(block, Sheet):
            rows = tuple(
                tuple(Box(one.text, own(one.at), one.width, one.height, one.sure) for one in row)
                for row in block.rows
            )
            blocks.append(Sheet(rows))
        else:
            blocks.append(replace(block, at=own(block.at)))
    issues = [replace(one, at=own(one.at)) if one.at else one for one in paper.issues]
    return replace(paper, blocks=blocks, issues=issues)
