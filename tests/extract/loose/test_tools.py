"""Every tool's class of text reads whole, or not at all; where cells ran together, not at all."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.record import Tables
from extract.tables.assemble import assemble
from extract.tables.found import Found
from extract.tables.loose import read_text
from tests.extract import sheets
from tests.extract.loose import printed, tools
from tests.extract.loose.tools import TORN, WHOLE, Tool
from tests.extract.sheets import NEW, OLD, Values
from tests.extract.tables.test_markup import raws


def read(text: str) -> tuple[Tables, Found]:
    found = read_text(text)
    bodies = assemble(found)
    return (bodies[0].tables if bodies else {}), found


def text_of(tool: Tool, values: Values, form: str, seed: int) -> str:
    return tool(list(printed.report(values, form)), Random(seed))


@pytest.mark.parametrize("form", [NEW, OLD])
@pytest.mark.parametrize("tool", WHOLE, ids=lambda tool: tool.__name__)
def test_every_tool_is_read_whole(tool: Tool, form: str) -> None:
    for seed in range(6):
        values = sheets.numbers(form, seed)
        assert raws(read(text_of(tool, values, form, seed))[0]) == values


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(WHOLE))
def test_every_value_leads_back_to_its_characters(seed: int, tool: Tool) -> None:
    text = text_of(tool, sheets.numbers(NEW, seed), NEW, seed)
    for rows in read(text)[0].values():
        for row in rows.values():
            for cell in row.values():
                start, length = map(int, cell.at.removeprefix("text:").split("+"))
                assert text[start : start + length] == cell.raw


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([NEW, OLD]), st.sampled_from(TORN))
def test_what_is_torn_is_right_or_unread(seed: int, form: str, tool: Tool) -> None:
    values = sheets.numbers(form, seed)
    tables = raws(read(text_of(tool, values, form, seed))[0])
    for table, rows in tables.items():
        for row, cells in rows.items():
            assert cells == values[table][row], (table, row)


@pytest.mark.parametrize("tool", [tools.glued, tools.glued_lines, tools.glued_values])
def test_cells_that_ran_together_are_refused(tool: Tool) -> None:
    for seed in range(6):
        assert read(text_of(tool, sheets.numbers(NEW, seed), NEW, seed))[0] == {}


def test_a_text_of_labels_and_then_numbers_is_read_where_all_sums_prove_the_order() -> None:
    values = sheets.numbers(NEW, 3)
    tables, found = read(text_of(tools.labels_first, values, NEW, 3))
    assert raws(tables)["t3_requests"] == values["t3_requests"]
    assert {issue.code for issue in found.issues} >= {"bracketed_row"}
    assert "rules" not in tables.get("t2_art20_1", {})  # no sum proves table 2
    values["t3_requests"]["granted"]["natural_person"] = "99"
    assert "t3_requests" not in read(text_of(tools.labels_first, values, NEW, 3))[0]


@pytest.mark.parametrize("label", ["2.其他法律行政法规禁止公开", "5.属于三类内部事务信息",
                                   "3.其他"])
def test_a_row_without_its_label_is_taken_between_two_that_have_one(label: str) -> None:
    values = sheets.numbers(NEW, 3)
    rows = tools.markdown(list(printed.report(values)), Random(0)).split("\n")
    at = next(i for i, row in enumerate(rows) if label in row)
    rows[at] = rows[at].replace(f"{label} | ", "")
    tables, found = read("\n".join(rows))
    assert raws(tables) == values
    assert [issue.code for issue in found.issues] == ["bracketed_row"]


def test_a_row_without_its_label_must_add_up_itself() -> None:
    values = sheets.numbers(NEW, 3)
    for key in ("denied_law_forbidden", "results_total", "new_received"):
        row = values["t3_requests"][key]  # the column's sums hold, the row's do not
        row["total"] = str(int(row["total"]) + 1)
    rows = tools.markdown(list(printed.report(values)), Random(0)).split("\n")
    label = "2.其他法律行政法规禁止公开"
    text = "\n".join(rows).replace(f"{label} | ", "")
    tables, found = read(text)
    assert "denied_law_forbidden" not in tables["t3_requests"]
    assert "unplaced_row" in {issue.code for issue in found.issues}


@pytest.mark.parametrize("harm", ["sum", "count", "edge"])
def test_a_row_without_its_label_stays_unread_where_nothing_proves_it(harm: str) -> None:
    values = sheets.numbers(NEW, 3)
    rows = tools.markdown(list(printed.report(values)), Random(0)).split("\n")
    label = "2.其他法律行政法规禁止公开" if harm != "edge" else "四、结转下年度继续办理"
    key = "denied_law_forbidden" if harm != "edge" else "carried_forward"
    at = next(i for i, row in enumerate(rows) if label in row)
    rows[at] = rows[at].replace(f"{label} | ", "")
    if harm == "sum":
        total = next(i for i, row in enumerate(rows) if "(七)总计" in row)
        rows[total] = rows[total].replace(" |", "1 |", 2)
    if harm == "count":
        rows.insert(at, rows[at])
    tables, found = read("\n".join(rows))
    assert key not in tables["t3_requests"]
    assert "unplaced_row" in {issue.code for issue in found.issues}


def test_a_garbled_number_is_unparsed_and_its_row_stays() -> None:
    values = sheets.numbers(NEW, 3)
    rows = tools.markdown(list(printed.report(values)), Random(0)).split("\n")
    at = next(i for i, row in enumerate(rows) if "(一)予以公开" in row)
    for bad in ("l0", "1\ufffd", "O", "十二", "1 2", "〇"):
        cells = rows[at].split(" | ")
        cells[2] = bad
        read_rows = [*rows[:at], " | ".join(cells), *rows[at + 1 :]]
        row = read("\n".join(read_rows))[0]["t3_requests"]["granted"]
        assert [cell.missing for cell in row.values()] == ["unparsed", *[None] * 6], bad


def test_a_number_cut_by_a_blank_is_refused_and_said() -> None:
    head = "第二十条第(五)项\n信息内容 本年处理决定数量\n"
    tables, found = read(f"{head}行政许可 17 388\n")
    assert (tables, found.flags) == ({}, {"CELL_SPLIT_DIGITS"})
    assert raws(read(f"{head}行政许可 17388\n")[0]) == {
        "t2_art20_5": {"licence": {"decisions": "17388"}}}


def test_a_torn_header_in_another_order_than_the_forms_is_not_believed() -> None:
    row = "一、本年新收政府信息公开申请数量 3 1 0 0 0 0 4"
    swapped = "自然人 总计\n科研 商业 社会公 法律服 其\n机构 企业 益组织 务机构 他"
    tables, found = read(f"{swapped}\n{row}")
    assert tables == {}
    assert "no_header" in {issue.code for issue in found.issues}
    torn = "自 总\n然 计\n人 商业 科研 社会公 法律服 其\n企业 机构 益组织 务机构 他"
    assert list(read(f"{torn}\n{row}")[0]["t3_requests"]) == ["new_received"]


HEADER = "自然人 法人或其他组织 总计\n商业企业 科研机构 社会公益组织 法律服务机构 其他\n"


def test_labels_and_numbers_of_each_page_apart_are_read_where_all_sums_hold() -> None:
    """Labels of a page, then its numbers, page by page; the last labels stand behind."""
    values = sheets.numbers(NEW, 3)
    rows = [line for line in printed.report(values) if line.kind == "row" and len(line.cells) == 7]
    parts: list[str] = []
    for start, end in ((0, 11), (11, 23)):
        parts += [part for line in rows[start:end] for part in (line.group, line.label) if part]
        parts += [cell for line in rows[start:end] for cell in line.cells]
        parts.append("- 3 -")
    parts += [cell for line in rows[23:] for cell in line.cells]
    parts += [line.label for line in rows[23:]]
    tables, found = read(HEADER + "\n".join(parts))
    assert raws(tables)["t3_requests"] == values["t3_requests"]
    assert {issue.code for issue in found.issues} == {"bracketed_row"}
    assert len(found.issues) == len(rows)
    at = parts.index("1.属于国家秘密")
    swapped = [*parts[:at], parts[at + 1], parts[at], *parts[at + 2 :]]
    assert "t3_requests" not in read(HEADER + "\n".join(swapped))[0]


@pytest.mark.parametrize("cuts", [(5,), (4,), (5, 10), (1, 9)])
def test_a_scattered_table_four_is_flagged_and_must_add_up(cuts: tuple[int, ...]) -> None:
    cells = list(sheets.numbers(NEW, 3)["t4_review_litigation"]["cases"].values())
    words = ["未经复议直接起诉", "复议后起诉", "总计"]

    def text(cells: list[str]) -> str:
        out = ["行政复议", "行政诉讼", *printed.OUTCOMES]
        for index, cell in enumerate(cells):
            out += [words[cuts.index(index)]] if index in cuts else []
            out.append(cell)
        return "\n".join(out)

    tables, found = read(text(cells))
    assert list(raws(tables)["t4_review_litigation"]["cases"].values()) == cells
    assert [issue.code for issue in found.issues] == ["bracketed_row"]
    assert read(text([*cells[:3], str(int(cells[3]) + 1), *cells[4:]]))[0] == {}
    assert read(text(cells[:-1]))[0] == {}
