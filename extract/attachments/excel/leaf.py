"""One sheet of a workbook, whatever program wrote it, and what of it is seen."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from extract.attachments.paper import Box

MAX_COLUMNS = 400
MAX_PLACES = 200_000


@dataclass(frozen=True, slots=True)
class Told:
    """What a cell prints.

    Attributes:
        text: Its text.
        hides: It shows something that could not be read: a formula that was never calculated.
    """

    text: str
    hides: bool = False


Range = tuple[int, int, int, int]
"""First row, first column, last row, last column, all from 0."""


@dataclass(slots=True)
class Leaf:
    """One sheet; rows and columns are counted from 0.

    Attributes:
        name: Its name.
        cells: What its cells print; blank ones are left out.
        framed: The blank cells that have a border: they belong to a table.
        merges: The ranges whose cells are one.
        hidden_rows: Rows that are not shown.
        hidden_columns: Columns that are not shown.
    """

    name: str
    cells: dict[tuple[int, int], Told] = field(default_factory=dict)
    framed: set[tuple[int, int]] = field(default_factory=set)
    merges: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Line:
    """One row that is seen.

    Attributes:
        boxes: The boxes that begin in it.
        columns: The column that each of them begins in, counted among those that are seen.
        framed: It has a cell with a border that is blank.
        first: The first column with a text or a border; beyond all columns for none.
        end: The column behind the last one with a text or a border.
    """

    boxes: list[Box] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    framed: bool = False
    first: int = MAX_COLUMNS
    end: int = 0

    def add(self, box: Box, column: int, *, framed: bool) -> None:
        """Add a box to the row.

        Args:
            box: The box.
            column: The column that it begins in.
            framed: It has a border.
        """
        self.boxes.append(box)
        self.columns.append(column)
        if box.text or framed or not box.sure:
            self.framed |= framed and not box.text
            self.first = min(self.first, column)
            self.end = max(self.end, column + box.width)


@dataclass(slots=True)
class Seen:
    """What is seen of a sheet.

    Attributes:
        lines: Its rows, from the first to the last with anything in it.
        width: Its columns.
        covered: Name and text of cells that hold text and lie under a merged one.
        cut: It has more places than are read.
    """

    lines: list[Line] = field(default_factory=list)
    width: int = 0
    covered: list[tuple[str, str]] = field(default_factory=list)
    cut: bool = False


def seen(leaf: Leaf, scheme: str) -> Seen:
    """Lay out what is seen of a sheet.

    Args:
        leaf: The sheet.
        scheme: The first part of the locators: ``xlsx`` or ``xls``.
    """
    merges = {(one[0], one[1]): one for one in leaf.merges if one[0] <= one[2] and one[1] <= one[3]}
    told = set(leaf.cells) | leaf.framed
    if not told:
        return Seen()
    ends = [merges.get(at, (*at, *at)) for at in leaf.cells]
    last_row = max(max(at[0] for at in told), *(one[2] for one in ends), 0)
    last_column = max(max(at[1] for at in told), *(one[3] for one in ends), 0)
    rows = _visible(min(at[0] for at in told), last_row, leaf.hidden_rows)
    columns = _visible(min(at[1] for at in told), last_column, leaf.hidden_columns)
    found = Seen(cut=len(columns) > MAX_COLUMNS)
    columns = columns[:MAX_COLUMNS]
    if len(rows) * len(columns) > MAX_PLACES:
        found.cut = True
        rows = rows[: MAX_PLACES // len(columns)]
    found.width = len(columns)
    row_set, column_set = set(rows), set(columns)
    under = (
        (place, start)
        for start, merge in merges.items()
        for place in _places(merge, row_set, column_set)
    )
    owner = dict(islice(under, MAX_PLACES))
    spans: dict[tuple[int, int], Range] = {}
    for place, start in owner.items():
        one = spans.get(start, (*place, *place))
        spans[start] = (min(one[0], place[0]), min(one[1], place[1]),
                        max(one[2], place[0]), max(one[3], place[1]))
    for r in rows:
        line = Line()
        for number, c in enumerate(columns):
            start = owner.get((r, c), (r, c))
            told_here = leaf.cells.get((r, c))
            if start != (r, c) and told_here is not None and told_here.text:
                found.covered.append((place_name(scheme, leaf.name, r, c), told_here.text))
            span = spans.get(start, (r, c, r, c))
            if (r, c) != span[:2]:
                continue
            cell = leaf.cells.get(start, Told(""))
            box = Box(
                cell.text, place_name(scheme, leaf.name, *start),
                _between(columns, span[1], span[3]), _between(rows, span[0], span[2]),
                0.0 if cell.hides else 1.0,
            )  # fmt: skip
            line.add(box, number, framed=(r, c) in leaf.framed)
        found.lines.append(line)
    return found


def place_name(scheme: str, sheet: str, row: int, column: int) -> str:
    """Return the locator of a cell: ``xlsx:Sheet1/E7``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{scheme}:{sheet}/{letters}{row + 1}"


def _between(numbers: list[int], first: int, last: int) -> int:
    return 1 if first == last else bisect_right(numbers, last) - bisect_left(numbers, first)


def _visible(first: int, last: int, hidden: set[int]) -> list[int]:
    last = min(last, first + MAX_PLACES)
    return [one for one in range(first, last + 1) if one not in hidden]


def _places(merge: Range, rows: set[int], columns: set[int]) -> Iterator[tuple[int, int]]:
    first_row, first_column, last_row, last_column = merge
    height = [r for r in range(first_row, min(last_row, first_row + MAX_PLACES) + 1) if r in rows]
    width = [c for c in range(first_column, min(last_column, first_column + MAX_COLUMNS) + 1)
             if c in columns]
    return ((r, c) for r in height for c in width)
