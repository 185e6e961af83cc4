"""Pages asked for again: whose 304 is believed, and what is kept of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response

from archive import crawls, frontier, revisits
from archive.capture import answer as kept_answer
from crawler.dispatch import Dispatch
from crawler.items import Fetched
from crawler.middlewares.capture import Capture
from crawler.run import Run
from crawler.validators import LONG_AGO, condition
from spiders.tasks import Role, Task
from tests.crawler.support import COLUMN, HOST, Downloads, a_crawler, a_run, attempts, fetch

ARTICLE = f"{COLUMN}202401/t20240120_1.shtml"
BODY = "<html><body>政府信息公开年报</body></html>".encode()
OTHER = BODY.replace(b"<body>", b"<body>1")
TAG = 'W/"5e2-17"'
DATE = "Sat, 20 Jan 2024 01:12:00 GMT"


class Server:
    """Answers one page; knows how to say 304 truly, or in another way."""

    def __init__(self, body: bytes = BODY, **headers: str) -> None:
        self.body, self.headers = body, headers
        self.asked: list[dict[str, str]] = []
        self.says_304_to_all = False

    def __call__(self, request: Request) -> Response:
        if request.url.endswith("/robots.txt"):
            return Response(request.url, status=404)
        asked = {
            name: str(request.headers[name].decode())
            for name in ("If-None-Match", "If-Modified-Since")
            if name in request.headers
        }
        self.asked.append(asked)
        if self.is_not_modified(asked):
            return Response(request.url, status=304)
        headers = {"Content-Type": "text/html", **self.headers}
        return HtmlResponse(request.url, body=self.body, headers=headers)

    def is_not_modified(self, asked: dict[str, str]) -> bool:
        if self.says_304_to_all:
            return bool(asked)
        return (
            asked.get("If-None-Match", "-") == self.headers.get("ETag")
            or asked.get("If-Modified-Since", "-") == self.headers.get("Last-Modified")
        )  # fmt: skip


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    run = a_run(tmp_path)
    yield run
    run.archive.close()


def ask(
    run: Run, server: Server, url: str = ARTICLE, role: Role = "article", **args: str
) -> Response:
    """Fetch a page in a campaign of its own, and store nothing but the end of its row."""
    run.crawl = crawls.begin(run.archive, spider=HOST, arguments={"n": len(server.asked)})
    (entry,) = frontier.add(
        run.archive, run.crawl.campaign, [Task(HOST, role, url, {"column": COLUMN, **args})]
    )
    downloads = Downloads(a_crawler(run), server)
    dispatch = Dispatch(run, run.portals[HOST], Capture(run))
    response = fetch(downloads, dispatch.request(entry))
    (item,) = dispatch.arrived(response)
    frontier.done(run.archive, entry.id, "ok" if isinstance(item, Fetched) else "server_error")
    return response


def test_304_brings_the_kept_page_and_copies_nothing(run: Run) -> None:
    server = Server(ETag=TAG)
    ask(run, server)
    again = ask(run, server)
    assert server.asked == [{}, {"If-None-Match": TAG}]
    assert (again.status, again.body, again.headers["Content-Type"]) == (200, BODY, b"text/html")
    rows = run.archive.conn.execute(
        "SELECT status, outcome, payload_sha256 FROM fetches WHERE url = ? ORDER BY id", [ARTICLE]
    ).fetchall()
    assert [row[:2] for row in rows] == [(200, "ok"), (304, "unchanged")]
    assert rows[0][2] == rows[1][2]
    assert run.archive.conn.execute("SELECT count(*) FROM payloads").fetchone()[0] <= 2
    assert kept_answer(run.archive, again.meta["fetch_id"]).body == BODY


def test_304_that_was_not_parsed_is_replayed_from_the_archive(run: Run) -> None:
    server = Server(ETag=TAG)
    ask(run, server)
    again = ask(run, server)
    run.archive.conn.execute(
        "UPDATE frontier SET state = 'fetched', outcome = NULL WHERE fetch_id = ?",
        [again.meta["fetch_id"]],
    )
    (entry,) = frontier.unfinished(run.archive, run.crawl.campaign)
    downloads = Downloads(a_crawler(run), server)
    request = Dispatch(run, run.portals[HOST], Capture(run)).request(entry)
    response = fetch(downloads, request)
    assert (response.flags, response.body, downloads.asked) == (["replayed"], BODY, [])
    assert response.headers["Content-Type"] == b"text/html"


def test_changed_page_is_a_new_copy(run: Run) -> None:
    server = Server(ETag=TAG)
    ask(run, server)
    server.body, server.headers = OTHER, {"ETag": 'W/"6"'}
    assert ask(run, server).body == OTHER


@pytest.mark.parametrize(
    "headers",
    [{"Cache-Control": "private, no-cache", "ETag": TAG}, {"Pragma": "no-cache", "ETag": TAG}, {}],
)
def test_without_a_word_to_believe_all_is_fetched(run: Run, headers: dict[str, str]) -> None:
    server = Server(**headers)
    ask(run, server)
    ask(run, server)
    assert server.asked == [{}, {}]
    payloads = "SELECT count(DISTINCT payload_sha256) FROM fetches WHERE url = ?"
    assert run.archive.conn.execute(payloads, [ARTICLE]).fetchone() == (1,)


def test_dates_are_believed_after_a_trial(run: Run) -> None:
    server = Server(**{"Last-Modified": DATE})
    ask(run, server)
    run.crawl = crawls.begin(run.archive, spider=HOST, arguments={})
    downloads = Downloads(a_crawler(run), server)
    dispatch = Dispatch(run, run.portals[HOST], Capture(run))
    for url in (ARTICLE, f"{COLUMN}a.shtml", ARTICLE):
        frontier.add(run.archive, run.crawl.campaign, [Task(HOST, "article", url, {})])
    first, second = frontier.unfinished(run.archive, run.crawl.campaign)
    fetch(downloads, dispatch.request(first))  # the trial
    frontier.done(run.archive, first.id, "ok")
    fetch(downloads, dispatch.request(second))  # has nothing stored
    fetch(downloads, dispatch.request(first))
    assert server.asked[1:] == [{"If-Modified-Since": LONG_AGO}, {}, {"If-Modified-Since": DATE}]


def test_server_that_says_304_to_everything_is_caught(run: Run) -> None:
    server = Server(**{"Last-Modified": DATE})
    ask(run, server)
    server.body, server.says_304_to_all = OTHER, True
    response = ask(run, server)
    assert response.body == OTHER
    assert server.asked[1:] == [{"If-Modified-Since": LONG_AGO}, {}]
    assert [row[1:] for row in attempts(run) if row[0] == ARTICLE][1:] == [
        (304, "server_error"),
        (200, "ok"),
    ]


def test_304_that_nobody_asked_for_is_a_failure(run: Run) -> None:
    def answer(request: Request) -> Response:
        return Response(request.url, status=404 if "robots" in request.url else 304)

    (entry,) = frontier.add(
        run.archive, run.crawl.campaign, [Task(HOST, "article", ARTICLE, {"column": COLUMN})]
    )
    dispatch = Dispatch(run, run.portals[HOST], Capture(run))
    response = fetch(Downloads(a_crawler(run), answer), dispatch.request(entry))
    (item,) = dispatch.arrived(response)
    assert (item.outcome, response.status) == ("server_error", 304)


def test_tag_that_stood_over_other_bytes_is_never_believed_again(run: Run) -> None:
    server = Server(ETag=TAG)
    ask(run, server)
    server.body = OTHER
    ask(run, server, changed="yes")  # a row that shows another date is fetched whatever a tag says
    server.body = BODY
    assert ask(run, server).body == BODY
    assert server.asked == [{}, {}, {}]


def test_block_page_is_asked_for_anew(run: Run) -> None:
    server = Server(ETag=TAG)
    ask(run, server)
    run.archive.conn.execute("UPDATE frontier SET outcome = 'block_page'")
    ask(run, server)
    assert server.asked == [{}, {}]


def test_condition_does_not_follow_a_redirect(run: Run) -> None:
    server = Server(ETag=TAG)
    ask(run, server)

    def answer(request: Request) -> Response:
        if request.url == ARTICLE:
            return Response(request.url, status=302, headers={"Location": "/index.shtml"})
        return server(request)

    server.says_304_to_all = True
    run.crawl = crawls.begin(run.archive, spider=HOST, arguments={})
    (entry,) = frontier.add(run.archive, run.crawl.campaign, [Task(HOST, "article", ARTICLE, {})])
    request = Dispatch(run, run.portals[HOST], Capture(run)).request(entry)
    response = fetch(Downloads(a_crawler(run), answer), request)
    assert (response.status, server.asked[-1]) == (200, {})


def test_what_a_date_must_be_to_be_believed() -> None:
    headers = {"last-modified": DATE, "date": "Sun, 21 Jan 2024 00:00:00 GMT"}
    asked = ("If-Modified-Since", DATE)
    assert condition(headers, is_list=False) == asked
    assert condition(headers, is_list=True) is None, "a list that is missed is missed for good"
    assert condition(headers | {"date": DATE}, is_list=False) is None, "made at that moment"
    assert condition(headers, is_list=False, dated="2024-01-20") == asked
    assert condition(headers, is_list=False, dated="2024-03-01") is None, "older than its page"
    assert condition(headers, is_list=False, lies={"last-modified"}) is None
    assert condition({"last-modified": "yesterday"}, is_list=False) is None
    assert condition({"etag": "no quotes"}, is_list=False) is None


def test_one_date_over_all_pages_says_nothing(run: Run) -> None:
    for number in range(6):
        server = Server(BODY + str(number).encode(), **{"Last-Modified": DATE})
        ask(run, server, f"{COLUMN}{number}.shtml")
    run.archive.conn.execute("UPDATE fetches SET crawl_id = 1 WHERE outcome = 'ok'")
    assert revisits.share_of_one_date(run.archive, HOST) == 1.0
    server = Server(**{"Last-Modified": DATE})
    ask(run, server, f"{COLUMN}3.shtml")
    assert server.asked == [{}]


def test_the_log_keeps_what_the_304_said(run: Run) -> None:
    server = Server(ETag=TAG)
    ask(run, server)
    again = ask(run, server)
    fetch_id = again.meta["fetch_id"]
    assert revisits.confirmed(run.archive, fetch_id) < fetch_id
    headers = run.archive.conn.execute(
        "SELECT headers FROM fetches WHERE id = ?", [fetch_id]
    ).fetchone()[0]
    assert "ETag" not in dict(json.loads(headers))
