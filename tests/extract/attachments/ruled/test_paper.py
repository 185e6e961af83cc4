"""From laid-out pages to paragraphs and tables."""

from __future__ import annotations

import pytest

from extract.attachments.paper import Paragraph
from extract.attachments.ruled.page import Picture, Rule, rules_of_box
from extract.attachments.ruled.paper import paper_of
from tests.extract.attachments.ruled.setting import all_boxes, boxes, leaf, signs, table


def texts(*pages: object) -> list[str]:
    paper = paper_of(pages, "pdf")  # type: ignore[arg-type]  # leaves
    return [block.text for block in paper.blocks if isinstance(block, Paragraph)]


FIRST = "全面落实条例规定持续加强政府信息公开工作不断提升公开的质量和实效满足群众的"
LONG = "全面落实条例规定持续加强政府信息公开工作不断提升公开的质量和实效满足群众的需要"


def test_lines_of_a_paragraph_are_joined_and_indents_part_them() -> None:
    page = leaf(1, (FIRST, 70, 100), (LONG, 50, 120), ("到此为止。", 50, 140), (FIRST, 70, 160))
    assert texts(page) == [FIRST + LONG + "到此为止。", FIRST]


def test_a_paragraph_goes_on_on_the_next_page() -> None:
    first = leaf(1, (FIRST, 70, 100), (LONG, 50, 120), ("- 1 -", 290, 770))
    second = leaf(2, ("接着写完。", 50, 60), ("- 2 -", 290, 770))
    assert texts(first, second) == [FIRST + LONG + "接着写完。"]


def test_page_numbers_and_running_heads_are_left_out() -> None:
    pages = [
        leaf(n, ("某县信息公开报告", 200, 30), (f"第{n * 3}点说明。", 70, 90), (str(n), 300, 770))
        for n in (1, 2, 3)
    ]
    assert "".join(texts(*pages)) == "第3点说明。第6点说明。第9点说明。"


def test_a_running_foot_may_count_the_pages_from_anywhere() -> None:
    """A cover bears no number, and the number of all pages stands beside."""
    pages = [leaf(n, (f"正文{'甲乙丙丁'[n]}。", 70, 200), (f"年度报告 {n - 1} / 共4", 70, 770))
             for n in (1, 2, 3)]
    assert "".join(texts(*pages)) == "正文乙。正文丙。正文丁。"


def test_lines_that_only_look_alike_stay() -> None:
    pages = [leaf(n, (f"受理申请{7 * n}件。", 70, 60)) for n in (1, 2, 3)]
    assert "".join(texts(*pages)) == "受理申请7件。受理申请14件。受理申请21件。"


def test_a_number_that_does_not_count_pages_stays() -> None:
    pages = [leaf(n, ("正文。", 70, 200), (str(7 * n), 300, 770)) for n in (1, 2)]
    assert texts(*pages) == ["正文。", "7", "正文。", "14"]


def test_lines_of_a_table_of_contents_are_left_out() -> None:
    page = leaf(1, ("一、总体情况............1", 50, 100), ("一、总体情况", 50, 130))
    assert texts(page) == ["一、总体情况"]


def test_a_frame_around_prose_is_no_table() -> None:
    page = leaf(1, (LONG, 70, 100), ("写在框里。", 50, 120), rules=rules_of_box(40, 90, 560, 700))
    assert texts(page) == [LONG + "写在框里。"]


def test_a_title_of_two_lines_is_one() -> None:
    body = [(LONG, 50.0, 200.0 + 20 * n) for n in range(5)]
    page = leaf(1, *body)
    page.signs += signs("某某县人民政府", 190, 60, 18) + signs("2023年度报告", 199, 90, 18)
    assert texts(page)[0] == "某某县人民政府2023年度报告"


def test_two_columns_are_read_one_after_the_other() -> None:
    half = FIRST[:22]
    left = [(half, 50.0, 100.0 + 20 * n) for n in range(7)] + [("左栏完。", 50.0, 240.0)]
    right = [(half, 330.0, 100.0 + 20 * n) for n in range(6)] + [("右栏完。", 330.0, 220.0)]
    page = leaf(1, ("政府信息公开工作年度报告的各项情况如下所示", 180, 60), *left, *right,
                ("以下不分栏，一行写到底，从左边一直写到右边。", 180, 300))
    assert texts(page) == [
        "政府信息公开工作年度报告的各项情况如下所示", half * 7 + "左栏完。", half * 6 + "右栏完。",
        "以下不分栏，一行写到底，从左边一直写到右边。",
    ]


def test_a_title_set_wide_is_one_word() -> None:
    page = leaf(1, *[(sign, 100.0 + 40 * n, 60.0) for n, sign in enumerate("年度报告")],
                (LONG, 50, 120))
    assert texts(page)[0] == "年度报告"


def test_figures_set_wide_are_no_number() -> None:
    lines, rules = table([["规章", "7"], ["许可", ""]], 100)
    apart = [(sign, 135.0 + 20 * n, 123.0) for n, sign in enumerate("123")]
    paper = paper_of([leaf(1, *lines, *apart, rules=rules)], "pdf")
    assert boxes(paper)[0][1] == ["许可", "1 2 3"]


def test_signs_drawn_twice_are_one() -> None:
    page = leaf(1, ("共收到11件。", 50, 100), ("共收到11件。", 50.4, 100.2))
    assert texts(page) == ["共收到11件。"]


def test_blanks_of_justified_text_are_left_out_and_those_of_numbers_stay() -> None:
    page = leaf(1, ("2023 年 收到 1 136 件", 50, 100))
    assert texts(page) == ["2023年收到1 136件"]


def test_a_mark_set_high_stands_apart() -> None:
    page = leaf(1, ("12", 50, 100))
    page.signs += signs("1", 60, 98, 6)
    assert texts(page) == ["12 1"]


HEAD = [["信息内容", "制发件数", "废止件数"]]


def test_cells_keep_their_lines_and_name_their_place() -> None:
    lines, rules = table([*HEAD, ["行政规范\n性文件", "3", ""]], 100, height=40)
    paper = paper_of([leaf(1, *lines, rules=rules)], "ofd")
    assert boxes(paper) == [[["信息内容", "制发件数", "废止件数"], ["行政规范\n性文件", "3", ""]]]
    assert [box.at for box in all_boxes(paper)][3:] == [
        "ofd:p1/t1/r2/c1", "ofd:p1/t1/r2/c2", "ofd:p1/t1/r2/c3"
    ]


def test_a_long_number_goes_on_in_the_next_line_of_its_cell() -> None:
    lines, rules = table([["收费金额", "12345678\n9.5"], ["两个数", "12\n34"]], 100, 40, width=48)
    paper = paper_of([leaf(1, *lines, rules=rules)], "pdf")
    assert boxes(paper) == [[["收费金额", "123456789.5"], ["两个数", "12\n34"]]]


def test_a_number_that_crosses_a_rule_is_doubted() -> None:
    lines, rules = table([["规章", "", "", "9"]], 100)
    page = leaf(1, *lines, rules=rules)
    page.signs += signs("777777", 195, 103)  # a rule stands at 210
    doubted = [box.at for box in all_boxes(paper_of([page], "pdf")) if box.sure < 0.8]
    assert doubted == ["pdf:p1/t1/r1/c2", "pdf:p1/t1/r1/c3"]


def test_a_picture_in_a_cell_is_not_blank() -> None:
    lines, rules = table([["规章", "", "9"]], 100)
    page = leaf(1, *lines, rules=rules)
    page.pictures.append(Picture(150, 105, 170, 115))
    assert [box.sure for box in all_boxes(paper_of([page], "pdf"))] == [1.0, 0.0, 1.0]


def test_prose_in_a_cell_as_wide_as_the_table_is_a_paragraph() -> None:
    lines, rules = table([["规章", "1"], ["行政许可", "2"]], 100)
    rules += [Rule(50, 140, 50, 240), Rule(210, 140, 210, 240), Rule(50, 240, 210, 240)]
    prose = [("全面落实条例的规定要求文字", 53.0, 145.0 + 14 * n) for n in range(5)]
    paper = paper_of([leaf(1, *lines, *prose, rules=rules)], "pdf")
    assert boxes(paper) == [[["规章", "1"], ["行政许可", "2"]]]
    assert [b.text for b in paper.blocks if isinstance(b, Paragraph)] == [prose[0][0] * 5]


def test_text_that_hangs_out_of_a_cell_belongs_to_it() -> None:
    """A browser cuts a cell at the page's end, and lets its last line stand below it."""
    lines, rules = table([["一", "2"], ["二\n三", "4"]], 700, height=14)
    paper = paper_of([leaf(1, *lines, rules=rules)], "pdf")
    assert boxes(paper) == [[["一", "2"], ["二\n三", "4"]]]


def figures(*rows: list[str]) -> list[tuple[str, float, float]]:
    """Rows of words without rules, a label and figures in columns of their own."""
    return [(text, 50.0 if c == 0 else 200.0 + 50 * c, 100.0 + 20 * r)
            for r, row in enumerate(rows) for c, text in enumerate(row) if text]


def test_blanks_of_tables_without_rules_are_marked() -> None:
    full = ["予以公开", "1", "2", "3", "4", "5", "6", "7"]
    holes = ["部分公开", "1", "", "3", "4", "", "", "7"]
    assert texts(leaf(1, *figures(full, full, holes))) == [
        "  ".join(full), "  ".join(full), " | ".join(holes) + " |"
    ]


def test_figures_between_two_columns_are_given_none() -> None:
    full = ["予以公开", "1", "2", "3", "4", "5", "6", "7"]
    rows = figures(full, full, full, full)
    astray = [("部分公开", 50.0, 180.0), ("8", 275.0, 180.0), ("9", 360.0, 180.0)]
    assert texts(leaf(1, *rows, *astray))[-1] == "部分公开  8  9"


@pytest.mark.parametrize("scale", [0.3528, 1.0, 20.0])
def test_the_unit_of_lengths_does_not_matter(scale: float) -> None:
    lines, rules = table([*HEAD, ["规章", "3", "4"]], 100)
    page = leaf(1, (LONG, 70, 40), *lines, rules=rules)
    for one in (*page.signs, *page.rules):
        one.x0, one.top, one.x1, one.bottom = (
            scale * one.x0, scale * one.top, scale * one.x1, scale * one.bottom
        )
    for sign in page.signs:
        sign.size *= scale
    page.width, page.height = page.width * scale, page.height * scale
    paper = paper_of([page], "ofd")
    assert boxes(paper) == [[*HEAD, ["规章", "3", "4"]]]
    assert isinstance(paper.blocks[0], Paragraph)
