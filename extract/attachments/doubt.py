"""What was read from a picture: how far it may be believed, and what is said of the rest.

A digit that a program took from a picture may be another digit. Where the form has sums, they
decide; where it has none, only the reader's own confidence speaks, and that is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from extract.attachments.codes import UNPROVEN, UNSURE
from extract.record import Cell, Issue, Record, Table, cells
from extract.tables import second
from extract.tables.grid import Grid

DOUBTFUL = 0.8
"""A cell read with less confidence than that is told, unless its sums prove it."""
FLAG = "READ_FROM_PICTURE"

Sure = Callable[[str], float]
"""How sure the reading at a locator is; 1 for what was no picture."""


class SecondReading(second.SecondReading):
    """A second reading that never blames the source for what a picture was read as."""

    def __init__(self, grids: Sequence[Grid], sure: Sure) -> None:
        """Take the tables of one body, and how sure each of their cells is."""
        super().__init__(grids)
        self._sure = sure

    def of(self, body: Mapping[str, Table], before: Mapping[str, Table] | None) -> SecondReading:
        """Return the second reading of one body of several."""
        return SecondReading(super().of(body, before).grids, self._sure)

    def agrees(self, path: tuple[str, str, str], cell: Cell) -> bool | None:
        """Tell as the other one does; it saw the same picture, so its consent proves nothing."""
        told = super().agrees(path, cell)
        return None if told and self._sure(cell.at) < 1 else told


def tell(record: Record, sure: Sure) -> None:
    """Flag what a record has from a picture, and add an issue for all that nothing proves.

    Args:
        record: A record with its checks; its locators are still those that ``sure`` knows.
        sure: How sure the reading at a locator is.
    """
    seen = [one for one in cells(record.tables) if sure(one[3].at) < 1]
    if not seen:
        return
    record.flags = sorted({*record.flags, FLAG})
    sums = [one for one in record.checks if one.kind == "sum"]
    bad = {path for one in sums if one.verdict == "fail" for path in one.cells}
    good = {path for one in sums if one.verdict == "pass" for path in one.cells} - bad
    for table in dict.fromkeys(one[0] for one in seen):
        own = [one for one in sums if one.scope.startswith(f"{table}/")]
        failed = sum(one.verdict != "pass" for one in own)
        if failed or not own:
            at = next(one[3].at for one in seen if one[0] == table)
            why = f"{failed} of its {len(own)} sums do not hold" if own else "no sum proves it"
            record.issues.append(
                Issue(UNPROVEN, f"{table}: read from a picture, {why}", at)
            )
    for table, row, column, cell in seen:
        # Nothing and nought add up alike: no sum tells them apart.
        path, proven = f"{table}/{row}/{column}", bool(cell.value)
        if sure(cell.at) < DOUBTFUL and not (proven and path in good):
            detail = f"{path}: {cell.raw or 'blank'}, read with confidence {sure(cell.at):.2f}"
            record.issues.append(Issue(UNSURE, detail, cell.at))
