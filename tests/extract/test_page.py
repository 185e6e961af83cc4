from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import page
from extract.decode import decode

BODY = """<p>现将本机关2023年度政府信息公开情况报告如下,数据截至12月底。</p><p>一、总体情况</p>
<p>我局认真贯彻落实条例,全年主动公开信息2224条;依申请公开2件,均已办结。</p>
<table><tr><td>信息内容</td><td>本年制发件数</td></tr><tr><td>规章</td><td>0</td></tr></table>
<p>六、其他需要报告的事项</p><p>没有其他需要报告的事项,特此报告如上。</p>"""
NAV = "<ul>" + "".join(f"<li><a href='/{n}/'>栏目名称{n}</a></li>" for n in range(60)) + "</ul>"
FOOT = "<div>主办单位：临江市人民政府 网站标识码：4207030001 <a href='/'>网站地图</a></div>"


def site(article: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body>{NAV}{article}{FOOT}</body></html>"


def text_of(html: str) -> str:
    return "".join("".join(page.container(page.parse(html)).itertext()).split())


@pytest.mark.parametrize(
    "opening",
    [
        '<div class="TRS_UEDITOR trs_paper_default">',
        '<div class="view TRS_Editor">',
        '<div id="zoom">',
        '<div class="p_box">',
        '<div class="zwgk_comr3 line">',
        '<div id="vsb_content">',
        "<ucapcontent>",
        "<table><tr><td id=UCAP-CONTENT>",
        '<div class="some-name-nobody-knows">',
        "<table width=100%><tr><td>",
    ],
)
def test_the_article_is_found_under_any_name(opening: str) -> None:
    tags = [part.split()[0].strip("<>") for part in opening.split("<") if part]
    closing = "".join(f"</{tag}>" for tag in reversed(tags))
    text = text_of(site(f"<div class=main><h1>标题</h1>{opening}{BODY}{closing}</div>"))
    assert text.startswith(("现将本机关", "标题现将本机关"))
    assert text.endswith("特此报告如上。")


def test_two_bodies_are_both_in_the_container() -> None:
    one = f'<div class="TRS_Editor">{BODY}</div>'
    text = text_of(site(f"<div><div>{one}</div><div>{one}</div></div>"))
    assert text.count("现将本机关") == 2
    assert "栏目名称" not in text


def test_a_named_element_that_lacks_the_tables_is_not_the_article() -> None:
    intro, tables = BODY.split("<p>一、总体情况</p>")
    text = text_of(site(f'<div><div id="zoom">{intro * 9}</div><p>一、总体情况</p>{tables}</div>'))
    assert text.endswith("特此报告如上。")


def test_a_picture_report_gives_its_named_element() -> None:
    article = page.container(page.parse(site('<div id="zoom"><p><img src="P0.jpg"></p></div>')))
    assert article.get("id") == "zoom"


@pytest.mark.parametrize("depth", [10, 1_000, 10_000, 100_000])
def test_depth_is_bounded_and_a_cut_is_told(depth: int) -> None:
    root = page.parse(f"<html><body>{'<font><div>' * depth}深处</body></html>")
    assert "深处" in "".join(root.itertext())
    assert page.cut(root) is None
    cut = page.cut(page.parse("<table><tr><td>" * depth + "深处"))
    assert (cut == "nested too deep to be read whole") == (depth >= 1_000)
    page.fields(root, page.container(root))


@pytest.mark.parametrize("junk", ["", " ", "<", "<!---->", "\x00\x01", "<?xml?>", "&#0;"])
def test_junk_gives_an_empty_page(junk: str) -> None:
    root = page.parse(junk)
    assert page.fields(root, page.container(root)).claims == ()


@given(st.text(alphabet="<>/=\"'&;! 年月日tdivspanbr发布时间：2024-01来源标题", max_size=300))
def test_any_markup_is_read(text: str) -> None:
    root = page.parse(text)
    page.fields(root, page.container(root))
    page.text_fields(text)


def test_markup_is_told_from_text() -> None:
    assert page.is_html("<TABLE border=0><TR><TD>甲")
    assert not page.is_html("一、总体情况\n收到<3件>,a<b>c\n| 规章 | 0 |")


META = (
    '<META name="ArticleTitle"content="临江市财政局2023年政府信息公开工作年度报告"'
    'name2="x"><meta name=PubDate content="2024-01-31 04:58"><meta name="ContentSource" '
    'content=""><meta name="SiteIDCode" content="4207030001">'
    '<meta name="ColumnName" content="年报">'
)


def values(html: str, field: str) -> list[tuple[str, str]]:
    root = page.parse(html)
    found = page.fields(root, page.container(root)).all(field)
    return [(claim.value, claim.source) for claim in found]


def test_the_meta_trio_without_blanks_between_attributes() -> None:
    html = site(f"<div id=zoom>{BODY}</div>", META)
    assert values(html, "title")[0] == ("临江市财政局2023年政府信息公开工作年度报告", "meta")
    assert values(html, "published_on") == [("2024-01-31", "meta")]
    assert values(html, "column") == [("年报", "meta")]
    assert values(html, "content_source") == []
    assert values(html, "site_id_code") == [("4207030001", "meta"), ("4207030001", "footer")]
    assert values(html, "host_unit") == [("临江市人民政府", "footer")]


@pytest.mark.parametrize(
    "index",
    [
        "<table><tr><td>索 引 号：</td><td>014314799/2024-00002</td><td>发布机构：</td>"
        "<td>临江市财政局</td></tr><tr><td>文号</td><td></td><td>公开日期</td>"
        "<td>2024年01月17日</td></tr></table>",
        "<table><tr><th>索引号</th><td>014314799/2024-00002</td></tr><tr><th>发布机构</th>"
        "<td>临江市财政局</td></tr><tr><th>公开日期</th><td>2024-01-17</td></tr></table>",
        "<ul><li>索引号：014314799/2024-00002</li><li><b>发布机构：</b>临江市财政局</li>"
        "<li>公开日期：<span>2024-01-17</span></li></ul>",
        "<dl><dt>索引号</dt><dd>014314799/2024-00002</dd><dt>文号</dt><dd></dd><dt>发布机构</dt>"
        "<dd>临江市财政局</dd><dt>公开日期</dt><dd>2024/1/17</dd></dl>",
        "<div><span>索引号：</span><span>014314799/2024-00002</span><span>发布机构：</span>"
        "<span>临江市财政局</span><span>公开日期：</span><span>2024-01-17</span></div>",
        "<div>【索引号】014314799/2024-00002&nbsp;&nbsp;【发布机构】临江市财政局&nbsp;"
        "【公开日期】2024-01-17</div>".replace("】", "】："),
    ],
)
def test_index_tables_in_every_layout(index: str) -> None:
    html = site(f"<div>{index}</div><div id=zoom>{BODY}</div>")
    assert values(html, "index_number") == [("014314799/2024-00002", "index_table")]
    assert values(html, "publisher") == [("临江市财政局", "index_table")]
    assert values(html, "published_on") == [("2024-01-17", "index_table")]
    assert values(html, "document_number") == []


@pytest.mark.parametrize(
    ("line", "day", "who"),
    [
        ("来源: 区住建局 发布日期: 2021年05月13日", "2021-05-13", "区住建局"),
        ("信息来源:鄂州政府网 日期:2021-03-16", "2021-03-16", "鄂州政府网"),
        ("发布时间：2025-02-18 16:52信息来源：县政务服务中心", "2025-02-18", "县政务服务中心"),
        (
            "<span>时间：2019-01-09 11:08</span> <span>来源：<b>市局</b></span>",
            "2019-01-09",
            "市局",
        ),
        ("發(fā)布時間:2025-02-18信息來源:某局 瀏覽次數：12", "2025-02-18", "某局"),
        ("【字体：大 中 小】 发布时间：2024-01-05 | 来源：某局 | 打印", "2024-01-05", "某局"),
    ],
)
def test_the_visible_line(line: str, day: str, who: str) -> None:
    html = site(f"<div><p>{line}</p></div><div id=zoom>{BODY}</div>")
    assert values(html, "published_on") == [(day, "visible_line")]
    assert values(html, "content_source") == [(who, "visible_line")]


def test_prose_is_not_searched_for_labels() -> None:
    body = BODY.replace("我局认真", "来源：某局 时间：2020-01-01 我局认真")
    assert values(site(f"<div id=zoom>{body}</div>"), "published_on") == []


def test_titles_and_trail() -> None:
    html = site(
        "<div>当前位置：<a>首页</a> &gt; <a>政府信息公开</a> &gt; <a>年度报告</a></div>"
        "<h1>临江市财政局</h1><h1>2023年政府信息公开工作年度报告</h1>"
        f"<div id=zoom>{BODY}</div>",
        "<title>临江市财政局2023年政府信息公开工作年度报告_年报_临江市人民政府</title>",
    )
    assert values(html, "column") == [("年度报告", "breadcrumb")]
    titles = values(html, "title")
    assert titles[0] == ("临江市财政局2023年政府信息公开工作年度报告", "heading")
    assert ("临江市财政局2023年政府信息公开工作年度报告", "title_element") in titles


def test_a_saved_copy_inside_another_page() -> None:
    html = (
        "<html><head><title>存档-某站</title></head><body><div>来源：http://a.gov.cn/x.shtml</div>"
        f"<div>采集时间：2025-12-30</div><article>{site(f'<div id=zoom>{BODY}</div>', META)}"
        "</article></body></html>"
    )
    assert values(html, "published_on") == [("2024-01-31", "meta")]
    assert text_of(html).startswith("现将本机关")


def test_a_loose_text_has_a_head_of_labels() -> None:
    text = (
        "标题: 临江市2021年度政府信息公开工作年度报告\n发布时间: 2022-02-08 16:34\n发布机构: \n"
        "栏目: 年报\n原文链接: https://a.gov.cn/\n===== 正文 =====\n一、总体情况\n"
        "时间: 2020-01-01\n"
    )
    found = page.text_fields(text)
    assert [(claim.field, claim.value) for claim in found.claims] == [
        ("title", "临江市2021年度政府信息公开工作年度报告"),
        ("column", "年报"),
        ("published_on", "2022-02-08"),
    ]
    wrapped = page.text_fields("正文\n2024 年临江市科委政府信息公开工作\n年度报告\n根据条例。\n")
    assert [claim.value for claim in wrapped.claims] == [
        "2024 年临江市科委政府信息公开工作年度报告"
    ]
    notice = "国务院办公厅 关于印发《政府信息公开工作 年度报告格式》的通知"
    assert [claim.value for claim in page.text_fields(f"{notice}\n一、总体情况\n").claims] == [
        notice
    ]
    assert page.text_fields("2024年,某局始终坚持。\n一、总体情况\n").claims == ()


@pytest.mark.corpus
def test_articles_of_real_pages_hold_the_text_and_not_the_page(corpus: Path) -> None:
    expected = {
        "reports/shuyang-fgj_2023.html": (
            "根据《中华人民共和国政府信息公开条例》",
            "2024年1月17日",
        ),
        "reports/pingtan-czj_2018.html": ("引言根据《中华人民共和国", "2018年12月31日"),
        "pages/most_bmgz_202508_194336.html": ("《科技部关于废止部分规章的决定》", "起施行。"),
        "pages/ndrc_detail_1.html": ("中华人民共和国国家发展和改革委员会令", "2026年3月18日"),
        "pages/gne_gzggw.html": ("1-10月，全县固定资产投资", "（德清县发改局）"),
        "pages/csrc_detail_1.html": ("中国证监会派出机构监管职责规定", "同时废止。"),
    }
    for name, (start, end) in expected.items():
        text = text_of(decode((corpus / name).read_bytes()).text)
        assert text.startswith(start), name
        assert text.endswith(end), name


def test_word_html_of_a_gbk_portal() -> None:
    html = (
        '<HTML xmlns:o="urn:schemas-microsoft-com:office:office"><HEAD><META http-equiv='
        'Content-Type content="text/html; charset=gb2312"><TITLE>某局</TITLE>'
        "<!--[if gte mso 9]><xml><o:p>垃圾</o:p></xml><![endif]--></HEAD><BODY><FORM id=Form1>"
        "<TABLE width=900><TR><TD class=nav>" + NAV + "</TD><TD><P class=MsoNormal align=center>"
        "<B><SPAN lang=EN-US>2013</SPAN>年临江市财政局政府信息公开工作年度报告<o:p></o:p></B></P>"
        "<P>发布日期：2014-03-01</P><![if !supportEmptyParas]>"
        + BODY
        + "<![endif]></TD></TR></TABLE>"
        "</FORM></BODY></HTML>"
    )
    decoded = decode(html.encode("gb18030"))
    root = page.parse(decoded.text)
    article = page.container(root)
    assert "栏目名称" not in "".join(article.itertext())
    found = page.fields(root, article)
    title, day = found.first("title"), found.first("published_on")
    assert title is not None
    assert title.value == "2013年临江市财政局政府信息公开工作年度报告"
    assert day is not None
    assert day.value == "2014-03-01"
