"""Coverage: for every publisher and year one status, with the fetch that proves it.

It never says that a report was not published: only that, on that date, the column was paged to its
end and did not list it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive import cross_years, evidence, population, publishers, reforms
from archive.db import Archive
from archive.statuses import STATUS_OF, Facts

__all__ = ["STATUS_OF", "Coverage", "compute", "ledger", "save", "update"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The status of one publisher and year.

    Attributes:
        publisher_id: The publisher; None for a government that no crawl has met.
        publisher: Its key.
        name: Its name.
        org_type: As ``publishers.org_type``.
        sector: As ``publishers.sector``; None is unknown.
        level: As ``publishers.admin_level``.
        division: Its division's code, None when unknown.
        register: ``governments``, which is complete, or ``seen``: named by any portal.
        year: The year reported on.
        status: A code of formats.json ``coverage_status``.
        evidence_fetch_id: The fetch that proves it, None when nothing was fetched.
        detail: Why, in words.
    """

    publisher_id: int | None
    publisher: str
    name: str
    org_type: str
    sector: str | None
    level: str
    division: str | None
    register: str
    year: int
    status: str
    evidence_fetch_id: int | None
    detail: str


_ALWAYS = "9999-12-31"


def ledger(
    archive: Archive,
    years: Iterable[int],
    as_of: str,
    *,
    until: str | None = None,
    unmet: bool = True,
) -> Iterator[Coverage]:
    """Return the status of each body in each year in which the register has it.

    These are all governments at county level and above, also those that no crawl has met, and
    all other bodies that a portal ever named.

    Args:
        archive: The archive.
        years: The years reported on.
        as_of: ISO date; reports due after it are not due.
        until: ISO date; later fetches are left out. None takes all, also those whose date lies
            ahead because the clock was wrong once.
        unmet: Whether governments that no crawl has met are in it, too.

    Returns:
        By key and year. A body has no status for a year before it existed, or after it ended.
    """
    wanted = sorted(set(years))
    facts = Facts(archive, as_of, until or _ALWAYS)
    for body in population.bodies(archive, unmet=unmet):
        for year in wanted:
            if facts.is_in(body, year):
                status, fetch_id, detail = facts.status(body, year)
                yield Coverage(
                    publisher_id=body.id,
                    publisher=body.key,
                    name=body.name,
                    org_type=body.org_type,
                    sector=body.sector,
                    level=body.level,
                    division=body.division,
                    register=body.register,
                    year=year,
                    status=status,
                    evidence_fetch_id=fetch_id,
                    detail=detail,
                )


def compute(
    archive: Archive, years: Iterable[int], as_of: str, *, until: str | None = None
) -> list[Coverage]:
    """Return what :func:`ledger` returns of the publishers that the archive has."""
    return list(ledger(archive, years, as_of, until=until, unmet=False))


def update(archive: Archive, years: Iterable[int], as_of: str) -> None:
    """Enter the bodies whose listed reports could not be had, compute all statuses, save them.

    A body that only a title named is forgotten when its report was read after all and is another
    body's: what the archive holds does not depend on what once failed.

    Args:
        archive: The archive, open for writing.
        years: The years reported on.
        as_of: ISO date.
    """
    wanted = sorted(set(years))
    with archive.atomic():
        rows = evidence.open_rows(archive)
        only_named = _forget(archive, {row.publisher_id for one in rows.values() for row in one})
        for (portal, column), listed in rows.items():
            for row in listed:
                if row.agency is None or row.outcome is None or not row.is_report:
                    continue
                body = row.publisher_id
                if body is None:
                    body = publishers.named(
                        archive, portal, row.agency, row.division, "listing", row.year
                    )
                    only_named.add(body)
                if body in only_named:
                    publishers.lists_in(archive, body, portal, column, "listing")
        reforms.relate(archive)
        cross_years.follow(archive)
        save(archive, wanted, ledger(archive, wanted, as_of, unmet=False), as_of)


def _forget(archive: Archive, named: set[int | None]) -> set[int]:
    """Take out the bodies that only a title named, and that no open row names; return the others.

    Where the others are listed is told anew by the rows that are open.
    """
    bodies = {
        int(publisher)
        for (publisher,) in archive.conn.execute(
            """SELECT id FROM publishers WHERE register_source = 'listing'
            AND NOT EXISTS (SELECT 1 FROM reports WHERE publisher_id = publishers.id)"""
        )
    }
    gone = [(publisher,) for publisher in sorted(bodies) if publisher not in named]
    archive.conn.execute("DELETE FROM publisher_columns WHERE source = 'listing'")
    for sql in (
        "DELETE FROM coverage WHERE publisher_id = ?",
        "DELETE FROM publisher_names WHERE publisher_id = ?",
        "DELETE FROM publisher_relations WHERE publisher_id = ?1 OR successor_id = ?1",
        "DELETE FROM publishers WHERE id = ?",
    ):
        archive.conn.executemany(sql, gone)
    return bodies - {publisher for (publisher,) in gone}


def save(archive: Archive, years: Iterable[int], rows: Iterable[Coverage], as_of: str) -> None:
    """Write statuses into the table ``coverage``, in place of all those of the same years.

    Governments that no crawl has met have no row: the register itself says that nobody looked.
    """
    with archive.atomic():
        archive.conn.executemany("DELETE FROM coverage WHERE year = ?", [(year,) for year in years])
        archive.conn.executemany(
            """INSERT INTO coverage
            (publisher_id, year, status, evidence_fetch_id, as_of, detail)
            VALUES (?, ?, ?, ?, ?, ?)""",
            (
                (row.publisher_id, row.year, row.status, row.evidence_fetch_id, as_of, row.detail)
                for row in rows
                if row.publisher_id is not None
            ),
        )
