"""The schema, as numbered migrations that are only ever added to.

A migration is a module ``mNNNN_name`` with one function ``apply(db)``. All that are missing in
a file are applied in one transaction, so a killed migration leaves the old file as it was.
``Connection.executescript`` would commit and is not used.
"""

from __future__ import annotations

import sqlite3

import sqlite_utils
from sqlite_utils.migrations import Migrations

from archive.schema import (
    m0001_capture,
    m0002_records,
    m0003_research,
    m0004_notes,
    m0005_discovery,
    m0006_registers,
    m0007_dictionaries,
    m0008_rebuilds,
    m0009_prose,
    m0010_search,
    m0011_list_pages,
    m0012_histories,
    m0013_research,
    m0015_enclosed,
    m0016_compact,
    m0017_cross_checks,
)

MIGRATIONS = Migrations("gov_reports")
MIGRATIONS(name="m0001_capture")(m0001_capture.apply)
MIGRATIONS(name="m0002_records")(m0002_records.apply)
MIGRATIONS(name="m0003_research")(m0003_research.apply)
MIGRATIONS(name="m0004_notes")(m0004_notes.apply)
MIGRATIONS(name="m0005_discovery")(m0005_discovery.apply)
MIGRATIONS(name="m0006_registers")(m0006_registers.apply)
MIGRATIONS(name="m0007_dictionaries")(m0007_dictionaries.apply)
MIGRATIONS(name="m0008_rebuilds")(m0008_rebuilds.apply)
MIGRATIONS(name="m0009_prose")(m0009_prose.apply)
MIGRATIONS(name="m0010_search")(m0010_search.apply)
MIGRATIONS(name="m0011_list_pages")(m0011_list_pages.apply)
MIGRATIONS(name="m0012_histories")(m0012_histories.apply)
MIGRATIONS(name="m0013_research")(m0013_research.apply)
MIGRATIONS(name="m0015_enclosed")(m0015_enclosed.apply)
MIGRATIONS(name="m0016_compact")(m0016_compact.apply)
MIGRATIONS(name="m0017_cross_checks")(m0017_cross_checks.apply)


def apply(conn: sqlite3.Connection, *, stop_before: str | None = None) -> None:
    """Apply the pending migrations, inside the caller's transaction.

    Args:
        conn: The connection, with a transaction open.
        stop_before: The name of the first migration to leave out (to make an older file).
    """
    MIGRATIONS.apply(sqlite_utils.Database(conn), stop_before=stop_before)


def pending(conn: sqlite3.Connection) -> list[str]:
    """Return the names of the migrations that the file lacks."""
    return [item.name for item in MIGRATIONS.pending(sqlite_utils.Database(conn))]


def unknown(conn: sqlite3.Connection) -> list[str]:
    """Return the names of the file's migrations that this version does not know."""
    known = {item.name for item in MIGRATIONS.pending(sqlite_utils.Database(memory=True))}
    applied = MIGRATIONS.applied(sqlite_utils.Database(conn))
    return [item.name for item in applied if item.name not in known]
