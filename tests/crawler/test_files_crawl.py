"""Reports that are files: found wherever pages hide them, read, kept once, and made anew alike."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from archive.address import address
from archive.db import Archive
from archive.digest import content_digest
from archive.verify import verify
from crawler.rebuilding import rebuild
from crawler.sandbox.world import World
from tests.crawler.conftest import crawled_once
from tests.crawler.processes import COMMAND, SANDBOX, column, crawl, environment, opened

HOSTS = ("www.qy.gov.cn", "www.xiangyang.gov.cn", "sjj.xiangyang.gov.cn")
FILES = ["-s", "SANDBOX_FILES=quick"]
PORTALS = ["-a", f"portals={','.join(HOSTS)}"]


@cache
def dressed() -> list[dict[str, Any]]:
    """Return the truth of the reports that are no plain pages, at the portals crawled here."""
    reports = World(1, "small", files="quick").truth()["reports"]
    return [one for one in reports if one["host"] in HOSTS and "guise" in one]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return crawled_once(tmp_path_factory, "files_run", *FILES, *PORTALS)


def cells(archive: Archive, url: str) -> dict[tuple[str, str, str], tuple[str | None, str | None]]:
    rows = archive.conn.execute(
        """SELECT table_key, row_key, column_key, raw, missing FROM cells
        JOIN reports ON current_version_id = version_id WHERE reports.address = ?""",
        [address(url)],
    )
    return {row[:3]: (row[3] or None, row[4]) for row in rows}


def printed(report: dict[str, Any]) -> dict[tuple[str, str, str], str | None]:
    return {
        (table, row, key): text
        for table, rows in report["tables"].items()
        for row, columns in rows.items()
        for key, text in columns.items()
    }


def test_the_world_has_every_guise_and_many_ways() -> None:
    assert {one["guise"] for one in dressed()} == {
        "file", "twin", "disagreeing", "split", "hostile",
    }  # fmt: skip
    assert len({file["way"] for one in dressed() for file in one["files"]}) >= 8


def test_every_cell_is_read_and_one_conflict_is_one(folder: Path) -> None:
    assert (folder / "code").read_text() == "0", (folder / "err").read_text()
    with opened(folder) as archive:
        for report in dressed():
            if report["guise"] == "hostile":
                continue
            found = cells(archive, report["url"])
            wanted = printed(report)
            assert {place: found[place][0] for place in wanted} == wanted, report["url"]
            conflicts = [place for place, (_, missing) in found.items() if missing == "conflict"]
            assert conflicts == ([report["conflict"]] if "conflict" in report else [])
        assert column(archive, "SELECT DISTINCT reason FROM report_versions") == ["first"]
        assert list(verify(archive)) == []


def test_what_cannot_be_read_is_kept_and_says_why(folder: Path) -> None:
    with opened(folder) as archive:
        for report in dressed():
            if report["guise"] != "hostile":
                continue
            kind, version = archive.conn.execute(
                "SELECT kind, current_version_id FROM reports WHERE address = ?",
                [address(report["url"])],
            ).fetchone()
            said = column(archive, "SELECT code FROM issues WHERE version_id = ?", version)
            assert (kind, report["unread"] in said) == ("attachment_only", True)
            status, detail = archive.conn.execute(
                """SELECT status, detail FROM coverage JOIN reports USING (publisher_id, year)
                WHERE reports.address = ?""",
                [address(report["url"])],
            ).fetchone()
            assert status == "found_unread"
            assert report["unread"] in detail


def test_a_second_crawl_fetches_no_file_and_a_rebuild_says_the_same(
    folder: Path, tmp_path: Path
) -> None:
    shutil.copy(folder / "sandbox.db", tmp_path)
    with opened(tmp_path) as archive:
        before = content_digest(archive)
    assert crawl(tmp_path, *FILES, *PORTALS).returncode == 0
    with opened(tmp_path) as archive:
        again = "SELECT count(*) FROM frontier WHERE role = 'attachment' AND campaign > 1"
        assert column(archive, again) == [0]
        assert content_digest(archive) == before
    with Archive.open(tmp_path / "sandbox.db", world="sandbox") as archive:
        rebuild(archive, jobs=2, timeout=60, progress=lambda *_: None)
    with opened(tmp_path) as archive:
        assert content_digest(archive) == before


def test_kills_while_files_are_read_lose_and_double_nothing(folder: Path, tmp_path: Path) -> None:
    command = [*COMMAND, *SANDBOX, *FILES, *PORTALS]
    for done in (1, 6):
        with subprocess.Popen(
            command, cwd=tmp_path, env=environment(), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:  # fmt: skip
            while process.poll() is None and files_done(tmp_path / "sandbox.db") < done:
                time.sleep(0.02)
            process.kill()
        assert process.returncode != 0, "the crawl ended before it was killed"
    assert crawl(tmp_path, *FILES, *PORTALS).returncode == 0
    with opened(folder) as undisturbed, opened(tmp_path) as archive:
        assert content_digest(archive) == content_digest(undisturbed)
        twice = """SELECT url FROM fetches WHERE outcome = 'ok' AND frontier_id NOT NULL
            GROUP BY frontier_id HAVING count(*) > 1"""
        assert column(archive, twice) == []


def files_done(file: Path) -> int:
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as conn:
            sql = "SELECT count(*) FROM frontier WHERE role = 'attachment' AND state = 'done'"
            return int(conn.execute(sql).fetchone()[0])
    except sqlite3.OperationalError:
        return 0  # not there yet


def test_without_a_package_a_file_waits_until_it_is_there(tmp_path: Path) -> None:
    lacking = tmp_path / "lacking" / "pdfplumber"
    lacking.mkdir(parents=True)
    (lacking / "__init__.py").write_text(
        "raise ModuleNotFoundError('No module named pdfplumber', name='pdfplumber')"
    )
    every = World(1, "small", files="quick").truth()["reports"]
    report = next(
        one for one in every if one.get("guise") == "file" and one["files"][0]["kind"] == "pdf"
    )
    where = [*SANDBOX, *FILES, "-a", f"portals={report['host']}", "-a", f"years={report['year']}"]
    without = environment() | {"PYTHONPATH": f"{lacking.parent}:{environment()['PYTHONPATH']}"}
    subprocess.run([*COMMAND, *where], cwd=tmp_path, env=without, check=True, capture_output=True)
    with opened(tmp_path) as archive:
        said = "SELECT detail FROM issues WHERE code = 'needs_extra' AND version_id NOT NULL"
        assert any("pip install" in detail for detail in column(archive, said))
        assert cells(archive, report["url"]) == {}
    subprocess.run(
        [sys.executable, "-m", "scrapy", "rebuild", "--pending", "-s", "ARCHIVE=sandbox.db"],
        cwd=tmp_path, env=environment(), check=True, capture_output=True,
    )  # fmt: skip
    with opened(tmp_path) as archive:
        found = cells(archive, report["url"])
        assert {place: found[place][0] for place in printed(report)} == printed(report)
        assert set(column(archive, "SELECT reason FROM report_versions")) == {"first", "recovered"}
