from __future__ import annotations

import pytest

from archive.db import Archive
from archive.search import find
from archive.search.find import Within, search
from archive.search.index import SPAN, left, remove, update
from extract.record import Agency, Section
from tests.archive.world import BUREAU_COLUMN, BUREAU_HOST, HOST, Run, one, reading

PLAIN = "全年公开信息10条。"


def report(run: Run, name: str, year: int, *texts: str, url: str = "") -> str:
    """One report of a body; its sections from 1 on."""
    record = reading(
        title=f"{name}{year}年政府信息公开工作年度报告",
        year=year,
        agency=Agency(name, "title"),
        sections=[Section(n, f"第{n}部分", text) for n, text in enumerate(texts, start=1)],
    )
    bureau = name == "襄阳市财政局"
    host, column = (BUREAU_HOST, BUREAU_COLUMN) if bureau else (HOST, f"http://{HOST}/gknb/")
    url = url or f"http://{host}/{name}/{year}.html"
    stored = run.article(url, [record], portal=host, column=column, data=repr(texts).encode())
    return stored[0].report_key


@pytest.fixture
def run(archive: Archive) -> Run:
    return Run(archive)


def keys(archive: Archive, typed: str, within: Within | None = None) -> list[str]:
    return [hit.report_key for hit in search(archive.conn, typed, within).hits]


def test_a_word_of_two_characters_is_found_with_its_place(archive: Archive, run: Run) -> None:
    key = report(run, "襄阳市财政局", 2023, PLAIN, "涉及国家秘密的不予公开。")
    assert update(archive) == 1
    found = search(archive.conn, "秘密")
    (hit,) = found.hits
    assert (hit.report_key, hit.section, hit.heading) == (key, 2, "第2部分")
    assert hit.snippet == (("涉及国家", False), ("秘密", True), ("的不予公开。", False))
    assert (found.total, found.is_more) == (1, False)


def test_sections_years_and_divisions_limit_it(archive: Archive, run: Run) -> None:
    old = report(run, "襄阳市财政局", 2022, "收到申请。", PLAIN)
    new = report(run, "襄阳市财政局", 2023, PLAIN, "收到申请。")
    county = report(run, "宜城市教育局", 2023, "收到申请。")
    update(archive)
    assert set(keys(archive, "申请")) == {old, new, county}
    assert keys(archive, "申请", Within(sections=[2])) == [new]
    assert keys(archive, "申请", Within(years=[2022])) == [old]
    assert set(keys(archive, "申请", Within(division="420600"))) == {old, new, county}
    assert keys(archive, "申请", Within(division="420684")) == [county]
    assert keys(archive, "申请", Within(level="county")) == [county]
    assert keys(archive, "财政局") and not keys(archive, "财政局", Within(sections=[1]))


def test_a_new_version_replaces_the_old_words(archive: Archive, run: Run) -> None:
    report(run, "襄阳市财政局", 2023, "收到申请。")
    update(archive)
    key = report(Run(archive, "2024-07-01"), "襄阳市财政局", 2023, "没有收到诉讼。")
    assert left(archive) == 1
    assert update(archive) == 1
    assert keys(archive, "诉讼") == [key]
    assert keys(archive, "申请") == []
    assert update(archive) == 0


def test_a_copy_is_not_found_beside_its_original(archive: Archive, run: Run) -> None:
    report(run, "襄阳市财政局", 2023, "收到申请。")
    report(run, "襄阳市财政局", 2023, "收到申请。", url=f"http://{BUREAU_HOST}/again.html")
    assert one(archive, "SELECT count(*) FROM reports WHERE duplicate_of IS NOT NULL") == 1
    update(archive)
    assert len(keys(archive, "申请")) == 1


def test_another_year_moves_the_entry(archive: Archive, run: Run) -> None:
    key = report(run, "襄阳市财政局", 2023, "收到申请。")
    update(archive)
    archive.conn.execute("UPDATE reports SET year = 2022")
    update(archive)
    assert keys(archive, "申请", Within(years=[2022])) == [key]
    assert keys(archive, "申请", Within(years=[2023])) == []
    assert one(archive, "SELECT entry / ? FROM search_entries", SPAN) == 2022


def test_few_hits_are_ranked_and_many_come_newest_first(
    archive: Archive, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    often = report(run, "襄阳市财政局", 2021, "申请 申请 申请。")
    for year in (2022, 2023):
        report(run, "襄阳市财政局", year, "收到申请。" + "其他情况。" * 50)
    update(archive)
    assert keys(archive, "申请")[0] == often
    monkeypatch.setattr(find, "MOST_RANKED", 2)
    found = search(archive.conn, "申请")
    assert (found.total, found.is_more) == (2, True)
    assert [hit.year for hit in found.hits] == [2023, 2022, 2021]


def test_what_is_removed_is_not_found(archive: Archive, run: Run) -> None:
    report(run, "襄阳市财政局", 2023, "收到申请。")
    update(archive)
    report_id = one(archive, "SELECT id FROM reports")
    with archive.atomic():
        remove(archive, report_id)
    assert keys(archive, "申请") == []
    archive.conn.execute("INSERT INTO search (search) VALUES ('integrity-check')")


def test_an_index_of_another_edition_is_made_anew(archive: Archive, run: Run) -> None:
    key = report(run, "襄阳市财政局", 2023, "收到申请。")
    update(archive)
    archive.conn.execute("UPDATE archive_meta SET value = '0' WHERE key = 'search'")
    assert update(archive) == 1
    assert keys(archive, "申请") == [key]
