"""What a later campaign knows of an earlier one: lists seen whole, rows that vanished, places."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from archive import coverage, evidence, frontier, list_pages, listings, missing
from archive.address import address
from archive.db import Archive
from archive.list_pages import Whole
from archive.standing import standings
from tests.archive.world import COLUMN, HOST, Listing, Run, Task, one, reading, rows

A, B, C = (f"http://{HOST}/{name}.html" for name in "abc")
PAGE_2 = f"{COLUMN}index_1.html"
OTHER_COLUMN = f"http://{HOST}/other/"


@dataclass(frozen=True)
class Page:
    number: int
    pages: int
    rows: tuple[tuple[str, str], ...]
    vouched: tuple[tuple[str, str], ...] = ()


def marked(*urls: str) -> tuple[tuple[str, str], ...]:
    return tuple((url, "00000000") for url in urls)


def listed(*urls: str, column: str = COLUMN) -> tuple[Listing, ...]:
    return tuple(Listing(url, "年报", column=column) for url in urls)


def a_list(
    run: Run, *pages: tuple[str, ...], vouched: tuple[str, ...] = (), total: int = 0
) -> dict[int, frontier.Entry]:
    """Page a list; the last page given is the list's last, and vouches for rows."""
    total, entries = total or len(pages), {}
    parent = None
    for place, urls in enumerate(pages, start=1):
        number = total if place == len(pages) else place
        url = COLUMN if number == 1 else f"{COLUMN}index_{number - 1}.html"
        role = "column" if number == 1 else "list"
        task = Task(url, role, args={"column": COLUMN, "depth": 0})
        (entry,) = frontier.add(run.archive, run.crawl.campaign, [task], parent=parent)
        parent = parent or entry.id
        fetch_id = run.fetch(entry, "ok", f"{url}{run.day}".encode())
        more = vouched if number == total else ()
        listings.save(run.archive, run.crawl.id, fetch_id, listed(*urls))
        page = Page(number, total, marked(*urls), marked(*more))
        list_pages.save(run.archive, entry, fetch_id, page)
        frontier.done(run.archive, entry.id, "ok")
        entries[number] = entry
    return entries


def asked(run: Run, url: str = COLUMN) -> Whole | None:
    """Return what the next page of a campaign is compared with."""
    return list_pages.before(run.archive, run.entry(Task(url, "column", args={"column": COLUMN})))


def test_list_is_put_together_from_its_pages(archive: Archive) -> None:
    assert asked(Run(archive)) is None
    a_list(Run(archive, arguments={"n": 1}), (A, B), (C,))
    assert asked(Run(archive, arguments={"n": 2})) == Whole(marked(A, B, C), 2, 1, settled=False)


def test_rows_that_a_page_vouches_for_stand_before_it(archive: Archive) -> None:
    a_list(Run(archive), (A,), (B,), (C,))
    run = Run(archive, "2025-06-01")
    entries = a_list(run, (A,), (C,), vouched=(B,), total=3)
    assert asked(Run(archive, "2026-06-01")) == Whole(marked(A, B, C), 3, 1, settled=False)
    last = one(archive, "SELECT fetch_id FROM frontier WHERE id = ?", entries[3].id)
    first_seen, last_seen, fetch_id, crawl_id = rows(
        archive, "SELECT first_seen, last_seen, fetch_id, crawl_id FROM listings WHERE url = ?", B
    )[0]
    assert (fetch_id, crawl_id) == (last, run.crawl.id)
    assert first_seen == last_seen, "no page showed it a second time"
    (visit, _) = evidence.visits(archive, "9999")[HOST, COLUMN]
    assert visit.pages == 3, "the page that was not asked for counts"


def test_list_with_a_report_still_to_be_had_is_not_settled(archive: Archive) -> None:
    run = Run(archive)
    run.page(rows=(Listing(A, "2022年年报", 2022), Listing(B, "2023年年报", 2023)))
    run.article(A)
    entry = frontier.get(archive, 1)
    list_pages.save(archive, entry, 1, Page(1, 1, marked(A, B)))
    next_time = Run(archive, "2025-06-01").entry(Task(COLUMN, "column", args={"column": COLUMN}))
    assert list_pages.before(archive, next_time) == Whole(marked(A, B), 1, 2, settled=False)
    only = list_pages.before(archive, next_time, [2022])
    assert only is not None
    assert only.settled, "nobody wants the other one"


def test_list_that_was_not_seen_whole_is_no_measure(archive: Archive) -> None:
    a_list(Run(archive), (A,), (C,), total=3)  # nobody vouches for page 2
    assert asked(Run(archive, arguments={"n": 2})) is None
    entries = a_list(Run(archive, arguments={"n": 3}), (A, B), (C,))
    archive.conn.execute("UPDATE frontier SET outcome = 'truncated' WHERE id = ?", [entries[2].id])
    assert asked(Run(archive, arguments={"n": 4})) is None


def gone_after(archive: Archive, run: Run, *, again: bool = False) -> list[str]:
    return [row.url for row in missing.rows(archive, run.crawl.campaign, [HOST], again=again)]


def first_campaign(archive: Archive) -> None:
    run = Run(archive)
    run.page(rows=listed(A, B))
    run.article(A, [reading(title="襄阳市财政局2022年报告", year=2022)])
    run.article(B)
    run.finish()


def test_rows_that_vanished_are_asked_for_once(archive: Archive) -> None:
    first_campaign(archive)
    second = Run(archive, "2025-06-01")
    second.page(rows=listed(A))
    assert gone_after(archive, second) == [B]
    (row,) = missing.rows(archive, second.crawl.campaign, [HOST])
    assert row.args["missing"] is True
    assert row.args["column"] == COLUMN
    second.article(B, outcome="not_found")
    assert gone_after(archive, second) == []
    third = Run(archive, "2026-06-01")
    third.page(rows=listed(A))
    assert gone_after(archive, third) == []
    assert gone_after(archive, third, again=True) == [B], "recheck=all asks for all"


def test_question_without_an_answer_is_asked_again(archive: Archive) -> None:
    first_campaign(archive)
    second = Run(archive, "2025-06-01")
    second.page(rows=listed(A))
    second.article(B, outcome="timeout")
    third = Run(archive, "2026-06-01")
    third.page(rows=listed(A))
    assert gone_after(archive, third) == [B]


def test_list_that_failed_hides_rows_and_does_not_miss_them(archive: Archive) -> None:
    first_campaign(archive)
    second = Run(archive, "2025-06-01")
    second.page(rows=listed(A))
    second.page(PAGE_2, outcome="timeout")
    assert gone_after(archive, second) == []


def test_row_that_another_column_lists_is_not_missing(archive: Archive) -> None:
    first_campaign(archive)
    second = Run(archive, "2025-06-01")
    second.page(rows=listed(A))
    second.page(OTHER_COLUMN, rows=listed(B, column=OTHER_COLUMN), column=OTHER_COLUMN)
    assert gone_after(archive, second) == []


def test_column_that_was_not_visited_misses_nothing(archive: Archive) -> None:
    first_campaign(archive)
    second = Run(archive, "2025-06-01")
    second.page(OTHER_COLUMN, column=OTHER_COLUMN)
    assert gone_after(archive, second) == []


def test_another_page_in_the_place_of_a_report_is_a_report_that_is_gone(archive: Archive) -> None:
    first_campaign(archive)
    second = Run(archive, "2025-06-01")
    second.page(rows=listed(A, B))
    second.article(B, [reading(kind="index", tables={}, sections=[])], data=b"home")
    archive.conn.execute(
        "UPDATE frontier SET outcome = 'not_found' WHERE campaign = ? AND url = ?",
        [second.crawl.campaign, B],
    )
    coverage.update(archive, [2022, 2023], "2025-06-02")
    found = "SELECT year, status FROM coverage JOIN reports USING (publisher_id, year) ORDER BY 1"
    assert rows(archive, found) == [(2022, "found"), (2023, "gone")]
    (gone,) = standings(archive)
    assert (gone.url, gone.kind, gone.to) == (B, "removed", None)
    assert list(standings(archive, years=[2022])) == []


def test_same_text_at_another_address_is_a_report_that_moved(archive: Archive) -> None:
    first_campaign(archive)
    second = Run(archive, "2025-06-01")
    second.page(rows=listed(A, C))
    second.article(C)
    second.article(B, outcome="not_found")
    (moved,) = standings(archive)
    assert (moved.url, moved.kind, moved.to) == (B, "moved", "city.gov.cn/c.html")
    assert one(archive, "SELECT count(*) FROM fetches WHERE id = ?", moved.evidence_fetch_id) == 1


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("http://www.a.gov.cn/P020.pdf?token=9f&expires=17", "https://a.gov.cn/P020.pdf"),
        ("http://a.gov.cn/downfile.jsp?filename=8.pdf&sign=1", "http://a.gov.cn/downfile.jsp?filename=8.pdf"),
    ],
)  # fmt: skip
def test_a_file_with_another_token_is_the_same_file(url: str, same: str) -> None:
    assert address(url) == address(same)
    assert address("http://a.gov.cn/t.html?id=1") != address("http://a.gov.cn/t.html?id=2")
