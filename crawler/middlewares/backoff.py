"""A host that refuses or fails is left alone: for a while that grows, then for this run.

A challenge or a block page counts against the host and its registered domain (one firewall stands
before all of a city's hosts), a failed connection against its host alone. A page that arrives
clears both. Nothing is ever solved, and a dead host costs a bounded time.
"""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler import outcomes
from crawler.outcomes import Refused
from crawler.politeness import slot_of
from crawler.rules import COUNTS_AGAINST_HOST, RULES, Rule

_GOOD = frozenset({"ok", "unchanged", "not_found"})
"""The answers of a host that lets us in; a redirect may still lead to a challenge."""


class BackOff:
    """Count what went wrong in a row, pause, and give up in time."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._after = settings.getint("BACK_OFF_AFTER")
        self._pause = settings.getfloat("BACK_OFF_PAUSE")
        self._longest = settings.getfloat("BACK_OFF_PAUSE_MAX")
        self._tries = settings.getint("RETRY_TIMES")
        self._strikes: Counter[str] = Counter()
        self._given_up: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BackOff:
        """Build for the crawler whose downloader keeps the pace."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let a request pass, or refuse it because its host or domain was given up.

        Raises:
            Refused: With the outcome for which it was given up.
        """
        if refusal := self._refusal(request.url):
            raise refusal

    def process_response(self, request: Request, response: Response) -> Response:
        """Count an answer for or against its host."""
        # Firewalls refuse robots.txt where the pages are open: it proves nothing.
        refused_robots = request.meta.get("robots") and 400 <= response.status < 500
        if "replayed" not in response.flags and not refused_robots:
            asked = _seconds(response.headers.get(b"Retry-After"))
            self._count(request, request.meta["outcome"], asked)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Count a failed connection; what a rule of ours refused was no attempt."""
        if not isinstance(exception, Refused):
            self._count(request, outcomes.of_exception(exception))

    def may_retry(self, request: Request, outcome: str) -> bool:
        """Tell whether a failed page is asked again at once.

        Not when its host failed before: then one try a page shows whether it is back.
        """
        return (
            RULES[outcome] is Rule.RETRY
            and int(request.meta.get("retry_times", 0)) < self._tries
            and not self._strikes[_host(request.url)]
        )

    def strike(self, url: str, outcome: str, asked: float = 0.0) -> None:
        """Count an answer against its host; also called when only its content told.

        Args:
            url: The address.
            outcome: A word whose rule counts against the host.
            asked: The pause that the server asked for, in seconds.
        """
        host, domain = _units(url)
        refuses = RULES[outcome] is Rule.BACK_OFF
        for unit in (host, domain) if refuses else (host,):
            self._strikes[unit] += 1
            if self._strikes[unit] >= self._after:
                self._given_up.setdefault(unit, outcome)
        # One connection that failed is no reason to wait; one refusal is.
        rank = max(self._strikes[host], self._strikes[domain]) - (0 if refuses else 1)
        if self._refusal(url):
            self._drop_waiting(url)
        if host in self._given_up:
            self._set_delay(url, 0.0)  # the other hosts of the domain go on
        elif rank > 0:
            pause = max(asked, self._pause * 2 ** min(rank - 1, 20))
            self._set_delay(url, min(pause, self._longest) if self._pause else 0.0)

    def _refusal(self, url: str) -> Refused | None:
        for unit in _units(url):
            if unit in self._given_up:
                outcome = self._given_up[unit]
                return Refused(outcome, f"{unit} was given up for this run: {outcome} in a row")
        return None

    def _drop_waiting(self, url: str) -> None:
        """Refuse the requests of what was given up that wait in the downloader for their turn."""
        slot = self._crawler.engine.downloader.slots.get(slot_of(url))
        if slot is None:
            return
        for pair in list(slot.queue):
            request, answer = pair
            if refusal := self._refusal(request.url):
                slot.queue.remove(pair)
                answer.errback(refusal)

    def _count(self, request: Request, outcome: str, asked: float = 0.0) -> None:
        if outcome in _GOOD:
            self._clear(request.url)
        elif RULES[outcome] in COUNTS_AGAINST_HOST and not self.may_retry(request, outcome):
            self.strike(request.url, outcome, asked)

    def _clear(self, url: str) -> None:
        if sum(self._strikes.pop(unit, 0) for unit in _units(url)):
            self._set_delay(url, 0.0)

    def _set_delay(self, url: str, pause: float) -> None:
        """Let a domain wait so long between two requests, and never less than its usual delay."""
        key = slot_of(url)
        downloader = self._crawler.engine.downloader
        if key in downloader.slots:
            usual = downloader.per_slot_settings.get(key, {}).get(
                "delay", self._crawler.settings.getfloat("DOWNLOAD_DELAY")
            )
            downloader.slots[key].delay = max(usual, pause)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _units(url: str) -> tuple[str, str]:
    """Return what is counted: the host, and its registered domain."""
    return _host(url), f"*.{slot_of(url)}"


def _seconds(header: bytes | None) -> float:
    """Return the seconds of a Retry-After header; a date counts as none."""
    text = (header or b"").strip()
    return float(text) if text.isdigit() and len(text) < 9 else 0.0
