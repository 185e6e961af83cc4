"""What is derived can be made anew from the bytes, at any time, and is never put in place half."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from archive import content, rebuilds
from archive.alterations import alterations
from archive.db import Archive
from archive.digest import content_digest
from archive.errors import ArchiveError
from archive.verify import verify
from crawler import rebuilding
from crawler.rebuilding import Outcome, Rebuilding, rebuild
from extract.read import read
from extract.record import Source
from tests.archive.world import HOST, Run, Task, one, open_archive
from tests.crawler.processes import environment

VERSIONS = "SELECT number, reason, content_sha256 FROM report_versions ORDER BY id"
PAGE = (Path(__file__).parents[1] / "data" / "report.html").read_bytes()


def nothing(what: str, done: int, total: int) -> None:
    """Progress that nobody looks at."""


@pytest.fixture
def file(copy_of: Path) -> Path:
    return copy_of / "sandbox.db"


def again(file: Path, **options: bool) -> Outcome:
    with Archive.open(file, world="sandbox") as archive:
        return rebuild(archive, jobs=1, timeout=60, progress=nothing, **options)


def scrapy_rebuild(file: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "rebuild", *words, "-s", f"ARCHIVE={file}"],
        cwd=file.parent, env=environment(), capture_output=True, text=True, check=False, timeout=300
    )  # fmt: skip


@pytest.fixture
def digest(file: Path) -> str:
    with Archive.open(file, write=False, world="sandbox") as archive:
        return content_digest(archive)


def read_otherwise(file: Path, statement: str) -> str:
    """Make an archive as an earlier reader would have left it; return the report's key."""
    with Archive.open(file, world="sandbox") as archive:
        version, key = archive.conn.execute(
            """SELECT current_version_id, report_key FROM reports WHERE is_primary = 1
            AND format = 'gbgkbh_2021_30' ORDER BY report_key LIMIT 1"""
        ).fetchone()
        archive.conn.execute(statement, [version])
        archive.conn.execute(
            "UPDATE report_versions SET content_sha256 = ?, extractor = '0' WHERE id = ?",
            [content.stored(archive, version), version],
        )
    return str(key)


NEW = "table_key = 't3_requests' AND row_key = 'new_received' AND column_key = 'natural_person'"


def test_the_same_reader_says_the_same(file: Path, digest: str) -> None:
    outcome = again(file)
    assert (outcome.differences, outcome.kept) == ((), None)
    assert outcome.documents > 100
    with Archive.open(file, write=False, world="sandbox") as archive:
        assert content_digest(archive) == digest
        assert list(verify(archive)) == []
        assert one(archive, "SELECT count(*) FROM rebuilds WHERE finished_at IS NOT NULL") == 1
        assert one(archive, "SELECT count(*) FROM report_versions WHERE rebuild_id = 1") == 0
    assert [path.name for path in file.parent.glob("*.rebuild*")] == []


def test_what_is_read_otherwise_is_a_version_of_our_own_making(file: Path, digest: str) -> None:
    key = read_otherwise(file, f"UPDATE cells SET raw = '7777', value = 7777 WHERE {NEW} "
                               "AND version_id = ?")  # fmt: skip
    outcome = again(file)
    (difference,) = outcome.differences
    assert difference.report_key == key
    assert len(difference.changed) == 1
    assert "7777 →" in difference.changed[0]
    with Archive.open(file, write=False, world="sandbox") as archive:
        (version,) = alterations(archive, reasons=("reextracted",))
        assert (version.report_key, version.number) == (key, 2)
        assert list(alterations(archive)) == [], "the body altered nothing"
        assert one(archive, "SELECT rebuild_id FROM report_versions WHERE number = 2") == 1
        assert {fault.code for fault in verify(archive)} == {"locator"}, "only what was planted"


def test_more_cells_are_better(file: Path) -> None:
    key = read_otherwise(file, f"DELETE FROM cells WHERE {NEW} AND version_id = ?")
    (difference,) = again(file).differences
    assert (difference.report_key, difference.verdict) == (key, "better")
    assert [len(difference.gained), len(difference.lost)] == [1, 0]


def test_a_worse_reading_does_not_take_the_place(file: Path) -> None:
    key = read_otherwise(
        file,
        """INSERT INTO cells SELECT version_id, table_key, row_key, 'a_further_column', occurrence,
        document_id, raw, value, missing, unit, unit_source, row_label, column_label, at
        FROM cells WHERE version_id = ? AND table_key = 't3_requests' AND missing IS NULL
        LIMIT 1""",
    )
    before = file.read_bytes()
    result = scrapy_rebuild(file)
    assert result.returncode == 3
    assert key in result.stdout
    assert "worse: 1" in result.stdout
    assert "scrapy rebuild --accept" in result.stderr
    assert file.read_bytes() == before
    result = scrapy_rebuild(file, "--accept")
    assert result.returncode == 0, result.stderr
    with Archive.open(file, write=False, world="sandbox") as archive:
        assert one(archive, "SELECT count(*) FROM cells WHERE column_key = 'a_further_column'") == 1
        assert one(archive, "SELECT max(number) FROM report_versions") == 2


def test_an_interrupted_rebuild_goes_on(
    file: Path, digest: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "_BATCH", 25)

    def interrupted(what: str, done: int, total: int) -> None:
        if what == "pages" and done > total / 2 and total < 1000:
            raise KeyboardInterrupt

    before = file.read_bytes()
    with Archive.open(file, world="sandbox") as archive, pytest.raises(KeyboardInterrupt):
        rebuild(archive, jobs=1, timeout=60, progress=interrupted)
    copy = file.with_name("sandbox.db.rebuild")
    with Archive.open(copy, write=False, world="sandbox") as half:
        done, read = half.conn.execute("SELECT fetch_id, documents FROM rebuilds").fetchone()
        assert done > 0
        assert read > 10
    assert file.read_bytes() == before
    outcome = again(file)
    assert outcome.documents > read
    with Archive.open(file, write=False, world="sandbox") as archive:
        assert content_digest(archive) == digest
        assert one(archive, "SELECT count(*) FROM rebuilds") == 1, "it went on"


def progress_of(file: Path) -> int:
    """How far a rebuild in another process has come: the last fetch that it kept."""
    copy = file.with_name("sandbox.db.rebuild")
    try:
        with closing(sqlite3.connect(copy.as_uri() + "?mode=ro", uri=True)) as conn:
            return int(conn.execute("SELECT fetch_id FROM rebuilds").fetchone()[0])
    except (sqlite3.Error, TypeError):
        return -1  # not there yet, or still being copied


def test_kills_at_any_moment(file: Path, digest: str) -> None:
    with Archive.open(file, write=False, world="sandbox") as archive:
        last = one(archive, "SELECT max(id) FROM fetches")
    reached = 0
    for wanted in (-1, 1, last // 3, 2 * last // 3):
        process = subprocess.Popen(
            [sys.executable, "-c", "from crawler import rebuilding; rebuilding._BATCH = 10; "
             "from scrapy.cmdline import execute; "
             f"execute(['scrapy', 'rebuild', '-s', 'ARCHIVE={file}'])"],
            cwd=file.parent, env=environment(), stdout=subprocess.DEVNULL,
        )  # fmt: skip
        while progress_of(file) < wanted and process.poll() is None:
            pass
        reached = max(reached, progress_of(file))
        process.kill()
        process.wait()
        with Archive.open(file, world="sandbox") as archive:
            assert content_digest(archive) == digest
    assert reached > last / 2
    again(file)
    with Archive.open(file, write=False, world="sandbox") as archive:
        assert content_digest(archive) == digest
        assert list(verify(archive)) == []
        assert one(archive, "SELECT count(*) FROM rebuilds") == 1


def test_a_copy_of_another_state_is_thrown_away(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "_BATCH", 25)

    def interrupted(what: str, done: int, total: int) -> None:
        if what == "pages" and done > 40:
            raise KeyboardInterrupt

    with Archive.open(file, world="sandbox") as archive:
        with pytest.raises(KeyboardInterrupt):
            rebuild(archive, jobs=1, timeout=60, progress=interrupted)
        archive.conn.execute("INSERT INTO crawls (campaign, spider, arguments, started_at) "
                             "VALUES (9, 'gov_reports', '{}', '2026-01-01')")  # fmt: skip
    again(file)
    with Archive.open(file, write=False, world="sandbox") as archive:
        assert one(archive, "SELECT count(*) FROM crawls WHERE campaign = 9") == 1


def test_the_place_is_not_taken_while_others_read(file: Path, digest: str) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM reports").fetchone()
    with pytest.raises(ArchiveError, match="Another program has"):
        again(file)
    assert other.execute("SELECT count(*) FROM rebuilds").fetchone() == (0,)
    other.close()
    again(file)
    with Archive.open(file, write=False, world="sandbox") as archive:
        assert content_digest(archive) == digest
        assert one(archive, "SELECT count(*) FROM rebuilds") == 1


@pytest.fixture
def waiting(tmp_path: Path) -> Iterator[Archive]:
    """An archive with one page whose bytes are kept and which nobody read yet."""
    with open_archive(tmp_path / "sandbox.db") as archive:
        run = Run(archive)
        entry = run.entry(Task(f"http://{HOST}/1.html", args={"column": f"http://{HOST}/gknb/"}))
        run.fetch(entry, "ok", PAGE)
        yield archive


def test_what_waits_is_read_in_place(waiting: Archive) -> None:
    assert len(rebuilds.waiting(waiting)) == 1
    assert asyncio.run(Rebuilding(waiting, 1, 60, nothing).waiting()) == 1
    assert one(waiting, "SELECT count(*) FROM reports WHERE year = 2024") == 1
    assert one(waiting, "SELECT state FROM frontier") == "done"
    assert rebuilds.waiting(waiting) == []
    assert asyncio.run(Rebuilding(waiting, 1, 60, nothing).waiting()) == 0


def test_documents_of_older_versions_stay_as_they_were_read(tmp_path: Path) -> None:
    url = f"http://{HOST}/1.html"
    later = PAGE.replace("有序开展".encode(), "稳步开展".encode())
    with open_archive(tmp_path / "sandbox.db") as archive:
        for day, data in (("2025-02-01", PAGE), ("2025-03-01", later)):
            run = Run(archive, day)
            run.article(url, read(data, Source(url=url)), data=data)
            run.finish()
        before = archive.conn.execute(VERSIONS).fetchall()
        assert [row[:2] for row in before] == [(1, "first"), (2, "revised")]
        outcome = rebuild(archive, jobs=1, timeout=60, progress=nothing)
    assert outcome.documents == 1, "only what is current is read again"
    with Archive.open(tmp_path / "sandbox.db", write=False, world="sandbox") as archive:
        assert archive.conn.execute(VERSIONS).fetchall() == before
