"""The panel: a row for each report, a column for each variable, written with the report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from archive import places, quality
from archive.db import Archive
from archive.panel_names import QUALITY, TABLES
from archive.variables import PER_WANYUAN, Meaning, meanings
from extract.attachments.codes import UNPROVEN, UNSURE, doubted_table

Cells = dict[tuple[str, str, str], tuple[Any, ...]]  # path -> value, missing, unit
Number = int | float | None

_IDENTITY = (
    "report_id", "report_key", "publisher_id", "publisher", "org_type", "admin_level",
    "division_code", "report_scope", "year", "format", "published_on",
)  # fmt: skip
#: Where the body lay at the end of the year, and where that place lies today.
PLACES = (
    "province", "prefecture", "county",
    "division_now", "province_now", "prefecture_now", "county_now",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Printed:
    """What the panel needs of a report's current version to say why a value is missing."""

    cells: Cells
    form: str | None
    kind: str
    tables: frozenset[str]
    rows: frozenset[tuple[str, str]]


def write(archive: Archive, report_ids: Iterable[int]) -> None:
    """Write the panel rows of reports anew from their current versions.

    A primary report stands in ``panel``, another in ``panel_all``; ``panel_missing`` has the code
    of each variable that has no value.

    Args:
        archive: The archive, open for writing.
        report_ids: The reports.
    """
    ids = list(report_ids)
    for report_id in ids:  # all first: two reports may change places
        for table in ("panel", "panel_all", "compact_missing"):
            archive.conn.execute(f"DELETE FROM {table} WHERE report_id = ?", [report_id])
    for report_id in ids:
        _write(archive, report_id)


def relocate(archive: Archive) -> None:
    """Write the places of all rows anew: the register of divisions was replaced."""
    sets = ", ".join(f"{name} = ?" for name in PLACES)
    for table in ("panel", "panel_all"):
        for code, year in archive.conn.execute(
            f"SELECT DISTINCT division_code, year FROM {table}"
        ).fetchall():
            archive.conn.execute(
                f"UPDATE {table} SET {sets} WHERE division_code IS ? AND year IS ?",
                [*_places(archive, code, year), code, year],
            )


def _places(archive: Archive, code: str | None, year: int | None) -> tuple[str | None, ...]:
    register = places.of(archive)
    then, now = register.then(code, year), register.now(code, year)
    return (
        then.province, then.prefecture, then.county,
        now.code, now.province, now.prefecture, now.county,
    )  # fmt: skip


def cell(printed: _Printed, meaning: Meaning) -> tuple[Number, str | None]:
    """Return a variable's value and, when there is none, the code of why (one is None)."""
    variable = meaning.variable
    found = printed.cells.get((variable.table, variable.row, variable.column))
    if found is not None:
        value, missing, unit = found
        if missing is not None or not meaning.is_money:
            return (None if missing else value), missing
        return _wanyuan(value, unit)
    if printed.kind != "report":
        return None, printed.kind
    if printed.form is not None and printed.form not in meaning.forms:
        return None, "not_in_format"
    if variable.table not in printed.tables:
        return None, "table_absent"
    if (variable.table, variable.row) not in printed.rows:
        return None, "row_absent"
    return None, "col_absent"


def _wanyuan(value: float, unit: str | None) -> tuple[Number, str | None]:
    if unit not in PER_WANYUAN:
        return None, "unit_unknown"
    amount = Decimal(str(value)) * Decimal(PER_WANYUAN[unit])
    return (int(amount) if amount == amount.to_integral_value() else float(amount)), None


def _write(archive: Archive, report_id: int) -> None:
    row = archive.conn.execute(
        """SELECT reports.id, report_key, publisher_id, publishers.name, org_type, admin_level,
        division_code, report_scope, year, format, published_on, due_on, source_rank, is_primary,
        kind, current_version_id
        FROM reports JOIN publishers ON publishers.id = publisher_id WHERE reports.id = ?""",
        [report_id],
    ).fetchone()
    version = row[15]
    cells = _cells(archive, version)
    judged = quality.judge(
        [(path[0], found[1]) for path, found in cells.items()], _sums(archive, version),
        _doubted(archive, version),
    )
    values: dict[str, Any] = dict(zip(_IDENTITY, row, strict=False))
    values.update(zip(PLACES, _places(archive, row[6], row[8]), strict=True))
    values["days_late"] = _days(row[11], row[10])
    values["source_rank"] = row[12]
    values["source_consistency"] = judged.source_consistency
    values["sums_checked"] = judged.sums_checked
    values.update({name: judged.tables[table] for name, table in zip(QUALITY, TABLES, strict=True)})
    numbers = dict(archive.conn.execute("SELECT code, id FROM missing_codes").fetchall())
    codes: dict[str, Any] = {"report_id": row[0]}
    printed = _Printed(
        cells,
        row[9],
        row[14],
        frozenset(path[0] for path in cells),
        frozenset(path[:2] for path in cells),
    )
    for name, meaning in meanings().items():
        values[name], code = cell(printed, meaning)
        codes[name] = None if code is None else numbers[code]
    _insert(archive, "panel" if row[13] else "panel_all", values)
    _insert(archive, "compact_missing", codes)


def _insert(archive: Archive, table: str, values: dict[str, Any]) -> None:
    names = ", ".join(values)
    marks = ", ".join("?" * len(values))
    archive.conn.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values.values()))


def _cells(archive: Archive, version: int) -> Cells:
    rows = archive.conn.execute(
        """SELECT table_key, row_key, column_key, value, missing, unit FROM cells
        WHERE version_id = ? AND occurrence = 0""",
        [version],
    )
    return {row[:3]: row[3:] for row in rows}


def _sums(archive: Archive, version: int) -> list[quality.Sum]:
    rows = archive.conn.execute(
        "SELECT scope, verdict, cause FROM checks WHERE version_id = ? AND kind = 'sum'", [version]
    )
    return [quality.Sum(scope.split("/")[0], verdict, cause) for scope, verdict, cause in rows]


def _doubted(archive: Archive, version: int) -> set[str]:
    """The tables of which the reader says that nothing proves what it took from a picture."""
    rows = archive.conn.execute(
        "SELECT detail FROM issues WHERE version_id = ? AND code IN (?, ?)",
        [version, UNPROVEN, UNSURE],
    )
    return {table for (detail,) in rows if (table := doubted_table(detail))}


def _days(due: str | None, published: str | None) -> int | None:
    """Days from the statutory date to the publication; negative when it was early."""
    if due is None or published is None:
        return None
    return (date.fromisoformat(published) - date.fromisoformat(due)).days
