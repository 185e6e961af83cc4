"""Putting a finished copy in an archive's place."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from archive.db import Archive
from archive.errors import ArchiveError


def replace(archive: Archive, copy: Path) -> None:
    """Give a finished copy the name of the archive it was made of, and close the archive.

    Both are brought to one file without side files first: the write-ahead log of the old file must
    never meet the new one. The name then changes in one step of the file system.

    Args:
        archive: The archive, open for writing; its lock is held until the name has changed.
        copy: The copy, closed.

    Raises:
        ArchiveError: Another program has one of the files open; nothing was changed.
    """
    _alone(copy)
    if not _settle(archive.conn):
        raise ArchiveError(
            f"Another program has {archive.path} open. Close it, then give the same command again: "
            "what was done is kept."
        )
    archive.conn.close()
    copy.replace(archive.path)
    copy.with_name(copy.name + ".lock").unlink(missing_ok=True)
    archive.close()


def _alone(copy: Path) -> None:
    conn = sqlite3.connect(copy, isolation_level=None)
    try:
        if not _settle(conn):
            raise ArchiveError(f"Another program has {copy} open. Close it, and try again.")
    finally:
        conn.close()
    with copy.open("rb") as file:
        os.fsync(file.fileno())


def _settle(conn: sqlite3.Connection) -> bool:
    """Leave WAL mode, which SQLite allows only to who is alone; say whether it did."""
    conn.execute("PRAGMA busy_timeout = 1000")
    try:
        return bool(conn.execute("PRAGMA journal_mode = DELETE").fetchone()[0] == "delete")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            return False
        raise
