"""Putting the value cells of a row under the leaves of a header.

Values are never placed by counting alone: a row must have exactly as many value cells as the header
has columns, or stand under them in the grid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.tables import labels
from extract.tables.grid import Grid, GridCell
from extract.tables.number import is_value


@dataclass(frozen=True, slots=True)
class Leaf:
    """The lowest header cell over a value column: its key (None: unknown), label and place."""

    key: str | None
    label: str
    column: int
    width: int


Placed = list[tuple[Leaf, GridCell, bool]]


def place(
    grid: Grid,
    r: int,
    values: Sequence[GridCell],
    leaves: Sequence[Leaf],
    *,
    ordered_only: bool = False,
) -> Placed | None:
    """Put value cells under header leaves.

    Where each leaf has a cell of its own width below it, that is the one. Else one cell for each
    leaf is taken in order: their spans need not agree. Otherwise the grid decides, where one cell
    under several leaves is merged, and no printed value may be left over.

    Args:
        grid: The HTML table.
        r: Its row.
        values: The cells behind the row's label.
        leaves: The leaves of the header.
        ordered_only: The header stands in another HTML table, whose grid says nothing here.

    Returns:
        (leaf, cell, merged) for each leaf that has a cell; None when they do not fit.
    """
    if not leaves or any(map(_is_label, values)):
        return None  # a label among the values: the row's cells are not where its grid has them
    line = grid.rows[r]
    below = [line[leaf.column] if leaf.column < len(line) else None for leaf in leaves]
    if not ordered_only and stands_below([(leaf.column, leaf.width) for leaf in leaves], below,
                                         values):
        return [(leaf, cell, cell.row != r)
                for leaf, cell in zip(leaves, below, strict=True) if cell is not None]
    kept = shorn(values, len(leaves))
    if len(kept) > len(leaves) and not ordered_only:
        kept = shorn(behind(values, leaves[0].column), len(leaves))
    if len(kept) == len(leaves):
        return [(leaf, cell, cell.row != r) for leaf, cell in zip(leaves, kept, strict=True)]
    if ordered_only:
        return None
    under = [(leaf, cell) for leaf, cell in zip(leaves, below, strict=True)
             if cell is not None and cell in values]
    used = [cell for _, cell in under]
    if any(cell.text and cell not in used for cell in values):
        return None
    return [(leaf, cell, used.count(cell) > 1 or cell.row != r) for leaf, cell in under] or None


def stands_below(
    columns: Sequence[tuple[int, int]],
    below: Sequence[GridCell | None],
    values: Sequence[GridCell],
) -> bool:
    """Tell whether each column has a cell of its own place and width, and no value is left over.

    Args:
        columns: First grid column and width of each header leaf.
        below: The cell of the row at that grid column.
        values: The value cells of the row.
    """
    for (column, width), cell in zip(columns, below, strict=True):
        if cell is None or cell not in values or (cell.column, cell.width) != (column, width):
            return False
    return all(cell in below for cell in values if cell.text)


def _is_label(cell: GridCell) -> bool:
    return bool(cell.text) and labels.match_row(cell.text, (labels.T3, *labels.T2)) is not None


def trim(leaves: Sequence[Leaf]) -> list[Leaf]:
    """Drop trailing header cells without a label: padding that some editors add."""
    end = len(leaves)
    while end and not leaves[end - 1].label and leaves[end - 1].key is None:
        end -= 1
    return list(leaves[:end])


def shorn(values: Sequence[GridCell], count: int) -> Sequence[GridCell]:
    """Drop blank cells at the end that are more than the columns: padding of some editors."""
    end = len(values)
    while end > count and not values[end - 1].text:
        end -= 1
    return values[:end]


def missing_code(cell: GridCell, merged: bool) -> str | None:
    """Return the code that overrules a cell's text, if one does."""
    return "merged" if merged else "unparsed" if cell.hides else None


def behind(values: Sequence[GridCell], column: int) -> Sequence[GridCell]:
    """Drop blank cells that end before the first column of the header: padding at the start."""
    start = 0
    while start < len(values) and not values[start].text and (
        values[start].column + values[start].width <= column
    ):
        start += 1
    return values[start:]


def has_number(cells: Sequence[GridCell]) -> bool:
    """Tell whether a number, or a sign that stands for none, is among the cells."""
    return any(cell.text and is_value(cell.text) for cell in cells)


def text_of_row(cells: Sequence[GridCell]) -> str:
    """Return a row as one line, for an issue."""
    return " | ".join(" ".join(cell.text.split()) for cell in cells)
