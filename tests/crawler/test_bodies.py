"""A firewall's page or an error page is recognised whatever its status says; a page stays one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import bodies
from extract import formats

REPORT = Path(__file__).parents[1] / "data" / "report.html"
URL = "http://www.city.gov.cn/zwgk/gknb/"
STUB = '<html><head></head><body><script>var _0x="{}";eval(atob(_0x));</script></body></html>'
WALL = "<html><title>访问被拦截</title><body><h1>访问被拦截</h1><p>请求已被阻断</p></body></html>"
JSL = "<script>document.cookie=('_')+('_jsl');location.href=location.pathname</script>"
LIST = "<html><body><ul>" + "".join(
    f"<li><a href='t{n}.html'>审计局{n}年政府信息公开年度报告</a></li>" for n in range(2009, 2026)
) + "</ul></body></html>"  # fmt: skip


def outcome(text: str, encoding: str = "utf-8") -> str:
    return bodies.outcome_of(URL, text.encode(encoding), f"text/html; charset={encoding}")


@pytest.mark.parametrize(
    "text", [STUB.format("ZG9j" * 250), WALL, JSL, WALL + "<style>" + "a{}" * 9000 + "</style>"]
)
def test_walls(text: str) -> None:
    assert outcome(text) == "block_page"


def test_wall_in_another_encoding() -> None:
    assert outcome(WALL, "gb18030") == "block_page"


@pytest.mark.parametrize(
    "text",
    [
        "<html><title>页面不存在</title><p>抱歉，您访问的页面不存在或已被删除，请返回首页。</p></html>",
        "<html><body>404 Not Found</body></html>",
    ],
)
def test_soft_404(text: str) -> None:
    assert outcome(text) == "not_found"


@pytest.mark.parametrize("text", ["", " \r\n"])
def test_no_body(text: str) -> None:
    assert outcome(text) == "truncated"


@pytest.mark.parametrize(
    "text",
    [
        LIST,
        LIST.replace("</body>", "<script>eval(1);document.cookie</script>"),
        REPORT.read_text(encoding="utf-8"),
        "<script>window.location.href='/zwgk/gknb/index.shtml';</script>",
        '<meta http-equiv="refresh" content="0;url=/zwgk/gknb/index.shtml"><script>1</script>',
        "%PDF-1.7 访问被拦截",
        '{"rows": []}',
    ],
)
def test_pages(text: str) -> None:
    assert outcome(text) == "ok"


@given(st.binary(max_size=300))
def test_any_body_has_an_outcome(data: bytes) -> None:
    assert bodies.outcome_of(URL, data, None) in formats.enum("fetch_outcome")


def test_hostile_markup_is_passed_once() -> None:
    for text in ("<script " * 8000, "<" * 65_000, "<!--" * 16_000, "<style>" * 9000):
        assert bodies._says_little(text.encode()) in (True, False)
