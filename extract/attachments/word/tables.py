"""A table of Word as rows of boxes: columns of its grid, merged cells, deleted and hidden rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from extract.attachments.paper import Box
from extract.attachments.word.parts import Element, attribute, child, is_on, local

MAX_COLUMNS = 400

# Wrappers that stand between a table and its rows, or a row and its cells.
_WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})


@dataclass(frozen=True, slots=True)
class Shown:
    """What a cell shows: its text, and whether something in it could not be read."""

    text: str
    hides: bool = False


@dataclass(slots=True)
class _Merge:
    """A cell that goes on downwards: where it stands in the rows, and how wide it is."""

    row: int
    index: int
    width: int


def rows_of(
    table: Element, at: str, shown: Callable[[Element], Shown], dropped: Callable[[str, str], None]
) -> list[tuple[Box, ...]]:
    """Return the rows of a table.

    Args:
        table: The ``w:tbl``.
        at: Its locator, such as ``docx:t2``.
        shown: Tells what a cell shows.
        dropped: Told the locator and text of a cell that Word does not show since it is merged
            into the one above.

    Returns:
        The boxes that begin in each row. A row that a tracked change deleted is left out, but
        counted in the locators.
    """
    rows: list[list[Box]] = []
    open_merges: dict[int, _Merge] = {}
    for number, row in enumerate(_inside(table, "tr"), start=1):
        properties = child(row, "trPr")
        if is_on(child(properties, "hidden")) or child(properties, "del") is not None:
            continue
        boxes: list[Box] = []
        column = _count(attribute(child(properties, "gridBefore")), 0)
        if column:
            boxes.append(Box("", f"{at}/r{number}/c0", width=column))
        going: dict[int, _Merge] = {}
        for place, cell in enumerate(_inside(row, "tc"), start=1):
            dress = child(cell, "tcPr")
            width = _count(attribute(child(dress, "gridSpan")), 1)
            if child(dress, "cellDel") is not None or column + width > MAX_COLUMNS:
                continue
            told = shown(cell)
            where = f"{at}/r{number}/c{place}"
            down, aside = _merged(dress, "vMerge", "vmerge"), _merged(dress, "hMerge", "hmerge")
            merge = open_merges.get(column) if down == "continue" else None
            if merge is not None and merge.width == width:
                above = rows[merge.row][merge.index]
                rows[merge.row][merge.index] = replace(above, height=above.height + 1)
                going[column] = merge
                if told.text:
                    dropped(where, told.text)
            elif aside == "continue" and boxes:
                boxes[-1] = replace(boxes[-1], width=boxes[-1].width + width)
                if told.text:
                    dropped(where, told.text)
            else:
                sure = 0.0 if told.hides and not told.text else 1.0
                boxes.append(Box(told.text, where, width, 1, sure))
                if down is not None:
                    going[column] = _Merge(len(rows), len(boxes) - 1, width)
            column += width
        open_merges = going
        rows.append(boxes)
    return [tuple(boxes) for boxes in rows]


def _merged(dress: Element | None, *names: str) -> str | None:
    """``restart``, ``continue`` (what a merge without a value means), or None."""
    for name in names:
        found = child(dress, name)
        if found is not None:
            return attribute(found) or "continue"
    return None


def _inside(element: Element, wanted: str, depth: int = 0) -> Iterator[Element]:
    for one in element:
        name = local(one)
        if name == wanted:
            yield one
        elif name in _WRAPPERS and depth < MAX_COLUMNS:
            yield from _inside(one, wanted, depth + 1)


def _count(text: str | None, least: int) -> int:
    number = int(text) if text and text.isdecimal() and len(text) < 6 else least
    return min(max(number, least), MAX_COLUMNS)
