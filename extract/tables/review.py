"""Table 4 (review and litigation) in a grid: fifteen counts, each under a group and an outcome.

Most bodies print one row under a header of three levels; some print a table for each group, some
turn it (outcomes as rows). So a cell is known by the group and the outcome among the labels above
it and beside it, wherever they stand. The header is the worst kept of the form: halves of labels
are lost. Where the labels do not name all cells the form's fixed order does, and only for a row of
exactly fifteen cells. The three sums prove it afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extract.record import Issue
from extract.tables import labels
from extract.tables.found import Found, FoundTable, column_keys, make_cell
from extract.tables.grid import Grid, GridCell
from extract.tables.labels import T4
from extract.tables.number import is_value
from extract.tables.places import behind, has_number, missing_code, shorn, stands_below, text_of_row

ROW = "cases"
# So many different outcomes in a row make a header even where no group stands above them.
_OUTCOMES = 4

_HEADER_ROWS = 12  # far more than any header; older ones belong to tables that went by
Placed = list[tuple[str, GridCell, bool]]


class ReviewReader:
    """Collects the header rows of table 4 and then its data rows."""

    def __init__(self, found: Found) -> None:
        """Start outside any table 4; what is read goes into ``found``."""
        self.found = found
        self.header: list[tuple[Grid, int]] = []
        self.table: FoundTable | None = None
        self._read = False  # a data row was read under the header at hand

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
            if self._read:
                self.header, self._read = [], False
            self.header = [*self.header[-_HEADER_ROWS:], (grid, r)]
            self.found.labels.update(labels.normal(cell.text) for cell in cells)
            return True
        named, values = _split(cells)
        if not self.header and not _key(named):
            return False
        if not values or not self._are_values(grid, r, named, values):
            known = labels.match_row(cells[0].text, (labels.T3, *labels.T2))
            if known or (self._read and not named):
                self.header, self._read = [], False
            return False
        return self._data(grid, r, named, values, start)

    def _are_values(
        self, grid: Grid, r: int, named: Sequence[GridCell], values: Sequence[GridCell]
    ) -> bool:
        """Tell whether a row holds values: a few of a whole row may say something else."""
        if (named or has_number(values)) and self._by_label(grid, r, named, values):
            return True
        columns = len(_named(self._stacks())) or len(column_keys(T4))
        values = shorn(values, columns)
        read = sum(is_value(cell.text) for cell in values)
        if read == len(values) or (read and len(values) == columns):
            return True
        return len(values) == len(column_keys(T4)) and 2 * read > len(values)

    def blank(self, grid: Grid, r: int, start: int) -> bool:
        """Read a row of blanks: the data row of a body that left it empty."""
        cells = grid.cells(r)
        if not self.header or len(cells) != len(column_keys(T4)):
            return False
        return self._data(grid, r, [], cells, start)

    def _data(
        self, grid: Grid, r: int, named: list[GridCell], values: list[GridCell], start: int
    ) -> bool:
        placed = self._by_label(grid, r, named, values) or self._by_order(r, named, values)
        if placed is None:
            detail = text_of_row([*named, *values])[:300]
            self.found.issues.append(Issue("row_shape", detail, values[0].at))
            return True
        self._read = True
        self._store(placed, start)
        return True

    def _store(self, placed: Placed, start: int) -> None:
        before = self.table.rows[ROW] if self.table else {}
        met = [before[key] for key, _, _ in placed if key in before]
        if self.table is None or (met and self._new_body()):
            self.table = FoundTable(T4, start)
            self.found.tables.append(self.table)
            self.table.rows[ROW] = {}
        elif any(cell.missing != "blank" for cell in met):
            if any(cell.text for _, cell, _ in placed):
                detail = text_of_row([cell for _, cell, _ in placed])[:300]
                self.found.issues.append(Issue("extra_row", detail, placed[0][1].at))
            return
        for key, cell, merged in placed:
            self.table.rows[ROW][key] = make_cell(
                cell.text, cell.at, table=T4, column=key, row_label="", column_label="",
                missing=missing_code(cell, merged),
            )

    def _new_body(self) -> bool:
        """Tell whether the row stands under another header than the cells it would replace."""
        if not self.header:
            return False
        grid, r = self.header[0]
        first = next(iter(self.table.rows[ROW].values())).at if self.table else ""
        table, row = (int(part[1:]) for part in first.removeprefix("html:").split("/")[:2])
        return (grid.number, r + 1) > (table, row)

    def _by_order(
        self, r: int, named: Sequence[GridCell], values: Sequence[GridCell]
    ) -> Placed | None:
        """Place a row of exactly fifteen cells in the form's order."""
        keys = column_keys(T4)
        if any(labels.review_label(cell.text) for cell in named):
            return None
        values = shorn(values, len(keys))
        if len(values) != len(keys):
            return None
        stacks = self._stacks()
        wrong = [
            key for key, cell in zip(keys, values, strict=True)
            if (told := _key(stacks.get(cell.column, ()))) and told != key
        ]
        if wrong:
            return None  # the labels that are left contradict the form's order
        self.found.flags.add("TBL_HEADER_TRUNCATED")
        return [(key, cell, cell.row != r) for key, cell in zip(keys, values, strict=True)]

    def _by_label(
        self, grid: Grid, r: int, named: Sequence[GridCell], values: Sequence[GridCell]
    ) -> Placed | None:
        """Place each cell by the group and the outcome above it and beside it."""
        stacks = self._stacks() if any(one is grid for one, _ in self.header) else {}
        beside = [cell for cell in named if labels.review_label(cell.text)]
        under = (_across(stacks, beside, values) if beside
                 else self._ordered(stacks, grid.rows[r], values))
        if under is None:
            line = [grid.rows[r][c] if c < len(grid.rows[r]) else None for c in sorted(stacks)]
            line = line or list(grid.rows[r])
            keys = [_key([*stacks.get(c, ()), *beside]) for c in range(len(line))]
            pairs = [(key, cell) for key, cell in zip(keys, line, strict=True)
                     if key and cell not in named]
            under = _whole(pairs, values)
            if not beside and not _are_groups(key for key, _ in under):
                return None
        if not under:
            return None
        cells = [cell for _, cell in under]
        return [(key, cell, cells.count(cell) > 1 or cell.row != r) for key, cell in under]

    def _ordered(
        self,
        stacks: dict[int, list[GridCell]],
        line: Sequence[GridCell | None],
        values: Sequence[GridCell],
    ) -> list[tuple[str, GridCell]] | None:
        """One cell for each named column: the one below it, else in order, whatever the spans."""
        named = _named(stacks)
        keys = [key for _, key in sorted(named.items())]
        below = [line[c] if c < len(line) else None for c in sorted(named)]
        places = [(c, stacks[c][-1].width) for c in sorted(named)]
        if keys and stands_below(places, below, values):
            return [(key, cell) for key, cell in zip(keys, below, strict=True) if cell is not None]
        values = shorn(behind(values, min(named, default=0)), len(keys))
        if not keys or len(values) != len(keys) or len(set(keys)) < len(keys):
            return None
        return list(zip(keys, values, strict=True))

    def _stacks(self) -> dict[int, list[GridCell]]:
        """Grid column → the labelled header cells over it, top down."""
        stacks: dict[int, list[GridCell]] = {}
        for grid, r in self.header:
            for column, cell in enumerate(grid.rows[r]):
                stack = stacks.setdefault(column, [])
                if cell is not None and cell.text and cell not in stack:
                    stack.append(cell)
        return stacks


def _across(
    stacks: dict[int, list[GridCell]], beside: Sequence[GridCell], values: Sequence[GridCell]
) -> list[tuple[str, GridCell]] | None:
    """One cell for each column that gives a key together with the labels beside the row."""
    keys = dict.fromkeys(key for c in sorted(stacks) if (key := _key([*stacks[c], *beside])))
    alone = _key(beside)  # one count a row, and no header that says more
    keys = keys or dict.fromkeys([alone] if alone else [])
    values = shorn(values, len(keys))
    return list(zip(keys, values, strict=True)) if keys and len(keys) == len(values) else None


def _named(stacks: dict[int, list[GridCell]]) -> dict[int, str]:
    """The columns that a header names; a leaf over several grid columns is named by its first."""
    named: dict[int, str] = {}
    seen: set[GridCell] = set()
    for column in sorted(stacks):
        stack = stacks[column]
        key = _key(stack)
        if not stack or stack[-1] in seen:
            continue
        seen.add(stack[-1])
        if key:
            named[column] = key
        elif not any(_is_row_label(cell.text) for cell in stack):
            return {}
    return named if _are_groups(named.values()) else {}


def _are_groups(keys: Iterable[str]) -> bool:
    """Tell whether the keys are those of whole groups: else a header cell is lost."""
    found = list(keys)
    groups = {key.rsplit("_", 1)[0] for key in found}
    whole = [key for key in column_keys(T4) if key.rsplit("_", 1)[0] in groups]
    return sorted(found) == sorted(whole)


def _whole(
    pairs: Sequence[tuple[str, GridCell | None]], values: Sequence[GridCell]
) -> list[tuple[str, GridCell]]:
    """The cells under the named columns, if each column has one and no printed cell is left."""
    # A wide leaf over a wide cell repeats the pair before it.
    each = [pair for i, pair in enumerate(pairs) if i == 0 or pair != pairs[i - 1]]
    under = [(key, cell) for key, cell in each if cell is not None and cell in values]
    keys = [key for key, _ in each]
    printed = {cell for cell in values if cell.text}
    if len(under) < len(each) or len(set(keys)) < len(keys):
        return []
    return under if printed <= {cell for _, cell in under} else []


def _key(stack: Sequence[GridCell]) -> str | None:
    """The key that the labels around a cell name: one group and one outcome."""
    groups: set[str] = set()
    outcomes: set[str] = set()
    for cell in stack:
        told = labels.review_label(cell.text)
        if told:
            (groups if told[0] == "group" else outcomes).add(told[1])
    if len(groups) > 1:
        groups.discard("litigation")
    if len(groups) != 1 or len(outcomes) != 1:
        return None  # none, or labels that contradict each other: a header cell is lost
    key = f"{groups.pop()}_{outcomes.pop()}"
    return key if key in column_keys(T4) else None


def _split(cells: Sequence[GridCell]) -> tuple[list[GridCell], list[GridCell]]:
    """The labels that a row begins with, and its values."""
    start = next((i for i, cell in enumerate(cells) if cell.text), 0)
    if not _names(cells[start]):
        return [], list(cells)  # blanks before a label are no values
    first = start
    while start < len(cells) and _names(cells[start]):
        start += 1
    return list(cells[first:start]), list(cells[start:])


def _names(cell: GridCell) -> bool:
    return _is_row_label(cell.text) or labels.review_label(cell.text) is not None


def _is_header(cells: Sequence[GridCell], started: bool) -> bool:
    words = [cell.text for cell in cells if cell.text]
    if has_number(cells) or not words:
        return False
    told = [one for word in words if (one := labels.review_label(word))]
    if _key(cells) and len(told) < len(words):
        return False  # group, outcome, and something where their number should be
    if any(kind == "group" for kind, _ in told):
        return True
    if len({name for _, name in told}) >= _OUTCOMES:
        return True
    return started and len(words) > 1 and all(map(labels.is_review_header, words))


def _is_row_label(text: str) -> bool:
    return labels.normal(text) in labels.review_row_labels()
