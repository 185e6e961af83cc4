"""Each expectation is disappointed by its trouble, and by nothing in a good crawl."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date

import pytest

from archive import crawls, expectations, frontier, notes
from archive.db import Archive
from archive.expectations import Finding
from extract.record import Agency
from tests.archive.world import BUREAU_COLUMN, BUREAU_HOST, COLUMN, HOST, Listing, Run, reading

TODAY = date(2024, 6, 30)
URLS = [f"http://{HOST}/gknb/{number}.html" for number in range(6)]


def listing(number: int, **more: object) -> Listing:
    values = {"year": 2023 - number, "date": "2024-01-20", **more}
    return Listing(URLS[number], f"襄阳市财政局{2023 - number}年政府信息公开年报", **values)  # type: ignore[arg-type]  # values of the test


ROWS = tuple(listing(number) for number in range(4))


def crawl(archive: Archive, rows: tuple[Listing, ...] = ROWS, day: str = "2024-06-01") -> Run:
    """A campaign that pages the column to its end and reads the first report."""
    run = Run(archive, day)
    run.page(rows=rows)
    run.article(URLS[0])
    return run


def end(run: Run, today: date = TODAY) -> list[Finding]:
    """Judge a campaign, and end it with its findings on record."""
    found = expectations.judge(run.archive, run.crawl.campaign, today)
    hosts = run.archive.conn.execute(
        "SELECT DISTINCT portal FROM frontier WHERE campaign = ?", [run.crawl.campaign]
    )
    summary = {
        "portals": [{"host": row[0]} for row in hosts],
        "findings": [asdict(finding) for finding in found],
    }
    crawls.finish(
        run.archive, run.crawl.id, reason="finished", exit_code=0, summary=json.loads(
            json.dumps(summary)
        ),
    )  # fmt: skip
    return found


def names(found: list[Finding]) -> list[str]:
    return [finding.name for finding in found]


def test_good_crawls_disappoint_nothing(archive: Archive) -> None:
    assert end(crawl(archive)) == []
    assert end(crawl(archive, day="2024-06-02")) == []


@pytest.mark.parametrize(
    ("outcome", "name"),
    [
        ("challenge", "blocked"),
        ("block_page", "blocked"),
        ("forbidden", "blocked"),
        ("timeout", "unreachable"),
        ("dns", "unreachable"),
        ("too_large", "broken"),
        ("loop", "broken"),
        ("foreign_host", "broken"),
        ("truncated", "broken"),
    ],
)
def test_pages_that_were_not_had(archive: Archive, outcome: str, name: str) -> None:
    run = crawl(archive)
    run.article(URLS[1], outcome=outcome)
    run.article(URLS[2], outcome=outcome)
    (finding,) = end(run)
    assert (finding.name, finding.count, finding.address) == (name, 2, URLS[1])
    assert finding.severity == "trouble" and finding.is_news


def test_pages_that_are_gone_are_no_trouble(archive: Archive) -> None:
    run = crawl(archive)
    run.article(URLS[1], outcome="not_found")
    assert end(run) == []


def test_portal_that_lists_nothing(archive: Archive) -> None:
    run = crawl(archive)
    run.page(BUREAU_COLUMN, column=BUREAU_COLUMN, portal=BUREAU_HOST)
    (finding,) = end(run)
    assert (finding.portal, finding.name) == (BUREAU_HOST, "lists_nothing")


def test_column_that_listed_rows_and_lists_none(archive: Archive) -> None:
    end(crawl(archive))
    run = crawl(archive, rows=(), day="2024-06-02")
    other = Listing(URLS[5], "襄阳市审计局2023年政府信息公开年报", 2023, column=f"http://{HOST}/b/")
    run.page(f"http://{HOST}/b/", (other,), column=f"http://{HOST}/b/")
    found = end(run)
    assert names(found) == ["column_empty", "closed_years_fewer"]
    assert found[0].address == COLUMN


def test_fewer_rows_of_closed_years(archive: Archive) -> None:
    end(crawl(archive))
    (finding,) = end(crawl(archive, ROWS[:2], "2024-06-02"))
    assert (finding.name, finding.count) == ("closed_years_fewer", 2)
    assert end(crawl(archive, ROWS[:2], "2024-06-03")) == [], "it was said once"


def test_rows_that_moved_are_not_fewer(archive: Archive) -> None:
    end(crawl(archive))
    moved = listing(4, year=2020)
    archive.conn.execute("UPDATE crawls SET started_at = '2024-06-01T00:00:00.000Z'")
    run = Run(archive, "2024-06-02")
    archive.conn.execute("UPDATE crawls SET started_at = '2024-06-02T00:00:00.000Z' WHERE id = 2")
    run.page(rows=(*ROWS[:3], moved))
    assert end(run) == []


def test_new_year_is_judged_only_after_its_due_date(archive: Archive) -> None:
    before, after = date(2024, 3, 31), date(2024, 4, 1)
    end(crawl(archive, day="2024-02-01"), before)
    run = crawl(archive, ROWS[1:], "2024-03-01")  # without the report of 2023
    assert expectations.judge(archive, run.crawl.campaign, before) == []
    assert names(expectations.judge(archive, run.crawl.campaign, after)) == ["closed_years_fewer"]


@pytest.mark.parametrize(
    ("code", "first", "later"),
    [
        ("rows_elsewhere", [], ["list_shape"]),
        ("undated_rows", [], ["list_shape"]),
        ("column_lost", ["column_lost"], ["column_lost"]),
        ("unrelated_page", ["column_lost"], ["column_lost"]),
        ("lists_bounded", ["cut_short"], ["list_shape", "cut_short"]),
    ],
)
def test_list_shape(archive: Archive, code: str, first: list[str], later: list[str]) -> None:
    def noted(run: Run) -> Run:
        (entry,) = (
            frontier.get(archive, row[0])
            for row in archive.conn.execute(
                "SELECT id FROM frontier WHERE campaign = ? AND role = 'column'",
                [run.crawl.campaign],
            ).fetchall()
        )
        assert entry.fetch_id is not None
        notes.save(archive, entry, entry.fetch_id, [f"{code}: x"])
        return run

    assert names(expectations.judge(archive, noted(crawl(archive)).crawl.campaign, TODAY)) == first
    archive.conn.execute("DELETE FROM notes")
    changed = noted(crawl(archive, day="2024-06-02"))
    assert names(end(changed)) == later
    again = end(noted(crawl(archive, day="2024-06-03")))
    assert not [one for one in again if one.is_news], "the same again is no news"


def test_one_page_under_many_addresses(archive: Archive) -> None:
    run = crawl(archive)
    for number in range(1, 5):
        run.article(URLS[number], [reading(kind="image_only")], data=b"<html>home</html>")
    found = {finding.name: finding for finding in end(run)}
    assert found["same_page"].count == 4


def test_dates_from_the_future(archive: Archive) -> None:
    (finding,) = end(crawl(archive, (*ROWS, listing(4, date="2204-01-20"))))
    assert (finding.name, finding.address) == ("future_dates", URLS[4])


def test_reports_without_year_or_agency_and_unread_ones(archive: Archive) -> None:
    run = crawl(archive)
    for number in (1, 2, 3):
        blank = reading(kind="image_only", year=None, tables={}, sections=[], title="年报",
                        agency=Agency(f"襄阳市第{number}局", "title"))  # fmt: skip
        run.article(URLS[number], [blank])
    assert names(end(run)) == ["incomplete", "unread"]


def test_few_unread_reports_among_many_are_no_trouble(archive: Archive) -> None:
    run = crawl(archive)
    for number in range(1, 8):
        kind = "image_only" if number < 4 else "report"
        record = reading(kind=kind, agency=Agency(f"襄阳市第{number}局", "title"))
        run.article(f"http://{HOST}/gknb/1{number}.html", [record])
    assert end(run) == []


def test_rows_whose_pages_are_no_reports(archive: Archive) -> None:
    run = crawl(archive)
    for number in (1, 2, 3):
        run.article(URLS[number], [reading(kind="not_report", tables={}, sections=[])])
    assert names(end(run)) == ["listed_no_report"]


def test_trouble_that_stays_is_no_news_and_trouble_that_grows_is(archive: Archive) -> None:
    found = []
    for day, failures in (("2024-06-01", 2), ("2024-06-02", 2), ("2024-06-03", 4)):
        run = crawl(archive, day=day)
        for number in range(1, 1 + failures):
            run.article(URLS[number], outcome="timeout")
        (finding,) = end(run)
        found.append(finding.is_news)
    assert found == [True, False, True]


def test_portal_that_was_dead_already_is_no_news(archive: Archive) -> None:
    news = []
    for day, outcome, name in (
        ("2024-06-01", "dns", "unreachable"),
        ("2024-06-02", "challenge", "blocked"),
        ("2024-06-03", "loop", "broken"),
    ):
        run = crawl(archive, day=day)
        run.page(
            BUREAU_COLUMN, outcome=outcome, column=BUREAU_COLUMN, portal=BUREAU_HOST, parsed=True
        )
        found = [finding for finding in end(run) if finding.portal == BUREAU_HOST]
        assert {name, "lists_nothing"} == set(names(found))
        news.append(any(finding.is_news for finding in found))
    assert news == [True, False, False]


def test_crawl_that_was_stopped_lacks_nothing(archive: Archive) -> None:
    end(crawl(archive))
    run = crawl(archive, ROWS[:2], "2024-06-02")
    assert expectations.judge(archive, run.crawl.campaign, TODAY, finished=False) == []
