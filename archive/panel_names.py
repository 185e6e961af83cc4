"""The variables of the panel: which cell stands in which column (``data/panel_names.tsv``)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Variable:
    """One column of the panel: the cell it holds and its released name, never changed."""

    table: str
    row: str
    column: str
    name: str


def _read() -> tuple[Variable, ...]:
    text = (files(__package__) / "data" / "panel_names.tsv").read_text(encoding="utf-8")
    return tuple(
        Variable(line["table"], line["row"], line["column"], line["name"])
        for line in csv.DictReader(text.splitlines(), delimiter="\t")
    )


#: All variables, in the order of the panel's columns.
VARIABLES = _read()

#: The tables that the panel draws on.
TABLES = tuple(dict.fromkeys(item.table for item in VARIABLES))

#: The panel's columns with the quality of the reading of each table, in the order of TABLES.
QUALITY = tuple(f"q_{table}" for table in TABLES)
