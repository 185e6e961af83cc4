"""What a researcher opens first: the panel, its codes of missingness, codebook and coverage.

A variable added to ``data/panel_names.tsv`` needs a migration that adds its column where it lacks.
"""

from __future__ import annotations

import sqlite_utils

from archive.panel_names import QUALITY, VARIABLES
from archive.schema.ddl import one_of, run

_IDENTITY = """
            report_id INTEGER PRIMARY KEY REFERENCES reports (id),
            report_key TEXT NOT NULL UNIQUE,
            publisher_id INTEGER NOT NULL REFERENCES publishers (id),
            publisher TEXT NOT NULL,
            org_type TEXT NOT NULL,
            admin_level TEXT NOT NULL,
            division_code TEXT,
            report_scope TEXT NOT NULL,
            year INTEGER{null},
            format TEXT,
            published_on TEXT,
            days_late INTEGER,
            source_rank TEXT NOT NULL,
            source_consistency INTEGER NOT NULL,
            sums_checked INTEGER NOT NULL,"""


def apply(db: sqlite_utils.Database) -> None:
    """Make the tables."""
    quality = "".join(
        f"\n            {name} TEXT NOT NULL {one_of(name, 'read_quality')}," for name in QUALITY
    )
    numbers = ",".join(f"\n            {item.name} NUMERIC" for item in VARIABLES)
    codes = ",".join(f"\n            {item.name} TEXT" for item in VARIABLES)
    run(
        db,
        [
            f"""CREATE TABLE panel ({_IDENTITY.format(null=" NOT NULL")}{quality}{numbers},
            UNIQUE (publisher_id, report_scope, year)
        )""",
            "CREATE INDEX panel_year ON panel (year, division_code)",
            f"CREATE TABLE panel_all ({_IDENTITY.format(null='')}{quality}{numbers})",
            f"""CREATE TABLE panel_missing (
            report_id INTEGER PRIMARY KEY REFERENCES reports (id),
            report_key TEXT NOT NULL UNIQUE,{codes}
        )""",
            """CREATE TABLE codebook (
            kind TEXT NOT NULL CHECK (kind IN ('variable', 'enum', 'missing', 'check')),
            name TEXT NOT NULL,
            label TEXT NOT NULL,
            label_en TEXT,
            unit TEXT,
            table_key TEXT,
            row_key TEXT,
            column_key TEXT,
            formats TEXT,
            note TEXT,
            PRIMARY KEY (kind, name)
        ) WITHOUT ROWID""",
            f"""CREATE TABLE coverage (
            publisher_id INTEGER NOT NULL REFERENCES publishers (id),
            year INTEGER NOT NULL,
            status TEXT NOT NULL {one_of("status", "coverage_status")},
            evidence_fetch_id INTEGER REFERENCES fetches (id),
            as_of TEXT NOT NULL,
            detail TEXT NOT NULL,
            PRIMARY KEY (publisher_id, year)
        ) WITHOUT ROWID""",
            "CREATE INDEX coverage_status ON coverage (year, status)",
            """CREATE TABLE release_info (
            key TEXT PRIMARY KEY,
            value TEXT NOT NULL
        ) WITHOUT ROWID""",
        ],
    )
