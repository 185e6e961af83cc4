"""A crawl without a network: a real archive, the real settings, a downloader made of functions."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from scrapy import Request
from scrapy.core.downloader.middleware import DownloaderMiddlewareManager
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.utils.misc import build_from_crawler

from archive import crawls, portals
from archive.db import Archive
from crawler import run as runs
from crawler.run import Run
from spiders.portals.xiangyang_xzsp import XiangyangXzsp
from spiders.registers import divisions

HOST = "xzsp.xiangyang.gov.cn"
COLUMN = f"http://{HOST}/zwgk/gknb/"

Download = Callable[[Request], Awaitable[Response]]


def a_run(tmp_path: Path, **more: Any) -> Run:
    """Return a run of one portal over a new archive."""
    archive = Archive.open(tmp_path / "test.db")
    portal = XiangyangXzsp()
    portals.register(archive, [portal], divisions())
    crawl = crawls.begin(archive, spider=portal.name, arguments={})
    return Run(archive=archive, crawl=crawl, portals={portal.name: portal}, **more)


def a_crawler(run: Run, **settings: Any) -> Crawler:
    """Return a crawler with the project's settings, ready to build components."""
    own = Settings()
    own.setmodule("crawler.settings", priority="project")
    own.setdict(
        {"TWISTED_REACTOR_ENABLED": False, "EXTENSIONS": {}, "LOG_ENABLED": False, **settings},
        priority="cmdline",
    )
    crawler = Crawler(XiangyangXzsp, own)
    crawler.spider = XiangyangXzsp.from_crawler(crawler)
    runs.attach(crawler, run)
    crawler._apply_settings()
    return crawler


class Downloads:
    """The middlewares of settings.py around a fake downloader; stands in for the engine.

    Args:
        crawler: Builds the middlewares.
        answer: What the network would answer.
    """

    def __init__(self, crawler: Crawler, answer: Callable[[Request], Response]) -> None:
        self.asked: list[str] = []
        self._answer = answer
        self.downloader = SimpleNamespace(slots={}, per_slot_settings={})
        crawler.engine = self  # type: ignore[assignment]
        self.middlewares = build_from_crawler(DownloaderMiddlewareManager, crawler)
        self.downloader.middleware = self.middlewares

    async def _download(self, request: Request) -> Response:
        self.asked.append(request.url)
        return self._answer(request)

    async def once(self, request: Request) -> Response | Request:
        """Pass a request through all middlewares once."""
        result = await self.middlewares.download_async(self._download, request)
        if isinstance(result, Response):
            result.request = request
        return result

    async def download_async(self, request: Request) -> Response:
        """Pass a request, its retries and its redirects through, as the engine does."""
        while True:
            result = await self.once(request)
            if isinstance(result, Response):
                return result
            request = result


def fetch(downloads: Downloads, request: Request) -> Response:
    """Run one download to its end."""
    return asyncio.run(downloads.download_async(request))


def attempts(run: Run) -> list[tuple[str, int | None, str]]:
    """Return (URL, status, outcome) of every recorded attempt, in order."""
    found = run.archive.conn.execute("SELECT url, status, outcome FROM fetches ORDER BY id")
    return [tuple(row) for row in found]
