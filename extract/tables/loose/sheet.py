"""What the steps of the loose reader share: the pieces, what was found, and which header holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.record import Issue
from extract.tables.found import Found, FoundTable, column_keys, fits
from extract.tables.labels import T3, Match
from extract.tables.loose.pieces import Piece

# All numbers of a report together, where a text has them behind all labels. A longer run is
# nobody's, and looking at all of it from each of its cells takes minutes for a page of empty ones.
LONGEST_RUN = 400

Leaf = tuple[str | None, str]  # column key (None: unknown), label as printed
Named = tuple[str, str, str, str]  # table, row, label as printed, locator
_ANY_ROW = Match(T3, "", False, None, "exact")


@dataclass(slots=True)
class Unplaced:
    """A line of a table's values whose label does not stand in it.

    Attributes:
        values: Its cells.
        labels: The rows that were named since the values above it, in order.
        torn: Something else was named too, or only a part of a label.
    """

    values: list[Piece]
    labels: list[str]
    torn: bool


@dataclass(slots=True)
class Requests:
    """Table 3 as it goes by.

    Attributes:
        table: Its rows.
        events: Its labelled rows and its unplaced ones, in the text's order.
        trailing: Rows that were named behind the last values.
        header: The columns of its last header, or the form's where none named them.
        named: A header named them.
    """

    table: FoundTable
    events: list[str | Unplaced] = field(default_factory=list)
    trailing: list[str] = field(default_factory=list)
    header: list[Leaf] = field(default_factory=list)
    named: bool = False


@dataclass(slots=True)
class Sheet:
    """The pieces of a text and the state of its reading.

    Attributes:
        cells: All pieces.
        found: What is handed on.
        consumed: Pieces that were read as the second half of a label further up.
        caption: The item of table 2 that was announced last.
        active: The columns of table 2's header.
        requests: The columns of table 3's header; empty where none named them.
        disordered: What is left of table 3's header speaks against the form's order.
        parent: The heading of table 3 that rows stand under.
        pending: Rows named since the last values.
        unvalued: Rows that were named with no values of their own.
        torn: Another text stood among them.
        third: The table 3 that is open, None outside it.
        closed: Tables 3 that went by.
        doubted: Items of table 2 of which a row did not fit its header.
        fresh: A header was read and no row since.
        orphan: A row's values stand between the header and the first label.
        below: Rows of the item whose values stand below their label.
        values_first: In some item they stand above it.
        all_below: Such rows of all items.
        reviewed: Index behind the last header of table 4 that was looked at.
    """

    cells: Sequence[Piece]
    found: Found = field(default_factory=Found)
    consumed: set[int] = field(default_factory=set)
    caption: str | None = None
    active: list[Leaf] = field(default_factory=list)
    requests: list[Leaf] = field(default_factory=list)
    disordered: bool = False
    parent: str | None = None
    pending: list[Named] = field(default_factory=list)
    unvalued: list[Named] = field(default_factory=list)
    torn: bool = False
    third: Requests | None = None
    closed: list[Requests] = field(default_factory=list)
    doubted: set[str] = field(default_factory=set)
    fresh: bool = False
    orphan: bool = False
    below: list[tuple[FoundTable, str]] = field(default_factory=list)
    values_first: bool = False
    reviewed: int = 0
    all_below: list[tuple[FoundTable, str]] = field(default_factory=list)
    _open: dict[str, FoundTable] = field(default_factory=dict)

    def took(self, at: int, end: int) -> int:
        """Count pieces as read; returns ``end``."""
        for cell in self.cells[at:end]:
            self.found.lines.update(range(cell.line, cell.until + 1))
        return end

    def issue(self, code: str, detail: str, at: str | None) -> None:
        """Note what could not be placed."""
        self.found.issues.append(Issue(code, detail[:300], at))

    def table(self, key: str, row: str, start: int) -> FoundTable:
        """The open table of a key; a new one when the row stands in it already."""
        table = self._open.get(key)
        if table is None or row in table.rows:
            table = FoundTable(key, start)
            self._open[key] = table
            self.found.tables.append(table)
            if key == T3:
                self.close()
        if key == T3 and self.third is None:
            self.third = Requests(table, header=self.leaves(_ANY_ROW), named=bool(self.requests))
        return table

    def begin_requests(self, at: int) -> None:
        """Open table 3 at its header, so that its first rows may be unplaced."""
        if self.third is None:
            table = FoundTable(T3, at)
            self._open[T3] = table
            self.found.tables.append(table)
            self.third = Requests(table)
        self.third.header, self.third.named = self.leaves(_ANY_ROW), bool(self.requests)

    def turn(self) -> None:
        """Another header or caption begins, or the text ends.

        Values that begin before the first label, and a last label without any: then every row's
        values stand above its label, and those taken from below it are another row's.
        """
        if self.orphan and self.pending:
            self.values_first = True
            for table, row in self.below:
                self.issue("values_first", f"{table.key}/{row}", None)
                table.rows.pop(row, None)
        self.all_below += self.below
        if self.third is not None:
            self.third.trailing = [key for table, key, _, _ in self.pending if table == T3]
        self.unvalued += self.pending
        self.orphan, self.below, self.pending, self.torn = False, [], [], False
        self.fresh = True

    def table_of(self, key: str) -> FoundTable:
        """The open table of a key that has a row."""
        return self._open[key]

    def close(self) -> None:
        """Table 3 ends here."""
        if self.third is not None:
            self.closed.append(self.third)
        self.third = None

    def end_requests(self) -> None:
        """Another table begins: the header of table 3 holds no longer."""
        self.close()
        self.requests, self.disordered = [], False

    def unplaced(self, values: Sequence[Piece]) -> None:
        """Keep rows of table 3 that stand without their label, seven values each."""
        if self.third is None:
            return
        count = len(column_keys(T3))
        for start in range(0, len(values), count):
            names = [key for table, key, _, _ in self.pending if table == T3] if not start else []
            row = Unplaced(list(values[start : start + count]), names, self.torn)
            self.third.events.append(row)
        self.unvalued += self.pending
        self.pending, self.torn = [], False

    def leaves(self, match: Match) -> list[Leaf]:
        """The columns that a row's values stand under; empty where no header fits."""
        if match.table == T3:
            inferred = [] if self.disordered else [(key, "") for key in column_keys(T3)]
            return self.requests or list[Leaf](inferred)
        # A header of an item further up is not this item's: its own is lost.
        return self.active if fits(match.table, [key for key, _ in self.active]) else []

    def values(self, at: int) -> list[Piece]:
        """The value pieces from a place on, blank and garbled ones too; no endless run of them."""
        end = at
        most = min(len(self.cells), at + LONGEST_RUN)
        while end < most and (self.cells[end].value or self.cells[end].garbled):
            if end in self.consumed:
                break
            end += 1
        return list(self.cells[at:end])

    def line_values(self, at: int) -> list[Piece]:
        """The value pieces from a place on that stand in its line."""
        line = self.cells[at].line if at < len(self.cells) else -1
        end = at
        most = min(len(self.cells), at + LONGEST_RUN)
        while end < most and self.cells[end].line == line and (
            self.cells[end].value or self.cells[end].garbled
        ):
            end += 1
        return list(self.cells[at:end])
