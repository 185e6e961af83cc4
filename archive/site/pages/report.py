"""A report: laid out like the official form, every number with its place, its checks beside it."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from typing import Any

from archive import errata, takedowns
from archive.citation import citation
from archive.search.find import marked
from archive.search.words import query
from archive.site.form import Shown, laid_out
from archive.site.language import Language
from archive.site.requests import Asked, number, text

_HEAD = """SELECT reports.id AS id, report_key, publishers.key AS publisher_key,
    publishers.name AS publisher, publishers.division_code AS division_code, agency, year,
    report_scope, title, reports.url AS url, reports.host AS host, published_on, signed_on, due_on,
    format, reports.kind AS kind, is_primary, source_rank, current_version_id
    FROM reports JOIN publishers ON publishers.id = publisher_id WHERE report_key = ?"""
_VERSION = """SELECT report_versions.id AS id, number, reason, made_at,
    report_versions.extractor AS extractor, flags, documents.payload_sha256 AS sha256, fetched_at,
    documents.url AS document_url, media_type
    FROM report_versions JOIN documents ON documents.id = document_id
    JOIN fetches ON fetches.id = documents.fetch_id"""


def report(
    conn: sqlite3.Connection, key: str, asked: Asked, language: Language
) -> dict[str, Any] | None:
    """Return what a report's page shows, None when there is no such report or version."""
    head = _one(conn, _HEAD, key)
    if head is None:
        return None
    tombstone = takedowns.find(conn, key)
    if tombstone is not None:
        return {**head, "tombstone": tombstone}
    versions = _all(conn, f"{_VERSION} WHERE report_id = ? ORDER BY number", head["id"])
    wanted = number(asked, "version")
    version = next(
        (
            item
            for item in versions
            if (item["number"] == wanted if wanted else item["id"] == head["current_version_id"])
        ),
        None,
    )
    if version is None:
        return None
    checks = _all(
        conn,
        """SELECT check_id, scope, kind, official, left_value, right_value, verdict,
        assumes_blank_zero, cause, cells FROM checks WHERE version_id = ?""",
        version["id"],
    )
    failed = [item for item in checks if item["verdict"] == "fail"]
    terms = query(text(asked, "q"))
    return {
        **head,
        "version": version,
        "versions": versions,
        "flags": json.loads(version["flags"] or "[]"),
        "tables": _tables(conn, version["id"], head["format"], failed),
        "failed": failed,
        "passed": sum(item["verdict"] == "pass" for item in checks),
        "meanings": _meanings(conn, language),
        "sections": [
            {
                "number": row["number"],
                "heading": row["heading"],
                "lines": _lines(row["text"], terms.terms if terms else ()),
            }
            for row in _all(
                conn,
                "SELECT number, heading, text FROM sections WHERE version_id = ? ORDER BY number",
                version["id"],
            )
        ],
        "issues": _all(
            conn, "SELECT code, detail, at FROM issues WHERE version_id = ?", version["id"]
        ),
        "attachments": _all(
            conn, "SELECT url, name, type FROM attachments WHERE version_id = ?", version["id"]
        ),
        "errata": errata.of_report(conn, key),
        "citation": citation(
            agency=head["agency"] or head["publisher"],
            year=head["year"],
            title=head["title"],
            url=version["document_url"],
            fetched_at=version["fetched_at"],
            sha256=version["sha256"],
        ),
        "neighbours": _all(
            conn,
            """SELECT report_key, year FROM reports WHERE publisher_id =
            (SELECT publisher_id FROM reports WHERE id = ?) AND is_primary = 1 ORDER BY year""",
            head["id"],
        ),
    }


def _all(conn: sqlite3.Connection, sql: str, value: Any) -> list[dict[str, Any]]:
    cursor = conn.execute(sql, [value])
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _one(conn: sqlite3.Connection, sql: str, value: Any) -> dict[str, Any] | None:
    return next(iter(_all(conn, sql, value)), None)


def _tables(
    conn: sqlite3.Connection, version: int, form: str | None, failed: list[dict[str, Any]]
) -> list[Any]:
    blamed: dict[str, list[str]] = defaultdict(list)
    for item in failed:
        for path in json.loads(item["cells"]):
            blamed[path].append(item["check_id"])
    tables: dict[str, dict[tuple[str, str], Shown]] = {}
    labels: dict[str, dict[tuple[str, str], tuple[str, str]]] = {}
    for row in _all(
        conn,
        """SELECT table_key, row_key, column_key, raw, missing, unit, unit_source, row_label,
        column_label, at, payload_sha256 AS sha256 FROM cells
        JOIN documents ON documents.id = document_id WHERE version_id = ? AND occurrence = 0""",
        version,
    ):
        place = (row["row_key"], row["column_key"])
        path = "/".join((row["table_key"], *place))
        tables.setdefault(row["table_key"], {})[place] = Shown(
            row["raw"],
            row["missing"],
            row["at"],
            row["sha256"],
            tuple(blamed.get(path, ())),
            row["unit"] if row["unit_source"] == "cell" else None,
            path,
        )
        labels.setdefault(row["table_key"], {})[place] = (row["row_label"], row["column_label"])
    return laid_out(form, tables, labels)


def _lines(printed: str, terms: tuple[str, ...]) -> list[Any]:
    return [marked(line, terms) for line in printed.split("\n") if line.strip()]


def _meanings(conn: sqlite3.Connection, language: Language) -> dict[str, str]:
    column = "label" if language == "zh" else "label_en"
    return dict(
        conn.execute(f"SELECT name, {column} FROM codebook WHERE kind IN ('check', 'missing')")
    )
