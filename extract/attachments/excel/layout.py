"""Sheets as blocks: what stands alone in its row, round a table, is text and not the table's.

A report in a workbook has its title, headings, paragraphs and signature in merged rows between and
round the tables. Rows of a form that hold a single label (第二十条第（一）项, 三、本年度办理结果)
stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extract import headings
from extract.attachments.excel.leaf import Leaf, Line, Seen, seen
from extract.attachments.paper import Block, Paper, Paragraph, Sheet
from extract.record import Issue
from extract.titles import judge

_CAPTION = re.compile(r"第\s*二十\s*条|信息内容|申请人情况")
_PROSE = 40  # characters of a row that is a paragraph
_MOST_ISSUES = 50


def paper(leaves: Iterable[Leaf], scheme: str) -> Paper:
    """Return what the sheets of a workbook show, in their order.

    Args:
        leaves: The sheets that are shown.
        scheme: ``xlsx`` or ``xls``, for the locators.
    """
    whole = Paper()
    for leaf in leaves:
        found = seen(leaf, scheme)
        whole.blocks += blocks(found)
        if found.cut:
            whole.issues.append(Issue("table_cut", f"sheet {leaf.name} is larger than the limit"))
        for at, text in found.covered[:_MOST_ISSUES]:
            whole.issues.append(
                Issue("covered_cell", f"a merged cell covers {text}"[:300], at)
            )
        lost = [box.at for line in found.lines for box in line.boxes if not box.sure]
        if lost:
            detail = f"{len(lost)} cells show something that is not in the file, such as formulas"
            whole.issues.append(Issue("hidden_value", detail, lost[0]))
    return whole


def blocks(found: Seen) -> Iterator[Block]:
    """Yield the paragraphs and tables of what is seen of one sheet."""
    table: list[Line] = []
    for number, line in enumerate(found.lines):
        if not any(box.text or not box.sure for box in line.boxes) and not line.framed:
            # A row without anything ends a table only where nothing goes on through it.
            if table and _is_through(table):
                table.append(line)
                continue
            yield from _sheet(table)
            table = []
        elif _is_text(found, number, begun=bool(table)):
            yield from _sheet(table)
            table = []
            yield from (Paragraph(box.text, box.at) for box in line.boxes if box.text)
        else:
            table.append(line)
    yield from _sheet(table)


def _sheet(lines: list[Line]) -> Iterator[Sheet]:
    """Yield the rows as a table, without the columns on either side that none of them uses."""
    if lines:
        first, end = min(line.first for line in lines), max(line.end for line in lines)
        yield Sheet(tuple(
            tuple(
                box for box, column in zip(line.boxes, line.columns, strict=True)
                if column < end and column + box.width > first
            )
            for line in lines
        ))  # fmt: skip


def _is_through(table: list[Line]) -> bool:
    """Tell whether a merged cell reaches below the last row of a table."""
    count = len(table)
    return any(box.height > count - r for r, line in enumerate(table) for box in line.boxes)


def _is_text(found: Seen, number: int, *, begun: bool) -> bool:
    """Tell whether a row is a paragraph: it holds one text, and no place beside it is a cell."""
    line = found.lines[number]
    told = [box for box in line.boxes if box.text or not box.sure]
    if len(told) != 1 or told[0].height > 1 or not told[0].sure:
        return False
    text = told[0].text
    across = told[0].width == found.width
    if line.framed and not across:
        return False
    if _reaches_in(found, number) or _CAPTION.search(text[:20]):
        return False
    if headings.sure([text]) or judge(text).verdict == "report" or "\n" in text:
        return True
    if len(text) >= _PROSE:
        return True
    # Before the first row of a table, and behind its last one: a unit, a note, a signature.
    return not begun or not _goes_on(found, number)


def _reaches_in(found: Seen, number: int) -> bool:
    covered = sum(box.width for box in found.lines[number].boxes)
    return covered < found.width


def _goes_on(found: Seen, number: int) -> bool:
    """Tell whether rows of several cells follow."""
    return any(
        sum(bool(box.text) for box in line.boxes) > 1 or line.framed
        for line in found.lines[number + 1 :]
    )
