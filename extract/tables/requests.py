"""Table 3 (requests received and handled) in a grid: seven columns under a header of three rows."""

from __future__ import annotations

from collections.abc import Sequence

from extract.tables import labels
from extract.tables.found import column_keys
from extract.tables.grid import Grid, GridCell
from extract.tables.labels import T3, Match
from extract.tables.places import Leaf, has_number, place, shorn, text_of_row, trim
from extract.tables.store import Store

# A header that lost a few of its seven labels is completed from the form only above this share.
_ENOUGH_LABELS = 5


class RequestReader:
    """Keeps the header and the heading that the next rows of table 3 stand under."""

    def __init__(self, store: Store) -> None:
        """Start under no header; what is read goes into ``store``."""
        self.store = store
        self.leaves: list[Leaf] = []
        self.parent: str | None = None  # the heading that rows stand under
        self.unsure: str | None = None  # why the header says nothing of its rows
        self._grid: int | None = None  # the HTML table that the header stands in

    @staticmethod
    def is_header(cells: Sequence[GridCell]) -> bool:
        """Tell whether the cells that begin in a row are those of a header."""
        if has_number(cells):
            return False
        if any(labels.header_label(cell.text, T3) for cell in cells):
            return True
        matches = [labels.match_column(cell.text, T3) for cell in cells]
        keys = {match.key for match in matches if match}
        return len(keys - {"total", "org_other"}) >= 2 or "natural_person" in keys

    def header(self, grid: Grid, rows: Sequence[int]) -> None:
        """Read the header rows met so far: the last call, with all of them, decides."""
        leaves = _lowest(grid, rows)
        if len(rows) > 1 and _known(leaves) < _known(_lowest(grid, rows[:-1])):
            return  # a line of words between header and rows, which names no column
        leaves = self._complete(leaves)
        self.unsure = _unsure(leaves)
        if self._grid != grid.number or len(rows) == 1:
            self.parent = None
        self._grid = grid.number
        self.store.close([T3])
        self.leaves = [] if self.unsure else leaves
        self.store.note_order(self.leaves, grid.cells(rows[-1])[0].at)
        for row in rows:
            self.store.found.labels.update(labels.normal(one.text) for one in grid.cells(row))

    def _complete(self, leaves: list[Leaf]) -> list[Leaf]:
        """Give a truncated header the form's order, if enough labels stand in that order."""
        order = column_keys(T3)
        known = [leaf.key for leaf in leaves if leaf.key]
        if len(leaves) != len(order) or not _ENOUGH_LABELS <= len(known) < len(order):
            return leaves
        if [leaf.key or key for leaf, key in zip(leaves, order, strict=True)] != list(order):
            return leaves
        self.store.found.flags.add("TBL_HEADER_TRUNCATED")
        return [
            Leaf(key, leaf.label, leaf.column, leaf.width)
            for leaf, key in zip(leaves, order, strict=True)
        ]

    def row(self, grid: Grid, r: int, cells: list[GridCell], match: Match, at: int) -> None:
        """Read one row.

        Args:
            grid: The HTML table.
            r: Its row.
            cells: The cells that cover the row.
            match: The place of its label in the form.
            at: The index of its label among the cells.
        """
        values = cells[at + 1 :]
        if match.heading and not has_number(values):
            return
        if self.unsure:
            self.store.issue(self.unsure, text_of_row(cells), cells[at].at)
            return
        if match.heading and not self._own_row(r, cells[at], values):
            # The leaf's label is lost: the numbers belong to one of the group's rows, not to it.
            self.store.issue("unknown_row", text_of_row(cells), cells[at].at)
            return
        if match.parent in (None, "results") and not match.heading:
            self.parent = None if match.parent is None else "results"
        headerless = not self.leaves
        leaves = trim(self.leaves or _without_header(values))
        # The grid places of a header say nothing about the cells of another HTML table.
        other_grid = grid.number != self._grid
        placed = place(grid, r, values, leaves, ordered_only=other_grid)
        self.store.doubt_padding(cells, values, self.leaves)
        self.store.put(match, cells[at], placed, leaves, cells, headerless=headerless)

    def _own_row(self, r: int, heading: GridCell, values: Sequence[GridCell]) -> bool:
        """Tell whether a heading has values of its own: (六)其他处理 as one row, a subtotal."""
        count = len(trim(self.leaves)) or len(column_keys(T3))
        return heading.row == r and heading.height == 1 and len(shorn(values, count)) == count


def _unsure(leaves: Sequence[Leaf]) -> str | None:
    """Tell why no row can be read under a header, if so; a further row of it may decide.

    A title may be repeated over the columns. A header cell that is lost leaves a hole: the labels
    behind it may have moved over other columns than their own.
    """
    keys = [leaf.key for leaf in leaves if leaf.key]
    if len(set(keys)) < len(keys):
        return "duplicate_column"
    holes = any(leaf.key is None and (not leaf.label or labels.header_label(leaf.label, T3))
                for leaf in trim(leaves))
    return "header_hole" if holes and len(keys) < len(column_keys(T3)) else None


def _known(leaves: Sequence[Leaf]) -> int:
    return sum(leaf.key is not None for leaf in leaves)


def _without_header(values: Sequence[GridCell]) -> list[Leaf]:
    order = column_keys(T3)
    values = shorn(values, len(order))
    if len(values) != len(order):
        return []
    return [Leaf(key, "", value.column, value.width)
            for key, value in zip(order, values, strict=True)]


def _lowest(grid: Grid, rows: Sequence[int]) -> list[Leaf]:
    """The lowest labelled header cells from the first value column on, left to right.

    A label may be broken over two rows (商业 above 企业), and blank cells may stand where the form
    has a row span.
    """
    width = max(len(grid.rows[row]) for row in rows)
    lowest: list[GridCell] = []
    leaves: list[Leaf] = []
    for column in range(width):
        stack = _stack(grid, rows, column)
        if not stack or (lowest and lowest[-1] is stack[-1]):
            continue
        lowest.append(stack[-1])
        cell = stack[-1]
        key, label = _match(stack)
        leaves.append(Leaf(key, label, max(cell.column, column), cell.width))
    first = next((i for i, leaf in enumerate(leaves) if leaf.key), len(leaves))
    return leaves[first:]


def _stack(grid: Grid, rows: Sequence[int], column: int) -> list[GridCell]:
    """The header cells over a column, top down; the blank ones only if there is no other."""
    cells = [line[column] for row in rows if column < len(line := grid.rows[row])]
    present = list(dict.fromkeys(cell for cell in cells if cell is not None))
    return [cell for cell in present if cell.text] or present[-1:]


def _match(stack: Sequence[GridCell]) -> tuple[str | None, str]:
    for start in range(max(len(stack) - 3, 0), len(stack)):
        text = "".join(cell.text for cell in stack[start:])
        match = labels.match_column(text, T3)
        if match and (match.quality != "near" or start == len(stack) - 1):
            return match.key, text
    return None, stack[-1].text
