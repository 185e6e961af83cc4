"""Table 2 (proactive disclosure) in a grid: the items of 第二十条, each with its own header."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extract.tables import labels
from extract.tables.found import fits
from extract.tables.grid import Grid, GridCell
from extract.tables.labels import T2, Match
from extract.tables.places import Leaf, has_number, place, text_of_row, trim
from extract.tables.store import Store

_HEAD = "信息内容"


class ActiveReader:
    """Keeps the caption and the header that the next rows of table 2 stand under."""

    def __init__(self, store: Store) -> None:
        """Start under no caption and no header; what is read goes into ``store``."""
        self.store = store
        self.caption: str | None = None
        self.leaves: list[Leaf] = []
        self._grid: int | None = None  # the HTML table that the header stands in

    def take_caption(self, cells: list[GridCell]) -> tuple[list[GridCell], bool]:
        """Take the caption out of a row's cells; tell whether there was one."""
        captions = [key for cell in cells if (key := labels.caption(cell.text))]
        if not captions:
            return cells, False
        rest = [cell for cell in cells if labels.caption(cell.text) is None]
        if captions[0] != self.caption:
            self.caption = captions[0]
            self.leaves = []
        return (rest if any(cell.text for cell in rest) else []), True

    def header(self, grid: Grid, cells: Sequence[GridCell]) -> bool:
        """Read a header row; tell whether it is one."""
        known = [i for i, cell in enumerate(cells) if self._column(cell.text)]
        heads = [i for i, cell in enumerate(cells) if labels.normal(cell.text) == _HEAD]
        if not (known or heads) or has_number(cells):
            return False
        start = heads[-1] + 1 if heads else 0 if known[0] == 0 else 1
        leaves = [
            Leaf(self._column(cell.text), cell.text, cell.column, cell.width)
            for cell in cells[start:]
        ]
        self.leaves = self._unique(leaves, cells[0].at)
        self._grid = grid.number
        self.store.close(T2)
        self.store.note_order(self.leaves, cells[0].at)
        for leaf in self.leaves:
            if leaf.key:
                self.store.found.labels.add(labels.normal(leaf.label))
            elif leaf.label:
                self.store.issue("unknown_column", leaf.label, cells[0].at)
        return True

    def _unique(self, leaves: list[Leaf], at: str) -> list[Leaf]:
        """Of a column that is named twice (two years side by side) neither is this report's."""
        counts = Counter(leaf.key for leaf in leaves if leaf.key)
        twice = {key for key, count in counts.items() if count > 1}
        for key in sorted(twice):
            self.store.issue("duplicate_column", key, at)
        return [replace(leaf, key=None) if leaf.key in twice else leaf for leaf in leaves]

    def _column(self, text: str) -> str | None:
        return labels.find_column(text, (self.caption, *T2) if self.caption else T2)

    def row(self, grid: Grid, r: int, cells: list[GridCell], match: Match, at: int) -> None:
        """Read one row.

        Args:
            grid: The HTML table.
            r: Its row.
            cells: The cells that cover the row, without a caption.
            match: The place of its label in the form.
            at: The index of its label among the cells.
        """
        values = cells[at + 1 :]
        if self.caption and self.caption != match.table:
            detail = f"{text_of_row(cells)} under {self.caption}"
            self.store.issue("caption_mismatch", detail, cells[at].at)
        if not fits(match.table, [leaf.key for leaf in self.leaves]):
            self.leaves = []  # the header of an item further up: this item's own is lost
        if not self.leaves:
            if has_number(values):
                self.store.issue("no_header", text_of_row(cells), cells[at].at)
            return
        leaves = trim(self.leaves)
        placed = place(grid, r, values, leaves, ordered_only=grid.number != self._grid)
        self.store.doubt_padding(cells, values, self.leaves)
        self.store.put(match, cells[at], placed, leaves, cells)
