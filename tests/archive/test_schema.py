"""The public contract: DESIGN's tables and columns, and the enumerations behind them."""

from __future__ import annotations

import re
import sqlite3

import pytest

from archive.db import Archive
from archive.panel_names import TABLES, VARIABLES
from extract import formats
from tests.archive.world import one, rows

# The names others may rely on. A change needs a migration and a CHANGELOG line.
PUBLIC = {
    "portals": "",
    "publishers": "id key name org_type sector admin_level division_code uscc org_code "
    "register_source",
    "publisher_names": "",
    "publisher_relations": "",
    "divisions": "code name level parent valid_from valid_to successor",
    "crawls": "",
    "frontier": "campaign portal role url method body args state",
    "fetches": "id crawl_id portal url final_url host method fetched_at status outcome error "
    "payload_sha256 headers elapsed_ms",
    "payloads": "sha256 size codec data",
    "documents": "id payload_sha256 fetch_id url host media_type kind",
    "reports": "id report_key publisher_id agency year report_scope title url host published_on "
    "published_source signed_on due_on format kind is_primary duplicate_of current_version_id "
    "first_seen last_seen",
    "report_documents": "report_id document_id part",
    "report_versions": "id report_id document_id number reason extractor content_sha256 made_at",
    "sections": "version_id number heading text",
    "cells": "version_id table_key row_key column_key occurrence document_id raw value missing "
    "unit unit_source row_label column_label at",
    "checks": "version_id check_id scope kind official left_value right_value verdict "
    "assumes_blank_zero cause cells",
    "claims": "",
    "indicators": "",
    "attachments": "",
    "issues": "",
    "changes": "report_id from_version to_version kind table_key row_key column_key old_raw "
    "new_raw",
    "errata": "",
    "takedowns": "",
    "release_info": "",
    "codebook": "",
    "panel": "publisher_id report_scope year source_consistency source_rank",
    "panel_missing": "",
    "panel_all": "",
    "coverage": "publisher_id year status evidence_fetch_id as_of",
}


@pytest.mark.parametrize("table", PUBLIC)
def test_public_names(archive: Archive, table: str) -> None:
    columns = [row[1] for row in rows(archive, f"PRAGMA table_info({table})")]
    assert columns
    public = PUBLIC[table].split()
    assert [name for name in columns if name in public] == public or set(public) <= set(columns)


@pytest.mark.parametrize("table", ["panel", "panel_all", "panel_missing"])
def test_every_variable_is_a_column(archive: Archive, table: str) -> None:
    columns = {row[1] for row in rows(archive, f"PRAGMA table_info({table})")}
    assert {item.name for item in VARIABLES} <= columns
    assert len(columns) < 2000  # SQLite's limit
    assert all(len(name) <= 28 for name in columns)


def test_the_panel_has_one_row_for_each_body_scope_and_year(archive: Archive) -> None:
    indexes = [row[1] for row in rows(archive, "PRAGMA index_list(panel)") if row[2]]
    keys = [[row[2] for row in rows(archive, f"PRAGMA index_info({name})")] for name in indexes]
    assert ["publisher_id", "report_scope", "year"] in keys


def test_a_table_of_the_panel_is_one_of_the_forms(archive: Archive) -> None:
    known = {key for form in formats.forms().values() for key in form.tables}
    assert set(TABLES) <= known


ENUMS = {
    ("documents", "kind"): "document_kind",
    ("reports", "kind"): "document_kind",
    ("reports", "report_scope"): "report_scope",
    ("report_versions", "reason"): "version_reason",
    ("fetches", "outcome"): "fetch_outcome",
    ("frontier", "outcome"): "fetch_outcome",
    ("publishers", "admin_level"): "admin_level",
    ("portals", "level"): "admin_level",
    ("divisions", "level"): "admin_level",
    ("compact_checks", "verdict"): "verdict",
    ("compact_checks", "cause"): "failure_cause",
    ("coverage", "status"): "coverage_status",
    ("panel", "q_t3_requests"): "read_quality",
}


@pytest.mark.parametrize(("table", "column"), ENUMS)
def test_enumerations_are_constraints(archive: Archive, table: str, column: str) -> None:
    """A code added to formats.json reaches old archives only by a migration."""
    sql = one(archive, "SELECT sql FROM sqlite_master WHERE name = ?", table)
    listed = re.search(rf"CHECK \({column} IN \(([^)]*)\)\)", sql)
    assert listed is not None
    assert re.findall(r"'([^']*)'", listed[1]) == list(formats.enum(ENUMS[table, column]))


def test_the_enumerations_that_the_migrations_were_made_with() -> None:
    """When this fails, write a migration that makes the constraints anew, then change it here."""
    assert {name: len(formats.enum(name)) for name in sorted(set(ENUMS.values()))} == {
        "admin_level": 7,
        "coverage_status": 9,
        "document_kind": 6,
        "failure_cause": 3,
        "fetch_outcome": 18,
        "read_quality": 4,
        "report_scope": 6,
        "verdict": 3,
        "version_reason": 4,
    }


@pytest.mark.parametrize(
    ("value", "missing", "is_kept"),
    [
        (1, None, True),
        (None, "blank", True),
        (1, "conflict", True),
        (None, "conflict", True),
        (None, None, False),
        (1, "blank", False),
        (None, "row_absent", False),
        (None, "zero", False),
    ],
)
def test_a_cell_has_a_value_or_a_reason(
    archive: Archive, value: int | None, missing: str | None, is_kept: bool
) -> None:
    archive.conn.execute("PRAGMA foreign_keys = OFF")
    try:
        archive.conn.execute(
            "INSERT INTO cells VALUES (1, 't', 'r', 'c', 0, 1, '', ?, ?, NULL, NULL, '', '', '')",
            [value, missing],
        )
    except sqlite3.IntegrityError:
        assert not is_kept
    else:
        assert is_kept


def test_foreign_keys_hold(archive: Archive) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        archive.conn.execute("INSERT INTO publisher_names VALUES (99, 'a', 'title', NULL, NULL)")


def test_obvious_queries_use_an_index(archive: Archive) -> None:
    for sql in (
        "SELECT * FROM reports WHERE publisher_id = 1 AND year = 2023",
        "SELECT * FROM reports WHERE report_key = 'a'",
        "SELECT * FROM documents WHERE address = 'a'",
        "SELECT * FROM fetches WHERE address = 'a'",
        "SELECT * FROM frontier WHERE campaign = 1 AND state != 'done' ORDER BY id",
        "SELECT * FROM changes WHERE report_id = 1",
        "SELECT * FROM panel WHERE year = 2023",
    ):
        plan = rows(archive, f"EXPLAIN QUERY PLAN {sql}")
        assert plan[0][3].startswith("SEARCH"), (sql, plan)
        assert len(plan) == 1, (sql, plan)


def test_queries_of_the_compact_tables_use_an_index(archive: Archive) -> None:
    for sql in (
        "SELECT * FROM cells WHERE version_id = 1 AND table_key = 't3_requests'",
        "SELECT value FROM cells WHERE version_id = 1",
        "SELECT * FROM checks WHERE version_id = 1",
        "SELECT * FROM checks WHERE verdict = 'fail' AND check_id = 'T3.BALANCE'",
        "SELECT * FROM panel_missing WHERE report_id = 1",
    ):
        plan = [step[3] for step in rows(archive, f"EXPLAIN QUERY PLAN {sql}")]
        assert all(step.startswith("SEARCH") for step in plan), (sql, plan)
    plan = rows(archive, "EXPLAIN QUERY PLAN SELECT * FROM checks WHERE verdict = 'fail'")
    assert any("compact_checks_failed" in step[3] for step in plan)


def test_the_codebook_explains_variables_codes_and_checks(archive: Archive) -> None:
    assert rows(
        archive,
        "SELECT unit, table_key, row_key, column_key FROM codebook WHERE name = 'r_new_nat'",
    ) == [("件", "t3_requests", "new_received", "natural_person")]
    counts = dict(rows(archive, "SELECT kind, count(*) FROM codebook GROUP BY kind"))
    assert counts["variable"] == len(VARIABLES)
    assert counts["missing"] == 16
    assert counts["check"] == len(formats.identities())
    assert one(archive, "SELECT label FROM codebook WHERE name = 'coverage_status.gone'")
