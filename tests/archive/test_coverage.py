from __future__ import annotations

from collections import Counter

import pytest

from archive import capture, coverage, documents, frontier
from archive.capture import Attempt
from archive.db import Archive
from extract import formats
from extract.record import Agency, Issue, Record, Source
from tests.archive.world import (
    BUREAU_COLUMN,
    BUREAU_HOST,
    COLUMN,
    HOST,
    Listing,
    Run,
    Task,
    one,
    reading,
    rows,
)

AS_OF = "2024-06-30"
BUREAU = "420600/财政局"
GOVERNMENT = "420600/人民政府"
URL = f"http://{BUREAU_HOST}/gknb/2023.html"
TITLE = "襄阳市财政局2023年政府信息公开工作年度报告"


def bureau_row(url: str = URL, year: int | None = 2023, title: str = TITLE) -> Listing:
    return Listing(url, title, year, portal=BUREAU_HOST, column=BUREAU_COLUMN)


def bureau_list(run: Run, *listed: Listing, outcome: str = "ok", parsed: bool = True) -> int:
    return run.page(
        BUREAU_COLUMN,
        listed,
        outcome=outcome,
        column=BUREAU_COLUMN,
        portal=BUREAU_HOST,
        parsed=parsed,
    )


def bureau_article(run: Run, records: list[Record] | None = None, outcome: str = "ok") -> None:
    run.article(
        URL,
        records,
        outcome=outcome,
        portal=BUREAU_HOST,
        column=BUREAU_COLUMN,
        agency="襄阳市财政局",
    )


def status(
    archive: Archive, year: int = 2023, publisher: str = BUREAU, as_of: str = AS_OF
) -> coverage.Coverage:
    found = coverage.compute(archive, [year], as_of, until=as_of)
    return next(item for item in found if item.publisher == publisher)


def test_nobody_looked(archive: Archive) -> None:
    found = status(archive)
    assert (found.status, found.evidence_fetch_id) == ("not_looked", None)


def test_found(archive: Archive) -> None:
    run = Run(archive)
    bureau_list(run, bureau_row())
    bureau_article(run)
    found = status(archive)
    assert found.status == "found"
    assert one(archive, "SELECT url FROM fetches WHERE id = ?", found.evidence_fetch_id) == URL


@pytest.mark.parametrize(
    ("record", "detail"),
    [
        (reading(kind="image_only", tables={}, sections=[]), "image_only"),
        (reading(kind="attachment_only", tables={}, sections=[]), "attachment_only"),
        (reading(tables={}, sections=[]), "unreadable"),
    ],
)
def test_found_unread(archive: Archive, record: Record, detail: str) -> None:
    run = Run(archive)
    bureau_list(run, bureau_row())
    bureau_article(run, [record])
    found = status(archive)
    assert (found.status, found.detail) == ("found_unread", detail)


def test_not_listed_needs_the_whole_column(archive: Archive) -> None:
    run = Run(archive)
    last = bureau_list(run, bureau_row())
    bureau_article(run)
    found = status(archive, 2022)
    assert (found.status, found.evidence_fetch_id) == ("not_listed", last)
    assert "paged to its end (1 pages) on 2024-06-01" in found.detail


def test_not_listed_is_not_said_when_a_page_is_left(archive: Archive) -> None:
    run = Run(archive)
    bureau_list(run, bureau_row())
    bureau_article(run)
    args = {"column": BUREAU_COLUMN, "depth": 0}
    run.entry(Task(BUREAU_COLUMN + "index_1.shtml", "list", BUREAU_HOST, args))
    assert status(archive, 2022).status == "not_looked"
    assert "not paged to its end" in status(archive, 2022).detail


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ("challenge", "blocked"),
        ("robots_denied", "blocked"),
        ("block_page", "blocked"),
        ("dns", "unreachable"),
        ("timeout", "unreachable"),
        ("server_error", "unreachable"),
        ("not_found", "not_looked"),
        ("truncated", "not_looked"),
    ],
)
def test_a_failed_list_page_decides(archive: Archive, outcome: str, expected: str) -> None:
    run = Run(archive)
    bureau_list(run, bureau_row())
    bureau_article(run)
    failed = run.page(
        BUREAU_COLUMN + "index_1.shtml", outcome=outcome, column=BUREAU_COLUMN, portal=BUREAU_HOST
    )
    found = status(archive, 2022)
    assert (found.status, found.evidence_fetch_id) == (expected, failed)
    assert status(archive, 2023).status == "found"


def test_a_page_that_lists_nothing_proves_nothing(archive: Archive) -> None:
    bureau_list(Run(archive), Listing("http://x.gov.cn/", "首页", verdict="other"))
    assert status(archive).status == "not_looked"


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ("not_found", "gone"),
        ("challenge", "blocked"),
        ("reset", "unreachable"),
        ("too_large", "found_unread"),
        ("cancelled", "not_looked"),
    ],
)
def test_listed_and_not_had(archive: Archive, outcome: str, expected: str) -> None:
    run = Run(archive)
    bureau_list(run, bureau_row())
    bureau_article(run, outcome=outcome)
    found = status(archive)
    assert found.status == expected
    assert one(archive, "SELECT url FROM fetches WHERE id = ?", found.evidence_fetch_id) == URL


def test_listed_and_not_fetched_yet(archive: Archive) -> None:
    listed = bureau_list(Run(archive), bureau_row())
    assert status(archive).status == "not_looked"
    assert status(archive).evidence_fetch_id == listed
    assert status(archive, 2022).status == "not_listed"


def test_a_block_page_instead_of_the_report(archive: Archive) -> None:
    run = Run(archive)
    bureau_list(run, bureau_row())
    bureau_article(run, [Record("blocked", extractor="1")])
    assert status(archive).status == "blocked"


def test_a_listed_report_that_killed_its_reader(archive: Archive) -> None:
    run = Run(archive)
    bureau_list(run, bureau_row())
    entry = run.entry(Task(URL, portal=BUREAU_HOST, args={"column": BUREAU_COLUMN}))
    fetch_id = run.fetch(entry, "ok", b"fatal")
    documents.keep_unread(archive, fetch_id, Source(url=URL), Issue("reader_timeout", "too long"))
    frontier.done(archive, entry.id, "ok")
    assert (status(archive).status, status(archive).evidence_fetch_id) == ("found_unread", fetch_id)


def test_a_row_without_a_year_forbids_not_listed(archive: Archive) -> None:
    run = Run(archive)
    bureau_list(run, bureau_row(), bureau_row(f"http://{BUREAU_HOST}/x.html", None, "市财政局"))
    bureau_article(run)
    assert status(archive, 2022).status == "not_looked"
    assert status(archive, 2023).status == "found"


def test_gone_by_404(archive: Archive) -> None:
    run = Run(archive, "2024-02-01")
    bureau_list(run, bureau_row())
    bureau_article(run)
    again = Run(archive, "2024-06-01", {"n": 2})
    bureau_list(again, bureau_row())
    bureau_article(again, outcome="not_found")
    assert status(archive).status == "gone"
    assert status(archive, as_of="2024-03-01").status == "found"
    assert one(archive, "SELECT count(*) FROM panel") == 1  # the archived copy stays


def test_gone_from_a_list_that_was_paged_to_its_end(archive: Archive) -> None:
    run = Run(archive, "2024-02-01")
    bureau_list(run, bureau_row())
    bureau_article(run)
    later = Run(archive, "2024-06-01", {"n": 2})
    last = bureau_list(later, bureau_row("http://x.gov.cn/y", 2021, "2021年政府信息公开年度报告"))
    found = status(archive)
    assert (found.status, found.evidence_fetch_id) == ("gone", last)
    again = Run(archive, "2024-06-02", {"n": 3})
    bureau_list(again, bureau_row())
    assert status(archive).status == "found"


def test_it_is_not_gone_while_another_column_lists_it(archive: Archive) -> None:
    run = Run(archive, "2024-02-01")
    bureau_list(run, bureau_row())
    run.page(rows=(Listing(URL, TITLE, 2023),))
    bureau_article(run)
    later = Run(archive, "2024-06-01", {"n": 2})
    bureau_list(later)
    later.page(rows=(Listing(URL, TITLE, 2023),))
    assert status(archive).status == "found"


def test_gone_behind_a_redirect(archive: Archive) -> None:
    run = Run(archive, "2024-02-01")
    bureau_list(run, bureau_row())
    bureau_article(run)
    later = Run(archive, "2024-06-01", {"n": 2})
    entry = later.entry(Task(URL, "article", BUREAU_HOST, {"column": BUREAU_COLUMN}))
    later.fetch(entry, "redirect", b"")
    moved = Attempt(
        BUREAU_HOST,
        f"http://{BUREAU_HOST}/404.html",
        "not_found",
        fetched_at=later.time(),
        entry_id=entry.id,
    )
    last = capture.record(archive, moved)
    assert (status(archive).status, status(archive).evidence_fetch_id) == ("gone", last)


def test_a_list_that_failed_makes_nothing_gone(archive: Archive) -> None:
    run = Run(archive, "2024-02-01")
    bureau_list(run, bureau_row())
    bureau_article(run)
    bureau_list(Run(archive, "2024-06-01", {"n": 2}), outcome="timeout")
    assert status(archive).status == "found"


def test_not_due(archive: Archive) -> None:
    assert status(archive, as_of="2024-01-31").status == "not_due"
    assert status(archive, as_of="2024-02-01").status == "not_looked"
    assert status(archive, publisher=GOVERNMENT, as_of="2024-03-31").status == "not_due"
    assert status(archive, 2018, as_of="2019-03-31").status == "not_due"


def test_a_visit_before_the_due_date_proves_nothing(archive: Archive) -> None:
    run = Run(archive, "2024-01-15")
    bureau_list(run, bureau_row(year=2022))
    assert status(archive).status == "not_looked"
    assert "before the due date" in status(archive).detail


def test_not_obliged(archive: Archive) -> None:
    run = Run(archive)
    town = reading(agency=Agency("襄阳市黄集镇人民政府", "title"))
    run.page(rows=(Listing(f"http://{HOST}/1.html", "黄集镇2023年政府信息公开年度报告", 2023),))
    run.article(f"http://{HOST}/1.html", [town])
    key = "420600/黄集镇"
    assert status(archive, 2023, key).status == "found"
    assert status(archive, 2022, key).status == "not_obliged"
    assert status(archive, 2007).status == "not_obliged"


def test_of_two_columns_both_must_be_paged(archive: Archive) -> None:
    run = Run(archive)
    bureau_list(run, bureau_row())
    bureau_article(run)
    other = reading(year=2021)
    run.page(rows=(Listing(f"http://{HOST}/2021.html", "x", 2021),), outcome="ok")
    run.article(f"http://{HOST}/2021.html", [other])
    assert status(archive, 2022).status == "not_listed"
    args = {"column": COLUMN, "depth": 0}
    entry = run.entry(Task(COLUMN + "2.shtml", "list", HOST, args))
    run.fetch(entry, "dns", b"")
    frontier.done(archive, entry.id, "dns")
    assert status(archive, 2022).status == "unreachable"


def test_an_unread_report_of_another_body_is_not_ours(archive: Archive) -> None:
    """In a column of many bodies a failed row counts against the body its title names."""
    run = Run(archive)
    run.article(f"http://{HOST}/a.html", [reading(agency=Agency("襄阳市审计局", "title"))])
    run.article(f"http://{HOST}/b.html", [reading(agency=Agency("襄阳市水利局", "title"))])
    title = "襄阳市审计局2022年政府信息公开工作年度报告"
    run.page(rows=(Listing(f"http://{HOST}/c.html", title, 2022),))
    run.article(f"http://{HOST}/c.html", outcome="timeout")
    assert status(archive, 2022, "420600/审计局").status == "unreachable"
    assert status(archive, 2022, "420600/水利局").status == "not_listed"


def test_a_body_that_was_only_listed_has_a_status(archive: Archive) -> None:
    run = Run(archive)
    title = "襄阳市教育局2023年政府信息公开工作年度报告"
    run.page(rows=(Listing(f"http://{HOST}/c.html", title, 2023),))
    run.article(f"http://{HOST}/c.html", outcome="challenge")
    coverage.update(archive, [2023], AS_OF)
    assert status(archive, publisher="420600/教育局").status == "blocked"


def test_a_body_that_only_a_title_named_is_forgotten_when_the_report_is_anothers(
    archive: Archive,
) -> None:
    run = Run(archive)
    title = "襄阳市教育体育局2023年政府信息公开工作年度报告"
    run.page(rows=(Listing(f"http://{HOST}/c.html", title, 2023),))
    coverage.update(archive, [2023], AS_OF)
    known = "SELECT count(*) FROM publishers WHERE key = '420600/教育和体育局'"
    assert one(archive, known) == 0  # not asked for yet
    run.article(f"http://{HOST}/c.html", outcome="timeout")
    coverage.update(archive, [2023], AS_OF)
    assert one(archive, known) == 1
    again = Run(archive, "2024-06-02", {"n": 2})
    again.article(f"http://{HOST}/c.html", [reading(agency=Agency("襄阳市教育局", "title"))])
    coverage.update(archive, [2023], AS_OF)
    assert one(archive, known) == 0
    assert status(archive, publisher="420600/教育局").status == "found"
    assert rows(archive, "PRAGMA foreign_key_check") == []


def test_where_a_title_said_that_a_body_is_listed_is_told_anew(archive: Archive) -> None:
    """A column that once failed leaves nothing behind when its report is another body's."""
    title = "襄阳市教育局2023年政府信息公开工作年度报告"
    bureau = f"http://{BUREAU_HOST}/other.html"
    run = Run(archive)
    run.page(rows=(Listing(f"http://{HOST}/c.html", title, 2023),))
    bureau_list(run, bureau_row(bureau, title=title))
    run.article(f"http://{HOST}/c.html", outcome="timeout")
    run.article(bureau, outcome="timeout", portal=BUREAU_HOST, column=BUREAU_COLUMN)
    listed = """SELECT portal, publisher_columns.source FROM publisher_columns
        JOIN publishers ON publishers.id = publisher_id WHERE key = '420600/教育局' ORDER BY 1"""
    for _ in range(2):
        coverage.update(archive, [2023], AS_OF)
        assert rows(archive, listed) == [(BUREAU_HOST, "listing"), (HOST, "listing")]
    again = Run(archive, "2024-06-02", {"n": 2})
    again.article(f"http://{HOST}/c.html", [reading(agency=Agency("襄阳市教育局", "title"))])
    again.article(bureau, [reading()], portal=BUREAU_HOST, column=BUREAU_COLUMN)
    coverage.update(archive, [2023], AS_OF)
    assert rows(archive, listed) == [(HOST, "report")]
    assert one(
        archive, "SELECT register_source FROM publishers WHERE key = '420600/教育局'"
    ) == "title"  # fmt: skip


def test_statuses_add_up_and_are_saved(archive: Archive) -> None:
    run = Run(archive)
    bureau_list(run, bureau_row())
    bureau_article(run)
    years = range(2019, 2026)
    coverage.update(archive, years, AS_OF)
    found = coverage.compute(archive, years, AS_OF)
    bodies = one(archive, "SELECT count(*) FROM publishers")
    assert bodies >= 2
    assert len({(item.publisher_id, item.year) for item in found}) == len(found)
    assert len(found) == bodies * len(years)
    assert set(Counter(item.status for item in found)) <= set(formats.enum("coverage_status"))
    assert one(archive, "SELECT count(*) FROM coverage") == len(found)
    coverage.update(archive, years, "2024-07-01")
    assert rows(archive, "SELECT count(*), min(as_of) FROM coverage") == [
        (len(found), "2024-07-01")
    ]


def test_every_outcome_of_a_fetch_has_a_meaning() -> None:
    silent = {"ok", "unchanged", "redirect", "foreign_host", "cancelled"}
    assert set(coverage.STATUS_OF) | silent == set(formats.enum("fetch_outcome"))
    assert set(coverage.STATUS_OF.values()) <= set(formats.enum("coverage_status"))
