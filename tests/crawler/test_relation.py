"""A home page under a wrong address is neither a list nor a report; real lists are."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler import relation
from extract.record import Record
from spiders.gov_reports import GovReports
from spiders.page import Page
from spiders.portal import Portal
from spiders.portals.xiangyang_xzsp import XiangyangXzsp
from spiders.tasks import JSON, Parsed

PAGES = Path(__file__).parents[1] / "spiders" / "pages"
HOME = (
    "<html><head><title>首页-某市人民政府</title></head><body><ul>{}</ul>"
    "<a href='/xxgk/zfbm/'>政府部门</a><p>某市人民政府办公室主办</p></body></html>"
)
NEWS = "".join(
    f"<li><a href='/ywdt/202501/t2025011{n}_100{n}.shtml'>某市召开第{n}次会议</a></li>"
    for n in range(9)
)


def column_notes(portal: Portal, page: Page) -> list[str]:
    (task, *_) = portal.start_tasks()
    parsed = portal.parse_task(
        page, "column", task.args, known=lambda url: False, years=None
    )
    return relation.notes(page, "column", task.args, parsed)


@pytest.mark.parametrize("rows", ["", NEWS])
def test_home_page_in_place_of_a_column(rows: str) -> None:
    portal = XiangyangXzsp()
    page = Page(portal.start_tasks()[0].url, HOME.format(rows).encode(), "text/html")
    assert any(note.startswith("unrelated_page") for note in column_notes(portal, page))


@pytest.mark.parametrize("leaf", GovReports.portals(), ids=lambda leaf: leaf.name)
def test_saved_columns_are_related(leaf: type[Portal]) -> None:
    file = PAGES / f"{leaf.name}.html"
    portal = leaf()
    page = Page(portal.start_tasks()[0].url, file.read_bytes(), "text/html")
    assert not any(note.startswith("unrelated_page") for note in column_notes(portal, page))


def test_empty_list_of_a_group_is_what_its_link_promised() -> None:
    page = Page("http://x.gov.cn/nb/2019/xzbm/", "<title>行政部门</title>".encode())
    cases: list[tuple[dict[str, JSON], bool]] = [
        ({"depth": 0}, False),
        ({"depth": 1, "column_name": "年报 > 行政部门"}, True),
        ({"depth": 1, "column_name": "年报 > 更多"}, True),
    ]
    for args, related in cases:
        noted = relation.notes(page, "column", args, Parsed())
        assert bool(noted) is not related


def test_list_without_a_date_is_noted() -> None:
    portal = XiangyangXzsp()
    (task, *_) = portal.start_tasks()
    rows = "".join(
        f"<li><a href='./202{n}01/t202{n}0117_{n}.shtml'>审批局202{n}年信息公开年报</a>{{}}</li>"
        for n in range(4)
    )
    for printed, noted in (("", True), ("<span>2024-01-17</span>", False)):
        html = f"<title>政府信息公开年报</title><ul>{rows.replace('{}', printed)}</ul>"
        page = Page(task.url, html.encode(), "text/html; charset=utf-8")
        found = column_notes(portal, page)
        assert any(note.startswith("undated_rows") for note in found) is noted


ROW = "某市审计局2023年政府信息公开工作年度报告"


def test_home_page_in_place_of_a_report() -> None:
    page = Page("http://x.gov.cn/nb/t1.shtml", HOME.format(NEWS).encode(), "text/html")
    assert relation.is_wrong_article(page, ROW, [Record("not_report")])
    assert not relation.is_wrong_article(page, ROW, [Record("report")])
    assert not relation.is_wrong_article(page, "关于会议的通知", [Record("not_report")])


def test_page_that_holds_its_title_is_no_wrong_page() -> None:
    html = f"<title>首页-某市</title><h1>{ROW}</h1><img src=1.png>"
    page = Page("http://x.gov.cn/gknb/t1.shtml", html.encode(), "text/html")
    assert not relation.is_wrong_article(page, ROW, [Record("not_report")])
