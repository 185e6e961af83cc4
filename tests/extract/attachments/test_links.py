"""Files are found wherever a page hides them, and nothing else is taken for one."""

from __future__ import annotations

from base64 import b64encode

import pytest

from extract import page
from extract.attachments.addresses import same_file, unwrapped
from extract.attachments.images import pictures
from extract.attachments.links import attachments

HERE = "https://www.a.gov.cn/xxgk/202401/t1.html"
TITLE = "临江市财政局2023年政府信息公开工作年度报告"
TEXT = "<p>" + "本年度政府信息公开工作情况报告如下，数据统计期限自一月一日起。" * 20 + "</p>"
WRAPPED = b64encode(b"https://www.a.gov.cn/upload/b.pdf").decode()


def found(inside: str, outside: str = "", head: str = "") -> list[tuple[str, str]]:
    root = page.parse(
        f"<html><head><title>{TITLE}-临江市政府</title>{head}</head><body>"
        f"<div class='nav'><a href='/guide.pdf'>网站手册</a></div>"
        f"<div id='zoom'>{TEXT}{inside}</div>{outside}</body></html>"
    )
    return [(one.url, one.type) for one in attachments(page.container(root), HERE)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<a href='P0.pdf'>年报</a>", ("https://www.a.gov.cn/xxgk/202401/P0.pdf", "pdf")),
        ("<a href='./P0.\r\n   docx'>年报</a>",
         ("https://www.a.gov.cn/xxgk/202401/P0.docx", "docx")),
        ("<a href=' /f/年 报.ofd '>x</a>", ("https://www.a.gov.cn/f/年%20报.ofd", "ofd")),
        ("<a href='/down?id=3'>年报.wps</a>", ("https://www.a.gov.cn/down?id=3", "wps")),
        ("<a href='/x/downfile.jsp?id=3'>附件下载</a>",
         ("https://www.a.gov.cn/x/downfile.jsp?id=3", "file")),
        ("<a href='javascript:;' onclick=\"openFile('/f/b.xlsx','表')\">表</a>",
         ("https://www.a.gov.cn/f/b.xlsx", "xlsx")),
        ("<a href=\"javascript:view('/f/b.pdf')\">表</a>", ("https://www.a.gov.cn/f/b.pdf", "pdf")),
        ("<button data-url='/f/b.zip'>下载</button>", ("https://www.a.gov.cn/f/b.zip", "zip")),
        ("<iframe src='/pdfjs/web/viewer.html?file=%2Ff%2Fb.pdf#page=1'></iframe>",
         ("https://www.a.gov.cn/f/b.pdf", "pdf")),
        (f"<a href='/onlinePreview?url={WRAPPED}'>在线预览.pdf</a>",
         ("https://www.a.gov.cn/upload/b.pdf", "pdf")),
        ("<embed src='b.pdf'>", ("https://www.a.gov.cn/xxgk/202401/b.pdf", "pdf")),
        ("<script>var f = 'b.pdf';show(f)</script>",
         ("https://www.a.gov.cn/xxgk/202401/b.pdf", "pdf")),
        ("<script>var s={\"fileUrl\":\"\\/f\\/b.doc\"}</script>",
         ("https://www.a.gov.cn/f/b.doc", "doc")),
    ],
)  # fmt: skip
def test_a_file_in_the_article(html: str, expected: tuple[str, str]) -> None:
    assert found(html) == [expected]


@pytest.mark.parametrize(
    "html",
    [
        "<div class='fj_list'><a href='/f/b.pdf'>1</a></div>",
        f"<div><a href='/f/b.pdf'>{TITLE}.pdf</a></div>",
        f"<div><a href='/f/b.pdf'>{TITLE}</a></div>",
        "<div>附件：<a href='/f/b.pdf'>表一</a></div>",
        "<div><h3>相关附件</h3><ul><li><a href='/f/b.pdf'>表一</a></li></ul></div>",
        "<script>var attachUrl='/f/b.pdf';</script>",
        "<script>PDFObject.embed(\"/f/b.pdf\", '#box'); var pdfUrl = '/f/b.pdf'</script>",
        "<iframe src='/f/b.pdf'></iframe>",
    ],
)
def test_a_file_beside_the_article(html: str) -> None:
    assert found("", html) == [("https://www.a.gov.cn/f/b.pdf", "pdf")]


@pytest.mark.parametrize(
    "html",
    [
        "<div><a href='/f/b.pdf'>用户手册</a></div>",
        "<script>var help='/f/b.pdf';</script>",
        "<script>var pdfUrl='/static/manual.pdf';</script>",
        "<div><a href='mailto:a@b.gov.cn?x.pdf'>.pdf</a></div>",
        "<div><a href='/index.html'>下载中心</a></div>",
        f"<div>下一篇：<a href='/f/b.pdf'>{TITLE}</a></div>",
        f"<p><b>上一条</b>：<a href='/f/b.pdf'>{TITLE}</a></p>",
        f"<div class='prenext'><p><a href='/f/b.pdf'>{TITLE}</a></p></div>",
        f"<div><h3>相关阅读</h3><ul><li><a href='/f/b.pdf'>{TITLE}</a></li></ul></div>",
    ],
)
def test_what_is_no_file_of_the_article(html: str) -> None:
    assert found("", html) == []


def test_each_file_once_and_never_a_catalogue() -> None:
    assert len(found("<a href='a.pdf'>1</a><a href='a.pdf'>2</a><a href='./a.pdf'>3</a>")) == 1
    assert len(found("".join(f"<a href='{n}.pdf'>{n}</a>" for n in range(500)))) == 60


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://h/f/a.pdf?token=1&e=2", "https://h/f/a.pdf?token=9"),
        ("https://h/get?id=3&Signature=x&Expires=7", "https://h/get?id=3&Signature=y&Expires=8"),
        ("https://h/d.jsp?filename=a.pdf&_t=1", "https://h/d.jsp?filename=a.pdf&_t=2"),
    ],
)
def test_a_token_makes_no_other_file(one: str, other: str) -> None:
    assert same_file(one) == same_file(other)


def test_another_number_is_another_file() -> None:
    assert same_file("https://h/get?id=3&sign=x") != same_file("https://h/get?id=4&sign=x")
    assert same_file("https://h/d.jsp?filename=a.pdf") != same_file(
        "https://h/d.jsp?filename=b.pdf"
    )


def test_a_script_that_hands_a_file_out_is_its_address() -> None:
    script = "https://h/module/downfile.jsp?filename=8f0c.pdf"
    assert unwrapped(script) == script
    assert unwrapped("https://h/js/viewer.html?file=../f/a.pdf") == "https://h/f/a.pdf"


def test_pictures_that_may_be_pages() -> None:
    html = (
        f"<html><body><div id='zoom'>{TEXT}<img src='P1.jpg'><img src='/icon/pdf.png'>"
        "<img src='P2.png' width='16' height='16'><img src='blank.gif' data-original='P3.jpeg'>"
        "<img src='x.gif'><img src='y.gif' style='width: 900px'></div></body></html>"
    )
    root = page.parse(html)
    shown = pictures(page.container(root), HERE)
    assert [one.url.rsplit("/", 1)[1] for one in shown] == ["P1.jpg", "P3.jpeg", "y.gif"]
