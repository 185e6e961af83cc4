"""A second, independent reading of the same cells, to tell a printed error from a misreading.

The grid is flattened to a row a line and read by the text reader, which knows nothing of spans.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from extract.record import Cell, Table, cells
from extract.tables.grid import Grid
from extract.tables.loose import read_text


class SecondReading:
    """Answers whether another reader sees the same in a cell; reads only when it is asked."""

    def __init__(self, grids: Sequence[Grid]) -> None:
        """Take the HTML tables of one body."""
        self.grids = grids

    def of(self, body: Mapping[str, Table], before: Mapping[str, Table] | None) -> SecondReading:
        """Return the second reading of one body of several.

        Args:
            body: Its tables, as the first reading has them.
            before: Those of the body before it: what stands behind them is this one's.
        """
        last, first = max(_numbers(body), default=0), max(_numbers(before or {}), default=-1)
        return SecondReading([grid for grid in self.grids if first < grid.number <= last])

    def agrees(self, path: tuple[str, str, str], cell: Cell) -> bool | None:
        """Tell whether the second reading has the same value, or None when it has no such cell."""
        table, row, column = path
        other = self._tables.get(table, {}).get(row, {}).get(column)
        return None if other is None else (other.value, other.missing) == (cell.value, cell.missing)

    @cached_property
    def _tables(self) -> dict[str, Table]:
        lines: list[str] = []
        for grid in self.grids:
            for r in range(len(grid.rows)):
                own = [cell for cell in grid.cells(r) if cell.row == r]
                lines.append("".join(f"{' '.join(cell.text.split())} | " for cell in own))
        tables: dict[str, Table] = {}
        for found in read_text("\n".join(lines)).tables:
            tables.setdefault(found.key, found.rows)
        return tables


def _numbers(tables: Mapping[str, Table]) -> Iterator[int]:
    """The numbers of the HTML tables that the cells stand in."""
    for _, _, _, cell in cells(tables):
        kind, _, place = cell.at.partition(":t")
        if kind == "html":
            yield int(place.split("/")[0])
