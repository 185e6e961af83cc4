"""Where a division lay in a year, and where it lies today: province, prefecture, county by name."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from archive.db import Archive

_STEPS = {
    "province": "province",
    "prefecture": "prefecture",
    "sub_province": "prefecture",
    "county": "county",
}


@dataclass(frozen=True, slots=True)
class Address:
    """A division's names from the province down; None where it has no such step.

    Attributes:
        code: The division's code.
        province: 湖北省.
        prefecture: 襄阳市; None for what lies directly under a province.
        county: 襄州区.
    """

    code: str | None = None
    province: str | None = None
    prefecture: str | None = None
    county: str | None = None


NOWHERE = Address()

_known: WeakKeyDictionary[Archive, Places] = WeakKeyDictionary()

_Row = tuple[str, str, str | None, int, int | None]  # name, level, parent, valid_from, valid_to


class Places:
    """The register of divisions, held in memory.

    Args:
        archive: The archive.
    """

    def __init__(self, archive: Archive) -> None:
        self._rows: dict[str, list[_Row]] = {}
        for code, *row in archive.conn.execute(
            """SELECT code, name, level, parent, valid_from, valid_to FROM divisions
            ORDER BY code, valid_from"""
        ):
            self._rows.setdefault(code, []).append((row[0], row[1], row[2], row[3], row[4]))
        self._renamed: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for code, name, to_code, to_name in archive.conn.execute(
            "SELECT code, name, to_code, to_name FROM division_changes WHERE kind != 'split'"
        ):
            self._renamed.setdefault((code, name), []).append((to_code, to_name))
        self._known: dict[tuple[str | None, int | None], Address] = {}

    def then(self, code: str | None, year: int | None) -> Address:
        """Return where a division lay at the end of a year, under the names of that time.

        Args:
            code: Its code in that year; None gives an empty address.
            year: The year; None for the last names it had.
        """
        key = (code, year)
        if key not in self._known:
            self._known[key] = self._address(code, year)
        return self._known[key]

    def now(self, code: str | None, year: int | None) -> Address:
        """Return where the division of a year lies today.

        One that was renamed or merged is followed; of one that was split nobody can say where
        it is today, and the address is empty.
        """
        row = self._row(code, year)
        if code is None or row is None:
            return NOWHERE
        name, last = row[0], row[4]
        for _ in range(8):
            if last is None:
                return self.then(code, None)
            following = self._renamed.get((code, name), [])
            if len(following) != 1:
                return NOWHERE
            code, name = following[0]
            found = [item for item in self._rows.get(code, []) if item[0] == name]
            if not found:
                return NOWHERE
            last = found[-1][4]
        return NOWHERE

    def _address(self, code: str | None, year: int | None) -> Address:
        names: dict[str, str] = {}
        step = code
        for _ in range(5):
            row = self._row(step, year)
            if row is None:
                break
            kind = _STEPS.get(row[1])
            if kind is not None:
                names.setdefault(kind, row[0])
            step = row[2]
        return Address(code, **names) if names else NOWHERE

    def _row(self, code: str | None, year: int | None) -> _Row | None:
        rows = self._rows.get(code or "", [])
        valid = [
            row for row in rows
            if year is not None and row[3] <= year and (row[4] is None or year <= row[4])
        ]  # fmt: skip
        return next(reversed(valid or rows), None)


def of(archive: Archive) -> Places:
    """Return the register of an archive, read once."""
    found = _known.get(archive)
    if found is None:
        found = _known[archive] = Places(archive)
    return found


def forget(archive: Archive) -> None:
    """Read the register anew the next time: it was written."""
    _known.pop(archive, None)
