"""What must not be believed: headers with a hole, labels among values, rows that may have moved."""

from __future__ import annotations

import re

from tests.extract import sheets
from tests.extract.sheets import cell, table
from tests.extract.tables.test_markup import raws, read

T3 = "t3_requests"


def codes(found) -> set[str]:
    return {issue.code for issue in found.issues}


def doubted(found) -> set[str]:
    return {issue.detail for issue in found.issues if issue.code == "doubtful_row"}


def test_a_header_that_lost_a_cell_names_no_column() -> None:
    rows = sheets.requests_rows(sheets.numbers())
    rows[2] = rows[2].replace(cell("科研机构"), "")
    tables, found = read(table(rows))
    assert T3 not in tables
    assert "header_hole" in codes(found)


def test_a_heading_that_reaches_into_a_row_is_none_of_its_values() -> None:
    rows = sheets.requests_rows(sheets.numbers())
    rows = [row for row in rows if "4.无正当理由大量反复申请" not in row]
    at = next(i for i, row in enumerate(rows) if "3.其他" in row)
    values = re.findall(r"<td>\d+</td>", rows[at])
    rows[at] = rows[at].replace("".join(values), "".join(values[:2] + values[3:]))
    tables, found = read(table(rows))
    assert "other_other" not in tables[T3]
    assert "row_shape" in codes(found)


def test_columns_in_an_order_of_their_own_need_their_sums() -> None:
    rows = sheets.requests_rows(sheets.numbers())
    rows[1] = cell("总计", height=2) + cell("法人或其他组织", width=5) + cell("自然人", height=2)
    tables, found = read(table(rows))
    assert T3 not in tables
    assert {"column_order", "no_header"} <= codes(found)


def test_a_group_s_own_numbers_are_doubted_when_one_of_its_rows_is_missing() -> None:
    zeros = "".join(cell("0") for _ in range(7))
    header = sheets.requests_rows(sheets.numbers())[:3]
    rows = [*header, cell("(四)无法提供", width=3) + zeros,
            cell("(四)无法提供", width=2) + cell("2.没有现成信息需要另行制作") + zeros,
            cell("(四)无法提供", width=2) + cell("3.补正后申请内容仍不明确") + zeros]
    _, found = read(table(rows))
    assert doubted(found) == {f"{T3}/unavailable"}


def test_a_row_of_table_2_that_ends_in_a_blank_is_doubted() -> None:
    header = cell("信息内容") + cell("本年制发件数") + cell("本年废止件数") + cell("现行有效件数")
    rows = [header, cell("规章") + cell("") + cell("") + cell(""),
            cell("行政规范性文件") + cell("4") + cell("12") + cell("")]
    tables, found = read(table(rows))
    assert raws(tables)["t2_art20_1"]["normative_docs"]["valid"] == ""
    assert doubted(found) == {"t2_art20_1/normative_docs"}


def test_a_row_without_its_total_among_rows_that_have_theirs_is_doubted() -> None:
    rows = sheets.requests_rows(sheets.numbers())
    at = next(i for i, row in enumerate(rows) if "(一)予以公开" in row)
    rows[at] = re.sub(r"<td>\d+</td>$", "<td></td>", rows[at])
    _, found = read(table(rows))
    assert doubted(found) == {f"{T3}/granted"}


def test_a_row_that_needs_the_padding_of_its_table_is_told() -> None:
    rows = [row + cell("") for row in sheets.requests_rows(sheets.numbers())]
    at = next(i for i, row in enumerate(rows) if "(一)予以公开" in row)
    rows[at] = re.sub(r"<td>\d+</td>", "", rows[at], count=1)
    _, found = read(table(rows))
    assert "row_short" in codes(found)
