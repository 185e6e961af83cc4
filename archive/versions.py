"""Versions: what a report said, each time its content changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from archive import changes, content
from archive.clock import now
from archive.content import Content
from archive.db import Archive
from extract.record import Record, cells

_CHILDREN = ("sections", "cells", "checks", "claims", "indicators", "attachments", "issues")


def add(
    archive: Archive, report_id: int, document_id: int, record: Record, *, reason: str
) -> tuple[int, int]:
    """Enter a version, make it the report's current one, and note what changed.

    Args:
        archive: The archive, open for writing.
        report_id: The report.
        document_id: The document it was read from.
        record: What it says.
        reason: A code of formats.json ``version_reason``.

    Returns:
        The id of the version and its number (1, 2, …).
    """
    found = content.of(record)
    previous = archive.conn.execute(
        "SELECT current_version_id FROM reports WHERE id = ?", [report_id]
    ).fetchone()[0]
    version_id, number = archive.conn.execute(
        """INSERT INTO report_versions (report_id, document_id, number, reason, extractor,
        content_sha256, made_at, body_sha256, fields, flags, rebuild_id)
        VALUES (?1, ?2, 1 + (SELECT count(*) FROM report_versions WHERE report_id = ?1),
        ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) RETURNING id, number""",
        [
            report_id,
            document_id,
            reason,
            record.extractor,
            found.sha256,
            now(),
            found.body_sha256,
            _fields(found),
            json.dumps(record.flags),
            archive.rebuild_id,
        ],
    ).fetchone()
    _fill(archive, version_id, document_id, record)
    archive.conn.execute(
        "UPDATE reports SET current_version_id = ? WHERE id = ?", [version_id, report_id]
    )
    if previous is not None:
        changes.note(archive, report_id, previous, version_id)
    return version_id, number


def refresh(archive: Archive, version_id: int, document_id: int, record: Record) -> None:
    """Replace what our code makes of a version whose content stayed: locators, checks, claims."""
    for table in _CHILDREN:
        archive.conn.execute(f"DELETE FROM {table} WHERE version_id = ?", [version_id])
    _fill(archive, version_id, document_id, record)
    archive.conn.execute(
        "UPDATE report_versions SET extractor = ?, flags = ? WHERE id = ?",
        [record.extractor, json.dumps(record.flags), version_id],
    )


def _fields(found: Content) -> str:
    return json.dumps(found.fields, ensure_ascii=False, sort_keys=True)


def _fill(archive: Archive, version: int, document: int, record: Record) -> None:
    _many(
        archive,
        "sections (version_id, number, heading, text, parts)",
        [
            (version, item.number, item.heading, item.text)
            + (json.dumps([asdict(part) for part in item.parts]) if item.parts else None,)
            for item in record.sections
        ],
    )
    _many(
        archive,
        """cells (version_id, table_key, row_key, column_key, occurrence, document_id, raw, value,
        missing, unit, unit_source, row_label, column_label, at)""",
        [
            (version, table, row, column, 0, document, cell.raw, cell.value, cell.missing)
            + (cell.unit, cell.unit_source, cell.row_label, cell.column_label, cell.at)
            for table, row, column, cell in cells(record.tables)
        ],
    )
    _many(
        archive,
        """checks (version_id, check_id, scope, kind, official, left_value, right_value, verdict,
        assumes_blank_zero, cause, cells)""",
        [
            (version, item.id, item.scope, item.kind, item.official, item.left, item.right)
            + (item.verdict, item.assumes_blank_zero, item.cause, json.dumps(item.cells))
            for item in record.checks
        ],
    )
    _many(
        archive,
        "claims (version_id, field, value, source, quote)",
        [(version, item.field, item.value, item.source, item.quote) for item in record.claims],
    )
    _many(
        archive,
        "indicators (version_id, key, value, unit, subject, basis, quote, section, status)",
        [
            (version, item.key, item.value, item.unit, item.subject, item.basis, item.quote)
            + (item.section, item.status)
            for item in record.indicators
        ],
    )
    _many(
        archive,
        "attachments (version_id, url, name, type)",
        [(version, item.url, item.name, item.type) for item in record.attachments],
    )
    _many(
        archive,
        "issues (document_id, version_id, code, detail, at)",
        [(document, version, item.code, item.detail, item.at) for item in record.issues],
    )


def _many(archive: Archive, target: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        archive.conn.executemany(f"INSERT INTO {target} VALUES ({marks})", rows)
