"""What was remarkable about a list page, so that a later crawl can tell what changed."""

from __future__ import annotations

import sqlite_utils

from archive.schema.ddl import run


def apply(db: sqlite_utils.Database) -> None:
    """Make the table."""
    run(
        db,
        [
            """CREATE TABLE notes (
            frontier_id INTEGER NOT NULL REFERENCES frontier (id),
            campaign INTEGER NOT NULL,
            portal TEXT NOT NULL,
            column_url TEXT,
            fetch_id INTEGER NOT NULL REFERENCES fetches (id),
            code TEXT NOT NULL,
            detail TEXT NOT NULL,
            PRIMARY KEY (frontier_id, code)
        ) WITHOUT ROWID""",
            "CREATE INDEX notes_campaign ON notes (campaign, portal, code)",
        ],
    )
