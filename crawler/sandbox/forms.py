"""The two national forms, as labels to print; read from ``extract/data/formats.json``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

FORM_2019 = "gbgkbh_2019_60"
FORM_2021 = "gbgkbh_2021_30"
T2_TABLES = ("t2_art20_1", "t2_art20_5", "t2_art20_6", "t2_art20_8", "t2_art20_9")
T3 = "t3_requests"
T4 = "t4_review_litigation"
PEOPLE = (
    "natural_person", "org_business", "org_research", "org_ngo", "org_legal_service", "org_other",
)  # fmt: skip
OUTCOMES = ("upheld", "corrected", "other", "pending")
ROUTES = ("review", "litigation_direct", "litigation_after_review")


@dataclass(frozen=True)
class Line:
    """A row or column of a table: its key, printed label, parent row and what it is."""

    key: str
    label: str
    parent: str | None
    heading: bool
    local: bool


@dataclass(frozen=True)
class FormTable:
    """One table of a form."""

    id: str
    caption: str
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]


@dataclass(frozen=True)
class Form:
    """One national form: its tables by id, and its six section headings with seen variants."""

    id: str
    tables: dict[str, FormTable]
    headings: tuple[tuple[str, ...], ...]

    @property
    def result_rows(self) -> tuple[str, ...]:
        """Keys of table 3's leaf results, the terms of (七)总计."""
        return tuple(
            row.key
            for row in self.tables[T3].rows
            if row.parent and not row.heading and row.key != "results_total"
        )


def form_of(year: int) -> Form:
    """Return the form that a report of this year fills in."""
    return load(FORM_2019 if year <= 2020 else FORM_2021)


@cache
def load(form_id: str) -> Form:
    """Return a form by id; raises StopIteration for an unknown one."""
    source = json.loads(files("extract").joinpath("data/formats.json").read_text("utf-8"))
    entry = next(form for form in source["formats"] if form["id"] == form_id)
    return Form(
        form_id,
        {table["id"]: _table(table) for table in entry["tables"]},
        tuple(_headings(section) for section in entry["sections"]),
    )


def _table(entry: dict[str, Any]) -> FormTable:
    rows, columns = (
        tuple(
            Line(
                line["key"], line["label"], line.get("parent"),
                bool(line.get("heading")), bool(line.get("local")),
            )
            for line in entry[axis]
            if line["key"] != "item"
        )
        for axis in ("rows", "columns")
    )  # fmt: skip
    return FormTable(entry["id"], entry["caption"] or "", rows, columns)


def _headings(section: dict[str, Any]) -> tuple[str, ...]:
    traditional = set("總體開況動訴訟議問題進報")
    return (
        section["label"],
        *(text for text in section["variants"] if not traditional & set(text)),
    )
