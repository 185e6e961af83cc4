"""The HTML reader over every layout that keeps the tables of a form: right, or an issue."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from extract import formats
from extract.record import Tables
from extract.tables.assemble import assemble
from extract.tables.found import Found
from extract.tables.grid import cell_at, grids
from extract.tables.markup import read_grids
from tests.extract import sheets
from tests.extract.sheets import NEW, OLD, Values, cell, table


def read(markup: str) -> tuple[Tables, Found]:
    found = read_grids(grids(html.fromstring(f"<div>{markup}</div>")))
    bodies = assemble(found)
    return (bodies[0].tables if bodies else {}), found


def raws(tables: Tables) -> Values:
    return {
        key: {
            row: {column: one.raw for column, one in cells.items()} for row, cells in rows.items()
        }
        for key, rows in tables.items()
    }


@pytest.mark.parametrize("form", [NEW, OLD])
def test_both_forms_read_whole(form: str) -> None:
    values = sheets.numbers(form)
    markup = sheets.report(values, form)
    tables, found = read(markup)
    assert raws(tables) == values
    assert found.issues == []
    assert assemble(found)[0].format == form


@given(st.integers(0, 10**6))
def test_any_numbers_come_back(seed: int) -> None:
    values = sheets.numbers(NEW, seed)
    tables, _ = read(sheets.report(values))
    assert raws(tables) == values


def test_every_value_leads_back_to_its_cell() -> None:
    markup = sheets.report(sheets.numbers())
    root = html.fromstring(f"<div>{markup}</div>")
    tables, _ = read(markup)
    for rows in tables.values():
        for row in rows.values():
            for one in row.values():
                assert cell_at(root, one.at) == one.raw


def one_paragraph_a_cell(markup: str) -> str:
    return re.sub(
        r"<td([^>]*)>(.*?)</td>", r"<td\1><p>&nbsp;</p><p><span>\2</span></p></td>", markup
    )


def split_labels(markup: str) -> str:
    return re.sub(r"(<td[^>]*>)([^<\d]{2})([^<]+)</td>", r"\1<p>\2</p><p> \3</p></td>", markup)


def word_soup(markup: str) -> str:
    soup = r'<TD\1 VALIGN=center><P CLASS=MsoNormal><FONT FACE="仿宋">\2</FONT><o:p></o:p></P></TD>'
    return re.sub(r"<td([^>]*)>(.*?)</td>", soup, markup)


def in_a_layout_table(markup: str) -> str:
    return f"<table><tr><td>目录</td><td id=zoom>{markup}</td></tr></table>"


def one_giant_table(markup: str) -> str:
    return re.sub(r"</table>\s*(?:<h2>.*?</h2>\s*(?:<p>.*?</p>)?)*\s*<table>", "", markup)


def no_captions(markup: str) -> str:
    return re.sub(r"<tr><td[^>]*>第二十条第[^<]*</td></tr>", "", markup)


def bare_ordinals(markup: str) -> str:
    return re.sub(r"<td([^>]*)>\d\.", r"<td\1>", markup)


@pytest.mark.parametrize(
    "layout",
    [
        one_paragraph_a_cell,
        split_labels,
        word_soup,
        in_a_layout_table,
        one_giant_table,
        no_captions,
        bare_ordinals,
    ],
)
def test_layouts_change_nothing(layout) -> None:
    values = sheets.numbers()
    markup = layout(sheets.report(values))
    assert markup != sheets.report(values)
    tables, found = read(markup)
    assert raws(tables) == values
    assert not [issue for issue in found.issues if issue.code != "near_label"]


def requests_only(rows: list[str]) -> tuple[Tables, Found]:
    return read(table(rows))


def test_a_table_split_in_two_goes_on_without_its_header() -> None:
    values = sheets.numbers()
    rows = sheets.requests_rows(values)
    flat = [re.sub(r' rowspan="\d+"', "", row) if i > 2 else row for i, row in enumerate(rows)]
    tables, _ = read(table(flat[:14]) + "<p>续表</p>" + table(flat[14:]))
    assert raws(tables)["t3_requests"] == values["t3_requests"]


def test_swapped_columns_follow_their_header() -> None:
    values = sheets.numbers()
    rows = sheets.requests_rows(values)
    rows[1] = cell("总计", height=2) + cell("自然人", height=2) + cell("法人或其他组织", width=5)

    def swap(row: str) -> str:
        cells = re.findall(r"<td[^>]*>.*?</td>", row)
        return "".join([*cells[:-7], cells[-1], *cells[-7:-1]])

    tables, found = requests_only([*rows[:3], *(swap(row) for row in rows[3:])])
    assert raws(tables)["t3_requests"] == values["t3_requests"]
    assert "column_order" in {issue.code for issue in found.issues}


def test_a_table_without_header_is_kept_only_when_its_sums_prove_the_order() -> None:
    values = sheets.numbers()
    tables, found = requests_only(sheets.requests_rows(values)[3:])
    assert raws(tables)["t3_requests"] == values["t3_requests"]
    assert "TBL_HEADER_MISSING" in found.flags
    values["t3_requests"]["granted"]["total"] = "999"
    tables, found = requests_only(sheets.requests_rows(values)[3:])
    assert "t3_requests" not in tables
    assert "no_header" in {issue.code for issue in found.issues}


def test_one_word_over_a_row_is_merged_and_never_seven_numbers() -> None:
    values = sheets.numbers()
    rows = sheets.requests_rows(values)
    rows[-1] = cell("四、结转下年度继续办理", width=3) + cell("无", width=7)
    tables, _ = requests_only(rows)
    row = tables["t3_requests"]["carried_forward"]
    assert {one.missing for one in row.values()} == {"merged"}
    assert len(row) == 7


def test_a_row_with_a_cell_too_few_is_refused() -> None:
    values = sheets.numbers()
    rows = sheets.requests_rows(values)
    rows[3] = cell("一、本年新收政府信息公开申请数量", width=3) + "".join(
        cell(str(n)) for n in range(5)
    )
    tables, found = requests_only(rows)
    # Under their own columns the five may stay, flagged; the missing two are not invented.
    assert len(tables["t3_requests"].get("new_received", {})) == 5
    assert "row_short" in {issue.code for issue in found.issues}


def test_an_unknown_row_and_an_unknown_column_become_issues() -> None:
    values = sheets.numbers()
    rows = sheets.requests_rows(values)
    rows.insert(4, cell("二之一、上级转来的申请", width=3) + "".join(cell("4") for _ in range(7)))
    tables, found = requests_only(rows)
    assert raws(tables)["t3_requests"] == values["t3_requests"]
    assert any("上级转来" in issue.detail for issue in found.issues if issue.code == "unknown_row")
    active = table(
        [
            cell("第二十条第(五)项", width=3),
            cell("信息内容") + cell("本年处理决定数量") + cell("上年同期"),
            cell("行政许可") + cell("12") + cell("11"),
        ]
    )
    tables, found = read(active)
    assert raws(tables) == {"t2_art20_5": {"licence": {"decisions": "12"}}}
    assert "unknown_column" in {issue.code for issue in found.issues}


def test_a_row_that_lost_its_label_is_not_its_group_s() -> None:
    values = sheets.numbers()
    rows = sheets.requests_rows(values)
    at = next(i for i, row in enumerate(rows) if "2.重复申请" in row)
    rows[at] = rows[at].replace(cell("2.重复申请"), "")
    tables, found = requests_only(rows)
    assert set(tables["t3_requests"]) == set(values["t3_requests"]) - {"not_processed_repeat"}
    assert "unknown_row" in {issue.code for issue in found.issues}


def test_other_handling_as_one_row_in_the_newer_form() -> None:
    values = sheets.numbers()
    old = sheets.numbers(OLD)
    markup = sheets.active(values) + table(sheets.requests_rows(old, OLD))
    found = read_grids(grids(html.fromstring(f"<div>{markup}</div>")))
    body = assemble(found)[0]
    assert body.format == NEW
    assert "other" in body.tables["t3_requests"]


def test_a_newer_table_3_with_the_older_table_2_is_told() -> None:
    values, old = sheets.numbers(), sheets.numbers(OLD)
    found = read_grids(grids(html.fromstring(
        f"<div>{sheets.active(old, OLD)}{table(sheets.requests_rows(values))}</div>")))
    body = assemble(found)[0]
    assert body.format == OLD
    assert len(body.tables["t3_requests"]) == 25
    assert {"t2_art20_9", "t2_art20_5"} < set(body.tables)
    assert "mixed_form" in {issue.code for issue in found.issues}


def test_columns_that_a_place_adds_are_kept_and_flagged() -> None:
    rows = [
        cell("第二十条第（一）项", width=6),
        "".join(cell(text) for text in ("信息内容", "本年制发件数", "本年废止件数", "本年失效件数",
                                        "予以修改件数", "现行有效件数<br>(不含予以修改)")),
        "".join(cell(text) for text in ("规章（县市区无）", "0", "0", "0", "0", "/")),
        "".join(cell(text) for text in ("行政规范性文件", "5", "1", "2", "3", "44")),
    ]
    tables, found = read(table(rows))
    assert raws(tables)["t2_art20_1"]["normative_docs"] == {
        "issued": "5", "repealed": "1", "expired": "2", "modified": "3", "valid": "44"}
    assert tables["t2_art20_1"]["rules"]["valid"].column_label.endswith("(不含予以修改)")
    assert "LOCAL_COLUMNS" in found.flags
    plain, found = read(sheets.active(sheets.numbers()))
    assert "LOCAL_COLUMNS" not in found.flags


def test_two_years_side_by_side_are_nobody_s_columns() -> None:
    tables, found = read(table([
        "".join(map(cell, ("信息内容", "2023年制发件数", "2024年制发件数", "现行有效件数"))),
        "".join(map(cell, ("规章", "1", "2", "9"))),
    ]))
    assert raws(tables) == {"t2_art20_1": {"rules": {"valid": "9"}}}
    details = [issue.detail for issue in found.issues]
    assert "duplicate_column" in {issue.code for issue in found.issues}
    assert any(detail.endswith(": 1") for detail in details)
    assert any(detail.endswith(": 2") for detail in details)


def test_values_that_span_otherwise_than_their_header() -> None:
    """The header's second column is the wide one, in the rows the first."""
    tables, found = read(table([
        cell("信息内容") + cell("上一年项目数量") + cell("本年增/减", width=2)
        + cell("处理决定数量"),
        cell("行政许可") + cell("7", width=2) + cell("-1") + cell("30"),
    ]))
    assert raws(tables)["t2_art20_5"]["licence"] == {
        "items_prev_year": "7", "items_change": "-1", "decisions": "30"}
    assert found.issues == []


def test_a_row_under_the_header_of_another_table_is_told_and_not_taken() -> None:
    other = table([
        "".join(map(cell, ("区域", "东城", "西城", "南城", "北城", "新区", "郊县", "合计"))),
        "".join(map(cell, ("予以公开", "1", "2", "3", "4", "5", "6", "21"))),
    ])
    values = sheets.numbers()
    for markup in (other + table(sheets.requests_rows(values)),
                   table(sheets.requests_rows(values)) + other):
        tables, found = read(markup)
        assert raws(tables)["t3_requests"] == values["t3_requests"]
        assert "foreign_header" in {issue.code for issue in found.issues}


@pytest.mark.parametrize(
    "shown",
    ["<img src='5.png'>", "<input value='5'>", "<table><tr><td>4</td><td>5</td></tr></table>"],
)
def test_a_cell_that_shows_something_else_than_text_is_not_blank(shown: str) -> None:
    rows = [cell("信息内容") + cell("本年处理决定数量"), cell("行政许可") + cell(shown)]
    tables, _ = read(table(rows))
    one = tables["t2_art20_5"]["licence"]["decisions"]
    assert (one.raw, one.value, one.missing) == ("", None, "unparsed")


def test_two_bodies_on_a_page_are_two() -> None:
    one, two = sheets.numbers(seed=3), sheets.numbers(seed=5)
    markup = sheets.report(one) + sheets.report(two)
    bodies = assemble(read_grids(grids(html.fromstring(f"<div>{markup}</div>"))))
    assert [raws(body.tables) for body in bodies] == [one, two]


def test_the_same_report_twice_on_a_page_is_one() -> None:
    values = sheets.numbers()
    bodies = assemble(read_grids(grids(html.fromstring(f"<div>{sheets.report(values) * 2}</div>"))))
    assert [raws(body.tables) for body in bodies] == [values]


@pytest.mark.parametrize("lost", [0, 1, 2])
def test_review_by_position_when_header_halves_are_lost(lost: int) -> None:
    values = sheets.numbers()
    markup = sheets.review(values)
    for label in ("结果维持", "结果纠正", "其他结果")[: lost + 1]:
        markup = markup.replace(label, label[:2])
    tables, _ = read(markup)
    assert raws(tables) == {"t4_review_litigation": values["t4_review_litigation"]}


def test_a_review_row_of_fourteen_cells_is_refused() -> None:
    values = sheets.numbers()
    markup = sheets.review(values)
    last = markup.rindex("<td>")
    tables, found = read(markup[:last] + "</tr></table>")
    assert (
        "t4_review_litigation" not in tables or len(tables["t4_review_litigation"]["cases"]) == 14
    )
    assert tables == {} and "row_shape" in {issue.code for issue in found.issues}


def test_tables_that_are_no_forms_are_left_alone() -> None:
    tables, found = read(table([
        cell("索引号") + cell("0001") + cell("分类") + cell("其他"),
        cell("文号") + cell("无") + cell("总计") + cell("3"),
    ]))
    assert tables == {}
    assert found.issues == []
    assert found.used == set()


def test_vocabulary_covers_every_row_of_the_forms() -> None:
    for form in formats.NATIONAL:
        assert len(sheets.numbers(form)["t3_requests"]) == (25 if form == NEW else 23)
