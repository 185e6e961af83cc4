"""A little world for the tests of the archive: two divisions, two portals, made-up readings."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive import capture, crawls, frontier, listings, portals, reports
from archive.db import Archive
from extract.record import Agency, Cell, Check, Issue, Record, Section, Source

HOST = "www.city.gov.cn"
COLUMN = f"http://{HOST}/gknb/"
BUREAU_HOST = "czj.city.gov.cn"
BUREAU_COLUMN = f"http://{BUREAU_HOST}/gknb/"
FORM = "gbgkbh_2021_30"


@dataclass(frozen=True)
class Division:
    code: str
    name: str
    level: str
    parent: str | None
    valid_from: int = 2007
    valid_to: int | None = None
    successors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    path: str
    agency: str | None = None
    division: str | None = None
    name: str = ""


@dataclass(frozen=True)
class Portal:
    hosts: tuple[str, ...]
    title: str
    division: str | None
    level: str
    columns: tuple[Column, ...]
    agency: str | None = None
    scheme: str = "http"
    evidence: str = "inferred"


@dataclass(frozen=True)
class Task:
    url: str
    role: str = "article"
    portal: str = HOST
    args: dict[str, Any] = field(default_factory=dict)
    method: str = "GET"
    body: str | None = None


@dataclass(frozen=True)
class Listing:
    url: str
    title: str
    year: int | None = None
    verdict: str = "report"
    reason: str = "core"
    portal: str = HOST
    column: str = COLUMN
    date: str | None = None


DIVISIONS = (
    Division("420000", "湖北省", "province", None),
    Division("420600", "襄阳市", "prefecture", "420000"),
    Division("420607", "襄州区", "county", "420600"),
    Division("420684", "宜城市", "county", "420600"),
)
PORTALS = (
    Portal((HOST, "city.gov.cn"), "襄阳市", "420600", "prefecture", (Column("/gknb/"),)),
    Portal(
        (BUREAU_HOST,), "襄阳市财政局", "420600", "prefecture", (Column("/gknb/"),), "襄阳市财政局"
    ),
)


def number(value: int, at: str = "html:t3/r5/c2", unit: str | None = "件") -> Cell:
    return Cell(str(value), value, None, unit, "form", at, "一、本年新收", "自然人")


def blank() -> Cell:
    return Cell("", None, "blank", "件", "form", "html:t3/r9/c2")


def reading(**changed: Any) -> Record:
    """A record with two tables, one sum check and one section; any field may be changed."""
    record = Record(
        kind="report",
        title="襄阳市财政局2023年政府信息公开工作年度报告",
        year=2023,
        format=FORM,
        report_scope="own_body",
        published_on="2024-01-20",
        agency=Agency("襄阳市财政局", "title"),
        sections=[Section(1, "一、总体情况", "全年公开信息10条。")],
        tables={
            "t3_requests": {
                "new_received": {"natural_person": number(5), "total": number(5)},
                "carried_forward": {"natural_person": blank()},
            },
            "t2_art20_5": {"licence": {"decisions": number(7, "html:t2/r2/c2")}},
        },
        checks=[
            Check(
                "T3.ROW_TOTAL", "t3_requests/new_received", 5, 5, "pass", False, "sum", False, None,
                ("t3_requests/new_received/total",),
            )
        ],
        issues=[Issue("unknown_row", "另有一行", "html:t3/r30")],
        extractor="1",
    )  # fmt: skip
    for name, value in changed.items():
        setattr(record, name, value)
    return copy.deepcopy(record)


def open_archive(path: Path) -> Archive:
    archive = Archive.open(path, world="sandbox")
    portals.register(archive, PORTALS, DIVISIONS)
    return archive


@dataclass
class Run:
    """One crawl; the methods do what the crawler does, one transaction each."""

    archive: Archive
    day: str = "2024-06-01"
    arguments: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.crawl = crawls.begin(self.archive, spider="gov_reports", arguments=self.arguments)
        self.seconds = 0

    def time(self) -> str:
        self.seconds += 1
        return f"{self.day}T00:{self.seconds // 60:02d}:{self.seconds % 60:02d}.000Z"

    def page(
        self,
        url: str = COLUMN,
        rows: tuple[Listing, ...] = (),
        *,
        outcome: str = "ok",
        column: str = COLUMN,
        portal: str = HOST,
        parsed: bool = True,
    ) -> int:
        """A list page: fetched (or failed), its rows saved."""
        role = "column" if url == column else "list"
        entry = self.entry(Task(url, role, portal, {"column": column, "depth": 0}))
        fetch_id = self.fetch(entry, outcome, f"<html>{url}{self.day}</html>".encode())
        if parsed:
            with self.archive.atomic():
                listings.save(self.archive, self.crawl.id, fetch_id, rows)
                frontier.done(self.archive, entry.id, outcome)
        return fetch_id

    def article(
        self,
        url: str,
        records: list[Record] | None = None,
        *,
        data: bytes | None = None,
        outcome: str = "ok",
        portal: str = HOST,
        column: str = COLUMN,
        agency: str | None = None,
        reread: reports.Reader | None = None,
    ) -> list[reports.Stored]:
        """An article: fetched and stored, or failed."""
        args = {"column": column, "depth": 1, "column_agency": agency}
        entry = self.entry(Task(url, "article", portal, args))
        fetch_id = self.fetch(entry, outcome, data or url.encode())
        stored: list[reports.Stored] = []
        with self.archive.atomic():
            if outcome == "ok":
                stored = reports.store(
                    self.archive,
                    fetch_id=fetch_id,
                    portal=portal,
                    records=records if records is not None else [reading()],
                    source=Source(url=url, column_agency=agency),
                    reread=reread,
                )
            frontier.done(self.archive, entry.id, outcome)
        return stored

    def entry(self, task: Task) -> frontier.Entry:
        (entry,) = frontier.add(self.archive, self.crawl.campaign, [task])
        return entry

    def fetch(self, entry: frontier.Entry, outcome: str, data: bytes) -> int:
        is_answer = outcome == "ok"
        return capture.record(
            self.archive,
            capture.Attempt(
                portal=entry.portal,
                url=entry.url,
                outcome=outcome,
                crawl_id=self.crawl.id,
                fetched_at=self.time(),
                status=200 if is_answer else None,
                headers=[("Content-Type", "text/html; charset=utf-8")],
                body=data if is_answer else None,
                entry_id=entry.id,
                settles=is_answer,
            ),
        )

    def finish(self) -> None:
        crawls.finish(
            self.archive, self.crawl.id, reason="finished", exit_code=0, summary={"reports": 1}
        )


def rows(archive: Archive, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    return archive.conn.execute(sql, values).fetchall()


def one(archive: Archive, sql: str, *values: Any) -> Any:
    return archive.conn.execute(sql, values).fetchone()[0]
