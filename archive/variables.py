"""The panel's variables as the forms define them: labels, unit, and the forms that print them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from archive.panel_names import VARIABLES, Variable
from extract import formats

#: A printed amount in these units is converted to 万元; the panel has no other unit of money.
PER_WANYUAN = {"元": "0.0001", "千元": "0.1", "万元": "1", "百万元": "100", "亿元": "10000"}
WANYUAN = "万元"

# Tables that have no caption in the form stand for a section.
_SECTIONS = {
    "t3_requests": "三、收到和处理政府信息公开申请情况",
    "t4_review_litigation": "四、政府信息公开行政复议、行政诉讼情况",
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one variable means.

    Attributes:
        variable: Its cell and name.
        label: The row's and column's labels in the form's own words.
        label_en: The same in English.
        place: Where the form prints it: its table.
        unit: The unit of the panel's column, None when the form does not say.
        is_money: The panel converts it to 万元, and only when the printed unit is known.
        forms: The ids of the forms that print it.
    """

    variable: Variable
    label: str
    label_en: str | None
    place: str
    unit: str | None
    is_money: bool
    forms: frozenset[str]


@cache
def meanings() -> dict[str, Meaning]:
    """Return the meaning of each variable by name, in the order of the panel's columns."""
    printed = _printed()
    return {item.name: _meaning(item, printed[item.table, item.row, item.column])
            for item in VARIABLES}  # fmt: skip


@cache
def _english() -> dict[str, str]:
    text = (files(__package__) / "data" / "labels_en.tsv").read_text(encoding="utf-8")
    return {
        line["label"]: line["label_en"]
        for line in csv.DictReader(text.splitlines(), delimiter="\t")
    }


def english(label: str) -> str | None:
    """Return the English of a label that formats.json gives in Chinese only."""
    return _english().get(label)


Entry = tuple[str, Any, Any, Any]  # form, its table, row and column


def _printed() -> dict[tuple[str, str, str], list[Entry]]:
    """Map each cell to the entries that define it, the newest form first."""
    found: dict[tuple[str, str, str], list[Entry]] = {}
    for form in reversed(formats.raw()["formats"]):
        for table in form["tables"]:
            for row in table["rows"]:
                for column in table["columns"]:
                    key = (table["id"], row["key"], column["key"])
                    found.setdefault(key, []).append((form["id"], table, row, column))
    return found


def _meaning(variable: Variable, entries: list[Entry]) -> Meaning:
    _, table, row, column = entries[0]
    unit = row.get("unit") if column["unit"] == "per row" else column["unit"]
    is_money = unit == WANYUAN or column["type"] == "money_unit_unstated"
    return Meaning(
        variable,
        _joined(_chinese(row, column)) or variable.name,
        _joined([_in_english(row), _in_english(column)]),
        table.get("caption") or _SECTIONS.get(table["id"], table["id"]),
        WANYUAN if is_money else unit,
        is_money,
        frozenset(form for form, *_ in entries),
    )


def _chinese(row: dict[str, Any], column: dict[str, Any]) -> list[str | None]:
    """The row's label, the column's group and its own; a form's only row has none."""
    return [
        None if row.get("label_absent") else row["label"],
        column.get("group"),
        column["label"],
    ]


def _in_english(item: dict[str, Any]) -> str | None:
    if item.get("label_absent"):
        return None
    return item.get("label_en") or english(item["label"])


def _joined(labels: list[str | None]) -> str | None:
    return " · ".join(filter(None, labels)) or None
