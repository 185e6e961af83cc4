"""The running text: whose number an indicator is, whether its rule ships, and section 5's parts."""

from __future__ import annotations

import sqlite_utils

from archive.schema.ddl import run


def apply(db: sqlite_utils.Database) -> None:
    """Add the columns; versions made before say nothing of them until they are read again."""
    run(
        db,
        [
            "ALTER TABLE indicators ADD COLUMN subject TEXT",
            """ALTER TABLE indicators ADD COLUMN status TEXT
            CHECK (status IN ('shipped', 'experimental'))""",
            "ALTER TABLE sections ADD COLUMN parts TEXT CHECK (parts IS NULL OR json_valid(parts))",
        ],
    )
