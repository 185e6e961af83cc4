"""Of several reports of one body and year, which one stands for it in the panel."""

from __future__ import annotations

from dataclasses import dataclass

from archive import divisions
from archive.db import Archive
from extract.damage import host_rank

_RANKS = {"issuing_host": 0, "other_gov_host": 1, "copy": 2}


@dataclass(frozen=True, slots=True)
class _Report:
    id: int
    scope: str
    body: str | None
    is_primary: bool
    duplicate_of: int | None
    order: tuple[bool, int, str, str]


def source_rank(archive: Archive, portal: str, publisher_id: int, host: str) -> str:
    """Say how near a host is to the body: ``issuing_host``, ``other_gov_host`` or ``copy``.

    The issuing host is a portal of the body's own division: its own site, or its government's.

    Args:
        archive: The archive.
        portal: The portal's first host.
        publisher_id: The body.
        host: The host that answered.
    """
    places = archive.conn.execute(
        """SELECT portals.division_code, publishers.division_code FROM portals, publishers
        WHERE portals.host = ? AND publishers.id = ?""",
        [portal, publisher_id],
    ).fetchone()
    issuing = places is not None and divisions.is_same(archive, *places)
    return host_rank(host, issuing=issuing)


def choose(archive: Archive, publisher_id: int, year: int | None) -> list[int]:
    """Decide again for one body and year: which reports are primary, which are duplicates.

    First come reports that were read, then by source rank, then the earliest publication. One
    with the same cells and text as a better one is its duplicate, under whatever scope; of the
    others the first of each scope is primary. A report without a year is never primary.

    Returns:
        The ids of the reports whose standing changed.
    """
    changed: list[tuple[int, int | None, int]] = []
    bodies: dict[str, int] = {}
    scopes: set[str] = set()
    for report in sorted(_reports(archive, publisher_id, year), key=lambda item: item.order):
        duplicate_of = None if report.body is None else bodies.get(report.body)
        is_primary = year is not None and duplicate_of is None and report.scope not in scopes
        if report.body is not None:
            bodies.setdefault(report.body, report.id)
        if is_primary:
            scopes.add(report.scope)
        if (is_primary, duplicate_of) != (report.is_primary, report.duplicate_of):
            changed.append((int(is_primary), duplicate_of, report.id))
    # What ceases to be primary comes first: an index allows only one.
    for standing in sorted(changed, key=lambda item: item[0]):
        archive.conn.execute(
            "UPDATE reports SET is_primary = ?, duplicate_of = ? WHERE id = ?", standing
        )
    return [report_id for *_, report_id in changed]


def _reports(archive: Archive, publisher_id: int, year: int | None) -> list[_Report]:
    rows = archive.conn.execute(
        """SELECT reports.id, report_scope, body_sha256, is_primary, duplicate_of, reports.kind,
        source_rank, published_on, address
        FROM reports LEFT JOIN report_versions ON report_versions.id = current_version_id
        WHERE publisher_id = ? AND year IS ?""",
        [publisher_id, year],
    )
    return [
        _Report(
            id=row[0],
            scope=row[1],
            body=row[2],
            is_primary=bool(row[3]),
            duplicate_of=row[4],
            order=(
                row[5] != "report" or row[2] is None,
                _RANKS[row[6]],
                row[7] or "9999",
                row[8],
            ),
        )
        for row in rows
    ]
