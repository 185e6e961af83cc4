"""A place's own table of indicators: label, unit, value. Kept in long form, labels as printed.

Before 2019 there was no national form that everybody used, and places still add tables of their
own. Such a table is never forced into a national form (formats.json, format ``local``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extract import formats
from extract.record import Cell, Issue
from extract.tables import annex, labels, leftovers
from extract.tables.found import Found, FoundTable
from extract.tables.grid import Grid, GridCell
from extract.tables.number import header_unit, is_value, read_number
from extract.tables.places import missing_code

LOCAL = "t_local"
FORM = "local"
_NAMES = frozenset({"指标名称", "统计指标", "指标", "统计项目", "项目名称", "指标内容"})
_UNITS = frozenset({"计量单位", "单位"})
_NOTHING = ("blank", "dash")
_BESIDE = frozenset({"代码", "指标代码", "编号", "序号", "备注"})


def read_local(grids: Iterable[Grid], found: Found) -> None:
    """Add the rows of all indicator tables to ``found``.

    A table counts when its header names an indicator, and a unit or a known value column; the
    unit of a row is the one printed in it. Rows of the annex of 2014 go to ``t_stat_2014``, all
    others to ``t_local`` under the keys r001, r002 … in document order. A number that stands in
    none of the columns we know becomes an issue.
    """
    table = FoundTable(LOCAL, 0)
    used: list[Grid] = []  # each once
    for grid in grids:
        header: _Header | None = None
        for r in range(len(grid.rows)):
            cells = grid.cells(r)
            named = _header(cells)
            if named:
                header = named
                if not used or used[-1] is not grid:
                    used.append(grid)
                found.used.add(grid.number)
                table.start = table.start or grid.number
                found.issues += [Issue("unknown_column", cell.text, cell.at)
                                 for cell in named.unknown]
            elif header and any(cell.text for cell in cells):
                _row(grid, r, header, table, found)
    rows, table.rows = annex.split(table.rows)
    if table.rows:
        found.tables.append(table)
    if rows:
        found.tables.append(FoundTable(annex.ANNEX, table.start, rows))
    leftovers.account(used, found)


@dataclass(frozen=True, slots=True)
class _Header:
    """Where the columns stand: value columns by key, with their printed labels."""

    name: int
    unit: int | None
    values: dict[str, GridCell]
    beside: tuple[int, ...]
    unknown: tuple[GridCell, ...]


def _header(cells: list[GridCell]) -> _Header | None:
    words = {labels.normal(cell.text): cell for cell in cells if cell.text}
    name = next((words[word] for word in words if word in _NAMES), None)
    unit = next((words[word] for word in words if word in _UNITS), None)
    if name is None:
        return None
    beside = [cell for word, cell in words.items() if word in _BESIDE]
    rest = {word: cell for word, cell in words.items()
            if cell is not name and cell is not unit and cell not in beside}
    values, unknown = _value_columns(rest)
    if unit is None and not any(_known_key(word) for word in rest):
        return None
    return _Header(name.column, unit.column if unit else None, values,
                   tuple(cell.column for cell in beside), tuple(unknown))


def _value_columns(words: dict[str, GridCell]) -> tuple[dict[str, GridCell], list[GridCell]]:
    """The value columns by key; of two that could be the year's value neither is taken."""
    by_key: dict[str, list[GridCell]] = {}
    for word, cell in words.items():
        key = _known_key(word) or ("cumulative" if "累计" in word else "value")
        by_key.setdefault(key, []).append(cell)
    values = {key: cells[0] for key, cells in by_key.items() if len(cells) == 1}
    return values, [cell for cells in by_key.values() if len(cells) > 1 for cell in cells]


def _known_key(word: str) -> str | None:
    specs = formats.forms()[FORM].tables[LOCAL].columns
    return next((spec.key for spec in specs
                 if word in {labels.normal(label) for label in spec.labels}), None)


def _row(grid: Grid, r: int, header: _Header, table: FoundTable, found: Found) -> None:
    line = grid.rows[r]

    def under(column: int | None) -> GridCell | None:
        return line[column] if column is not None and column < len(line) else None

    found.passed |= {cell.at for column in header.beside if (cell := under(column))}
    name, unit = under(header.name), under(header.unit)
    lost = header.unit is not None and unit is None
    if name is None or lost or (not name.text) or is_value(name.text):
        return  # what numbers it has are told as left over
    printed = unit.text if unit and unit is not name and not is_value(unit.text) else None
    printed = printed or header_unit(name.text)
    row: dict[str, Cell] = {}
    for key, head in header.values.items():
        cell = under(head.column)
        if cell is None or cell is name or cell is unit:
            continue
        number = read_number(cell.text)
        code = missing_code(cell, cell.row != r or cell.width > head.width)
        row[key] = Cell(cell.text, None if code else number.value, code or number.missing,
                        number.unit or printed, "cell" if number.unit or printed else None,
                        cell.at, name.text, head.text)
    # A heading has neither a unit nor a value; a row with a unit keeps even its blank.
    if row and (printed or any(cell.missing not in _NOTHING for cell in row.values())):
        table.rows[f"r{len(table.rows) + 1:03d}"] = row
