"""A list without rows is evidence only when it is whole and says, or shows, that it has none."""

from __future__ import annotations

import pytest

from spiders import emptiness
from spiders.page import Page
from spiders.tasks import PARTIAL_NOTES
from tests.spiders.test_parse import html, parse

URL = "http://www.ych.gov.cn/xxgk/xxgknb/2019/"
FOOTER = "<p>主办单位：某市人民政府办公室　网站标识码：4206840001</p>" * 9
PAGER = '<script>createPageHTML(1, 0, "index", "shtml");</script>'


def page(body: str, end: str = "</body></html>") -> Page:
    text = f"<html><body><h2>2019年</h2><ul class='news-list'></ul>{body}{end}"
    return Page(URL, text.encode(), "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("body", "pages", "is_honest"),
    [
        ("", 1, True),
        ("", 0, True),
        ("", None, False),  # nothing says that this is a list
        ("", 3, False),  # three pages of something
        ("<p>暂无相关信息</p>", None, True),
        ("<p>没有找到相关的信息！</p>", None, True),
        ("<p>共 0 条</p>", None, True),
        ("<p>共 10 条</p>", None, False),
        ("<script>$.ajax({url: '/list'})</script>", 1, False),
        ("<p>暂无数据</p><script>fetch('/api/list')</script>", None, False),
        ("<ul><li v-for='row in rows'>{{ row.title }}</li></ul>", 1, False),
    ],
)
def test_what_an_empty_list_shows(body: str, pages: int | None, is_honest: bool) -> None:
    assert emptiness.is_honest(page(body), pages) is is_honest


def test_a_page_that_was_cut_off_is_never_honest() -> None:
    assert not emptiness.is_honest(page("<p>暂无相关信息</p>", end=""), 1)


def test_below_a_column_an_honest_list_is_seen_to_its_end() -> None:
    empty = html(f"<ul></ul>{PAGER}{FOOTER}</body></html>", URL)
    (note,) = parse(empty, "column", depth=1).notes
    assert note.startswith("empty_list")
    assert note.partition(":")[0] not in PARTIAL_NOTES


def test_a_column_that_is_empty_itself_is_never_taken_for_honest() -> None:
    (note,) = parse(html(f"<ul></ul>{PAGER}{FOOTER}</body></html>"), "column").notes
    assert note.startswith("empty_page")


@pytest.mark.parametrize(
    ("text", "honest"),
    [
        ('{"data": {"total": 0, "rows": 20, "results": []}}', True),
        ('{"classify": {"id": 1, "post_count": 0}, "articles": []}', True),
        ("<html><script>$('#1').jpage({totalRecord:0,perPage:15});</script></html>", True),
        ('{"data": {"total": 10, "results": []}}', False),
        ('{"data": null}', False),
        ("<html><script>$('#1').jpage({totalRecord:100,perPage:15});</script></html>", False),
    ],
)
def test_an_interface_that_counts_no_rows_is_believed(text: str, honest: bool) -> None:
    assert emptiness.is_honest(Page("http://x.gov.cn/list", text.encode()), None) is honest
