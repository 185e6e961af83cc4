from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.site.harmless import shown

TABLE = (
    "<table><tr><th>项目</th><th>数量</th></tr>"
    '<tr><td>本年新收</td><td onclick="alert(1)" style="color:red;width:3em">26</td></tr></table>'
)
HOSTILE = [
    "<script>document.title='x'</script>",
    "<img src=http://evil.example/a.png onerror=alert(1)>",
    "<svg onload=alert(1)><a href='javascript:alert(1)'>x</a></svg>",
    "<meta http-equiv=refresh content='0;url=http://evil.example/'>",
    "<iframe src=http://evil.example/></iframe>",
    "<form action=http://evil.example/><input name=a><button>go</button></form>",
    "<a href='http://evil.example/' ping='http://evil.example/'>go</a>",
    "<link rel=stylesheet href=http://evil.example/a.css>",
    "<style>@import url(http://evil.example/b.css); body{background:url(http://evil.example/c)}</style>",
    "<div style=\"background:url('http://evil.example/d')\">x</div>",
    "<base href=http://evil.example/>",
    "<object data=http://evil.example/e></object><embed src=http://evil.example/f>",
    "<video src=http://evil.example/g poster=http://evil.example/h></video>",
    "<table background=http://evil.example/i><tr><td>x</td></tr></table>",
    "<math><mtext><script>alert(1)</script></mtext></math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<input type=image src=http://evil.example/j>",
    "<body onload=alert(1)>",
]


def page(*parts: str) -> bytes:
    return f"<html><body><h1>报告</h1>{''.join(parts)}{TABLE}</body></html>".encode()


@pytest.mark.parametrize("part", HOSTILE)
def test_nothing_foreign_is_left(part: str) -> None:
    seen = shown(page(part), "text/html; charset=utf-8", None)
    body = seen.split("<body>", 1)[1].lower()
    assert "evil.example" not in body
    assert not re.search(r"<(script|iframe|form|object|embed|link|meta|base|svg|style)\b", body)
    assert not re.search(r"\son\w+\s*=", body)
    assert "javascript:" not in body
    assert "url(" not in body
    assert "本年新收" in body


def test_the_cell_is_marked_and_only_it() -> None:
    seen = shown(page(*HOSTILE), "text/html; charset=utf-8", None)
    assert 'id="cell"' not in seen
    # The hostile page has a table of its own before the one that was read.
    seen = shown(page(HOSTILE[13]), "text/html", "html:t2/r2/c2")
    assert re.findall(r'<td[^>]*id="cell"[^>]*>(\d+)', seen) == ["26"]
    assert seen.count('id="cell"') == 1


def test_an_id_of_the_page_cannot_take_the_place_of_the_mark() -> None:
    seen = shown(page('<p id="cell">here</p>'), "text/html", "html:t1/r2/c2")
    assert seen.count('id="cell"') == 1


@pytest.mark.parametrize("at", ["html:t9/r1/c1", "html:t1/r99/c1", "html:t0/r0/c0", "pdf:p1", "x"])
def test_a_place_that_is_not_there_marks_nothing(at: str) -> None:
    assert 'id="cell"' not in shown(page(), "text/html", at)


def test_loose_text_is_shown_as_text_with_its_place_marked() -> None:
    seen = shown("一、<b>总体</b> 26 件".encode(), "text/plain", "text:2+6")
    assert "<pre>一、<mark id=\"cell\">&lt;b&gt;总体&lt;</mark>" in seen


@given(st.text(max_size=200), st.text(max_size=30))
def test_whatever_is_sent_is_shown_without_an_error(text: str, at: str) -> None:
    seen = shown(f"<html>{text}".encode("utf-8", "replace"), None, at)
    assert "<script" not in seen.lower()
