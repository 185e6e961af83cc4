"""Nothing but the hosts of this crawl's portals is ever requested, redirect targets included."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler

from crawler import run as runs
from crawler.outcomes import Refused

_PORTS = {"http": 80, "https": 443}


class OfficialHosts:
    """Refuse addresses on other hosts, other schemes and unusual ports."""

    def __init__(self, hosts: Iterable[str]) -> None:
        self._hosts = frozenset(_bare(host) for host in hosts)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> OfficialHosts:
        """Take the hosts of the run's portals."""
        portals = runs.of(crawler).portals.values()
        return cls(host for portal in portals for host in portal.hosts)

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
            and _bare(parts.hostname or "") in self._hosts
        )


def _bare(host: str) -> str:
    """Return the host without ``www.``: with and without it is one host."""
    return host.lower().rstrip(".").removeprefix("www.")
