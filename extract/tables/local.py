"""A place's own table of indicators: label, unit, value. Kept in long form, labels as printed.

Before 2019 there was no national form that everybody used, and places still add tables of their
own. Such a table is never forced into a national form (formats.json, format ``local``).
"""

from __future__ import annotations

from collections.abc import Iterable

from extract import formats
from extract.record import Cell, Issue
from extract.tables import annex, labels
from extract.tables.found import Found, FoundTable
from extract.tables.grid import Grid, GridCell
from extract.tables.number import is_value, read_number

LOCAL = "t_local"
FORM = "local"
_NAMES = frozenset({"指标名称", "统计指标", "指标", "统计项目", "项目名称", "指标内容"})
_UNITS = frozenset({"计量单位", "单位"})


def read_local(grids: Iterable[Grid], found: Found) -> None:
    """Add the rows of all indicator tables to ``found``.

    A table counts when its header names an indicator and a unit; the unit of a row is the one
    printed in it. Rows of the annex of 2014 go to ``t_stat_2014``, all others to ``t_local``
    under the keys r001, r002 … in document order.
    """
    table: FoundTable | None = None
    for grid in grids:
        header: dict[str, int] = {}
        for r in range(len(grid.rows)):
            cells = grid.cells(r)
            named = _header(cells)
            if named:
                header = named
                found.used.add(grid.number)
                continue
            if not header or not any(cell.text for cell in cells):
                continue
            if table is None:
                table = FoundTable(LOCAL, grid.number)
                found.tables.append(table)
            _row(grid, r, header, table, found)
    if table is not None:
        rows, table.rows = annex.split(table.rows)
        if rows:
            found.tables.append(FoundTable(annex.ANNEX, table.start, rows))
        if not table.rows:
            found.tables.remove(table)


def _header(cells: list[GridCell]) -> dict[str, int]:
    """Where the columns stand: ``name``, ``unit`` and the value columns' keys."""
    words = {labels.normal(cell.text): cell.column for cell in cells if cell.text}
    name = next((words[word] for word in words if word in _NAMES), None)
    unit = next((words[word] for word in words if word in _UNITS), None)
    if name is None or unit is None:
        return {}
    columns = {"name": name, "unit": unit}
    specs = formats.forms()[FORM].tables[LOCAL].columns
    for word, column in words.items():
        if column in (name, unit) or word in {"代码", "序号", "备注"}:
            continue
        key = next((spec.key for spec in specs
                    if word in {labels.normal(label) for label in spec.labels}), None)
        columns.setdefault(key or ("value" if "value" not in columns else "cumulative"), column)
    return columns


def _row(grid: Grid, r: int, header: dict[str, int], table: FoundTable, found: Found) -> None:
    line = grid.rows[r]

    def under(key: str) -> GridCell | None:
        column = header[key]
        return line[column] if column < len(line) else None

    name, unit = under("name"), under("unit")
    if name is None or unit is None or is_value(name.text):
        text = " | ".join(cell.text for cell in grid.cells(r))
        found.issues.append(Issue("unknown_row", text[:300], grid.cells(r)[0].at))
        return
    printed = unit.text if not is_value(unit.text) else None
    row: dict[str, Cell] = {}
    for key in header:
        cell = under(key)
        if key in ("name", "unit") or cell is None or cell is name or cell is unit:
            continue
        number = read_number(cell.text)
        row[key] = Cell(cell.text, number.value, number.missing, number.unit or printed,
                        "cell" if number.unit or printed else None, cell.at, name.text, key)
    # A heading has neither a unit nor a value; a row with a unit keeps even its blank.
    if printed or any(cell.missing not in ("blank", "dash") for cell in row.values()):
        table.rows[f"r{len(table.rows) + 1:03d}"] = row
