"""The index: one entry for each report, a column for its title and for each of its sections.

An entry's number is year and report together, so that the newest come first without a sort and a
year is a range. The index keeps no text of its own; versions are never deleted, so that what was
entered can be taken out again word for word.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from archive.db import Archive
from archive.search.words import words

#: Columns of the index: the title, then sections 0 (the preamble) to 6.
COLUMNS = ("title", *(f"s{number}" for number in range(7)))

#: Entries of one year lie between ``year * SPAN`` and ``(year + 1) * SPAN``.
SPAN = 1_000_000_000

#: Changed whenever ``words`` changes: entries of another edition cannot be taken out.
EDITION = "1"

_BATCH = 200
_INSERT = f"INSERT INTO search (rowid, {', '.join(COLUMNS)}) VALUES (?{', ?' * len(COLUMNS)})"
_REMOVE = (
    f"INSERT INTO search (search, rowid, {', '.join(COLUMNS)}) "
    f"VALUES ('delete', ?{', ?' * len(COLUMNS)})"
)


def update(archive: Archive) -> int:
    """Bring the index up to the current versions; what was begun and killed goes on.

    Args:
        archive: The archive, open for writing.

    Returns:
        The number of entries written.
    """
    if archive.meta("search") != EDITION:
        with archive.atomic():
            archive.conn.execute("INSERT INTO search (search) VALUES ('delete-all')")
            archive.conn.execute("DELETE FROM search_entries")
            archive.conn.execute(
                "INSERT OR REPLACE INTO archive_meta (key, value) VALUES ('search', ?)", [EDITION]
            )
    written = 0
    while batch := _stale(archive):
        with archive.atomic():
            for report_id, year, version, entry, entered in batch:
                if entry is not None:
                    _remove(archive, report_id, entry, entered)
                if version is not None:
                    _enter(archive, report_id, year, version)
                    written += 1
    return written


def remove(archive: Archive, report_id: int) -> None:
    """Take a report out of the index, in the caller's transaction: its text is about to go."""
    row = archive.conn.execute(
        "SELECT entry, version_id FROM search_entries WHERE report_id = ?", [report_id]
    ).fetchone()
    if row is not None:
        _remove(archive, report_id, *row)


def left(archive: Archive) -> int:
    """Return how many reports wait to be entered or taken out."""
    return int(
        archive.conn.execute(f"SELECT count(*) FROM ({_STALE})", {"span": SPAN}).fetchone()[0]
    )


# Copies say nothing of their own; a report that is no copy any more comes back. What was taken
# down does not.
_WANTED = """CASE WHEN duplicate_of IS NULL AND reports.id NOT IN
    (SELECT report_id FROM takedowns WHERE report_id IS NOT NULL) THEN current_version_id END"""
_STALE = f"""SELECT reports.id, year, {_WANTED}, entry, version_id
    FROM reports LEFT JOIN search_entries ON report_id = reports.id
    WHERE ({_WANTED}) IS NOT version_id
    OR (entry IS NOT NULL AND entry / :span != ifnull(year, 0))"""


def _stale(archive: Archive) -> list[tuple[int, int | None, int | None, int | None, int]]:
    return archive.conn.execute(f"{_STALE} LIMIT {_BATCH}", {"span": SPAN}).fetchall()


def _enter(archive: Archive, report_id: int, year: int | None, version: int) -> None:
    entry = (year or 0) * SPAN + report_id
    archive.conn.execute(_INSERT, [entry, *_texts(archive, version)])
    archive.conn.execute(
        "INSERT INTO search_entries (report_id, entry, version_id) VALUES (?, ?, ?)",
        [report_id, entry, version],
    )


def _remove(archive: Archive, report_id: int, entry: int, version: int) -> None:
    archive.conn.execute(_REMOVE, [entry, *_texts(archive, version)])
    archive.conn.execute("DELETE FROM search_entries WHERE report_id = ?", [report_id])


def _texts(archive: Archive, version: int) -> Iterator[str]:
    fields = archive.conn.execute(
        "SELECT fields FROM report_versions WHERE id = ?", [version]
    ).fetchone()[0]
    texts: dict[int, list[str]] = {}
    for number, heading, text in archive.conn.execute(
        "SELECT number, heading, text FROM sections WHERE version_id = ? ORDER BY number, rowid",
        [version],
    ):
        texts.setdefault(number, []).append(f"{heading}\n{text}")
    yield words(json.loads(fields).get("title") or "")
    for number in range(7):
        yield words("\n".join(texts.get(number, ())))
