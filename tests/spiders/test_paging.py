"""The pager call of every shape gives the files of every page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.page import Page
from spiders.paging import MAX_PAGES, Pager, pager, pages
from tests.spiders.samples import html

TRS = "http://xzsp.xiangyang.gov.cn/zwgk/gknb/"
UCAP = "https://www.qy.gov.cn/qy/gknb/list.shtml"


def read(script: str, url: str = TRS, first: int = 0) -> Pager | None:
    return pager(html(f"<script>{script}</script>", url), first)


@pytest.mark.parametrize(
    ("url", "script", "expected"),
    [
        (TRS, 'createPageHTML(9, 0, "index", "shtml");', (9, 1, "index_1.shtml")),
        (TRS, "createPage(9,0,'index','html')", (9, 1, "index_1.html")),
        (TRS, 'createPageHTML(9,0,"index","shtml","black2",174);', (9, 1, "index_1.shtml")),
        (TRS, 'createPageHTML("9", "0", "index", ".shtml");', (9, 1, "index_1.shtml")),
        (f"{TRS}index_4.shtml", 'createPageHTML(9,4,"index","shtml");', (9, 5, "index_1.shtml")),
        (UCAP, "createPageHTML('page_div',9, 1,'list','shtml',174);", (9, 1, "list_2.shtml")),
        (UCAP, 'createPageHTML("paging",9,1,"list","shtml",174)', (9, 1, "list_2.shtml")),
        (UCAP, "createPageHTML(page_div,9,1,'list','shtml',174)", (9, 1, "list_2.shtml")),
        (
            "https://h.gov.cn/kjj/c1/channelNamelist_3.shtml",
            "createPageHTML('paging',9,3,'channelNamelist','shtml',174)",
            (9, 3, "channelNamelist_2.shtml"),
        ),
        # One-based without a container, and zero-based with one: the counter tells.
        (UCAP, "createPageHTML(9,1,'list','shtml',174)", (9, 1, "list_2.shtml")),
        (UCAP, "createPageHTML('page',9,0,'list','shtml',174)", (9, 1, "list_1.shtml")),
        (TRS, 'var n = 9, k = 0; createPageHTML(n, k, "index", "htm")', (9, 1, "index_1.htm")),
        (
            f"{TRS}newxxgklist.html",
            'createPageHTML(3, 0, "newxxgklist", "html")',
            (3, 1, "newxxgklist_1.html"),
        ),
        (TRS, "<!--\ncreatePageHTML(2, 0, 'index', 'html');\n//-->", (2, 1, "index_1.html")),
    ],
)
def test_the_call_of_every_shape(url: str, script: str, expected: tuple[int, int, str]) -> None:
    found = read(script, url)
    assert found is not None
    assert (found.total, found.number, found.file(2)) == expected
    assert found.file(1) == f"{found.prefix}.{found.extension}"


@pytest.mark.parametrize(
    "script",
    [
        'function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt) { return "x"; }',
        '// createPageHTML(9, 0, "index", "shtml");',
        "createPageHTML()",
        "createPageHTML(Math.ceil(89/20), 0, 'index', 'html')",
        "createPageHTML(1, 2, 3, 4)",
        'myCreatePageHTML(9, 0, "index", "html"); xcreatePage(9,0,"index","html")',
    ],
)
def test_what_is_no_call(script: str) -> None:
    assert read(script) is None


def test_files_resolve_in_the_directory_of_the_list() -> None:
    page = html('<script>createPageHTML(3, 0, "index", "shtml")</script>', f"{TRS}index.shtml")
    found = pager(page, 0)
    assert found is not None
    assert pages(page, found) == (f"{TRS}index_1.shtml", f"{TRS}index_2.shtml")


def test_pages_are_bounded_but_the_total_is_told() -> None:
    page = html('<script>createPageHTML(99999, 0, "index", "shtml")</script>', TRS)
    found = pager(page, 0)
    assert found is not None
    assert found.total == 99999
    assert len(pages(page, found)) == MAX_PAGES - 1


@pytest.mark.parametrize(
    ("links", "first", "expected"),
    [
        (
            '<a href="index_1.html">下一页</a><a href="index_4.html">尾页</a>',
            0,
            (5, "index_1.html"),
        ),
        ('<a href="list_2.html">2</a><a href="list_5.html">末页</a>', 1, (5, "list_2.html")),
        ('共5页 <a href="list_1.html">2</a><a href="list_4.html">末页</a>', 1, (5, "list_1.html")),
        (
            '共5页 <a href="index_2.html">2</a><a href="index_5.html">末页</a>',
            0,
            (5, "index_2.html"),
        ),
    ],
)
def test_a_pager_of_links(links: str, first: int, expected: tuple[int, str]) -> None:
    found = pager(html(links, TRS), first)
    assert found is not None
    assert (found.total, found.file(2)) == expected


def test_links_elsewhere_are_no_pager() -> None:
    assert pager(html('<a href="../other/index_1.html">下一页</a>', TRS), 0) is None
    assert pager(html('<a href="t20250117_12.shtml">下一页</a>', TRS), 0) is None
    assert pager(html('<a href="index_1.html">市某局</a>', TRS), 0) is None


def test_a_page_ahead_of_its_file_says_so() -> None:
    found = read("createPageHTML('page_div',9,3,'dc_list','shtml',9)", f"{TRS}dc_list_2.shtml")
    assert found is not None
    assert found.shift == 1
    right = read('createPageHTML(9,4,"index","shtml")', f"{TRS}index_4.shtml")
    assert right is not None
    assert right.shift == 0


names = st.from_regex(r"[A-Za-z][A-Za-z0-9]{0,12}", fullmatch=True)
endings = st.sampled_from(["html", "shtml", "htm"])


@given(st.integers(1, 999), names, endings, st.sampled_from("'\""), st.integers(0, 9999))
def test_trs_calls_come_back(total: int, prefix: str, ending: str, quote: str, rows: int) -> None:
    call = f"createPageHTML({total}, 0, {quote}{prefix}{quote},{quote}{ending}{quote}, {rows})"
    assert read(call) == Pager(total, 1, 0, prefix, ending)


@given(st.integers(1, 999), names, endings, st.sampled_from("'\""), names)
def test_ucap_calls_come_back(
    total: int, prefix: str, ending: str, quote: str, container: str
) -> None:
    call = (
        f"createPageHTML({quote}{container}{quote},{total}, 1,"
        f"{quote}{prefix}{quote},{quote}{ending}{quote},20)"
    )
    assert read(call, f"http://h.gov.cn/s/c1/{prefix}.{ending}") == Pager(
        total, 1, 1, prefix, ending
    )


@given(st.text(alphabet="createPgHTML(),'\"0123456789 index.shtml\\\n;=var", max_size=120))
def test_no_script_breaks_the_reader(script: str) -> None:
    found = pager(Page(TRS, f"<script>createPageHTML({script}</script>".encode()), 0)
    assert found is None or found.total >= 0


def test_the_last_page_of_a_pager_of_links_counts_itself() -> None:
    links = '共4页 <a href="index_2.html">2</a> <a href="index_3.html">3</a>'
    found = pager(html(links, f"{TRS}index_4.html"), 1)
    assert found is not None
    assert (found.total, found.number, found.file(2)) == (4, 4, "index_2.html")
