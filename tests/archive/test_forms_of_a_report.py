"""One report with several places and forms is one line of the panel; two reports stay two."""

from __future__ import annotations

import pytest

from archive.db import Archive
from extract.record import Record
from tests.archive.world import BUREAU_COLUMN, BUREAU_HOST, HOST, Run, number, one, reading, rows

PATH = "/gknb/202401/t20240117_3748754.shtml"


def other(total: int = 6, **changed: str) -> Record:
    """The same body and year with another number and text."""
    record = reading(**changed)
    record.tables["t3_requests"]["new_received"]["total"] = number(total)
    return record


def standing(archive: Archive) -> list[tuple[int, int | None]]:
    return rows(archive, "SELECT is_primary, duplicate_of FROM reports ORDER BY id")


def test_spellings_of_an_address_are_one_report(archive: Archive) -> None:
    run = Run(archive)
    for url in (f"http://{HOST}{PATH}", f"https://{HOST}{PATH}", f"http://city.gov.cn{PATH}"):
        run.article(url, data=b"a")
    assert one(archive, "SELECT count(*) FROM reports") == 1
    assert one(archive, "SELECT count(*) FROM documents") >= 1
    assert one(archive, "SELECT count(*) FROM report_versions") == 1


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (PATH, "/zwgk/szbm/202401/t20240117_3748754.html"),
        ("/a/202401/" + "0f" * 16 + ".shtml", "/b/" + "0f" * 16 + ".html"),
        ("/art/2024/1/17/art_1229_88801.html", "/art/2024/1/17/art_5501_88801.html"),
        ("/info/1221/22620.htm", "/content.jsp?wbtreeid=1221&wbnewsid=22620"),
    ],
)
def test_hosts_of_one_platform_share_the_number_of_an_article(
    archive: Archive, here: str, there: str
) -> None:
    """The frame round it differs, so that the two readings are not equal."""
    run = Run(archive)
    (first,) = run.article(f"http://{BUREAU_HOST}{here}", portal=BUREAU_HOST, column=BUREAU_COLUMN)
    run.article(f"http://{HOST}{there}", [other(published_on="2024-01-25")])
    assert standing(archive) == [(1, None), (0, first.report_id)]
    assert one(archive, "SELECT count(*) FROM panel") == 1
    assert {url for (url,) in rows(archive, "SELECT url FROM reports")} == {
        f"http://{BUREAU_HOST}{here}", f"http://{HOST}{there}",
    }  # fmt: skip


def test_articles_with_other_numbers_are_two_reports(archive: Archive) -> None:
    run = Run(archive)
    run.article(f"http://{HOST}{PATH}")
    run.article(f"http://{HOST}{PATH.replace('754', '755')}", [other(published_on="2024-02-01")])
    assert standing(archive) == [(1, None), (0, None)]


def test_two_reports_on_one_page_stay_two(archive: Archive) -> None:
    both = [reading(report_scope="own_body"), other(report_scope="whole_territory")]
    Run(archive).article(f"http://{HOST}{PATH}", both)
    assert standing(archive) == [(1, None), (1, None)]


@pytest.mark.parametrize("kind", ["attachment_only", "image_only"])
@pytest.mark.parametrize("first", ["page", "file"])
def test_a_file_or_picture_is_another_form_of_the_page(
    archive: Archive, kind: str, first: str
) -> None:
    run = Run(archive)
    file = reading(kind=kind, tables={}, sections=[], checks=[], report_scope="unknown")
    for which in ("page", "file") if first == "page" else ("file", "page"):
        if which == "page":
            run.article(f"http://{HOST}{PATH}")
        else:
            run.article(f"http://{HOST}/gknb/202401/P020240117.pdf", [file], data=b"%PDF-")
    (page,) = rows(archive, "SELECT id FROM reports WHERE kind = 'report'")[0]
    found = rows(archive, "SELECT kind, is_primary, duplicate_of FROM reports ORDER BY kind DESC")
    assert found == [("report", 1, None), (kind, 0, page)]
    assert one(archive, "SELECT count(*) FROM panel") == 1


def test_a_file_that_nobody_shows_as_a_page_stands_for_itself(archive: Archive) -> None:
    file = reading(kind="attachment_only", tables={}, sections=[], checks=[])
    Run(archive).article(f"http://{HOST}/gknb/202401/P020240117.pdf", [file], data=b"%PDF-")
    assert standing(archive) == [(1, None)]


def test_a_file_beside_two_scopes_says_which_or_stays_alone(archive: Archive) -> None:
    run = Run(archive)
    both = [reading(report_scope="own_body"), other(report_scope="whole_territory")]
    run.article(f"http://{HOST}{PATH}", both)
    file = reading(kind="attachment_only", tables={}, sections=[], checks=[])
    file.report_scope = "unknown"
    run.article(f"http://{HOST}/gknb/202401/P020240117.pdf", [file], data=b"%PDF-")
    assert standing(archive)[2][1] is None
