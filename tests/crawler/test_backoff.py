"""A host that refuses or fails is left alone in time; a page that arrives clears it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import HtmlResponse, Response
from twisted.internet.defer import Deferred

from crawler.middlewares.backoff import BackOff
from crawler.outcomes import Refused
from crawler.run import Run
from tests.crawler.support import HOST, Downloads, a_crawler, a_run, fetch

SLOT = "xiangyang.gov.cn"
OTHER = "jxj.xiangyang.gov.cn"
WALL = "<html><body><h1>访问被拦截</h1></body></html>".encode()

Answer = Callable[[Request], Response]


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    run = a_run(tmp_path)
    for portal in list(run.portals.values()):
        portal.hosts = (HOST, OTHER)  # type: ignore[misc]  # a second host of the domain
        run.admit(portal)
    yield run
    run.archive.close()


def downloads(run: Run, answer: Answer, **settings: object) -> Downloads:
    """Return downloads whose robots.txt is missing and whose domain has a slot."""

    def choose(request: Request) -> Response:
        if request.url.endswith("/robots.txt"):
            return Response(request.url, status=404)
        return answer(request)

    given = {"BACK_OFF_AFTER": 3, "BACK_OFF_PAUSE": 10, "DOWNLOAD_DELAY": 2, "RETRY_TIMES": 1}
    made = Downloads(a_crawler(run, **{**given, **settings}), choose)
    made.downloader.slots[SLOT] = SimpleNamespace(delay=2, queue=deque())
    return made


def page(status: int, body: bytes = b"<html><p>x</p></html>", **headers: str) -> Answer:
    return lambda request: HtmlResponse(request.url, status=status, body=body, headers=headers)


def timeout(request: Request) -> Response:
    raise DownloadTimeoutError("slow")


def ask(made: Downloads, number: int, host: str = HOST) -> str:
    """Ask for one page; return its outcome."""
    request = Request(f"http://{host}/{number}.html", meta={"portal": HOST})
    try:
        return str(fetch(made, request).meta["outcome"])
    except Refused as error:
        return f"refused: {error.outcome}"
    except DownloadTimeoutError:
        return "timeout"


def delay(made: Downloads) -> float:
    return float(made.downloader.slots[SLOT].delay)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (page(412), "challenge"),
        (page(521), "challenge"),
        (page(200, WALL), "block_page"),
        (page(403), "forbidden"),
    ],
)
def test_domain_that_refuses_is_paused_longer_and_then_given_up(
    run: Run, answer: Answer, outcome: str
) -> None:
    made = downloads(run, answer)
    delays = []
    for number in range(3):
        assert ask(made, number) == outcome
        delays.append(delay(made))
    assert delays[:2] == [10, 20]
    asked = len(made.asked)
    assert ask(made, 9) == f"refused: {outcome}"
    assert ask(made, 9, OTHER) == f"refused: {outcome}", "one firewall stands before all hosts"
    assert [url for url in made.asked[asked:] if "robots" not in url] == []


def test_page_that_arrives_clears_the_count_and_the_pause(run: Run) -> None:
    answers = iter([page(412), page(412), page(200), page(412), page(412), page(200)])
    made = downloads(run, lambda request: next(answers)(request))
    assert [ask(made, n) for n in range(3)] == ["challenge", "challenge", "ok"]
    assert delay(made) == 2
    assert [ask(made, n) for n in range(3)] == ["challenge", "challenge", "ok"]


def test_pause_has_an_end_and_heeds_the_server(run: Run) -> None:
    made = downloads(run, page(403, **{"Retry-After": "50"}), BACK_OFF_PAUSE_MAX=60)
    ask(made, 1)
    assert delay(made) == 50
    made = downloads(run, page(412), BACK_OFF_PAUSE_MAX=15)
    ask(made, 1), ask(made, 2)
    assert delay(made) == 15


def test_dead_host_costs_a_bounded_number_of_tries(run: Run) -> None:
    made = downloads(run, lambda r: timeout(r) if HOST in r.url else page(200)(r))
    outcomes = [ask(made, number) for number in range(20)]
    tries = [url for url in made.asked if HOST in url and "robots" not in url]
    assert outcomes[-1] == "refused: timeout"
    assert len(tries) <= 5, "two tries of the first page, one of the other scheme, one each after"
    assert ask(made, 1, OTHER) == "ok", "the domain's other hosts go on"
    assert delay(made) == 2


def test_what_waits_for_a_host_that_is_given_up_is_not_sent(run: Run) -> None:
    made = downloads(run, page(412), BACK_OFF_AFTER=1)
    waits: list[object] = []
    here, elsewhere = Deferred[Response](), Deferred[Response]()
    here.addErrback(lambda failure: waits.append(failure.value))
    queue = made.downloader.slots[SLOT].queue
    queue.append((Request(f"http://{HOST}/2.html"), here))
    queue.append((Request("http://www.other.gov.cn/"), elsewhere))
    ask(made, 1)
    assert [str(one)[:20] for one in waits] == [f"{HOST} was given up"[:20]]
    assert [request.url for request, _ in queue] == ["http://www.other.gov.cn/"]


def test_one_hiccup_pauses_nothing(run: Run) -> None:
    made = downloads(run, page(500))
    assert ask(made, 1) == "server_error"
    assert delay(made) == 2
    ask(made, 2)
    assert delay(made) == 10


def test_robots_that_is_refused_proves_nothing(run: Run) -> None:
    crawler = a_crawler(run, BACK_OFF_AFTER=1)
    made = Downloads(
        crawler, lambda r: page(403 if r.url.endswith("robots.txt") else 200)(r)
    )
    assert ask(made, 1) == "ok"


def test_what_we_refuse_ourselves_is_no_strike(run: Run) -> None:
    made = downloads(run, page(302, Location="http://10.0.0.8/"), BACK_OFF_AFTER=1)
    assert [ask(made, n) for n in range(2)] == ["refused: foreign_host"] * 2


def test_content_that_told_later_counts_too(run: Run) -> None:
    made = downloads(run, page(200), BACK_OFF_AFTER=1)
    (backoff,) = (one for one in made.middlewares.middlewares if isinstance(one, BackOff))
    backoff.strike(f"http://{HOST}/1.html", "block_page")
    assert ask(made, 1) == "refused: block_page"
