"""The text reader over every layout of the seeds, and over what must be refused."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import formats
from extract.record import Tables
from extract.tables.assemble import assemble
from extract.tables.found import Found
from extract.tables.loose import read_text
from tests.extract import sheets
from tests.extract.sheets import NEW, OLD, Values
from tests.extract.tables.test_markup import raws

Line = list[str]


def read(text: str) -> tuple[Tables, Found]:
    found = read_text(text)
    bodies = assemble(found)
    return (bodies[0].tables if bodies else {}), found


def lines(values: Values, form: str = NEW) -> Iterator[Line]:
    """The printed rows of a report, a list of cells each, without what spans leave behind."""
    tables = formats.forms()[form].tables
    for key, spec in tables.items():
        if key.startswith("t2_"):
            printed = values[key]
            columns = [c for c in spec.columns if any(c.key in row for row in printed.values())]
            yield [spec.captions[0]]
            yield ["信息内容", *(column.label for column in columns)]
            for row in spec.rows:
                if row.key in printed:
                    yield [row.label, *(printed[row.key][column.key] for column in columns)]
    yield ["三、收到和处理政府信息公开申请情况"]
    yield ["(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)", "申请人情况"]
    yield ["自然人", "法人或其他组织", "总计"]
    yield ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    opened = {"results"}
    for row in tables["t3_requests"].rows:
        if row.key not in values["t3_requests"]:
            continue
        line: Line = []
        if row.parent and row.parent not in opened:
            opened.add(row.parent)
            line.append(next(r.label for r in tables["t3_requests"].rows if r.key == row.parent))
        yield [*line, row.label, *values["t3_requests"][row.key].values()]
    yield ["四、政府信息公开行政复议、行政诉讼情况"]
    yield ["行政复议", "行政诉讼"]
    yield ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计", "未经复议直接起诉", "复议后起诉"]
    yield ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 2
    yield list(values["t4_review_litigation"]["cases"].values())
    yield ["五、存在的主要问题及改进情况"]


def row_a_line(rows: Iterator[Line]) -> str:
    return "\n".join(" | ".join(row) + (" | ||" if len(row) > 1 else "") for row in rows)


def markdown(rows: Iterator[Line]) -> str:
    return "\n".join(
        "| " + " | ".join(row) + " |\n|---|---|" if len(row) > 1 else row[0] for row in rows
    )


def tabbed(rows: Iterator[Line]) -> str:
    return "\n".join("\t".join(row) for row in rows)


def cell_a_line(rows: Iterator[Line]) -> str:
    return "\n\n".join(cell for row in rows for cell in row)


def cell_a_line_with_pipes(rows: Iterator[Line]) -> str:
    return "\n".join(
        "\n".join(f"{cell} |" for cell in row) + ("\n||" if len(row) > 1 else "") for row in rows
    )


def broken_labels(rows: Iterator[Line]) -> str:
    short = {"商业企业", "科研机构", "结果纠正", "其他结果", "尚未审结"}
    return "\n".join(
        part
        for row in rows
        for cell in row
        for part in ((cell[:2], cell[2:]) if cell in short else (cell,))
    )


LAYOUTS = [row_a_line, markdown, tabbed, cell_a_line, cell_a_line_with_pipes, broken_labels]


@pytest.mark.parametrize("form", [NEW, OLD])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_reads_whole(layout, form: str) -> None:
    values = sheets.numbers(form)
    tables, found = read(layout(lines(values, form)))
    assert raws(tables) == values
    assert assemble(found)[0].format == form
    assert found.issues == []


@given(st.integers(0, 10**6), st.sampled_from(LAYOUTS))
def test_any_numbers_come_back(seed: int, layout) -> None:
    values = sheets.numbers(NEW, seed)
    assert raws(read(layout(lines(values)))[0]) == values


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_value_leads_back_to_its_characters(layout) -> None:
    text = layout(lines(sheets.numbers()))
    for rows in read(text)[0].values():
        for row in rows.values():
            for cell in row.values():
                start, length = map(int, cell.at.removeprefix("text:").split("+"))
                assert text[start : start + length] == cell.raw


def test_blank_cells_between_pipes_are_blank() -> None:
    rows = [
        "自然人|法人或其他组织|总计|",
        "商业企业|科研机构|社会公益组织|法律服务机构|其他|",
        "四、结转下年度继续办理|||||||||",
    ]
    tables, _ = read("\n".join(rows))
    row = tables["t3_requests"]["carried_forward"]
    assert [cell.missing for cell in row.values()] == ["blank"] * 7


def test_cells_that_ran_together_are_refused() -> None:
    values = sheets.numbers()
    text = "\n".join("".join(row) for row in lines(values))
    tables, _ = read(text)
    assert tables == {}


@pytest.mark.parametrize("count", [1, 5, 6, 8, 14])
def test_a_row_with_another_count_of_values_is_refused(count: int) -> None:
    values = sheets.numbers()
    rows = list(lines(values))
    at = next(i for i, row in enumerate(rows) if "(一)予以公开" in row)
    rows[at] = ["(一)予以公开", *("7" for _ in range(count))]
    for layout in (row_a_line, cell_a_line, tabbed):
        tables, found = read(layout(iter(rows)))
        assert "granted" not in tables["t3_requests"]
        assert {"row_shape", "unplaced_row"} & {issue.code for issue in found.issues}


def test_a_row_of_values_below_a_stack_of_labels_belongs_to_nobody() -> None:
    text = "\n".join(
        [
            "自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |",
            "5.属于三类内部事务信息",
            "1.本机关不掌握相关政府信息",
            "| 1 | 0 | 0 | 0 | 0 | 0 | 1 |",
            "| 2.没有现成信息需要另行制作 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
        ]
    )
    tables, found = read(text)
    assert set(tables["t3_requests"]) == {"unavailable_needs_creation"}
    assert "no_values" in {issue.code for issue in found.issues}


def test_a_label_and_its_values_in_one_line_without_marks() -> None:
    tables, _ = read("信息内容\n本年处理决定数量\n行政处罚 12\n行政强制 0")
    assert raws(tables) == {
        "t2_art20_6": {"penalty": {"decisions": "12"}, "coercion": {"decisions": "0"}}
    }


def test_a_number_that_a_line_break_may_have_cut_is_flagged() -> None:
    head = "| 信息内容 | 本年处理决定数量 |\n"
    tables, found = read(f"{head}| 行政许可 | 90\n03 |\n")
    cell = tables["t2_art20_5"]["licence"]["decisions"]
    assert [(issue.code, issue.at) for issue in found.issues] == [("stray_value", cell.at)]
    assert read(f"{head}| 行政许可 | 9003 |\n")[1].issues == []


def test_prose_that_names_the_labels_is_no_table() -> None:
    tables, _ = read(
        "一、行政许可\n全年办理行政许可 127 件。\n二、行政处罚\n15\n件均已公开。\n行政复议 3 件。"
    )
    assert tables == {}


ALPHABET = "一二三四五六七(）)|\n\t 0123456789.规章行政许可总计自然人其他结果维持"


@given(st.text(alphabet=ALPHABET, max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    for cell in (
        one for rows in read(text)[0].values() for row in rows.values() for one in row.values()
    ):
        start, length = map(int, cell.at.removeprefix("text:").split("+"))
        assert text[start : start + length] == cell.raw
