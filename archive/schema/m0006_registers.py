"""The registers: divisions under each of their names, who followed whom, sectors, names in time."""

from __future__ import annotations

import sqlite_utils

from archive.schema.ddl import among, one_of, run
from archive.schema.m0002_records import RELATION_KINDS

#: The register begins with the one of 31 December 2007; that year also says "or before".
FIRST_YEAR = 2007


def apply(db: sqlite_utils.Database) -> None:
    """Make divisions anew, keyed by code and first year, and add what is new."""
    run(
        db,
        [
            f"""CREATE TABLE divisions_new (
            code TEXT NOT NULL,
            name TEXT NOT NULL,
            level TEXT NOT NULL {one_of("level", "admin_level")},
            parent TEXT,
            valid_from INTEGER NOT NULL,
            valid_to INTEGER,
            successor TEXT,
            PRIMARY KEY (code, valid_from)
        ) WITHOUT ROWID""",
            f"""INSERT INTO divisions_new
            SELECT code, name, level, parent, {FIRST_YEAR}, NULL, NULL FROM divisions""",
            "DROP TABLE divisions",
            "ALTER TABLE divisions_new RENAME TO divisions",
            "CREATE INDEX divisions_parent ON divisions (parent)",
            f"""CREATE TABLE division_changes (
            year INTEGER NOT NULL,
            code TEXT NOT NULL,
            name TEXT NOT NULL,
            to_code TEXT NOT NULL,
            to_name TEXT NOT NULL,
            kind TEXT NOT NULL {among("kind", RELATION_KINDS)},
            evidence TEXT NOT NULL,
            PRIMARY KEY (code, name, to_code, to_name)
        ) WITHOUT ROWID""",
            "CREATE INDEX division_changes_to ON division_changes (to_code)",
            """CREATE TABLE sectors (
            key TEXT PRIMARY KEY,
            label TEXT NOT NULL,
            label_en TEXT NOT NULL
        ) WITHOUT ROWID""",
            "ALTER TABLE publisher_names ADD COLUMN since INTEGER",
            "ALTER TABLE publisher_names ADD COLUMN until INTEGER",
        ],
    )
