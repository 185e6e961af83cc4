"""Versions: what a report said, each time its content changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from archive import changes, compact, content
from archive.clock import now
from archive.content import Content
from archive.db import Archive
from archive.enclosures import Composed
from extract.record import Record, cells

Rows = Sequence[tuple[Any, ...]]

#: What a version says: the tables and their columns behind ``version_id``.
_COLUMNS = {
    "sections": "number, heading, text, parts",
    "cells": """table_key, row_key, column_key, occurrence, document_id, raw, value, missing, unit,
        unit_source, row_label, column_label, at""",
    "checks": """check_id, scope, kind, official, left_value, right_value, verdict,
        assumes_blank_zero, cause, cells""",
    "claims": "field, value, source, quote",
    "indicators": "key, value, unit, subject, basis, quote, section, status",
    "attachments": "url, name, type",
    "issues": "document_id, code, detail, at",
}
#: The tables that are views: where their rows are kept, and what writes them there.
_COMPACT = {
    "cells": ("compact_cells", compact.write_cells),
    "checks": ("compact_checks", compact.write_checks),
}
_DOCUMENT = {"cells": 4, "issues": 0}  # where a row names a document


def add(
    archive: Archive,
    report_id: int,
    document_id: int,
    record: Record,
    *,
    reason: str,
    arrival_id: int | None = None,
) -> tuple[int, int]:
    """Enter a version, make it the report's current one, and note what changed.

    Args:
        archive: The archive, open for writing.
        report_id: The report.
        document_id: The document it was read from.
        record: What it says.
        reason: A code of formats.json ``version_reason``.
        arrival_id: The fetch that brought it; None for the document's first.

    Returns:
        The id of the version and its number (1, 2, …).
    """
    version_id = enter(
        archive, report_id, document_id, record, reason=reason, arrival_id=arrival_id
    )
    previous = archive.conn.execute(
        "SELECT current_version_id FROM reports WHERE id = ?", [report_id]
    ).fetchone()[0]
    archive.conn.execute(
        "UPDATE reports SET current_version_id = ? WHERE id = ?", [version_id, report_id]
    )
    if previous is not None:
        changes.note(archive, report_id, previous, version_id)
    number = archive.conn.execute(
        "SELECT number FROM report_versions WHERE id = ?", [version_id]
    ).fetchone()[0]
    return version_id, number


def enter(
    archive: Archive,
    report_id: int,
    document_id: int,
    record: Record,
    *,
    reason: str,
    arrival_id: int | None = None,
) -> int:
    """Enter a version behind the others and no more; :mod:`archive.history` finds its place.

    Args: those of :func:`add`.

    Returns:
        The id of the version.
    """
    found = content.of(record)
    version_id = _insert(
        archive,
        {
            "report_id": report_id,
            "document_id": document_id,
            "reason": reason,
            "extractor": record.extractor,
            "content_sha256": found.sha256,
            "made_at": now(),
            "body_sha256": found.body_sha256,
            "fields": _fields(found),
            "flags": json.dumps(record.flags),
            "rebuild_id": archive.rebuild_id,
            "arrival_id": arrival_id,
        },
    )
    _write(archive, version_id, _rows(document_id, record))
    return version_id


def copy(
    source: Archive,
    version: int,
    archive: Archive,
    report_id: int,
    *,
    document: Callable[[int], int],
    told: Mapping[str, Any],
) -> int:
    """Enter what a version says once more, behind the others: of another archive, or of this one.

    Args:
        source: Where the version is.
        version: Its id there.
        archive: The archive to write.
        report_id: The report there.
        document: Says which document of the archive one of the source's is.
        told: Columns of ``report_versions`` that are other here: ``reason``, ``arrival_id`` …

    Returns:
        The id of the new version.
    """
    names = "document_id, extractor, content_sha256, made_at, body_sha256, fields, flags"
    row = source.conn.execute(
        f"SELECT {names} FROM report_versions WHERE id = ?", [version]
    ).fetchone()
    said = dict(zip(names.split(", "), row, strict=True)) | {"report_id": report_id, **told}
    said["document_id"] = document(row[0])
    new = _insert(archive, said)
    _write(archive, new, _stored(source, version, document))
    return new


def replace(
    source: Archive,
    version: int,
    archive: Archive,
    target: int,
    *,
    document: Callable[[int], int],
    arrival_id: int,
) -> None:
    """Let a version say what another one of the same content says: from where it came first.

    Args:
        source: Where the other version is.
        version: Its id there.
        archive: The archive to write.
        target: The version there.
        document: Says which document of the archive one of the source's is.
        arrival_id: The fetch that brought it first.
    """
    row = source.conn.execute(
        "SELECT document_id FROM report_versions WHERE id = ?", [version]
    ).fetchone()
    rows = dict(_stored(source, version, document))
    _clear(archive, target)
    archive.conn.execute(
        "UPDATE report_versions SET document_id = ?, arrival_id = ? WHERE id = ?",
        [document(row[0]), arrival_id, target],
    )
    _write(archive, target, rows.items())  # what is kept of a cell depends on the document


def refresh(
    archive: Archive,
    version_id: int,
    document_id: int,
    record: Record,
    *,
    arrival_id: int | None = None,
) -> None:
    """Replace what our code makes of a version whose content stayed: locators, checks, claims.

    Args:
        archive: The archive, open for writing.
        version_id: The version.
        document_id: The document it is read from, from now on.
        record: The new reading.
        arrival_id: The fetch that brought it first, if that is another one than was known.
    """
    _clear(archive, version_id)
    archive.conn.execute(
        """UPDATE report_versions SET extractor = ?, flags = ?, document_id = ?,
        arrival_id = coalesce(?, arrival_id) WHERE id = ?""",
        [record.extractor, json.dumps(record.flags), document_id, arrival_id, version_id],
    )
    _write(archive, version_id, _rows(document_id, record))


def refill(archive: Archive, version_id: int, record: Record) -> None:
    """Let a report's current version say all of what its documents say, now that they are here.

    Args:
        archive: The archive, open for writing.
        version_id: The version; what it says otherwise than the one before is noted anew.
        record: The report, complete. Saying what the version before it says, it is none.
    """
    found = content.of(record)
    report_id, document_id, number = archive.conn.execute(
        "SELECT report_id, document_id, number FROM report_versions WHERE id = ?", [version_id]
    ).fetchone()
    before = archive.conn.execute(
        """SELECT id, content_sha256 FROM report_versions
        WHERE report_id = ? AND number = ? - 1""",
        [report_id, number],
    ).fetchone()
    archive.conn.execute("DELETE FROM changes WHERE to_version = ?", [version_id])
    _clear(archive, version_id)
    if before is not None and before[1] == found.sha256:
        archive.conn.execute(
            "UPDATE reports SET current_version_id = ? WHERE id = ?", [before[0], report_id]
        )
        archive.conn.execute("DELETE FROM report_versions WHERE id = ?", [version_id])
        return
    _write(archive, version_id, _rows(document_id, record))
    archive.conn.execute(
        """UPDATE report_versions SET extractor = ?, flags = ?, content_sha256 = ?,
        body_sha256 = ?, fields = ? WHERE id = ?""",
        [
            record.extractor,
            json.dumps(record.flags),
            found.sha256,
            found.body_sha256,
            _fields(found),
            version_id,
        ],
    )
    if before is not None:
        changes.note(archive, report_id, before[0], version_id)


def _insert(archive: Archive, row: Mapping[str, Any]) -> int:
    given = {**row, "arrival_id": row["arrival_id"] or _first_fetch(archive, row["document_id"])}
    return int(
        archive.conn.execute(
            f"""INSERT INTO report_versions (number, {", ".join(given)}) VALUES (
            1 + (SELECT count(*) FROM report_versions WHERE report_id = ?),
            {", ".join("?" * len(given))}) RETURNING id""",
            [given["report_id"], *given.values()],
        ).fetchone()[0]
    )


def _first_fetch(archive: Archive, document: int) -> int:
    row = archive.conn.execute("SELECT fetch_id FROM documents WHERE id = ?", [document])
    return int(row.fetchone()[0])


def _fields(found: Content) -> str:
    return json.dumps(found.fields, ensure_ascii=False, sort_keys=True)


def _rows(document: int, record: Record) -> Iterator[tuple[str, Rows]]:
    """Yield what a record says, by table, without the version."""
    yield (
        "sections",
        [
            (item.number, item.heading, item.text)
            + (json.dumps([asdict(part) for part in item.parts]) if item.parts else None,)
            for item in record.sections
        ],
    )
    taken = record.documents if isinstance(record, Composed) else {}
    yield (
        "cells",
        [
            (table, row, column, 0, taken.get(table, document), cell.raw, cell.value, cell.missing)
            + (cell.unit, cell.unit_source, cell.row_label, cell.column_label, cell.at)
            for table, row, column, cell in cells(record.tables)
        ],
    )
    yield (
        "checks",
        [
            (item.id, item.scope, item.kind, item.official, item.left, item.right, item.verdict)
            + (item.assumes_blank_zero, item.cause, _paths(item.cells))
            for item in record.checks
        ],
    )
    yield (
        "claims",
        [(item.field, item.value, item.source, item.quote) for item in record.claims],
    )
    yield (
        "indicators",
        [
            (item.key, item.value, item.unit, item.subject, item.basis, item.quote, item.section)
            + (item.status,)
            for item in record.indicators
        ],
    )
    yield "attachments", [(item.url, item.name, item.type) for item in record.attachments]
    yield "issues", [(document, item.code, item.detail, item.at) for item in record.issues]


@lru_cache(4096)
def _paths(cells: tuple[str, ...]) -> str:
    return json.dumps(cells)  # the same of a rule in every report


def _stored(
    archive: Archive, version: int, document: Callable[[int], int]
) -> Iterator[tuple[str, Rows]]:
    """Yield what a stored version says, by table, without the version."""
    for table, columns in _COLUMNS.items():
        rows = archive.conn.execute(
            f"SELECT {columns} FROM {table} WHERE version_id = ?", [version]
        ).fetchall()
        if (at := _DOCUMENT.get(table)) is not None:
            rows = [(*row[:at], document(row[at]), *row[at + 1 :]) for row in rows]
        yield table, rows


def _write(archive: Archive, version: int, said: Iterable[tuple[str, Rows]]) -> None:
    for table, rows in said:
        if table in _COMPACT:
            _COMPACT[table][1](archive, version, rows)
        elif rows:
            marks = ", ".join("?" * (1 + len(rows[0])))
            archive.conn.executemany(
                f"INSERT INTO {table} (version_id, {_COLUMNS[table]}) VALUES ({marks})",
                [(version, *row) for row in rows],
            )


def _clear(archive: Archive, version: int) -> None:
    for table in _COLUMNS:
        kept = _COMPACT[table][0] if table in _COMPACT else table
        archive.conn.execute(f"DELETE FROM {kept} WHERE version_id = ?", [version])
