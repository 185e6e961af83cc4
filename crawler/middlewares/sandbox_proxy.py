"""In the sandbox every request goes through its proxy, so that nothing can leave the machine."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from crawler import run as runs


class SandboxProxy:
    """Set the proxy of each request, retries, redirects and robots.txt included."""

    def __init__(self, proxy: str) -> None:
        self._proxy = proxy

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> SandboxProxy:
        """Take the proxy of the run.

        Raises:
            NotConfigured: The crawl is a real one.
        """
        proxy = runs.of(crawler).sandbox
        if proxy is None:
            raise NotConfigured
        return cls(proxy)

    def process_request(self, request: Request) -> None:
        """Route the request to the sandbox, whatever proxy it had."""
        request.meta["proxy"] = self._proxy
