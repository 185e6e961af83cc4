"""Single traps that a text sets: each is one protection of the reader."""

import pytest

from extract.tables.loose import read_text
from extract.tables.loose.furniture import furniture
from tests.extract.loose.test_tools import read
from tests.extract.tables.test_markup import raws

ITEM_5 = "第二十条第(五)项\n信息内容\n本年处理决定数量\n"
ITEM_6 = "第二十条第(六)项\n信息内容 | 本年处理决定数量 |\n"
ITEM_1 = "第二十条第(一)项\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n"
COLUMNS = "自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |\n"


def codes(text: str) -> set[str]:
    return {issue.code for issue in read(text)[1].issues}


def test_a_masked_number_is_not_a_bold_one() -> None:
    tables, _ = read(f"{ITEM_6}行政处罚 | **71 |\n行政强制 | **71** |\n")
    cells = {row: one["decisions"] for row, one in tables["t2_art20_6"].items()}
    assert (cells["penalty"].value, cells["penalty"].missing) == (None, "masked")
    assert (cells["coercion"].raw, cells["coercion"].value) == ("71", 71)


@pytest.mark.parametrize("text", ["行政许可9\n12\n", "行政许可 9\n12\n"])
def test_a_number_beside_the_label_is_not_left_for_the_next_line(text: str) -> None:
    tables, found = read(ITEM_5 + text)
    values = raws(tables).get("t2_art20_5", {}).get("licence", {}).get("decisions")
    assert values is None or (values == "9" and "stray_value" in {i.code for i in found.issues})


def test_a_header_that_lost_a_column_is_flagged() -> None:
    text = "第二十条第(八)项\n信息内容 | 本年增/减 |\n行政事业性收费 | 218 |\n"
    assert "short_header" in codes(text)


def test_a_row_beside_one_that_does_not_fit_is_doubted() -> None:
    assert "doubtful_row" in codes(f"{ITEM_1}规章 | 0 | 0 |\n行政规范性文件 | 3 | 4 | 5 |\n")
    assert codes(f"{ITEM_1}规章 | 0 | 0 | 0 |\n行政规范性文件 | 3 | 4 | 5 |\n") == set()


def test_values_below_two_labels_are_doubted() -> None:
    text = f"{ITEM_5}".replace("(五)", "(六)") + "行政处罚\n行政强制\n12\n"
    assert "doubtful_row" in codes(text)


def test_a_line_of_prose_with_a_label_and_a_number_is_no_row() -> None:
    text = ITEM_5 + "全年办理 行政许可 97 件，行政处罚 12 件。\n行政许可 97 件次，同比增长。\n"
    assert read(text)[0] == {}


def test_equal_rows_at_the_ends_of_pages_are_no_running_heads() -> None:
    lines = ["甲", "0 0 0\n", "\x0c", "某市水利局年度报告\n", "乙\n", "0 0 0\n", "\x0c",
             "某市水利局年度报告\n", "丙\n"]
    assert furniture(lines) == {3, 7}


def test_page_numbers_are_known_by_counting_up() -> None:
    def pages(*numbers: int) -> list[str]:
        return [line for n in numbers for line in (f"行政许可{n}\n", f"{n}\n", "\x0c")]

    assert len(furniture(pages(1, 2, 3))) == 3
    assert furniture(pages(0, 0, 0)) == set()
    assert furniture(pages(5)) == set()


@pytest.mark.parametrize("mark", [
    "- 3 -", "— 12 —", "第 3 页 共 5 页", "3/5", "第3页", "Page 3 of 5",
    "2025/1/6, 4:53 PM 某局报告", "https://www.example.gov.cn/a 3/5",
])
def test_the_marks_of_a_page_are_set_aside(mark: str) -> None:
    text = f"{COLUMNS}1.属于国家\n{mark}\n秘密 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |\n"
    assert list(raws(read(text)[0])["t3_requests"]) == ["denied_state_secret"]


def test_the_table_of_another_body_does_not_use_the_header_above() -> None:
    row = "(一)予以公开 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n"
    named, unnamed = read_text(COLUMNS + row), read_text(COLUMNS + row + ITEM_1 + row)
    assert [table.headerless for table in named.tables] == [False]
    assert [table.headerless for table in unnamed.tables][-1]


def test_a_long_text_is_read_in_time_that_grows_with_its_length() -> None:
    """Counted, not clocked: a step looks at each piece a bounded number of times."""
    from extract.tables.loose import joining, reader
    from extract.tables.loose.pieces import pieces

    counts = []
    for size in (300, 600):
        calls = 0
        original = joining.form

        def counted(text: str, original=original) -> str:
            nonlocal calls
            calls += 1
            return original(text)

        joining.form = counted
        try:
            reader._read(pieces("其他\n总计\n自然人\n行政复议 结果维持\n" * size))
        finally:
            joining.form = original
        counts.append(calls)
    assert counts[1] < counts[0] * 2.2
