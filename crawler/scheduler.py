"""The stock scheduler in front of the archive's frontier table.

Memory queues only, fair between download slots; every row is in the table before it is in a
queue, so a crawl that is killed goes on where it was. Scrapy's own job directory loses two thirds
of the queue at a kill.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.core.scheduler import Scheduler
from scrapy.crawler import Crawler
from scrapy.pqueues import DownloaderAwarePriorityQueue
from twisted.internet.defer import Deferred

from archive import exploration, frontier
from archive.errors import ArchiveFailed
from archive.frontier import Entry
from crawler import run as runs
from crawler.dispatch import Dispatch
from crawler.exploring import EXPLORE, Exploring
from crawler.items import Failed, Fetched
from crawler.middlewares.capture import Capture
from crawler.politeness import slot_of
from spiders.portal import ReportSpider

_AHEAD = 2


class FrontierScheduler(Scheduler):
    """Queues that are filled from the frontier and written through to it."""

    crawler: Crawler
    exploring: Exploring
    _is_open = False

    def open(self, spider: Spider) -> Deferred[None] | None:
        """Queue everything that earlier runs of the campaign left unfinished."""
        opened = super().open(spider)
        assert isinstance(spider, ReportSpider)
        capture = self.crawler.get_downloader_middleware(Capture)
        assert capture is not None, "settings.py must keep the capture middleware"
        self._run = runs.of(self.crawler)
        self._dispatch = Dispatch(self._run, spider, capture)
        self.exploring = Exploring.of(self.crawler.settings, self._run, self._send)
        self.crawler.signals.connect(self._item_error, signal=signals.item_error)
        waiting = []
        for entry in frontier.unfinished(self._run.archive, self._run.crawl.campaign):
            if entry.portal not in self._run.portals:
                continue
            if entry.role == EXPLORE and entry.state == "pending":
                waiting.append(entry)
                continue
            if entry.role == EXPLORE:
                self.exploring.sent(entry)
            self.enqueue_request(self._dispatch.request(entry))
        self.exploring.take(waiting)
        self._is_open = True
        return opened

    def close(self, reason: str) -> Deferred[None] | None:
        """Put on record which portals were explored in vain."""
        with suppress(ArchiveFailed):
            exploration.note_fruitless(self._run.archive, self._run.crawl.campaign)
        return super().close(reason)

    def add(self, entries: Iterable[Entry]) -> None:
        """Queue rows that the caller has just written to the frontier."""
        exploring = []
        for entry in entries:
            if entry.role == EXPLORE:
                exploring.append(entry)
            else:
                self.crawler.engine.crawl(self._dispatch.request(entry))
        self.exploring.take(exploring)

    def _send(self, entry: Entry) -> None:
        request = self._dispatch.request(entry)
        if self._is_open:
            self.crawler.engine.crawl(request)
        else:
            self.enqueue_request(request)

    def _item_error(self, item: Fetched | Failed) -> None:
        """Go on exploring a portal one of whose pages our own code could not handle."""
        if item.entry.role == EXPLORE:
            self.exploring.ended(item.entry)

    def next_request(self) -> Request | None:
        """Return the next request, of the domain with the least to do.

        Each domain has one request on the way and one waiting, no more: what waits in the
        downloader must be fetched before a crawl can stop in order.
        """
        slots = self.crawler.engine.downloader.slots
        busy = (len(slots[key].active) if key in slots else 0 for key in self._queued_slots())
        return super().next_request() if min(busy, default=0) < _AHEAD else None

    def _queued_slots(self) -> Iterable[str]:
        assert isinstance(self.mqs, DownloaderAwarePriorityQueue)
        return self.mqs.pqueues

    def enqueue_request(self, request: Request) -> bool:
        """Queue a request; one without a frontier row gets its row first.

        Retries and redirects carry their row along and are queued as they are.

        Returns:
            False when the frontier has the page of this request already.
        """
        if "entry" not in request.meta:
            task = request.meta["task"]
            if task.portal not in self._run.portals:
                return False  # the sandbox does not answer for it
            try:
                added = frontier.add(self._run.archive, self._run.crawl.campaign, [task])
            except ArchiveFailed:
                return False  # the crawl is ending
            if not added:
                return False
            if task.role == EXPLORE:
                self.exploring.take(added)
                return True
            self._dispatch.bind(request, added[0])
        # The queues are kept by slot, and a redirect may lead to another one.
        request.meta["download_slot"] = slot_of(request.url)
        return super().enqueue_request(request)


def scheduler_of(crawler: Crawler) -> FrontierScheduler:
    """Return the running scheduler of a crawler."""
    scheduler: Any = crawler.engine.scheduler
    assert isinstance(scheduler, FrontierScheduler)
    return scheduler
