"""Histories: which fetch a version came by, and which archive a run came from."""

from __future__ import annotations

import sqlite_utils

from archive.schema.ddl import run


def apply(db: sqlite_utils.Database) -> None:
    """Add the columns. A version made before came by the first fetch of its document, as far as
    anybody can tell."""
    run(
        db,
        [
            "ALTER TABLE report_versions ADD COLUMN arrival_id INTEGER REFERENCES fetches (id)",
            """UPDATE report_versions SET arrival_id =
            (SELECT fetch_id FROM documents WHERE documents.id = document_id)""",
            "CREATE INDEX report_versions_arrival ON report_versions (arrival_id)",
            "ALTER TABLE crawls ADD COLUMN origin TEXT",
        ],
    )
