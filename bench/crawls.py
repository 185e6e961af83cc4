"""One crawl in this process, measured; started by the benches: ``python -m bench.crawls JSON``.

The JSON says which kind of crawl (``ours``, ``ours without reading``, ``bare``), the proxy, and
what else it takes; one line of JSON with the measures comes back on standard output.
"""

from __future__ import annotations

import asyncio
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import scrapy
from scrapy import Request, signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response
from scrapy.settings import Settings

from archive import crawls, portals
from archive.db import Archive
from crawler import run as runs
from crawler.politeness import slot_of
from crawler.run import Run
from spiders.page import Page
from spiders.portal import Portal
from spiders.registers import divisions
from spiders.tasks import Task

ROOT = Path(__file__).parents[1]
_BEAT = 0.01  # seconds between two looks at the event loop
PACE = {
    "DOWNLOAD_DELAY": 0, "CONCURRENT_REQUESTS": 64, "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "LOG_LEVEL": "ERROR", "RETRY_TIMES": 0, "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
}  # fmt: skip


class Meter:
    """Counts answers, and measures how late the event loop comes back to a timer."""

    def __init__(self, crawler: Crawler) -> None:
        self.answers = 0
        self.first_of: dict[str, float] = {}
        self.last_of: dict[str, float] = {}
        self._late: list[float] = []
        crawler.signals.connect(self._opened, signal=signals.spider_opened)
        crawler.signals.connect(self._closed, signal=signals.spider_closed)
        crawler.signals.connect(self._answered, signal=signals.response_received)

    def _opened(self) -> None:
        self._start, self._cpu = time.monotonic(), time.process_time()
        self._beat = asyncio.get_running_loop().create_task(self._watch())

    async def _watch(self) -> None:
        while True:
            before = time.monotonic()
            await asyncio.sleep(_BEAT)
            self._late.append(time.monotonic() - before - _BEAT)

    def _answered(self, request: Request) -> None:
        self.answers += 1
        now = time.monotonic() - self._start
        slot = slot_of(request.url)
        self.first_of.setdefault(slot, now)
        self.last_of[slot] = now

    def _closed(self) -> None:
        self._beat.cancel()
        self.seconds = time.monotonic() - self._start
        self.cpu = time.process_time() - self._cpu

    def measures(self) -> dict[str, Any]:
        """Return what was measured; times in seconds, lag in milliseconds, memory in megabytes."""
        lag = sorted(1000 * late for late in self._late) or [0.0]
        return {
            "pages": self.answers,
            "seconds": round(self.seconds, 2),
            "pages_a_second": round(self.answers / self.seconds, 1),
            "cpu_ms_a_page": round(1000 * self.cpu / max(self.answers, 1), 2),
            "lag_median_ms": round(statistics.median(lag), 2),
            "lag_p99_ms": round(lag[int(len(lag) * 0.99)], 1),
            "lag_max_ms": round(lag[-1], 1),
            "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }


class Bare(scrapy.Spider):
    """The same pages and the same links, and nothing kept."""

    name = "bare"
    leaves: list[Portal]
    proxy: str

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the columns."""
        self.seen: set[str] = set()
        self.portals = {leaf.name: leaf for leaf in self.leaves}
        for leaf in self.leaves:
            for task in leaf.start_tasks():
                yield self._request(task)

    def parse(self, response: Response, **kwargs: Any) -> Iterator[Request]:
        """Follow what the portal follows."""
        task: Task = response.meta["task"]
        if task.role == "article" or response.status != 200:
            return
        kind = response.headers.get(b"Content-Type", b"") or b""
        found = self.portals[task.portal].parse_task(
            Page(response.url, response.body, kind.decode("latin-1")),
            task.role, task.args, known=lambda url: False, years=None,
        )  # fmt: skip
        for child in found.tasks:
            if child.url not in self.seen:
                self.seen.add(child.url)
                yield self._request(child)

    def _request(self, task: Task) -> Request:
        meta = {"task": task, "proxy": self.proxy, "download_slot": slot_of(task.url)}
        return Request(task.url, meta=meta, dont_filter=True)


def bare(leaves: list[Portal], asked: dict[str, Any]) -> dict[str, Any]:
    """Crawl with stock Scrapy."""
    settings = Settings({**PACE, **asked.get("settings", {}), "ROBOTSTXT_OBEY": False})
    settings.set("HTTPERROR_ALLOW_ALL", True)
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(Bare)
    meter = Meter(crawler)
    process.crawl(crawler, leaves=leaves, proxy=asked["proxy"])
    process.start()
    return meter.measures()


def ours(leaves: list[Portal], asked: dict[str, Any], *, reading: bool) -> dict[str, Any]:
    """Crawl as the crawl command does, into an archive that is thrown away."""
    begun = time.monotonic()
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.setdict({**PACE, **asked.get("settings", {})}, priority="cmdline")
    settings.set("USER_AGENT", "gov_reports (bench)", priority="cmdline")
    if not reading:
        lines = dict(settings["ITEM_PIPELINES"])
        lines.pop("crawler.pipelines.reading.Reading")
        settings.set("ITEM_PIPELINES", lines, priority="cmdline")
    spider = _spider(leaves)
    with TemporaryDirectory(prefix="gov_reports_bench_") as folder:
        archive = Archive.open(Path(folder, "bench.db"), world="sandbox")
        with archive.atomic():
            portals.register(archive, leaves, divisions())
            crawl = crawls.begin(archive, spider="bench", arguments={})
        process = AsyncCrawlerProcess(settings)
        crawler = process.create_crawler(spider)
        named = {leaf.name: leaf for leaf in leaves}
        run = Run(archive=archive, crawl=crawl, portals=named, sandbox=asked["proxy"])
        runs.attach(crawler, run)
        meter = Meter(crawler)
        ready = time.monotonic() - begun
        process.crawl(crawler)
        process.start()
        counted = archive.conn.execute("SELECT count(*) FROM reports").fetchone()[0]
        undone = archive.conn.execute("SELECT count(*) FROM frontier WHERE state != 'done'")
        left = undone.fetchone()[0]
        archive.close()
    first, last = sorted(meter.first_of.values()), meter.last_of
    return meter.measures() | {
        "ready_seconds": round(ready, 2),
        "reports": counted,
        "reports_a_second": round(counted / meter.seconds, 1),
        "left": left,
        "hosts": len(first),
        "first_of_all_hosts": round(first[-1], 2) if first else None,
        "last_of": {slot: round(at, 2) for slot, at in last.items()} if len(last) < 50 else None,
    }


def _spider(leaves: list[Portal]) -> type[scrapy.Spider]:
    from spiders.arguments import Arguments
    from spiders.portal import ReportSpider

    class Bench(ReportSpider):
        """All portals of the bench."""

        name = "bench"
        arguments = Arguments()

        def entry_tasks(self) -> list[Task]:
            """Return the columns."""
            return [task for leaf in leaves for task in leaf.start_tasks()]

        def active_portals(self) -> list[Portal]:
            """Return the portals."""
            return leaves

    return Bench


def measured(kind: str, proxy: str, **more: Any) -> dict[str, Any]:
    """Run one crawl in a process of its own and return its measures."""
    asked = json.dumps({"kind": kind, "proxy": proxy, **more})
    done = subprocess.run(
        [sys.executable, "-m", "bench.crawls", asked],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0 or not done.stdout.strip():
        raise SystemExit(f"{kind}: {done.stderr[-3000:]}")
    result: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


def main() -> None:
    """Crawl as the argument asks, and print the measures."""
    asked = json.loads(sys.argv[1])
    if "hosts" in asked:
        from bench.plain import leaves_of

        leaves: list[Portal] = leaves_of(asked["hosts"])
    else:
        from spiders.gov_reports import GovReports

        leaves = GovReports().active_portals()
    if asked["kind"] == "bare":
        result = bare(leaves, asked)
    else:
        result = ours(leaves, asked, reading=asked["kind"] == "ours")
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
