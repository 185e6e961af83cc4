"""What a fetched page asks for next: tasks, listings, notes; nothing twice, nothing elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

import pytest

from spiders.page import Page
from spiders.paging import PAGES_AHEAD
from spiders.parse import MAX_DEPTH
from spiders.portal import Portal
from spiders.portals.huarong import Huarong
from spiders.portals.qiyang import Qiyang
from spiders.portals.xiangzhou import Xiangzhou
from spiders.portals.yicheng import Yicheng
from spiders.recheck import Before, Mark, mark
from spiders.tasks import PARTIAL_NOTES, Found, Link, Parsed, Post, Task, form_type
from tests.spiders import samples
from tests.spiders.samples import html

ROOT = "http://www.ych.gov.cn/xxgk/xxgknb/"


def parse(
    here: Page,
    role: str = "column",
    portal: type[Portal] = Yicheng,
    known: Callable[[str], bool] = lambda url: False,
    years: Collection[int] | None = None,
    before: Before | None = None,
    **args: Any,
) -> Parsed:
    leaf = portal()
    first = dict(leaf.start_tasks()[0].args)
    wanted = None if years is None else frozenset(years)
    return leaf.parse_task(here, role, first | args, known=known, years=wanted, before=before)


def row(number: int, title: str, href: str = "") -> str:
    href = href or f"./202501/t20250117_{number}.shtml"
    return f'<li><a href="{href}">{title}</a><span>2025-01-17</span></li>'


REPORT = row(1, "宜城市财政局2024年政府信息公开工作年度报告")
OLD = row(2, "宜城市财政局2023年政府信息公开工作年度报告")
NOTICE = row(3, "关于做好2024年政府信息公开工作年度报告编制工作的通知")
BARE = row(4, "市教育局")


def test_every_row_is_listed_and_reports_are_asked_for() -> None:
    parsed = parse(html(f"<ul>{REPORT}{NOTICE}{BARE}</ul>"))
    assert [one.verdict for one in parsed.listings] == ["report", "other", "undecided"]
    assert [task.role for task in parsed.tasks] == ["article", "article"]
    assert parsed.listings[0].year == 2024
    assert parsed.last_page
    assert not parsed.read_as_article


def test_an_article_is_told_what_the_list_said() -> None:
    body = f'<div class="crumbs">首页 &gt; 2024年</div><ul>{REPORT}</ul>'
    (task,) = parse(html(body), column_name="政府信息公开年报").tasks
    assert task.url == f"{ROOT}202501/t20250117_1.shtml"
    assert task.args == {
        "column": ROOT,
        "depth": 0,
        "column_name": "政府信息公开年报 > 2024年",
        "column_agency": None,
        "division": "420684",
        "row_title": "宜城市财政局2024年政府信息公开工作年度报告",
        "row_date": "2025-01-17",
    }


def test_known_articles_and_other_years_are_listed_but_not_fetched() -> None:
    page = html(f"<ul>{REPORT}{OLD}{BARE}</ul>")
    old = parse(page, known=lambda url: url.endswith("_1.shtml"))
    assert [task.url[-7:] for task in old.tasks] == ["2.shtml", "4.shtml"]
    wanted = parse(page, years={2023})
    assert [task.url[-7:] for task in wanted.tasks] == ["2.shtml", "4.shtml"], "bare: page decides"
    assert len(old.listings) == len(wanted.listings) == 3


@pytest.mark.parametrize(
    ("href", "host"),
    [
        ("http://www.aluminumparts.cn/gknb/202501/t20250117_9.shtml", "www.aluminumparts.cn"),
        ("http://admin.ych.gov.cn:8888/gknb/202501/t20250117_9.shtml", "admin.ych.gov.cn:8888"),
        ("http://www.ych.gov.cn:8080/gknb/202501/t20250117_9.shtml", "www.ych.gov.cn:8080"),
        ("http://xzsp.xiangyang.gov.cn/gknb/202501/t20250117_9.shtml", "xzsp.xiangyang.gov.cn"),
        ("http://www.ych.gov.cn.evil.com/202501/t20250117_9.shtml", "www.ych.gov.cn.evil.com"),
    ],
)
def test_rows_on_other_hosts_are_refused(href: str, host: str) -> None:
    parsed = parse(html(f"<ul>{OLD}{row(9, '宜城市财政局2024年政府信息公开年报', href)}</ul>"))
    assert [task.url[-7:] for task in parsed.tasks] == ["2.shtml"]
    listing = parsed.listings[1]
    assert (listing.verdict, listing.reason) == ("other", f"foreign_host: {host}")


def test_one_spelling_of_an_own_address() -> None:
    hrefs = [
        "https://ych.gov.cn/xxgk/xxgknb/202501/t20250117_1.shtml",
        "http://www.ych.gov.cn:80/xxgk/xxgknb/202501/t20250117_1.shtml#top",
        "//WWW.ych.gov.cn/xxgk/xxgknb/202501/t20250117_1.shtml",
    ]
    urls = {
        task.url
        for href in hrefs
        for task in parse(html(f"<ul>{row(1, '市财政局2024年政府信息公开年报', href)}</ul>")).tasks
    }
    assert urls == {f"{ROOT}202501/t20250117_1.shtml"}


def test_all_pages_are_asked_for_at_once() -> None:
    pager = '<script>createPageHTML(4, 0, "index", "shtml");</script>'
    first = parse(html(f"<ul>{REPORT}</ul>{pager}"))
    lists = [task for task in first.tasks if task.role == "list"]
    assert [task.url for task in lists] == [f"{ROOT}index_{k}.shtml" for k in (1, 2, 3)]
    assert [(task.args["page"], task.args["pages"]) for task in lists] == [(2, 4), (3, 4), (4, 4)]
    assert not first.last_page


FOUR_PAGES = '<script>createPageHTML(4, 0, "index", "shtml");</script>'


def shown(number: int) -> Mark:
    title, date = f"市财政局{number}年政府信息公开年报", "2025-01-17"
    return f"{ROOT}202501/t20250117_{number}.shtml", mark(title, date)


def page_of(*numbers: int, url: str = ROOT) -> Page:
    rows = "".join(row(number, f"市财政局{number}年政府信息公开年报") for number in numbers)
    return html(f"<ul>{rows}</ul>{FOUR_PAGES}", url)


BEFORE = Before(tuple(shown(number) for number in range(2013, 2024)), 4, 2)


def test_of_a_list_as_it_was_only_the_last_page_is_asked_for() -> None:
    first = parse(page_of(2013, 2014, 2015), known=lambda url: True, before=BEFORE)
    (last,) = first.tasks
    assert (last.url, last.args["page"]) == (f"{ROOT}index_3.shtml", 4)
    end = page_of(2022, 2023, url=last.url)
    parsed = parse(end, "list", known=lambda url: True, before=BEFORE, **last.args)
    assert parsed.tasks == ()
    assert parsed.list_page is not None
    assert parsed.list_page.vouched == BEFORE.rows[3:9]
    other = page_of(2021, 2023, url=last.url)
    again = parse(other, "list", known=lambda url: True, before=BEFORE, **last.args)
    assert [task.url for task in again.tasks] == [f"{ROOT}index_{k}.shtml" for k in (1, 2)]
    assert again.list_page is not None
    assert again.list_page.vouched == ()


@pytest.mark.parametrize("before", [replace(BEFORE, settled=False), None])
def test_with_a_report_still_to_be_had_all_pages_are_asked_for(before: Before | None) -> None:
    parsed = parse(page_of(2013, 2014, 2015), known=lambda url: True, before=before)
    assert [task.args["page"] for task in parsed.tasks] == [2, 3, 4]


def test_a_known_report_whose_row_shows_something_else_is_asked_for() -> None:
    rows = (*BEFORE.rows[:1], (BEFORE.rows[1][0], "another"), *BEFORE.rows[2:])
    parsed = parse(
        page_of(2013, 2014, 2015), known=lambda url: True, before=replace(BEFORE, rows=rows)
    )
    articles = [task for task in parsed.tasks if task.role == "article"]
    assert [(task.url, task.args["changed"]) for task in articles] == [(rows[1][0], True)]


def test_a_further_page_asks_for_no_page_again_unless_the_list_has_grown() -> None:
    def further(total: int, page: int) -> Parsed:
        pager = f'<script>createPageHTML({total}, {page - 1}, "index", "shtml");</script>'
        url = f"{ROOT}index_{page - 1}.shtml"
        return parse(html(f"<ul>{REPORT}</ul>{pager}", url), "list", page=page, pages=4)

    assert [task.role for task in further(4, 3).tasks] == ["article"]
    assert not further(4, 3).last_page
    assert further(4, 4).last_page
    grown = further(5, 4)
    assert [task.url for task in grown.tasks if task.role == "list"] == [f"{ROOT}index_4.shtml"]
    assert not grown.last_page


def test_pages_are_bounded_with_a_note() -> None:
    pager = '<script>createPageHTML(9999, 0, "index", "shtml");</script>'
    parsed = parse(html(f"<ul>{REPORT}</ul>{pager}"))
    assert sum(task.role == "list" for task in parsed.tasks) == PAGES_AHEAD
    assert parsed.notes == ("pages_bounded: 9999 pages, 500 fetched",)
    assert not parsed.last_page


def test_a_long_list_is_asked_for_in_runs_as_long_as_it_has_rows() -> None:
    pager = '<script>createPageHTML(9999, 0, "index", "shtml");</script>'
    first = parse(html(f"<ul>{REPORT}</ul>{pager}"))
    run = [task for task in first.tasks if task.role == "list"]
    assert [task.args["page"] for task in run] == list(range(2, PAGES_AHEAD + 2))

    def further(body: str, task: Task) -> list[int]:
        number = task.args["page"]
        call = f'<script>createPageHTML(9999, {number - 1}, "index", "shtml");</script>'
        parsed = parse(html(body + call, task.url), "list", **task.args)
        return [one.args["page"] for one in parsed.tasks if one.role == "list"]

    assert further(f"<ul>{OLD}</ul>", run[-2]) == []
    behind = further(f"<ul>{OLD}</ul>", run[-1])
    assert behind == list(range(PAGES_AHEAD + 2, 2 * PAGES_AHEAD + 2))
    # A pager that goes on over empty pages is left at the end of the run.
    assert further("<ul></ul>", run[-1]) == []


def test_the_last_run_of_a_list_ends_with_its_last_page() -> None:
    total = PAGES_AHEAD + 5
    pager = f'<script>createPageHTML({total}, 0, "index", "shtml");</script>'
    run = [task for task in parse(html(f"<ul>{REPORT}</ul>{pager}")).tasks if task.role == "list"]
    last = run[-1]
    number = last.args["page"]
    call = f'<script>createPageHTML({total}, {number - 1}, "index", "shtml");</script>'
    rest = parse(html(f"<ul>{OLD}</ul>{call}", last.url), "list", **last.args)
    lists = [task for task in rest.tasks if task.role == "list"]
    assert [task.args["page"] for task in lists] == list(range(number + 1, total + 1))
    assert all("queued" not in task.args for task in lists)


@pytest.mark.parametrize(
    ("file", "counter", "left_out"),
    [("list_2.shtml", 3, "list_1.shtml"), ("list_2.shtml", 1, "list_10.shtml")],
)
def test_a_page_two_that_is_not_page_two(file: str, counter: int, left_out: str) -> None:
    call = f"<script>createPageHTML('page_div',9,{counter},'list','shtml',99)</script>"
    root = "https://www.qy.gov.cn/qy/gknb/"
    parsed = parse(
        html(f"<ul>{REPORT}</ul>{call}", f"{root}{file}"), "list", Qiyang, page=2, pages=9
    )
    assert [task.url for task in parsed.tasks if task.role == "list"] == [f"{root}{left_out}"]
    assert parsed.notes == (f"page_shift: page 2 says {counter}",)


def test_lists_below_carry_their_names_and_depth() -> None:
    parsed = parse(samples.page("www.ych.gov.cn"))
    first = parsed.tasks[0]
    assert (first.role, first.url, first.args["depth"]) == ("column", f"{ROOT}2024/", 1)
    assert first.args["column_name"] == "政府信息公开年报 > 2024年"
    assert first.args["column"] == ROOT


def test_a_body_s_list_names_the_body() -> None:
    (task,) = parse(html('<a href="./czj/">市财政局</a>')).tasks
    assert task.args["column_agency"] == "市财政局"
    (task,) = parse(html('<a href="./bm/">市直部门</a>')).tasks
    assert task.args["column_agency"] is None


def test_lists_stop_at_the_depth_limit() -> None:
    page = html('<a href="./2024/">2024年</a>', f"{ROOT}a/")
    assert parse(page, depth=MAX_DEPTH - 1).tasks
    deep = parse(page, depth=MAX_DEPTH)
    assert deep.tasks == ()
    assert deep.notes[0].startswith("depth_limit: 1 ")


def test_a_column_does_not_ask_for_itself() -> None:
    links = (
        f'<a href="./">年报</a><a href="{ROOT}">政府信息公开年报</a><a href="index.shtml">年报</a>'
    )
    assert parse(html(links, f"{ROOT}2024/")).tasks == ()


def test_lists_on_other_hosts_are_put_on_record() -> None:
    parsed = parse(samples.page("www.xiangyang.gov.cn", ROOT))
    refused = [one.url for one in parsed.listings if one.reason.startswith("foreign_host")]
    assert "http://xzsp.xiangyang.gov.cn/zwgk/gknb/" in refused
    assert not any("xiangyang" in task.url for task in parsed.tasks)


def test_a_column_that_renders_its_only_report() -> None:
    parsed = parse(samples.page("trs-single", ROOT))
    assert parsed.read_as_article
    assert parsed.tasks == ()
    assert parsed.last_page
    assert not parse(
        samples.page("trs-single", ROOT), known=lambda url: url == ROOT
    ).read_as_article


def test_an_article_and_a_file_are_read_as_such() -> None:
    assert parse(html("<p>…</p>"), "article").read_as_article
    assert parse(Page(f"{ROOT}P1.pdf", b"%PDF-1.5")).read_as_article


def test_a_jump_is_followed_on_the_own_host_only() -> None:
    own = parse(html("<script>location.href='/zwgk/nb/'</script>"))
    assert [(task.role, task.url) for task in own.tasks] == [
        ("column", "http://www.ych.gov.cn/zwgk/nb/")
    ]
    away = parse(html("<script>location.href='http://www.evil.com/nb/'</script>"))
    assert away.tasks == ()
    assert away.listings[0].reason == "foreign_host: www.evil.com"


def test_stubs_and_empty_pages_are_notes() -> None:
    stub = parse(samples.page("trs-stub"), "list", page=7, pages=9)
    assert [note.split(":")[0] for note in stub.notes] == ["stub_page"]
    empty = parse(html("<p>本栏目正在建设中，敬请期待。</p>" * 9))
    assert [note.split(":")[0] for note in empty.notes] == ["empty_page"]
    codes = {note.split(":")[0] for note in (*stub.notes, *empty.notes)}
    assert codes <= PARTIAL_NOTES


@pytest.mark.parametrize("url", ["http://www.ych.gov.cn/", "http://www.ych.gov.cn/xxgk/"])
def test_a_column_that_lands_above_itself_is_lost(url: str) -> None:
    page = html(f'<a href="./news/">要闻</a><ul>{REPORT}</ul>', url)
    parsed = parse(page)
    assert (parsed.tasks, parsed.listings, parsed.last_page) == ((), (), False)
    assert parsed.notes == (f"column_lost: {ROOT} shows {url}",)


def test_a_catalogue_asks_for_columns_and_lists_no_rows() -> None:
    links = (
        '<a href="/bmxz/bm/slj/zfxxgknb/">区水利局政府信息公开年报</a>'
        f'<a href="./czj/">区财政局</a><a href="./zn/">指南</a><ul>{REPORT}</ul>'
    )
    root = "http://www.xyxz.gov.cn/bmxz/bm/"
    parsed = parse(html(links, root), portal=Xiangzhou, column=root, annual=False)
    assert parsed.listings == ()
    assert [(task.url, task.args["annual"]) for task in parsed.tasks] == [
        (f"{root}slj/zfxxgknb/", True),
        (f"{root}czj/", False),
    ]
    deeper = parse(html(links, f"{root}jyj/"), portal=Xiangzhou, column=root, annual=False, depth=1)
    assert [task.url for task in deeper.tasks] == [f"{root}slj/zfxxgknb/"]


def test_year_lists_with_bare_names() -> None:
    parsed = parse(samples.page("www.hbhr.gov.cn"), portal=Huarong, column_name="政府信息公开年报")
    articles = [task for task in parsed.tasks if task.role == "article"]
    assert [task.args["row_title"] for task in articles][:2] == ["区政府办公室", "区审计局"]
    assert {task.args["column_name"] for task in articles} == {"政府信息公开年报 > 2025年"}


def test_walking_a_column_that_leads_back_to_itself_ends() -> None:
    body = '<a href="./2024/">2024年</a><a href="../2023/">2023年</a><a href="../">年报</a>'
    queue = Yicheng().start_tasks()
    fetched = []
    while queue:
        task = queue.pop()
        fetched.append(task.url)
        assert len(fetched) < 500
        parsed = Yicheng().parse_task(
            html(body, task.url), task.role, task.args, known=lambda url: False, years=None
        )
        queue += [new for new in parsed.tasks if new.url not in fetched]
    assert fetched[0] == ROOT


class Queried(Yicheng):
    """A list whose further pages are forms sent to an interface."""

    more: tuple[Link, ...] = (Post("/api/list", "page=2"), Post("/api/list", "page=3"))
    open_end = False

    @classmethod
    def look(cls, page: Page) -> Found:
        pages = tuple(
            Post(page.urljoin(link.url), link.body) for link in cls.more if isinstance(link, Post)
        )
        found = super().look(page)
        return replace(found, pages=pages, total=3, open_end=cls.open_end)


def test_a_further_page_may_be_a_form() -> None:
    parsed = parse(html(f"<ul>{REPORT}</ul>"), portal=Queried)
    lists = [task for task in parsed.tasks if task.role == "list"]
    assert [(task.method, task.body) for task in lists] == [("POST", "page=2"), ("POST", "page=3")]
    assert {task.url for task in lists} == {"http://www.ych.gov.cn/api/list"}
    assert not any("open_end" in task.args for task in lists)
    request = Queried().request(lists[0])
    assert request.headers[b"Content-Type"] == b"application/x-www-form-urlencoded; charset=UTF-8"
    assert (request.method, request.body) == ("POST", b"page=2")
    assert b"Content-Type" not in Queried().request(Queried().start_tasks()[0]).headers


def test_json_is_told_from_a_form() -> None:
    assert form_type('{"page": 2}').startswith("application/json")
    assert form_type("a=%7B1").startswith("application/x-www-form-urlencoded")


def test_a_page_not_to_be_trusted_asks_for_the_next_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Queried, "open_end", True)
    first = parse(html(f"<ul>{REPORT}</ul>"), portal=Queried)
    (second,) = [task for task in first.tasks if task.role == "list"]
    assert (second.body, second.args["open_end"]) == ("page=2", True)
    third = parse(html(f"<ul>{OLD}</ul>"), "list", portal=Queried, **second.args)
    assert [task.body for task in third.tasks if task.role == "list"] == ["page=3"]
    beyond = parse(html(f"<p>{'暂无信息' * 20}</p>"), "list", portal=Queried, **second.args)
    assert (beyond.tasks, beyond.notes, beyond.last_page) == ((), (), True), "empty: the end"


def test_a_server_that_ignores_the_page_is_noticed() -> None:
    page = html(f"<ul>{REPORT}{OLD}</ul>")
    first = parse(page, portal=Queried)
    second = [task for task in first.tasks if task.role == "list"][0]
    again = parse(page, "list", portal=Queried, **second.args)
    assert again.notes == ("page_repeated: page 2 shows the rows of page 1",)
    assert not [task for task in again.tasks if task.role == "list"]
    other = parse(html(f"<ul>{OLD}</ul>"), "list", portal=Queried, **second.args)
    assert other.notes == ()


def test_an_interface_answers_where_it_stands() -> None:
    """A redirect to a page above its column is lost; an answer at such an address is not."""
    form = Post("http://www.ych.gov.cn/xxgk/search", "pageNo=2")
    body = f"<ul>{REPORT}</ul>".encode()
    answer = parse(Page(form.url, body, asked=form), "column")
    assert [task.role for task in answer.tasks] == ["article"]
    data = parse(Page("http://www.ych.gov.cn/xxgk/list", b'{"data": {"total": 0}}'), "column")
    assert "column_lost" not in " ".join(data.notes)
    lost = parse(Page("http://www.ych.gov.cn/xxgk/search", body), "column")
    assert lost.notes[0].startswith("column_lost")


def test_a_province_s_interface_is_own_for_its_portals_only() -> None:
    url = "https://api.hunan.gov.cn/search/common/search/80675"
    assert Qiyang().own_url(url) == url
    assert Yicheng().own_url(url) is None
    assert Qiyang().own_url("https://api.hunan.gov.cn.evil.com/search") is None
