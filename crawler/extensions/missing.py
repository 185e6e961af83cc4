"""When all lists were seen, what they no longer show is asked for: is it gone, or has it moved?"""

from __future__ import annotations

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider

from archive import frontier, missing
from archive.errors import ArchiveFailed
from crawler import run as runs
from crawler.scheduler import scheduler_of


class Missing:
    """Ask for reports whose rows have vanished, before a crawl ends."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._run = runs.of(crawler)
        self._is_asked = self._run.limit is not None  # who limits the pages wants no others

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Missing:
        """Build, and listen for the moment when nothing is left to do."""
        extension = cls(crawler)
        crawler.signals.connect(extension.idle, signal=signals.spider_idle)
        return extension

    def idle(self, spider: Spider) -> None:
        """Queue the pages, once; a crawl that was killed here finds them in its frontier.

        Raises:
            DontCloseSpider: There are some.
        """
        if self._is_asked:
            return
        self._is_asked = True
        run = self._run
        try:
            wanted = missing.rows(
                run.archive, run.crawl.campaign, run.portals, again=run.recheck
            )
            added = frontier.add(run.archive, run.crawl.campaign, wanted)
        except ArchiveFailed:
            return  # the crawl is ending
        if added:
            scheduler_of(self._crawler).add(added)
            raise DontCloseSpider
