import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import formats
from extract.tables.number import header_unit, read_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("31", 31),
        (" 31\xa0", 31),
        ("３１", 31),
        ("1,234", 1234),
        ("1，234", 1234),
        ("2896.904", 2896.904),
        ("-3", -3),
        ("＋5", 5),
        ("−2", -2),
        ("0.00", 0.0),
        ("12件", 12),
        ("251000元", 251000),
        ("22（其中修订 16 件）", 22),
        ("7 项", 7),
        ("\u200b31\ufeff", 31),
        ("４，１６６．２４", 4166.24),
        ("3（无修订）", 3),
    ],
)
def test_numbers_are_read_as_printed(text: str, value: float) -> None:
    number = read_number(text)
    assert (number.value, number.missing) == (value, None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "blank"),
        ("\xa0\u3000", "blank"),
        ("/", "slash"),
        ("／", "slash"),
        ("—", "dash"),
        ("－－", "dash"),
        ("无", "none_word"),
        ("暂无。", "none_word"),
        ("不涉及", "na_word"),
        ("1*3", "masked"),
        ("***", "masked"),
        ("约30", "unparsed"),
        ("1 2", "unparsed"),
        ("3+4", "unparsed"),
        ("1,23", "unparsed"),
        ("12,3456", "unparsed"),
        ("零", "unparsed"),
        ("9%", "unparsed"),
        ("1.2.3", "unparsed"),
        ("见附件", "unparsed"),
        ("12①", "unparsed"),
        ("②", "unparsed"),
        ("12²", "unparsed"),
        ("½", "unparsed"),
        ("12（10）", "unparsed"),
        ("22 16", "unparsed"),
        ("1  2", "unparsed"),
        ("1 \xa0\n 0   2", "unparsed"),
        ("25万", "unparsed"),
        ("\u200b", "blank"),
    ],
)
def test_what_is_no_number_says_why(text: str, code: str) -> None:
    number = read_number(text)
    assert (number.value, number.missing) == (None, code)


def test_units_stay_with_the_number_and_are_never_applied() -> None:
    assert (read_number("251000元").value, read_number("251000元").unit) == (251000, "元")
    assert read_number("3.5万元").value == 3.5
    assert header_unit("本年收费金额（单位：万元）") == "万元"
    assert header_unit("本年制发件数") is None
    assert header_unit("本年收費金額(單位:萬元)") == "万元", "what the panel converts has one name"
    assert read_number("3條").unit == "条"


@given(st.text(max_size=200))
def test_every_text_ends_as_a_number_or_a_code(text: str) -> None:
    number = read_number(text)
    assert (number.value is None) != (number.missing is None)
    assert number.missing in (None, *formats.missing_codes())


@given(st.integers(-(10**9), 10**9))
def test_integers_come_back(value: int) -> None:
    assert read_number(f" {value:,} ").value == value
