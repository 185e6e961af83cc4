"""What is left over: every number of a form table is a cell, or an issue says where it stands."""

from __future__ import annotations

from collections.abc import Iterable

from extract.record import Issue, cells
from extract.tables.found import Found
from extract.tables.grid import Grid
from extract.tables.number import read_number
from extract.tables.places import text_of_row

# A page's index table holds a number or two; so many make it a table of figures.
_TABLE_OF_NUMBERS = 3


def account(grids: Iterable[Grid], found: Found) -> None:
    """Add an issue for each row of the form tables that holds a number nobody placed.

    Args:
        grids: The HTML tables that are form tables.
        found: What was read in them; gets the issues.
    """
    placed = {cell.at for table in found.tables for *_, cell in cells({table.key: table.rows})}
    placed |= found.passed
    told = {_row(issue.at) for issue in found.issues if issue.at}
    for grid in grids:
        for r in range(len(grid.rows)):
            own = [cell for cell in grid.cells(r) if cell.row == r]
            left = [
                cell for cell in own
                if cell.at not in placed and read_number(cell.text).value is not None
            ]
            if left and _row(left[0].at) not in told:
                found.issues.append(Issue("unplaced", text_of_row(own)[:300], left[0].at))


def tell_unknown(grids: Iterable[Grid], found: Found) -> None:
    """Add an issue for each table of numbers that no form knows: its place and its first words.

    Args:
        grids: The HTML tables of the article.
        found: What was read; gets the issues.
    """
    for grid in grids:
        if grid.number in found.used:
            continue
        rows = [[cell for cell in grid.cells(r) if cell.row == r] for r in range(len(grid.rows))]
        numbers = [cell for row in rows for cell in row
                   if read_number(cell.text).value is not None]
        if len(numbers) >= _TABLE_OF_NUMBERS:
            words = " / ".join(text_of_row(row) for row in rows if any(cell.text for cell in row))
            found.issues.append(Issue("unknown_table", words[:300], numbers[0].at))


def _row(at: str) -> str:
    return at.rsplit("/", 1)[0]
