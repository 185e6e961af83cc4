"""One slow connection a registered domain, slower where robots.txt asks for it."""

from __future__ import annotations

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.robotstxt import RobotParser

from crawler import politeness
from crawler import run as runs
from crawler.middlewares.robots import AGENT


class Politeness:
    """Put each request into the slot of its registered domain; honour Crawl-delay."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._longest = crawler.settings.getfloat("CRAWL_DELAY_MAX")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Politeness:
        """Build, and listen for parsed robots.txt files; the sandbox has no delay."""
        middleware = cls(crawler)
        if runs.of(crawler).sandbox is None:
            crawler.signals.connect(middleware.robots_parsed, signal=signals.robots_parsed)
        return middleware

    def process_request(self, request: Request) -> None:
        """Name the slot; a redirect may have carried the one of another domain along."""
        request.meta["download_slot"] = politeness.slot_of(request.url)

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Slow the slot down to the Crawl-delay, if that is longer than our own delay."""
        asked = robotparser.crawl_delay(AGENT)
        if asked is None:
            return
        downloader = self._crawler.engine.downloader
        key = politeness.slot_of(request.url)
        # Idle slots are thrown away and made again from these settings: both must know.
        settings = downloader.per_slot_settings.setdefault(key, {})
        own = settings.get("delay", self._crawler.settings.getfloat("DOWNLOAD_DELAY"))
        settings["delay"] = max(own, min(asked, self._longest))
        if key in downloader.slots:
            downloader.slots[key].delay = settings["delay"]
