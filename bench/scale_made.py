"""A synthetic archive of any size, for ``bench.scale``: real readings, as many places as wanted.

A place is a county or a city with its own portal: seven bodies, ten report years, seventy reports.
The pages and readings are those of sandbox reports, each page with a number of its own at its end,
so that every payload is another one and every locator holds. Places are written by the archive's
own code, page by page as a crawl does, or copied in SQL from those that were, under other names.
"""

from __future__ import annotations

import dataclasses
import itertools
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from backports import zstd

from archive import capture, crawls, frontier, listings, portals, reports
from archive.db import Archive
from archive.payloads import digest
from crawler.sandbox.world import World
from extract.read import read
from extract.record import Agency, Record, Source
from spiders import registers

BODIES = ("人民政府", "财政局", "教育局", "审计局", "水利局", "民政局", "司法局")
YEARS = tuple(range(2016, 2026))
REPORTS = len(BODIES) * len(YEARS)

_READINGS = 210
# Where the small sandbox has its portals, none is made up.
_SANDBOX = ("42", "43")
_PLACES = [
    item
    for item in registers.divisions()
    if item.level in ("county", "prefecture") and not item.code.startswith(_SANDBOX)
]


@dataclass(frozen=True)
class Column:
    """The only column of a portal."""

    path: str = "/gknb/"
    agency: str | None = None
    division: str | None = None
    name: str = "政府信息公开年度报告"


@dataclass(frozen=True)
class Portal:
    """A portal as a leaf describes it."""

    hosts: tuple[str, ...]
    title: str
    division: str
    level: str
    scheme: str = "http"
    agency: str | None = None
    columns: tuple[Column, ...] = (Column(),)
    evidence: str = "generated"


@dataclass(frozen=True)
class Task:
    """A page to fetch."""

    portal: str
    role: str
    url: str
    args: dict[str, Any] = field(default_factory=dict)
    method: str = "GET"
    body: str | None = None


@dataclass(frozen=True)
class Row:
    """A row of a list."""

    portal: str
    column: str
    url: str
    title: str
    year: int
    date: str | None = None
    verdict: str = "report"
    reason: str = "core"


def host_of(code: str) -> str:
    """Return the portal of a place."""
    return f"www.{code.lower()}.gov.cn"


class Maker:
    """Write places into an archive, in the order of the register.

    Args:
        archive: The archive, of the sandbox's world.

    Attributes:
        reports: How many reports were written, copies counted.
        is_crawled: The sandbox was crawled into the archive too.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._pages = _readings()
        self._places = iter(_PLACES)
        self._made: list[str] = []
        self._numbers = itertools.count(1)
        portals.register(archive, [], registers.history(), registers.changes())
        self.crawl = crawls.begin(archive, spider="gov_reports", arguments={"bench": "scale"})
        self.reports = 0
        self.is_crawled = False

    def on(self, archive: Archive) -> None:
        """Go on in the archive, opened anew."""
        self._archive = archive

    def write(self, places: int) -> float:
        """Write places by the archive's own code; return seconds a report."""
        start = time.perf_counter()
        for place in itertools.islice(self._places, places):
            self._place(place)
            self._made.append(place.code)
        self.reports += places * REPORTS
        return (time.perf_counter() - start) / (places * REPORTS)

    def _place(self, place: registers.Division) -> None:
        archive, host = self._archive, host_of(place.code)
        column = f"http://{host}/gknb/"
        portal = Portal((host,), place.name, place.code, place.level)
        portals.register(archive, [portal], registers.history(), registers.changes())
        wanted = [
            (f"{column}{nth}.html", f"{place.name}{body}", year)
            for nth, (year, body) in enumerate(itertools.product(YEARS, BODIES))
        ]
        fetch = self._fetch(Task(host, "column", column, {"column": column}), b"<html></html>")
        with archive.atomic():
            rows = [
                Row(host, column, url, f"{body}{year}年政府信息公开工作年度报告", year)
                for url, body, year in wanted
            ]
            listings.save(archive, self.crawl.id, fetch, rows)
            self._done(fetch)
        for url, body, year in wanted:
            self._report(host, column, url, body, year)

    def _report(self, host: str, column: str, url: str, body: str, year: int) -> None:
        number = next(self._numbers)
        page, record = self._pages[number % len(self._pages)]
        title = f"{body}{year}年政府信息公开工作年度报告"
        record = dataclasses.replace(
            record, title=title, year=year, agency=Agency(body, "title"), url=url,
            published_on=f"{year + 1}-01-{1 + number % 28:02d}",
        )  # fmt: skip
        task = Task(host, "article", url, {"column": column, "row_title": title})
        fetch = self._fetch(task, page)
        with self._archive.atomic():
            reports.store(
                self._archive,
                fetch_id=fetch,
                portal=host,
                records=[record],
                source=Source(url=url, content_type="text/html; charset=utf-8", row_title=title),
            )
            self._done(fetch)

    def _fetch(self, task: Task, page: bytes) -> int:
        (entry,) = frontier.add(self._archive, self.crawl.campaign, [task])
        return capture.record(
            self._archive,
            capture.Attempt(
                portal=task.portal,
                url=task.url,
                outcome="ok",
                crawl_id=self.crawl.id,
                status=200,
                headers=[("Content-Type", "text/html; charset=utf-8")],
                body=page + b"<!-- %d -->" % next(self._numbers),
                entry_id=entry.id,
                settles=True,
            ),
        )

    def _done(self, fetch: int) -> None:
        (entry,) = self._archive.conn.execute(
            "SELECT frontier_id FROM fetches WHERE id = ?", [fetch]
        ).fetchone()
        frontier.done(self._archive, entry, "ok")

    def copies(self) -> Copies:
        """Return what copies all that was written so far."""
        return Copies(self._archive, self._made)

    def copy(self, copies: Copies, times: int) -> float:
        """Copy places under other names; return seconds a report."""
        start = time.perf_counter()
        for _ in range(times):
            new = [place.code for place in itertools.islice(self._places, len(copies.codes))]
            copies.make(new, next(self._numbers))
            self.reports += len(new) * REPORTS
        return (time.perf_counter() - start) / (times * len(copies.codes) * REPORTS)


def _readings() -> list[tuple[bytes, Record]]:
    world, found = World(1, "medium"), []
    for report in world.reports:
        url = report.posts[0].url
        site = world.site(urlsplit(url).hostname or "")
        if site is None:
            continue
        page = world.answer(site, urlsplit(url).path).body
        found += [
            (page, record)
            for record in read(page, Source(url=url))
            if record.kind == "report" and len(record.checks) > 20
        ]
        if len(found) >= _READINGS:
            break
    return found


#: Columns that hold an id, and columns with the name of a portal; everything else is copied.
_IDS = frozenset({
    "fetch_id", "parent", "frontier_id", "first_id", "publisher_id", "document_id", "report_id",
    "duplicate_of", "current_version_id", "version_id", "arrival_id", "evidence_fetch_id",
})  # fmt: skip
_NAMED = frozenset({
    "host", "portal", "hosts", "columns", "url", "final_url", "column_url", "args",
    "rows", "source",
})  # fmt: skip
_CODED = frozenset({"division_code", "key", "report_key"})

#: The tables of a place, with the column that says which place a row is of.
_TABLES = {
    "portals": "host", "publishers": "division_code", "publisher_names": None,
    "publisher_columns": "portal", "frontier": "portal", "fetches": "portal", "listings": "portal",
    "list_pages": None, "documents": "host", "reports": "host", "report_documents": None,
    "report_versions": None, "sections": None, "compact_cells": None, "compact_checks": None,
    "claims": None, "indicators": None, "attachments": None, "issues": None,
    "panel": "division_code", "panel_all": "division_code", "compact_missing": None,
}  # fmt: skip


class Copies:
    """Copies of a block of places, row by row, under other names and ids.

    Args:
        archive: The archive.
        codes: The places; they are all that the archive has.
    """

    def __init__(self, archive: Archive, codes: Sequence[str]) -> None:
        self._archive = archive
        self.codes = list(codes)
        ids = ("frontier", "fetches", "reports", "report_versions", "documents", "publishers")
        self._last = max(
            archive.conn.execute(f"SELECT max(id) FROM {table}").fetchone()[0] for table in ids
        )
        rows = ("portals", "publishers", "documents", "compact_cells", "listings", "panel")
        self._counts = {table: self._count(table) for table in rows}
        self._span, self._turn = self._last + 20_000, 0
        self._bodies = {
            row[0]: zstd.decompress(row[1])
            for row in archive.conn.execute(
                """SELECT sha256, data FROM payloads JOIN documents ON payload_sha256 = sha256
                ORDER BY documents.id"""
            )
        }

    def on(self, archive: Archive) -> None:
        """Go on in the archive, opened anew."""
        self._archive = archive
        archive.conn.execute("CREATE TEMP TABLE places (old_code, new_code, old_host, new_host)")
        archive.conn.execute("CREATE TEMP TABLE bytes (old TEXT PRIMARY KEY, new TEXT)")

    def make(self, codes: Iterable[str], mark: int) -> None:
        """Make one copy of each place under the codes given."""
        archive = self._archive
        self._turn += 1
        before = {table: self._count(table) for table in self._counts}
        archive.conn.execute("PRAGMA foreign_keys = OFF")
        with archive.atomic():
            archive.conn.execute("DELETE FROM places")
            archive.conn.executemany(
                "INSERT INTO places VALUES (?, ?, ?, ?)",
                [(old, new, host_of(old), host_of(new))
                 for old, new in zip(self.codes, codes, strict=True)],
            )  # fmt: skip
            self._payloads(b"<!-- copy %d -->" % mark)
            for table, column in _TABLES.items():
                self._table(table, column)
        archive.conn.execute("PRAGMA foreign_keys = ON")
        for table, count in self._counts.items():
            if self._count(table) - before[table] != count:
                raise RuntimeError(f"not all rows of {table} were copied")

    def _count(self, table: str) -> int:
        return int(self._archive.conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def _payloads(self, mark: bytes) -> None:
        self._archive.conn.execute("DELETE FROM bytes")
        for old, body in self._bodies.items():
            new = body + mark
            name = digest(new)
            self._archive.conn.execute(
                "INSERT INTO payloads (sha256, size, codec, data) VALUES (?, ?, 'zstd', ?)",
                [name, len(new), zstd.compress(new, level=3)],
            )
            self._archive.conn.execute("INSERT INTO bytes VALUES (?, ?)", [old, name])

    def _table(self, table: str, place: str | None) -> None:
        columns = [
            (row[1], row[5])
            for row in self._archive.conn.execute(f"PRAGMA table_xinfo({table})")
            if row[6] == 0  # not generated
        ]
        names = ", ".join(name for name, _ in columns)
        values = ", ".join(self._value(name, place, key=bool(key)) for name, key in columns)
        if place is None:
            rest = f"WHERE {_first(columns)} <= {self._last}"
        else:
            old = "old_code" if place == "division_code" else "old_host"
            rest = f"JOIN places ON it.{place} = {old}"
        self._archive.conn.execute(
            f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} AS it {rest}"
        )

    def _value(self, name: str, place: str | None, *, key: bool) -> str:
        shift = self._turn * self._span
        if name in _IDS or (name == "id" and key):
            return f"it.{name} + {shift}"
        if name == "payload_sha256":
            return ("coalesce((SELECT new FROM bytes WHERE old = it.payload_sha256), "
                    "it.payload_sha256)")  # fmt: skip
        if place is not None and name == "address":  # it is written without www
            bare = "replace({}_host, 'www.', '')"
            return f"replace(it.address, {bare.format('old')}, {bare.format('new')})"
        if place is not None and name in _NAMED:
            return f"replace(it.{name}, old_host, new_host)"
        if place is not None and name in _CODED:
            return f"replace(it.{name}, old_code, new_code)"
        return f"it.{name}"


def _first(columns: Sequence[tuple[str, int]]) -> str:
    """The column by which the first block's rows are told from their copies."""
    names = [name for name, _ in columns]
    return next(name for name in ("id", "version_id", "report_id", "publisher_id", "frontier_id")
                if name in names)  # fmt: skip
