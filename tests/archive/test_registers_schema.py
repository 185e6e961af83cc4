"""An archive from before the registers takes them in and loses nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from archive import coverage, portals, schema
from archive.db import APPLICATION_ID, Archive
from tests.archive.test_places import CHANGES, DIVISIONS, PORTALS
from tests.archive.world import one, rows


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """An archive with today's divisions only, and two bodies without a sector."""
    path = tmp_path / "old.db"
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    schema.apply(conn, stop_before="m0006_registers")
    conn.execute("INSERT INTO archive_meta VALUES ('world', 'real')")
    conn.executemany(
        "INSERT INTO divisions (code, name, level, parent) VALUES (?, ?, ?, ?)",
        [("431100", "永州市", "prefecture", None), ("431181", "祁阳市", "county", "431100")],
    )
    conn.executemany(
        """INSERT INTO publishers
        (id, key, name, org_type, admin_level, division_code, register_source)
        VALUES (?, ?, ?, ?, 'county', '431181', 'register')""",
        [(1, "431181/人民政府", "祁阳市人民政府", "government"),
         (2, "431181/财政局", "祁阳市财政局", "department")],
    )  # fmt: skip
    conn.execute("INSERT INTO publisher_names VALUES (2, '市财政局', 'title')")
    conn.execute("INSERT INTO coverage VALUES (2, 2020, 'not_looked', NULL, '2024-01-01', '')")
    conn.close()
    return path


def test_it_is_migrated_with_all_it_has(older: Path) -> None:
    with Archive.open(older) as archive:
        assert rows(archive, "SELECT code, name, valid_from, valid_to FROM divisions") == [
            ("431100", "永州市", 2007, None),
            ("431181", "祁阳市", 2007, None),
        ]
        assert rows(archive, "SELECT * FROM publisher_names") == [
            (2, "市财政局", "title", None, None)
        ]
        assert rows(archive, "SELECT key, sector FROM publishers ORDER BY id") == [
            ("431181/人民政府", "general"),
            ("431181/财政局", "finance"),
        ]
        assert one(archive, "PRAGMA integrity_check") == "ok"
        assert rows(archive, "PRAGMA foreign_key_check") == []


def test_the_next_crawl_gives_it_the_years_of_its_divisions(older: Path) -> None:
    with Archive.open(older) as archive:
        portals.register(archive, PORTALS, DIVISIONS, CHANGES)
        assert rows(
            archive, "SELECT valid_from, valid_to FROM divisions WHERE code = '431181'"
        ) == [(2021, None)]
        coverage.update(archive, [2020, 2021], "2024-06-30")
        assert rows(
            archive, "SELECT key, year FROM coverage JOIN publishers ON id = publisher_id "
            "WHERE division_code = '431181' ORDER BY 1"
        ) == [("431181/人民政府", 2021), ("431181/财政局", 2021)]  # fmt: skip


def test_the_lookups_of_the_registers_use_an_index(older: Path) -> None:
    with Archive.open(older) as archive:
        for sql in (
            "SELECT * FROM divisions WHERE code = '1' ORDER BY valid_from DESC",
            "SELECT * FROM divisions WHERE parent = '1'",
            "SELECT * FROM division_changes WHERE code = '1' AND name = 'a'",
            "SELECT * FROM division_changes WHERE to_code = '1'",
            "SELECT * FROM publisher_relations WHERE publisher_id = 1",
            "SELECT * FROM publishers WHERE division_code = '1'",
        ):
            plan = rows(archive, f"EXPLAIN QUERY PLAN {sql}")
            assert len(plan) == 1 and plan[0][3].startswith("SEARCH"), (sql, plan)
