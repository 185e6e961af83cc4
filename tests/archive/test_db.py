from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from archive import crawls, lock, schema
from archive.db import APPLICATION_ID, Archive
from archive.errors import ArchiveError, ArchiveLocked, NewerArchive, NotAnArchive, WrongWorld
from tests.archive.world import one, open_archive

ROOT = Path(__file__).parents[2]


def test_a_new_archive(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    with Archive.open(path) as archive:
        assert one(archive, "PRAGMA journal_mode") == "wal"
        assert one(archive, "PRAGMA synchronous") == 1
        assert one(archive, "PRAGMA foreign_keys") == 1
        assert one(archive, "PRAGMA application_id") == APPLICATION_ID
        assert archive.meta("world") == "real"
        assert archive.meta("nothing") is None
    assert sorted(item.name for item in tmp_path.iterdir()) == ["new.db", "new.db.lock"]


def test_it_never_makes_a_file_unasked(tmp_path: Path) -> None:
    for options in ({"write": False}, {"create": False}):
        with pytest.raises(ArchiveError, match="no archive at"):
            Archive.open(tmp_path / "none.db", **options)  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("write", [True, False])
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "an empty file"),
        (b"<html>no database</html>" * 100, "not an SQLite database"),
        (b"short", "not an SQLite database"),
    ],
)
def test_files_that_are_no_archive(tmp_path: Path, content: bytes, says: str, write: bool) -> None:
    path = tmp_path / "file.db"
    path.write_bytes(content)
    with pytest.raises(NotAnArchive, match=says):
        Archive.open(path, write=write)
    assert path.read_bytes() == content


def test_a_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as conn:
        conn.execute("CREATE TABLE reports (id)")
    conn.close()
    before = path.read_bytes()
    with pytest.raises(NotAnArchive, match="another program"):
        Archive.open(path)
    assert path.read_bytes() == before


def test_folders(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="is a folder"):
        Archive.open(tmp_path)
    with pytest.raises(ArchiveError, match="does not exist"):
        Archive.open(tmp_path / "none" / "a.db")


def test_a_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(lock.os, "open", refuse)
    with pytest.raises(ArchiveError, match="Permission denied.*may be written to"):
        Archive.open(tmp_path / "a.db")


def test_worlds_never_mix(tmp_path: Path) -> None:
    for made, asked in (("real", "sandbox"), ("sandbox", "real")):
        path = tmp_path / f"{made}.db"
        Archive.open(path, world=made).close()  # type: ignore[arg-type]
        for write in (True, False):
            with pytest.raises(WrongWorld, match=f"{made} world, and this run to the {asked}"):
                Archive.open(path, world=asked, write=write)  # type: ignore[arg-type]
        Archive.open(path, world=None, write=False).close()
        Archive.open(path, world=made).close()  # type: ignore[arg-type]  # the lock is free again


def test_a_newer_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Archive.open(path) as archive:
        archive.conn.execute(
            """INSERT INTO _sqlite_migrations (migration_set, name, applied_at)
            VALUES ('gov_reports', 'm9999_future', '')"""
        )
    for write in (True, False):
        with pytest.raises(NewerArchive, match="m9999_future"):
            Archive.open(path, write=write)


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """An archive as the first migration left it, with a crawl in it."""
    path = tmp_path / "old.db"
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    schema.apply(conn, stop_before="m0002_records")
    conn.execute("INSERT INTO archive_meta VALUES ('world', 'real')")
    conn.execute(
        """INSERT INTO crawls (campaign, spider, arguments, started_at)
        VALUES (1, 'gov_reports', '{}', '2024-01-01T00:00:00.000Z')"""
    )
    conn.execute("INSERT INTO payloads VALUES (?, 1, 'zstd', x'00')", ["0" * 64])
    conn.close()
    return path


def test_an_older_archive_is_migrated_without_loss(older: Path) -> None:
    with pytest.raises(ArchiveError, match="earlier version"):
        Archive.open(older, write=False)
    with Archive.open(older) as archive:
        assert not schema.pending(archive.conn)
        assert one(archive, "SELECT spider FROM crawls") == "gov_reports"
        assert one(archive, "SELECT count(*) FROM payloads") == 1
        assert one(archive, "SELECT count(*) FROM panel") == 0
        assert one(archive, "SELECT count(*) FROM codebook WHERE kind = 'variable'") > 400
    Archive.open(older, write=False).close()


KILLED_MIGRATION = """
import os, signal, sys
from archive import db
connect, left = db._connect, int(sys.argv[2])
def count(statement):
    global left
    left -= statement.lstrip().upper().startswith(("CREATE", "ALTER", "INSERT", "COMMIT"))
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
def traced(*given, **options):
    conn = connect(*given, **options)
    conn.set_trace_callback(count)
    return conn
db._connect = traced
db.Archive.open(sys.argv[1])
"""


@pytest.mark.parametrize("statements", [1, 20, 48])
def test_a_killed_migration_leaves_the_old_file(older: Path, statements: int) -> None:
    """Killed before its first, within its second, within its third module."""
    with sqlite3.connect(older) as conn:
        before = list(conn.iterdump())
    conn.close()
    script = [sys.executable, "-c", KILLED_MIGRATION, older, str(statements)]
    died = subprocess.run(script, cwd=ROOT, check=False)
    assert died.returncode == -signal.SIGKILL
    with sqlite3.connect(older) as conn:
        assert list(conn.iterdump()) == before
        assert schema.pending(conn)[0] == "m0002_records"
    conn.close()
    with Archive.open(older) as archive:
        assert schema.pending(archive.conn) == []
        assert one(archive, "SELECT spider FROM crawls") == "gov_reports"
        assert one(archive, "SELECT count(*) FROM codebook WHERE kind = 'variable'") > 400


def test_a_killed_creation_leaves_no_half_made_file(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.with_name("a.db.new").write_bytes(b"half")
    Archive.open(path).close()
    assert not path.with_name("a.db.new").exists()


def test_a_second_writer_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with Archive.open(path):
        with pytest.raises(ArchiveLocked, match=f"process {os.getpid()}"):
            Archive.open(path)
        script = f"from archive.db import Archive; Archive.open({str(path)!r})"
        other = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert other.returncode == 1
        assert f"ArchiveLocked: {path} is being written by process {os.getpid()}" in other.stderr
    Archive.open(path).close()


def test_a_forked_worker_does_not_keep_the_lock(tmp_path: Path) -> None:
    """Worker processes outlive a killed parent; the archive must be free all the same."""
    path = tmp_path / "a.db"
    script = f"""
import os, sys
from archive.db import Archive
Archive.open({str(path)!r})
ready, tell = os.pipe()
if os.fork() == 0:
    os.write(tell, b".")
    sys.stdin.read()  # the worker waits for the end of the test
    os._exit(0)
os.read(ready, 1)
os.kill(os.getpid(), 9)
"""
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdin=subprocess.PIPE) as died:
        assert died.wait() == -signal.SIGKILL
        Archive.open(path).close()


def test_readers_read_while_a_writer_works(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with open_archive(path) as writer, Archive.open(path, write=False, world=None) as reader:
        with writer.atomic():
            crawls.begin(writer, spider="a", arguments={})
            assert one(reader, "SELECT count(*) FROM crawls") == 0
        assert one(reader, "SELECT count(*) FROM crawls") == 1
        assert not reader.writable
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader.conn.execute("DELETE FROM crawls")


def test_an_inner_block_joins_the_outer_one(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db") as archive:
        with pytest.raises(KeyError), archive.atomic():
            crawls.begin(archive, spider="a", arguments={})
            raise KeyError
        assert one(archive, "SELECT count(*) FROM crawls") == 0


KILLED_WRITER = """
import os, sys
from pathlib import Path
from tests.archive.world import Run, open_archive, reading
archive = open_archive(Path(sys.argv[1]))
run = Run(archive)
run.article("http://www.city.gov.cn/1.html")
with archive.atomic():
    run.article("http://www.city.gov.cn/2.html", [reading(year=2022)])
    print("inside", flush=True)
    sys.stdin.read()
"""


def test_kill_9_inside_a_transaction(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with subprocess.Popen(
        [sys.executable, "-c", KILLED_WRITER, path],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"inside\n"
        with pytest.raises(ArchiveLocked, match=f"process {writer.pid}"):
            Archive.open(path, world="sandbox")
        writer.kill()
    with Archive.open(path, world="sandbox") as archive:
        assert one(archive, "PRAGMA integrity_check") == "ok"
        assert not archive.conn.execute("PRAGMA foreign_key_check").fetchall()
        assert one(archive, "SELECT count(*) FROM reports") == 1
        assert one(archive, "SELECT count(*) FROM panel") == 1
        assert one(archive, "SELECT count(*) FROM frontier WHERE state = 'done'") == 1
        assert one(archive, "SELECT count(*) FROM frontier") == 1
