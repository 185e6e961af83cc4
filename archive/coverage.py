"""Coverage: for every publisher and year one status, with the fetch that proves it.

It never says that a report was not published: only that, on that date, the column was paged to its
end and did not list it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive import evidence, org_types, publishers
from archive.db import Archive
from archive.evidence import Column, OpenRow, ReportEvidence, Visit

#: What a failed fetch says about a report that was listed, or about a column.
STATUS_OF = {
    "not_found": "gone",
    "challenge": "blocked",
    "block_page": "blocked",
    "forbidden": "blocked",
    "robots_denied": "blocked",
    "server_error": "unreachable",
    "timeout": "unreachable",
    "reset": "unreachable",
    "dns": "unreachable",
    "tls": "unreachable",
    "loop": "unreachable",
    "too_large": "found_unread",
    "truncated": "found_unread",
}


@dataclass(frozen=True, slots=True)
class Coverage:
    """The status of one publisher and year.

    Attributes:
        publisher_id: The publisher.
        publisher: Its key.
        name: Its name.
        year: The year reported on.
        status: A code of formats.json ``coverage_status``.
        evidence_fetch_id: The fetch that proves it, None when nothing was fetched.
        detail: Why, in words.
    """

    publisher_id: int
    publisher: str
    name: str
    year: int
    status: str
    evidence_fetch_id: int | None
    detail: str


Finding = tuple[str, int | None, str]  # status, evidence, detail
_ALWAYS = "9999-12-31"


def compute(
    archive: Archive, years: Iterable[int], as_of: str, *, until: str | None = None
) -> list[Coverage]:
    """Return one status for each publisher of the archive and each year.

    Args:
        archive: The archive.
        years: The years reported on.
        as_of: ISO date; reports due after it are not due.
        until: ISO date; later fetches are left out. None takes all, also those whose date lies
            ahead because the clock was wrong once.

    Returns:
        Publishers times years entries, by key and year.
    """
    wanted = sorted(set(years))
    facts = _Facts(archive, as_of, until or _ALWAYS)
    return [
        Coverage(publisher, key, name, year, *facts.status(publisher, org_type, year))
        for publisher, key, name, org_type in archive.conn.execute(
            "SELECT id, key, name, org_type FROM publishers ORDER BY key"
        ).fetchall()
        for year in wanted
    ]


def update(archive: Archive, years: Iterable[int], as_of: str) -> list[Coverage]:
    """Enter the bodies that are listed but were never read, compute all statuses, and save them.

    Args:
        archive: The archive, open for writing.
        years: The years reported on.
        as_of: ISO date.

    Returns:
        What :func:`compute` returns.
    """
    with archive.atomic():
        for (portal, column), listed in evidence.open_rows(archive).items():
            for row in listed:
                if row.agency is not None and row.publisher_id is None and row.is_report:
                    body = publishers.named(archive, portal, row.agency, row.division, "listing")
                    publishers.lists_in(archive, body, portal, column, "listing")
        rows = compute(archive, years, as_of)
        save(archive, rows, as_of)
    return rows


def save(archive: Archive, rows: Sequence[Coverage], as_of: str) -> None:
    """Write statuses into the table ``coverage``, in place of those of the same publisher-years."""
    with archive.atomic():
        archive.conn.executemany(
            """INSERT OR REPLACE INTO coverage
            (publisher_id, year, status, evidence_fetch_id, as_of, detail)
            VALUES (?, ?, ?, ?, ?, ?)""",
            [
                (row.publisher_id, row.year, row.status, row.evidence_fetch_id, as_of, row.detail)
                for row in rows
            ],
        )


class _Facts:
    """All evidence, loaded once, and the rules in the order in which they decide."""

    def __init__(self, archive: Archive, as_of: str, until: str) -> None:
        self.as_of = as_of
        self.reports = evidence.reports(archive, until)
        self.columns = evidence.columns(archive)
        self.visits = evidence.visits(archive, until)
        self.listed = evidence.last_listed(archive)
        self.annual = evidence.annual_columns(archive)
        self.open = evidence.open_rows(archive)
        self.bodies = Counter(column for columns in self.columns.values() for column in columns)

    def status(self, publisher: int, org_type: str, year: int) -> Finding:
        found = self.reports.get((publisher, year))
        if found:
            return self._of_reports(found)
        columns = self.columns.get(publisher, [])
        rows, doubtful = self._open_rows(columns, publisher, year)
        if rows:
            return _of_rows(rows)
        due = org_types.due_on(org_type, year)
        if due is None:
            return "not_obliged", None, f"no duty in the law for {org_type}, {year}"
        if self.as_of <= due:
            return "not_due", None, f"due on {due}"
        return self._of_columns(columns, due, doubtful)

    def _of_reports(self, found: Sequence[ReportEvidence]) -> Finding:
        best = sorted(found, key=lambda item: (not item.is_read, item.kind != "report"))
        lost = [self._lost(item) for item in best]
        for item, finding in zip(best, lost, strict=True):
            if finding is None:
                if item.kind == "report" and item.is_read:
                    return "found", item.fetch_id, ""
                why = "unreadable" if item.kind == "report" else item.kind
                return "found_unread", item.fetch_id, why
        return lost[0] or ("found", best[0].fetch_id, "")

    def _lost(self, report: ReportEvidence) -> Finding | None:
        """Say why a report is gone; None when it still stands, or nobody looked."""
        fetch_id, outcome = report.last_fetch
        if outcome == "not_found":
            return "gone", fetch_id, "the address answers 404 or 410"
        lists = self.listed.get(report.address, [])
        whole = [next(filter(_complete, self.visits.get(column, ())), None) for column, _ in lists]
        missing = [
            (visit, column)
            for visit, (column, seen) in zip(whole, lists, strict=True)
            if visit is not None and seen < visit.first_fetch_id
        ]
        if not missing or len(missing) < len(lists):
            return None
        visit, column = missing[0]
        day = visit.last_fetched_at[:10]
        return "gone", visit.last_fetch_id, f"no longer listed on {day} in {column[1]}"

    def _open_rows(
        self, columns: Sequence[Column], publisher: int, year: int
    ) -> tuple[list[OpenRow], list[OpenRow]]:
        """Return the open rows of the publisher and year, and those that may be."""
        own: list[OpenRow] = []
        doubtful: list[OpenRow] = []
        for column in columns:
            for row in self.open.get(column, ()):
                is_own = row.publisher_id == publisher or self.bodies[column] == 1
                if is_own and row.year == year:
                    own.append(row)
                elif (is_own or row.agency is None) and row.year in (year, None):
                    doubtful.append(row)
        return own, doubtful

    def _of_columns(
        self, columns: Sequence[Column], due: str, doubtful: Sequence[OpenRow]
    ) -> Finding:
        if not columns:
            return "not_looked", None, "no column of this body is known"
        complete: list[tuple[Visit, Column]] = []
        for column in columns:
            visits = self.visits.get(column, [])
            after = [item for item in visits if _complete(item) and item.last_fetched_at[:10] > due]
            if not after:
                return _of_visits(visits, column)
            if column not in self.annual:
                detail = f"{column[1]} listed no annual report of any body"
                return "not_looked", after[0].last_fetch_id, detail
            complete.append((after[0], column))
        if doubtful:
            # It may be another body's or year's, so it proves nothing but a doubt.
            status, fetch_id, detail = _of_rows(doubtful)
            return ("not_looked" if status in _FOUND else status), fetch_id, detail
        visit, column = max(complete, key=lambda item: item[0].last_fetch_id)
        day = visit.last_fetched_at[:10]
        detail = f"{column[1]} was paged to its end ({visit.pages} pages) on {day}"
        return "not_listed", visit.last_fetch_id, detail


_FOUND = ("gone", "found_unread")


def _complete(visit: Visit) -> bool:
    return visit.is_complete


def _of_rows(rows: Sequence[OpenRow]) -> Finding:
    """A listed report that the archive lacks: the status of the row that is known best."""
    order = ("gone", "blocked", "unreachable", "found_unread", "not_looked")
    row = min(rows, key=lambda item: order.index(_status(item.outcome)))
    why = "not fetched yet" if row.outcome is None else row.outcome
    return _status(row.outcome), row.fetch_id, f"listed as {row.title}: {why}"


def _status(outcome: str | None) -> str:
    if outcome == evidence.UNREAD:
        return "found_unread"
    return STATUS_OF.get(outcome or "", "not_looked")


def _of_visits(visits: Sequence[Visit], column: Column) -> Finding:
    """Why a column gives no answer: its latest visit failed, was left, or came before the date."""
    if not visits:
        return "not_looked", None, f"{column[1]} was not visited"
    visit = visits[0]
    for outcome, fetch_id in visit.failures:
        if _status(outcome) in ("blocked", "unreachable"):
            return _status(outcome), fetch_id, f"{column[1]}: {outcome}"
    if visit.failures:
        outcome, fetch_id = visit.failures[0]
        return "not_looked", fetch_id, f"a list page of {column[1]}: {outcome}"
    if visit.pages_left:
        return "not_looked", visit.last_fetch_id, f"{column[1]} was not paged to its end"
    day = visit.last_fetched_at[:10]
    return (
        "not_looked",
        visit.last_fetch_id,
        f"{column[1]} was last paged on {day}, before the due date",
    )
