"""Layouts and damage, applied to a page of form tables whose cells are known.

A layout changes how the tables are set and nothing of what they say. A damage makes some of it
unreadable or ambiguous; then each cell must come out right, or refused, or with a flag.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from random import Random

from lxml import html
from lxml.html import HtmlElement

Mutation = Callable[[HtmlElement, Random], None]


def rows(root: HtmlElement) -> list[HtmlElement]:
    """The rows of all tables."""
    return list(root.iter("tr"))


def is_number(cell: HtmlElement) -> bool:
    return cell.text_content().strip().isdigit()


def data_rows(root: HtmlElement) -> list[HtmlElement]:
    """Rows that hold numbers."""
    return [row for row in rows(root) if any(is_number(cell) for cell in row)]


def pick(root: HtmlElement, chance: Random) -> HtmlElement:
    """A data row that no damage has met yet.

    A cell lost and another doubled in one row of table 2 leave a sound row that nothing disproves.
    """
    whole = [row for row in data_rows(root) if not row.get("data-damaged")]
    row = chance.choice(whole)
    row.set("data-damaged", "1")
    return row


def make(tag: str, text: str = "", **attributes: str) -> HtmlElement:
    element = html.Element(tag, **attributes)
    element.text = text
    return element


# --- layouts: nothing is lost ---------------------------------------------------------------------


def repeat_header(root: HtmlElement, chance: Random) -> None:
    """Table 3 is cut in two, and the second half prints the header again."""
    table = list(root.iter("table"))[1]
    lines = list(table.iter("tr"))
    at = chance.randrange(6, max(len(lines) - 2, 7))
    _close_spans(lines, at)
    second = make("table")
    for line in lines[:3]:
        second.append(copy.deepcopy(line))
    for line in lines[at:]:
        second.append(line)
    table.addnext(second)


def cut_in_two(root: HtmlElement, chance: Random) -> None:
    """Table 3 goes on in a second table without a header."""
    table = list(root.iter("table"))[1]
    lines = list(table.iter("tr"))
    at = chance.randrange(6, max(len(lines) - 2, 7))
    _close_spans(lines, at)
    second = make("table")
    for line in lines[at:]:
        second.append(line)
    table.addnext(second)


def _close_spans(lines: list[HtmlElement], at: int) -> None:
    """End the row spans that reach over a cut."""
    for index, line in enumerate(lines[:at]):
        for cell in line:
            height = int(cell.get("rowspan", "1"))
            if index + height > at:
                cell.set("rowspan", str(at - index))


def no_row_spans(root: HtmlElement, chance: Random) -> None:
    """Groups are named in their first row only; the rows below begin with their own label."""
    for row in data_rows(root):
        for cell in row:
            cell.attrib.pop("rowspan", None)


def group_in_every_row(root: HtmlElement, chance: Random) -> None:
    """Groups are named again in each of their rows."""
    for table in root.iter("table"):
        lines = list(table.iter("tr"))
        for index, line in enumerate(lines):
            if not any(is_number(cell) for cell in line):
                continue
            for cell in list(line):
                height = int(cell.attrib.pop("rowspan", "1"))
                for below in lines[index + 1 : index + height]:
                    copied = copy.deepcopy(cell)
                    own = [one for one in below if one.get("data-group")]
                    copied.set("data-group", "1")
                    below.insert(len(own), copied)


def padding_cells(root: HtmlElement, chance: Random) -> None:
    """An editor adds an empty cell at the end of every row."""
    for row in rows(root):
        row.append(make("td", "\xa0"))


def blank_rows(root: HtmlElement, chance: Random) -> None:
    """Empty rows stand between the others, as Word writes them."""
    for row in rows(root):
        if chance.random() < 0.2 and not any(cell.get("rowspan") for cell in row):
            blank = make("tr", height="0")
            blank.extend([make("td", "") for _ in range(chance.randint(1, 4))])
            table = row.getparent()
            if table is not None and not _spanned(row):
                table.insert(table.index(row) + 1, blank)


def _spanned(row: HtmlElement) -> bool:
    """Tell whether a span from above reaches beyond the row."""
    lines = list(row.getparent().iter("tr"))
    at = lines.index(row)
    return any(index + int(cell.get("rowspan", "1")) > at + 1
               for index, line in enumerate(lines[: at + 1]) for cell in line)


def title_inside(root: HtmlElement, chance: Random) -> None:
    """A table begins with a row that holds its title, or its unit."""
    for table in root.iter("table"):
        title = make("tr")
        title.append(make("td", chance.choice(["收到和处理情况统计表", "单位：件", "附表"]),
                          colspan="10"))
        table.insert(0, title)


def wide_values(root: HtmlElement, chance: Random) -> None:
    """Value cells span otherwise than their headers, every row alike in itself."""
    for row in data_rows(root):
        if chance.random() < 0.5:
            numbers = [cell for cell in row if is_number(cell)]
            for cell in numbers:
                cell.set("colspan", "2")


def full_width(root: HtmlElement, chance: Random) -> None:
    """Labels and digits are printed full-width, labels with blanks between."""
    wide = {ord("0") + i: ord("０") + i for i in range(10)}
    for cell in root.iter("td"):
        text = cell.text or ""
        if is_number(cell):
            continue  # what is printed must stay comparable
        cell.text = " ".join(text).translate(wide) if len(text) < 9 else text.replace("(", "（")


def spans_and_breaks(root: HtmlElement, chance: Random) -> None:
    """Labels are broken over lines, numbers over spans."""
    for cell in root.iter("td"):
        text = cell.text or ""
        if len(text) < 2:
            continue
        at = chance.randrange(1, len(text))
        head, tail = text[:at], text[at:]
        cell.text = None
        if is_number(make("td", text)):
            cell.append(make("span", head))
            cell.append(make("font", tail))
        else:
            cell.append(make("p", head))
            cell.append(make("p", tail))


LAYOUTS: tuple[Mutation, ...] = (
    repeat_header, cut_in_two, no_row_spans, group_in_every_row, padding_cells, blank_rows,
    title_inside, wide_values, full_width, spans_and_breaks,
)


# --- damage: something is lost --------------------------------------------------------------------


def lose_cell(root: HtmlElement, chance: Random) -> None:
    """A value cell is missing; those behind it move up."""
    row = pick(root, chance)
    row.remove(chance.choice([cell for cell in row if is_number(cell)]))


def extra_cell(root: HtmlElement, chance: Random) -> None:
    """A value cell stands twice; those behind it move on."""
    row = pick(root, chance)
    cell = chance.choice([cell for cell in row if is_number(cell)])
    cell.addnext(copy.deepcopy(cell))


def merge_cells(root: HtmlElement, chance: Random) -> None:
    """Two value cells become one."""
    row = pick(root, chance)
    numbers = [cell for cell in row if is_number(cell)]
    if len(numbers) > 1:
        at = chance.randrange(len(numbers) - 1)
        numbers[at].set("colspan", "2")
        row.remove(numbers[at + 1])


def lose_label(root: HtmlElement, chance: Random) -> None:
    """A row has lost the text of its label."""
    row = pick(root, chance)
    labels = [cell for cell in row if not is_number(cell)]
    if labels:
        labels[-1].text = "\xa0"


def lose_row(root: HtmlElement, chance: Random) -> None:
    """A row is missing."""
    row = pick(root, chance)
    row.getparent().remove(row)


def misprint(root: HtmlElement, chance: Random) -> None:
    """A label has lost, doubled or changed one character."""
    parts = [one for one in root.iter("td", "p") if one.text and not is_number(one)]
    cell = chance.choice(parts)
    text = cell.text or ""
    at = chance.randrange(len(text))
    kind = chance.randrange(3)
    middle = ("", text[at] * 2, chance.choice("公开件数不予制发其他"))[kind]
    cell.text = text[:at] + middle + text[at + 1 :]


def lose_header(root: HtmlElement, chance: Random) -> None:
    """A header row is missing."""
    headers = [row for row in rows(root) if not any(is_number(cell) for cell in row)]
    row = chance.choice(headers)
    row.getparent().remove(row)


def blank_cell(root: HtmlElement, chance: Random) -> None:
    """A number is not printed."""
    chance.choice([cell for cell in root.iter("td") if is_number(cell)]).text = "\xa0"


def word_over_row(root: HtmlElement, chance: Random) -> None:
    """One word stands over all cells of a row."""
    row = pick(root, chance)
    numbers = [cell for cell in row if is_number(cell)]
    for cell in numbers[1:]:
        row.remove(cell)
    numbers[0].text = chance.choice(["无", "/", "—", "不涉及"])
    numbers[0].set("colspan", str(len(numbers)))


def wrong_row_span(root: HtmlElement, chance: Random) -> None:
    """A group's row span is one too long or too short."""
    cells = [cell for cell in root.iter("td") if int(cell.get("rowspan", "1")) > 2]
    if not cells:
        return
    cell = chance.choice(cells)
    cell.set("rowspan", str(int(cell.get("rowspan", "1")) + chance.choice([-1, 1])))


DAMAGES: tuple[Mutation, ...] = (
    lose_cell, extra_cell, merge_cells, lose_label, lose_row, misprint, lose_header,
    blank_cell, word_over_row, wrong_row_span,
)


def mutate(markup: str, mutations: list[Mutation], seed: int) -> str:
    """Return the page with the mutations applied one after the other, the same for a seed."""
    root = html.fromstring(f"<div>{markup}</div>")
    chance = Random(seed)
    for mutation in mutations:
        mutation(root, chance)
    return html.tostring(root, encoding="unicode")
