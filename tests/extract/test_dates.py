from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dates import first_date, only_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2021-05-13", "2021-05-13"),
        ("2021年05月13日", "2021-05-13"),
        ("2021/5/13", "2021-05-13"),
        ("2026-04-09 09:39:08", "2026-04-09"),
        ("2026-04-0909:39", None),
        ("2022 年 1 月 14 日", "2022-01-14"),
        ("２０２２年１月１４日", "2022-01-14"),
        ("2024.1.9", "2024-01-09"),
        ("二〇二二年一月十四日", "2022-01-14"),
        ("二○一九年十二月三十一日", "2019-12-31"),
        ("二零二〇年十月二十日", "2020-10-20"),
        ("發布時間:2025-02-18 16:52信息來源:", "2025-02-18"),
        ("2021年13月40日,更正为2021年12月30日", "2021-12-30"),
        ("202419日", None),
        ("20171231日", None),
        ("0527-83593059", None),
        ("12024-01-02", None),
        ("今天", None),
        ("", None),
    ],
)
def test_the_first_date(text: str, iso: str | None) -> None:
    assert first_date(text) == iso


def test_a_signature_line_holds_nothing_else() -> None:
    assert only_date(" 2022年1月14日 ") == "2022-01-14"
    assert only_date("(2022年1月14日)") == "2022-01-14"
    assert only_date("二〇二二年一月十四日") == "2022-01-14"
    assert only_date("自2022年1月1日起") is None
    assert only_date("2022年1月14日,我局召开会议") is None


@given(
    st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.sampled_from(["{}-{}-{}", "{}年{}月{}日"])
)
def test_every_date_is_read(day: date, form: str) -> None:
    assert first_date(form.format(day.year, day.month, day.day)) == day.isoformat()


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    found = first_date(text)
    assert found is None or date.fromisoformat(found)
