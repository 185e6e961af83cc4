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
