"""A page and its files are one report, whichever of them came first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from archive import files, frontier
from archive.db import Archive
from archive.digest import content_digest
from archive.enclosures import file_address, named_in
from archive.verify import verify
from extract.record import Agency, Attachment, Check, Issue, Record, Source
from tests.archive.world import COLUMN, HOST, Run, Task, number, one, open_archive, reading, rows

PAGE = f"http://{HOST}/gknb/1.html"
PDF = f"http://{HOST}/gknb/P1.pdf"
OFD = f"http://{HOST}/gknb/P1.ofd"
NAMED = [Attachment(PDF, "年报.pdf", "pdf"), Attachment(OFD, "年报.ofd", "ofd")]


def page(**changed: object) -> Record:
    """A page that has nothing but files."""
    empty: dict[str, object] = {
        "kind": "attachment_only", "tables": {}, "sections": [], "checks": [], "format": None,
        "attachments": NAMED, "issues": [],
    }  # fmt: skip
    return reading(**(empty | changed))


def printed(value: int = 5, at: str = "pdf:p1/t1/r5/c2", **changed: object) -> Record:
    """What a file says: its title names nobody, its table is proven by its sum."""
    unsaid: dict[str, object] = {"agency": None, "published_on": None, "issues": []}
    record = reading(**(unsaid | changed))
    cells = record.tables["t3_requests"]["new_received"]
    cells["natural_person"] = cells["total"] = number(value, at)
    return record


class Crawl(Run):
    def file(self, url: str, records: Sequence[Record], data: bytes = b"") -> int:
        args = {"column": COLUMN, "file": url.partition("?")[0], "page": PAGE}
        entry = self.entry(Task(url, "attachment", HOST, args))
        fetch_id = self.fetch(entry, "ok", data or url.encode())
        with self.archive.atomic():
            made = files.store(
                self.archive, fetch_id=fetch_id, portal=HOST, records=records, source=Source(url)
            )
            frontier.done(self.archive, entry.id, "ok")
        return made


def conflicts(archive: Archive) -> list[tuple[object, ...]]:
    return rows(archive, "SELECT raw, value FROM cells WHERE missing = 'conflict'")


def test_a_page_with_a_file_is_one_report_of_one_version(archive: Archive) -> None:
    run = Crawl(archive)
    run.article(PAGE, [page()])
    run.file(PDF, [printed()])
    assert rows(archive, "SELECT kind, year, published_on, agency, is_primary FROM reports") == [
        ("report", 2023, "2024-01-20", "襄阳市财政局", 1)
    ]
    assert rows(archive, "SELECT number, reason FROM report_versions") == [(1, "first")]
    assert rows(archive, "SELECT DISTINCT url FROM cells JOIN documents ON id = document_id") == [
        (PDF,)
    ]
    assert one(archive, "SELECT count(*) FROM changes") == 0
    assert one(archive, "SELECT count(*) FROM panel") == 1
    assert not [fault for fault in verify(archive) if fault.code != "locator"]


def test_the_order_of_arrival_does_not_matter(tmp_path: Path) -> None:
    digests = set()
    for order in (0, 1):
        with open_archive(tmp_path / f"{order}.db") as archive:
            run = Crawl(archive)
            run.article(PAGE, [page()])
            arrivals = [(PDF, printed(5)), (OFD, printed(6, "ofd:p1/1"))]
            for url, record in arrivals[:: -1 if order else 1]:
                run.file(url, [record])
            assert conflicts(archive) == [("5", 5), ("5", 5)]
            digests.add(content_digest(archive))
    assert len(digests) == 1


def test_twins_that_agree_say_nothing(archive: Archive) -> None:
    run = Crawl(archive)
    run.article(PAGE, [reading(attachments=NAMED)])
    run.file(PDF, [printed()])
    run.file(OFD, [printed()])
    assert conflicts(archive) == []
    assert one(archive, "SELECT count(*) FROM report_versions") == 1
    assert one(archive, "SELECT count(*) FROM report_documents") == 3


def test_one_digit_that_differs_is_a_conflict_that_names_both(archive: Archive) -> None:
    run = Crawl(archive)
    run.article(PAGE, [reading(attachments=NAMED)])
    wrong = printed()
    wrong.tables["t2_art20_5"]["licence"]["decisions"] = number(9, "pdf:p2/t1/r2/c2")
    run.file(PDF, [wrong])
    assert conflicts(archive) == [("7", 7)]
    detail = one(archive, "SELECT detail FROM issues WHERE code = 'conflict'")
    assert detail == "t2_art20_5/licence/decisions: '7' in the page, '9' in 年报.pdf"


def test_the_document_whose_sums_hold_is_preferred(archive: Archive) -> None:
    run = Crawl(archive)
    said = reading(attachments=NAMED)
    said.tables["t3_requests"]["new_received"]["total"] = number(50)
    said.checks = [replace(said.checks[0], left=50.0, verdict="fail", cause="unknown")]
    run.article(PAGE, [said])
    run.file(PDF, [printed()])
    found = one(archive, "SELECT value FROM cells WHERE column_key = 'total'")
    assert (found, conflicts(archive)) == (5, [("5", 5)])


def test_a_doubtful_picture_is_no_witness(archive: Archive) -> None:
    run = Crawl(archive)
    run.article(PAGE, [reading(attachments=NAMED)])
    blurred = printed(8, "img:1,2,3,4")
    blurred.checks = [Check("T3.ROW_TOTAL", "t3_requests/new_received", 8, 5, "fail", False,
                            "sum", False, "unknown", ())]  # fmt: skip
    run.file(PDF, [blurred])
    assert conflicts(archive) == []
    assert one(archive, "SELECT count(*) FROM issues WHERE code = 'picture_differs'") == 2


def test_a_file_of_another_year_or_body_is_its_own_report(archive: Archive) -> None:
    run = Crawl(archive)
    run.article(PAGE, [reading(attachments=NAMED)])
    before = {"year": 2022, "title": "襄阳市财政局2022年政府信息公开工作年度报告"}
    run.file(PDF, [printed(agency=Agency("襄阳市财政局", "title"), **before)])
    other = printed()
    other.agency = Agency("襄阳市审计局", "title")
    run.file(OFD, [other])
    found = rows(archive, "SELECT url, year FROM reports ORDER BY id")
    assert found[0] == (PAGE, 2023)
    assert {(PDF, 2022), (OFD, 2023)} <= set(found)
    assert conflicts(archive) == []


def test_a_second_crawl_and_one_changed_digit_in_the_file(archive: Archive) -> None:
    first = Crawl(archive)
    first.article(PAGE, [page()])
    first.file(PDF, [printed()])
    first.finish()
    second = Crawl(archive, "2025-06-01")
    second.article(PAGE, [page()])
    second.file(f"{PDF}?token=1", [printed()], data=PDF.encode())
    assert one(archive, "SELECT count(*) FROM report_versions") == 1
    second.finish()
    third = Crawl(archive, "2026-06-01")
    third.article(PAGE, [page()], data=b"another counter")
    third.file(PDF, [printed(6)], data=b"new")
    assert rows(archive, "SELECT number, reason FROM report_versions") == [
        (1, "first"), (2, "revised"),
    ]  # fmt: skip
    assert rows(archive, "SELECT DISTINCT old_raw, new_raw FROM changes") == [("5", "6")]


def test_a_file_that_comes_later_completes_the_report_as_recovered(archive: Archive) -> None:
    run = Crawl(archive)
    run.article(PAGE, [page()])
    run.finish()
    Crawl(archive, "2025-06-01").file(PDF, [printed()])
    assert rows(archive, "SELECT number, reason FROM report_versions") == [
        (1, "first"), (2, "recovered"),
    ]  # fmt: skip


def test_what_could_not_be_read_says_so_and_is_read_later(archive: Archive) -> None:
    run = Crawl(archive)
    run.article(PAGE, [page()])
    unread = page(attachments=[], issues=[Issue("needs_extra", "pip install …")])
    run.file(PDF, [unread])
    assert rows(archive, "SELECT kind FROM reports") == [("attachment_only",)]
    said = "SELECT detail FROM issues WHERE code = 'needs_extra' AND version_id IS NOT NULL"
    assert one(archive, said) == "年报.pdf: pip install …"
    fetch_id = one(archive, "SELECT max(id) FROM fetches")
    files.store(archive, fetch_id=fetch_id, portal=HOST, records=[printed()], source=Source(PDF))
    assert rows(archive, "SELECT kind FROM reports") == [("report",)]
    assert rows(archive, "SELECT number, reason FROM report_versions") == [
        (1, "first"), (2, "recovered"),
    ]  # fmt: skip


def test_a_changed_page_keeps_the_tables_of_its_files(archive: Archive) -> None:
    run = Crawl(archive)
    run.article(PAGE, [page()])
    run.file(PDF, [printed()])
    run.finish()
    Crawl(archive, "2025-06-01").article(
        PAGE, [page(published_on="2024-01-21")], data=b"a new date"
    )
    assert rows(archive, "SELECT number, reason FROM report_versions") == [
        (1, "first"), (2, "revised"),
    ]  # fmt: skip
    assert rows(archive, "SELECT kind, published_on FROM reports") == [("report", "2024-01-21")]


def test_numbers_that_are_not_the_pages_at_all_are_another_report(archive: Archive) -> None:
    run = Crawl(archive)
    said, other = reading(attachments=NAMED), printed()
    for record, value in ((said, 3), (other, 4)):
        record.tables["t4_review_litigation"] = {
            "cases": {f"c{place}": number(value) for place in range(20)}
        }
    run.article(PAGE, [said])
    run.file(PDF, [other])
    assert conflicts(archive) == []
    assert one(archive, "SELECT count(*) FROM issues WHERE code = 'other_tables'") == 1


@pytest.mark.parametrize("kind", ["not_report", "index"])
def test_a_page_that_is_none_may_name_reports(archive: Archive, kind: str) -> None:
    run = Crawl(archive)
    run.article(
        PAGE,
        [page(kind=kind, attachments=[Attachment(PDF, "甲局2023年政府信息公开年度报告", "pdf")])],
    )
    run.file(PDF, [printed(agency=Agency("襄阳市财政局", "title"))])
    assert rows(archive, "SELECT url, kind FROM reports") == [(PDF, "report")]


def test_a_token_is_no_part_of_a_file() -> None:
    assert file_address(f"{PDF}?Expires=1&token=2") == file_address(PDF.replace("http:", "https:"))


def test_a_table_that_was_met_and_not_read_is_no_table(archive: Archive) -> None:
    run = Crawl(archive)
    run.article(PAGE, [page()])
    empty = printed()
    empty.tables["t4_review_litigation"] = {}
    run.file(PDF, [empty])
    run.file(OFD, [empty])
    assert rows(archive, "SELECT kind FROM reports") == [("report",)]


@pytest.mark.parametrize("page_first", [True, False])
def test_a_row_of_the_list_that_is_a_pages_file_is_no_second_report(
    archive: Archive, *, page_first: bool
) -> None:
    run = Crawl(archive)
    file = printed(agency=Agency("襄阳市财政局", "title"), published_on="2024-01-02")
    for is_page in (page_first, not page_first):
        if is_page:
            run.article(PAGE, [page()])
        else:
            args = {"column": COLUMN}
            entry = run.entry(Task(PDF, "article", HOST, args))
            fetch_id = run.fetch(entry, "ok", b"pdf")
            files.store(archive, fetch_id=fetch_id, portal=HOST, records=[file], source=Source(PDF))
    found = rows(archive, "SELECT url, kind, is_primary, duplicate_of NOT NULL FROM reports")
    assert sorted(found) == [(PAGE, "report", 1, 0), (PDF, "report", 0, 1)]


def test_a_viewer_may_stand_between_a_page_and_its_file(archive: Archive) -> None:
    viewer = f"http://{HOST}/ViewFile?id=7"
    run = Crawl(archive)
    run.article(PAGE, [page(attachments=[Attachment(viewer, "年报.pdf", "pdf")])])
    shown = page(kind="not_report", attachments=[Attachment(PDF, "P1.pdf", "pdf")])
    shown.encoding = {"used": "utf-8"}
    args = {"column": COLUMN, "file": viewer.removeprefix("http://www."), "page": PAGE}
    entry = run.entry(Task(viewer, "attachment", HOST, args))
    fetch_id = run.fetch(entry, "ok", b"<iframe>")
    files.store(archive, fetch_id=fetch_id, portal=HOST, records=[shown], source=Source(viewer))
    assert [one.url for one in named_in(archive, fetch_id)] == [PDF]
    run.file(PDF, [printed()])
    assert rows(archive, "SELECT url, kind FROM reports") == [(PAGE, "report")]
