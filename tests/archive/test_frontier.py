from __future__ import annotations

import sqlite3

import pytest

from archive import capture, crawls, documents, frontier, listings, reports
from archive.capture import Attempt
from archive.db import Archive
from extract.record import Issue, Record, Source
from tests.archive.world import BUREAU_HOST, COLUMN, HOST, Listing, Run, Task, one, reading, rows


def test_a_page_is_added_once(archive: Archive) -> None:
    args = {"column": COLUMN, "depth": 0, "名": ["值", None]}
    (entry,) = frontier.add(archive, 1, [Task(COLUMN, "column", args=args)])
    assert (entry.state, entry.args, entry.body) == ("pending", args, None)
    assert frontier.add(archive, 1, [Task(COLUMN, "column", args={"depth": 9})]) == []
    assert frontier.get(archive, entry.id).args == args
    others = [
        Task(COLUMN, "list"),
        Task(COLUMN, "column", portal="other.gov.cn"),
        Task(COLUMN, "column", method="POST", body="page=1"),
        Task(COLUMN, "column", method="POST", body="page=2"),
    ]
    added = frontier.add(archive, 1, others, parent=entry.id)
    assert [item.body for item in added] == [None, None, "page=1", "page=2"]
    assert {item.parent for item in added} == {entry.id}
    assert len(frontier.add(archive, 2, [Task(COLUMN, "column")])) == 1
    with pytest.raises(KeyError):
        frontier.get(archive, 99)


def test_three_states(archive: Archive) -> None:
    run = Run(archive)
    entry = run.entry(Task(COLUMN, "column", args={"column": COLUMN}))
    campaign = run.crawl.campaign
    assert frontier.counts(archive, campaign) == {"pending": 1, "fetched": 0, "done": 0}
    fetch_id = run.fetch(entry, "ok", b"bytes")
    (left,) = frontier.unfinished(archive, campaign)
    assert (left.state, left.fetch_id) == ("fetched", fetch_id)
    answer = capture.answer(archive, fetch_id)
    assert (answer.body, answer.status, answer.url) == (b"bytes", 200, COLUMN)
    assert answer.headers == (("Content-Type", "text/html; charset=utf-8"),)
    frontier.done(archive, entry.id, "ok")
    assert frontier.unfinished(archive, campaign) == []
    assert frontier.counts(archive, campaign) == {"pending": 0, "fetched": 0, "done": 1}


def test_an_outcome_is_one_of_the_codes(archive: Archive) -> None:
    (entry,) = frontier.add(archive, 1, [Task(COLUMN)])
    with pytest.raises(sqlite3.IntegrityError):
        frontier.done(archive, entry.id, "fine")


def test_every_attempt_is_kept_and_the_last_is_the_evidence(archive: Archive) -> None:
    run = Run(archive)
    entry = run.entry(Task(COLUMN, "column"))
    first = run.fetch(entry, "timeout", b"")
    last = run.fetch(entry, "server_error", b"")
    frontier.done(archive, entry.id, "server_error")
    assert [row[0] for row in rows(archive, "SELECT id FROM fetches")] == [first, last]
    assert frontier.get(archive, entry.id).fetch_id == last


def test_a_body_without_a_row_is_kept(archive: Archive) -> None:
    fetch_id = capture.record(
        archive,
        Attempt(
            HOST, f"http://{HOST}/robots.txt", "ok", final_url="https://city.gov.cn/r", body=b"x"
        ),
    )
    assert capture.answer(archive, fetch_id).body == b"x"
    assert one(archive, "SELECT host FROM fetches") == "city.gov.cn"


def test_an_attempt_settles_only_with_body_and_row(archive: Archive) -> None:
    with pytest.raises(ValueError, match="needs entry_id and body"):
        capture.record(archive, Attempt(HOST, COLUMN, "ok", settles=True, body=b""))
    assert one(archive, "SELECT count(*) FROM fetches") == 0
    with pytest.raises(KeyError):
        capture.answer(archive, 1)


class TestCampaigns:
    def test_an_unfinished_one_is_resumed(self, archive: Archive) -> None:
        first = crawls.begin(archive, spider="a", arguments={"years": [2023], "portals": None})
        frontier.add(archive, first.campaign, [Task(COLUMN)])
        crawls.finish(archive, first.id, reason="shutdown", exit_code=1, summary={})
        again = crawls.begin(archive, spider="a", arguments={"portals": None, "years": [2023]})
        assert (again.campaign, again.resumed) == (first.campaign, True)
        assert again.id != first.id

    @pytest.mark.parametrize(("spider", "years"), [("b", [2023]), ("a", [2024])])
    def test_another_crawl_is_another_campaign(
        self, archive: Archive, spider: str, years: list[int]
    ) -> None:
        first = crawls.begin(archive, spider="a", arguments={"years": [2023]})
        frontier.add(archive, first.campaign, [Task(COLUMN)])
        other = crawls.begin(archive, spider=spider, arguments={"years": years})
        assert (other.campaign, other.resumed) == (other.id, False)

    def test_a_finished_one_is_not_resumed(self, archive: Archive) -> None:
        first = crawls.begin(archive, spider="a", arguments={})
        frontier.add(archive, first.campaign, [Task(COLUMN)])
        crawls.finish(archive, first.id, reason="finished", exit_code=0, summary={"n": 1})
        assert not crawls.begin(archive, spider="a", arguments={}).resumed

    def test_one_with_nothing_left_is_not_resumed(self, archive: Archive) -> None:
        first = crawls.begin(archive, spider="a", arguments={})
        (entry,) = frontier.add(archive, first.campaign, [Task(COLUMN)])
        frontier.done(archive, entry.id, "ok")
        assert not crawls.begin(archive, spider="a", arguments={}).resumed


def test_listings_keep_the_first_day_and_take_the_latest_words(archive: Archive) -> None:
    url = f"http://{HOST}/1.html"
    Run(archive, "2024-06-01").page(rows=(Listing(url, "旧题"),))
    Run(archive, "2024-07-01", {"n": 2}).page(rows=(Listing(url, "新题", verdict="undecided"),))
    assert rows(
        archive,
        """SELECT title, verdict, substr(first_seen, 1, 10), substr(last_seen, 1, 10), crawl_id
        FROM listings""",
    ) == [("新题", "undecided", "2024-06-01", "2024-07-01", 2)]


def test_a_redirected_page_is_known_by_the_address_listed(archive: Archive) -> None:
    run = Run(archive)
    entry = run.entry(Task(f"http://{HOST}/old.html"))
    moved = f"https://{BUREAU_HOST}/new.html"
    fetch_id = capture.record(
        archive, Attempt(HOST, moved, "ok", body=b"x", entry_id=entry.id, settles=True)
    )
    reports.store(
        archive, fetch_id=fetch_id, portal=HOST, records=[reading()], source=Source(moved)
    )
    assert listings.known(archive, f"http://{HOST}/old.html")
    assert rows(archive, "SELECT url, host FROM documents") == [
        (f"http://{HOST}/old.html", BUREAU_HOST)
    ]


def test_known_pages(archive: Archive) -> None:
    run = Run(archive)
    assert not listings.known(archive, f"http://{HOST}/1.html")
    run.article(f"http://{HOST}/1.html")
    assert listings.known(archive, "https://city.gov.cn/1.html")
    run.article(f"http://{HOST}/3.html", [Record("blocked", extractor="1")])
    assert not listings.known(archive, f"http://{HOST}/3.html")
    run.article(f"http://{HOST}/2.html", outcome="timeout")
    assert not listings.known(archive, f"http://{HOST}/2.html")


DIED = Issue("reader_died", "the page killed the process that read it")


def carried(run: Run) -> list[tuple[str, str, int]]:
    frontier.carry_over(run.archive, run.crawl.campaign, [HOST])
    left = frontier.unfinished(run.archive, run.crawl.campaign)
    return [(item.url, item.state, item.fetch_id or 0) for item in left]


def test_page_that_no_code_could_handle_is_parsed_by_the_next_campaign(archive: Archive) -> None:
    run = Run(archive)
    page = Task(COLUMN + "1.html", args={"column": COLUMN})
    other = Task(COLUMN + "2.html", portal=BUREAU_HOST)
    fetch_id = run.fetch(run.entry(page), "ok", b"bytes")
    run.fetch(run.entry(other), "ok", b"bytes of a portal not visited")
    run.fetch(run.entry(Task(COLUMN, "column")), "ok", b"a list")
    run.entry(Task(COLUMN + "3.html"))
    run.finish()
    run = Run(archive)
    assert carried(run) == [(page.url, "fetched", fetch_id)]
    assert frontier.unfinished(archive, run.crawl.campaign)[0].args == page.args
    assert frontier.add(archive, run.crawl.campaign, [page]) == [], "it is not fetched again"
    (entry,) = frontier.unfinished(archive, run.crawl.campaign)
    frontier.done(archive, entry.id, "ok")
    run.finish()
    assert carried(Run(archive)) == [], "parsed once, it is done"


def test_page_that_killed_its_reader_stays_takeable(archive: Archive) -> None:
    url = COLUMN + "1.html"
    run = Run(archive)
    entry = run.entry(Task(url))
    fetch_id = run.fetch(entry, "ok", b"fatal")
    documents.keep_unread(archive, fetch_id, Source(url=url), DIED)
    frontier.done(archive, entry.id, "ok")
    run.finish()
    for _ in range(2):  # it dies again, and stays takeable
        assert not listings.known(archive, url)
        run = Run(archive)
        assert carried(run) == [(url, "fetched", fetch_id)]
        (entry,) = frontier.unfinished(archive, run.crawl.campaign)
        documents.keep_unread(archive, fetch_id, Source(url=url), DIED)
        frontier.done(archive, entry.id, "ok")
        run.finish()
    assert rows(archive, "SELECT code FROM issues") == [("reader_died",)]
    reports.store(
        archive, fetch_id=fetch_id, portal=HOST, records=[reading()], source=Source(url=url)
    )
    assert listings.known(archive, url)
    assert carried(Run(archive)) == []
    assert rows(archive, "SELECT code FROM issues WHERE version_id IS NULL") == []


def test_dead_reader_takes_nothing_from_what_was_read_before(archive: Archive) -> None:
    run = Run(archive)
    run.article(COLUMN + "1.html")
    (fetch_id,) = rows(archive, "SELECT id FROM fetches")[0]
    documents.keep_unread(archive, fetch_id, Source(url=COLUMN + "1.html"), DIED)
    assert rows(archive, "SELECT kind FROM documents") == [("report",)]
    assert one(archive, "SELECT count(*) FROM cells") > 0
