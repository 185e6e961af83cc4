"""From a home page to the columns of annual reports, on sites made of strings."""

from __future__ import annotations

from spiders.discovery.scores import FIRM, FOLLOWED, points
from tests.spiders.sites import menu, rows, walk

HOME = "http://www.a.gov.cn/"
REPORTS = rows(
    ("./202401/t20240117_1001.html", "甲县人民政府2023年政府信息公开工作年度报告"),
    ("./202301/t20230117_901.html", "甲县人民政府2022年政府信息公开工作年度报告"),
    ("./202201/t20220117_801.html", "甲县人民政府2021年政府信息公开工作年度报告"),
)
NEWS = menu(
    ("/xwzx/", "新闻中心"), ("/xwzx/202401/t20240101_1.html", "县长调研"), ("/hd/", "互动交流"),
    ("/login.jsp", "用户登录"), ("/search?keyword=年报", "搜索"), ("/bs/", "网上办事"),
)  # fmt: skip
FRAME = menu(
    ("/zwgk/zfxxgkzn/", "政府信息公开指南"), ("/zwgk/zfxxgkzd/", "政府信息公开制度"),
    ("/zwgk/fdzdgknr/", "法定主动公开内容"), ("/zwgk/gknb/", "政府信息公开年报"),
    ("/zwgk/ysqgk/", "依申请公开"),
)  # fmt: skip


def test_the_usual_way_is_three_pages_long() -> None:
    site = {
        HOME: NEWS + menu(("/zwgk/", "政府信息公开")),
        "http://www.a.gov.cn/zwgk/": FRAME,
        "http://www.a.gov.cn/zwgk/gknb/": f"<h1>政府信息公开年报</h1>{FRAME}{REPORTS}",
    }
    found = walk(site)
    assert found.asked[:3] == list(site)
    assert list(found.columns) == ["http://www.a.gov.cn/zwgk/gknb/"]
    assert len(found.articles) == 3
    labels = [label for _, label, _ in found.trails["http://www.a.gov.cn/zwgk/gknb/"]]
    assert labels == ["", "政府信息公开", "政府信息公开年报"]
    assert not [url for url in found.asked if "xwzx" in url or "login" in url or "search" in url]


def test_a_link_without_words_is_followed_by_its_picture_or_its_address() -> None:
    site = {
        HOME: '<a href="/a1/"><img src="x.png" alt="政府信息公开"></a>',
        "http://www.a.gov.cn/a1/": '<a href="/a1/xxgknb/">更多</a>',
        "http://www.a.gov.cn/a1/xxgknb/": REPORTS,
    }
    assert list(walk(site).columns) == ["http://www.a.gov.cn/a1/xxgknb/"]


def test_departments_on_the_same_host_are_each_a_column_of_their_own() -> None:
    names = {"czj": "财政局", "jyj": "教育局", "mzj": "民政局"}
    site = {
        HOME: menu(("/zwgk/", "政务公开")),
        "http://www.a.gov.cn/zwgk/": menu(("/bm/", "部门信息公开")),
        "http://www.a.gov.cn/bm/": menu(*((f"/bm/{key}/", name) for key, name in names.items())),
    }
    for key, name in names.items():
        site[f"http://www.a.gov.cn/bm/{key}/"] = menu((f"/bm/{key}/nb/", "年报"))
        site[f"http://www.a.gov.cn/bm/{key}/nb/"] = rows(
            ("./202401/t20240117_11.html", f"甲县{name}2023年政府信息公开工作年度报告"),
            ("./202301/t20230117_12.html", f"甲县{name}2022年政府信息公开工作年度报告"),
        )
    found = walk(site)
    assert len(found.articles) == 6
    assert {column["column_agency"] for column in found.columns.values()} == set(names.values())


def test_a_department_in_the_way_does_not_own_the_countys_column() -> None:
    site = {
        HOME: menu(("/zwgk/", "政务公开")),
        "http://www.a.gov.cn/zwgk/": menu(("/bm/czj/", "财政局")),
        "http://www.a.gov.cn/bm/czj/": menu(("/zwgk/gknb/", "政府信息公开年报")),
        "http://www.a.gov.cn/zwgk/gknb/": REPORTS,
    }
    (column,) = walk(site).columns.values()
    assert column["column_agency"] is None


def test_departments_on_sub_hosts_are_entered_with_their_evidence() -> None:
    site = {
        HOME: menu(
            ("http://czj.a.gov.cn/", "县财政局"), ("http://www.b.gov.cn/", "乙县财政局"),
            ("http://czj.a.com/", "县财政局"), ("http://czj.a.gov.cn:8888/", "县财政局"),
        ),
        "http://czj.a.gov.cn/": menu(("/gknb/", "政府信息公开年报")),
        "http://czj.a.gov.cn/gknb/": REPORTS,
    }  # fmt: skip
    found = walk(site)
    assert {(one.host, one.label, one.seen_on) for one in found.hosts} == {
        ("czj.a.gov.cn", "县财政局", HOME)
    }
    assert list(found.columns) == ["http://czj.a.gov.cn/gknb/"]
    assert {url.split("/")[2] for url in found.asked} == {"www.a.gov.cn", "czj.a.gov.cn"}


def test_the_site_map_is_the_last_resort() -> None:
    site = {
        HOME: NEWS + menu(("/wzdt/", "网站地图")),
        "http://www.a.gov.cn/wzdt/": menu(("/x1/", "信息公开年报"), ("/x2/", "旅游")),
        "http://www.a.gov.cn/x1/": REPORTS,
    }
    found = walk(site)
    assert list(found.columns) == ["http://www.a.gov.cn/x1/"]
    assert "http://www.a.gov.cn/x2/" not in found.asked


def test_reports_of_another_kind_are_no_column() -> None:
    site = {
        HOME: menu(("/zwgk/", "政务公开")),
        "http://www.a.gov.cn/zwgk/": menu(("/zwgk/ndbg/", "年度报告"), ("/zwgk/nb/", "年报")),
        "http://www.a.gov.cn/zwgk/ndbg/": rows(
            ("./t20240101_1.html", "甲县人民政府网站工作年度报表(2023年度)"),
            ("./t20230101_1.html", "甲县人民政府网站工作年度报表(2022年度)"),
        ),
        "http://www.a.gov.cn/zwgk/nb/": "<title>甲县人民政府</title>" + NEWS,
    }
    assert walk(site).columns == {}


def test_a_home_page_with_the_newest_reports_is_no_column() -> None:
    site = {HOME: REPORTS}
    assert walk(site).columns == {}


def test_a_list_titled_in_full_is_a_column_whatever_it_is_called() -> None:
    site = {
        HOME: menu(("/zwgk/", "政务公开")),
        "http://www.a.gov.cn/zwgk/": menu(("/zwgk/qt/", "公开专栏")),
        "http://www.a.gov.cn/zwgk/qt/": f"<title>公开专栏</title>{REPORTS}",
    }
    assert list(walk(site).columns) == ["http://www.a.gov.cn/zwgk/qt/"]


def test_a_wrong_address_that_shows_the_home_page_is_no_column() -> None:
    home = f"<title>甲县人民政府</title>{NEWS}" + menu(("/zwgk/gk/", "政府信息公开年报"))
    site = {HOME: home, "http://www.a.gov.cn/zwgk/gk/": home}
    assert walk(site).columns == {}


def test_calendars_and_paths_without_an_end_are_left_alone() -> None:
    days = [(f"/zwgk/?date=2024-01-{day:02}", "政府信息公开") for day in range(1, 29)]
    site = {
        HOME: menu(("/zwgk/", "政府信息公开"), *days),
        "http://www.a.gov.cn/zwgk/": menu(("zwgk/", "政府信息公开"), ("/rili/", "信息公开日历")),
    }
    for depth in range(2, 20):
        site["http://www.a.gov.cn/" + "zwgk/" * depth] = menu(("zwgk/", "政府信息公开"))
    assert len(walk(site).asked) <= 4


def test_a_list_below_the_column_may_stand_on_a_sub_host() -> None:
    site = {
        HOME: menu(("/gknb/", "政府信息公开年报")),
        "http://www.a.gov.cn/gknb/": REPORTS
        + menu(
            ("http://czj.a.gov.cn/gknb/", "县财政局政府信息公开年报"),
            ("http://spam.com/gknb/", "县教育局政府信息公开年报"),
        ),
        "http://czj.a.gov.cn/gknb/": rows(
            ("./202401/t20240101_5.html", "县财政局2023年政府信息公开工作年度报告"),
        ),
    }
    found = walk(site)
    assert "http://czj.a.gov.cn/gknb/202401/t20240101_5.html" in found.articles
    assert {one.host for one in found.hosts} == {"czj.a.gov.cn"}
    assert not [url for url in found.asked if "spam" in url]


def test_departments_are_found_by_the_directory_of_their_sites() -> None:
    site = {
        HOME: menu(("/zwgk/gknb/", "政府信息公开年报"), ("/bmwz/", "部门网站")),
        "http://www.a.gov.cn/zwgk/gknb/": REPORTS,
        "http://www.a.gov.cn/bmwz/": menu(
            ("http://czj.a.gov.cn/", "县财政局"), ("/mzj/", "民政局")
        ),
        "http://czj.a.gov.cn/": menu(("/gk/", "政府信息公开")),
        "http://czj.a.gov.cn/gk/": menu(("/gk/nb/", "年报")),
        "http://czj.a.gov.cn/gk/nb/": REPORTS,
        "http://www.a.gov.cn/mzj/": menu(("/mzj/nb/", "信息公开年报")),
        "http://www.a.gov.cn/mzj/nb/": REPORTS,
    }
    assert walk(site).columns.keys() == {
        "http://www.a.gov.cn/zwgk/gknb/", "http://www.a.gov.cn/mzj/nb/",
        "http://czj.a.gov.cn/gk/nb/",
    }  # fmt: skip


def test_a_notice_about_reports_is_neither_a_way_nor_a_column() -> None:
    notice = "/content.jsp?wbnewsid=2221"
    article = (
        '<meta name="ColumnName" content="政府信息公开年报">'
        '<meta name="ArticleTitle" content="关于做好2023年政府信息公开工作年度报告编制工作的通知">'
        f'<div id="zoom">{"各乡镇人民政府，县政府各部门：请按时编制年度报告。" * 9}</div>'
    )
    site = {
        HOME: menu(
            ("/gk/", "政务公开"), (notice, "关于做好2023年政府信息公开工作年度报告编制工作的通知"),
            ("/show.jsp?id=3", "公开年报"),
        ),
        "http://www.a.gov.cn" + notice: article,
        "http://www.a.gov.cn/show.jsp?id=3": article,
    }  # fmt: skip
    found = walk(site)
    assert found.columns == {}
    assert "http://www.a.gov.cn" + notice not in found.asked
    assert "http://www.a.gov.cn/show.jsp?id=3" in found.asked


def test_a_column_with_a_single_report_shows_it() -> None:
    report = (
        '<meta name="ArticleTitle" content="甲县人民政府2023年政府信息公开工作年度报告">'
        f'<div id="zoom">{"本报告按照条例编制，所列数据的统计期限自2023年1月1日起。" * 9}</div>'
    )
    site = {
        HOME: menu(("/gk/nb/", "政府信息公开年报")),
        "http://www.a.gov.cn/gk/nb/": report,
    }
    assert list(walk(site).columns) == ["http://www.a.gov.cn/gk/nb/"]


def test_a_home_page_that_jumps_to_its_index_is_left_by_it() -> None:
    site = {
        HOME: '<script>window.location.href="/index.html";</script>',
        "http://www.a.gov.cn/index.html": menu(("/gk/nb/", "政府信息公开年报")),
        "http://www.a.gov.cn/gk/nb/": REPORTS,
    }
    assert list(walk(site).columns) == ["http://www.a.gov.cn/gk/nb/"]


def test_the_further_pages_of_a_list_are_no_columns_of_their_own() -> None:
    pager = menu(("/gk/nb/list_2.html", "2"), ("/gk/nb/list_3.html", "下一页"))
    site = {
        HOME: menu(("/gk/nb/", "政府信息公开年报")),
        "http://www.a.gov.cn/gk/nb/": REPORTS + pager,
        "http://www.a.gov.cn/gk/nb/list_2.html": REPORTS,
    }
    assert list(walk(site).columns) == ["http://www.a.gov.cn/gk/nb/"]


def test_guides_are_looked_at_only_while_nothing_better_is_known() -> None:
    assert FOLLOWED <= points("http://www.a.gov.cn/xxgk/zn.html", "政府信息公开指南",
                              disclosure=True, depth=3) < FIRM  # fmt: skip
    site = {
        HOME: menu(("/xxgk/zn.html", "政府信息公开指南")),
        "http://www.a.gov.cn/xxgk/zn.html": FRAME,
        "http://www.a.gov.cn/zwgk/gknb/": REPORTS,
    }
    assert list(walk(site).columns) == ["http://www.a.gov.cn/zwgk/gknb/"]


def test_a_look_alike_of_a_list_is_no_way_to_another() -> None:
    looks = "2023年度某县行政审判年度报告"
    site = {
        HOME: menu(("/gk/nb.aspx?dept=126", "政府信息公开年报")),
        "http://www.a.gov.cn/gk/nb.aspx?dept=126": "<h1>政府信息公开年报</h1>" + rows(
            ("show.aspx?dept=126&amp;id=1501", "甲县财政局2023年政府信息公开工作年度报告"),
            ("show.aspx?dept=126&amp;id=1502", looks),
            ("show.aspx?dept=126&amp;id=1503", "甲县职业学校2023—2024学年信息公开年度报告"),
        ),
    }  # fmt: skip
    found = walk(site)
    assert list(found.columns) == ["http://www.a.gov.cn/gk/nb.aspx?dept=126"]
    assert len(found.articles) == 1
    assert not [url for url in found.asked if "show.aspx" in url]
