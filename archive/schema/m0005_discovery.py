"""Pages looked at only to find the way: a role of their own, and the scheme of a found portal.

A constraint of a table is changed in its stored text, as SQLite's documentation of ALTER TABLE
shows for changes that leave the rows as they are: made anew, a table that others refer to would
lose its rows' referrers.
"""

from __future__ import annotations

import sqlite_utils

from archive.schema.ddl import among, run
from archive.schema.m0001_capture import ROLES

EXPLORE = "explore"


def apply(db: sqlite_utils.Database) -> None:
    """Allow the role ``explore`` in the frontier, and give portals their scheme."""
    run(
        db,
        [
            "ALTER TABLE portals ADD COLUMN scheme TEXT",
            "CREATE INDEX frontier_portal ON frontier (campaign, portal, role)",
        ],
    )
    version = db.conn.execute("PRAGMA schema_version").fetchone()[0]
    db.conn.execute("PRAGMA writable_schema = ON")
    db.conn.execute(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = ?",
        [among("role", ROLES), among("role", (*ROLES, EXPLORE)), "frontier"],
    )
    db.conn.execute(f"PRAGMA schema_version = {version + 1}")
    db.conn.execute("PRAGMA writable_schema = RESET")
