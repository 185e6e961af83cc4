"""Rows are the rows of the page's own list, and nothing else on the page."""

from __future__ import annotations

from spiders.families import recognise
from spiders.families.trs import Trs
from spiders.page import Page
from spiders.tasks import Row
from tests.spiders.samples import html


def urls(body: str) -> list[str]:
    page = html(body)
    return [row.url.removeprefix("http://www.ych.gov.cn/xxgk/xxgknb/") for row in Trs.rows(page)]


def row(
    href: str, title: str = "某局2024年政府信息公开工作年度报告", date: str = "2025-01-17"
) -> str:
    return f'<li><a href="{href}">{title}</a><span>{date}</span></li>'


MENU = (
    '<div class="leftmenu"><a href="../zfxxgkzn/202001/t20200120_1.shtml">政府信息公开指南</a>'
    '<a href="../zfxxgkzd/">政府信息公开制度</a><a href="./">政府信息公开年报</a></div>'
)


def test_menus_sidebars_and_footers_give_no_rows() -> None:
    hot = f'<div class="sidebar"><ul>{row("/news/202502/t20250201_7.shtml") * 9}</ul></div>'
    foot = '<div class="footer"><a href="http://www.gov.cn/">中国政府网</a> 2025-01-01</div>'
    page = f"{MENU}<ul>{row('./202501/t20250117_1.shtml')}</ul>{hot}{foot}"
    assert urls(page) == ["202501/t20250117_1.shtml"]


def test_an_empty_list_beside_a_menu_gives_no_rows() -> None:
    assert urls(f"{MENU}<ul></ul>") == []


def test_a_longer_list_of_another_column_is_not_the_list() -> None:
    other = "".join(row(f"/zwgk/tzgg/202501/t20250117_{n}.shtml") for n in range(20))
    assert urls(f"<ul>{other}</ul><ol>{row('202501/t20250117_99.shtml')}</ol>") == [
        "202501/t20250117_99.shtml"
    ]


def test_rows_of_the_list_may_lead_anywhere() -> None:
    rows = [
        row("./202501/t20250117_1.shtml"),
        row("./202501/t20250116_2.shtml"),
        row("http://sthjj.xiangyang.gov.cn/zwgk/gknb/202501/t20250115_3.shtml"),
        row("/gkmlpt/content/1/2/post_3.html#12"),
        row("./202501/P020250117.pdf"),
    ]
    assert len(urls(f"<ul>{''.join(rows)}</ul>")) == 5


def test_look_alikes_inside_the_list_are_rows() -> None:
    rows = [
        row("./202501/t20250117_1.shtml"),
        row("./202501/t20250116_2.shtml", "关于编制2024年政府信息公开年度报告的通知"),
        row("./202001/t20200116_3.shtml", "政府信息公开指南"),
    ]
    assert len(urls(f"<ul>{''.join(rows)}</ul>")) == 3


def test_category_and_downloads_of_a_row_are_not_rows() -> None:
    item = (
        '<li>[<a href="../">部门年报</a>] <a href="./202501/t20250117_1.shtml">某局年报</a>'
        '<a href="./202501/P1.pdf">下载PDF版</a><a href="./202501/P1.ofd">OFD</a>'
        "<span>2025-01-17</span></li>"
    )
    assert urls(f"<ul>{item}{row('./202501/t20250116_2.shtml')}</ul>") == [
        "202501/t20250117_1.shtml",
        "202501/t20250116_2.shtml",
    ]


def test_a_row_of_files_only_is_a_row() -> None:
    item = (
        '<li><a href="./P1.pdf">PDF</a><a href="./P2.ofd">某局2024年年报.ofd</a>'
        "<i>2025-01-17</i></li>"
    )
    assert urls(f"<ul>{item}</ul>") == ["P2.ofd"]


def test_several_reports_in_one_table_row() -> None:
    cells = "".join(f'<td><a href="{y}/t{y}0117_1.shtml">{y}</a></td>' for y in (2023, 2024))
    assert urls(f"<table><tr><td>发改局</td>{cells}</tr></table>") == [
        "2023/t20230117_1.shtml",
        "2024/t20240117_1.shtml",
    ]


def test_each_address_once_in_printed_order() -> None:
    rows = row("./b/t20250117_1.shtml") + row("./a/t20250117_2.shtml") + row("b/t20250117_1.shtml")
    assert urls(f"<ul>{rows}</ul>") == ["b/t20250117_1.shtml", "a/t20250117_2.shtml"]


def test_rows_written_by_script() -> None:
    script = """<li><script>
var str_1 = ""; var url="./202602/t20260203_1.shtml"; var title="区&#183;财政局 \\"2025\\"";
document.writeln("<a href='"+url+"'>"+title+"</a>");
</script><span>2026-02-03</span></li>
<script>document.write('<a href="./202601/t20260120_2.shtml" title="区教育局">区…</a> 2026-01-20');
</script>"""
    page = Page("https://h.gov.cn/nb/", f"<html><body><ul>{script}</ul></body></html>".encode())
    assert Trs.rows(page) == (
        Row("https://h.gov.cn/nb/202602/t20260203_1.shtml", '区·财政局 "2025"', "2026-02-03"),
        Row("https://h.gov.cn/nb/202601/t20260120_2.shtml", "区教育局", "2026-01-20"),
    )


def test_scripts_of_the_page_are_no_rows() -> None:
    script = (
        "<script>var tmp = '6840'; document.write('<strong><img src=\"/a.png\"></strong>');"
        "var url = location.href;</script>"
    )
    assert urls(script) == []


def test_a_home_page_gives_no_rows_of_a_column() -> None:
    news = "".join(row(f"/xwzx/202502/t20250201_{n}.shtml", f"要闻{n}") for n in range(8))
    found = Trs.look(html(f"<ul>{news}</ul>"))
    assert found.notes == ("rows_elsewhere: all 8 rows lead outside /xxgk/xxgknb/",)


def test_rows_in_an_article_s_element() -> None:
    """A column whose editor made the list by hand, or whose template reuses the element."""
    body = f'<div id="zoom"><ul>{row("./202501/t20250117_1.shtml")}</ul></div>'
    found = Trs.look(html(body))
    assert not found.is_article
    assert [one.date for one in found.rows] == ["2025-01-17"]


def test_a_link_by_onclick() -> None:
    item = (
        '<li><a href="javascript:;" onclick="window.open(\'./202501/t20250117_1.shtml\')">'
        "某局2024年年报</a><span>2025-01-17</span></li>"
    )
    assert urls(f"<ul>{item}</ul>") == ["202501/t20250117_1.shtml"]


def test_the_longest_title_of_an_address() -> None:
    href = "./202501/t20250117_1.shtml"
    item = f'<a href="{href}">[查看]</a><a href="{href}">某局2024年年报</a><i>2025-01-17</i>'
    (only,) = Trs.rows(html(f"<ul><li>{item}</li></ul>"))
    assert (only.title, only.date) == ("某局2024年年报", "2025-01-17")


def test_markup_nested_thousands_deep_is_read() -> None:
    deep = "<font>" * 3000 + "x"
    rows = row("./202501/t20250117_1.shtml") + row("./202501/t20250116_2.shtml")
    assert len(urls(f"<ul>{rows}</ul>{deep}")) == 2


def test_a_list_of_news_with_one_own_row_is_not_the_list() -> None:
    news = "".join(row(f"/xwzx/202501/t20250117_{n}.shtml") for n in range(4))
    mixed = f"<ol>{row('./202412/t20241201_8.shtml')}{news}</ol>"
    assert urls(f"<ul>{row('./202501/t20250117_9.shtml')}</ul>{mixed}") == [
        "202501/t20250117_9.shtml"
    ]


def test_a_sidebar_is_no_list_however_long() -> None:
    hot = "".join(row(f"/xwzx/202501/t20250117_{n}.shtml", "要闻") for n in range(9))
    page = html(f"<ul>{row('/bm/a/202501/t20250117_9.shtml')}</ul><div class='hot'>{hot}</div>")
    assert [one.url[-15:] for one in Trs.rows(page)] == ["0250117_9.shtml"]
    assert len(Trs.rows(page)) == 1


def test_an_own_article_in_the_breadcrumb_or_menu_is_no_row() -> None:
    crumb = '<div class="crumbs"><a href="./201901/t20190101_1.shtml">公开指南</a></div>'
    assert urls(f"{crumb}<ul>{row('./202501/t20250117_9.shtml')}</ul>") == [
        "202501/t20250117_9.shtml"
    ]


def test_rows_that_name_documents_are_no_lists_below() -> None:
    """On a CMS whose articles' addresses nobody knows, titles tell rows from lists."""
    titles = (
        "某局2024年政府信息公开工作年度报告", "2024年政府信息公开工作年度报告格式",
        "关于做好2023年政府信息公开工作年度报告编制和发布工作的通知", "2022年某县行政审判年度报告",
        "2021年", "部门年报",
    )  # fmt: skip
    items = "".join(row(f"./show{n}/", title) for n, title in enumerate(titles))
    found = Trs.look(html(f"<ul>{items}</ul>"))
    assert [label for _, label in found.sublists] == ["2021年", "部门年报"]


def test_a_foreign_link_does_not_tell_the_cms() -> None:
    rows = "".join(row(f"/gk/details.aspx?dept=9&amp;id={n}") for n in range(100, 104))
    foreign = row("http://m.nianbaowang.example/zwgk/202501/t20250117_1.html")
    assert recognise(html(f"<ul>{rows}{foreign}</ul>", "http://gk.x.gov.cn/gk/list.aspx")) is None
    own = row("./202501/t20250117_1.html")
    assert recognise(html(f"<ul>{rows}{own}</ul>", "http://gk.x.gov.cn/gk/list.aspx")) is Trs
