"""Reports that are given away no more: who asked, why, and what is left of them.

The archive itself loses nothing. What leaves it does: releases, the search index, the site and
WARC files pass such a report over and leave a tombstone, its key with the day and the reason.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from archive.clock import now
from archive.db import Archive
from archive.errors import ArchiveError
from archive.search import index

#: The ids of reports that were taken down; for use inside a query.
REPORTS = "(SELECT report_id FROM takedowns WHERE report_id IS NOT NULL)"

#: The hashes of bytes that are not given away: those of such a report, whoever else shares them.
PAYLOADS = """(SELECT payload_sha256 FROM takedowns WHERE payload_sha256 IS NOT NULL
    UNION SELECT documents.payload_sha256 FROM takedowns
    JOIN report_documents ON report_documents.report_id = takedowns.report_id
    JOIN documents ON documents.id = document_id)"""


@dataclass(frozen=True, slots=True)
class Takedown:
    """A report that was taken down.

    Attributes:
        report_key: Its key, which stays.
        reason: Why.
        asked_on: The day somebody asked, ISO.
        done_at: When it was done, UTC.
    """

    report_key: str
    reason: str
    asked_on: str
    done_at: str


def take_down(archive: Archive, key: str, *, reason: str, asked_on: str) -> Takedown:
    """Take a report down.

    Args:
        archive: The archive, open for writing.
        key: Its ``report_key``.
        reason: Why, for everybody to read.
        asked_on: The day somebody asked, ISO.

    Returns:
        The tombstone; the first one when it was taken down before.

    Raises:
        ArchiveError: There is no such report.
    """
    known = find(archive.conn, key)
    if known is not None:
        return known
    row = archive.conn.execute("SELECT id FROM reports WHERE report_key = ?", [key]).fetchone()
    if row is None:
        raise ArchiveError(f"{archive.path} has no report {key!r}. scrapy search finds keys.")
    made = Takedown(key, reason, asked_on, now())
    with archive.atomic():
        index.remove(archive, row[0])
        archive.conn.execute(
            "INSERT INTO takedowns (report_id, reason, asked_on, done_at) VALUES (?, ?, ?, ?)",
            [row[0], reason, asked_on, made.done_at],
        )
    return made


def find(conn: sqlite3.Connection, key: str) -> Takedown | None:
    """Return a report's tombstone, None when it was not taken down."""
    row = conn.execute(
        """SELECT report_key, reason, asked_on, done_at FROM takedowns
        JOIN reports ON reports.id = report_id WHERE report_key = ? ORDER BY takedowns.id""",
        [key],
    ).fetchone()
    return None if row is None else Takedown(*row)


def is_withheld(conn: sqlite3.Connection, sha256: str) -> bool:
    """Tell whether bytes are not given away."""
    row = conn.execute(f"SELECT ? IN {PAYLOADS}", [sha256]).fetchone()
    return bool(row[0])
