"""What is a list below the list, what is a menu, and where a page only jumps."""

from __future__ import annotations

import pytest

from spiders.families.trs import Trs
from spiders.families.ucap import Ucap
from spiders.landings import jump
from tests.spiders.samples import html

UCAP = "http://www.hjs.gov.cn/hjs/c200100/zfxxgkMl.shtml"


def labels(body: str, url: str = "http://www.ych.gov.cn/xxgk/xxgknb/") -> list[str]:
    family = Ucap if url == UCAP else Trs
    return [label for _, label in family.sublists(html(body, url))]


def test_links_below_the_column_are_lists() -> None:
    body = (
        '<a href="./2024/">2024年</a><a href="gknb2025/bmnb/index.html">部门</a>'
        '<a href="../zn/">指南</a>'
    )
    assert labels(body) == ["2024年", "部门"]


def test_articles_files_pages_and_the_page_itself_are_no_lists() -> None:
    body = (
        '<a href="./202501/t20250117_1.shtml">年报</a><a href="./2024/P1.pdf">附件</a>'
        '<a href="index_1.html">下一页</a><a href="index.html">年报</a>'
        '<a href="./">政府信息公开年报</a>'
    )
    assert labels(body) == []


def test_more_takes_the_heading_of_its_block() -> None:
    body = (
        '<h3>部门年报</h3><ul></ul><a href="./bm/">更多&gt;&gt;</a>'
        '<div class="title">乡镇年报</div><a href="./xz/">more</a>'
    )
    assert labels(body) == ["部门年报", "乡镇年报"]


def test_labelled_lists_in_flat_channels() -> None:
    body = (
        '<ul><li><a href="/hjs/c1/list.shtml">2024年</a></li></ul>'
        '<ul class="bm"><li><a href="/hjs/c2/list.shtml">市财政局</a></li>'
        '<li><a href="/hjs/c3/list.shtml">市教育局</a></li></ul>'
    )
    assert labels(body, UCAP) == ["2024年", "市财政局", "市教育局"]


def test_a_menu_is_no_landing() -> None:
    body = (
        '<ul><li><a href="/hjs/c1/zn.shtml">政府信息公开指南</a></li>'
        '<li><a href="/hjs/c2/zd.shtml">政府信息公开制度</a></li>'
        '<li><a href="/hjs/c3/list.shtml">政府信息公开年报</a></li>'
        '<li><a href="/hjs/c4/list.shtml">市政府办公室</a></li></ul>'
    )
    assert labels(body, UCAP) == []


def test_breadcrumbs_friends_and_home_pages_are_no_landing() -> None:
    body = (
        '<div class="article_site"><a href="/">首页</a> &gt; '
        '<a href="/hjs/c9/zl.shtml">政府信息公开年报</a></div>'
        '<div class="footer"><a href="/hjs/c5/list.shtml">市财政局</a>'
        '<a href="/hjs/c6/list.shtml">市教育局</a></div>'
        '<p><a href="/czj/">市财政局</a><a href="/jyj/index.shtml">市教育局</a></p>'
    )
    assert labels(body, UCAP) == []


def test_a_catalogue_leads_to_annual_columns_and_bodies() -> None:
    body = (
        '<ul><li><a href="/qy/c1/zn.shtml">政府信息公开指南</a></li>'
        '<li><a href="/qy/c2/list.shtml">政府信息公开年报</a></li>'
        '<li><a href="/qy/c3/list.shtml">法治政府建设年度报告</a></li>'
        '<li><a href="/qy/c4/list.shtml">网站工作年度报表</a></li>'
        '<li><a href="/qy/c5/list.shtml">市审计局政府信息公开年报</a></li>'
        '<li><a href="/qy/zjj/zjj.shtml">市住房和城乡建设局</a></li></ul>'
        "<script>var n=[{ name:'部门年报', url:'/qy/bmnb/list.shtml'},"
        " {name:'制度', url:'/x.shtml'}]</script>"
    )
    found = Ucap.catalogue(html(body, "http://www.qy.gov.cn/qy/xhtml/gkml.html"))
    assert [label for _, label in found] == [
        "政府信息公开年报", "市审计局政府信息公开年报", "市住房和城乡建设局", "部门年报",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "target"),
    [
        ("<script>location.href='/a/nb/';</script>", "/a/nb/"),
        ('<script>window.location.replace("../gknb/")</script>', "/xxgk/gknb/"),
        ('<script>self.location = "/a/nb/index.html"</script>', "/a/nb/index.html"),
        ('<script>top.location.href="/a/"</script>', "/a/"),
        ("<meta http-equiv='Refresh' content=\"0;url='/a/'\">", "/a/"),
        ("<script>location.href='/';</script>", None),
        ("<script>location.href='./';</script>", None),
        ("<script>document.cookie='a=b';location.href=location.pathname</script>", None),
        ("<script>location.href='/m/'+location.search</script>", None),
        ("<script>location.href='/a/'</script>" + "<p>文字</p>" * 200, None),
    ],
)
def test_jump(body: str, target: str | None) -> None:
    url = f"http://www.ych.gov.cn{target}" if target else None
    assert jump(html(body)) == url


def test_a_page_with_a_list_does_not_jump() -> None:
    mobile = "<script>if (phone) location.href='/wap/';</script>"
    found = Trs.look(html(f'{mobile}<a href="./2024/">2024年</a>'))
    assert [label for _, label in found.sublists] == ["2024年"]
