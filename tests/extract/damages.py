"""Damage: some of the tables is lost or doubled. Each cell ends right, refused or flagged."""

from __future__ import annotations

import copy
from random import Random

from lxml.html import HtmlElement

from tests.extract.marked import (
    T3,
    Mutation,
    all_labels,
    data_rows,
    heads,
    labels,
    lines,
    make,
    pick,
    set_text,
    span,
    tables,
    text_of,
    values,
    whole,
)


def lose_cell(root: HtmlElement, chance: Random) -> None:
    """A value cell is missing; those behind it move up."""
    if (row := pick(root, chance)) is not None:
        row.remove(chance.choice(values(row)))


def lose_cell_and_pad(root: HtmlElement, chance: Random) -> None:
    """A value cell is missing; an empty one stands at the end."""
    if (row := pick(root, chance)) is not None and len(values(row)) > 1:
        row.remove(chance.choice(values(row)[:-1]))
        row.append(make("td", ""))


def extra_cell(root: HtmlElement, chance: Random) -> None:
    """A value cell stands twice; those behind it move on."""
    if (row := pick(root, chance)) is not None:
        cell = chance.choice(values(row))
        cell.addnext(copy.deepcopy(cell))


def shifted_row(root: HtmlElement, chance: Random) -> None:
    """A row of table 3 begins a column too far; its last cell is lost."""
    rows = [row for row in data_rows(root, T3) if not row.get("data-damaged")]
    if rows:
        row = whole(chance.choice(rows))
        values(row)[0].addprevious(make("td", "0"))
        row.remove(values(row)[-1])


def merge_cells(root: HtmlElement, chance: Random) -> None:
    """Two value cells become one."""
    if (row := pick(root, chance)) is not None and len(values(row)) > 1:
        cells = values(row)
        at = chance.randrange(len(cells) - 1)
        cells[at].set("colspan", "2")
        row.remove(cells[at + 1])


def glued_numbers(root: HtmlElement, chance: Random) -> None:
    """The numbers of two cells run together in one."""
    if (row := pick(root, chance)) is not None and len(values(row)) > 1:
        cells = values(row)
        at = chance.randrange(len(cells) - 1)
        set_text(cells[at], text_of(cells[at]) + " " + text_of(cells[at + 1]))
        row.remove(cells[at + 1])


def torn_number(root: HtmlElement, chance: Random) -> None:
    """A number of several digits stands in two cells."""
    rows = [row for row in data_rows(root) if not row.get("data-damaged")
            and any(len(text_of(cell)) > 1 and text_of(cell).isdigit() for cell in values(row))]
    if rows:
        row = whole(chance.choice(rows))
        cell = next(one for one in values(row) if len(text_of(one)) > 1 and text_of(one).isdigit())
        text = text_of(cell)
        cell.addnext(make("td", text[1:]))
        set_text(cell, text[0])
        cell.attrib.pop("data-cell")


def lose_label(root: HtmlElement, chance: Random) -> None:
    """A row has lost the text of its label."""
    if (row := pick(root, chance)) is not None and labels(row):
        set_text(labels(row)[-1], "\xa0")


def lose_label_cell(root: HtmlElement, chance: Random) -> None:
    """A row has lost the cell of its label."""
    if (row := pick(root, chance)) is not None and labels(row):
        row.remove(labels(row)[-1])


def lose_row(root: HtmlElement, chance: Random) -> None:
    """A row is missing."""
    if (row := pick(root, chance)) is not None:
        row.getparent().remove(row)


def row_twice(root: HtmlElement, chance: Random) -> None:
    """A row stands twice, with other numbers."""
    if (row := pick(root, chance)) is not None:
        second = copy.deepcopy(row)
        for cell in values(second):
            set_text(cell, str(chance.randrange(1000, 2000)))
        row.addnext(second)


def tables_end(root: HtmlElement, chance: Random) -> None:
    """A table ends in the middle."""
    found = tables(root)
    if found:
        rows = lines(chance.choice(found))
        for row in rows[chance.randrange(1, max(len(rows), 2)) :]:
            row.drop_tree()


def misprint(root: HtmlElement, chance: Random) -> None:
    """A label has lost, doubled or changed one character."""
    cell = chance.choice(all_labels(root))
    text = "".join(text_of(cell).split())
    at = chance.randrange(len(text))
    other = chance.choice("公开件数不予制发其他一二三四五六")
    middle = ("", text[at] * 2, other)[chance.randrange(3)]
    set_text(cell, text[:at] + middle + text[at + 1 :])


def _header(root: HtmlElement, chance: Random, cells: int) -> HtmlElement | None:
    """A header row of at least so many cells.

    A header and a row of table 2 that lose a cell each leave a sound table: one damage is enough.
    """
    rows = [row for row in heads(root) if len(row) >= cells and row.getparent() is not None
            and not (_is_active(row) and any(one.get("data-damaged") for one in _rows(row)))]
    if not rows:
        return None
    row = chance.choice(rows)
    for other in _rows(row) if _is_active(row) else []:
        whole(other)
    return row


def _rows(row: HtmlElement) -> list[HtmlElement]:
    table = next(row.iterancestors("table"))
    return lines(table)


def _is_active(row: HtmlElement) -> bool:
    return bool(data_rows(next(row.iterancestors("table")), "t2"))


def lose_header(root: HtmlElement, chance: Random) -> None:
    """A header row is missing."""
    if (row := _header(root, chance, 1)) is not None:
        row.getparent().remove(row)


def lose_header_cell(root: HtmlElement, chance: Random) -> None:
    """A header cell is missing; those behind it move up."""
    if (row := _header(root, chance, 2)) is not None:
        row.remove(chance.choice(list(row)))


def blank_header_cell(root: HtmlElement, chance: Random) -> None:
    """A header cell has lost its text."""
    if (row := _header(root, chance, 2)) is not None:
        set_text(chance.choice(list(row)), "\xa0")


def header_twice(root: HtmlElement, chance: Random) -> None:
    """A header cell stands twice: last year beside this year."""
    if (row := _header(root, chance, 3)) is not None:
        cell = chance.choice(list(row)[1:])
        cell.addnext(copy.deepcopy(cell))


def local_column(root: HtmlElement, chance: Random) -> None:
    """A place adds a column of its own to table 3."""
    for row in lines(tables(root, T3)[0]) if tables(root, T3) else []:
        if values(row):
            values(row)[-1].addprevious(make("td", str(chance.randrange(40))))
        elif any("总计" in text_of(cell).replace("\n", "").replace(" ", "") for cell in row):
            row[-1].addprevious(make("td", "法人小计", rowspan="2"))


def local_row(root: HtmlElement, chance: Random) -> None:
    """A place adds a row of its own."""
    row = chance.choice(data_rows(root))
    added = make("tr")
    label = chance.choice(("其中：本级", "上级转来的申请", "备注", "小计"))
    added.append(make("td", label, colspan="3"))
    added.extend([make("td", str(chance.randrange(40))) for _ in values(row)])
    row.addprevious(added)


def lost_column(root: HtmlElement, chance: Random) -> None:
    """One column of table 3 is missing in every row, but not in the header."""
    at = chance.randrange(7)
    for row in data_rows(root, T3):
        cells = values(whole(row))
        if len(cells) == 7:
            row.remove(cells[at])


def word_over_row(root: HtmlElement, chance: Random) -> None:
    """One word stands over all cells of a row."""
    if (row := pick(root, chance)) is not None:
        cells = values(row)
        for cell in cells[1:]:
            row.remove(cell)
        set_text(cells[0], chance.choice(["无", "/", "—", "不涉及", "0", "3", "本年未收到"]))
        cells[0].set("colspan", str(len(cells)))
        if len(cells) > 1:
            cells[0].attrib.pop("data-cell")


def number_over_row(root: HtmlElement, chance: Random) -> None:
    """One number stands over all columns of a row of table 2: whose it is nobody can tell."""
    rows = [row for row in data_rows(root, "t2")
            if len(values(row)) > 1 and not row.get("data-damaged")]
    if rows:
        cells = values(whole(chance.choice(rows)))
        for cell in cells[1:]:
            cell.drop_tree()
        set_text(cells[0], str(chance.randrange(2000, 3000)))
        cells[0].set("colspan", str(len(cells)))
        cells[0].attrib.pop("data-cell")


def wrong_row_span(root: HtmlElement, chance: Random) -> None:
    """A group's row span is one too long or too short."""
    cells = [cell for cell in root.iter("td", "th") if span(cell, "rowspan") > 2]
    if cells:
        cell = chance.choice(cells)
        cell.set("rowspan", str(span(cell, "rowspan") + chance.choice([-1, 1])))


def wrong_header_span(root: HtmlElement, chance: Random) -> None:
    """A header cell spans a column too many or too few."""
    row = _header(root, chance, 1)
    cells = [cell for cell in row if span(cell, "colspan") > 1] if row is not None else []
    if cells:
        cell = chance.choice(cells)
        cell.set("colspan", str(span(cell, "colspan") + chance.choice([-1, 1])))


DAMAGES: tuple[Mutation, ...] = (
    lose_cell, lose_cell_and_pad, extra_cell, shifted_row, merge_cells, glued_numbers, torn_number,
    lose_label, lose_label_cell, lose_row, row_twice, tables_end, misprint, lose_header,
    lose_header_cell, blank_header_cell, header_twice, local_column, local_row, lost_column,
    word_over_row, number_over_row, wrong_row_span, wrong_header_span,
)
