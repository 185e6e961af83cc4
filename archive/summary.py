"""Numbers for people: what a campaign did, what the archive holds, what is left."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from archive.db import Archive


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a crawl; times are UTC, None while it has not ended."""

    id: int
    campaign: int
    spider: str
    arguments: dict[str, Any]
    started_at: str
    finished_at: str | None
    reason: str | None
    exit_code: int | None


@dataclass(slots=True)
class PortalNumbers:
    """What a campaign did on one portal.

    Attributes:
        host: The portal's first host.
        title: Its name.
        pages: Answers that were parsed (lists and articles).
        listed: Rows judged to be a report's, or undecided.
        read: Reports of the portal in the archive that could be read.
        unread: Reports of the portal in the archive that could not (picture, attachment).
        refused: Why rows of the campaign, and pages of the archive (``page_…``), were taken for no
            report: reason to number.
        failed: Pages that could not be had: code of ``fetch_outcome`` to number.
        left: Pages not fetched or not parsed yet.
    """

    host: str
    title: str
    pages: int = 0
    listed: int = 0
    read: int = 0
    unread: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    left: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """What the archive holds.

    Attributes:
        publishers: Bodies.
        reports: Reports, primary or not.
        primary: Reports that stand in the panel.
        duplicates: Reports with the content of another one.
        versions: Versions by reason.
        years: Primary reports by year.
        checks: Checks of the current versions by verdict; every verdict is a key.
        issues: What the reader could not place, by code, in current versions and other documents.
        coverage: Publisher-years by status, as last saved.
        payloads: Bodies kept, each once.
        payload_bytes: Their size before compression.
    """

    publishers: int
    reports: int
    primary: int
    duplicates: int
    versions: dict[str, int]
    years: dict[int, int]
    checks: dict[str, int]
    issues: dict[str, int]
    coverage: dict[str, int]
    payloads: int
    payload_bytes: int


def last_run(archive: Archive) -> Run | None:
    """Return the latest run, None when nothing was crawled."""
    row = archive.conn.execute(
        """SELECT id, campaign, spider, arguments, started_at, finished_at, reason, exit_code
        FROM crawls ORDER BY id DESC LIMIT 1"""
    ).fetchone()
    if row is None:
        return None
    return Run(
        id=row[0],
        campaign=row[1],
        spider=row[2],
        arguments=json.loads(row[3]),
        started_at=row[4],
        finished_at=row[5],
        reason=row[6],
        exit_code=row[7],
    )


def portals(archive: Archive, campaign: int) -> list[PortalNumbers]:
    """Return the numbers of each portal that the campaign has a page of, by host."""
    found: dict[str, PortalNumbers] = {}
    for host, title in archive.conn.execute(
        """SELECT DISTINCT frontier.portal, coalesce(title, frontier.portal)
        FROM frontier LEFT JOIN portals ON host = frontier.portal
        WHERE campaign = ? ORDER BY 1""",
        [campaign],
    ):
        found[host] = PortalNumbers(host, title)
    _count_pages(archive, campaign, found)
    _count_listings(archive, campaign, found)
    _count_reports(archive, found)
    return list(found.values())


def totals(archive: Archive) -> Totals:
    """Return what the archive holds."""
    one = archive.conn.execute(
        """SELECT (SELECT count(*) FROM publishers), (SELECT count(*) FROM reports),
        (SELECT count(*) FROM reports WHERE is_primary),
        (SELECT count(*) FROM reports WHERE duplicate_of IS NOT NULL),
        (SELECT count(*) FROM payloads), (SELECT coalesce(sum(size), 0) FROM payloads)"""
    ).fetchone()
    checks = {"pass": 0, "fail": 0, "not_assessable": 0}
    checks.update(
        _groups(
            archive,
            """SELECT verdict, count(*) FROM checks
            JOIN reports ON current_version_id = version_id GROUP BY verdict""",
        )
    )
    return Totals(
        publishers=one[0],
        reports=one[1],
        primary=one[2],
        duplicates=one[3],
        versions=_groups(archive, "SELECT reason, count(*) FROM report_versions GROUP BY reason"),
        years=_groups(
            archive, "SELECT year, count(*) FROM reports WHERE is_primary GROUP BY year ORDER BY 1"
        ),
        checks=checks,
        issues=_groups(
            archive,
            """SELECT code, count(*) FROM issues WHERE version_id IS NULL
            OR version_id IN (SELECT current_version_id FROM reports)
            GROUP BY code ORDER BY 2 DESC""",
        ),
        coverage=_groups(archive, "SELECT status, count(*) FROM coverage GROUP BY status"),
        payloads=one[4],
        payload_bytes=one[5],
    )


def _groups(archive: Archive, sql: str) -> dict[Any, int]:
    return dict(archive.conn.execute(sql).fetchall())


def _count_pages(archive: Archive, campaign: int, found: dict[str, PortalNumbers]) -> None:
    for host, state, outcome, number in archive.conn.execute(
        "SELECT portal, state, outcome, count(*) FROM frontier WHERE campaign = ? GROUP BY 1, 2, 3",
        [campaign],
    ):
        if state != "done":
            found[host].left += number
        elif outcome in ("ok", "unchanged"):
            found[host].pages += number
        else:
            found[host].failed[outcome] += number


def _count_listings(archive: Archive, campaign: int, found: dict[str, PortalNumbers]) -> None:
    for host, verdict, reason, number in archive.conn.execute(
        """SELECT portal, verdict, reason, count(DISTINCT address) FROM listings
        WHERE crawl_id IN (SELECT id FROM crawls WHERE campaign = ?) GROUP BY 1, 2, 3""",
        [campaign],
    ):
        if host not in found:
            continue
        if verdict == "other":
            found[host].refused[reason.split(":")[0]] += number
        else:
            found[host].listed += number


def _count_reports(archive: Archive, found: dict[str, PortalNumbers]) -> None:
    for host, read, unread in archive.conn.execute(
        """SELECT fetches.portal, sum(reports.kind = 'report' AND body_sha256 IS NOT NULL),
        sum(reports.kind != 'report' OR body_sha256 IS NULL)
        FROM reports JOIN report_versions ON report_versions.id = current_version_id
        JOIN documents ON documents.id = document_id JOIN fetches ON fetches.id = fetch_id
        GROUP BY 1"""
    ):
        if host in found:
            found[host].read, found[host].unread = read, unread
    for host, kind, number in archive.conn.execute(
        """SELECT portal, kind, count(*) FROM documents JOIN fetches ON fetches.id = fetch_id
        WHERE kind IN ('not_report', 'index', 'blocked') GROUP BY 1, 2"""
    ):
        if host in found:
            found[host].refused[f"page_{kind}"] += number
