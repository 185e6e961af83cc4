from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import formats
from extract.problems import marked, parts
from extract.record import Section

LAST = [
    "上年度存在的主要问题是公开不够及时。",
    "（一）上一年度问题整改情况：已全部完成。",
    "针对去年提出的问题，本年度我局完善了制度。",
    "2023年，部分栏目更新不及时。",
    "一、2023年度主要问题的改进情况。",
]
THIS = [
    "2024年，政策解读的形式仍不够多样。",
    "本年度存在的主要问题：一是人员不足。",
    "(二)目前存在的不足是栏目偏少。",
    "下一步，将加强学习培训。",
    "2025年，我局将继续改进。",
    "今后，要扩大公开范围。",
]
NEITHER = [
    "一是内容不够丰富。",
    "已按要求整改到位。",
    "2021年以来制度逐步健全。",
    "进一步加强与上年度的衔接。",
]


def roles(*sentences: str, year: int | None = 2024) -> list[tuple[str, str]]:
    text = "".join(sentences)
    return [(part.role, text[part.start : part.end]) for part in parts(text, year)]


def test_both_parts_are_told_apart() -> None:
    assert roles(LAST[0], NEITHER[1], THIS[0], NEITHER[0], THIS[3]) == [
        ("last_year", LAST[0] + NEITHER[1]),
        ("this_year", THIS[0] + NEITHER[0] + THIS[3]),
    ]


@pytest.mark.parametrize("sentence", LAST)
def test_signs_of_last_year(sentence: str) -> None:
    assert roles(sentence, NEITHER[1], THIS[1])[0] == ("last_year", sentence + NEITHER[1])


@pytest.mark.parametrize("sentence", THIS)
def test_signs_of_this_year(sentence: str) -> None:
    assert roles(LAST[0], sentence)[1] == ("this_year", sentence)


@pytest.mark.parametrize("sentence", NEITHER)
def test_other_sentences_go_on_with_the_part_before(sentence: str) -> None:
    assert roles(LAST[0], sentence) == [("last_year", LAST[0] + sentence)]
    assert roles(sentence, LAST[0]) == [("last_year", sentence + LAST[0])]


def test_without_a_sign_all_is_this_years() -> None:
    assert roles(NEITHER[0]) == [("this_year", NEITHER[0])]


def test_a_year_needs_the_years_report() -> None:
    assert [role for role, _ in roles(LAST[3], THIS[3], year=2023)] == ["this_year"]
    assert [role for role, _ in roles(LAST[0], THIS[3], year=None)] == ["last_year", "this_year"]


def test_only_section_5_has_parts() -> None:
    four, five, empty = marked(
        [Section(4, "四", LAST[0]), Section(5, "五", LAST[0]), Section(5, "五", "")], 2024
    )
    assert (four.parts, empty.parts) == ((), ())
    assert [part.role for part in five.parts] == ["last_year"]


@given(st.lists(st.sampled_from([*LAST, *THIS, *NEITHER, "\n", "（一）"]), max_size=12),
       st.sampled_from([None, 2023, 2024]))
def test_the_parts_cover_the_text_once(sentences: list[str], year: int | None) -> None:
    text = "".join(sentences)
    found = parts(text, year)
    assert "".join(text[part.start : part.end] for part in found) == text
    assert [part.start for part in found] == [0, *(part.end for part in found[:-1])]
    assert {part.role for part in found} <= set(formats.enum("section_part"))
    assert all(one.role != two.role for one, two in zip(found, found[1:], strict=False))
