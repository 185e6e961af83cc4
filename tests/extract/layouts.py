"""Layouts: how real pages set the tables. They change nothing of what the tables say."""

from __future__ import annotations

import copy
from random import Random

from lxml.html import HtmlElement

from tests.extract.marked import (
    T3,
    T4,
    Mutation,
    all_labels,
    data_rows,
    labels,
    lines,
    make,
    set_text,
    span,
    tables,
    text_of,
    values,
)


def _cut(table: HtmlElement, at: int, header: list[HtmlElement]) -> None:
    rows = lines(table)
    for index, row in enumerate(rows[:at]):
        for cell in row:
            if index + span(cell, "rowspan") > at:
                cell.set("rowspan", str(at - index))
    second = make("table")
    second.extend([copy.deepcopy(row) for row in header])
    second.extend(rows[at:])
    table.addnext(second)


def cut_in_two(root: HtmlElement, chance: Random) -> None:
    """Table 3 goes on in a second table without a header."""
    table = tables(root, T3)[0]
    _cut(table, chance.randrange(6, len(lines(table)) - 2), [])


def cut_in_three(root: HtmlElement, chance: Random) -> None:
    """Table 3 goes on in a second and a third table."""
    for _ in range(2):
        table = tables(root, T3)[-1]
        if len(lines(table)) > 9:
            _cut(table, chance.randrange(5, len(lines(table)) - 3), [])


def repeat_header(root: HtmlElement, chance: Random) -> None:
    """Table 3 is cut in two, and the second half prints the header again."""
    table = tables(root, T3)[0]
    rows = lines(table)
    end = next(at for at, row in enumerate(rows) if values(row))
    _cut(table, chance.randrange(end + 3, len(rows) - 2), rows[:end])


def table_2_by_item(root: HtmlElement, chance: Random) -> None:
    """Each item of 第二十条 is a table of its own."""
    for table in tables(root, "t2"):
        for row in reversed(lines(table)[1:]):
            if "第二十条" in row.text_content():
                _cut(table, lines(table).index(row), [])


def caption_outside(root: HtmlElement, chance: Random) -> None:
    """The captions of table 2 stand in paragraphs, not in rows."""
    table_2_by_item(root, chance)
    for table in tables(root, "t2"):
        first = lines(table)[0]
        if "第二十条" in first.text_content() and not values(first):
            table.addprevious(make("p", text_of(first[0])))
            first.drop_tree()


def no_row_spans(root: HtmlElement, chance: Random) -> None:
    """Groups are named in their first row only; the rows below begin with their own label."""
    for row in data_rows(root):
        for cell in row:
            cell.attrib.pop("rowspan", None)


def blank_instead_of_spans(root: HtmlElement, chance: Random) -> None:
    """Where a group's cell would reach down, blank cells stand."""
    for table in tables(root, T3):
        rows = lines(table)
        for index, row in enumerate(rows):
            for cell in list(row) if values(row) else []:
                height = int(cell.attrib.pop("rowspan", "1"))
                for below in rows[index + 1 : index + height]:
                    at = len([one for one in below if one.get("data-blank")])
                    below.insert(at, make("td", "", **{"data-blank": "1"}))


def group_in_every_row(root: HtmlElement, chance: Random) -> None:
    """Groups are named again in each of their rows."""
    for table in tables(root, T3):
        rows = lines(table)
        for index, row in enumerate(rows):
            for cell in list(row) if values(row) else []:
                height = int(cell.attrib.pop("rowspan", "1"))
                for below in rows[index + 1 : index + height]:
                    copied = copy.deepcopy(cell)
                    copied.set("data-group", "1")
                    below.insert(len([one for one in below if one.get("data-group")]), copied)


def group_as_row(root: HtmlElement, chance: Random) -> None:
    """A group's heading is repeated in a row of its own, in the middle of the table."""
    rows = [row for row in data_rows(root, T3) if span(row[0], "rowspan") > 1]
    for row in rows[:1]:
        heading = next(cell for cell in reversed(labels(row)) if span(cell, "rowspan") > 1)
        title = make("tr")
        title.append(make("td", f"{text_of(heading)}（续）", colspan="7"))
        below = lines(row.getparent())
        at = below.index(row) + 1
        for index, above in enumerate(below[:at]):
            for cell in above:
                if index + span(cell, "rowspan") > at:
                    cell.set("rowspan", str(span(cell, "rowspan") + 1))
        row.addnext(title)


def heading_and_label_in_one_cell(root: HtmlElement, chance: Random) -> None:
    """A group's heading stands in the same cell as the label of each of its rows."""
    heading, left = "", 0
    for row in data_rows(root, T3):
        for cell in [one for one in labels(row) if span(one, "rowspan") in (3, 5, 8)]:
            heading, left = text_of(cell), span(cell, "rowspan")
            row.remove(cell)
        if left:
            label = labels(row)[-1]
            set_text(label, f"{heading}{text_of(label)}")
            label.set("colspan", "2")
            left -= 1


def row_numbers(root: HtmlElement, chance: Random) -> None:
    """The rows are counted in a column of their own."""
    for table in tables(root, T3) + tables(root, "t2"):
        for number, row in enumerate(lines(table), start=-2):
            row.insert(0, make("td", str(number) if values(row) else "序号" if number < 1 else ""))


def padding_at_the_end(root: HtmlElement, chance: Random) -> None:
    """An editor adds an empty cell at the end of every row."""
    for table in tables(root):
        for row in lines(table):
            row.append(make("td", "\xa0"))


def padding_at_the_start(root: HtmlElement, chance: Random) -> None:
    """A sheet was copied with its empty first column."""
    for table in tables(root):
        for row in lines(table):
            row.insert(0, make("td", ""))


def padding_between(root: HtmlElement, chance: Random) -> None:
    """Empty narrow columns stand between all columns of table 4 and of its header."""
    for table in tables(root, T4):
        for row in lines(table):
            for cell in list(row):
                cell.set("colspan", str(2 * span(cell, "colspan") - 1))
                cell.addnext(make("td", "", rowspan=cell.get("rowspan", "1")))


def blank_rows(root: HtmlElement, chance: Random) -> None:
    """Empty rows stand between the others, as Word writes them."""
    for table in tables(root):
        rows = lines(table)
        for index in range(len(rows) - 1, -1, -1):
            reached = any(at + span(cell, "rowspan") > index + 1
                          for at, row in enumerate(rows[: index + 1]) for cell in row)
            if not reached and chance.random() < 0.3:
                blank = make("tr", height="0")
                blank.extend([make("td", "") for _ in range(chance.randint(1, 4))])
                rows[index].addnext(blank)


def column_widths_row(root: HtmlElement, chance: Random) -> None:
    """Word ends a table of misaligned columns with a row of empty cells of zero height."""
    for table in tables(root):
        row = make("tr", height="0")
        row.extend([make("td", "", width="43", style="border:none") for _ in range(10)])
        lines(table)[-1].addnext(row)


def title_inside(root: HtmlElement, chance: Random) -> None:
    """A table begins with a row that holds its title, or its unit."""
    for table in tables(root):
        title = make("tr")
        title.append(make("td", chance.choice(["收到和处理情况统计表", "单位：件", "附表", "续表"]),
                          colspan="6"))
        if chance.random() < 0.5:
            title.append(make("td", "单位：件", colspan="4"))
        lines(table)[0].addprevious(title)


def note_at_the_end(root: HtmlElement, chance: Random) -> None:
    """The last row of a table is a note."""
    for table in tables(root):
        note = make("tr")
        note.append(make("td", "注：本表数据统计期限为2024年1月1日至12月31日。", colspan="10"))
        lines(table)[-1].addnext(note)


def wide_values(root: HtmlElement, chance: Random) -> None:
    """Value cells span otherwise than their headers, every row alike in itself."""
    for row in data_rows(root):
        if chance.random() < 0.5:
            for cell in values(row):
                cell.set("colspan", "2")


def header_cells(root: HtmlElement, chance: Random) -> None:
    """Labels are ``th``, header rows a ``thead``."""
    for cell in all_labels(root):
        cell.tag = "th"
    for table in tables(root):
        rows = lines(table)
        end = next(at for at, row in enumerate(rows) if values(row))
        head, body = make("thead"), make("tbody")
        head.extend(rows[:end])
        body.extend(rows[end:])
        for child in list(table):
            table.remove(child)
        table.extend([head, body])


def header_without_row_spans(root: HtmlElement, chance: Random) -> None:
    """Blank cells stand below the header cells that would reach down."""
    for table in (*tables(root, T3), *tables(root, T4)):
        rows = lines(table)
        if len(rows) < 4 or values(rows[2]) or not text_of(rows[2]):
            continue
        second, third = rows[1], rows[2]
        at = 0
        for cell in second:
            if span(cell, "rowspan") == 2:
                cell.attrib.pop("rowspan")
                third.insert(at, make("td", ""))
            at += span(cell, "colspan")


def header_broken_over_rows(root: HtmlElement, chance: Random) -> None:
    """商业 stands in one row of the header, 企业 in the next."""
    for table in tables(root, T3):
        rows = lines(table)
        names = [row for row in rows[:4] if "社会公益" in text_of(row).replace("\n", "")]
        if len(names) != 1 or values(names[0]) or len(names[0]) != 5:
            continue
        second = make("tr")
        for cell in names[0]:
            text = "".join(text_of(cell).split())
            if len(text) == 4:
                set_text(cell, text[:2])
                second.append(make("td", text[2:]))
            else:
                cell.set("rowspan", "2")
        for row in rows[:4]:
            for cell in row if row is not names[0] else []:
                if span(cell, "rowspan") > 1:
                    cell.set("rowspan", str(span(cell, "rowspan") + 1))
        names[0].addnext(second)


def swapped_columns(root: HtmlElement, chance: Random) -> None:
    """总计 stands before the applicants; the header says so."""
    for table in tables(root, T3):
        for row in lines(table):
            texts = [text_of(cell).replace("\n", "").replace(" ", "") for cell in row]
            if values(row):
                values(row)[0].addprevious(values(row)[-1])
            elif "总计" in texts and "自然人" in texts:
                row[texts.index("自然人")].addprevious(row[texts.index("总计")])


def review_by_group(root: HtmlElement, chance: Random) -> None:
    """Each group of table 4 is a table of its own."""
    for table in tables(root, T4):
        row = values(lines(table)[-1])
        for group, title in enumerate(("行政复议", "未经复议直接起诉", "复议后起诉")):
            one = make("table")
            one.append(make("tr"))
            one[0].append(make("td", title, colspan="5"))
            one.append(make("tr"))
            one[1].extend([make("td", label) for label in OUTCOMES])
            one.append(make("tr"))
            one[2].extend(row[5 * group : 5 * group + 5])
            table.addprevious(one)
        table.drop_tree()


def review_turned(root: HtmlElement, chance: Random) -> None:
    """Table 4 has its outcomes as rows and its groups as columns."""
    for table in tables(root, T4):
        row = values(lines(table)[-1])
        turned = make("table")
        turned.append(make("tr"))
        turned[0].extend([make("td", text) for text in
                          ("结果", "行政复议", "未经复议直接起诉", "复议后起诉")])
        for at, label in enumerate(OUTCOMES):
            turned.append(make("tr"))
            turned[-1].extend([make("td", label), row[at], row[at + 5], row[at + 10]])
        table.addprevious(turned)
        table.drop_tree()


def review_as_list(root: HtmlElement, chance: Random) -> None:
    """Table 4 has one count a row, under group and outcome."""
    for table in tables(root, T4):
        row = values(lines(table)[-1])
        listed = make("table")
        for group, title in enumerate(("行政复议", "未经复议直接起诉", "复议后起诉")):
            for at, label in enumerate(OUTCOMES):
                listed.append(make("tr"))
                if not at:
                    listed[-1].append(make("td", title, rowspan="5"))
                listed[-1].extend([make("td", label), row[5 * group + at]])
        table.addprevious(listed)
        table.drop_tree()


def review_row_label(root: HtmlElement, chance: Random) -> None:
    """The only row of table 4 has a label."""
    for table in tables(root, T4):
        for row in lines(table):
            row.insert(0, make("td", "件数" if values(row) else ""))


def layout_tables(root: HtmlElement, chance: Random) -> None:
    """Every table stands in a layout table, with something beside it."""
    for table in tables(root):
        outer = make("table")
        outer.append(make("tr"))
        outer[0].extend([make("td", "相关信息"), make("td")])
        table.addprevious(outer)
        outer[0][1].append(table)


def merged_tables(root: HtmlElement, chance: Random) -> None:
    """All tables are one, with the sections' headings as rows."""
    found = tables(root)
    for table in found[1:]:
        title = make("tr")
        title.append(make("td", "三、收到和处理政府信息公开申请情况", colspan="10"))
        lines(found[0])[-1].addnext(title)
        title.getparent().extend(lines(table))
        table.drop_tree()


def other_tables(root: HtmlElement, chance: Random) -> None:
    """Tables of the same words that are no form tables stand before and behind."""
    first = make("table")
    for texts in (("类别", "本市", "同比"), ("行政许可", "4021", "12"), ("行政处罚", "77", "3")):
        first.append(make("tr"))
        first[-1].extend([make("td", text) for text in texts])
    places = make("table")
    for texts in (("区域", "东城", "西城", "南城", "北城", "新区", "郊县", "合计"),
                  ("予以公开", "1", "2", "3", "4", "5", "6", "21"),
                  ("部分公开", "1", "1", "1", "1", "1", "1", "6")):
        places.append(make("tr"))
        places[-1].extend([make("td", text) for text in texts])
    found = tables(root)
    found[0].addprevious(first)
    found[-1].addnext(places)
    found[-1].addnext(copy.deepcopy(first))


def twice(root: HtmlElement, chance: Random) -> None:
    """The tables stand a second time, hidden, for another kind of screen."""
    hidden = make("div", style="display:none")
    hidden.extend([copy.deepcopy(table) for table in tables(root)])
    root.append(hidden)


def picture_version(root: HtmlElement, chance: Random) -> None:
    """The report stands there as pictures too, and as a file."""
    for at in range(3):
        root.insert(0, make("img", src=f"./W02025011{at}.jpg", alt="年度报告"))
    root.append(make("a", "年度报告.pdf", href="./P0.pdf"))


OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
LAYOUTS: tuple[Mutation, ...] = (
    row_numbers, title_inside, header_broken_over_rows, header_without_row_spans, swapped_columns,
    repeat_header, cut_in_two, cut_in_three, table_2_by_item, caption_outside, no_row_spans,
    blank_instead_of_spans, group_in_every_row, group_as_row, heading_and_label_in_one_cell,
    review_by_group, review_turned, review_as_list, review_row_label, padding_at_the_end,
    padding_at_the_start, padding_between, blank_rows, column_widths_row, note_at_the_end,
    wide_values, header_cells, merged_tables, layout_tables, other_tables, twice, picture_version,
)


def clashes(one: Mutation, two: Mutation) -> bool:
    """Tell whether two layouts cannot both be on a page: they set the same rows anew."""
    breaks = any(mutation.__name__ in ("decimals", "negatives") for mutation in (one, two))
    if breaks and swapped_columns in (one, two):
        return True  # an order of its own is believed only when the sums hold
    return any(one in group and two in group for group in _GROUPS)


_GROUPS: tuple[frozenset[Mutation], ...] = (
    frozenset((review_by_group, review_turned, review_as_list, review_row_label, padding_between)),
    frozenset((padding_between, wide_values)),
    frozenset((header_broken_over_rows, header_without_row_spans, swapped_columns)),
    frozenset((no_row_spans, blank_instead_of_spans, group_in_every_row, group_as_row,
               heading_and_label_in_one_cell, cut_in_two, cut_in_three, repeat_header)),
)
