"""Who is in the ledger, and in which years: the register of governments, and all bodies met.

Governments are complete: every division at county level and above has one that must publish
(条例 2019 art. 49), whether or not a crawl has met it. Departments are those that any portal ever
named. A body is in the register of a year when its division was (``divisions``), and when bodies
of its kind existed (``archive.reforms``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from archive import publishers, reforms
from archive.db import Archive

GOVERNMENTS = "governments"
SEEN = "seen"

#: 金门县 is in GB/T 2260 and has no government that 条例 binds.
_WITHOUT = frozenset({"350527"})


@dataclass(frozen=True, slots=True)
class Body:
    """A publisher, or a government that no crawl has met yet.

    Attributes:
        id: Its row in ``publishers``, None for a government that was never met.
        key: Its key, also when it has no row yet.
        name: Its name.
        org_type: As ``publishers.org_type``.
        sector: As ``publishers.sector``; None is unknown.
        level: As ``publishers.admin_level``.
        division: Its division's code, None when unknown.
        register: ``governments`` (complete) or ``seen``.
        first: The first year it is in the register.
        last: The last such year, None while it is.
        followed_by: Keys of the bodies whose columns may hold its reports: those it became.
    """

    id: int | None
    key: str
    name: str
    org_type: str
    sector: str | None
    level: str
    division: str | None
    register: str
    first: int
    last: int | None
    followed_by: tuple[str, ...] = ()

    def is_in(self, year: int) -> bool:
        """Tell whether the register of a year has the body."""
        return self.first <= year and (self.last is None or year <= self.last)


@dataclass(frozen=True, slots=True)
class _Division:
    code: str
    name: str
    level: str
    first: int
    last: int | None


def bodies(archive: Archive, *, unmet: bool = True) -> Iterator[Body]:
    """Return the bodies of the ledger, by key.

    Args:
        archive: The archive.
        unmet: Whether governments that no crawl has met are among them.
    """
    places = _divisions(archive)
    followers = _followers(archive)
    ended = _ended(archive)
    met: list[Body] = []
    for row in archive.conn.execute(
        """SELECT id, key, name, org_type, sector, admin_level, division_code
        FROM publishers ORDER BY key"""
    ):
        publisher, key, name, org_type, sector, level, code = row
        place = places.get(code)
        met.append(
            Body(
                id=publisher,
                key=key,
                name=name,
                org_type=org_type,
                sector=sector,
                level=level,
                division=code,
                register=GOVERNMENTS if key in _keys(place) else SEEN,
                first=max(place.first if place else 0, reforms.founded(key.partition("/")[2]) or 0),
                last=_earlier(place.last if place else None, ended.get(publisher)),
            )
        )
    known = {body.key for body in met}
    others = [_government(place) for place in places.values() if unmet and _keys(place) - known]
    for body in sorted([*met, *others], key=lambda body: body.key):
        code, _, name = body.key.partition("/")
        after = [f"{to_code}/{name}" for to_code in followers.get(code, ())]
        yield replace(body, followed_by=tuple(after)) if after else body


def _keys(place: _Division | None) -> set[str]:
    """Return the key of the place's government, as a set; none for a zone."""
    if place is None or not place.code.isdigit() or place.code in _WITHOUT:
        return set()
    return {f"{place.code}/{publishers.GOVERNMENT}"}


def _government(place: _Division) -> Body:
    return Body(
        id=None,
        key=f"{place.code}/{publishers.GOVERNMENT}",
        name=publishers.government_name(place.name),
        org_type="government",
        sector="general",
        level=place.level,
        division=place.code,
        register=GOVERNMENTS,
        first=place.first,
        last=place.last,
    )


def _divisions(archive: Archive) -> dict[str, _Division]:
    found: dict[str, _Division] = {}
    for code, name, level, first, last in archive.conn.execute(
        "SELECT code, name, level, valid_from, valid_to FROM divisions ORDER BY code, valid_from"
    ):
        before = found.get(code)
        found[code] = _Division(code, name, level, before.first if before else first, last)
    return found


def _followers(archive: Archive) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for code, to_code in archive.conn.execute(
        """SELECT code, to_code FROM division_changes
        WHERE to_code != code AND kind != 'split' ORDER BY 1, 2"""
    ):
        found[code].append(to_code)
    return found


def _ended(archive: Archive) -> dict[int, int]:
    """Return the last year of the publishers that a reform made into another of their place."""
    return {
        publisher: int(since) - 1
        for publisher, since in archive.conn.execute(
            """SELECT publisher_id, min(since) FROM publisher_relations
            JOIN publishers AS old ON old.id = publisher_id
            JOIN publishers AS new ON new.id = successor_id
            WHERE old.division_code = new.division_code AND since IS NOT NULL GROUP BY 1"""
        )
    }


def _earlier(one: int | None, other: int | None) -> int | None:
    return min((year for year in (one, other) if year is not None), default=None)
