from __future__ import annotations

import pytest

from archive import documents, payloads
from archive.db import Archive
from extract.record import Agency, Attachment, Cell, Claim, Issue, Record, Section, Source
from tests.archive.world import BUREAU_HOST, HOST, Run, number, one, reading, rows

URL = f"http://{HOST}/gknb/1.html"


def test_first_store_makes_version_one_and_everything_it_says(archive: Archive) -> None:
    (stored,) = Run(archive).article(URL)
    assert (stored.version, stored.reason) == (1, "first")
    assert stored.report_key == "420600/财政局:2023:own_body:1"
    version = one(archive, "SELECT current_version_id FROM reports WHERE id = ?", stored.report_id)
    assert one(archive, "SELECT count(*) FROM cells WHERE version_id = ?", version) == 4
    for table in ("sections", "checks", "issues"):
        assert one(archive, f"SELECT count(*) FROM {table} WHERE version_id = ?", version) == 1
    assert rows(archive, "SELECT is_primary, due_on, published_on FROM reports") == [
        (1, "2024-01-31", "2024-01-20")
    ]


def test_every_value_leads_to_its_bytes(archive: Archive) -> None:
    Run(archive).article(URL, data=b"<html>7</html>")
    found = rows(
        archive,
        """SELECT payload_sha256, at, raw FROM cells
        JOIN report_versions ON report_versions.id = version_id
        JOIN documents ON documents.id = report_versions.document_id
        AND documents.id = cells.document_id WHERE value IS NOT NULL""",
    )
    assert len(found) == 3
    assert {payloads.get(archive, sha256) for sha256, _, _ in found} == {b"<html>7</html>"}
    assert all(at and raw for _, at, raw in found)


def test_storing_twice_adds_no_version(archive: Archive) -> None:
    Run(archive, "2024-06-01").article(URL)
    (stored,) = Run(archive, "2024-07-01", {"n": 2}).article(URL)
    assert (stored.version, stored.reason) == (None, None)
    for table in ("reports", "report_versions", "documents", "payloads"):
        assert one(archive, f"SELECT count(*) FROM {table}") == 1
    assert one(archive, "SELECT count(*) FROM issues") == 1
    assert rows(
        archive, "SELECT substr(first_seen, 1, 10), substr(last_seen, 1, 10) FROM reports"
    ) == [("2024-06-01", "2024-07-01")]


def test_a_view_counter_makes_a_document_and_no_version(archive: Archive) -> None:
    Run(archive).article(URL, data=b"<p>read 10 times</p>")
    moved = reading()
    moved.tables["t3_requests"]["new_received"]["total"] = number(5, at="html:t4/r5/c8")
    (stored,) = Run(archive, "2024-07-01", {"n": 2}).article(
        URL, [moved], data=b"<p>read 11 times</p>"
    )
    assert stored.version is None
    assert one(archive, "SELECT count(*) FROM payloads") == 2
    assert one(archive, "SELECT count(*) FROM documents") == 2
    assert one(archive, "SELECT count(*) FROM report_versions") == 1
    assert one(archive, "SELECT count(*) FROM cells WHERE at = 'html:t4/r5/c8'") == 0


def test_one_changed_digit_makes_one_version_and_one_change(archive: Archive) -> None:
    Run(archive).article(URL, data=b"5")
    changed = reading()
    changed.tables["t3_requests"]["new_received"]["natural_person"] = number(6)
    (stored,) = Run(archive, "2024-07-01", {"n": 2}).article(URL, [changed], data=b"6")
    assert (stored.version, stored.reason) == (2, "revised")
    assert rows(
        archive, "SELECT kind, table_key, row_key, column_key, old_raw, new_raw FROM changes"
    ) == [("cell_changed", "t3_requests", "new_received", "natural_person", "5", "6")]
    assert one(archive, "SELECT r_new_nat FROM panel") == 6
    assert one(archive, "SELECT count(*) FROM panel") == 1


def test_a_reverted_edit_is_an_edit_again(archive: Archive) -> None:
    changed = reading(title="另一个题目")
    for day, (data, record) in enumerate(
        [(b"a", reading()), (b"b", changed), (b"a", reading())], 1
    ):
        Run(archive, f"2024-07-0{day}", {"n": day}).article(URL, [record], data=data)
    assert rows(archive, "SELECT number, reason FROM report_versions") == [
        (1, "first"), (2, "revised"), (3, "revised"),
    ]  # fmt: skip


def test_added_and_removed_cells_and_sections_are_changes(archive: Archive) -> None:
    Run(archive).article(URL, data=b"a")
    changed = reading(sections=[Section(2, "二、", "新的一节")])
    del changed.tables["t2_art20_5"]
    changed.tables["t3_requests"]["new_received"]["org_business"] = number(0)
    Run(archive, "2024-07-01", {"n": 2}).article(URL, [changed], data=b"b")
    kinds = rows(archive, "SELECT kind, table_key, row_key, column_key FROM changes ORDER BY 1")
    assert kinds == [
        ("cell_added", "t3_requests", "new_received", "org_business"),
        ("cell_removed", "t2_art20_5", "licence", "decisions"),
        ("section_added", "sections", "2", None),
        ("section_removed", "sections", "1", None),
    ]


class TestOurOwnCode:
    """A change of the reader is never recorded as a government's edit."""

    def test_same_bytes_read_otherwise_are_reextracted(self, archive: Archive) -> None:
        Run(archive).article(URL)
        better = reading(extractor="2", report_scope="office_only")
        (stored,) = Run(archive, "2024-07-01", {"n": 2}).article(URL, [better])
        assert (stored.version, stored.reason) == (2, "reextracted")
        assert stored.report_key == "420600/财政局:2023:own_body:1"
        assert one(archive, "SELECT report_scope FROM reports") == "office_only"

    def test_same_bytes_that_were_unread_are_recovered(self, archive: Archive) -> None:
        unread = Record("report", year=2023, agency=Agency("襄阳市财政局", "title"), extractor="1")
        Run(archive).article(URL, [unread])
        (stored,) = Run(archive, "2024-07-01", {"n": 2}).article(URL, [reading(extractor="2")])
        assert (stored.version, stored.reason) == (2, "recovered")
        assert one(archive, "SELECT count(*) FROM reports") == 1

    def test_new_checks_alone_make_no_version(self, archive: Archive) -> None:
        Run(archive).article(URL)
        newer = reading(
            extractor="2", checks=[], issues=[], claims=[Claim("year", "2023", "t", "")]
        )
        (stored,) = Run(archive, "2024-07-01", {"n": 2}).article(URL, [newer])
        assert stored.version is None
        assert one(archive, "SELECT count(*) FROM checks") == 0
        assert one(archive, "SELECT count(*) FROM claims") == 1
        assert one(archive, "SELECT extractor FROM report_versions") == "2"

    def test_both_changed_and_only_our_reading_differs(self, archive: Archive) -> None:
        Run(archive).article(URL, data=b"counter 1")
        new = reading(extractor="2", title="读得更好的题目")
        (stored,) = Run(archive, "2024-07-01", {"n": 2}).article(
            URL, [new], data=b"counter 2", reread=lambda data, source: [new]
        )
        assert (stored.version, stored.reason) == (2, "reextracted")
        assert one(archive, "SELECT count(*) FROM report_versions") == 2

    def test_both_changed_and_the_page_was_edited(self, archive: Archive) -> None:
        Run(archive).article(URL, data=b"old")
        again = reading(extractor="2", title="读得更好的题目")
        edited = reading(extractor="2", title="读得更好的题目", published_on="2024-03-01")
        seen: list[tuple[bytes, Source]] = []

        def reread(data: bytes, source: Source) -> list[Record]:
            seen.append((data, source))
            return [again]

        Run(archive, "2024-07-01", {"n": 2}).article(URL, [edited], data=b"new", reread=reread)
        assert [data for data, _ in seen] == [b"old"]
        assert seen[0][1].url == URL
        assert rows(archive, "SELECT number, reason FROM report_versions") == [
            (1, "first"), (2, "reextracted"), (3, "revised"),
        ]  # fmt: skip
        assert rows(archive, "SELECT row_key, new_raw FROM changes WHERE to_version = 3") == [
            ("published_on", "2024-03-01")
        ]


class TestLineage:
    def test_another_address_is_a_second_report(self, archive: Archive) -> None:
        run = Run(archive)
        run.article(URL, data=b"a")
        late = reading(published_on="2024-05-01", title="补发")
        late.tables["t3_requests"]["new_received"]["total"] = number(6)
        (second,) = run.article(f"http://{HOST}/gknb/2.html", [late], data=b"b")
        assert second.report_key.endswith(":own_body:2")
        assert rows(archive, "SELECT is_primary, duplicate_of FROM reports ORDER BY id") == [
            (1, None), (0, None),
        ]  # fmt: skip
        assert one(archive, "SELECT count(*) FROM panel") == 1
        assert one(archive, "SELECT count(*) FROM panel_all") == 1
        assert one(archive, "SELECT count(*) FROM panel_missing") == 2

    def test_a_copy_is_a_duplicate_whatever_its_scope(self, archive: Archive) -> None:
        run = Run(archive)
        (first,) = run.article(URL, data=b"a")
        copied = reading(report_scope="unknown", title="转载", published_on="2024-02-01")
        run.article(f"http://{HOST}/copy.html", [copied], data=b"b")
        assert rows(archive, "SELECT is_primary, duplicate_of FROM reports ORDER BY id") == [
            (1, None), (0, first.report_id),
        ]  # fmt: skip

    @pytest.mark.parametrize("order", [(0, 1), (1, 0)])
    def test_the_earlier_publication_stands_in_the_panel(
        self, archive: Archive, order: tuple[int, int]
    ) -> None:
        early = reading(published_on="2024-01-10", title="先发")
        late = reading(published_on="2024-03-10", title="后发")
        late.tables["t3_requests"]["new_received"]["total"] = number(6)
        run = Run(archive)
        for index in order:
            url = f"http://{HOST}/{index}.html"
            run.article(url, [(early, late)[index]], data=url.encode())
        assert one(archive, "SELECT published_on FROM panel") == "2024-01-10"
        assert one(archive, "SELECT published_on FROM panel_all") == "2024-03-10"

    def test_a_read_copy_stands_before_a_picture(self, archive: Archive) -> None:
        run = Run(archive)
        picture = reading(kind="image_only", tables={}, sections=[], published_on="2024-01-01")
        run.article(URL, [picture], data=b"a")
        run.article(f"http://{BUREAU_HOST}/2.html", data=b"b", portal=BUREAU_HOST)
        assert rows(archive, "SELECT kind, is_primary FROM reports ORDER BY id") == [
            ("image_only", 0), ("report", 1),
        ]  # fmt: skip

    def test_one_page_with_two_bodies_is_two_reports(self, archive: Archive) -> None:
        pair = [reading(), reading(agency=Agency("襄阳市审计局", "title"))]
        first = Run(archive).article(URL, pair, data=b"a")
        again = Run(archive, "2024-07-01", {"n": 2}).article(URL, pair[::-1], data=b"b")
        assert len({item.report_key for item in first}) == 2
        assert [item.report_key for item in again] == [item.report_key for item in first][::-1]
        assert {item.version for item in again} == {None}

    def test_two_bodies_nobody_names_are_both_kept(self, archive: Archive) -> None:
        other = reading(agency=None)
        other.tables["t3_requests"]["new_received"]["total"] = number(9)
        stored = Run(archive).article(URL, [reading(agency=None), other])
        assert len({item.report_id for item in stored}) == 2

    def test_the_same_address_with_another_year_is_another_report(self, archive: Archive) -> None:
        Run(archive).article(URL, data=b"a")
        (stored,) = Run(archive, "2025-02-01", {"n": 2}).article(
            URL, [reading(year=2024)], data=b"b"
        )
        assert stored.report_key == "420600/财政局:2024:own_body:1"
        assert one(archive, "SELECT count(*) FROM panel") == 2

    def test_a_renamed_body_keeps_the_key(self, archive: Archive) -> None:
        (first,) = Run(archive).article(URL, data=b"a")
        renamed = reading(agency=Agency("襄阳市审计局", "title"))
        (again,) = Run(archive, "2024-07-01", {"n": 2}).article(URL, [renamed], data=b"b")
        assert again.report_key == first.report_key
        assert rows(archive, "SELECT publisher FROM panel") == [("襄阳市审计局",)]

    def test_https_and_www_are_the_same_address(self, archive: Archive) -> None:
        Run(archive).article("http://www.city.gov.cn/a.html", data=b"a")
        (again,) = Run(archive, "2024-07-01", {"n": 2}).article(
            "https://city.gov.cn/a.html", data=b"b"
        )
        assert again.version is None

    def test_without_a_year_it_is_kept_and_never_primary(self, archive: Archive) -> None:
        (stored,) = Run(archive).article(URL, [reading(year=None)])
        assert stored.report_key == "420600/财政局:unknown:own_body:1"
        assert one(archive, "SELECT count(*) FROM panel") == 0
        assert one(archive, "SELECT count(*) FROM panel_all") == 1
        (again,) = Run(archive, "2024-07-01", {"n": 2}).article(URL, [reading(extractor="2")])
        assert again.report_key == stored.report_key
        assert one(archive, "SELECT count(*) FROM panel") == 1


def test_what_is_no_report_leaves_document_and_issues(archive: Archive) -> None:
    notice = Record("not_report", issues=[Issue("no_table", "通知")], extractor="1")
    assert Run(archive).article(URL, [notice]) == []
    assert rows(archive, "SELECT kind, media_type FROM documents") == [("not_report", "text/html")]
    assert rows(archive, "SELECT code, version_id FROM issues") == [("no_table", None)]


def test_a_token_in_an_attachment_address_is_no_change(archive: Archive) -> None:
    first = reading(attachments=[Attachment("http://h/a.pdf?token=1", "附件", "pdf")])
    again = reading(attachments=[Attachment("http://h/a.pdf?token=2", "附件", "pdf")])
    Run(archive).article(URL, [first], data=b"a")
    (stored,) = Run(archive, "2024-07-01", {"n": 2}).article(URL, [again], data=b"b")
    assert stored.version is None


def test_the_source_is_kept_for_a_rebuild(archive: Archive) -> None:
    Run(archive).article(URL, agency="襄阳市财政局")
    assert documents.source_of(archive, 1) == Source(url=URL, column_agency="襄阳市财政局")


def test_a_fetch_without_payload_cannot_be_stored(archive: Archive) -> None:
    run = Run(archive)
    fetch_id = run.page(outcome="timeout")
    with pytest.raises(ValueError, match="no payload"):
        documents.fetch(archive, fetch_id)


def test_a_conflict_keeps_value_and_code(archive: Archive) -> None:
    record = reading()
    record.tables["t2_art20_5"]["licence"]["decisions"] = Cell(
        "7", 7, "conflict", "件", "form", "html:t2/r2/c2"
    )
    Run(archive).article(URL, [record])
    assert rows(archive, "SELECT value FROM cells WHERE missing = 'conflict'") == [(7,)]
