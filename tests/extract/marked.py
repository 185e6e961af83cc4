"""The page that mutations work on: rows, labels and value cells, found by their marks."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from lxml import html
from lxml.html import HtmlElement

from extract.tables.grid import text_of
from tests.extract.sources import MARK

Mutation = Callable[[HtmlElement, Random], None]
T3, T4 = "t3_requests", "t4_review_litigation"


def make(tag: str, text: str = "", **attributes: str) -> HtmlElement:
    element = html.Element(tag, **attributes)
    element.text = text
    return element


def tables(root: HtmlElement, key: str = "") -> list[HtmlElement]:
    """The innermost tables that hold values (of the table keys that begin so)."""
    return [one for one in root.iter("table")
            if one.find(".//table") is None and any(path(cell).startswith(key) for cell in
                                                    one.iter("td") if is_value(cell))]


def lines(table: HtmlElement) -> list[HtmlElement]:
    return list(table.iter("tr"))


def is_value(cell: HtmlElement) -> bool:
    return cell.get(MARK) is not None


def path(cell: HtmlElement) -> str:
    return str(cell.get(MARK))


def values(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if is_value(cell)]


def labels(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if not is_value(cell) and text_of(cell)]


def data_rows(root: HtmlElement, key: str = "") -> list[HtmlElement]:
    return [row for row in root.iter("tr") if any(path(cell).startswith(key)
                                                  for cell in values(row))]


def heads(root: HtmlElement) -> list[HtmlElement]:
    """Rows without values."""
    return [row for row in root.iter("tr") if not values(row) and row.find(".//table") is None]


def all_labels(root: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in root.iter("td", "th")
            if not is_value(cell) and text_of(cell) and cell.find(".//table") is None]


def set_text(cell: HtmlElement, text: str) -> None:
    """Print another text in a cell, without the soup that was in it."""
    for child in list(cell):
        cell.remove(child)
    cell.text = text


def span(cell: HtmlElement, name: str) -> int:
    return int(cell.get(name, "1"))


def whole(row: HtmlElement) -> HtmlElement:
    """Note that a damage met the row: two in one row of table 2 may leave a sound one."""
    row.set("data-damaged", "1")
    return row


def pick(root: HtmlElement, chance: Random) -> HtmlElement | None:
    """A data row that no damage has met yet."""
    left = [row for row in data_rows(root) if not row.get("data-damaged")]
    return whole(chance.choice(left)) if left else None


def truth(root: HtmlElement) -> dict[str, set[str]]:
    """What the page prints in each value cell: path → texts (two when it prints it twice)."""
    told: dict[str, set[str]] = {}
    for cell in root.iter("td", "th"):
        if is_value(cell):
            told.setdefault(path(cell), set()).add(text_of(cell))
    return told
