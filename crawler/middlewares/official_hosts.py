"""Nothing but the hosts of this crawl's portals is ever requested, redirect targets included."""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler

from crawler import run as runs
from crawler.outcomes import Refused
from crawler.run import Run

_PORTS = {"http": 80, "https": 443}


class OfficialHosts:
    """Refuse addresses on other hosts, other schemes and unusual ports."""

    def __init__(self, run: Run) -> None:
        self._run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> OfficialHosts:
        """Build for the crawler's run, which knows the portals, those discovered on the way too."""
        return cls(runs.of(crawler))

    def process_request(self, request: Request) -> None:
        """Let a request pass, or refuse it.

        Raises:
            Refused: With outcome ``foreign_host``.
        """
        if not self.allows(request.url):
            raise Refused("foreign_host", f"not a host of this crawl: {request.url}")

    def allows(self, url: str) -> bool:
        """Tell whether an address is on an official host, by http or https, on the usual port."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            return False
        return (
            parts.scheme in _PORTS
            and port in (None, _PORTS[parts.scheme])
            and self._run.is_official(parts.hostname or "")
        )
