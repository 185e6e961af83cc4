"""A copy of an archive, whole and consistent, made while a crawl may be writing to it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from archive.db import Archive
from archive.errors import ArchiveError
from archive.faults import failure_of

_STEP = 4096  # pages between two calls of progress


def backup(
    archive: Archive, path: str | Path, progress: Callable[[str, int, int], None] | None = None
) -> Path:
    """Copy an archive as it is at this moment.

    The copy is made beside its name, proven by SQLite, flushed to the disk, and only then given
    the name: whoever finds the name finds a whole archive. A writer is not held up, and what it
    commits meanwhile is not in the copy.

    Args:
        archive: The archive; reading is enough.
        path: The file to make.
        progress: Called with ``"pages"``, how many are copied, and of how many.

    Returns:
        The file.

    Raises:
        ArchiveError: There is such a file already, no such folder, no room, or the copy is not
            sound because the archive is not.
    """
    file = Path(path)
    if file.exists():
        raise ArchiveError(f"{file} exists. A backup never replaces a file: name another one.")
    if not file.parent.is_dir():
        raise ArchiveError(f"The folder {file.parent} does not exist. Make it first.")
    new = file.with_name(file.name + ".new")
    try:
        new.unlink(missing_ok=True)  # left by a backup that was interrupted
        _copy(archive, new, progress)
        with new.open("rb") as copied:
            os.fsync(copied.fileno())
        new.rename(file)
    except (sqlite3.Error, OSError) as error:
        failure = failure_of(error, file) if isinstance(error, sqlite3.Error) else None
        raise failure or ArchiveError(f"{file} cannot be written: {error}.") from error
    finally:
        new.unlink(missing_ok=True)
    return file


def _copy(archive: Archive, new: Path, progress: Callable[[str, int, int], None] | None) -> None:
    target = sqlite3.connect(new, isolation_level=None)
    conn = archive.conn
    conn.execute("BEGIN")  # one snapshot: without it every commit would start the copy anew
    try:
        conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
        conn.backup(
            target,
            pages=_STEP,
            progress=lambda _, left, total: progress and progress("pages", total - left, total),
        )
        target.execute("PRAGMA journal_mode = DELETE")  # one file, without side files
        said = target.execute("PRAGMA quick_check(1)").fetchone()[0]
        if said != "ok":
            raise ArchiveError(
                f"{archive.path} is damaged ({said}), and so would be its copy. "
                "See what: scrapy verify."
            )
    finally:
        conn.execute("ROLLBACK")
        target.close()
