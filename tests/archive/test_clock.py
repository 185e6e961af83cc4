"""A clock that was set back or forward changes no order: what came later is told by ids."""

from __future__ import annotations

from archive import coverage
from archive.db import Archive
from tests.archive.world import COLUMN, Listing, Run, Task, one, rows

URL = COLUMN + "2023.html"
TITLE = "襄阳市2023年政府信息公开工作年度报告"
RIGHT, SET_BACK, AHEAD = "2024-06-02", "2024-06-01", "2036-01-01"


def a_run(archive: Archive, day: str, *listed: str) -> Run:
    run = Run(archive, day)
    run.page(rows=tuple(Listing(URL, title, 2023) for title in listed))
    return run


def status(archive: Archive) -> str:
    return statuses(archive)[one(archive, "SELECT publisher_id FROM reports")]


def statuses(archive: Archive, until: str | None = None) -> dict[int, str]:
    found = coverage.compute(archive, [2023], RIGHT, until=until)
    return {item.publisher_id: item.status for item in found}


def test_row_says_what_the_latest_page_said(archive: Archive) -> None:
    a_run(archive, RIGHT, "a first title").finish()
    a_run(archive, SET_BACK, TITLE).finish()
    assert rows(archive, "SELECT title, substr(last_seen, 1, 10) FROM listings") == [
        (TITLE, SET_BACK)
    ]


def test_report_is_gone_though_the_clock_was_set_back(archive: Archive) -> None:
    run = a_run(archive, RIGHT, TITLE)
    run.article(URL)
    run.finish()
    assert status(archive) == "found"
    a_run(archive, SET_BACK).finish()
    assert status(archive) == "gone"


def test_report_is_not_gone_because_the_clock_was_set_forward(archive: Archive) -> None:
    run = a_run(archive, AHEAD, TITLE)
    run.article(URL)
    run.finish()
    a_run(archive, RIGHT, TITLE).finish()
    assert status(archive) == "found"


def test_what_was_fetched_while_the_clock_was_ahead_counts(archive: Archive) -> None:
    run = a_run(archive, AHEAD, TITLE)
    run.article(URL)
    run.finish()
    assert status(archive) == "found"
    dated = statuses(archive, until=RIGHT).values()
    assert "found" not in dated, "who asks for a date gets what was dated by then"


def test_interrupted_run_is_taken_up_and_the_last_is_last(archive: Archive) -> None:
    first = a_run(archive, AHEAD, TITLE)
    first.entry(Task(URL))
    again = Run(archive, SET_BACK)
    assert (again.crawl.resumed, again.crawl.campaign) == (True, first.crawl.id)
    assert one(archive, "SELECT max(id) FROM crawls") == again.crawl.id
