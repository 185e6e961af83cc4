"""The form tables of an HTML document, read from the grid by label and parent.

A reader walks the rows of all tables as one stream, since one form table may be split over several
HTML tables and several form tables may share one. Header rows say which column is which; a data
row is known by its label and the heading above it. Values are never placed by counting alone: a
row must have exactly as many value cells as the header has columns, or stand under them in the
grid; whatever does neither becomes an issue.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.record import Issue
from extract.tables import labels
from extract.tables.found import Found, FoundTable, column_keys, fits, in_order, make_cell
from extract.tables.grid import Grid, GridCell
from extract.tables.labels import T2, T3, Match
from extract.tables.number import is_value
from extract.tables.review import ReviewReader

# A header that lost a few of its seven labels is completed from the form only above this share.
_ENOUGH_LABELS = 5


@dataclass(frozen=True, slots=True)
class Leaf:
    """The lowest header cell over a value column: its key (None: unknown), label and place."""

    key: str | None
    label: str
    column: int
    width: int


def read_grids(grids: Iterable[Grid]) -> Found:
    """Read all form tables of a document.

    Args:
        grids: Every table of the document, in document order.

    Returns:
        The tables, the labels that matched, and an issue for everything in a form table that
        could not be placed.
    """
    reader = _Reader()
    for grid in grids:
        reader.read(grid)
    return reader.found


class _Reader:
    def __init__(self) -> None:
        self.found = Found()
        self.caption: str | None = None
        self.active_leaves: list[Leaf] = []  # table 2
        self.request_leaves: list[Leaf] = []  # table 3
        self.request_grid: int | None = None  # the HTML table that the header stands in
        self.parent: str | None = None  # the heading of table 3 that rows stand under
        self.headerless = False  # the row at hand was read in the form's order
        self.review = ReviewReader(self.found)
        self._open: dict[str, FoundTable] = {}
        self._row = 0

    def read(self, grid: Grid) -> None:
        if grid.cut:
            self.issue("table_cut", f"table {grid.number} is larger than the limit", None)
        header: list[int] = []
        for r in range(len(grid.rows)):
            self._row += 1
            cells = grid.cells(r)
            if not any(cell.text for cell in cells):
                if self.review.blank(grid, r, self._row):
                    self.found.used.add(grid.number)
                continue
            if self._row_of(grid, r, cells, header):
                self.found.used.add(grid.number)

    def _row_of(self, grid: Grid, r: int, cells: list[GridCell], header: list[int]) -> bool:
        """Read one row; tell whether it belongs to a form table."""
        cells, captioned = self._take_caption(cells)
        if not cells:
            return captioned
        # A header cell that reaches down into a data row does not make it a header.
        own = [cell for cell in cells if cell.row == r]
        if self.review.takes(grid, r, cells, own, self._row):
            header.clear()
            return True
        if self._is_request_header(own):
            header.append(r)
            self._request_header(grid, header)
            return True
        match, at = self._row_label(cells)
        if match and match.table == T3:
            header.clear()
            self._request_row(grid, r, cells, match, at)
            return True
        if self._active_header(cells):
            return True
        if match:
            self._active_row(grid, r, cells, match, at)
            return True
        if grid.number in self.found.used and _has_number(cells):
            self.issue("unknown_row", _text(cells), cells[0].at)
        return captioned

    # --- table 2 -------------------------------------------------------------------------

    def _take_caption(self, cells: list[GridCell]) -> tuple[list[GridCell], bool]:
        rest = [cell for cell in cells if labels.caption(cell.text) is None]
        captions = [key for cell in cells if (key := labels.caption(cell.text))]
        if captions and captions[0] != self.caption:
            self.caption = captions[0]
            self.active_leaves = []
        return (rest if any(cell.text for cell in rest) else []), bool(captions)

    def _active_header(self, cells: Sequence[GridCell]) -> bool:
        known = [cell for cell in cells if self._active_column(cell.text)]
        head = labels.normal(cells[0].text)
        if not known and head != "信息内容":
            return False
        start = 1 if head == "信息内容" or not self._active_column(cells[0].text) else 0
        self.active_leaves = [
            Leaf(self._active_column(cell.text), cell.text, cell.column, cell.width)
            for cell in cells[start:]
        ]
        self._note_order(self.active_leaves, cells[0].at)
        for leaf in self.active_leaves:
            if leaf.key:
                self.found.labels.add(labels.normal(leaf.label))
            elif leaf.label:
                self.issue("unknown_column", leaf.label, cells[0].at)
        return True

    def _active_column(self, text: str) -> str | None:
        tables = (self.caption, *T2) if self.caption else T2
        for table in tables:
            match = labels.match_column(text, table)
            if match:
                return match.key
        return None

    def _active_row(
        self, grid: Grid, r: int, cells: list[GridCell], match: Match, at: int
    ) -> None:
        if self.caption and self.caption != match.table:
            self.issue("caption_mismatch", f"{_text(cells)} under {self.caption}", cells[at].at)
        if not fits(match.table, [leaf.key for leaf in self.active_leaves]):
            self.active_leaves = []  # the header of an item further up: this item's own is lost
        if not self.active_leaves:
            if _has_number(cells[at + 1 :]):
                self.issue("no_header", _text(cells), cells[at].at)
            return
        if match.quality == "near":
            self.issue("near_label", f"{cells[at].text} read as {match.key}", cells[at].at)
        leaves = _trim(self.active_leaves)
        placed = _place(grid, r, cells[at + 1 :], leaves)
        self._doubt_padding(cells, cells[at + 1 :], self.active_leaves)
        self._store(match, cells[at], placed, leaves, cells)

    # --- table 3 -------------------------------------------------------------------------

    @staticmethod
    def _is_request_header(cells: Sequence[GridCell]) -> bool:
        if any(labels.header_label(cell.text, T3) for cell in cells):
            return True
        matches = [labels.match_column(cell.text, T3) for cell in cells]
        keys = {match.key for match in matches if match}
        return len(keys - {"total", "org_other"}) >= 2 or "natural_person" in keys

    def _request_header(self, grid: Grid, rows: list[int]) -> None:
        leaves = _lowest(grid, rows)
        keys = [leaf.key for leaf in leaves if leaf.key]
        if len(set(keys)) < len(keys):
            return  # a title repeated over the columns; the next header row decides
        if self.request_grid != grid.number or len(rows) == 1:
            self.parent = None
        self.request_grid = grid.number
        self.request_leaves = self._complete(leaves)
        self._note_order(self.request_leaves, grid.cells(rows[-1])[0].at)
        for row in rows:
            self.found.labels.update(labels.normal(cell.text) for cell in grid.cells(row))

    def _complete(self, leaves: list[Leaf]) -> list[Leaf]:
        """Give a truncated header the form's order, if enough labels stand in that order."""
        order = column_keys(T3)
        known = [leaf.key for leaf in leaves if leaf.key]
        if len(leaves) != len(order) or not _ENOUGH_LABELS <= len(known) < len(order):
            return leaves
        if [leaf.key or key for leaf, key in zip(leaves, order, strict=True)] != list(order):
            return leaves
        self.found.flags.add("TBL_HEADER_TRUNCATED")
        return [
            Leaf(key, leaf.label, leaf.column, leaf.width)
            for leaf, key in zip(leaves, order, strict=True)
        ]

    def _row_label(self, cells: Sequence[GridCell]) -> tuple[Match | None, int]:
        """The last label among the leading cells, and its index; headings move the parent."""
        best: tuple[Match | None, int] = (None, 0)
        parent: str | None = None
        for index, cell in enumerate(cells):
            if cell.text and is_value(cell.text):
                break
            match = self._match(cell.text, parent)
            if match is None:
                if cell.text and best[0] is not None:
                    # An unknown label below a known heading: not the heading's own row.
                    return (None, index) if best[0].heading else best
                continue
            if match.heading:
                parent = match.key
                self.parent = match.key if match.table == T3 else self.parent
            best = (match, index)
            if not match.heading:
                break
        return best

    def _match(self, text: str, parent: str | None) -> Match | None:
        """Match a label: under its heading first, an exact match before a near one."""
        if not text:
            return None
        under = parent or self.parent
        tries = [labels.match_row(text, (T3,), under)] if under else []
        tries += [labels.match_row(text, (T3,)), labels.match_row(text, T2)]
        found = [match for match in tries if match]
        return next((match for match in found if match.quality != "near"), None) or (
            found[0] if found else None
        )

    def _request_row(
        self, grid: Grid, r: int, cells: list[GridCell], match: Match, at: int
    ) -> None:
        values = cells[at + 1 :]
        if match.heading and not _has_number(values):
            return
        if match.heading and not self._own_row(r, cells[at], values):
            # The leaf's label is lost: the numbers belong to one of the group's rows, not to it.
            self.issue("unknown_row", _text(cells), cells[at].at)
            return
        if match.parent in (None, "results") and not match.heading:
            self.parent = None if match.parent is None else "results"
        if match.quality == "near":
            self.issue("near_label", f"{cells[at].text} read as {match.key}", cells[at].at)
        self.headerless = not self.request_leaves
        leaves = _trim(self.request_leaves or self._without_header(values))
        # The grid places of a header say nothing about the cells of another HTML table.
        other_grid = grid.number != self.request_grid
        placed = _place(grid, r, values, leaves, ordered_only=other_grid)
        self._doubt_padding(cells, values, self.request_leaves)
        self._store(match, cells[at], placed, leaves, cells)

    def _own_row(self, r: int, heading: GridCell, values: Sequence[GridCell]) -> bool:
        """Tell whether a heading has values of its own: (六)其他处理 as one row, a subtotal."""
        count = len(_trim(self.request_leaves)) or len(column_keys(T3))
        return heading.row == r and heading.height == 1 and len(_shorn(values, count)) == count

    def _without_header(self, values: Sequence[GridCell]) -> list[Leaf]:
        order = column_keys(T3)
        values = _shorn(values, len(order))
        if len(values) != len(order):
            return []
        return [Leaf(key, "", value.column, value.width)
                for key, value in zip(order, values, strict=True)]

    # --- both ----------------------------------------------------------------------------

    def _note_order(self, leaves: Sequence[Leaf], at: str) -> None:
        """Say so when a header names the columns in another order than the form's."""
        if not in_order([leaf.key for leaf in leaves]):
            self.issue("column_order", ", ".join(leaf.label for leaf in leaves), at)

    def _doubt_padding(
        self, cells: Sequence[GridCell], values: Sequence[GridCell], header: Sequence[Leaf]
    ) -> None:
        """Flag a row that needs the padding of its table to be complete: a cell may be lost."""
        padded = len(header) > len(_trim(list(header)))
        if padded and values and len(values) < len(header) and not values[-1].text:
            self.issue("row_short", _text(cells), cells[0].at)

    def _store(
        self,
        match: Match,
        label: GridCell,
        placed: list[tuple[Leaf, GridCell, bool]] | None,
        leaves: Sequence[Leaf],
        cells: Sequence[GridCell],
    ) -> None:
        if placed is None:
            self.issue("row_shape", _text(cells), label.at)
            return
        if len(placed) < sum(leaf.key is not None for leaf in leaves):
            # Cells are missing from the row: what stands may have shifted, and nothing proves it.
            self.issue("row_short", _text(cells), label.at)
        self.found.labels.add(labels.normal(label.text))
        table = self._table(match)
        table.headerless |= match.table == T3 and self.headerless
        row = table.rows.setdefault(match.key, {})
        for leaf, cell, merged in placed:
            if leaf.key is None:
                if cell.text:
                    self.issue("unknown_column", f"{leaf.label}: {cell.text}", cell.at)
                continue
            table.columns.setdefault(leaf.key, leaf.label)
            row[leaf.key] = make_cell(
                cell.text, cell.at, table=match.table, column=leaf.key, row_label=label.text,
                column_label=leaf.label, missing="merged" if merged else None,
            )
        if not row:
            del table.rows[match.key]

    def _table(self, match: Match) -> FoundTable:
        """The table a row belongs to; a row that stands there already opens another one."""
        table = self._open.get(match.table)
        if table is None or match.key in table.rows:
            table = FoundTable(match.table, self._row)
            self._open[match.table] = table
            self.found.tables.append(table)
        return table

    def issue(self, code: str, detail: str, at: str | None) -> None:
        self.found.issues.append(Issue(code, detail[:300], at))


def _lowest(grid: Grid, rows: Sequence[int]) -> list[Leaf]:
    """The lowest header cells from the first value column on, left to right."""
    width = max(len(grid.rows[row]) for row in rows)
    lowest: list[GridCell] = []
    for column in range(width):
        for row in reversed(rows):
            line = grid.rows[row]
            cell = line[column] if column < len(line) else None
            if cell is not None:
                if not lowest or lowest[-1] is not cell:
                    lowest.append(cell)
                break
    leaves = [
        Leaf(match.key if (match := labels.match_column(cell.text, T3)) else None,
             cell.text, cell.column, cell.width)
        for cell in lowest
    ]
    first = next((i for i, leaf in enumerate(leaves) if leaf.key), len(leaves))
    return leaves[first:]


def _trim(leaves: list[Leaf]) -> list[Leaf]:
    """Drop trailing header cells without a label: padding that some editors add."""
    end = len(leaves)
    while end and not leaves[end - 1].label and leaves[end - 1].key is None:
        end -= 1
    return leaves[:end]


def _place(
    grid: Grid,
    r: int,
    values: Sequence[GridCell],
    leaves: Sequence[Leaf],
    ordered_only: bool = False,
) -> list[tuple[Leaf, GridCell, bool]] | None:
    """Put value cells under header leaves: (leaf, cell, merged); None when they do not fit.

    One cell for each leaf is taken in order: their spans need not agree. Otherwise the grid
    decides, where one cell under several leaves is ``merged``, and no printed value may be left
    over.
    """
    if not leaves:
        return None
    kept = _shorn(values, len(leaves))
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


def _shorn(values: Sequence[GridCell], count: int) -> Sequence[GridCell]:
    """Drop blank cells at the end that are more than the columns: padding of some editors."""
    end = len(values)
    while end > count and not values[end - 1].text:
        end -= 1
    return values[:end]


def _has_number(cells: Sequence[GridCell]) -> bool:
    return any(cell.text and is_value(cell.text) for cell in cells)


def _text(cells: Sequence[GridCell]) -> str:
    return " | ".join(" ".join(cell.text.split()) for cell in cells)
