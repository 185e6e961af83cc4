"""Lists that an interface gives: every row is asked for once, and what stays hidden is said."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.families import Gkmlpt, Hanweb, Jiangxi, Lonsun, Ucap
from spiders.families.unitbuild import builds
from spiders.page import Page
from spiders.records import record_rows
from spiders.tasks import Found, Link, Post, address

HOST = "https://www.x.gov.cn"
COLUMN = f"{HOST}/col/col33718/index.html"


def record(number: int) -> str:
    return (
        f"<record><![CDATA[<li><a href='/art/2025/1/3/art_33718_{number}.html' "
        f"title='第{number}局'>第…</a><span>2025-01-03</span></li>]]></record>"
    )


def column(shown: int, total: int | None, per_page: int) -> Page:
    said = "" if total is None else f"totalRecord:{total},"
    store = "".join(record(number) for number in range(1, shown + 1))
    script = (
        f"$('#6').jpage({{{said}perPage:{per_page},proxyUrl:'/module/web/jpage/dataproxy.jsp',"
        "ajaxParam:{col:1,webid:7,path:'/',columnid:33718,unitid:'6',webname:'某县'}});"
    )
    body = (
        f'<script type="text/xml"><datastore>{store}</datastore></script><script>{script}</script>'
    )
    return Page(COLUMN, f"<html><body>{body}</body></html>".encode())


def numbers(found: Found) -> list[int]:
    return [int(row.url.rsplit("_", 1)[1].removesuffix(".html")) for row in found.rows]


def window(link: Link) -> range:
    fields = dict(parse_qsl(urlsplit(address(link)).query))
    return range(int(fields["startrecord"]), int(fields["endrecord"]) + 1)


@given(st.integers(1, 20), st.integers(1, 3), st.integers(0, 300))
def test_the_groups_of_a_store_are_all_rows_once(per_page: int, pages: int, more: int) -> None:
    shown = per_page * pages
    found = Hanweb.look(column(shown, shown + more, per_page))
    assert numbers(found) == list(range(1, shown + 1))
    asked = [number for link in found.pages for number in window(link)]
    assert asked == list(range(shown + 1, shown + more + 1))
    assert all(isinstance(link, Post) and "columnid=33718" in link.body for link in found.pages)
    assert not found.open_end


def test_a_store_that_does_not_say_its_end_is_asked_group_by_group() -> None:
    found = Hanweb.look(column(30, None, 10))
    (second,) = found.pages
    assert isinstance(second, Post)
    assert found.open_end
    full = "".join(record(number) for number in window(second))
    page = Page(second.url, f"<datastore>{full}</datastore>".encode(), asked=second)
    third = Hanweb.look(page).pages[-1]
    assert window(third) == range(61, 91)
    assert Hanweb.look(Page(second.url, b"<datastore></datastore>", asked=second)) == Found()
    half = Page(second.url, f"<datastore>{record(31)}</datastore>".encode(), asked=second)
    assert Hanweb.look(half).pages == ()


def test_an_encrypted_column_hides_its_rows() -> None:
    link = Hanweb.look(column(30, 60, 10)).pages[0]
    assert isinstance(link, Post)
    found = Hanweb.look(Page(link.url, b"<datastore></datastore>" + b" " * 31, asked=link))
    assert found.notes == ("rows_hidden: 54 bytes for rows 31 to 60",)


def test_a_store_without_a_way_to_the_rest_says_so() -> None:
    page = column(30, 60, 10)
    bare = Page(page.url, page.data.replace(b"ajaxParam", b"unused"))
    assert Hanweb.look(bare).notes == ("rows_hidden: 30 of 60 rows, and no way to the others",)


def gkmlpt(number: int, size: int, **counts: object) -> Found:
    articles = [{"id": k, "title": f"第{k}局", "url": f"/p/{number}_{k}.html"} for k in range(size)]
    text = json.dumps({"articles": articles, **counts})
    return Gkmlpt.look(Page(f"{HOST}/gkmlpt/api/all/638?page={number}&sid=1", text.encode()))


def test_gkmlpt_pages_by_total_and_by_count() -> None:
    counted = gkmlpt(1, 20, classify={"post_count": 45})
    assert (counted.total, counted.open_end, len(counted.pages)) == (3, True, 2)
    assert gkmlpt(1, 20, classify={"post_count": 20}).pages == ()
    said = gkmlpt(1, 100, total=221, offset=0, classify={"post_count": 726})
    assert (said.total, said.open_end) == (3, False)
    assert said.notes == ("posts_unlisted: counts 726 posts, lists 221",)
    assert gkmlpt(3, 21, total=221, offset=200).total == 3
    empty = gkmlpt(4, 0, classify={"post_count": 726})
    assert (empty.rows, empty.pages, empty.notes) == ((), (), ())


@pytest.mark.parametrize(
    ("family", "url"),
    [
        (Gkmlpt, f"{HOST}/gkmlpt/api/all/638?page=1&sid=1"),
        (Ucap, f"{HOST}/searchList/e5eb2abb5014415399847ba2bb99b31f?page=1"),
        (Jiangxi, f"{HOST}/queryList"),
        (Hanweb, f"{HOST}/api-gateway/jpaas-publish-server/front/page/build/unit?pageId=1"),
    ],
)
@pytest.mark.parametrize("body", ["{}", "[]", '{"data": null}', '{"data": {"results": 7}}', "{"])
def test_an_answer_of_another_shape_is_never_an_empty_list(
    family: type[Gkmlpt | Ucap | Jiangxi | Hanweb], url: str, body: str
) -> None:
    found = family.look(Page(url, body.encode()))
    assert found.rows == ()
    assert found.notes, "silence would be an empty list"


def test_lonsun_knows_the_annual_type_of_each_organ() -> None:
    body = (
        '<a href="/public/column/1?type=4&action=list">目录</a>'
        '<a href="/zwgk/public/column/2?type=3">政府信息公开年报</a>'
        '<a href="/public/7/8.html">x</a>'
    )
    page = Page(f"{HOST}/public/column/1?type=4", body.encode())
    assert Lonsun.annual_entries(page) == (
        (f"{HOST}/public/column/1?type=3", "政府信息公开年报"),
        (f"{HOST}/zwgk/public/column/2?type=3", "政府信息公开年报"),
    )


def test_hanweb_knows_the_reports_of_organs_by_year() -> None:
    report = "/module/xxgk/xxgkAnnualReport.jsp?area=113325000026455663&amp;fbtime="
    script = f'<script>open("{report}2016")</script>'
    body = f'<a href="{report}2017">2017</a>{script}<a href="{report}">x</a>'
    urls = [address(link) for link, _ in Hanweb.annual_entries(Page(HOST + "/", body.encode()))]
    base = f"{HOST}/module/xxgk/xxgkAnnualReport.jsp?area=113325000026455663&fbtime="
    assert urls == [f"{base}2017", f"{base}2016"]


def test_the_form_of_half_a_list_asks_for_the_page_it_names() -> None:
    rows = "".join(
        f'<li><a href="/x/c1/202501/{k:032x}.shtml">第{k}局年报</a><i>2025-01-03</i></li>'
        for k in range(4)
    )
    call = "var total = 11; $.post('/x/search', {channelId: 'c1', pageNo: 2, pageSize: 4}, f);"
    page = Page(f"{HOST}/x/c1/list.shtml", f"<ul>{rows}</ul><script>{call}</script>".encode())
    found = Ucap.look(page)
    forms = [urlencode({"channelId": "c1", "pageNo": k, "pageSize": 4}) for k in (2, 3)]
    assert found.pages == tuple(Post(f"{HOST}/x/search", form) for form in forms)
    assert len(found.rows) == 4


def test_the_title_of_a_record_is_neither_its_category_nor_its_download() -> None:
    records = [
        '<li>[<a href="/col/col1/index.html">部门年报</a>] '
        '<a href="/art/2025/1/3/art_1_2.html">某局2024年…</a>'
        '<a href="/module/download/downfile.jsp?filename=a.pdf">某局2024年年报全文.pdf</a>'
        "<span>2025-01-03</span></li>",
        '<li><a href="/module/download/downfile.jsp?filename=b.pdf">某局2023年年报</a>'
        "2024-01-03</li>",
        '<tr><td><a href="/module/web/jpage/dataproxy.jsp?page=2">下一组</a></td></tr>',
    ]
    rows = record_rows(Page(COLUMN, b""), records, Hanweb.is_article_url)
    assert [(row.url.removeprefix(HOST), row.title, row.date) for row in rows] == [
        ("/art/2025/1/3/art_1_2.html", "某局2024年…", "2025-01-03"),
        ("/module/download/downfile.jsp?filename=b.pdf", "某局2023年年报", "2024-01-03"),
    ]


def unit(tag: str) -> str:
    data = f"{{'webId':'1','pageId':'2','tagId':'{tag}'}}"
    return f'<script src="/AuthorizedRead/unitbuild.js" url="/unit" queryData="{data}"></script>'


def test_only_the_list_of_a_built_page_is_asked_for() -> None:
    def tags(*names: str) -> list[str]:
        page = Page(COLUMN, "".join(map(unit, names)).encode())
        return [dict(parse_qsl(urlsplit(url).query))["tagId"] for url in builds(page)]

    assert tags("头部导航", "当前栏目列表", "底部") == ["当前栏目列表"]
    assert tags("头部导航", "unit7", "底部") == ["unit7"]
    assert tags("头部", "友情链接") == []
