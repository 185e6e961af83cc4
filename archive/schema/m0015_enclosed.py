"""Files that pages name: a role of their own in the frontier, and what was read of each.

A constraint is changed in its stored text, as m0005 does and says why.
"""

from __future__ import annotations

import sqlite_utils

from archive.schema.ddl import among, run
from archive.schema.m0001_capture import ROLES
from archive.schema.m0005_discovery import EXPLORE

ATTACHMENT = "attachment"


def apply(db: sqlite_utils.Database) -> None:
    """Make the tables, and allow the role ``attachment`` in the frontier."""
    run(
        db,
        [
            """CREATE TABLE enclosed (
                document_id INTEGER NOT NULL REFERENCES documents (id),
                place INTEGER NOT NULL,
                address TEXT NOT NULL,
                url TEXT NOT NULL,
                name TEXT NOT NULL,
                type TEXT NOT NULL,
                PRIMARY KEY (document_id, address)
            ) WITHOUT ROWID""",
            "CREATE INDEX enclosed_address ON enclosed (address)",
            """CREATE TABLE readings (
                document_id INTEGER PRIMARY KEY REFERENCES documents (id),
                records BLOB NOT NULL
            )""",
        ],
    )
    version = db.conn.execute("PRAGMA schema_version").fetchone()[0]
    db.conn.execute("PRAGMA writable_schema = ON")
    db.conn.execute(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = ?",
        [
            among("role", (*ROLES, EXPLORE)),
            among("role", (*ROLES, EXPLORE, ATTACHMENT)),
            "frontier",
        ],
    )
    db.conn.execute(f"PRAGMA schema_version = {version + 1}")
    db.conn.execute("PRAGMA writable_schema = RESET")
