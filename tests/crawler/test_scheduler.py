"""The queue is the frontier table: written through, reloaded, no page twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.core.downloader import Downloader, Slot
from scrapy.crawler import Crawler
from scrapy.utils.misc import build_from_crawler

from archive import capture, frontier
from archive.capture import Attempt
from crawler.middlewares.capture import Capture
from crawler.run import Run
from crawler.scheduler import FrontierScheduler
from spiders.tasks import Task
from tests.crawler.support import COLUMN, HOST, Downloads, a_crawler, a_run


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    run = a_run(tmp_path)
    yield run
    run.archive.close()


def a_scheduler(run: Run, monkeypatch: pytest.MonkeyPatch) -> FrontierScheduler:
    """Return an open scheduler, as at the start of a process."""
    crawler = a_crawler(run)
    engine = Downloads(crawler, lambda request: pytest.fail(f"fetched {request}"))
    engine.downloader = Downloader.__new__(Downloader)
    engine.downloader.slots = {}
    engine.downloader.ip_concurrency = 0
    monkeypatch.setattr(
        Crawler, "get_downloader_middleware", lambda self, kind: Capture(run)
    )
    scheduler: FrontierScheduler = build_from_crawler(FrontierScheduler, crawler)
    assert crawler.spider is not None
    crawler.stats.open_spider()
    scheduler.open(crawler.spider)
    return scheduler


def start_requests(run: Run) -> list[Request]:
    portal = run.portals[HOST]
    return [portal.request(task) for task in portal.start_tasks()]


def rows(run: Run) -> list[tuple[str, str]]:
    return list(run.archive.conn.execute("SELECT url, state FROM frontier ORDER BY id"))


def popped(scheduler: FrontierScheduler) -> list[str]:
    found = []
    while (request := scheduler.next_request()) is not None:
        found.append(request.url)
    return found


def an_article(number: int, host: str = HOST) -> Task:
    url = f"http://{host}/zwgk/gknb/202501/t20250117_{number}.shtml"
    return Task(HOST, "article", url, {"column": COLUMN})


def test_request_is_in_the_table_before_it_is_in_the_queue(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheduler = a_scheduler(run, monkeypatch)
    (request,) = start_requests(run)
    assert scheduler.enqueue_request(request)
    assert rows(run) == [(COLUMN, "pending")]
    assert popped(scheduler) == [COLUMN]


def test_same_page_is_queued_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    scheduler = a_scheduler(run, monkeypatch)
    queued = [scheduler.enqueue_request(r) for r in start_requests(run) + start_requests(run)]
    assert queued == [True, False]
    assert len(scheduler) == 1


def test_next_process_goes_on_with_what_is_not_done(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheduler = a_scheduler(run, monkeypatch)
    for request in start_requests(run):
        scheduler.enqueue_request(request)
    first, second = frontier.add(
        run.archive, run.crawl.campaign, [an_article(1), an_article(2)]
    )
    frontier.done(run.archive, first.id, "ok")
    # No close(): the process was killed.
    again = a_scheduler(run, monkeypatch)
    assert [again.enqueue_request(request) for request in start_requests(run)] == [False]
    assert popped(again) == [COLUMN, second.url], "lists first, and nothing that is done"


def test_fetched_row_is_replayed_first(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    pending, fetched = frontier.add(
        run.archive, run.crawl.campaign, [an_article(1), an_article(2)]
    )
    attempt = Attempt(HOST, fetched.url, "ok", body=b"x", entry_id=fetched.id, settles=True)
    fetch_id = capture.record(run.archive, attempt)
    scheduler = a_scheduler(run, monkeypatch)
    request = scheduler.next_request()
    assert request is not None
    assert (request.url, request.meta["replay"]) == (fetched.url, fetch_id)
    request = scheduler.next_request()
    assert request is not None
    assert (request.url, request.meta.get("replay")) == (pending.url, None)


def test_retry_and_redirect_stay_the_same_row(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    scheduler = a_scheduler(run, monkeypatch)
    (request,) = start_requests(run)
    scheduler.enqueue_request(request)
    sent = scheduler.next_request()
    assert sent is not None
    assert scheduler.enqueue_request(sent.copy())
    assert scheduler.enqueue_request(sent.replace(url=COLUMN + "index.shtml"))
    assert rows(run) == [(COLUMN, "pending")]
    assert len(scheduler) == 2


def test_slow_domain_does_not_hold_up_another(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = [an_article(number) for number in range(5)]
    quick = replace(an_article(9), url="http://www.qy.gov.cn/qy/gknb/a.shtml")
    frontier.add(run.archive, run.crawl.campaign, [*slow, quick])
    scheduler = a_scheduler(run, monkeypatch)
    firsts = {request.url for _ in range(2) if (request := scheduler.next_request())}
    assert quick.url in firsts


def test_domain_has_one_request_waiting_and_no_more(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    frontier.add(run.archive, run.crawl.campaign, [an_article(number) for number in range(5)])
    scheduler = a_scheduler(run, monkeypatch)
    slot = Slot(concurrency=1, delay=2)
    scheduler.crawler.engine.downloader.slots["xiangyang.gov.cn"] = slot
    taken = 0
    while (request := scheduler.next_request()) is not None:
        slot.active.add(request)
        taken += 1
    assert taken == 2
    slot.active.pop()
    assert scheduler.next_request() is not None
