"""What a table reader hands on: cells found under their keys, and what it could not place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from extract import formats
from extract.record import Cell, Issue, Table
from extract.tables.labels import T3, T4
from extract.tables.number import header_unit, read_number


@dataclass(slots=True)
class FoundTable:
    """One table as it stands at one place of the document.

    Attributes:
        key: Table key of formats.json.
        start: A number that rises along the document; orders the tables.
        rows: Row key → column key → cell.
        columns: Column labels as printed, by key.
        headerless: No header named the columns: they are in the form's order, to be proven.
    """

    key: str
    start: int
    rows: Table = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    headerless: bool = False


@dataclass(slots=True)
class Found:
    """All that a reader found in one document.

    Attributes:
        tables: The tables in document order; a key may stand twice (two bodies on a page).
        labels: Normalised labels that matched, the evidence of which form it is.
        issues: What stood in a form table and could not be placed.
        flags: Quality flags of formats.json.
        used: The numbers of the HTML tables that are form tables.
        seen: The tables whose rows or headers stood in a grid, read or refused.
        passed: The places of numbers that are no cell of the form: the numbers of its rows.
        lines: The lines of a loose text that belong to form tables, counted from 0.
    """

    tables: list[FoundTable] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)
    issues: list[Issue] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    used: set[int] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    passed: set[str] = field(default_factory=set)
    lines: set[int] = field(default_factory=set)


def make_cell(
    raw: str, at: str, *, table: str, column: str, row_label: str, column_label: str,
    missing: str | None = None,
) -> Cell:
    """Read one printed cell.

    Args:
        raw: The cell's text as printed.
        at: Its locator.
        table: Table key; decides the unit that the form gives.
        column: Column key.
        row_label: The row's printed label.
        column_label: The column's printed label; a unit in it wins over the form's.
        missing: A code that overrules the text, such as ``merged``.
    """
    number = read_number(raw)
    value = None if missing else number.value
    unit, source = number.unit, "cell" if number.unit else None
    if unit is None:
        unit = header_unit(column_label)
        source = "header" if unit else None
    if unit is None:
        unit = _form_unit(table, column)
        source = "form" if unit else None
    return Cell(raw, value, missing or number.missing, unit, source, at, row_label, column_label)


@cache
def _form_unit(table: str, column: str) -> str | None:
    for form_id in formats.NATIONAL:
        spec = formats.forms()[form_id].tables.get(table)
        for one in spec.columns if spec else ():
            if one.key == column:
                # The form prints no unit for procurement amounts: saying one would be a guess.
                return None if one.type == "money_unit_unstated" else one.unit
    return None


def fits(table: str, columns: Iterable[str | None]) -> bool:
    """Tell whether a header's columns are those of a table: no known one is another table's."""
    known: set[str] = set()
    for form_id in formats.NATIONAL:
        spec = formats.forms()[form_id].tables.get(table)
        if spec:
            known.update(column.key for column in spec.columns)
    return all(column is None or column in known for column in columns)


def in_order(columns: Iterable[str | None]) -> bool:
    """Tell whether the known columns of a header stand in the order of a national form."""
    known = [column for column in columns if column]
    for form_id in formats.NATIONAL:
        for spec in formats.forms()[form_id].tables.values():
            order = [column.key for column in spec.columns if column.key in known]
            if len(order) == len(known):
                return order == known
    return True


@cache
def column_keys(table: str) -> tuple[str, ...]:
    """Return the column keys of table 3 or 4 in the form's order."""
    if table not in (T3, T4):
        raise ValueError(f"{table} has no fixed order of columns")
    spec = formats.forms()[formats.NATIONAL[0]].tables[table]
    return tuple(column.key for column in spec.columns)
