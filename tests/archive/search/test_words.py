from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.find import marked, shortened
from archive.search.words import fold, query, words

LETTERS = "公开信息申请国家秘密第三方ａ１a1 ，。\n"


@pytest.fixture(scope="module")
def table() -> sqlite3.Connection:
    conn = sqlite3.connect(":memory:")
    conn.execute(
        "CREATE VIRTUAL TABLE t USING fts5(a, content='', "
        "tokenize='unicode61 remove_diacritics 0')"
    )
    return conn


def matches(conn: sqlite3.Connection, text: str, typed: str) -> bool:
    asked = query(typed)
    if asked is None:
        return False
    conn.execute("INSERT INTO t (t) VALUES ('delete-all')")
    conn.execute("INSERT INTO t (rowid, a) VALUES (1, ?)", [words(text)])
    return conn.execute("SELECT 1 FROM t WHERE t MATCH ?", [asked.match]).fetchone() is not None


@pytest.mark.parametrize(
    ("text", "typed", "is_there"),
    [
        ("不予公开的信息", "公开", True),
        ("不予公开的信息", "开公", False),
        ("公　开", "公开", True),
        ("公\n开", "公开", True),
        ("公。开", "公开", False),
        ("国家秘密", "国家秘密", True),
        ("国家的秘密", "国家秘密", False),
        ("国家的秘密", "国家 秘密", True),
        ("国家的秘密", '"国家 秘密"', False),
        ("結果維持", "结果维持", True),
        ("共２０２４件", "2024", True),
        ("共2024件", "202", False),
        ("在30日内答复", "30日内", True),
        ("在3日内答复", "30日内", False),
        ("全是", "是", True),
        ("全是", "全", True),
        ("第三方意见", "三", True),
        ("第三方意见", "四", False),
        ("公开", "公开 -秘密", True),
        ("公开秘密", "公开 -秘密", False),
        ("Open公开", "open公开", True),
        ("公开", '公开" OR "', False),
        ("公开", "NEAR(", False),
        ("公开", "，。", False),
        ("公开", "-公开", False),
        ("公开", "", False),
    ],
)
def test_what_is_found(table: sqlite3.Connection, text: str, typed: str, is_there: bool) -> None:
    assert matches(table, text, typed) is is_there


@given(st.text(LETTERS, max_size=40), st.integers(0, 38), st.integers(2, 5))
def test_every_stretch_of_characters_is_found(text: str, start: int, length: int) -> None:
    part = text[start : start + length]
    if not part.isalpha() or not all("\u4e00" <= char <= "\u9fff" for char in part):
        return
    conn = sqlite3.connect(":memory:")
    conn.execute("CREATE VIRTUAL TABLE t USING fts5(a, content='', tokenize='unicode61')")
    assert matches(conn, text, part)


@given(st.text(max_size=30))
def test_whatever_is_typed_is_no_error(typed: str) -> None:
    conn = sqlite3.connect(":memory:")
    conn.execute("CREATE VIRTUAL TABLE t USING fts5(a, content='', tokenize='unicode61')")
    matches(conn, "公开", typed)


@given(st.text(max_size=50))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(LETTERS, max_size=60), st.sampled_from(["公开", "信息公开", "申 请", "a1"]))
def test_marking_loses_nothing(text: str, typed: str) -> None:
    asked = query(typed)
    assert asked is not None
    pieces = marked(text, asked.terms)
    assert "".join(piece for piece, _ in pieces) == text
    assert all(fold(piece)[0] in "公信申请a" for piece, is_marked in pieces if is_marked)


def test_words_are_marked_over_a_break_of_lines() -> None:
    assert marked("依申请公\n开信息", ("公开",)) == (
        ("依申请", False), ("公\n开", True), ("信息", False),
    )  # fmt: skip


def test_what_is_left_out_is_said() -> None:
    pieces = marked("前" * 100 + "公开" + "后" * 100, ("公开",))
    assert shortened(pieces, 3) == (("…前前前", False), ("公开", True), ("后后后后…", False))
