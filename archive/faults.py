"""What SQLite says when the disk, and not our code, is at fault."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from archive.errors import ArchiveFailed

_GO_ON = "then give the same command again: it goes on where it stopped"

# By primary result code (https://www.sqlite.org/rescode.html); everything else is a bug of ours.
_SAYS = {
    sqlite3.SQLITE_FULL: f"The disk of {{file}} is full. Make room, {_GO_ON}.",
    sqlite3.SQLITE_IOERR: (
        "{file} could not be written or read ({error}): the disk or a quota is full, or the disk "
        f"is failing. Make room or change it, {_GO_ON}."
    ),
    sqlite3.SQLITE_READONLY: f"{{file}} may no longer be written. Allow it, {_GO_ON}.",
    sqlite3.SQLITE_CANTOPEN: (
        f"{{file}}, or a side file of it, cannot be opened. See that its folder is there, {_GO_ON}."
    ),
    sqlite3.SQLITE_BUSY: f"Another program keeps {{file}} locked. End it, {_GO_ON}.",
    sqlite3.SQLITE_CORRUPT: "{file} is damaged ({error}). Take it from a backup.",
    sqlite3.SQLITE_NOTADB: "{file} is damaged ({error}). Take it from a backup.",
}


def failure_of(error: sqlite3.Error, file: Path) -> ArchiveFailed | None:
    """Return what to tell the user of a failed statement; None when our code is at fault.

    Args:
        error: What SQLite raised.
        file: The archive.
    """
    code = getattr(error, "sqlite_errorcode", None)
    says = _SAYS.get(code & 0xFF) if code is not None else None
    return None if says is None else ArchiveFailed(says.format(file=file, error=error))
