"""Best first within a portal, fair between portals, and no further than it pays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import capture, exploration, frontier
from archive.capture import Attempt
from archive.frontier import Entry
from crawler import neighbours
from crawler.exploring import Exploring
from crawler.run import Run
from spiders.discovery import scores
from spiders.discovery.portal import discovered
from spiders.tasks import Parsed, SubHost, Task
from tests.crawler.support import a_run

A, B, BELOW = "www.a.gov.cn", "www.b.gov.cn", "czj.a.gov.cn"


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    run = a_run(tmp_path)
    for host in (A, B):
        run.admit(discovered(host, division="420600")())
    run.admit(discovered(BELOW, discovered_from=f"http://{A}/")())
    yield run
    run.archive.close()


class Search:
    """Exploring, and what it sent."""

    def __init__(self, run: Run, *, budget: int = 3, below: int = 1) -> None:
        self.run = run
        self.sent: list[Entry] = []
        self.exploring = Exploring(run, self.sent.append, budget=budget, budget_below=below)

    def find(self, *pages: tuple[str, str, int]) -> None:
        tasks = [
            Task(host, "explore", f"http://{host}/{path}/", {"trail": [[f"{path}", "", points]]})
            for host, path, points in pages
        ]
        new = self.exploring.new(tasks)
        self.exploring.take(frontier.add(self.run.archive, self.run.crawl.campaign, new))

    def end(self, entry: Entry, *, is_column: bool = False) -> None:
        frontier.done(self.run.archive, entry.id, "ok")
        self.exploring.ended(entry, is_column=is_column)

    def paths(self) -> list[str]:
        return [entry.url.split("/")[3] for entry in self.sent]


def left(run: Run) -> list[str]:
    rows = run.archive.conn.execute("SELECT url FROM frontier WHERE state = 'pending' ORDER BY id")
    return [row[0] for row in rows]


def test_the_best_page_goes_first_and_one_at_a_time(run: Run) -> None:
    search = Search(run)
    search.find((A, "home", 100))
    search.find((A, "map", 30), (A, "zwgk", 66), (A, "gknb", 95))
    assert search.paths() == ["home"]
    search.end(search.sent[-1])
    assert search.paths() == ["home", "gknb"]
    search.find((A, "better", 97))
    search.end(search.sent[-1])
    assert search.paths() == ["home", "gknb", "better"]


def test_portals_do_not_wait_for_each_other(run: Run) -> None:
    search = Search(run)
    search.find((A, "home", 100), (A, "zwgk", 66), (B, "low", 26))
    assert search.paths() == ["home", "low"]


def test_a_portal_that_shows_nothing_costs_its_budget(run: Run) -> None:
    search = Search(run, budget=3)
    search.find(*((A, f"page{at}", 90 - at) for at in range(9)))
    while len(search.sent) < 9 and search.sent[-1] is not None:
        before = len(search.sent)
        search.end(search.sent[-1])
        if len(search.sent) == before:
            break
    assert search.paths() == ["page0", "page1", "page2"]
    assert left(run) == [], "what is not worth asking for is no work left over"


def test_each_column_earns_some_pages_back(run: Run) -> None:
    search = Search(run, budget=2)
    search.find(*((A, f"page{at}", 90 - at) for at in range(9)))
    search.end(search.sent[-1], is_column=True)
    for _ in range(8):
        before = len(search.sent)
        search.end(search.sent[-1])
        if len(search.sent) == before:
            break
    assert len(search.sent) == 1 + 2 + 3


def test_a_host_below_another_has_a_smaller_budget(run: Run) -> None:
    search = Search(run, budget=3, below=1)
    search.find((BELOW, "home", 100), (BELOW, "zwgk", 66))
    search.end(search.sent[-1])
    assert search.paths() == ["home"]


def test_after_a_column_only_firm_links_are_followed(run: Run) -> None:
    search = Search(run)
    search.find((A, "gknb", 95), (A, "map", scores.FIRM - 1), (A, "bm", scores.FIRM))
    search.end(search.sent[-1], is_column=True)
    search.end(search.sent[-1])
    assert search.paths() == ["gknb", "bm"]


def test_a_page_is_explored_under_one_spelling_only(run: Run) -> None:
    search = Search(run)
    search.find((A, "zwgk", 66))
    tasks = [
        Task(A, "explore", url, {"trail": [[url, "", 66]]})
        for url in (f"http://{A}/zwgk", f"https://{A}/zwgk/index.html", f"http://{A}/zwgk/?id=1")
    ]
    assert [task.url for task in search.exploring.new(tasks)] == [f"http://{A}/zwgk/?id=1"]


def test_another_process_goes_on_with_the_same_budget(run: Run) -> None:
    search = Search(run, budget=3)
    search.find((A, "home", 100), (A, "zwgk", 66), (A, "bm", 58), (A, "map", 30))
    search.end(search.sent[-1])
    again = Search(run, budget=3)
    again.exploring.take(frontier.unfinished(run.archive, run.crawl.campaign))
    assert again.paths() == ["zwgk"]
    again.end(again.sent[-1])
    again.end(again.sent[-1])
    assert again.paths() == ["zwgk", "bm"]


def test_a_page_that_was_asked_for_is_never_forgotten(run: Run) -> None:
    search = Search(run, budget=1)
    search.find((A, "home", 100), (A, "tried", 50))
    tried = frontier.unfinished(run.archive, run.crawl.campaign)[1]
    attempt = Attempt(
        portal=A, url=tried.url, outcome="timeout", crawl_id=run.crawl.id, entry_id=tried.id
    )
    capture.record(run.archive, attempt)
    search.end(search.sent[-1])
    assert left(run) == []
    assert frontier.get(run.archive, tried.id).outcome == "timeout"


def test_a_promoted_page_is_a_column_and_no_longer_counts(run: Run) -> None:
    search = Search(run)
    search.find((A, "gknb", 95))
    (entry,) = search.sent
    assert exploration.promote(run.archive, entry, {"column": entry.url, "why": "its heading"})
    assert exploration.states(run.archive, run.crawl.campaign)[A] == exploration.Explored(0, 1)
    (found,) = exploration.found(run.archive, run.crawl.campaign)
    assert (found.url, found.why) == (entry.url, "its heading")


def reached(run: Run, url: str, label: str) -> list[Task]:
    """Return what becomes of a link to another host."""
    host = url.split("/")[2]
    portal = run.portals[A]
    task = Task(host, "explore", url, {"trail": [[url, label, 60]]})
    seen = SubHost(host, "http", label, f"http://{A}/bmwz/")
    return neighbours.reachable(run, portal, Parsed(tasks=(task,), hosts=(seen,)))


def test_a_sub_host_becomes_a_portal_before_it_is_asked(run: Run) -> None:
    assert not run.is_official("mzj.a.gov.cn")
    (task,) = reached(run, "http://mzj.a.gov.cn/", "市民政局")
    assert (task.portal, run.is_official("mzj.a.gov.cn")) == ("mzj.a.gov.cn", True)
    row = run.archive.conn.execute(
        "SELECT agency, division_code, evidence, discovered_from FROM portals WHERE host = ?",
        [task.portal],
    ).fetchone()
    assert row == (
        "市民政局", "420600", f"linked on http://{A}/bmwz/ as '市民政局'", f"http://{A}/bmwz/",
    )  # fmt: skip


def test_a_sub_host_with_a_leaf_is_crawled_by_it(run: Run) -> None:
    tasks = reached(run, "http://jxj.xiangyang.gov.cn/", "市经信局")
    assert [(task.role, task.portal) for task in tasks] == [("column", "jxj.xiangyang.gov.cn")]


def test_another_places_portal_is_left_alone(run: Run) -> None:
    """www.ezhou.gov.cn's neighbours are official, but nobody asked for them."""
    registered = sorted(neighbours._registered_hosts())[0]
    assert reached(run, f"http://{registered}/", "甲县") == []
    assert not run.is_official(registered)
