"""The official forms as data: tables, rows, columns, units, identities and enumerations.

The source of every rule is ``data/formats.json``: the national forms 国办公开办函〔2019〕60号 and
国办公开办函〔2021〕30号, their labels as seen in real reports, and what is known of the older ones.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

#: The two national forms whose tables share their keys; newest first.
NATIONAL = ("gbgkbh_2021_30", "gbgkbh_2019_60")


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One value column of a form table; ``labels`` are all its printed forms, unnormalised."""

    key: str
    label: str
    labels: tuple[str, ...]
    unit: str | None
    unit_in_label: str | None
    type: str
    group: str | None
    position: int


@dataclass(frozen=True, slots=True)
class RowSpec:
    """One row of a form table. ``parent`` is the key of its heading row, None at the top."""

    key: str
    label: str
    labels: tuple[str, ...]
    parent: str | None
    heading: bool
    position: int


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table of a form."""

    key: str
    section: str
    captions: tuple[str, ...]
    columns: tuple[ColumnSpec, ...]
    rows: tuple[RowSpec, ...]
    header_labels: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Form:
    """One official form. ``detect`` are the labels that only this form prints."""

    id: str
    name: str
    detect: tuple[str, ...]
    not_detect: tuple[str, ...]
    tables: Mapping[str, TableSpec]


@dataclass(frozen=True, slots=True)
class Identity:
    """One arithmetic identity of formats.json."""

    id: str
    expression: str
    official: bool
    kind: str


@cache
def raw() -> dict[str, Any]:
    """Return formats.json as it stands."""
    text = (files(__package__) / "data" / "formats.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


@cache
def forms() -> dict[str, Form]:
    """Return the forms by id."""
    return {form["id"]: _form(form) for form in raw()["formats"]}


@cache
def enum(name: str) -> tuple[str, ...]:
    """Return the codes of one enumeration, such as ``document_kind`` or ``coverage_status``."""
    return tuple(
        item[0] if isinstance(item, list) else str(item) for item in raw()["enums"][name]
    )


@cache
def missing_codes() -> tuple[str, ...]:
    """Return the codes of missingness that a cell standing in a document may carry."""
    return ("blank", "slash", "dash", "none_word", "na_word", "merged", "masked", "unparsed",
            "conflict")


@cache
def identities() -> dict[str, Identity]:
    """Return the identities by id."""
    return {
        item["id"]: Identity(item["id"], item["expression"], item["official"], item["kind"])
        for item in raw()["identities"]
    }


def _labels(item: Mapping[str, Any]) -> tuple[str, ...]:
    seen = [item["label"], *item.get("variants", ()), *item.get("variants_expected", ())]
    return tuple(dict.fromkeys(seen))


def _form(form: Mapping[str, Any]) -> Form:
    tables = {table["id"]: _table(table) for table in form["tables"]}
    return Form(
        form["id"],
        form["name"],
        tuple(form["detect"]),
        tuple(form.get("not_detect", ())),
        tables,
    )


def _table(table: Mapping[str, Any]) -> TableSpec:
    captions = [table.get("caption"), *table.get("caption_variants", ())]
    columns = [column for column in table["columns"] if column["type"] != "label"]
    return TableSpec(
        table["id"],
        table.get("section", ""),
        tuple(caption for caption in captions if caption),
        tuple(
            ColumnSpec(
                column["key"],
                column["label"],
                _labels(column),
                column.get("unit"),
                column.get("unit_in_label"),
                column["type"],
                column.get("group"),
                position,
            )
            for position, column in enumerate(columns)
        ),
        tuple(
            RowSpec(
                row["key"],
                row["label"],
                _labels(row),
                row.get("parent"),
                bool(row.get("heading")),
                position,
            )
            for position, row in enumerate(table["rows"])
        ),
        {
            item["key"]: _labels(item)
            for item in table.get("header_labels", ())
        },
    )
