"""The search index: words of Chinese text, and which version of a report was entered."""

from __future__ import annotations

import sqlite_utils

from archive.schema.ddl import run


def apply(db: sqlite_utils.Database) -> None:
    """Make the tables; the next crawl, or whoever asks for it, fills them."""
    run(
        db,
        [
            # Contentless: the text stands in sections; no diacritics of Latin words are removed.
            """CREATE VIRTUAL TABLE search USING fts5 (
            title, s0, s1, s2, s3, s4, s5, s6, content='', tokenize="unicode61 remove_diacritics 0"
        )""",
            """CREATE TABLE search_entries (
            report_id INTEGER PRIMARY KEY REFERENCES reports (id),
            entry INTEGER NOT NULL UNIQUE,
            version_id INTEGER NOT NULL REFERENCES report_versions (id)
        )""",
        ],
    )
