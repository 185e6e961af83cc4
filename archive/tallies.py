"""The ledger added up: by division, level, sector or year, and by register, each apart.

Governments are a complete register and departments are those that were ever seen: one sum over
both would mean nothing, so none is made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from archive.coverage import Coverage
from archive.db import Archive

BY = ("division", "level", "sector", "year")
UNKNOWN = "unknown"


@dataclass(slots=True)
class Tally:
    """The publisher-years of a group.

    Attributes:
        group: What they have in common: names of a division, a level, a sector, a year.
        register: ``governments`` or ``seen``.
        publishers: How many bodies they are of.
        statuses: Publisher-years by status.
    """

    group: str
    register: str
    publishers: int = 0
    statuses: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """All publisher-years of the group."""
        return self.statuses.total()


def add_up(
    archive: Archive, rows: Iterable[Coverage], by: str | None, within: str | None = None
) -> list[Tally]:
    """Return the tallies of a ledger.

    Args:
        archive: The archive, for the names of divisions.
        rows: The ledger, the years of a body one behind the other.
        by: One of ``BY``; None for one group of each register.
        within: Names of a division (``湖北省/襄阳市``): only what lies there, and divisions are
            those directly under it. None for all; divisions are the provinces.

    Returns:
        By register and group, groups in the order of the register of divisions.
    """
    paths = Paths(archive)
    group_of = _grouping(by, paths, within)
    found: dict[tuple[str, str], Tally] = {}
    last: dict[tuple[str, str], str] = {}
    for row in rows:
        if within is not None and not paths.is_within(row.division, within):
            continue
        key = (row.register, group_of(row))
        tally = found.setdefault(key, Tally(key[1], key[0]))
        tally.publishers += last.get(key) != row.publisher
        last[key] = row.publisher
        tally.statuses[row.status] += 1
    return sorted(found.values(), key=lambda tally: (tally.register, paths.order(tally.group)))


class Paths:
    """Names of divisions from the province down, as they are called last."""

    def __init__(self, archive: Archive) -> None:
        self._above = {
            code: (name, parent)
            for code, name, parent in archive.conn.execute(
                "SELECT code, name, parent FROM divisions ORDER BY valid_from"
            )
        }
        self._paths: dict[str | None, str] = {}
        self._order = {self.of(code): place for place, code in enumerate(sorted(self._above))}

    def of(self, code: str | None) -> str:
        """Return the names of a division; empty when the register lacks it."""
        if code not in self._paths:
            name, parent = self._above.get(code or "", ("", None))
            above = self.of(parent) if parent else ""
            self._paths[code] = f"{above}/{name}" if above else name
        return self._paths[code]

    def is_within(self, code: str | None, path: str) -> bool:
        """Tell whether a division is the one of that path, or under it."""
        return f"{self.of(code)}/".startswith(f"{path}/")

    def knows(self, path: str) -> bool:
        """Tell whether there is a division of that path."""
        return path in self._order

    def order(self, group: str) -> tuple[int, str]:
        """Return what sorts a group among others: divisions by code, all else by name."""
        return self._order.get(group, len(self._order)), group


def _grouping(by: str | None, paths: Paths, within: str | None) -> Callable[[Coverage], str]:
    depth = 1 + (within.count("/") + 1 if within else 0)
    groups: dict[str | None, Callable[[Coverage], str]] = {
        None: lambda row: "all",
        "year": lambda row: str(row.year),
        "level": lambda row: row.level,
        "sector": lambda row: row.sector or UNKNOWN,
        "division": lambda row: "/".join(paths.of(row.division).split("/")[:depth]) or UNKNOWN,
    }
    return groups[by]
