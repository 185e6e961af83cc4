"""Dictionaries: what the pages of a portal share, kept once and for ever beside the payloads."""

from __future__ import annotations

import sqlite_utils

from archive.schema.ddl import run


def apply(db: sqlite_utils.Database) -> None:
    """Make the table of dictionaries, and let a payload name the one it is compressed with."""
    run(
        db,
        [
            """CREATE TABLE dictionaries (
                id INTEGER PRIMARY KEY,
                portal TEXT NOT NULL,
                made_at TEXT NOT NULL,
                sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
                size INTEGER NOT NULL,
                data BLOB NOT NULL
            )""",
            "CREATE INDEX dictionaries_portal ON dictionaries (portal)",
            "ALTER TABLE payloads ADD COLUMN dictionary INTEGER REFERENCES dictionaries (id)",
            "CREATE INDEX payloads_dictionary ON payloads (dictionary)",
        ],
    )
