"""A version's tables laid out like the official form, its failed checks beside the numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from extract import formats
from extract.formats import ColumnSpec, RowSpec, TableSpec


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell of the page.

    Attributes:
        raw: As printed.
        missing: Its code of missingness, None for a number.
        at: Its locator; None when the form has the place and the report does not.
        document: The SHA-256 of the bytes it was read from.
        failed: Ids of the failed checks it took part in.
        unit: Its unit, when it is not the form's own.
        path: ``table/row/column``.
    """

    raw: str
    missing: str | None
    at: str | None
    document: str | None
    failed: tuple[str, ...] = ()
    unit: str | None = None
    path: str = ""


EMPTY = Shown("", "absent", None, None)


@dataclass(slots=True)
class ShownTable:
    """One table.

    Attributes:
        key: Its table key.
        caption: Its caption in the form's words.
        groups: The upper header: a label and how many columns it spans; empty when there is none.
        columns: The labels of the columns.
        rows: The label of each row, how deep it stands, and its cells.
    """

    key: str
    caption: str
    groups: list[tuple[str, int]] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    rows: list[tuple[str, int, list[Shown]]] = field(default_factory=list)


Cells = Mapping[tuple[str, str], Shown]  # row, column
Labels = Mapping[tuple[str, str], tuple[str, str]]  # row, column -> labels as printed

_CAPTIONS = {
    "t3_requests": "三、收到和处理政府信息公开申请情况",
    "t4_review_litigation": "四、政府信息公开行政复议、行政诉讼情况",
}


def laid_out(
    form: str | None, tables: Mapping[str, Cells], labels: Mapping[str, Labels]
) -> list[ShownTable]:
    """Lay the tables of a version out.

    Args:
        form: Its form; one that has no layout of ours is shown under the labels printed.
        tables: Its cells.
        labels: Their labels as printed.

    Returns:
        The tables in the order of the form, then those that it does not have.
    """
    known = formats.forms().get(form or "")
    specs = known.tables if known else {}
    keys = [key for key in specs if key in tables] + sorted(set(tables) - set(specs))
    return [
        _official(specs[key], tables[key], labels.get(key, {}))
        if key in specs
        else _printed(key, tables[key], labels.get(key, {}))
        for key in keys
    ]


def _official(spec: TableSpec, cells: Cells, labels: Labels) -> ShownTable:
    columns = _columns(spec, cells)
    depths = _depths(spec.rows)
    shown = ShownTable(
        spec.key,
        _CAPTIONS.get(spec.key) or next(iter(spec.captions), spec.key),
        _groups(columns),
        [column.label for column in columns],
    )
    known = {row.key for row in spec.rows}
    for row in spec.rows:
        values = [cells.get((row.key, column.key), EMPTY) for column in columns]
        if row.heading and all(value is EMPTY for value in values):
            values = []
        if values or row.heading or spec.key in _CAPTIONS:
            label = "" if row.label.startswith("(无") else row.label
            shown.rows.append((label, depths[row.key], values))
    for row_key in dict.fromkeys(row for row, _ in cells if row not in known):
        label = next((both[0] for path, both in labels.items() if path[0] == row_key), row_key)
        values = [cells.get((row_key, column.key), EMPTY) for column in columns]
        shown.rows.append((label, 0, values))
    return shown


def _columns(spec: TableSpec, cells: Cells) -> list[ColumnSpec]:
    """The form's columns; of table 2, where places add columns of their own, those printed."""
    used = {column for _, column in cells}
    return [
        column for column in spec.columns if column.key in used or spec.key in _CAPTIONS
    ]


def _groups(columns: Sequence[ColumnSpec]) -> list[tuple[str, int]]:
    if not any(column.group for column in columns):
        return []
    return [
        (group or "", len(list(items)))
        for group, items in groupby(columns, key=lambda column: column.group)
    ]


def _depths(rows: Sequence[RowSpec]) -> dict[str, int]:
    depths: dict[str, int] = {}
    for row in rows:
        depths[row.key] = depths.get(row.parent, -1) + 1 if row.parent else 0
    return depths


def _printed(key: str, cells: Cells, labels: Labels) -> ShownTable:
    columns = list(dict.fromkeys(column for _, column in cells))
    heads = {path[1]: both[1] for path, both in labels.items()}
    names = {path[0]: both[0] for path, both in labels.items()}
    return ShownTable(
        key,
        key,
        [],
        [heads.get(column) or column for column in columns],
        [
            (names.get(row) or row, 0, [cells.get((row, column), EMPTY) for column in columns])
            for row in dict.fromkeys(row for row, _ in cells)
        ],
    )
