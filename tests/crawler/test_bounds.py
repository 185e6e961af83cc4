"""Lists without an end come to one, and pages that are known already are never cut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import frontier
from crawler.bounds import Bounds
from crawler.run import Run
from spiders.tasks import Role, Task
from tests.crawler.support import COLUMN, HOST, a_run


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    run = a_run(tmp_path)
    yield run
    run.archive.close()


def tasks(role: Role, *numbers: int, column: str = COLUMN) -> list[Task]:
    return [Task(HOST, role, f"{column}{n}.html", {"column": column}) for n in numbers]


def bounds(run: Run, column: int = 3, portal: int = 99) -> Bounds:
    return Bounds(run.archive, run.crawl.campaign, column=column, portal=portal)


def follow(run: Run, bound: Bounds, found: list[Task]) -> int:
    kept, left_out = bound.within(found)
    bound.count(frontier.add(run.archive, run.crawl.campaign, kept))
    return left_out


def test_calendar_without_an_end_has_one(run: Run) -> None:
    bound = bounds(run)
    left_out = [follow(run, bound, tasks("column", n, n + 1)) for n in range(50)]
    assert sum(frontier.lists(run.archive, run.crawl.campaign).values()) == 3
    assert left_out[0] == 0 and left_out[-1] == 2


def test_known_lists_and_articles_pass(run: Run) -> None:
    bound = bounds(run)
    follow(run, bound, tasks("list", 1, 2, 3))
    assert follow(run, bound, [*tasks("list", 1, 2, 3), *tasks("article", *range(9))]) == 0


def test_portal_has_a_bound_over_its_columns(run: Run) -> None:
    bound = bounds(run, portal=4)
    assert follow(run, bound, tasks("list", 1, 2, 3)) == 0
    assert follow(run, bound, tasks("list", 1, 2, 3, column=COLUMN + "x/")) == 2


def test_resumed_crawl_counts_what_was_there(run: Run) -> None:
    follow(run, bounds(run), tasks("list", 1, 2, 3))
    assert follow(run, bounds(run), tasks("list", 4)) == 1
    assert follow(run, bounds(run, portal=3), tasks("list", 4, column=COLUMN + "x/")) == 1
