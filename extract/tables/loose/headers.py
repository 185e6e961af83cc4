"""What headers of a loose text share: labels put together, beside or below one another."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from extract.tables.found import in_order
from extract.tables.loose.joining import reach
from extract.tables.loose.sheet import Leaf, Sheet
from extract.tables.loose.vocabulary import form, header_words

_REMARK = re.compile(r"\((?:[^()]|\([^()]*\)){2,}\)")

Matcher = Callable[[str], str | None]
_WIDEST = 60  # pieces in a line of a header, split as it may be


def is_remark(text: str) -> bool:
    """Tell whether a piece is a remark in brackets to the label before it."""
    word = form(text)
    return bool(_REMARK.fullmatch(word)) and not word[1:-1].isdigit()


def label_at(sheet: Sheet, at: int, match: Matcher) -> tuple[int, str | None, str]:
    """A label at a place, joined from its pieces: index behind it, key and text; 0 if none."""
    cell = sheet.cells[at]
    if not cell.text or cell.value:
        return 0, None, ""
    joined = reach(sheet, at, header_words(), between=0)
    if joined.whole and (key := match(joined.text)):
        return joined.whole, key, joined.text
    key = match(cell.text) if len(cell.text) < 60 else None
    return (at + 1, key, cell.text) if key else (0, None, "")


def zipped(sheet: Sheet, at: int, match: Matcher) -> tuple[int, list[Leaf]] | None:
    """Labels whose halves stand in two or three lines below one another (商业 科研 / 企业 机构).

    Takes the longest run at the end of the first line that matches whole; the pieces before it
    stay.
    """
    cells = sheet.cells
    lines: list[list[int]] = []
    index = at
    while index < len(cells) and len(lines) < 3:
        row = [index]
        while row[-1] + 1 < len(cells) and cells[row[-1] + 1].line == cells[index].line:
            row.append(row[-1] + 1)
            if len(row) > _WIDEST:
                return None
        if any(cells[one].value and cells[one].text for one in row):
            break
        lines.append(row)
        index = row[-1] + 1
    width = len(lines[0]) if lines else 0
    if width < 2 and not cells[at].marked:
        return None
    for depth in (2, 3):
        # A line below may begin with the blank below the label column.
        rows = [row[-width:] for row in lines[:depth]]
        if len(rows) < depth or any(len(row) != width for row in rows):
            return None
        if any(cells[one].text for row in lines[1:depth] for one in row[:-width]):
            return None
        texts = ["".join(cells[row[column]].text for row in rows) for column in range(width)]
        keys = [match(text) for text in texts]
        if all(keys):
            return lines[depth - 1][-1] + 1, list(zip(keys, texts, strict=True))
    return None


def note_order(sheet: Sheet, leaves: Sequence[Leaf], at: str) -> None:
    """Say so when a header names the columns in another order than the form's."""
    if not in_order([key for key, _ in leaves]):
        sheet.issue("column_order", ", ".join(label or str(key) for key, label in leaves), at)
