"""Of several reports of one body and year, which one stands for it in the panel."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archive import divisions
from archive.db import Archive
from extract.damage import host_rank

# TRS t20250117_3748754, UCAP 32 hex digits, Hanweb art_<column>_<number>, VSB <number>.htm.
_NUMBER = re.compile(
    r"/(t\d{8}_\d{4,})\.|/([0-9a-f]{32})\.s?html?$|/art_\d+_(\d{4,})\.|/info/\d+/(\d{4,})\.htm"
    r"|[?&]wbnewsid=(\d{4,})|/post_(\d{4,})\.|/content_(\d{6,})(?:\.|$)"
)
_RANKS = {"issuing_host": 0, "other_gov_host": 1, "copy": 2}


@dataclass(frozen=True, slots=True)
class _Report:
    id: int
    scope: str
    body: str | None
    marks: tuple[str, ...]
    is_read: bool
    is_primary: bool
    duplicate_of: int | None
    order: tuple[bool, bool, int, str, str]


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
    with the same cells and text as a better one is its duplicate, under whatever scope, and so is
    one with the same number in its CMS: the hosts of a city share one, and show its articles
    under the paths of each. A file that a page names as its report is the page's, and stands
    behind it. A file or picture beside a report that was read is another form of it. Of the
    others the first of each scope is primary. A report without a year is never primary.

    Returns:
        The ids of the reports whose standing changed.
    """
    changed: list[tuple[int, int | None, int]] = []
    known: dict[str, tuple[int, str]] = {}  # content, number in the CMS: best report, its address
    read: dict[str, int] = {}  # scope: its primary report, if that was read
    scopes: set[str] = set()
    for report in sorted(_reports(archive, publisher_id, year), key=lambda item: item.order):
        better = (_same(report, mark, known) for mark in report.marks)
        duplicate_of = next(filter(None, better), None)
        if duplicate_of is None and not report.is_read and year is not None:
            duplicate_of = _shown_as_page(report, read)
        is_primary = year is not None and duplicate_of is None and report.scope not in scopes
        for mark in report.marks:
            known.setdefault(mark, (duplicate_of or report.id, report.order[-1]))
        if is_primary:
            scopes.add(report.scope)
            if report.is_read:
                read[report.scope] = report.id
        if (is_primary, duplicate_of) != (report.is_primary, report.duplicate_of):
            changed.append((int(is_primary), duplicate_of, report.id))
    # What ceases to be primary comes first: an index allows only one.
    for standing in sorted(changed, key=lambda item: item[0]):
        archive.conn.execute(
            "UPDATE reports SET is_primary = ?, duplicate_of = ? WHERE id = ?", standing
        )
    return [report_id for *_, report_id in changed]


def _same(report: _Report, mark: str, known: Mapping[str, tuple[int, str]]) -> int | None:
    """Return the better report with a mark. Two reports on one page share its number, and are two
    as long as they say different things."""
    better, address = known.get(mark, (None, ""))
    return None if mark != report.body and address == report.order[-1] else better


def _shown_as_page(report: _Report, read: Mapping[str, int]) -> int | None:
    """Return the report that a file or picture shows in another form, None when it may be another:
    of several scopes it must say which one is its own."""
    if report.scope != "unknown":
        return read.get(report.scope)
    return next(iter(read.values())) if len(read) == 1 else None


def _marks(body: str | None, address: str, named: Iterable[str]) -> tuple[str, ...]:
    """Return what a report shares with the same article elsewhere, and with its own files."""
    number = _NUMBER.search(address)
    marks = () if body is None else (body,)
    if number is not None:
        marks = (*marks, next(filter(None, number.groups())))
    return (*marks, *(f"file {where}" for where in sorted({address, *named})))


def _reports(archive: Archive, publisher_id: int, year: int | None) -> list[_Report]:
    rows = archive.conn.execute(
        """SELECT reports.id, report_scope, body_sha256, is_primary, duplicate_of, reports.kind,
        source_rank, published_on, reports.address,
        EXISTS (SELECT 1 FROM enclosed
            JOIN report_versions AS own ON own.document_id = enclosed.document_id
            JOIN reports AS page ON page.current_version_id = own.id AND page.id != reports.id
                AND page.publisher_id = reports.publisher_id AND page.year IS reports.year
            WHERE enclosed.address = reports.address),
        (SELECT group_concat(enclosed.address, char(10)) FROM enclosed
            WHERE enclosed.document_id = report_versions.document_id)
        FROM reports LEFT JOIN report_versions ON report_versions.id = current_version_id
        WHERE publisher_id = ? AND year IS ?""",
        [publisher_id, year],
    )
    return [
        _Report(
            id=row[0],
            scope=row[1],
            body=row[2],
            marks=_marks(row[2], row[8], (row[10] or "").split()),
            is_read=row[5] == "report" and row[2] is not None,
            is_primary=bool(row[3]),
            duplicate_of=row[4],
            order=(
                row[5] != "report" or row[2] is None,
                bool(row[9]),
                _RANKS[row[6]],
                row[7] or "9999",
                row[8],
            ),
        )
        for row in rows
    ]
