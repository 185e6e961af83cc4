"""Tables over two pages: what is one row, one cell, one header, and what is not."""

from __future__ import annotations

from extract.attachments.paper import Box, Paragraph, Sheet
from extract.attachments.ruled.page import Leaf
from extract.attachments.ruled.paper import paper_of
from tests.extract.attachments.ruled.setting import all_boxes, boxes, leaf, table

Rows = list[list[str]]


def page(number: int, rows: Rows, *more: tuple[str, float, float], y: float = 60) -> Leaf:
    lines, rules = table(rows, y, height=40, width=150 if len(rows[0]) < 4 else 70)
    return leaf(number, *lines, *more, (f"- {number} -", 280, 770), rules=rules)


def joined(above: Rows, below: Rows) -> list[Rows]:
    return boxes(paper_of([page(1, above), page(2, below)], "pdf"))


def test_rows_go_on_on_the_next_page() -> None:
    assert joined([["规章", "1"]], [["行政许可", "2"]]) == [[["规章", "1"], ["行政许可", "2"]]]


def test_text_between_two_tables_parts_them() -> None:
    first, second = page(1, [["规章", "1"]]), page(2, [["许可", "2"]], ("三、申请情况", 50, 30))
    paper = paper_of([first, second], "pdf")
    assert [type(block) for block in paper.blocks] == [Sheet, Paragraph, Sheet]


def test_the_word_for_going_on_does_not() -> None:
    first, second = page(1, [["规章", "1"]]), page(2, [["行政许可", "2"]], ("续表", 500, 30))
    assert boxes(paper_of([first, second], "pdf")) == [[["规章", "1"], ["行政许可", "2"]]]


def test_a_table_of_another_width_is_another() -> None:
    lines, rules = table([["行政许可", "2"]], 60, height=40, width=60)
    second = leaf(2, *lines, rules=rules)
    assert len(boxes(paper_of([page(1, [["规章", "1"]]), second], "pdf"))) == 2


def test_a_repeated_header_is_left_out() -> None:
    head = ["信息内容", "本年处理决定数量"]
    assert joined([head, ["行政处罚", "1"]], [head, ["行政强制", "2"]]) == [
        [head, ["行政处罚", "1"], ["行政强制", "2"]]
    ]


def test_a_row_of_the_same_figures_is_no_repeated_header() -> None:
    assert joined([["规章", "1"]], [["规章", "1"]]) == [[["规章", "1"], ["规章", "1"]]]


def test_a_label_cut_by_the_page_is_one() -> None:
    head, tail = "5.要求行政机关确认或重", "新出具已获取信息"
    for above, below in (([head, "3", "4"], [tail, "", ""]), ([head, "", ""], [tail, "3", "4"]),
                         ([head, "3", ""], [tail, "", "4"])):
        rows = joined([["2.重复申请", "1", "1"], above], [below, ["（七）总计", "9", "9"]])
        assert rows == [[["2.重复申请", "1", "1"], [f"{head}\n{tail}", "3", "4"],
                         ["（七）总计", "9", "9"]]]


def test_a_caption_cut_by_the_page_is_one() -> None:
    lines, rules = table([["第二十条"]], 60, height=40, width=150)
    more, below = table([["第（六）项"]], 60, height=40, width=150)
    rows, inner = table([["行政处罚", "1"]], 100, height=40, width=75)
    over, upper = table([["行政许可", "2"]], 20, height=40, width=75)
    first = leaf(1, *over, *lines, rules=upper + rules)
    second = leaf(2, *more, *rows, rules=below + inner)
    assert boxes(paper_of([first, second], "pdf")) == [
        [["行政许可", "2"], ["第二十条\n第（六）项"], ["行政处罚", "1"]]
    ]


def test_figures_that_came_to_the_next_page_find_their_label() -> None:
    rows = joined([["2.重复申请", "1", "1"], ["（一）予以公开", "", ""]], [["", "3", "4"]])
    assert rows == [[["2.重复申请", "1", "1"], ["（一）予以公开", "3", "4"]]]


def test_two_rows_that_are_left_blank_stay_two() -> None:
    for figures in (["", ""], ["3", "4"]):
        rows = joined([["（一）予以公开", "", ""]], [["（二）部分公开", *figures]])
        assert rows == [[["（一）予以公开", "", ""], ["（二）部分公开", *figures]]]


def test_rows_with_figures_on_both_sides_stay_two() -> None:
    rows = joined([["5.要求行政机关确认或重", "1", "2"]], [["新出具已获取信息", "3", "4"]])
    assert len(rows[0]) == 2


def test_a_caption_at_the_foot_is_no_part_of_the_next_row() -> None:
    rows = joined([["第二十条第（六）项", "", ""]], [["行政处罚", "1", "2"]])
    assert rows == [[["第二十条第（六）项", "", ""], ["行政处罚", "1", "2"]]]


def test_a_cell_over_rows_goes_on() -> None:
    """The heading's cell is drawn on both pages, its text stands on one or is cut in two."""
    def sub(number: int, label: str) -> list[str]:
        return [label, f"{number}.属于国家秘密", "1", "2"]

    for upper, lower, whole in (("（三）不予公开", "", "（三）不予公开"),
                                ("", "（三）不予公开", "（三）不予公开"),
                                ("（三）不", "予公开", "（三）不\n予公开")):
        paper = paper_of([page(1, [sub(1, upper)]), page(2, [sub(2, lower)])], "pdf")
        (sheet,) = [block for block in paper.blocks if isinstance(block, Sheet)]
        assert [len(row) for row in sheet.rows] == [4, 3]
        assert (sheet.rows[0][0].text, sheet.rows[0][0].height) == (whole, 2)


def test_two_headings_stay_two() -> None:
    above = ["（三）不予公开", "8.属于行政查询事项", "1"]
    below = ["（四）无法提供", "1.本机关不掌握", "2"]
    assert joined([above], [below]) == [[above, below]]


def test_columns_of_both_pages_are_one_grid() -> None:
    """The second page's columns begin elsewhere, and a caption hides those of the first."""
    lines, rules = table([["行政处罚", "1", "2", "3"]], 60, height=40, width=75, x=74)
    paper = paper_of([page(1, [["规章", "1"]]), leaf(2, *lines, rules=rules)], "pdf")
    (sheet,) = paper.blocks
    assert isinstance(sheet, Sheet)
    assert [(box.text, box.width) for box in sheet.rows[0]] == [("规章", 2), ("1", 2)]
    assert [box.width for box in sheet.rows[1]] == [1, 1, 1, 1]


def test_the_place_of_a_cut_cell_names_both_pages() -> None:
    paper = paper_of([page(1, [["5.要求行政机关确认或重", "3"]]),
                      page(2, [["新出具已获取信息", ""]])], "pdf")
    (sheet,) = paper.blocks
    assert isinstance(sheet, Sheet)
    first: Box = sheet.rows[0][0]
    assert first.at == "pdf:p1/t1/r1/c1+p2/t1/r1/c1"
    assert sheet.rows[0][1].at == "pdf:p1/t1/r1/c2"


def test_blanks_before_a_row_that_lost_its_label_are_doubted() -> None:
    """Whatever stands between the halves: they were not told to be one, and may well be."""
    above, below = ["（二）部分公开（区分处理的", "", ""], ["某种另有规定的情形", "3", "4"]
    paper = paper_of([page(1, [above]), page(2, [below])], "pdf")
    assert [box.sure for box in all_boxes(paper)] == [1.0, 0.0, 0.0, 1.0, 1.0, 1.0]
    known = paper_of([page(1, [above]), page(2, [["（七）总计", "3", "4"]])], "pdf")
    assert {box.sure for box in all_boxes(known)} == {1.0}
