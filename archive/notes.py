"""Notes: what was remarkable about a page, as ``code: detail``."""

from __future__ import annotations

from collections.abc import Iterable

from archive.db import Archive
from archive.frontier import Entry


def save(archive: Archive, entry: Entry, fetch_id: int, notes: Iterable[str]) -> None:
    """Keep the notes of one page, in place of those of an earlier visit in the campaign.

    Args:
        archive: The archive, open for writing.
        entry: The frontier row of the page.
        fetch_id: The fetch they were made from.
        notes: Each ``code: detail``; one is kept for each code.
    """
    with archive.atomic():
        archive.conn.execute("DELETE FROM notes WHERE frontier_id = ?", [entry.id])
        archive.conn.executemany(
            """INSERT OR IGNORE INTO notes
            (frontier_id, campaign, portal, column_url, fetch_id, code, detail)
            VALUES (?, ?, ?, ?, ?, ?, ?)""",
            [
                (
                    entry.id,
                    entry.campaign,
                    entry.portal,
                    entry.args.get("column"),
                    fetch_id,
                    note.partition(":")[0],
                    note.partition(":")[2].strip(),
                )
                for note in notes
            ],
        )
