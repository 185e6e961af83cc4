"""The form tables of an HTML document, read from the grid by label and parent.

A reader walks the rows of all tables as one stream, since one form table may be split over several
HTML tables and several form tables may share one. Header rows say which column is which; a data
row is known by its label and the heading above it. What a form table holds and no reader placed
becomes an issue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extract.normal import HAN
from extract.tables import labels, leftovers
from extract.tables.active import ActiveReader
from extract.tables.found import Found
from extract.tables.grid import Grid, GridCell
from extract.tables.labels import T2, T3, T4, Match
from extract.tables.number import is_value, read_number
from extract.tables.places import has_number, text_of_row
from extract.tables.requests import RequestReader
from extract.tables.review import ReviewReader
from extract.tables.store import Store

# The labels of a row stand in its first cells; a number before them counts the rows.
_LABEL_CELLS = 4
# From so many labels on, a row that no form knows is a header of something else, wherever it is.
_HEADER_WORDS = 3
_HAN = re.compile(f"[{HAN}]")


def read_grids(grids: Iterable[Grid]) -> Found:
    """Read all form tables of a document.

    Args:
        grids: Every table of the document, in document order.

    Returns:
        The tables, the labels that matched, and an issue for everything in a form table that
        could not be placed.
    """
    reader = _Reader()
    kept = list(grids)
    for grid in kept:
        reader.read(grid)
    found = reader.store.found
    leftovers.account((grid for grid in kept if grid.number in found.used), found)
    return found


class _Reader:
    def __init__(self) -> None:
        self.store = Store()
        self.active = ActiveReader(self.store)
        self.requests = RequestReader(self.store)
        self.review = ReviewReader(self.store.found)
        self._foreign = False  # the rows at hand stand under a header of no form

    def read(self, grid: Grid) -> None:
        if grid.cut:
            self.store.issue("table_cut", f"table {grid.number} is larger than the limit", None)
        header: list[int] = []  # the rows of table 3's header met so far
        self._foreign = False
        begun = False
        used = self.store.found.used
        for r in range(len(grid.rows)):
            self.store.row += 1
            cells = grid.cells(r)
            if not any(cell.text for cell in cells):
                if self.review.blank(grid, r, self.store.row):
                    used.add(grid.number)
                continue
            if self._row_of(grid, r, cells, header):
                used.add(grid.number)
                begun = True
            elif _heads_something(cells, r, _HEADER_WORDS if begun else 2):
                self._foreign = True

    def _row_of(self, grid: Grid, r: int, cells: list[GridCell], header: list[int]) -> bool:
        """Read one row; tell whether it belongs to a form table."""
        cells, captioned = self.active.take_caption(cells)
        self._foreign &= not captioned
        if not cells:
            return captioned
        # A header cell that reaches down into a data row does not make it a header.
        own = [cell for cell in cells if cell.row == r]
        seen = self.store.found.seen
        if self.review.takes(grid, r, cells, own, self.store.row):
            seen.add(T4)
            header.clear()
            self._foreign = False
            return True
        match, at = self._row_label(cells)
        if self.requests.is_header(own) or (header and not match and _is_words(own)):
            header.append(r)
            seen.add(T3)
            self.requests.header(grid, header)
            self._foreign = False
            return True
        if not (match and match.table == T3) and self.active.header(grid, cells):
            self._foreign = False
            return True
        if match:
            seen.add(match.table)
        if match and self._foreign:
            if has_number(cells[at + 1 :]):
                self.store.issue("foreign_header", text_of_row(cells), cells[at].at)
            return True
        if match and match.table == T3:
            header.clear()
            self.requests.row(grid, r, cells, match, at)
            return True
        if match:
            self.active.row(grid, r, cells, match, at)
            return True
        if grid.number in self.store.found.used and has_number(own):
            self.store.issue("unknown_row", text_of_row(cells), own[0].at)
        return captioned

    def _row_label(self, cells: Sequence[GridCell]) -> tuple[Match | None, int]:
        """The last label among the leading cells, and its index; headings move the parent."""
        best: tuple[Match | None, int] = (None, 0)
        parent: str | None = None
        for index, cell in enumerate(cells):
            if cell.text and is_value(cell.text):
                known = best[0]
                if (known is None or known.heading) and self._counts_rows(cells, index):
                    self.store.found.passed.add(cell.at)
                    continue
                break
            match = self._match(cell.text, parent)
            if match is None:
                if cell.text and best[0] is not None and not _has_han(cell.text):
                    break  # no label: what stands in the first value cell is no number
                if cell.text and best[0] is not None:
                    # An unknown label below a known heading: not the heading's own row.
                    return (None, index) if best[0].heading else best
                continue
            if match.heading:
                parent = match.key
                self.requests.parent = match.key if match.table == T3 else self.requests.parent
            best = (match, index)
            if not match.heading:
                break
        return best

    def _counts_rows(self, cells: Sequence[GridCell], index: int) -> bool:
        """Tell whether a number is the row's own number: a known label stands right behind it."""
        if read_number(cells[index].text).value is None:
            return False
        behind = cells[index + 1 : index + _LABEL_CELLS]
        label = next((cell for cell in behind if cell.text), None)
        match = self._match(label.text, None) if label else None
        return match is not None and match.quality != "near"

    def _match(self, text: str, parent: str | None) -> Match | None:
        """Match a label: under its heading first, an exact match before a near one."""
        if not text:
            return None
        under = parent or self.requests.parent
        tries = [labels.match_row(text, (T3,), under)] if under else []
        tries += [labels.match_row(text, (T3,)), labels.match_row(text, T2)]
        found = [match for match in tries if match]
        sure = next((match for match in found if match.quality != "near"), None)
        return sure or labels.match_joined(text) or (found[0] if found else None)


def _has_han(text: str) -> bool:
    return bool(_HAN.search(text))


def _is_words(cells: Sequence[GridCell]) -> bool:
    return sum(bool(cell.text) for cell in cells) > 1 and not has_number(cells)


def _heads_something(cells: Sequence[GridCell], r: int, words: int) -> bool:
    """Tell whether a row that no form knows looks like the header of another table."""
    own = [cell for cell in cells if cell.row == r and cell.text]
    told = [cell for cell in own if not labels.is_aside(cell.text)]
    return len(told) >= words and not has_number(told)
