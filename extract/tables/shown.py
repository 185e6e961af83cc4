"""The form tables of a page's tree: laid out as grids, and looked for in what no grid holds."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.html import HtmlElement

from extract.bounds import MAX_PLACES
from extract.locate import shown_text
from extract.tables.annex import ANNEX
from extract.tables.found import Found
from extract.tables.grid import Grid, grids
from extract.tables.labels import T3, T4
from extract.tables.local import LOCAL
from extract.tables.loose import read_text
from extract.tree import Line


def laid_out(root: HtmlElement) -> tuple[list[Grid], bool]:
    """Lay the tables out, and tell whether all of them were: their spans may fill the memory."""
    found: list[Grid] = []
    places = 0
    for grid in grids(root):
        if places > MAX_PLACES:
            return found, False
        found.append(grid)
        places += sum(map(len, grid.rows))
    return found, True


def add_loose(lines: Sequence[Line], found: Found) -> set[str]:
    """Read the national tables that no grid holds from what the page shows as text.

    Some pages set a table in blocks or tabs. Tables of the grid stay as they are.

    Args:
        lines: What the page shows.
        found: What its grids hold; gets the tables found here.

    Returns:
        The lines of the page that belong to the tables read here.
    """
    # What a grid showed and refused is not tried again as lines: nothing there is better known.
    have = {table.key for table in found.tables} | found.seen
    if have >= {T3, T4} or (have & {LOCAL, ANNEX} and not found.seen):
        return set()
    text = shown_text(lines)
    loose = read_text(text)
    added = [table for table in loose.tables if table.key not in have]
    if not added:
        return set()
    found.tables += added
    found.labels |= loose.labels
    found.issues += loose.issues
    found.flags |= loose.flags | {"TBL_FLATTENED"}
    rows = text.split("\n")
    return {rows[number] for number in loose.lines}
