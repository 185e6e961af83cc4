"""Cells and checks take little room, and the views say what the tables of their names said."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from archive import schema
from archive.db import APPLICATION_ID, Archive
from archive.digest import content_digest
from extract import formats
from extract.read import read
from extract.record import Cell, Check, Record, Source
from tests.archive.test_schema import PUBLIC
from tests.archive.world import HOST, Run, number, one, open_archive, reading, rows

PAGE = (Path(__file__).parents[1] / "data" / "report.html").read_bytes()
URL = f"http://{HOST}/gknb/1.html"

CELLS, CHECKS = (", ".join(PUBLIC[name].split()) for name in ("cells", "checks"))
ALL_CELLS = f"SELECT {CELLS} FROM cells ORDER BY 1, 2, 3, 4, 5"
ALL_CHECKS = f"SELECT {CHECKS} FROM checks ORDER BY version_id, check_id, scope"


def cell(raw: str, value: float | None, missing: str | None, at: str) -> Cell:
    return Cell(raw, value, missing, None, None, at, "一、\n本年新收", "")


#: Every way in which a cell may not be what the compact form leaves out.
STRANGE = [
    cell("0", 0, None, "html:t1/r1/c1"),
    cell("00", 0, None, "html:t1/r1023/c63"),
    cell("26", 26.0, None, "html:t1/r1024/c1"),
    cell("26.0", 26.0, None, "html:t1/r1/c64"),
    cell("26.50", 26.5, None, "html:t01/r1/c1"),
    cell("26.5", 26.5, None, "html:t1/r01/c1"),
    cell("0.00001", 0.00001, None, "html:t1/r1/c01"),
    cell("1,234", 1234, None, "text:1204+2"),
    cell("12345678901234567", 12345678901234567, None, "xlsx:Sheet/r1/c1/E7"),
    cell("123456789012345678901", 1.2345678901234568e20, None, "pdf:p3/t1/r5/c2"),
    cell("9" * 30, float("9" * 30), None, "html:t1/r1/c1"),
    cell("-3", -3, None, "docx:t2/r5/c2"),
    cell("", None, "blank", "img:10,20,30,40"),
    cell("/", None, "slash", ""),
    cell("0", None, "unparsed", "/r1/c1"),
    cell("5件", 5, "conflict", "html:t1/r1/c1/r1/c1"),
    cell("", None, "conflict", "ofd:p1/r2/c3 "),
]
STRANGE_RECORD = reading(
    tables={"t_local": {f"row{i}": {"value": item} for i, item in enumerate(STRANGE)}}
)


def test_the_view_says_what_the_record_said(archive: Archive) -> None:
    Run(archive).article(URL, [STRANGE_RECORD])
    found = rows(archive, "SELECT row_key, raw, value, missing, row_label, at FROM cells")
    assert sorted(found, key=lambda row: int(row[0][3:])) == [
        (f"row{i}", item.raw, item.value, item.missing, item.row_label, item.at)
        for i, item in enumerate(STRANGE)
    ]
    assert rows(archive, "SELECT typeof(value) FROM cells WHERE raw = '26.0'") == [("integer",)]


def test_a_row_written_through_the_view_is_kept_the_same_way(archive: Archive) -> None:
    checks = [
        *reading().checks,
        Check("D.DUE", "t", 1.0, None, "fail", True, "date", True, "source", ()),
    ]
    Run(archive).article(URL, [STRANGE_RECORD, reading(year=2022, checks=checks)])
    kept = "SELECT * FROM compact_cells", "SELECT * FROM compact_checks ORDER BY 1, 2"
    before = [rows(archive, sql) for sql in kept]
    cells, found = rows(archive, ALL_CELLS), rows(archive, f"SELECT {CHECKS} FROM checks")
    for name, columns, again in (("cells", CELLS, cells), ("checks", CHECKS, found)):
        archive.conn.execute(f"DELETE FROM {name}")
        assert rows(archive, f"SELECT * FROM {name}") == []
        marks = ", ".join("?" * len(columns.split(", ")))
        archive.conn.executemany(f"INSERT INTO {name} ({columns}) VALUES ({marks})", again)
    for sql, was in zip(kept, before, strict=True):
        assert set(rows(archive, sql)) == set(was)
    assert rows(archive, ALL_CELLS) == cells


def test_the_views_may_be_corrected(archive: Archive) -> None:
    Run(archive).article(URL, [reading(), reading(year=2022)])
    archive.conn.execute(
        "UPDATE cells SET raw = '８', value = 8, unit = '项' WHERE version_id = 1 AND raw = '7'"
    )
    archive.conn.execute("UPDATE checks SET verdict = 'fail', scope = 'x' WHERE version_id = 2")
    found = "SELECT version_id, raw, value, unit FROM cells WHERE row_key = 'licence'"
    assert rows(archive, found) == [(1, "８", 8, "项"), (2, "7", 7, "件")]
    assert rows(archive, "SELECT version_id, verdict, scope FROM checks") == [
        (1, "pass", "t3_requests/new_received"),
        (2, "fail", "x"),
    ]


def test_a_cell_names_the_document_it_was_read_from(archive: Archive) -> None:
    Run(archive).article(URL)
    Run(archive).article(f"{URL}?2")
    archive.conn.execute("UPDATE cells SET document_id = 2 WHERE version_id = 1 AND raw = '7'")
    assert rows(archive, "SELECT version_id, document_id FROM cells WHERE raw = '7'") == [
        (1, 2),
        (2, 2),
    ]
    assert one(archive, "SELECT count(*) FROM compact_cells WHERE document_id IS NOT NULL") == 1


def test_a_version_that_names_another_document_leaves_its_cells_theirs(archive: Archive) -> None:
    Run(archive).article(URL)
    Run(archive).article(f"{URL}?2")
    archive.conn.execute("UPDATE cells SET document_id = 2 WHERE version_id = 1 AND raw = '7'")
    before = rows(archive, ALL_CELLS)
    archive.conn.execute("UPDATE report_versions SET document_id = 2 WHERE id = 1")
    assert rows(archive, ALL_CELLS) == before
    assert one(archive, "SELECT count(*) FROM compact_cells WHERE document_id = 1") == 3


def test_what_an_undone_block_shared_is_forgotten(archive: Archive) -> None:
    def store() -> None:
        Run(archive).article(URL, [reading()])

    with pytest.raises(ZeroDivisionError), archive.atomic():
        store()
        raise ZeroDivisionError
    assert one(archive, "SELECT count(*) FROM cell_places") == 0
    store()
    assert sorted(one for (one,) in rows(archive, "SELECT raw FROM cells")) == ["", "5", "5", "7"]
    assert rows(archive, "PRAGMA foreign_key_check") == []


def test_a_report_takes_little_room(tmp_path: Path) -> None:
    def size(reports: int) -> int:
        with open_archive(tmp_path / f"{reports}.db") as archive:
            records = read(PAGE, Source(url=URL))
            for n in range(reports):
                Run(archive).article(f"{URL}?{n}", records, data=PAGE)
            return int(one(archive, "PRAGMA page_count") * one(archive, "PRAGMA page_size"))

    assert (size(30) - size(10)) / 20 < 30_000  # 75,000 with everything written out


def test_every_missing_code_has_a_number(archive: Archive) -> None:
    """When this fails, a migration must add the code and make panel_missing anew."""
    known = {code for (code,) in rows(archive, "SELECT code FROM missing_codes")}
    assert known == {item["code"] for item in formats.raw()["missingness"]}


def old_archive(path: Path, filled: Archive) -> None:
    """Write an archive of the schema before, with everything that another one has."""
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    conn.execute("BEGIN")
    schema.apply(conn, stop_before="m0016_compact")
    for (name,) in conn.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
        "AND name NOT LIKE '#_%' ESCAPE '#' AND name NOT LIKE 'search%'"
    ).fetchall():
        columns = [row[1] for row in conn.execute(f"PRAGMA table_info({name})")]
        marks = ", ".join("?" * len(columns))
        conn.executemany(
            f"INSERT INTO {name} VALUES ({marks})",
            rows(filled, f"SELECT {', '.join(columns)} FROM {name}"),
        )
    conn.execute("COMMIT")
    conn.close()


@pytest.fixture
def records() -> list[Record]:
    fails = Check("D.DUE", "t", 1.0, None, "fail", True, "date", True, "source", ())
    other = reading(tables={"t3_requests": {"granted": {"total": number(3)}}})
    return [
        *read(PAGE, Source(url=URL)),
        STRANGE_RECORD,
        reading(year=2022, checks=[*other.checks, fails, fails]),
        reading(year=2021, kind="attachment_only", tables={}, checks=[]),
    ]


def test_an_older_archive_says_the_same(
    archive: Archive, tmp_path: Path, records: list[Record]
) -> None:
    for n in range(12):
        Run(archive).article(f"{URL}?{n}", records, data=b"%d" % n)
    path = tmp_path / "old.db"
    old_archive(path, archive)
    before = path.stat().st_size
    questions = [ALL_CELLS, ALL_CHECKS, "SELECT * FROM panel_missing ORDER BY report_id"]
    conn = sqlite3.connect(path)
    expected: list[Any] = [conn.execute(sql).fetchall() for sql in questions]
    conn.close()
    with Archive.open(path, world="sandbox") as migrated:
        assert [rows(migrated, sql) for sql in questions] == expected
        assert content_digest(migrated) == content_digest(archive)
        assert rows(migrated, "PRAGMA foreign_key_check") == []
        assert one(migrated, "PRAGMA freelist_count") == 0
    assert path.stat().st_size < 0.75 * before
