"""robots.txt is obeyed by our own rules: 4xx means no rules, 5xx or no answer means stop.

A firewall that answers 403 for robots.txt while the pages are open is common, and a 503's body
is no rule book. The file is fetched like any page: politely, captured, through the sandbox.
"""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser, RobotParser

from crawler import outcomes
from crawler.outcomes import Refused

MOST_RULES = 500 * 1024
"""Bytes of a robots.txt that are read; RFC 9309 asks for no more, and parsing blocks the loop."""

AGENT = "gov_reports"
"""The name by which a robots.txt can address this crawler."""


class Robots:
    """Ask each origin once a run for its robots.txt, and hold requests until it is known."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._rules: dict[str, asyncio.Task[RobotParser | Refused | None]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Robots:
        """Build from the crawler whose downloader fetches the files."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request pass, or refuse it.

        Raises:
            Refused: ``robots_denied`` by a rule or a server error; the failure's own outcome
                (``dns``, ``timeout`` …) when the host did not answer for its robots.txt.
        """
        if request.meta.get("robots"):
            return
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._ask(origin, request))
        rules = await self._rules[origin]
        if isinstance(rules, Refused):
            raise Refused(rules.outcome, str(rules))
        if rules is not None and not rules.allowed(request.url, AGENT):
            raise Refused("robots_denied", f"{origin}/robots.txt forbids {parts.path}")

    async def _ask(self, origin: str, request: Request) -> RobotParser | Refused | None:
        """Return an origin's rules, a refusal for all of it, or None when it has no rules."""
        asked = Request(
            f"{origin}/robots.txt",
            callback=NO_CALLBACK,
            meta={"robots": True, "portal": request.meta.get("portal")},
        )
        try:
            response = await self._crawler.engine.download_async(asked)
        except IgnoreRequest:
            return None  # redirected in a loop or to a foreign host: it has no rules of its own
        except Exception as error:  # noqa: BLE001  # each way to fail is an outcome
            return Refused(outcomes.of_exception(error), f"{origin}/robots.txt: {error}")
        return await self._judge(origin, response, request)

    async def _judge(
        self, origin: str, response: Response, request: Request
    ) -> RobotParser | Refused | None:
        if response.status >= 500:
            outcome = outcomes.of_status(response.status)
            return Refused(
                outcome if outcome == "challenge" else "robots_denied",
                f"{origin}/robots.txt answers {response.status}",
            )
        if response.status != 200:
            return None
        rules = ProtegoRobotParser.from_crawler(self._crawler, response.body[:MOST_RULES])
        await self._crawler.signals.send_catch_log_async(
            signal=signals.robots_parsed, robotparser=rules, request=request
        )
        return rules
