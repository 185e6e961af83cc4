"""The rules by which the evidence decides the status of a body and a year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from archive import evidence, org_types
from archive.db import Archive
from archive.evidence import Column, OpenRow, ReportEvidence, Visit
from archive.population import Body

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

Finding = tuple[str, int | None, str]  # status, evidence, detail

_FOUND = ("gone", "found_unread")
_NO_ANSWER = ("blocked", "unreachable")
_BEST_FIRST = ("gone", "blocked", "unreachable", "found_unread", "not_looked")


class Facts:
    """All evidence, loaded once, and the rules in the order in which they decide."""

    def __init__(self, archive: Archive, as_of: str, until: str) -> None:
        self._as_of = as_of
        self._reports = evidence.reports(archive, until)
        self._columns = evidence.columns(archive)
        self._visits = evidence.visits(archive, until)
        self._listed = evidence.last_listed(archive)
        self._annual = evidence.annual_columns(archive)
        self._explored = evidence.explored(archive, until)
        self._ids = dict(archive.conn.execute("SELECT key, id FROM publishers").fetchall())
        self._successors = _successors(archive)
        self._portals = _portals_of_governments(archive)
        self._open = _Open(evidence.open_rows(archive), self._columns)

    def is_in(self, body: Body, year: int) -> bool:
        """Tell whether the ledger has a status for the body and the year.

        What was found or listed counts more than any register. In the last year of a body that a
        reform ended, the report may be its successor's.
        """
        if body.id is not None:
            own = self._columns.get(body.id, ())
            if (body.id, year) in self._reports or self._open.own(own, body.id, year):
                return True
            if year == body.last and any(
                (successor, year) in self._reports for successor in self._successors[body.id]
            ):
                return False
        return body.is_in(year)

    def status(self, body: Body, year: int) -> Finding:
        """Return the status of a body and a year, its evidence, and why."""
        found = self._reports.get((body.id or 0, year))
        if found:
            return self._of_reports(found, year)
        columns = self._columns_of(body)
        row = self._open.own(columns, body.id, year)
        if row is not None:
            return _of_row(row)
        due = org_types.due_on(body.org_type, year)
        if due is None:
            return "not_obliged", None, f"no duty in the law for {body.org_type}, {year}"
        if self._as_of <= due:
            return "not_due", None, f"due on {due}"
        if not columns:
            return self._of_portals(body)
        return self._of_columns(columns, due, year, self._open.doubtful(columns, body.id, year))

    def _columns_of(self, body: Body) -> list[Column]:
        """Return where the body's reports are listed: by its own name, or by its successors'."""
        ids = (body.id, *(self._ids.get(key) for key in body.followed_by))
        found = (column for one in ids if one is not None for column in self._columns.get(one, ()))
        return list(dict.fromkeys(found))

    def _of_reports(self, found: Sequence[ReportEvidence], year: int) -> Finding:
        best = sorted(found, key=lambda item: (not item.is_read, item.kind != "report"))
        lost = [self.lost(item, year) for item in best]
        for item, finding in zip(best, lost, strict=True):
            if finding is None:
                if item.kind == "report" and item.is_read:
                    return "found", item.fetch_id, ""
                why = "unreadable" if item.kind == "report" else item.kind
                return "found_unread", item.fetch_id, ": ".join(filter(None, (why, item.why)))
        return lost[0] or ("found", best[0].fetch_id, "")

    def reports(self) -> Iterator[tuple[int, Sequence[ReportEvidence]]]:
        """Yield the report year and the reports of each body and year."""
        for (_, year), found in self._reports.items():
            yield year, found

    def lost(self, report: ReportEvidence, year: int) -> Finding | None:
        """Say why a report is gone; None when it still stands, or nobody looked."""
        fetch_id, outcome = report.last_fetch
        if outcome == "not_found":
            return "gone", fetch_id, "the address answers 404 or 410, or with another page"
        lists = self._listed.get(report.address, [])
        whole = [
            next((visit for visit in self._visits.get(column, ()) if visit.is_complete(year)), None)
            for column, _ in lists
        ]
        missing = [
            (visit, column)
            for visit, (column, seen) in zip(whole, lists, strict=True)
            if visit is not None and seen < visit.first_fetch_id
        ]
        if not missing or len(missing) < len(lists):
            return None
        visit, column = missing[0]
        day = visit.last_fetched_at[:10]
        detail = f"no longer listed on {day} in {column[1]}"
        if fetch_id > visit.first_fetch_id and outcome in ("ok", "unchanged"):
            detail += "; its address still answers"
        return "gone", visit.last_fetch_id, detail

    def _of_portals(self, body: Body) -> Finding:
        """Nobody knows where its reports are listed: say how far the portal was looked at."""
        hosts = self._portals.get(body.division or "", ()) if body.org_type == "government" else ()
        for host in hosts:
            explored = self._explored.get(host)
            if explored is None:
                continue
            if _status(explored.outcome) in _NO_ANSWER:
                detail = f"the home page of {host}: {explored.outcome}"
                return _status(explored.outcome), explored.fetch_id, detail
            day = explored.fetched_at[:10]
            detail = f"no column of annual reports among {explored.pages} pages of {host} on {day}"
            return "not_looked", explored.fetch_id, detail
        if body.id is None:
            return "not_looked", None, "no crawl has looked for a portal of this government"
        return "not_looked", None, "no column of this body is known"

    def _of_columns(
        self, columns: Sequence[Column], due: str, year: int, doubtful: OpenRow | None
    ) -> Finding:
        complete: list[tuple[Visit, Column]] = []
        for column in columns:
            visits = self._visits.get(column, [])
            after = [
                visit
                for visit in visits
                if visit.is_complete(year) and visit.last_fetched_at[:10] > due
            ]
            if not after:
                return _of_visits(visits, column, year)
            if column not in self._annual:
                detail = f"{column[1]} listed no annual report of any body"
                return "not_looked", after[0].last_fetch_id, detail
            complete.append((after[0], column))
        if doubtful is not None:
            # It may be another body's or year's, so it proves nothing but a doubt.
            status, fetch_id, detail = _of_row(doubtful)
            return ("not_looked" if status in _FOUND else status), fetch_id, detail
        visit, column = max(complete, key=lambda item: item[0].last_fetch_id)
        day = visit.last_fetched_at[:10]
        detail = f"{column[1]} was paged to its end ({visit.pages} pages) on {day}"
        return "not_listed", visit.last_fetch_id, detail


class _Open:
    """Listed reports that the archive lacks: of each body, year and column the best known one."""

    def __init__(self, rows: dict[Column, list[OpenRow]], columns: dict[int, list[Column]]) -> None:
        bodies = Counter(column for known in columns.values() for column in known)
        self._sole = {column for column, number in bodies.items() if number == 1}
        self._of_body: dict[tuple[Column, int | None, int | None], OpenRow] = {}
        self._of_nobody: dict[tuple[Column, int | None], OpenRow] = {}
        for column, listed in rows.items():
            for row in sorted(listed, key=_order, reverse=True):  # the best one stays
                owner = None if column in self._sole else row.publisher_id
                if owner is not None or column in self._sole:
                    self._of_body[column, owner, row.year] = row
                elif row.agency is None:
                    self._of_nobody[column, row.year] = row

    def own(self, columns: Iterable[Column], body: int | None, year: int) -> OpenRow | None:
        """Return a row of the body and the year."""
        return _best(self._of_body.get(self._key(one, body, year)) for one in columns)

    def doubtful(self, columns: Iterable[Column], body: int | None, year: int) -> OpenRow | None:
        """Return a row that may be of the body and the year."""
        found: list[OpenRow | None] = []
        for column in columns:
            found.append(self._of_body.get(self._key(column, body, None)))
            found += [self._of_nobody.get((column, one)) for one in (year, None)]
        return _best(found)

    def _key(
        self, column: Column, body: int | None, year: int | None
    ) -> tuple[Column, int | None, int | None]:
        """Of a column of one body all rows are that body's, kept under no name."""
        return column, None if column in self._sole else body or 0, year


def _best(rows: Iterable[OpenRow | None]) -> OpenRow | None:
    return min((row for row in rows if row is not None), key=_order, default=None)


def _order(row: OpenRow) -> int:
    return _BEST_FIRST.index(_status(row.outcome))


def _of_row(row: OpenRow) -> Finding:
    """A listed report that the archive lacks."""
    why = "not fetched yet" if row.outcome is None else row.outcome
    return _status(row.outcome), row.fetch_id, f"listed as {row.title}: {why}"


def _status(outcome: str | None) -> str:
    if outcome == evidence.UNREAD:
        return "found_unread"
    return STATUS_OF.get(outcome or "", "not_looked")


def _of_visits(visits: Sequence[Visit], column: Column, year: int) -> Finding:
    """Why a column gives no answer: its latest visit failed, was left, or came before the date."""
    if not visits:
        return "not_looked", None, f"{column[1]} was not visited"
    visit = visits[0]
    hidden = visit.hidden(year)
    for failure in hidden:
        status = _status(failure.outcome)
        if status in _NO_ANSWER:
            return status, failure.fetch_id, f"{column[1]}: {failure.outcome}"
    if hidden:
        detail = f"a list page of {column[1]}: {hidden[0].outcome}"
        return "not_looked", hidden[0].fetch_id, detail
    if visit.pages_left:
        return "not_looked", visit.last_fetch_id, f"{column[1]} was not paged to its end"
    day = visit.last_fetched_at[:10]
    return (
        "not_looked",
        visit.last_fetch_id,
        f"{column[1]} was last paged on {day}, before the due date",
    )


def _successors(archive: Archive) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for publisher, successor in archive.conn.execute(
        "SELECT publisher_id, successor_id FROM publisher_relations ORDER BY 1, 2"
    ):
        found[publisher].append(successor)
    return found


def _portals_of_governments(archive: Archive) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for host, code in archive.conn.execute(
        "SELECT host, division_code FROM portals WHERE agency IS NULL AND division_code NOT NULL"
    ):
        found[code].append(host)
    return found
