"""What the rules say is asked again at once is asked again, a few times."""

from __future__ import annotations

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response
from scrapy.settings import BaseSettings

from crawler import outcomes
from crawler.middlewares.backoff import BackOff
from crawler.outcomes import Refused


class Retry(RetryMiddleware):
    """Scrapy's retries, decided by the outcome; a host that keeps failing gets one try a page."""

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(settings)
        self._backoff: BackOff | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Retry:
        """Build for the crawler whose back-off knows the hosts."""
        middleware = cls(crawler.settings)
        middleware.crawler = crawler
        return middleware

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Return the request of the next try, or the answer when it stands."""
        if "replayed" in response.flags:
            return response
        outcome = request.meta["outcome"]
        return self._again(request, outcome) or response

    def process_exception(
        self, request: Request, exception: Exception, spider: Spider | None = None
    ) -> Request | None:
        """Return the request of the next try, or None when the failure stands."""
        if isinstance(exception, Refused):
            return None
        return self._again(request, outcomes.of_exception(exception))

    def _again(self, request: Request, outcome: str) -> Request | None:
        if self._backoff is None:
            self._backoff = self.crawler.get_downloader_middleware(BackOff)
        if self._backoff is None or not self._backoff.may_retry(request, outcome):
            return None
        again = self._retry(request, outcome)
        return again if isinstance(again, Request) else None
