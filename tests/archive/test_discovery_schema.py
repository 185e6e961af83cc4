"""The role of pages that were only looked at to find the way."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from archive import schema
from archive.db import APPLICATION_ID, Archive
from tests.archive.world import one

ROW = """INSERT INTO frontier (campaign, portal, role, url, args, address, added_at)
    VALUES (1, 'www.a.gov.cn', ?, 'http://www.a.gov.cn/', '{}', 'a.gov.cn/', '2026')"""


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """An archive without the role, with a page that was fetched and a note about it."""
    path = tmp_path / "old.db"
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    schema.apply(conn, stop_before="m0005_discovery")
    conn.execute("INSERT INTO archive_meta VALUES ('world', 'real')")
    conn.execute(ROW, ["column"])
    conn.execute(
        """INSERT INTO fetches (portal, url, host, fetched_at, outcome, frontier_id, address)
        VALUES ('www.a.gov.cn', 'http://www.a.gov.cn/', 'www.a.gov.cn', '2026', 'ok', 1, 'a')"""
    )
    conn.execute("INSERT INTO notes VALUES (1, 1, 'www.a.gov.cn', NULL, 1, 'jump', '')")
    conn.close()
    return path


def test_an_older_frontier_takes_the_new_role_and_keeps_its_rows(older: Path) -> None:
    with Archive.open(older) as archive:
        archive.conn.execute(ROW, ["explore"])
        with pytest.raises(sqlite3.IntegrityError, match="CHECK constraint"):
            archive.conn.execute(ROW, ["wandering"])
        assert one(archive, "PRAGMA integrity_check") == "ok"
        assert archive.conn.execute("PRAGMA foreign_key_check").fetchall() == []
        assert one(archive, "SELECT count(*) FROM frontier") == 2
        assert one(archive, "PRAGMA writable_schema") == 0
    with Archive.open(older) as archive:
        archive.conn.execute(ROW.replace("VALUES (1", "VALUES (2"), ["explore"])
