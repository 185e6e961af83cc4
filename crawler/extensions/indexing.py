"""The end of a crawl: what it brought can be searched."""

from __future__ import annotations

from contextlib import suppress

from scrapy import signals
from scrapy.crawler import Crawler

from archive.errors import ArchiveFailed
from archive.search.index import update
from crawler import run as runs
from crawler.run import Run


class Indexing:
    """Enter new versions into the search index."""

    def __init__(self, run: Run) -> None:
        self._run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Indexing:
        """Build, and listen for the end of the crawl."""
        extension = cls(runs.of(crawler))
        crawler.signals.connect(extension.closed, signal=signals.spider_closed)
        return extension

    def closed(self) -> None:
        """Enter them; a disk that refuses has been told of already, and nothing is lost by it."""
        with suppress(ArchiveFailed):
            update(self._run.archive)
