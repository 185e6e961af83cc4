"""http where https fails, and the reverse: tried once for each host, and remembered for the run.

About one portal in a hundred answers only after switching the scheme. Behind a proxy, https that
fails is a tunnel that the proxy could not make, whatever the reason. A redirect between the two is
followed once; later requests go where it led.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import TunnelError
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler import outcomes
from crawler.outcomes import Refused

_OTHER = {"http": "https", "https": "http"}
_MAY_BE_THE_SCHEME = frozenset({"tls", "reset", "timeout"})


class Scheme:
    """Know for each host which scheme answers."""

    def __init__(self) -> None:
        self._use: dict[str, str] = {}
        self._tried: set[str] = set()
        self._answered: set[tuple[str, str]] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Scheme:
        """Build; nothing of the crawler is needed."""
        return cls()

    def process_request(self, request: Request) -> Request | None:
        """Return the request in the scheme that answers, or None when it has it already."""
        if request.meta.get("redirect_times") or request.meta.get("replay") is not None:
            return None  # the server itself said which scheme
        scheme, host = _parts(request.url)
        return _in_other(request) if self._use.get(host, scheme) != scheme else None

    def process_response(self, request: Request, response: Response) -> Response:
        """Remember that a scheme answers, and where the server sent the other one."""
        scheme, host = _parts(request.url)
        self._answered.add((scheme, host))
        came_from = request.meta.get("redirect_urls", [""])[-1]
        if came_from == _swapped(request.url) and host not in self._tried:
            self._tried.add(host)
            self._use[host] = scheme
        return response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Return the request in the other scheme, when this one has never answered."""
        scheme, host = _parts(request.url)
        if isinstance(exception, Refused) or (scheme, host) in self._answered:
            return None
        if outcomes.of_exception(exception) not in _MAY_BE_THE_SCHEME and not isinstance(
            exception, TunnelError
        ):
            return None
        if host in self._tried:
            if self._use.get(host) not in (None, scheme):
                return _in_other(request)  # was on its way when the other was found
            self._use.pop(host, None)  # the other fails too: stay with what the portal says
            return None
        self._tried.add(host)
        self._use[host] = _OTHER[scheme]
        return _in_other(request)


def _parts(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, (parts.hostname or "").lower()


def _swapped(url: str) -> str:
    """Return the same address in the other scheme."""
    scheme, rest = url.split(":", 1)
    return f"{_OTHER.get(scheme, scheme)}:{rest}"


def _in_other(request: Request) -> Request:
    meta = {name: value for name, value in request.meta.items() if name != "retry_times"}
    return request.replace(url=_swapped(request.url), meta=meta)
