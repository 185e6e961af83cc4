"""Cells and checks as they are kept: what reports share is written once and named by a number.

The views ``cells`` and ``checks`` put it together again (archive/schema/m0016_compact.py), and take
single rows too; this is the quick way for all rows of a version.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from archive.db import Archive

_CELL = re.compile(r"(\d+)/c(\d+)", re.ASCII)
_ROWS, _COLUMNS = 1024, 64
_LARGEST = 2**63 - 1024
_MOST = 100_000  # numbers kept at hand

_SHARED = {
    "cell_places": "table_key, row_key, column_key, occurrence",
    "cell_headings": "unit, unit_source, row_label, column_label",
    "cell_grids": "locator",
    "check_rules": "check_id, scope, kind, official, cells",
}


def write_cells(archive: Archive, version: int, rows: Iterable[Sequence[Any]]) -> None:
    """Write the cells of a version.

    Args:
        archive: The archive, open for writing.
        version: The id of the version.
        rows: Table, row, column, occurrence, document, raw, value, missing, unit, its source, the
            labels of row and column, and the locator of each.
    """
    (own,) = archive.conn.execute(
        "SELECT document_id FROM report_versions WHERE id = ?", [version]
    ).fetchone()
    numbers = archive.numbers
    given = []
    for row in rows:
        kind = (*row[:4], *row[8:])
        known = numbers.get(kind) or _kind(archive, kind)
        document = None if row[4] == own else row[4]
        given.append((version, *known, plain(row[6]), row[5], row[7], document))
    archive.conn.executemany(
        """INSERT INTO compact_cells (version_id, place_id, heading_id, at, value, raw, missing,
        document_id) VALUES (?1, ?2, ?3, ?4, ?5, nullif(?6, coalesce(CAST(?5 AS TEXT), '')), ?7,
        ?8)""",
        given,
    )


def _kind(archive: Archive, kind: tuple[Any, ...]) -> tuple[Any, ...]:
    """The numbers of a place, of what it is printed under, and where: the same in many reports."""
    known = (
        _number(archive, "cell_places", kind[:4]),
        _number(archive, "cell_headings", kind[4:8]),
        _at(archive, kind[8]),
    )
    if isinstance(known[2], int):  # any other locator is the cell's alone
        archive.numbers[kind] = known
    return known


def write_checks(archive: Archive, version: int, rows: Iterable[Sequence[Any]]) -> None:
    """Write the checks of a version, in their order.

    Args:
        archive: The archive, open for writing.
        version: The id of the version.
        rows: Identity, scope, kind, whether it is official, the left and right value, verdict,
            whether a blank was counted as zero, cause, and the paths of the cells as JSON.
    """
    archive.conn.executemany(
        """INSERT INTO compact_checks (version_id, nth, rule_id, left_value, right_value,
        verdict, assumes_blank_zero, cause) VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        [
            (version, nth, _number(archive, "check_rules", (*row[:4], row[9])), *row[4:9])
            for nth, row in enumerate(rows, start=1)
        ],
    )


def plain(value: float | None) -> float | None:
    """Return a number as the database keeps it: 26.0 is 26, and what has no room is rounded."""
    if value is None or not -_LARGEST < value < _LARGEST:
        return None if value is None else float(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _at(archive: Archive, at: str) -> int | str:
    """A locator as it is kept: a number when nothing of it is lost that way."""
    grid, _, cell = at.partition("/r")
    found = _CELL.fullmatch(cell)
    if found is None:
        return at
    row, column = int(found[1]), int(found[2])
    if row >= _ROWS or column >= _COLUMNS or at != f"{grid}/r{row}/c{column}":
        return at
    number = _number(archive, "cell_grids", (grid,))
    return (number * _ROWS + row) * _COLUMNS + column


def _number(archive: Archive, table: str, what: tuple[Any, ...]) -> int:
    """The number under which a table keeps something; entered when it is new."""
    known = archive.numbers.get((table, what))
    if known is not None:
        return int(known)
    names = _SHARED[table]
    same = " AND ".join(f"{name} IS ?" for name in names.split(", "))
    row = archive.conn.execute(f"SELECT id FROM {table} WHERE {same}", what).fetchone()
    if row is None:
        marks = ", ".join("?" * len(what))
        row = archive.conn.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks}) RETURNING id", what
        ).fetchone()
    if len(archive.numbers) >= _MOST:
        archive.numbers.clear()
    archive.numbers[table, what] = int(row[0])
    return int(row[0])
