"""Which place a body's name speaks of, among the places that a portal may speak for."""

from __future__ import annotations

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


def get(archive: Archive, code: str | None) -> Place:
    """Return a division; one that the register lacks has no name and the level ``unknown``."""
    row = archive.conn.execute(
        "SELECT code, name, level FROM divisions WHERE code = ?", [code]
    ).fetchone()
    return Place(code, "", "unknown") if row is None else Place(*row)


def below(archive: Archive, code: str) -> list[Place]:
    """Return the division and all divisions under it, the nearest first."""
    rows = archive.conn.execute(
        """WITH RECURSIVE tree (code, depth) AS (
            SELECT code, 0 FROM divisions WHERE code = ?
            UNION ALL
            SELECT divisions.code, depth + 1
            FROM divisions JOIN tree ON divisions.parent = tree.code
            WHERE depth < 5)
        SELECT divisions.code, name, level FROM tree JOIN divisions USING (code)
        ORDER BY depth, code""",
        [code],
    )
    return [Place(*row) for row in rows]


def above(archive: Archive, code: str) -> list[Place]:
    """Return the divisions over the division, the nearest first, without itself."""
    rows = archive.conn.execute(
        """WITH RECURSIVE chain (code, depth) AS (
            SELECT parent, 1 FROM divisions WHERE code = ?
            UNION ALL
            SELECT divisions.parent, depth + 1 FROM divisions JOIN chain USING (code)
            WHERE depth < 5)
        SELECT divisions.code, name, level FROM chain JOIN divisions USING (code)
        ORDER BY depth""",
        [code],
    )
    return [Place(*row) for row in rows]


def split(archive: Archive, name: str, code: str | None) -> tuple[Place, str]:
    """Find the place a body belongs to and the body's own name in comparison form.

    Places may be stacked (湖北省襄阳市襄州区水利局). A body that names a place of the same
    prefecture belongs there: a city's column may list the reports of all its counties. One that
    names no place, or only a province, belongs to the portal's division.

    Args:
        archive: The archive.
        name: The body's name as printed.
        code: The portal's or column's division.

    Returns:
        The place, and ``extract.agency.canonical`` of the name without its places.
    """
    if code is None:
        return Place(None, "", "unknown"), agency.canonical(name)
    chain = above(archive, code)
    prefecture = next((place for place in chain if place.level in _PREFECTURES), None)
    near = below(archive, prefecture.code if prefecture and prefecture.code else code)
    own = {place.name: place for place in near}
    names = [*own, *(place.name for place in chain)]
    match = agency.place_of(name, names)
    return own.get(match or "") or get(archive, code), agency.canonical(name, names)
