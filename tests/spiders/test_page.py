"""Links resolve as a browser would, or to nothing."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.page import Page, directory

LIST = "http://xzsp.xiangyang.gov.cn/zwgk/gknb/"


@pytest.mark.parametrize(
    ("base", "href", "url"),
    [
        (LIST, "./202501/t1_2.shtml", f"{LIST}202501/t1_2.shtml"),
        (f"{LIST}index_3.shtml", "./202501/t1_2.shtml", f"{LIST}202501/t1_2.shtml"),
        (LIST, "../../a/", "http://xzsp.xiangyang.gov.cn/a/"),
        (LIST, "../../../../a/", "http://xzsp.xiangyang.gov.cn/a/"),
        (LIST, "./202501\r\n\t /t1_2.shtml\n\n", f"{LIST}202501/t1_2.shtml"),
        (LIST, "\u3000 t1.shtml ", f"{LIST}t1.shtml"),
        (LIST, "//www.ych.gov.cn/a.shtml", "http://www.ych.gov.cn/a.shtml"),
        (LIST, "t1.shtml#main", f"{LIST}t1.shtml"),
        (LIST, ".\\202501\\t1.shtml", f"{LIST}202501/t1.shtml"),
        (LIST, "年报 1.pdf", f"{LIST}%E5%B9%B4%E6%8A%A5%201.pdf"),
        (
            "http://czj.zhuzhou.gov.cn//c27662/index.html",
            "//c27662/20250120/i1.html",
            "http://czj.zhuzhou.gov.cn//c27662/20250120/i1.html",
        ),
        ("http://h.gov.cn//c1/index.html", "./i1.html", "http://h.gov.cn//c1/i1.html"),
        (LIST, "javascript:void(0)", ""),
        (LIST, "mailto:a@b.cn", ""),
        (LIST, "http://[bad/", ""),
        (LIST, "http://h.gov.cn:port/", ""),
    ],
)
def test_urljoin(base: str, href: str, url: str) -> None:
    assert Page(base, b"").urljoin(href) == url


def test_urljoin_minds_the_base_element() -> None:
    page = Page(LIST, b"<html><head><base href='/zwgk/'></head><body></body></html>")
    assert page.urljoin("gknb/t1.shtml") == f"{LIST}t1.shtml"
    assert page.directory == "/zwgk/gknb/", "the list still lies where it was fetched from"


@given(st.text(max_size=80))
def test_urljoin_gives_an_absolute_address_or_nothing(href: str) -> None:
    url = Page(LIST, b"").urljoin(href)
    assert url == "" or (urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname)
    assert not any(char in url for char in "\r\n\t #")


@given(st.from_regex(r"[a-z0-9_]{1,8}(/[a-z0-9_]{1,8}){0,3}\.shtml", fullmatch=True))
def test_urljoin_is_stable(path: str) -> None:
    page = Page(LIST, b"")
    assert page.urljoin(page.urljoin(path)) == page.urljoin(f"./{path}") == f"{LIST}{path}"


def test_directory_collapses_double_slashes() -> None:
    assert directory("http://h.gov.cn//xxgk//nb/2021/index.html") == "/xxgk/nb/2021/"
    assert directory("http://h.gov.cn") == "/"


def test_text_is_decoded_from_the_bytes() -> None:
    page = Page(LIST, "<html><meta charset=utf-8><p>政府信息公开年报</p></html>".encode("gb18030"))
    assert "政府信息公开年报" in page.visible_text


def test_visible_text_leaves_scripts_out() -> None:
    page = Page(LIST, b"<html><body>a <script>var b</script><style>c</style> d</body></html>")
    assert page.visible_text == "a d"


@pytest.mark.parametrize(
    ("data", "is_stub"),
    [
        (b"", True),
        (b"<html><body><ul></ul></body></html>", True),
        (b"<html><body><ul><li><a href='t1_1.shtml'>1</a></ul></body></html>", False),
        (b"<html><body>" + b"word " * 30 + b"</body></html>", False),
    ],
)
def test_is_stub(data: bytes, is_stub: bool) -> None:
    assert Page(LIST, data).is_stub is is_stub


def test_is_file() -> None:
    assert Page(LIST, b"%PDF-1.7 ...").is_file
    assert not Page(LIST, b"<html></html>").is_file
