from __future__ import annotations

from pathlib import Path

import pytest

from extract import chrome, kind, page, sections
from extract.attachments import links
from extract.decode import decode
from extract.record import Source

SECTIONS = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]
REPORT = "".join(
    f"<p>{head}</p><p>我局认真做好政府信息公开工作,成效明显。</p>" for head in SECTIONS
)
PROSE = f"<p>{'我局认真做好政府信息公开工作,全年公开信息二百条。' * 30}</p>"
TITLE = "临江市财政局2023年政府信息公开工作年度报告"


def kind_of(
    html: str, row_title: str | None = None, tables: int = 0, column: str | None = None
) -> str:
    source = Source(url="http://www.a.gov.cn/x/1.html", row_title=row_title, column_name=column)
    root = page.parse(html)
    article = page.container(root)
    lines = chrome.prose(page.container(page.parse(html)))
    return kind.classify(
        fields=page.fields(root, article),
        article=article,
        lines=lines,
        source=source,
        tables=tables,
        sections=sections.split(lines),
    )


def titled(title: str, body: str) -> str:
    return f"<html><head><title>{title}</title></head><body><div id=zoom>{body}</div></body></html>"


def test_a_report_is_told_by_title_or_body() -> None:
    assert kind_of(titled(TITLE, REPORT)) == "report"
    assert kind_of(titled(TITLE, PROSE)) == "report"  # the free form of the years before 2019
    assert kind_of(titled("市政府办公室", REPORT), "市政府办公室", column="年报") == "report"
    assert kind_of(titled("", REPORT)) == "report"
    assert kind_of(titled("2023年度政府信息公开工作报告", "<p>见表。</p>"), tables=3) == "report"
    assert kind_of(titled(TITLE + "(图解版本)", REPORT), tables=4) == "report"


@pytest.mark.parametrize(
    "title",
    [
        "关于做好2023年政府信息公开工作年度报告编制工作的通知",
        "临江大学2022-2023学年信息公开年度报告",
        "政府网站工作年度报表(2023年度)",
        "临江市2023年法治政府建设年度报告",
    ],
)
def test_look_alikes_are_none_whatever_they_hold(title: str) -> None:
    assert kind_of(titled(title, REPORT), tables=4) == "not_report"
    assert kind_of(titled(title, PROSE)) == "not_report"


def test_a_notice_that_prints_the_form_is_none_as_loose_text_too() -> None:
    text = "关于印发《中华人民共和国政府信息公开工作年度报告格式》的通知\n" + "\n".join(SECTIONS)
    lines = text.splitlines()
    parts = sections.split(lines)
    for fields, expected in (
        (page.text_fields(text), "not_report"),
        (page.text_fields("\n".join(SECTIONS)), "report"),
    ):
        got = kind.classify(
            fields=fields, article=None, lines=lines, source=Source(), tables=5, sections=parts
        )
        assert got == expected


def test_other_documents_of_the_column_are_none() -> None:
    assert kind_of(titled("临江市政府信息公开指南", PROSE), column="年报") == "not_report"
    assert kind_of(titled("临江市召开经济工作会", PROSE)) == "not_report"


def test_a_title_over_files_or_pictures() -> None:
    file = '<p><a href="P0.\n pdf">临江市财政局年报.pdf</a></p>'
    assert kind_of(titled(TITLE, file)) == "attachment_only"
    assert kind_of(titled(TITLE, '<iframe src="/js/viewer.html?file=/a.pdf"></iframe>')) == (
        "attachment_only"
    )
    assert kind_of(titled(TITLE, '<p><img src="./P02024.jpg"></p>')) == "image_only"
    assert kind_of(titled(TITLE + "(图片版)", '<p><img src="./P02024.jpg"></p>')) == "image_only"
    assert kind_of(titled("市政府办公室", file), "市政府办公室", column="政府信息公开年报") == (
        "attachment_only"
    )
    assert kind_of(titled("临江市招聘公告", file)) == "not_report"


def test_lists_are_an_index() -> None:
    rows = "".join(
        f'<li><a href="{n}.html">临江市{n}局2023年政府信息公开工作年度报告</a> 2024-01-{n}</li>'
        for n in range(10, 25)
    )
    assert kind_of(titled("政府信息公开年报", f"<ul>{rows}</ul>")) == "index"
    news = "".join(f'<li><a href="{n}.html">某某会议召开</a><i>01-{n}</i></li>' for n in range(9))
    assert kind_of(titled("要闻动态", f"<ul>{news * 3}</ul>")) == "index"


@pytest.mark.parametrize(
    "html",
    [
        '<script>document.cookie="__jsl_clearance_s=1";location.href=location.pathname</script>',
        ';<script>go({"bts":["1","2"],"chars":"a","ha":"sha1","tn":"__jsl_clearance_s"})</script>',
        '<html><head><meta id="9DhefwqGPrzGxEp9hPaoag" content="x"><script>$_ts=window.$_ts'
        "</script></head><body></body></html>",
        "<html><body><h1>403 Forbidden</h1></body></html>",
        "<html><body><p>您的访问请求被Web应用防火墙拦截,请联系管理员。</p></body></html>",
        "<html><body>请稍候,正在验证您的浏览器安全</body></html>",
        "<html><script src=/a.js></script><body></body></html>",
    ],
)
def test_block_pages(html: str) -> None:
    assert kind_of(html, TITLE) == "blocked"


def test_attachments_are_absolute_and_met_once() -> None:
    html = (
        f'<html><body><a href="/app.apk">移动版</a><div id=zoom>{PROSE}'
        '<a href="./P1.\n docx">文字版</a><a href="P1.docx">文字版</a>'
        '<a href="/down?id=3" title="x">年度报告.PDF</a></div>'
        '<div class="xqym"><div class="fj"><a href="//b.gov.cn/1.ofd">年报</a></div></div>'
        '<div><a href="/z/说明.doc">其他</a></div></body></html>'
    )
    root = page.parse(html)
    found = links.attachments(page.container(root), "https://a.gov.cn/x/y/1.html")
    assert [(one.url, one.name, one.type) for one in found] == [
        ("https://a.gov.cn/x/y/P1.docx", "文字版", "docx"),
        ("https://a.gov.cn/down?id=3", "年度报告.PDF", "pdf"),
        ("https://b.gov.cn/1.ofd", "年报", "ofd"),
    ]


@pytest.mark.corpus
def test_real_pages(corpus: Path) -> None:
    wanted = {
        "csrc_list": "index",
        "ndrc_list": "index",
        "most_list": "index",
        "csrc_detail_1": "not_report",
        "most_bmgz_202508_194336": "not_report",
        "ndrc_detail_1": "not_report",
        "gne_gzggw": "not_report",
        "sasac_detail_1": "not_report",
    }
    for name, expected in wanted.items():
        html = decode((corpus / "pages" / f"{name}.html").read_bytes()).text
        assert kind_of(html) == expected, name
