"""Which rows each page of a list showed, in order: by this a later crawl knows when to stop."""

from __future__ import annotations

import sqlite_utils

from archive.schema.ddl import run


def apply(db: sqlite_utils.Database) -> None:
    """Make the table."""
    run(
        db,
        [
            # ``rows`` is [[id of the listing, mark of its title and date], …] as printed;
            # ``rest`` the same for rows that stand on pages before this last one, which were not
            # asked for: what was asked for proves that nothing changed there.
            """CREATE TABLE list_pages (
            frontier_id INTEGER PRIMARY KEY REFERENCES frontier (id),
            first_id INTEGER NOT NULL REFERENCES frontier (id),
            number INTEGER NOT NULL,
            pages INTEGER NOT NULL,
            rows TEXT NOT NULL CHECK (json_valid(rows)),
            rest TEXT CHECK (rest IS NULL OR json_valid(rest))
        )""",
            "CREATE INDEX list_pages_first ON list_pages (first_id, number)",
        ],
    )
