"""Every attempt is written to ``fetches`` before anything looks at it.

It stands between the decoder and the redirect middleware: it sees bodies decoded, and 3xx, 404,
412, robots.txt and failures before others swallow them. A page that goes on to be parsed is
committed with its payload and its frontier row in one transaction.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response

from archive import capture
from archive.capture import Attempt
from archive.revisits import Kept
from crawler import outcomes
from crawler import run as runs
from crawler.run import Run


class Capture:
    """Write attempts to the archive."""

    def __init__(self, run: Run) -> None:
        self._run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Capture:
        """Build for the crawler's run, and listen for headers."""
        capture = cls(runs.of(crawler))
        crawler.signals.connect(capture.headers_received, signal=signals.headers_received)
        return capture

    def headers_received(self, headers: Headers, request: Request) -> None:
        """Keep the headers of an answer whose body may never arrive whole."""
        request.meta["received_headers"] = headers

    def process_response(self, request: Request, response: Response) -> Response:
        """Record an answer; ``meta`` then has its ``outcome``, and its row as ``fetch_id``."""
        if "replayed" in response.flags:
            return response
        if request.meta.get("robots"):  # a text whose content says nothing about pages
            outcome = outcomes.of_status(response.status)
        else:
            outcome = outcomes.of_response(response)
        if outcome == outcomes.UNCHANGED and "kept" not in request.meta:
            outcome = "server_error"  # nobody asked whether the page had changed
        request.meta["outcome"] = outcome
        request.meta["fetch_id"] = self._record(request, outcome, response=response)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Record a failed attempt, or one that a rule of ours forbade."""
        self.record_failure(request, exception)

    def record_failure(self, request: Request, error: BaseException) -> int:
        """Record a failure once, whoever sees it first, and return the id of its row."""
        if request.meta.get("recorded_error") is not error:
            request.meta["recorded_error"] = error
            outcome = outcomes.of_exception(error)
            request.meta["fetch_id"] = self._record(request, outcome, error=error)
        fetch_id: int = request.meta["fetch_id"]
        return fetch_id

    def _record(
        self,
        request: Request,
        outcome: str,
        *,
        response: Response | None = None,
        error: BaseException | None = None,
    ) -> int:
        entry = request.meta.get("entry")
        latency = request.meta.get("download_latency")
        headers = request.meta.pop("received_headers", None)
        if response is not None:
            headers = response.headers
        kept: Kept | None = request.meta.get("kept") if outcome == outcomes.UNCHANGED else None
        body = None
        if response is not None and not response.flags and kept is None:
            body = response.body
        attempt = Attempt(
            portal=request.meta.get("portal") or urlsplit(request.url).hostname or "",
            url=request.url,
            outcome=outcome,
            crawl_id=self._run.crawl.id,
            final_url=response.url if response is not None else None,
            method=request.method,
            status=response.status if response is not None else None,
            error=one_line(error) if error is not None else None,
            headers=_pairs(headers) if headers is not None else (),
            body=body,
            confirms=None if kept is None else kept.payload_sha256,
            elapsed_ms=round(latency * 1000) if latency is not None else None,
            entry_id=entry.id if entry is not None else None,
            settles=entry is not None and (outcome == outcomes.OK or kept is not None),
        )
        self._run.tally[f"outcome/{outcome}"] += 1
        return capture.record(self._run.archive, attempt)


def one_line(error: BaseException) -> str:
    """Return an exception as one line of at most 300 characters."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:300]


def _pairs(headers: Headers) -> list[tuple[str, str]]:
    return [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in headers.items()
        for value in values or ()
    ]
