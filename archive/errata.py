"""Corrections by people: they stand beside what was read, and never over it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from archive.clock import now
from archive.db import Archive
from archive.errors import ArchiveError


@dataclass(frozen=True, slots=True)
class Erratum:
    """One correction.

    Attributes:
        report_key: The report.
        path: ``table/row/column`` of the cell, None when it is about the whole report.
        old_value: What was read, as printed; None when there is no such cell.
        new_value: What it should be, None for a remark.
        note: How the author knows.
        author: Who says so.
        made_at: When, UTC.
    """

    report_key: str
    path: str | None
    old_value: str | None
    new_value: str | None
    note: str
    author: str
    made_at: str


def add(
    archive: Archive,
    key: str,
    *,
    path: str | None,
    new_value: str | None,
    note: str,
    author: str,
) -> Erratum:
    """Enter a correction.

    Args:
        archive: The archive, open for writing.
        key: The ``report_key``.
        path: ``table/row/column``, as ``checks.cells`` and ``scrapy show`` name a cell; None for
            the whole report.
        new_value: What it should be.
        note: How the author knows.
        author: Who says so.

    Raises:
        ArchiveError: There is no such report, or the path is none.
    """
    report = archive.conn.execute(
        "SELECT id, current_version_id FROM reports WHERE report_key = ?", [key]
    ).fetchone()
    if report is None:
        raise ArchiveError(f"{archive.path} has no report {key!r}. scrapy search finds keys.")
    parts: list[str | None] = [None, None, None] if path is None else [*path.split("/")]
    if len(parts) != 3:
        raise ArchiveError(f"{path!r} is no cell: write table/row/column.")
    old = archive.conn.execute(
        """SELECT raw FROM cells WHERE version_id = ? AND table_key = ? AND row_key = ?
        AND column_key = ? AND occurrence = 0""",
        [report[1], *parts],
    ).fetchone()
    made = Erratum(key, path, old[0] if old else None, new_value, note, author, now())
    with archive.atomic():
        archive.conn.execute(
            """INSERT INTO errata (report_id, table_key, row_key, column_key, old_value,
            new_value, note, author, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            [report[0], *parts, made.old_value, new_value, note, author, made.made_at],
        )
    return made


def of_report(conn: sqlite3.Connection, key: str) -> list[Erratum]:
    """Return the corrections of a report, oldest first."""
    return [
        Erratum(row[0], "/".join(row[1:4]) if row[1] else None, *row[4:])
        for row in conn.execute(
            """SELECT report_key, table_key, row_key, column_key, old_value, new_value, note,
            author, made_at FROM errata JOIN reports ON reports.id = report_id
            WHERE report_key = ? ORDER BY errata.id""",
            [key],
        )
    ]
