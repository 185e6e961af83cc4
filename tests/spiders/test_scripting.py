"""What stands in a script is read as what it means, and nothing in it breaks the reader."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders import scripting
from spiders.calls import target
from spiders.page import Page

names = st.from_regex(r"[a-zA-Z_]\w{0,8}", fullmatch=True)
values = st.recursive(
    st.text(max_size=12) | st.integers(-9999, 9999) | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=8,
)


@given(names, st.dictionaries(names, values, max_size=4), st.text(max_size=20))
def test_an_object_is_found_behind_its_name(
    name: str, value: dict[str, object], after: str
) -> None:
    script = f"$.x(); var {name} = {json.dumps(value)}; {after}"
    assert scripting.assigned(script, name) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{col:1,appid:'1',path:'/'}", {"col": 1, "appid": "1", "path": "/"}),
        ("['a','b',]", ["a", "b"]),
        ("""['<a href=\\'/x\\' title="t">']""", ["<a href='/x' title=\"t\">"]),
        ("{'a':'it\\'s', \"b\": 'say \"x\"'}", {"a": "it's", "b": 'say "x"'}),
        ("{a: page}", None),
        ("not an object", None),
    ],
)
def test_objects_as_scripts_write_them(text: str, value: object) -> None:
    assert scripting.relaxed(text) == value


def test_brackets_inside_texts_do_not_end_an_object() -> None:
    script = """var a = {b: "}", c: ['{', "\\"}"], d: `]`}; var e = 1;"""
    assert scripting.literal(script, script.index("{")).endswith("`]`}")
    assert scripting.literal("{ never closed", 0) == ""
    assert scripting.literal("no bracket", 0) == ""


def test_a_field_of_any_spelling() -> None:
    script = """x={perPage:15,"unitid":'212860', webname: "某市", no: other}"""
    assert scripting.field(script, "perPage") == "15"
    assert scripting.field(script, "unitid") == "212860"
    assert scripting.field(script, "webname") == "某市"
    assert scripting.field(script, "no") is None
    assert scripting.field(script, "page") is None, "no part of a longer name"


def test_a_query_with_one_field_changed() -> None:
    url = "https://x.gov.cn/a?page=1&amp;sid=175&amp;paramJson=%7B%22pageNo%22%3A1%7D"
    assert scripting.asked(url, page="2") == (
        "https://x.gov.cn/a?page=2&sid=175&paramJson=%7B%22pageNo%22%3A1%7D"
    )
    assert scripting.query(url)["paramJson"] == '{"pageNo":1}'


@given(st.text(alphabet="{}[]\"'`\\:,=ab1 \n", max_size=60))
def test_no_script_breaks_the_reader(script: str) -> None:
    scripting.assigned(script, "a")
    scripting.relaxed(script)
    assert isinstance(scripting.literal(script, 0), str)
    target(Page("http://x.gov.cn/", f"<script>{script}</script>".encode()), script)


FUNCTIONS = """
function show(id, kind) { if (!id) { return; } window.open('/xxgk/detail.aspx?id=' + id + '&k=1'); }
var go = function(day, id) { location.href = "/nb/" + day + "/" + id + ".html"; };
function tpl(id) { location.href=`/d/show.jsp?infoid=${id}`; }
function odd(id) { window.open(base + id); }
"""


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("javascript:show('12345','x')", "/xxgk/detail.aspx?id=12345&k=1"),
        ("javascript:void(0);show(12345)", "/xxgk/detail.aspx?id=12345&k=1"),
        ("return go('20250117','99');", "/nb/20250117/99.html"),
        ("tpl('7a')", "/d/show.jsp?infoid=7a"),
        ("window.open('./t20250117_1.shtml')", "/gknb/t20250117_1.shtml"),
        ("openInfo('//x.gov.cn/a')", "/a"),
        ("odd('5')", ""),
        ("unknown('5')", ""),
        ("javascript:void(0)", ""),
        ("", ""),
    ],
)
def test_what_a_link_opens(code: str, path: str) -> None:
    page = Page("http://x.gov.cn/gknb/list.html", f"<script>{FUNCTIONS}</script>".encode())
    assert target(page, code) == (f"http://x.gov.cn{path}" if path else "")
