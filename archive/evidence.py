"""What the archive knows that coverage rests on: reports, columns paged, rows that led nowhere."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from archive import divisions, list_pages, publishers
from archive.address import address
from archive.db import Archive
from archive.documents import IS_UNREAD, NOT_READ_CODES
from extract import titles

Column = tuple[str, str]  # portal, URL of the root column
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年?度?")
UNREAD = "unread"
"""Fetched, but its reader came to no end."""


@dataclass(frozen=True, slots=True)
class ReportEvidence:
    """A report that was found, and how it stands today.

    Attributes:
        kind: The kind of its document.
        is_read: It has cells or sections.
        fetch_id: The fetch of its current version's document.
        address: Its address in comparison form.
        last_fetch: (id, outcome) of the latest attempt at that address; ``not_found`` also when
            another page stood there.
        report_id: The row in ``reports``.
        body: The hash over its cells and texts, None when nothing was read.
        led_to: The address that answered last in comparison form, when a redirect led elsewhere.
        why: Of one that was not read: why its file could not be read, or be had; empty otherwise.
    """

    kind: str
    is_read: bool
    fetch_id: int
    address: str
    last_fetch: tuple[int, str]
    report_id: int
    body: str | None
    led_to: str | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """A list page that could not be had, or was cut short.

    Attributes:
        outcome: A code of formats.json ``fetch_outcome``.
        fetch_id: The attempt.
        year: The year whose list it is (2024年), None when it may have any.
    """

    outcome: str
    fetch_id: int | None
    year: int | None

    def hides(self, year: int) -> bool:
        """Tell whether the page may have listed a report on the year.

        A list of 2024 has the reports on 2024, or those posted in 2024.
        """
        return self.year is None or year in (self.year, self.year - 1)


@dataclass(frozen=True, slots=True)
class Visit:
    """How far a column was paged in one campaign; times are UTC.

    ``pages`` counts also those that were not asked for because the others proved them unchanged.
    What came first is told by the ids of fetches: a clock may be set back.
    """

    pages: int
    pages_left: int
    last_fetched_at: str
    first_fetch_id: int
    last_fetch_id: int
    failures: tuple[Failure, ...]

    def hidden(self, year: int) -> list[Failure]:
        """Return the pages that failed and may have listed a report on the year."""
        return [failure for failure in self.failures if failure.hides(year)]

    def is_complete(self, year: int) -> bool:
        """Tell whether every list page that may list a report on the year was seen."""
        return not self.pages_left and not self.hidden(year)


@dataclass(frozen=True, slots=True)
class Explored:
    """How a portal was explored that no column of annual reports is known of.

    Attributes:
        outcome: What became of its first page: a code of formats.json ``fetch_outcome``.
        fetch_id: That page.
        fetched_at: UTC.
        pages: How many pages were looked at.
    """

    outcome: str
    fetch_id: int
    fetched_at: str
    pages: int


@dataclass(frozen=True, slots=True)
class OpenRow:
    """A listed report that is not in the archive: not fetched yet, or the fetch failed.

    Attributes:
        portal: Where it is listed.
        division: The division of the column, None for the portal's.
        agency: Whose it is, as the column or the title says; None when neither does.
        publisher_id: The same as a publisher; None also when it was not entered yet.
        year: Its year, None when the title does not say.
        outcome: Why: a code of formats.json ``fetch_outcome``, or ``UNREAD``; None when it was not
            tried.
        fetch_id: The attempt, else the list page.
        title: The title as listed.
        is_report: The title was judged to be a report's; False when it is undecided.
    """

    portal: str
    division: str | None
    agency: str | None
    publisher_id: int | None
    year: int | None
    outcome: str | None
    fetch_id: int | None
    title: str
    is_report: bool


def reports(archive: Archive, until: str) -> dict[tuple[int, int], list[ReportEvidence]]:
    """Return the reports by (publisher, year), as far as they were seen by that date."""
    latest = {
        row[0]: ((row[1], row[2]), row[3])
        for row in archive.conn.execute(
            """SELECT last.address, last.id,
                CASE WHEN frontier.outcome = 'not_found' THEN 'not_found' ELSE last.outcome END,
                last.final_url
            FROM (SELECT address, max(id) AS id, outcome, final_url, frontier_id FROM fetches
                WHERE address IN (SELECT address FROM reports) AND substr(fetched_at, 1, 10) <= ?
                GROUP BY address) AS last
            LEFT JOIN frontier ON frontier.id = frontier_id AND frontier.fetch_id = last.id""",
            [until],
        )
    }
    unread = _why_unread(archive)
    found: dict[tuple[int, int], list[ReportEvidence]] = defaultdict(list)
    for publisher, year, kind, body, fetch_id, where, report_id in archive.conn.execute(
        """SELECT publisher_id, year, reports.kind, body_sha256, fetch_id, reports.address,
        reports.id FROM reports JOIN report_versions ON report_versions.id = current_version_id
        JOIN documents ON documents.id = document_id
        WHERE year IS NOT NULL AND substr(first_seen, 1, 10) <= ? ORDER BY reports.id""",
        [until],
    ):
        last, final = latest.get(where, ((fetch_id, "ok"), None))
        led_to = address(final) if final else where
        found[publisher, year].append(
            ReportEvidence(
                kind=kind,
                is_read=body is not None,
                fetch_id=fetch_id,
                address=where,
                last_fetch=last,
                report_id=report_id,
                body=body,
                led_to=None if led_to == where else led_to,
                why=unread.get(report_id, ""),
            )
        )
    return found


def _why_unread(archive: Archive) -> dict[int, str]:
    """Return of each report that was not read what is known of its files."""
    missing = archive.conn.execute(
        """SELECT reports.id, group_concat(DISTINCT frontier.outcome) FROM reports
        JOIN report_versions ON report_versions.id = current_version_id
            AND (reports.kind != 'report' OR body_sha256 IS NULL)
        JOIN enclosed ON enclosed.document_id = report_versions.document_id
        JOIN frontier ON frontier.address = enclosed.address AND role = 'attachment'
        WHERE frontier.outcome NOT IN ('ok', 'unchanged') GROUP BY 1"""
    )
    found = {report: f"its file: {outcomes}" for report, outcomes in missing}
    for report, code, detail in archive.conn.execute(
        f"""SELECT reports.id, code, detail FROM reports
        JOIN report_versions ON report_versions.id = current_version_id
            AND (reports.kind != 'report' OR body_sha256 IS NULL)
        JOIN issues ON issues.version_id = current_version_id
        WHERE code IN {NOT_READ_CODES} ORDER BY issues.rowid DESC"""
    ):
        found[report] = f"{code}: {detail}"
    return found


def columns(archive: Archive) -> dict[int, list[Column]]:
    """Return the columns of each publisher."""
    found: dict[int, list[Column]] = defaultdict(list)
    for publisher, portal, column in archive.conn.execute(
        "SELECT publisher_id, portal, column_url FROM publisher_columns ORDER BY 1, 2, 3"
    ):
        found[publisher].append((portal, column))
    return found


def visits(archive: Archive, until: str) -> dict[Column, list[Visit]]:
    """Return the visits of each column up to a date, the latest campaign first."""
    failures: dict[tuple[Any, ...], list[Failure]] = defaultdict(list)
    for portal, column, campaign, outcome, fetch_id, name in archive.conn.execute(
        """SELECT portal, column_url, campaign, outcome, fetch_id, args ->> '$.column_name'
        FROM frontier WHERE role IN ('column', 'list') AND state = 'done'
        AND outcome NOT IN ('ok', 'unchanged') ORDER BY id"""
    ):
        failure = Failure(outcome, fetch_id, _year_of_list(name or ""))
        failures[portal, column, campaign].append(failure)
    left_out = list_pages.left_out(archive)
    found: dict[Column, list[Visit]] = defaultdict(list)
    for row in archive.conn.execute(
        """SELECT portal, column_url, campaign, pages, pages_left, last_fetched_at,
        (SELECT min(fetch_id) FROM frontier WHERE frontier.portal = column_visits.portal
        AND frontier.column_url = column_visits.column_url
        AND frontier.campaign = column_visits.campaign AND role IN ('column', 'list')),
        last_fetch_id FROM column_visits
        WHERE last_fetched_at IS NOT NULL AND substr(last_fetched_at, 1, 10) <= ?
        ORDER BY campaign DESC""",
        [until],
    ):
        found[row[0], row[1]].append(
            Visit(
                pages=row[3] + left_out.get(row[:3], 0),
                pages_left=row[4],
                last_fetched_at=row[5],
                first_fetch_id=row[6],
                last_fetch_id=row[7],
                failures=tuple(failures[row[:3]]),
            )
        )
    return found


def _year_of_list(name: str) -> int | None:
    """Return the year of a list by the steps that lead to it (年报 > 2024年 > 部门)."""
    years = [hit[1] for step in name.split(">") if (hit := _YEAR.fullmatch(step.strip()))]
    return int(years[-1]) if years else None


def explored(archive: Archive, until: str) -> dict[str, Explored]:
    """Return by portal how its exploration went, where that found no column; the latest one."""
    found: dict[str, Explored] = {}
    for portal, outcome, fetch_id, fetched_at, pages in archive.conn.execute(
        """SELECT first.portal, first.outcome, first.fetch_id, fetched_at, pages
        FROM (SELECT portal, campaign, min(id) AS id, count(*) AS pages FROM frontier
            WHERE role = 'explore' AND state = 'done' GROUP BY campaign, portal) AS home
        JOIN frontier AS first ON first.id = home.id
        JOIN fetches ON fetches.id = first.fetch_id
        WHERE substr(fetched_at, 1, 10) <= ? ORDER BY first.campaign""",
        [until],
    ):
        found[portal] = Explored(outcome, fetch_id, fetched_at, pages)
    return found


def last_listed(archive: Archive) -> dict[str, list[tuple[Column, int]]]:
    """Return for each address of a report the columns that listed it, and the last fetch to."""
    found: dict[str, list[tuple[Column, int]]] = defaultdict(list)
    for where, portal, column, seen in archive.conn.execute(
        """SELECT address, portal, column_url, coalesce(fetch_id, 0) FROM listings
        WHERE address IN (SELECT address FROM reports)"""
    ):
        found[where].append(((portal, column), seen))
    return found


def annual_columns(archive: Archive) -> set[Column]:
    """Return the columns that are known to list annual reports: at least one was seen there.

    A wrong path that answers with the home page has pages too, but no report.
    """
    rows = archive.conn.execute(
        """SELECT portal, column_url FROM listings WHERE verdict = 'report'
        UNION SELECT portal, column_url FROM publisher_columns WHERE source = 'report'"""
    )
    return {(portal, column) for portal, column in rows}


def open_rows(archive: Archive) -> dict[Column, list[OpenRow]]:
    """Return by column the listed reports that the archive does not have."""
    found: dict[Column, list[OpenRow]] = defaultdict(list)
    memo: divisions.Memo = {}
    rows = archive.conn.execute(
        f"""SELECT listings.portal, listings.column_url, title, year, listings.fetch_id,
            frontier.state, frontier.outcome, frontier.fetch_id, frontier.args, documents.kind,
            verdict, documents.id NOT NULL AND {IS_UNREAD}
        FROM listings
        LEFT JOIN frontier ON frontier.id = (SELECT max(id) FROM frontier
            WHERE frontier.address = listings.address AND role = 'article')
        LEFT JOIN documents ON documents.id = (SELECT max(id) FROM documents
            WHERE documents.address = listings.address)
        WHERE verdict IN ('report', 'undecided')
        AND (documents.kind IS NULL OR documents.kind = 'blocked' OR {IS_UNREAD})
        ORDER BY listings.id"""
    )
    for row in rows:
        portal, column, title, year, listed, state, outcome, fetch_id, args, kind = row[:10]
        verdict, is_unread = row[10:]
        if is_unread:
            outcome = UNREAD
        elif kind == "blocked":
            outcome = "block_page"
        elif outcome in ("ok", "unchanged"):
            continue
        elif state != "done":
            outcome = None
        given = json.loads(args) if args else {}
        division = given.get("division")
        body = given.get("column_agency") or titles.judge(title, column_is_annual=True).agency
        owner = publishers.find(archive, portal, body, division, year, memo) if body else None
        found[portal, column].append(
            OpenRow(
                portal=portal,
                division=division,
                agency=body,
                publisher_id=owner,
                year=year,
                outcome=outcome,
                fetch_id=fetch_id or listed,
                title=title,
                is_report=verdict == "report",
            )
        )
    return found
