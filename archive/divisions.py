"""Which place a body's name speaks of, among the places that a portal may speak for, in a year.

A division is a code under a name: a code may pass to another place. Registers are those of the
ends of years, so a report of 2020 belongs to the division of 31 December 2020.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from archive.db import Archive
from extract import agency

_PREFECTURES = frozenset({"prefecture", "sub_province"})


@dataclass(frozen=True, slots=True)
class Place:
    """A division as far as a publisher needs it; ``code`` is None when nobody knows it."""

    code: str | None
    name: str
    level: str
    valid_from: int = 0
    valid_to: int | None = None

    def is_valid(self, year: int) -> bool:
        """Tell whether the register of the year's end has it."""
        return self.valid_from <= year and (self.valid_to is None or year <= self.valid_to)


def get(archive: Archive, code: str | None) -> Place:
    """Return a division, as it was called last.

    One that the register lacks has no name and the level ``unknown``.
    """
    row = archive.conn.execute(
        """SELECT code, name, level, valid_from, valid_to FROM divisions WHERE code = ?
        ORDER BY valid_from DESC LIMIT 1""",
        [code],
    ).fetchone()
    return Place(code, "", "unknown") if row is None else Place(*row)


def below(archive: Archive, code: str) -> list[Place]:
    """Return the division and all divisions under it, the nearest first, under all names."""
    rows = archive.conn.execute(
        """WITH RECURSIVE tree (code, depth) AS (
            SELECT code, 0 FROM divisions WHERE code = ?
            UNION
            SELECT divisions.code, depth + 1
            FROM divisions JOIN tree ON divisions.parent = tree.code
            WHERE depth < 5)
        SELECT divisions.code, name, level, valid_from, valid_to
        FROM tree JOIN divisions USING (code)
        ORDER BY depth, code, valid_from""",
        [code],
    )
    return [Place(*row) for row in rows]


def above(archive: Archive, code: str) -> list[Place]:
    """Return the divisions over the division, the nearest first, without itself."""
    rows = archive.conn.execute(
        """WITH RECURSIVE chain (code, depth) AS (
            SELECT parent, 1 FROM divisions WHERE code = ?
            UNION
            SELECT divisions.parent, depth + 1 FROM divisions JOIN chain USING (code)
            WHERE depth < 5)
        SELECT divisions.code, name, level, valid_from, valid_to
        FROM chain JOIN divisions USING (code)
        ORDER BY depth, valid_from""",
        [code],
    )
    return [Place(*row) for row in rows]


def at(archive: Archive, place: Place, year: int | None) -> Place:
    """Return what a place was, or became, at the end of a year: 祁阳市 of 2019 is 祁阳县.

    Only one that was renamed is followed: of places that were merged or split nobody can say
    which one is meant.

    Args:
        archive: The archive.
        place: The place, as a name or a portal gives it.
        year: The year reported on, None for today.
    """
    found = place
    for _ in range(5):
        if year is None or found.code is None or found.is_valid(year):
            return found
        is_before = year < found.valid_from
        one, other = ("to_", "") if is_before else ("", "to_")
        rows = archive.conn.execute(
            f"""SELECT divisions.code, divisions.name, level, valid_from, valid_to
            FROM division_changes JOIN divisions ON divisions.code = division_changes.{other}code
            AND divisions.name = division_changes.{other}name
            WHERE division_changes.{one}code = ? AND division_changes.{one}name = ?
            AND kind = 'renamed' AND (year > ?) = ?""",
            [found.code, found.name, year, is_before],
        ).fetchall()
        if len(rows) != 1:
            return place
        found = Place(*rows[0])
    return place


def is_same(archive: Archive, one: str | None, other: str | None) -> bool:
    """Tell whether two codes are one place: the same, or one was renamed into the other."""
    if one is None or other is None:
        return False
    return one in _line(archive, other) or other in _line(archive, one)


def _line(archive: Archive, code: str) -> list[str]:
    """Return the code and those that its place was given later."""
    rows = archive.conn.execute(
        """WITH RECURSIVE line (code) AS (
            SELECT ? UNION
            SELECT to_code FROM division_changes JOIN line USING (code) WHERE kind = 'renamed')
        SELECT code FROM line""",
        [code],
    )
    return [str(row[0]) for row in rows]


@dataclass(frozen=True, slots=True)
class Names:
    """What names mean on a portal, in a year.

    Attributes:
        home: The portal's or column's own division.
        own: The places that a body may belong to, by name: in a province two may share one.
        known: Those names, and those of the divisions above.
        parents: Name of the division above, by the code of a place that shares its name.
    """

    home: Place
    own: Mapping[str, tuple[Place, ...]]
    known: tuple[str, ...]
    parents: Mapping[str | None, str]


#: Names by code and year, for callers that look up many bodies and write no divisions meanwhile.
Memo = dict[tuple[str, int | None], Names]


def split(
    archive: Archive,
    name: str,
    code: str | None,
    year: int | None = None,
    memo: Memo | None = None,
) -> tuple[Place, str]:
    """Find the place a body belongs to and the body's own name in comparison form.

    Places may be stacked (湖北省襄阳市襄州区水利局). A body that names a place of the same
    prefecture belongs there: a city's column may list the reports of all its counties. One that
    names no place, or only a province, belongs to the portal's division, and so does one whose
    place may be either of two. Names of the year count most, but a report may be posted after the
    place was renamed, or by an old template.

    Args:
        archive: The archive.
        name: The body's name as printed.
        code: The portal's or column's division.
        year: The year reported on, None for today.
        memo: What was found for other bodies.

    Returns:
        The place as of the year, and ``extract.agency.canonical`` of the name without its places.
    """
    if code is None:
        return Place(None, "", "unknown"), agency.canonical(name)
    memo = {} if memo is None else memo
    names = memo.get((code, year)) or memo.setdefault((code, year), _names(archive, code, year))
    known = names.known
    match = agency.place_of(name, known)
    places = names.own.get(match or "", (names.home,))
    if len(places) > 1:  # 鼓楼区 is in 南京 and in 徐州
        outer = agency.place_of(name, [one for one in known if one != match])
        places = tuple(place for place in places if names.parents[place.code] == outer)
    if not places:
        places, known = (names.home,), tuple(one for one in known if one != match)
    return at(archive, places[0], year), agency.canonical(name, known)


def _names(archive: Archive, code: str, year: int | None) -> Names:
    chain = above(archive, code)
    prefecture = next((place for place in chain if place.level in _PREFECTURES), None)
    near = below(archive, prefecture.code if prefecture and prefecture.code else code)
    own = _by_name(near, year)
    shared = [place.code for places in own.values() if len(places) > 1 for place in places]
    return Names(
        home=get(archive, code),
        own=own,
        known=(*own, *(place.name for place in chain)),
        parents={one: _parent(archive, one) for one in shared},
    )


def _parent(archive: Archive, code: str | None) -> str:
    row = archive.conn.execute(
        """SELECT upper.name FROM divisions JOIN divisions AS upper ON upper.code = divisions.parent
        WHERE divisions.code = ? ORDER BY upper.valid_from DESC""",
        [code],
    ).fetchone()
    return "" if row is None else str(row[0])


def _by_name(places: list[Place], year: int | None) -> dict[str, tuple[Place, ...]]:
    """Return whom each name means in a year; the names of others' past count least.

    Old names of two characters (城区, 郊区) are words, too, and are left out.
    """
    past = [place for place in places if place.valid_to is not None and len(place.name) > 2]
    today = [place for place in places if place.valid_to is None]
    then = [place for place in places if year is not None and place.is_valid(year)]
    found: dict[str, tuple[Place, ...]] = {}
    for group in (past, today, then):
        named: dict[str, list[Place]] = defaultdict(list)
        for place in group:
            named[place.name].append(place)
        found.update((name, tuple(known)) for name, known in named.items())
    return found
