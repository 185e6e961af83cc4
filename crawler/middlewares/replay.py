"""Pages that an earlier run fetched but did not parse are answered from their payload."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler import run as runs
from crawler.middlewares.conditional import stored
from crawler.run import Run


class Replay:
    """Answer a request whose ``meta["replay"]`` names a stored fetch."""

    def __init__(self, run: Run) -> None:
        self._run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Replay:
        """Build for the crawler's run."""
        return cls(runs.of(crawler))

    def process_request(self, request: Request) -> Response | None:
        """Return the stored answer, or None when the page must be fetched."""
        # Taken out of the request: a copy of it that follows a redirect is no replay.
        fetch_id = request.meta.pop("replay", None)
        if fetch_id is None:
            return None
        request.meta["fetch_id"] = fetch_id
        return stored(self._run, fetch_id, "replayed")
