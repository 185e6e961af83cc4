"""Rebuilds: which reader made everything anew from the bytes, when, and what it read otherwise."""

from __future__ import annotations

import sqlite_utils

from archive.schema.ddl import run


def apply(db: sqlite_utils.Database) -> None:
    """Make the table, and let a version name the rebuild that made it."""
    run(
        db,
        [
            """CREATE TABLE rebuilds (
                id INTEGER PRIMARY KEY,
                extractor TEXT NOT NULL,
                original TEXT NOT NULL,
                started_at TEXT NOT NULL,
                finished_at TEXT,
                fetch_id INTEGER NOT NULL DEFAULT 0,
                documents INTEGER NOT NULL DEFAULT 0,
                summary TEXT CHECK (summary IS NULL OR json_valid(summary))
            )""",
            "ALTER TABLE report_versions ADD COLUMN rebuild_id INTEGER REFERENCES rebuilds (id)",
        ],
    )
