"""The panel's variables as the forms define them: labels, unit, and the forms that print them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from archive.panel_names import VARIABLES, Variable
from extract import formats

#: A printed amount in these units is converted to 万元; the panel has no other unit of money.
PER_WANYUAN = {"元": "0.0001", "千元": "0.1", "万元": "1", "百万元": "100", "亿元": "10000"}
WANYUAN = "万元"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one variable means.

    Attributes:
        variable: Its cell and name.
        label: The row's and column's labels in the form's own words.
        label_en: The same in English, None when the form has no translation.
        unit: The unit of the panel's column, None when the form does not say.
        is_money: The panel converts it to 万元, and only when the printed unit is known.
        forms: The ids of the forms that print it.
    """

    variable: Variable
    label: str
    label_en: str | None
    unit: str | None
    is_money: bool
    forms: frozenset[str]


@cache
def meanings() -> dict[str, Meaning]:
    """Return the meaning of each variable by name, in the order of the panel's columns."""
    printed = _printed()
    return {item.name: _meaning(item, printed[item.table, item.row, item.column])
            for item in VARIABLES}  # fmt: skip


def _printed() -> dict[tuple[str, str, str], list[tuple[str, Any, Any]]]:
    """Map each cell to the (form, row, column) entries that define it, the newest form first."""
    found: dict[tuple[str, str, str], list[tuple[str, Any, Any]]] = {}
    for form in reversed(formats.raw()["formats"]):
        for table in form["tables"]:
            for row in table["rows"]:
                for column in table["columns"]:
                    key = (table["id"], row["key"], column["key"])
                    found.setdefault(key, []).append((form["id"], row, column))
    return found


def _meaning(variable: Variable, entries: list[tuple[str, Any, Any]]) -> Meaning:
    _, row, column = entries[0]
    unit = row.get("unit") if column["unit"] == "per row" else column["unit"]
    is_money = unit == WANYUAN or column["type"] == "money_unit_unstated"
    return Meaning(
        variable,
        _joined(row, column, "label") or variable.name,
        _joined(row, column, "label_en"),
        WANYUAN if is_money else unit,
        is_money,
        frozenset(form for form, *_ in entries),
    )


def _joined(row: dict[str, Any], column: dict[str, Any], key: str) -> str | None:
    labels = [str(item[key]) for item in (row, column) if item.get(key)]
    return " · ".join(labels) or None
