"""The downloader middlewares in the order of settings.py, around a fake downloader."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from scrapy import Request, signals
from scrapy.downloadermiddlewares import cookies
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadTimeoutError,
)
from scrapy.http import Headers, HtmlResponse, Response

from archive import capture, frontier
from crawler.dispatch import Dispatch
from crawler.middlewares.capture import Capture
from crawler.middlewares.robots import MOST_RULES
from crawler.outcomes import Refused
from crawler.run import Run
from tests.crawler.support import COLUMN, HOST, Downloads, a_crawler, a_run, attempts, fetch

ROBOTS = f"http://{HOST}/robots.txt"
PAGE = b"<html><body>" + "政府信息公开年报".encode() + b"</body></html>"

Answer = Callable[[Request], Response]


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    run = a_run(tmp_path)
    yield run
    run.archive.close()


def page(request: Request, status: int = 200, body: bytes = PAGE, **headers: str) -> Response:
    return HtmlResponse(
        request.url, status=status, body=body, headers={"Content-Type": "text/html", **headers}
    )


def robots_then(answer: Answer, *, status: int = 404, body: bytes = b"") -> Answer:
    """Answer robots.txt with a status, everything else with ``answer``."""

    def choose(request: Request) -> Response:
        if request.url.endswith("/robots.txt"):
            return Response(request.url, status=status, body=body)
        return answer(request)

    return choose


def a_request(run: Run, downloads: Downloads, url: str = COLUMN) -> Request:
    """Return the request of a frontier row, as the scheduler would make it."""
    portal = run.portals[HOST]
    (task,) = portal.start_tasks()
    (entry,) = frontier.add(run.archive, run.crawl.campaign, [task])
    return Dispatch(run, portal, Capture(run)).request(entry).replace(url=url)


def state(run: Run) -> str:
    return str(run.archive.conn.execute("SELECT state FROM frontier").fetchone()[0])


def test_page_is_stored_decoded_with_its_row_in_one_step(run: Run) -> None:
    squeezed = gzip.compress(PAGE)
    downloads = Downloads(
        a_crawler(run),
        robots_then(lambda r: page(r, body=squeezed, **{"Content-Encoding": "gzip"})),
    )
    response = fetch(downloads, a_request(run, downloads))
    assert response.body == PAGE
    answer = capture.answer(run.archive, response.meta["fetch_id"])
    assert (answer.body, answer.outcome) == (PAGE, "ok")
    assert state(run) == "fetched"


def test_redirect_is_recorded_and_keeps_its_row(run: Run) -> None:
    def answer(request: Request) -> Response:
        if request.url == COLUMN:
            return page(request, 302, b"moved", Location="/zwgk/gknb/index.shtml")
        return page(request)

    downloads = Downloads(a_crawler(run), robots_then(answer))
    response = fetch(downloads, a_request(run, downloads))
    assert attempts(run) == [
        (ROBOTS, 404, "not_found"),
        (COLUMN, 302, "redirect"),
        (COLUMN + "index.shtml", 200, "ok"),
    ]
    assert response.meta["entry"].url == COLUMN
    assert state(run) == "fetched"


def test_redirect_to_itself_with_a_cookie_passes_again(run: Run) -> None:
    def answer(request: Request) -> Response:
        if b"CT6T=1" in request.headers.get("Cookie", b""):
            return page(request)
        return page(request, 302, b"", Location=request.url, **{"Set-Cookie": "CT6T=1; path=/"})

    downloads = Downloads(a_crawler(run), robots_then(answer))
    assert fetch(downloads, a_request(run, downloads)).status == 200
    assert downloads.asked == [ROBOTS, COLUMN, COLUMN]


def test_cookie_with_a_domain_asks_no_network(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fetching(domain: str) -> None:
        raise AssertionError("Scrapy's splitter fetches the list of public suffixes")

    monkeypatch.setattr(cookies, "_split_domain", fetching)
    jar: list[bytes | None] = []

    def answer(request: Request) -> Response:
        jar.append(request.headers.get("Cookie"))
        return page(request, **{"Set-Cookie": "a=1; domain=.gov.cn"})

    downloads = Downloads(a_crawler(run), robots_then(answer))
    fetch(downloads, a_request(run, downloads))
    fetch(downloads, Request(f"http://{HOST}/b", meta={"portal": HOST}))
    assert jar == [None, None], "a cookie for all of gov.cn must not be kept"


@pytest.mark.parametrize(
    ("status", "outcome"), [(404, "not_found"), (412, "challenge"), (521, "challenge")]
)
def test_refusals_of_the_server_are_recorded_and_settle_nothing(
    run: Run, status: int, outcome: str
) -> None:
    downloads = Downloads(a_crawler(run), robots_then(lambda r: page(r, status)))
    assert fetch(downloads, a_request(run, downloads)).status == status
    assert attempts(run)[-1] == (COLUMN, status, outcome)
    assert state(run) == "pending"


def test_each_try_of_a_failing_page_is_recorded(run: Run) -> None:
    def answer(request: Request) -> Response:
        raise DownloadTimeoutError("slow")

    downloads = Downloads(a_crawler(run, RETRY_TIMES=2), robots_then(answer))
    with pytest.raises(DownloadTimeoutError):
        fetch(downloads, a_request(run, downloads))
    assert attempts(run)[1:] == [(COLUMN, None, "timeout")] * 3


@pytest.mark.parametrize(
    "location",
    [
        "http://www.example.com/",
        "http://169.254.169.254/latest/",
        f"http://{HOST}:8888/zwgk/",
        "ftp://xzsp.xiangyang.gov.cn/",
        "http://sthjj.xiangyang.gov.cn/",
    ],
)
def test_redirect_to_a_foreign_place_is_not_followed(run: Run, location: str) -> None:
    downloads = Downloads(
        a_crawler(run), robots_then(lambda r: page(r, 302, b"", Location=location))
    )
    try:
        response = fetch(downloads, a_request(run, downloads))
    except Refused as error:
        assert error.outcome == "foreign_host"
        assert attempts(run)[-1][2] == "foreign_host"
    else:
        assert response.status == 302, "only an address that is not http is left unfollowed"
    assert downloads.asked == [ROBOTS, COLUMN]


def test_www_and_bare_host_are_one(run: Run) -> None:
    downloads = Downloads(a_crawler(run), robots_then(page))
    request = a_request(run, downloads, f"http://www.{HOST}/zwgk/gknb/")
    assert fetch(downloads, request).status == 200


def test_robots_rules_are_obeyed_and_the_file_is_asked_once(run: Run) -> None:
    rules = b"User-agent: *\nDisallow: /zwgk/secret/\n"
    downloads = Downloads(a_crawler(run), robots_then(page, status=200, body=rules))
    assert fetch(downloads, a_request(run, downloads)).status == 200
    with pytest.raises(Refused) as caught:
        fetch(downloads, Request(f"http://{HOST}/zwgk/secret/a.html", meta={"portal": HOST}))
    assert caught.value.outcome == "robots_denied"
    assert downloads.asked.count(ROBOTS) == 1
    assert attempts(run)[0] == (ROBOTS, 200, "ok")


@pytest.mark.parametrize("status", [401, 403, 404, 412])
def test_robots_4xx_means_no_rules(run: Run, status: int) -> None:
    refusal = b"User-agent: *\nDisallow: /\n"
    downloads = Downloads(a_crawler(run), robots_then(page, status=status, body=refusal))
    assert fetch(downloads, a_request(run, downloads)).status == 200


def test_robots_are_read_up_to_their_limit(run: Run) -> None:
    filler = b"# padding\n" * (MOST_RULES // 10 + 1)
    for rules, status in [
        (b"User-agent: *\nDisallow: /\n" + filler, None),
        (b"User-agent: *\n" + filler + b"Disallow: /\n", 200),
    ]:
        downloads = Downloads(a_crawler(run), robots_then(page, status=200, body=rules))
        if status:
            assert fetch(downloads, a_request(run, downloads)).status == status
            continue
        with pytest.raises(Refused):
            fetch(downloads, Request(COLUMN, meta={"portal": HOST}))


def test_robots_5xx_stops_the_host_whatever_its_body_says(run: Run) -> None:
    allowing = b"User-agent: *\nDisallow:\n"
    downloads = Downloads(
        a_crawler(run, RETRY_TIMES=0), robots_then(page, status=503, body=allowing)
    )
    with pytest.raises(Refused) as caught:
        fetch(downloads, a_request(run, downloads))
    assert caught.value.outcome == "robots_denied"
    assert downloads.asked == [ROBOTS]


def test_host_that_gives_no_robots_has_the_failure_of_the_host(run: Run) -> None:
    def answer(request: Request) -> Response:
        raise CannotResolveHostError("no such name")

    downloads = Downloads(a_crawler(run, RETRY_TIMES=0), answer)
    with pytest.raises(Refused) as caught:
        fetch(downloads, a_request(run, downloads))
    assert caught.value.outcome == "dns"
    assert downloads.asked == [ROBOTS]


def test_crawl_delay_slows_the_whole_registered_domain(run: Run) -> None:
    rules = b"User-agent: *\nCrawl-delay: 7\n"
    crawler = a_crawler(run)
    downloads = Downloads(crawler, robots_then(page, status=200, body=rules))
    request = a_request(run, downloads)
    fetch(downloads, request)
    assert request.meta["download_slot"] == "xiangyang.gov.cn"
    assert downloads.downloader.per_slot_settings == {"xiangyang.gov.cn": {"delay": 7.0}}


def test_crawl_delay_never_makes_us_faster(run: Run) -> None:
    rules = b"User-agent: *\nCrawl-delay: 0.1\n"
    downloads = Downloads(
        a_crawler(run, DOWNLOAD_DELAY=2), robots_then(page, status=200, body=rules)
    )
    fetch(downloads, a_request(run, downloads))
    assert downloads.downloader.per_slot_settings["xiangyang.gov.cn"]["delay"] == 2


def test_sandbox_routes_robots_and_pages_through_its_proxy(tmp_path: Path) -> None:
    run = a_run(tmp_path, sandbox="http://127.0.0.1:9")
    proxies: list[object] = []

    def answer(request: Request) -> Response:
        proxies.append(request.meta.get("proxy"))
        return page(request)

    downloads = Downloads(a_crawler(run), robots_then(answer))
    request = a_request(run, downloads)
    request.meta["proxy"] = None  # whatever was there before
    fetch(downloads, request)
    assert proxies == ["http://127.0.0.1:9"]
    run.archive.close()


def test_fetched_row_is_answered_without_the_network(run: Run) -> None:
    squeezed = gzip.compress(PAGE)
    downloads = Downloads(
        a_crawler(run),
        robots_then(lambda r: page(r, body=squeezed, **{"Content-Encoding": "gzip"})),
    )
    first = fetch(downloads, a_request(run, downloads))
    (entry,) = frontier.unfinished(run.archive, run.crawl.campaign)
    downloads.asked.clear()
    again = fetch(downloads, Dispatch(run, run.portals[HOST], Capture(run)).request(entry))
    assert downloads.asked == []
    assert (again.body, again.url, again.status) == (first.body, first.url, 200)
    assert again.meta["fetch_id"] == first.meta["fetch_id"]
    assert len(attempts(run)) == 2, "a replay is no attempt"


@pytest.mark.parametrize(
    ("body", "outcome", "tries"),
    [(gzip.compress(b"0" * 100_000), "too_large", 1), (b"<html>no gzip</html>", "truncated", 2)],
)
def test_bomb_and_broken_stream_are_outcomes_with_headers(
    run: Run, body: bytes, outcome: str, tries: int
) -> None:
    packed = {"Content-Encoding": "gzip", "X-Kept": "1"}
    crawler = a_crawler(run, DOWNLOAD_MAXSIZE=10_000, RETRY_TIMES=1)
    downloads = Downloads(crawler, robots_then(lambda r: page(r, body=body, **packed)))
    response = fetch(downloads, a_request(run, downloads))
    assert response.meta["outcome"] == outcome
    assert attempts(run)[1:] == [(COLUMN, 200, outcome)] * tries
    kept = capture.answer(run.archive, response.meta["fetch_id"])
    assert ("X-Kept", "1") in kept.headers
    assert kept.body is None
    assert state(run) == "pending"


def test_headers_of_a_body_that_never_arrives_are_kept(run: Run) -> None:
    crawler = a_crawler(run)

    def answer(request: Request) -> Response:
        headers = Headers({"Content-Length": "99999999999"})
        crawler.signals.send_catch_log(
            signals.headers_received, headers=headers, body_length=9, request=request, spider=None
        )
        raise DownloadCancelledError("over DOWNLOAD_MAXSIZE")

    downloads = Downloads(crawler, robots_then(answer))
    request = a_request(run, downloads)
    with pytest.raises(DownloadCancelledError):
        fetch(downloads, request)
    assert attempts(run)[1:] == [(COLUMN, None, "too_large")], "it is asked once"
    kept = capture.answer(run.archive, request.meta["fetch_id"])
    assert kept.headers == (("Content-Length", "99999999999"),)


def test_headers_are_kept_as_sent(run: Run) -> None:
    def answer(request: Request) -> Response:
        headers = Headers({"Content-Type": "text/html"})
        headers.appendlist("Set-Cookie", "a=1")
        headers.appendlist("Set-Cookie", "b=2")
        return HtmlResponse(request.url, body=PAGE, headers=headers)

    downloads = Downloads(a_crawler(run), robots_then(answer))
    response = fetch(downloads, a_request(run, downloads))
    answer_kept = capture.answer(run.archive, response.meta["fetch_id"])
    assert [value for name, value in answer_kept.headers if name == "Set-Cookie"] == ["a=1", "b=2"]
