"""Open, create and migrate an archive."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

import sqlite_utils

from archive import codebook, schema, sectors
from archive.errors import ArchiveError, ArchiveFailed, NewerArchive, NotAnArchive, WrongWorld
from archive.faults import failure_of
from archive.lock import WriterLock

World = Literal["real", "sandbox"]

#: "GRep" as a big-endian number: what ``file`` and SQLite see in the header of an archive.
APPLICATION_ID = 0x47526570

_BUSY_SECONDS = 30.0


class Archive:
    """An open archive. Use :meth:`open`; as a context manager it closes itself.

    Attributes:
        path: The file.
        conn: The plain connection (tuples, explicit transactions).
        db: The same connection for sqlite-utils.
        writable: Whether this object may write.
        failure: Why nothing more can be written; None as long as the disk does its work.
        rebuild_id: The rebuild whose versions are being made; None outside of one.
        numbers: Numbers of what many rows share, as far as they were asked for; they are forgotten
            when a block is undone, which may undo them too.
        on_failure: Called once, with the failure, so that a crawl can end in order.
    """

    def __init__(self, path: Path, conn: sqlite3.Connection, lock: WriterLock | None) -> None:
        self.path = path
        self.conn = conn
        self.db = sqlite_utils.Database(conn)
        self.writable = lock is not None
        self.failure: ArchiveFailed | None = None
        self.rebuild_id: int | None = None
        self.numbers: dict[tuple[Any, ...], Any] = {}
        self.on_failure: Callable[[ArchiveFailed], object] | None = None
        self._lock = lock

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        write: bool = True,
        world: World | None = "real",
        create: bool = True,
    ) -> Archive:
        """Open the archive at ``path``; migrate an older one when it is opened for writing.

        Args:
            path: The file. It is created when missing, if ``write`` and ``create`` say so.
            write: Take the writer's lock. Readers need no lock and see the last commit.
            world: The world the caller lives in; None accepts either (readers that only show).
            create: Whether a missing file may be made.

        Returns:
            The open archive.

        Raises:
            NotAnArchive: The file is no database, an empty one, or of another program.
            NewerArchive: The file has migrations that this version does not know.
            ArchiveLocked: Another process writes.
            WrongWorld: A sandbox archive for a real crawl, or the reverse.
            ArchiveError: Anything else that hinders: no such file or folder, no permission.
        """
        file = Path(path)
        if file.is_dir():
            raise ArchiveError(f"{file} is a folder. Name a file in it, such as gov_reports.db.")
        if not file.parent.is_dir():
            raise ArchiveError(f"The folder {file.parent} does not exist. Make it first.")
        if not file.exists() and not (write and create):
            raise ArchiveError(
                f"There is no archive at {file}. A crawl makes one: scrapy crawl gov_reports."
            )
        if write and file.exists() and not os.access(file, os.W_OK):
            raise ArchiveError(
                f"{file} may be read but not written. Allow it (chmod u+w), or choose another file."
            )
        if write and not os.access(file.parent, os.W_OK):
            raise ArchiveError(
                f"Cannot write in the folder {file.parent}. Choose a folder that may be written to."
            )
        lock = WriterLock(file) if write else None
        try:
            if not file.exists():
                _create(file, world or "real")
            conn = _connect(file, write=write)
            try:
                _check(conn, file, world)
                if write:
                    _refuse_release(conn, file)
                    conn.execute("PRAGMA journal_mode = WAL")
                    _migrate(conn)
                else:
                    _refuse_older(conn, file)
            except BaseException:
                conn.close()
                raise
        except sqlite3.Error as error:
            if lock is not None:
                lock.release()
            cannot = ArchiveError(f"{file} cannot be used: {error}.")
            raise failure_of(error, file) or cannot from error
        except BaseException:
            if lock is not None:
                lock.release()
            raise
        return cls(file, conn, lock)

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """Return a context in which all writes are kept together or not at all.

        A block inside another joins it: nothing is committed before the outermost ends. An
        exception undoes the block it leaves.

        Raises:
            ArchiveFailed: The disk refused, now or in an earlier block; nothing is tried again.
        """
        if self.failure is not None:
            raise ArchiveFailed(str(self.failure))
        try:
            with self.db.atomic():
                yield
        except BaseException as error:
            self.numbers.clear()
            if not isinstance(error, sqlite3.Error):
                raise
            failure = failure_of(error, self.path)
            if failure is None:
                raise
            self.failure = failure
            if self.on_failure is not None:
                self.on_failure(failure)
            raise failure from error

    def meta(self, key: str) -> str | None:
        """Return one entry of ``archive_meta``, such as ``world``."""
        return _meta(self.conn, key)

    def close(self) -> None:
        """Close the connection, then give back the writer's lock."""
        self.conn.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _connect(file: Path, *, write: bool) -> sqlite3.Connection:
    uri = file.resolve().as_uri()
    conn = sqlite3.connect(
        f"{uri}?mode={'rw' if write else 'ro'}",
        uri=True,
        timeout=_BUSY_SECONDS,
        isolation_level=None,
    )
    try:
        conn.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.DatabaseError as error:
        conn.close()
        if write or not isinstance(error, sqlite3.OperationalError):
            raise _not_a_database(file, error) from error
        # A reader who may not write in the folder cannot make the side files of WAL mode. When
        # no writer left any, the file is complete in itself.
        if file.with_name(file.name + "-wal").exists():
            raise
        conn = sqlite3.connect(f"{uri}?immutable=1", uri=True, isolation_level=None)
    conn.execute("PRAGMA foreign_keys = ON")
    conn.execute("PRAGMA synchronous = NORMAL")
    return conn


def _not_a_database(file: Path, error: sqlite3.DatabaseError) -> ArchiveError:
    if "not a database" in str(error):
        return NotAnArchive(f"{file} is not an SQLite database. Choose another file name.")
    return ArchiveError(f"{file} cannot be used: {error}.")


def _create(file: Path, world: World) -> None:
    """Make a new archive beside the name and rename it: no half-made file ever has the name."""
    new = file.with_name(file.name + ".new")
    new.unlink(missing_ok=True)  # left by a process that died here; the lock is ours
    conn = sqlite3.connect(new, isolation_level=None)
    try:
        conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        with sqlite_utils.Database(conn).atomic():
            schema.apply(conn)
            conn.execute("INSERT INTO archive_meta (key, value) VALUES ('world', ?)", [world])
    finally:
        conn.close()
    new.rename(file)


def _check(conn: sqlite3.Connection, file: Path, world: World | None) -> None:
    application_id = conn.execute("PRAGMA application_id").fetchone()[0]
    if application_id != APPLICATION_ID:
        what = "an empty file" if file.stat().st_size == 0 else "a database of another program"
        raise NotAnArchive(
            f"{file} is {what}, not an archive of this project. Choose another file name."
        )
    unknown = schema.unknown(conn)
    if unknown:
        raise NewerArchive(
            f"{file} was written by a later version of this project (it has {unknown[-1]}). "
            "Install that version, or choose another file name."
        )
    found = _meta(conn, "world")
    if world is not None and found != world:
        raise WrongWorld(
            f"{file} belongs to the {found} world, and this run to the {world} world. Generated "
            "and real reports are never kept in one file: choose another file name."
        )


def _migrate(conn: sqlite3.Connection) -> None:
    with sqlite_utils.Database(conn).atomic():
        is_older = bool(schema.pending(conn))
        if is_older:
            schema.apply(conn)
        codebook.sync(conn)
        sectors.sync(conn)
    if is_older:
        _shrink(conn)


def _shrink(conn: sqlite3.Connection) -> None:
    """Give back the room that a migration left empty, if it is much and the disk has room."""
    pages, free = (
        conn.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count")
    )
    if free > pages / 4:
        with suppress(sqlite3.OperationalError):  # the file is good as it is
            conn.execute("VACUUM")


def _refuse_release(conn: sqlite3.Connection, file: Path) -> None:
    release = _meta(conn, "release")
    if release is not None:
        raise ArchiveError(
            f"{file} is release {release}, a public copy without the pages it was read from. "
            "It is never written to: name the archive that it was made from."
        )


def _refuse_older(conn: sqlite3.Connection, file: Path) -> None:
    if schema.pending(conn):
        raise ArchiveError(
            f"{file} was written by an earlier version of this project. The next crawl brings it "
            "up to date; nothing is lost."
        )


def _meta(conn: sqlite3.Connection, key: str) -> str | None:
    row = conn.execute("SELECT value FROM archive_meta WHERE key = ?", [key]).fetchone()
    return None if row is None else str(row[0])
