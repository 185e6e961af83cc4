from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archive import errata, takedowns, warc
from archive.db import Archive
from archive.errors import ArchiveError
from archive.release.pack import FILE, release
from archive.search.find import search
from archive.search.index import left, update
from archive.verify import verify
from tests.archive.site import country
from tests.archive.world import open_archive

NAME = "襄阳市财政局2023"


@pytest.fixture
def keys(tmp_path: Path) -> dict[str, str]:
    return country.build(tmp_path / "sandbox.db")


def taken_down(path: Path, key: str) -> None:
    with open_archive(path) as archive:
        takedowns.take_down(archive, key, reason="a court asked for it", asked_on="2026-01-31")


def test_nothing_that_is_given_away_has_it(keys: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "sandbox.db"
    with Archive.open(path, write=False, world=None) as archive:
        before = release(archive, tmp_path / "out")
        total = search(archive.conn, "秘密").total
    taken_down(path, keys[NAME])
    with open_archive(path) as archive:
        assert search(archive.conn, "秘密").total == total - 1
        assert (update(archive), left(archive)) == (0, 0)
        assert search(archive.conn, "秘密").total == total - 1
        warc.export(archive, tmp_path / "all.warc.gz")
        after = release(archive, tmp_path / "out", force=True)
        assert list(verify(archive)) == []  # the archive itself has lost nothing
    title = f"{NAME}年政府信息公开工作年度报告".encode()
    with (tmp_path / "all.warc.gz").open("rb") as stream:
        bodies = [
            record.content_stream().read()
            for record in ArchiveIterator(stream) if record.rec_type == "response"
        ]  # fmt: skip
    assert bodies and not any(title in body for body in bodies)
    assert title in (before.folder / "csv/reports.csv").read_bytes()
    for file in (*(after.folder / "csv").iterdir(), after.folder / FILE):
        assert title not in file.read_bytes(), file
    conn = sqlite3.connect(after.folder / FILE)
    assert conn.execute("SELECT report_key, reason FROM takedowns JOIN reports ON reports.id = "
                        "report_id").fetchall() == [(keys[NAME], "a court asked for it")]
    conn.close()
    changes = (after.folder / "CHANGELOG.md").read_text("utf-8")
    assert f"### Withdrawn: 1\n\n- {keys[NAME]}\n" in changes


def test_a_second_time_changes_nothing(keys: dict[str, str], tmp_path: Path) -> None:
    with open_archive(tmp_path / "sandbox.db") as archive:
        first = takedowns.take_down(archive, keys[NAME], reason="one", asked_on="2026-01-31")
        again = takedowns.take_down(archive, keys[NAME], reason="two", asked_on="2026-02-01")
        assert first == again == takedowns.find(archive.conn, keys[NAME])


def test_what_is_not_there_cannot_be_taken_down(tmp_path: Path) -> None:
    with open_archive(tmp_path / "sandbox.db") as archive, pytest.raises(ArchiveError, match="no"):
        takedowns.take_down(archive, "x:2023:own_body:1", reason="r", asked_on="2026-01-31")


def test_a_correction_stands_beside_what_was_read(keys: dict[str, str], tmp_path: Path) -> None:
    with open_archive(tmp_path / "sandbox.db") as archive:
        before = archive.conn.execute("SELECT * FROM panel ORDER BY report_id").fetchall()
        made = errata.add(
            archive, keys[NAME], path="t3_requests/granted/total", new_value="20",
            note="the body told us", author="a reader",
        )  # fmt: skip
        assert (made.old_value, made.new_value) == ("21", "20")
        assert errata.of_report(archive.conn, keys[NAME]) == [made]
        assert archive.conn.execute("SELECT * FROM panel ORDER BY report_id").fetchall() == before
        with pytest.raises(ArchiveError, match="no cell"):
            errata.add(archive, keys[NAME], path="x", new_value="1", note="n", author="a")
