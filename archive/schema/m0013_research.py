"""For the researcher: where bodies lie, variables that no form prints, a fuller codebook."""

from __future__ import annotations

import sqlite_utils

from archive.derived import DERIVED
from archive.schema.ddl import among, run

KINDS = ("variable", "derived", "column", "indicator", "enum", "missing", "check")
PLACES = (
    "province", "prefecture", "county",
    "division_now", "province_now", "prefecture_now", "county_now",
)  # fmt: skip


def apply(db: sqlite_utils.Database) -> None:
    """Add the columns, and make the codebook anew; it is filled whenever an archive is opened.

    A derived variable is a generated column: it can be neither stale nor filled in.
    """
    run(
        db,
        [
            *(
                f"ALTER TABLE {table} ADD COLUMN {name} TEXT"
                for table in ("panel", "panel_all")
                for name in PLACES
            ),
            *(
                f"""ALTER TABLE {table} ADD COLUMN {item.name} NUMERIC
                GENERATED ALWAYS AS ({item.formula}) VIRTUAL"""
                for table in ("panel", "panel_all")
                for item in DERIVED
            ),
            "DROP TABLE codebook",
            f"""CREATE TABLE codebook (
            kind TEXT NOT NULL {among("kind", KINDS)},
            name TEXT NOT NULL,
            label TEXT NOT NULL,
            label_en TEXT,
            unit TEXT,
            table_key TEXT,
            row_key TEXT,
            column_key TEXT,
            formats TEXT,
            years TEXT,
            comparable TEXT,
            definition TEXT,
            note TEXT,
            PRIMARY KEY (kind, name)
        ) WITHOUT ROWID""",
            "DELETE FROM archive_meta WHERE key IN ('codebook', 'divisions')",
        ],
    )
