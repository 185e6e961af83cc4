"""Where the readers of an HTML document put what they placed, and say what they could not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extract.record import Issue
from extract.tables import labels
from extract.tables.found import Found, FoundTable, in_order, make_cell
from extract.tables.grid import GridCell
from extract.tables.labels import Match
from extract.tables.places import Leaf, Placed, missing_code, text_of_row, trim


class Store:
    """Collects cells and issues; a row that stands twice opens another table."""

    def __init__(self) -> None:
        """Start with nothing found."""
        self.found = Found()
        self.row = 0
        """A number that rises along the document; orders the tables."""
        self._open: dict[str, tuple[FoundTable, str]] = {}

    def issue(self, code: str, detail: str, at: str | None) -> None:
        """Note something that could not be placed."""
        self.found.issues.append(Issue(code, detail[:300], at))

    def put(
        self,
        match: Match,
        label: GridCell,
        placed: Placed | None,
        leaves: Sequence[Leaf],
        cells: Sequence[GridCell],
        *,
        headerless: bool = False,
    ) -> None:
        """Store one row of a form table.

        Args:
            match: The row's place in the form.
            label: The cell of its label.
            placed: Its values under their leaves; None when they did not fit.
            leaves: The leaves of the header.
            cells: The whole row, for an issue.
            headerless: No header named the columns.
        """
        if placed is None:
            self.issue("row_shape", text_of_row(cells), label.at)
            return
        if match.quality == "near":
            self.issue("near_label", f"{label.text} read as {match.key}", label.at)
        if len(placed) < sum(leaf.key is not None for leaf in leaves):
            # Cells are missing from the row: what stands may have shifted, and nothing proves it.
            self.issue("row_short", text_of_row(cells), label.at)
        self.found.labels.add(labels.normal(label.text))
        table = self._table(match, label.at)
        table.headerless |= headerless
        row = table.rows.setdefault(match.key, {})
        for leaf, cell, merged in placed:
            if leaf.key is None:
                if cell.text:
                    self.issue("unknown_column", f"{leaf.label}: {cell.text}", cell.at)
                continue
            table.columns.setdefault(leaf.key, leaf.label)
            row[leaf.key] = make_cell(
                cell.text, cell.at, table=match.table, column=leaf.key, row_label=label.text,
                column_label=leaf.label, missing=missing_code(cell, merged),
            )
        if not row:
            del table.rows[match.key]

    def close(self, tables: Iterable[str]) -> None:
        """End the tables whose header stands again: what follows may be another body's."""
        for key in tables:
            self._open.pop(key, None)

    def _table(self, match: Match, at: str) -> FoundTable:
        """The table a row belongs to.

        A row that stands there already opens another one; within one HTML table, and under one
        header, only the row itself stands twice.
        """
        grid = at.partition("/")[0]
        table, last = self._open.get(match.table, (None, ""))
        if table is not None and match.key not in table.rows:
            self._open[match.table] = (table, grid)
            return table
        again = FoundTable(match.table, self.row)
        self.found.tables.append(again)
        if table is None or grid != last:
            self._open[match.table] = (again, grid)
        return again

    def note_order(self, leaves: Sequence[Leaf], at: str) -> None:
        """Say so when a header names the columns in another order than the form's."""
        if not in_order([leaf.key for leaf in leaves]):
            self.issue("column_order", ", ".join(leaf.label for leaf in leaves), at)

    def doubt_padding(
        self, cells: Sequence[GridCell], values: Sequence[GridCell], header: Sequence[Leaf]
    ) -> None:
        """Flag a row whose blanks at the end are not those of its header.

        A row that needs the padding of its table to be complete may have lost a cell; one that is
        longer than its header may hold a cell too many.
        """
        if header and len(values) > len(header) and not values[-1].text:
            self.issue("row_long", text_of_row(cells), values[0].at)
        padded = len(header) > len(trim(header))
        if padded and values and len(values) < len(header) and not values[-1].text:
            self.issue("row_short", text_of_row(cells), values[0].at)
