"""From a frontier row to a request, and from its end to an item."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from archive.frontier import Entry
from crawler import outcomes
from crawler.items import Failed, Fetched
from crawler.middlewares.capture import Capture, one_line
from crawler.middlewares.conditional import UNCHANGED
from crawler.run import Run
from spiders.portal import ReportSpider, Role, Task

PRIORITY = {"column": 20, "list": 10, "explore": 5, "article": 0, "attachment": -1}
"""Lists first: then the progress line knows how much is to come."""
_REPLAY_FIRST = 100


class Dispatch:
    """Make the requests of a run, and answer the spider's one callback and one errback.

    Args:
        run: The crawl.
        spider: Whose callback and errback the requests get.
        capture: Records the failures that no downloader middleware could see.
    """

    def __init__(self, run: Run, spider: ReportSpider, capture: Capture) -> None:
        self._run = run
        self._spider = spider
        self._capture = capture
        spider.on_response = self.arrived
        spider.on_failure = self.failed

    def request(self, entry: Entry) -> Request:
        """Return the request of a frontier row; a fetched row is answered from its payload."""
        request = self._spider.request(
            Task(
                portal=entry.portal,
                role=cast(Role, entry.role),
                url=entry.url,
                args=entry.args,
                method=entry.method,
                body=entry.body,
            )
        )
        self.bind(request, entry)
        return request

    def bind(self, request: Request, entry: Entry) -> None:
        """Tie a request to its frontier row, so that whatever becomes of it finds the row."""
        request.meta["entry"] = entry
        request.meta["portal"] = entry.portal
        request.priority = PRIORITY.get(entry.role, 0)
        if entry.state == "fetched":
            request.meta["replay"] = entry.fetch_id
            request.priority += _REPLAY_FIRST

    def arrived(self, response: Response) -> Iterator[Fetched | Failed]:
        """Hand over a final answer: a page, or the failure that its status stands for."""
        entry: Entry = response.meta["entry"]
        fetch_id: int = response.meta["fetch_id"]
        outcome = self._outcome(response)
        if outcome != outcomes.OK:
            yield Failed(entry, outcome, f"HTTP {response.status}", fetch_id)
            return
        content_type = response.headers.get(b"Content-Type")
        yield Fetched(
            entry=entry,
            portal=self._run.portals[entry.portal],
            fetch_id=fetch_id,
            url=response.url,
            data=response.body,
            content_type=content_type.decode("latin-1") if content_type else None,
        )

    @staticmethod
    def _outcome(response: Response) -> str:
        if "replayed" in response.flags:
            return outcomes.OK  # only such answers are fetched rows
        if UNCHANGED in response.flags:
            return outcomes.OK  # a page like any other; its bytes are known
        outcome: str = response.meta["outcome"]
        # What a redirect leads to and nobody followed is no web address at all.
        return "foreign_host" if outcome == outcomes.REDIRECT else outcome

    def failed(self, failure: Failure) -> Iterator[Failed]:
        """Hand over a failure, after all tries."""
        request: Request = failure.request  # type: ignore[attr-defined]  # set by the scraper
        error = failure.value
        assert error is not None
        if self._run.archive.failure is not None:
            return  # nothing can be kept any more: the row stays as it was, and the crawl is ending
        fetch_id = self._capture.record_failure(request, error)
        outcome = outcomes.of_exception(error)
        yield Failed(request.meta["entry"], outcome, one_line(error), fetch_id)
