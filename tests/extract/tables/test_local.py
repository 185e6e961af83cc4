from lxml import html

from extract.tables.assemble import assemble
from extract.tables.found import Found
from extract.tables.grid import grids
from extract.tables.local import read_local
from tests.extract.sheets import cell, table

HEADER = cell("指标名称") + cell("计量单位") + cell("年末统计")


def read(markup: str) -> Found:
    found = Found()
    read_local(list(grids(html.fromstring(f"<div>{markup}</div>"))), found)
    return found


def test_rows_are_kept_in_order_with_their_labels_and_units() -> None:
    found = read(table([
        HEADER,
        cell("一、主动公开情况") + cell("——") + cell("——"),
        cell("主动公开信息数") + cell("条") + cell("138"),
        cell("其中：1.网站公开") + cell("条") + cell(""),
        cell("收取费用") + cell("万元") + cell("0.5"),
    ]))
    body = assemble(found)[0]
    assert body.format == "local"
    rows = body.tables["t_local"]
    assert list(rows) == ["r001", "r002", "r003"]
    assert rows["r002"]["value"].missing == "blank"
    first = rows["r001"]["value"]
    assert (first.row_label, first.unit, first.value) == ("主动公开信息数", "条", 138)
    assert list(rows.values())[-1]["value"].unit == "万元"


def test_a_second_value_column_is_kept_apart() -> None:
    found = read(table([
        cell("指标名称") + cell("单位") + cell("2013年度") + cell("历年累计"),
        cell("申请总数") + cell("件") + cell("3") + cell("41"),
    ]))
    row = found.tables[0].rows["r001"]
    assert (row["value"].value, row["cumulative"].value) == (3, 41)


def test_a_table_without_that_header_is_none() -> None:
    assert read(table([cell("姓名") + cell("电话"), cell("甲") + cell("12345")])).tables == []


def codes(found: Found) -> set[str]:
    return {issue.code for issue in found.issues}


def test_the_printed_label_of_a_column_is_kept() -> None:
    found = read(table([HEADER, cell("申请总数") + cell("件") + cell("3")]))
    assert found.tables[0].rows["r001"]["value"].column_label == "年末统计"


def test_of_two_columns_that_may_be_the_value_none_is_taken_and_both_are_told() -> None:
    found = read(table([
        cell("统计指标") + cell("单位") + cell("区政府统计数") + cell("乡镇街道统计数"),
        cell("申请总数") + cell("件") + cell("3") + cell("41"),
    ]))
    assert found.tables == []
    assert codes(found) == {"unknown_column", "unplaced"}


def test_numbers_of_rows_and_codes_are_no_values() -> None:
    found = read(table([
        cell("序号") + cell("指标名称") + cell("计量单位") + cell("代码") + cell("本期实际")
        + cell("本年累计"),
        cell("1") + cell("申请总数") + cell("件") + cell("10") + cell("2") + cell("7"),
    ]))
    row = found.tables[0].rows["r001"]
    assert (row["value"].value, row["cumulative"].value) == (2, 7)
    assert found.issues == []


def test_a_row_without_its_unit_or_its_label_is_told() -> None:
    found = read(table([
        HEADER,
        cell("申请总数") + cell("件") + cell("3"),
        cell("答复总数") + cell("5"),
        cell("") + cell("件") + cell("4"),
    ]))
    assert list(found.tables[0].rows) == ["r001"]
    assert {issue.detail for issue in found.issues} == {"答复总数 | 5", " | 件 | 4"}


def test_a_table_without_a_column_for_units_prints_them_in_its_labels() -> None:
    found = read(table([
        cell("统计指标") + cell("统计数"),
        cell("主动公开信息数（条）") + cell("138"),
    ]))
    one = found.tables[0].rows["r001"]["value"]
    assert (one.value, one.unit) == (138, "条")


def test_a_word_over_unit_and_value_is_no_value() -> None:
    found = read(table([HEADER, cell("申请总数") + cell("无", width=2),
                        cell("答复总数") + cell("件") + cell("0")]))
    assert [row["value"].value for row in found.tables[0].rows.values()] == [0]
