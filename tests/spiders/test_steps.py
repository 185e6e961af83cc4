"""Pagers by query, by folder and counting down give every page once, in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.page import Page
from spiders.paging import MAX_PAGES
from spiders.steps import Further, further, printed_pages
from tests.spiders.samples import html

LIST = "http://gk.x.gov.cn/gknb/year.aspx?dept=126"
FOLDER = "http://www.x.gov.cn/zfxxgk/gknb"


def links(*pairs: tuple[str, str]) -> str:
    return "".join(f'<a href="{href}">{text}</a>' for text, href in pairs)


def read(body: str, url: str = LIST) -> Further:
    found = further(html(body, url))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("url", "body", "second", "last", "total"),
    [
        (LIST, links(("下一页", "?dept=126&amp;page=2"), ("尾页", "?dept=126&amp;page=5")),
         "?dept=126&page=2", "?dept=126&page=5", 5),
        (LIST, "第1页/共7页" + links(("下一页", "year.aspx?dept=126&page=2")),
         "?dept=126&page=2", "?dept=126&page=7", 7),
        ("http://h.gov.cn/list.jsp?wbtreeid=9",
         links(("下页", "list.jsp?wbtreeid=9&PAGENUM=2&totalpage=6")),
         "?wbtreeid=9&PAGENUM=2&totalpage=6", "?wbtreeid=9&PAGENUM=6&totalpage=6", 6),
        ("http://h.gov.cn/i.jsp?a=1",
         links(("下页", "i.jsp?a=1&a225t=4&a225p=2&a225c=15"),
               ("尾页", "i.jsp?a=1&a225t=4&a225p=4&a225c=15")),
         "?a=1&a225t=4&a225p=2&a225c=15", "?a=1&a225t=4&a225p=4&a225c=15", 4),
        ("http://h.gov.cn/info/iList.jsp?cat_id=3&cur_page=1",
         links(("1", "iList.jsp?cat_id=3&cur_page=1"), ("2", "iList.jsp?cat_id=3&cur_page=2"),
               ("3", "iList.jsp?cat_id=3&cur_page=3")),
         "?cat_id=3&cur_page=2", "?cat_id=3&cur_page=3", 3),
    ],
)  # fmt: skip
def test_a_list_asked_again(url: str, body: str, second: str, last: str, total: int) -> None:
    found = read(body, url)
    base = url.partition("?")[0]
    assert (found.urls[0], found.urls[-1]) == (base + second, base + last)
    assert (found.total, found.number, len(found.urls)) == (total, 1, total - 1)


def test_a_file_behind_a_dash_and_a_folder_of_numbers() -> None:
    dashed = read(links(("2", "list-2.html"), ("末页", "list-4.html")), f"{FOLDER}/list.html")
    assert dashed.urls == tuple(f"{FOLDER}/list-{k}.html" for k in (2, 3, 4))
    folder = read(links(("2", "/zfxxgk/gknb/2"), ("3", "/zfxxgk/gknb/3")), FOLDER)
    assert folder.urls == (f"{FOLDER}/2", f"{FOLDER}/3")
    zero = read(links(("2", "list-1.html"), ("3", "list-2.html")), f"{FOLDER}/list.html")
    assert zero.urls == (f"{FOLDER}/list-1.html", f"{FOLDER}/list-2.html")


@pytest.mark.parametrize(
    "body",
    [
        links(("上一篇", "7.htm"), ("市财政局", "?page=2"), ("2024", "?year=2024")),
        links(("2", "http://other.gov.cn/zfxxgk/gknb/2.htm")),
        links(("下一页", "javascript:;"), ("3", "#")),
        links(("2", "/qita/lanmu/2.htm")),
        "共5页",
    ],
)
def test_what_is_no_pager(body: str) -> None:
    assert further(html(body, f"{FOLDER}.htm")) is None


@pytest.mark.parametrize(
    ("text", "pages"),
    [("共9页", 9), ("1/9", 9), ("第 2 页/共 12 页", 12), ("共52条 1/11", 11), ("2025/01/17", 0),
     ("01/17", 17), ("见2024/25号文", 0), ("共 52 条", 0)],
)  # fmt: skip
def test_how_many_pages_are_printed(text: str, pages: int) -> None:
    assert printed_pages(html(f"<p>{text}</p>", LIST)) == pages


@given(st.integers(2, 60), st.data())
def test_any_page_of_a_list_that_counts_down_names_the_same_pages(
    total: int, data: st.DataObject
) -> None:
    """VSB: page 2 of nine is 8.htm, the last one 1.htm."""
    number = data.draw(st.integers(1, total - 1))
    file = "gknb.htm" if number == 1 else f"gknb/{total - number + 1}.htm"
    steps = [("首页", f"{FOLDER}.htm"), ("下页", f"{FOLDER}/{total - number}.htm"),
             ("尾页", f"{FOLDER}/1.htm")]  # fmt: skip
    if number > 2:
        steps.append(("上页", f"{FOLDER}/{total - number + 2}.htm"))
    found = read(f"共176条 {number}/{total}" + links(*steps), f"http://www.x.gov.cn/zfxxgk/{file}")
    assert (found.total, found.number) == (total, number)
    assert found.urls == tuple(f"{FOLDER}/{k}.htm" for k in range(total - 1, 0, -1))


@given(st.integers(2, 60), st.data())
def test_any_page_of_a_list_by_query_names_the_same_pages(total: int, data: st.DataObject) -> None:
    number = data.draw(st.integers(1, total))
    shown = sorted({1, max(number - 1, 1), number, min(number + 1, total), total} - {number})
    steps = [(str(k), f"year.aspx?dept=126&page={k}") for k in shown]
    here = LIST if number == 1 else f"{LIST}&page={number}"
    found = further(html(links(*steps), here))
    if total == 2 and number == 2:
        assert found is None or found.total == 2  # only page 1 is linked: nothing tells the rest
        return
    assert found is not None
    assert (found.total, found.number) == (total, number)
    assert found.urls == tuple(f"{LIST}&page={k}" for k in range(2, total + 1))


@given(st.integers(2, 900), st.integers(1000, 9_999_999))
def test_reversed_files(total: int, unit: int) -> None:
    script = f'<script>var maxPageNum = {total}; go("index_{unit}_" + (maxPageNum - 1));</script>'
    found = read(script, "http://x.gov.cn/n2588035/n2588320/index.html")
    folder = "http://x.gov.cn/n2588035/n2588320"
    last = max(total - MAX_PAGES + 1, 1)
    numbers = range(total - 1, last - 1, -1)
    assert found.urls == tuple(f"{folder}/index_{unit}_{k}.html" for k in numbers)


@given(st.text(alphabet="<a href=\"?page=12&/.htm'>下一页尾页2</a>", max_size=120))
def test_no_markup_breaks_it(markup: str) -> None:
    found = further(Page(LIST, markup.encode()))
    assert found is None or found.total >= 1
