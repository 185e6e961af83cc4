from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.release.redaction import MARKS, redact, spans

SENTENCES = (Path(__file__).parent / "data" / "redaction.tsv").read_text("utf-8").splitlines()


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentences_with_what_is_to_be_taken_out_in_braces(sentence: str) -> None:
    text = sentence.replace("{", "").replace("}", "")
    expected = re.findall(r"\{([^}]*)\}", sentence)
    taken = [text[item.start : item.end] for item in spans(text)]
    assert taken == [name.removeprefix("+86 ") if name not in text else name for name in expected]


@given(st.text("联系人：王建国张三13800138000@163.com、，。 电话办公室", max_size=80))
def test_nothing_but_the_spans_is_changed_and_a_second_time_changes_nothing(text: str) -> None:
    redacted, taken = redact(text)
    for item in reversed(taken):
        text = text[: item.start] + MARKS[item.kind] + text[item.end :]
    assert redacted == text
    assert redact(redacted)[0].count("〔") >= redacted.count("〔")


def test_marks_are_left_alone() -> None:
    text = "联系人：〔姓名〕，手机〔手机〕，邮箱〔邮箱〕"
    assert redact(text) == (text, [])
