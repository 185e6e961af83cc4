"""A second, independent reading of the same cells, to tell a printed error from a misreading.

The grid is flattened to a row a line and read by the text reader, which knows nothing of spans.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from extract.record import Cell, Table
from extract.tables.grid import Grid
from extract.tables.loose import read_text


class SecondReading:
    """Answers whether another reader sees the same in a cell; reads only when it is asked."""

    def __init__(self, grids: Sequence[Grid]) -> None:
        """Take the HTML tables of one body."""
        self._grids = grids

    def agrees(self, path: tuple[str, str, str], cell: Cell) -> bool | None:
        """Tell whether the second reading has the same value, or None when it has no such cell."""
        table, row, column = path
        other = self._tables.get(table, {}).get(row, {}).get(column)
        return None if other is None else (other.value, other.missing) == (cell.value, cell.missing)

    @cached_property
    def _tables(self) -> dict[str, Table]:
        lines: list[str] = []
        for grid in self._grids:
            for r in range(len(grid.rows)):
                cells = [cell for cell in grid.cells(r) if cell.row == r]
                lines.append("".join(f"{' '.join(cell.text.split())} | " for cell in cells))
        tables: dict[str, Table] = {}
        for found in read_text("\n".join(lines)).tables:
            tables.setdefault(found.key, found.rows)
        return tables
