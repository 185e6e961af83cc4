"""Putting the value cells of a row under the leaves of a header.

Values are never placed by counting alone: a row must have exactly as many value cells as the header
has columns, or stand under them in the grid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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

    One cell for each leaf is taken in order: their spans need not agree. Otherwise the grid
    decides, where one cell under several leaves is merged, and no printed value may be left over.

    Args:
        grid: The HTML table.
        r: Its row.
        values: The cells behind the row's label.
        leaves: The leaves of the header.
        ordered_only: The header stands in another HTML table, whose grid says nothing here.

    Returns:
        (leaf, cell, merged) for each leaf that has a cell; None when they do not fit.
    """
    if not leaves:
        return None
    kept = shorn(values, len(leaves))
    if len(kept) == len(leaves):
        return [(leaf, cell, cell.row != r) for leaf, cell in zip(leaves, kept, strict=True)]
    if ordered_only:
        return None
    line = grid.rows[r]
    under: list[tuple[Leaf, GridCell]] = []
    for leaf in leaves:
        cell = line[leaf.column] if leaf.column < len(line) else None
        if cell is not None and cell in values:
            under.append((leaf, cell))
    used = [cell for _, cell in under]
    if any(cell.text and cell not in used for cell in values):
        return None
    return [(leaf, cell, used.count(cell) > 1 or cell.row != r) for leaf, cell in under] or None


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


def has_number(cells: Sequence[GridCell]) -> bool:
    """Tell whether a number, or a sign that stands for none, is among the cells."""
    return any(cell.text and is_value(cell.text) for cell in cells)


def text_of_row(cells: Sequence[GridCell]) -> str:
    """Return a row as one line, for an issue."""
    return " | ".join(" ".join(cell.text.split()) for cell in cells)
