"""Helpers of the migrations: statements and constraints."""

from __future__ import annotations

from collections.abc import Iterable

import sqlite_utils

from extract import formats


def one_of(column: str, enum: str) -> str:
    """Return a CHECK constraint: the column holds a code of the enumeration, or NULL.

    Args:
        column: The column's name.
        enum: A key of formats.json ``enums``. A new code there needs a migration that makes the
            table anew; a test compares the two.
    """
    return among(column, formats.enum(enum))


def among(column: str, codes: Iterable[str]) -> str:
    """Return a CHECK constraint: the column holds one of the codes, or NULL."""
    listed = ", ".join("'" + code.replace("'", "''") + "'" for code in codes)
    return f"CHECK ({column} IN ({listed}))"


def run(db: sqlite_utils.Database, statements: Iterable[str]) -> None:
    """Execute statements one by one, inside the open transaction."""
    for statement in statements:
        db.conn.execute(statement)
