from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extract.decode import decode

TEXT = (
    "2024年,县行政审批局收到政府信息公开申请31件,上年结转1件,办结26件,结转下年度继续办理6件。"
    "行政事业性收费2896.904万元。"
)
TRADITIONAL = "2024年本縣收到政府信息公開申請17件,已辦結16件,結轉下年度繼續辦理1件。"
DECLARATIONS = [
    None,
    "text/html",
    "text/html; charset=utf-8",
    "text/html;charset=GB2312",
    "text/html; charset=gbk",
    "text/html; charset=big5",
    "text/html; charset=ISO-8859-1",
    "text/html; charset=utf-16",
    "text/html; charset=klingon",
]


@pytest.mark.parametrize("declaration", DECLARATIONS)
@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (TEXT, "utf-8"),
        (TEXT, "utf-8-sig"),
        (TEXT, "gb18030"),
        (TEXT, "utf-16"),
        (TEXT, "utf-16-le"),
        (TRADITIONAL, "utf-8"),
        (TRADITIONAL, "gb18030"),
        (TRADITIONAL, "big5"),
    ],
)
def test_text_is_read_whatever_is_declared(
    text: str, charset: str, declaration: str | None
) -> None:
    if charset == "utf-16-le":
        text = f"<table><tr><td>{text}</td></tr></table><!--{' ' * 200}-->"
    decoded = decode(text.encode(charset), declaration)
    assert decoded.text == text
    assert decoded.undecodable == 0
    assert not decoded.repaired


def test_what_is_declared_is_told_apart_from_what_is_used() -> None:
    page = f'<html><head><META content="text/html; charset=gb2312">{TEXT}'.encode()
    assert decode(page).declared == "gb2312"
    assert decode(page).used == "utf-8"
    assert decode(page, "text/html; charset=GBK").declared == "gbk"
    assert decode(b'<?xml version="1.0" encoding="big5"?><a/>').declared == "big5"
    assert decode(b"<meta charset=utf-8>").declared == "utf-8"
    assert decode(TEXT.encode()).declared is None


def test_gb2312_is_read_as_its_widest_member() -> None:
    text = TEXT + "喆玥犇镕祎"  # names of people and places that GB2312 lacks
    decoded = decode(text.encode("gb18030"), "text/html; charset=gb2312")
    assert (decoded.text, decoded.used) == (text, "gb18030")


def test_few_characters_follow_the_declaration() -> None:
    assert decode("模".encode("gbk"), "text/html; charset=gbk").text == "模"
    assert decode("© 2024".encode()).text == "© 2024"


def test_one_damaged_byte_does_not_change_the_charset() -> None:
    data = bytearray(TEXT.encode() * 3)
    data[40] = 0xFF
    decoded = decode(bytes(data), "text/html; charset=gb2312")
    assert decoded.used == "utf-8"
    assert decoded.undecodable >= 1


def test_a_cut_last_character_is_forgiven_and_counted() -> None:
    decoded = decode("公开。".encode()[:-1])
    assert decoded.used == "utf-8"
    assert decoded.text == "公开\ufffd"
    assert decoded.undecodable == 1


@pytest.mark.parametrize(("right", "wrong"), [("utf-8", "latin-1"), ("gb18030", "latin-1")])
def test_a_saved_wrong_reading_is_undone(right: str, wrong: str) -> None:
    decoded = decode(TEXT.encode(right).decode(wrong).encode())
    assert decoded.repaired
    assert decoded.text == TEXT


def test_utf8_read_as_gbk_is_undone_and_what_was_lost_is_counted() -> None:
    whole = "内容信息" * 6
    assert decode(whole.encode().decode("gb18030").encode()).text == whole
    decoded = decode(TEXT.encode().decode("gb18030", "replace").encode())
    assert decoded.repaired
    assert "政府信息公" in decoded.text
    assert decoded.undecodable > 0


def test_zero_bytes_neither_join_digits_nor_end_the_text() -> None:
    decoded = decode(b"<td>2\x006</td>\x00\x00")
    assert decoded.text == "<td>2\ufffd6</td>"
    assert decoded.undecodable == 1


@given(st.binary(max_size=400), st.sampled_from(DECLARATIONS))
@example(b"", None)
@example(b"\xff\xfe\x00", None)
@example(b"\x81", "charset=gbk")
def test_any_bytes_give_a_text(data: bytes, declaration: str | None) -> None:
    decoded = decode(data, declaration)
    assert decoded.undecodable == decoded.text.count("\ufffd")
    decoded.text.encode("utf-8")


COMMON = st.text(
    alphabet="政府信息公开工作年度报告本机关申请办理结果总体情况,。0123456789", min_size=30
)


@settings(max_examples=50)
@given(COMMON, st.sampled_from(["utf-8", "gb18030", "big5"]), st.sampled_from(DECLARATIONS))
def test_chinese_survives_the_round_trip(text: str, charset: str, declaration: str | None) -> None:
    text = "政府信息公开工作" + text
    try:
        data = text.encode(charset)
    except UnicodeEncodeError:  # simplified characters that Big5 lacks
        text = "政府工作" + "".join(c for c in text if c in "政府信息公工作年度告本0123456789")
        data = text.encode(charset)
    assert decode(data, declaration).text == text


@given(st.text(st.characters(exclude_categories=["Cs", "Co", "Cn", "Cc"]), min_size=1))
def test_utf8_rightly_declared_is_never_changed(text: str) -> None:
    text = TEXT + text.lstrip("\ufeff")
    assert decode(text.encode(), "text/html; charset=utf-8").text == text
