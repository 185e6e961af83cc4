"""A backup is whole whatever happens meanwhile, and never takes the place of another file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from archive.backup import backup
from archive.db import Archive
from archive.digest import content_digest
from archive.errors import ArchiveError
from tests.archive.world import HOST, Run, one


@pytest.fixture
def filled(archive: Archive) -> Archive:
    run = Run(archive)
    for number in range(30):
        run.article(
            f"http://{HOST}/gknb/{number}.html", data=bytes(range(256)) * 40 + b"%d" % number
        )
    return archive


def test_a_copy_says_the_same(filled: Archive, tmp_path: Path) -> None:
    copied: list[tuple[int, int]] = []
    file = backup(filled, tmp_path / "copy.db", lambda _, done, of: copied.append((done, of)))
    with Archive.open(file, write=False, world="sandbox") as copy:
        assert content_digest(copy) == content_digest(filled)
        assert one(copy, "SELECT count(*) FROM payloads") == 30
    assert copied[-1][0] == copied[-1][1] > 0
    assert sorted(path.name for path in tmp_path.glob("copy*")) == ["copy.db"]


def test_what_is_written_meanwhile_is_not_in_it(
    filled: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.backup._STEP", 4)
    writes = iter(range(1000, 1010))

    def write(*_: object) -> None:
        if (number := next(writes, None)) is not None:
            with sqlite3.connect(filled.path) as other:
                other.execute("INSERT INTO archive_meta VALUES (?, 'x')", [f"later{number}"])
            other.close()

    with Archive.open(filled.path, write=False, world="sandbox") as reader:
        file = backup(reader, tmp_path / "copy.db", write)
    assert one(filled, "SELECT count(*) FROM archive_meta WHERE key LIKE 'later%'") == 10
    with Archive.open(file, write=False, world="sandbox") as copy:
        assert one(copy, "SELECT count(*) FROM archive_meta WHERE key LIKE 'later%'") == 0
        assert one(copy, "SELECT count(*) FROM reports") == 30


def test_no_file_is_replaced_and_no_half_made_one_is_left(filled: Archive, tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    there.write_bytes(b"precious")
    with pytest.raises(ArchiveError, match=r"there\.db exists"):
        backup(filled, there)
    assert there.read_bytes() == b"precious"
    with pytest.raises(ArchiveError, match="Make it first"):
        backup(filled, tmp_path / "nowhere" / "copy.db")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backup(filled, tmp_path / "copy.db", interrupted)
    assert list(tmp_path.glob("copy*")) == []
    assert filled.conn.in_transaction is False


def test_a_damaged_archive_is_not_passed_on(filled: Archive, tmp_path: Path) -> None:
    size = one(filled, "PRAGMA page_size")
    root = one(filled, "SELECT rootpage FROM sqlite_master WHERE name = 'fetches_payload'")
    filled.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with filled.path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * 64)
    with (
        Archive.open(filled.path, write=False, world="sandbox") as damaged,
        pytest.raises(ArchiveError, match="scrapy verify"),
    ):
        backup(damaged, tmp_path / "copy.db")
    assert list(tmp_path.glob("copy*")) == []
