"""The end of a crawl: what it brought is made smaller by what the pages of a portal share."""

from __future__ import annotations

from contextlib import suppress

from scrapy import signals
from scrapy.crawler import Crawler

from archive.errors import ArchiveFailed
from archive.packing import pack
from crawler import run as runs
from crawler.run import Run


class Packing:
    """Pack the payloads of the portals that were visited."""

    def __init__(self, run: Run) -> None:
        self._run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Packing:
        """Build, and listen for the end of the crawl."""
        extension = cls(runs.of(crawler))
        crawler.signals.connect(extension.closed, signal=signals.spider_closed)
        return extension

    def closed(self) -> None:
        """Pack; a disk that refuses has been told of already, and nothing is lost by it."""
        with suppress(ArchiveFailed):
            pack(self._run.archive, self._run.portals)
