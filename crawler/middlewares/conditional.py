"""A page that the archive keeps is asked for with its own validators; a 304 brings it from there.

It stands above the capture, which has put the 304 on record before the stored page takes its place.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from archive import capture, revisits
from archive.frontier import Entry
from archive.revisits import Kept
from crawler import run as runs
from crawler import validators
from crawler.run import Run

UNCHANGED = "unchanged"
"""The flag of an answer whose body comes from the archive because the server said 304."""

_HEADERS = (b"If-None-Match", b"If-Modified-Since")
_LISTS = frozenset({"column", "list"})
_MOST = 0.5  # of a portal's pages may have the same Last-Modified


class Conditional:
    """Ask whether a page changed, of servers whose word can be believed.

    A server that has nothing but ``Last-Modified`` is tried first: once a run, one page is asked
    for as if it were kept since 1970. Who answers 304 to that is never believed.
    """

    def __init__(self, run: Run) -> None:
        self._run = run
        self._compares: dict[str, bool] = {}  # host: whether it compares dates; absent: not known

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Conditional:
        """Build for the crawler's run."""
        return cls(runs.of(crawler))

    def process_request(self, request: Request) -> None:
        """Add the condition, if there is one that holds for this very address."""
        for header in _HEADERS:
            request.headers.pop(header, None)  # a redirect carries along those of another address
        for name in ("kept", "tried"):
            request.meta.pop(name, None)
        entry: Entry | None = request.meta.get("entry")
        if entry is None or request.method != "GET" or request.meta.get("unconditional"):
            return
        if entry.role == "explore" or entry.args.get("changed"):
            return
        kept = revisits.kept(self._run.archive, entry.url)
        if kept is None or kept.url != request.url:
            return
        dated = entry.args.get("row_date")
        found = validators.condition(
            kept.headers,
            is_list=entry.role in _LISTS,
            dated=dated if isinstance(dated, str) else None,
            lies=kept.lies,
        )
        if found is not None:
            self._ask(request, kept, *found)

    def _ask(self, request: Request, kept: Kept, name: str, value: str) -> None:
        if name == "If-Modified-Since":
            host = _host(request.url)
            if host not in self._compares:
                self._compares[host] = False  # until the trial is over
                portal = request.meta["entry"].portal
                if revisits.share_of_one_date(self._run.archive, portal) <= _MOST:
                    request.meta["tried"] = host
                    request.headers[name] = validators.LONG_AGO
                return
            if not self._compares[host]:
                return
        request.headers[name] = value
        request.meta["kept"] = kept

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Put the stored page in the place of a 304; ask once more where nobody may believe it."""
        if "replayed" in response.flags:
            return response
        tried = request.meta.get("tried")
        if tried is not None and response.status == 200:
            self._compares[tried] = True
        if response.status != revisits.NOT_MODIFIED:
            return response
        if request.meta.get("kept") is None:
            if request.meta.get("unconditional"):
                return response  # a 304 that nobody asked for: a failure
            again = request.replace(dont_filter=True)
            again.meta["unconditional"] = True
            return again
        return stored(self._run, request.meta["fetch_id"], UNCHANGED)


def stored(run: Run, fetch_id: int, flag: str) -> Response:
    """Return an archived answer as a response.

    Args:
        run: The crawl.
        fetch_id: The fetch; of a 304, the answer that it confirms is returned.
        flag: Says where the response comes from.
    """
    answer = capture.answer(run.archive, revisits.confirmed(run.archive, fetch_id))
    body = answer.body or b""
    headers = Headers()
    for name, value in answer.headers:
        # The payload is decoded already.
        if name.lower() not in ("content-encoding", "set-cookie"):
            headers.appendlist(name, value)
    url = answer.final_url or answer.url
    kind = responsetypes.from_args(headers=headers, url=url, body=body)
    return kind(url, status=answer.status or 200, headers=headers, body=body, flags=[flag])


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
