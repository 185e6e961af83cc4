"""Changes: what differs between two versions of a report, cell by cell."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from archive.db import Archive

Path = tuple[str, str, str | None]  # table, row, column; what stands for them elsewhere


def note(archive: Archive, report_id: int, old: int, new: int) -> None:
    """Enter one row for each cell, section or field that differs.

    Sections have ``table_key`` ``sections`` and their number as ``row_key``; fields of the report
    (title, year …) have ``table_key`` ``report`` and their name as ``row_key``.

    Args:
        archive: The archive, open for writing.
        report_id: The report.
        old: The id of the earlier version.
        new: The id of the later version.
    """
    rows: list[tuple[Any, ...]] = []
    for prefix, read in (("cell", _cells), ("section", _sections), ("field", _fields)):
        before, after = read(archive, old), read(archive, new)
        rows += [
            (report_id, old, new, _kind(prefix, path, before, after), *path)
            + (_raw(before.get(path)), _raw(after.get(path)))
            for path in sorted({*before, *after}, key=str)
            if before.get(path) != after.get(path)
        ]
    archive.conn.executemany(
        """INSERT INTO changes (report_id, from_version, to_version, kind, table_key, row_key,
        column_key, old_raw, new_raw) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        rows,
    )


def _kind(prefix: str, path: Path, before: Mapping[Path, Any], after: Mapping[Path, Any]) -> str:
    if prefix == "field" or (path in before and path in after):
        return f"{prefix}_changed"
    return f"{prefix}_added" if path in after else f"{prefix}_removed"


def _raw(found: tuple[Any, ...] | None) -> str | None:
    return None if found is None or found[0] is None else str(found[0])


def _cells(archive: Archive, version: int) -> dict[Path, tuple[Any, ...]]:
    rows = archive.conn.execute(
        """SELECT table_key, row_key, column_key, raw, value, missing, unit FROM cells
        WHERE version_id = ?""",
        [version],
    )
    return {row[:3]: row[3:] for row in rows}


def _sections(archive: Archive, version: int) -> dict[Path, tuple[Any, ...]]:
    rows = archive.conn.execute(
        """SELECT 'sections', CAST(number AS TEXT), NULL, group_concat(heading || char(10) || text,
        char(10)) FROM (SELECT * FROM sections WHERE version_id = ? ORDER BY rowid)
        GROUP BY number""",
        [version],
    )
    return {row[:3]: row[3:] for row in rows}


def _fields(archive: Archive, version: int) -> dict[Path, tuple[Any, ...]]:
    row = archive.conn.execute(
        "SELECT fields FROM report_versions WHERE id = ?", [version]
    ).fetchone()
    return {("report", name, None): (value,) for name, value in json.loads(row[0]).items()}
