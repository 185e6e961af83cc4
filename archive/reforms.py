"""Reforms that gave bodies another name or merged them, and those that founded new ones.

``data/reforms.tsv`` is about kinds of bodies: 国土资源局 became 自然资源局, everywhere, by March
2019. Which bodies of a place followed which is entered in ``publisher_relations`` when both were
met there. Places did it at different times, so what was found always counts more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from archive.db import Archive

_SUFFIX = r"(?:厅|局|委员会|办公室|管理局|事务局)"


@dataclass(frozen=True, slots=True)
class Reform:
    """A line of ``data/reforms.tsv``.

    Attributes:
        old: The old bodies' names; None when the new body has no predecessor.
        new: The new bodies' names.
        kind: ``renamed`` or ``merged``.
        year: The first year that the new body reports on.
        new_is: ``new`` when there was no such body anywhere before; ``varied`` when some places
            had one earlier; ``existing`` when it took the old one in.
        evidence: The decision, and when it was carried out.
    """

    old: re.Pattern[str] | None
    new: re.Pattern[str]
    kind: str
    year: int
    new_is: str
    evidence: str


@cache
def reforms() -> tuple[Reform, ...]:
    """Return the reforms in the order of their file."""
    text = files("archive").joinpath("data/reforms.tsv").read_text(encoding="utf-8")
    found = []
    for line in text.splitlines()[1:]:
        old, new, kind, year, new_is, evidence = line.split("\t")
        pattern = _pattern(old) if old else None
        found.append(Reform(pattern, _pattern(new), kind, int(year), new_is, evidence))
    return tuple(found)


@cache
def founded(body: str) -> int | None:
    """Return the first year that such a body reports on, None when it is not known.

    Args:
        body: The name in comparison form, without its place.
    """
    years = [item.year for item in reforms() if item.new_is == "new" and item.new.fullmatch(body)]
    return min(years, default=None)


def relate(archive: Archive) -> None:
    """Write who followed whom among the publishers into ``publisher_relations``.

    Two publishers are related when their divisions are (``division_changes``) and their names
    are the same, or when they are of one division and a reform made one into the other.

    Args:
        archive: The archive, open for writing.
    """
    with archive.atomic():
        archive.conn.execute(
            """INSERT OR REPLACE INTO publisher_relations
            (publisher_id, successor_id, kind, since, evidence)
            SELECT old.id, new.id, kind, year, evidence
            FROM division_changes JOIN publishers AS old ON old.division_code = code
            JOIN publishers AS new
            ON new.key = to_code || substr(old.key, instr(old.key, '/'))
            WHERE code != to_code"""
        )
        archive.conn.executemany(
            """INSERT OR REPLACE INTO publisher_relations
            (publisher_id, successor_id, kind, since, evidence) VALUES (?, ?, ?, ?, ?)""",
            _reformed(archive),
        )


def _reformed(archive: Archive) -> list[tuple[int, int, str, str, str]]:
    places: dict[str, list[tuple[int, int, bool]]] = defaultdict(list)
    for publisher, key in archive.conn.execute("SELECT id, key FROM publishers"):
        place, _, body = key.partition("/")
        for number, is_new in _parts(body):
            places[place].append((publisher, number, is_new))
    return [
        (old, new, item.kind, str(item.year), item.evidence)
        for bodies in places.values()
        for old, number, is_new in bodies
        if not is_new
        for new, other, other_is_new in bodies
        if other == number and other_is_new and old != new
        for item in (reforms()[number],)
    ]


@cache
def _parts(body: str) -> tuple[tuple[int, bool], ...]:
    """Return the reforms that a body has a part in: (number, whether it is the new one)."""
    found = []
    for number, item in enumerate(reforms()):
        if item.old is not None and item.old.fullmatch(body):
            found.append((number, False))
        if item.old is not None and item.new.fullmatch(body):
            found.append((number, True))
    return tuple(found)


def _pattern(stem: str) -> re.Pattern[str]:
    return re.compile(f"(?:{stem}){_SUFFIX}")
