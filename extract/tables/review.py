"""Table 4 (review and litigation) in a grid: one row of fifteen cells.

Its header is the worst kept of the form: halves of labels are lost. Where all fifteen labels stand
under their groups they decide; where they do not, the form's fixed order does, and only for a row
of exactly fifteen cells. The three sums prove it afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract import formats
from extract.record import Issue
from extract.tables import labels
from extract.tables.found import Found, FoundTable, column_keys, make_cell
from extract.tables.grid import Grid, GridCell
from extract.tables.labels import T4
from extract.tables.number import is_value

ROW = "cases"


class ReviewReader:
    """Collects the header rows of table 4 and then its data row."""

    def __init__(self, found: Found) -> None:
        """Start outside any table 4; what is read goes into ``found``."""
        self.found = found
        self.header: list[tuple[Grid, int]] = []
        self.table: FoundTable | None = None

    def takes(
        self,
        grid: Grid,
        r: int,
        cells: Sequence[GridCell],
        own: Sequence[GridCell],
        start: int,
    ) -> bool:
        """Read the row if it belongs to table 4; tell whether it does.

        Args:
            grid: The HTML table.
            r: Its row.
            cells: All cells that cover the row.
            own: Those of them that begin in it.
            start: A number that orders tables along the document.
        """
        if _is_header(own, bool(self.header)):
            if self.table is not None:
                self.header, self.table = [], None
            self.header.append((grid, r))
            self.found.labels.update(labels.normal(cell.text) for cell in cells)
            return True
        if not self.header:
            return False
        values = list(cells)
        if values and values[0].text and _is_row_label(values[0].text):
            values = values[1:]
        if not values or not all(is_value(cell.text) for cell in values):
            if self.table is not None or labels.match_row(cells[0].text, (labels.T3, *labels.T2)):
                self.header, self.table = [], None
            return False
        return self._data(grid, r, values, start)

    def blank(self, grid: Grid, r: int, start: int) -> bool:
        """Read a row of blanks: the data row of a body that left it empty."""
        cells = grid.cells(r)
        if not self.header or len(cells) != len(column_keys(T4)):
            return False
        return self._data(grid, r, cells, start)

    def _data(self, grid: Grid, r: int, values: list[GridCell], start: int) -> bool:
        placed = self._place(grid, r, values)
        if placed is None:
            text = " | ".join(cell.text for cell in values)
            self.found.issues.append(Issue("row_shape", text[:300], values[0].at))
            return True
        if self.table is not None:
            before = self.table.rows[ROW]
            if any(cell.missing != "blank" for cell in before.values()):
                if any(cell.text for _, cell, _ in placed):
                    text = " | ".join(cell.text for cell in values)
                    self.found.issues.append(Issue("extra_row", text[:300], values[0].at))
                return True
        else:
            self.table = FoundTable(T4, start)
            self.found.tables.append(self.table)
        self.table.rows[ROW] = {
            key: make_cell(cell.text, cell.at, table=T4, column=key, row_label="",
                           column_label="", missing="merged" if merged else None)
            for key, cell, merged in placed
        }
        return True

    def _place(
        self, grid: Grid, r: int, values: list[GridCell]
    ) -> list[tuple[str, GridCell, bool]] | None:
        keys = column_keys(T4)
        named = self._named_columns(grid)
        if named and len(values) != len(keys):
            line = grid.rows[r]
            under = [(key, line[column]) for column, key in sorted(named.items())
                     if column < len(line)]
            cells = [cell for _, cell in under]
            if len(under) == len(keys) and set(values) <= {cell for cell in cells if cell}:
                return [(key, cell, cells.count(cell) > 1) for key, cell in under if cell]
        while len(values) > len(keys) and not values[-1].text:
            values = values[:-1]
        if len(values) != len(keys):
            return None
        if named:
            return [(key, cell, cell.row != r)
                    for (_, key), cell in zip(sorted(named.items()), values, strict=True)]
        self.found.flags.add("TBL_HEADER_TRUNCATED")
        return [(key, cell, cell.row != r) for key, cell in zip(keys, values, strict=True)]

    def _named_columns(self, grid: Grid) -> dict[int, str]:
        """Grid column → key, when all fifteen labels stand under their groups; else empty."""
        rows = [r for one, r in self.header if one is grid]
        width = max((len(grid.rows[r]) for r in rows), default=0)
        named: dict[int, str] = {}
        for column in range(width):
            stack: list[GridCell] = []
            for r in rows:
                cell = grid.rows[r][column] if column < len(grid.rows[r]) else None
                if cell is not None and cell not in stack:
                    stack.append(cell)
            key = _column_key(stack)
            if key is None or key in named.values():
                if any(_is_row_label(cell.text) for cell in stack) or not stack:
                    continue
                return {}
            # A leaf may span several grid columns: it is named by the first.
            if stack[-1].column == column:
                named[column] = key
        return named if len(named) == len(column_keys(T4)) else {}


def _column_key(stack: Sequence[GridCell]) -> str | None:
    if not stack:
        return None
    groups = [key for cell in stack if (key := labels.header_label(cell.text, T4))]
    group = groups[-1] if groups else None
    leaf = labels.normal(stack[-1].text)
    spec = formats.forms()[formats.NATIONAL[0]].tables[T4]
    for column in spec.columns:
        fits = labels.header_label(column.group or "", T4) == group
        if fits and leaf in {labels.normal(label) for label in column.labels}:
            return column.key
    return None


def _is_header(cells: Sequence[GridCell], started: bool) -> bool:
    groups = [labels.header_label(cell.text, T4) for cell in cells if cell.text]
    if any(groups):
        return True
    words = [cell.text for cell in cells if cell.text]
    return started and len(words) > 1 and all(map(labels.is_review_header, words))


def _is_row_label(text: str) -> bool:
    spec = formats.forms()[formats.NATIONAL[0]].tables[T4].rows[0]
    return labels.normal(text) in {labels.normal(label) for label in spec.labels}
