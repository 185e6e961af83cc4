"""The public file's tables as CSV and Parquet, under names that may be cited.

A row names its report by ``report_key`` and its body by ``publisher_key``: the numbers inside the
SQLite file join its own tables and mean nothing elsewhere.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_BATCH = 20_000
_VERSION = """JOIN report_versions ON report_versions.id = version_id
    JOIN reports ON reports.current_version_id = report_versions.id"""


@dataclass(frozen=True, slots=True)
class Export:
    """One table of the pack.

    Attributes:
        name: Its name, and that of its files.
        title: What a row is.
        sql: Its rows, in the order of their keys.
        key: The columns that name a row.
    """

    name: str
    title: str
    sql: str
    key: tuple[str, ...]


@dataclass(slots=True)
class Column:
    """A column as it was written.

    Attributes:
        name: Its name.
        kinds: The types of the values it has: ``integer``, ``number``, ``string``.
    """

    name: str
    kinds: set[str] = field(default_factory=set)

    @property
    def type(self) -> str:
        """The narrowest type that holds all values."""
        if self.kinds <= {"integer"} and self.kinds:
            return "integer"
        return "number" if self.kinds and self.kinds <= {"integer", "number"} else "string"


def _panel(table: str) -> str:
    return f"""SELECT publishers.key AS publisher_key, sector, {table}.* FROM {table}
        JOIN publishers ON publishers.id = {table}.publisher_id ORDER BY {table}.report_key"""


EXPORTS = (
    Export("panel", "one body, scope and year: a column for each variable of the forms",
           _panel("panel"), ("report_key",)),
    Export("panel_missing", "the twin of panel: why a variable has no value",
           "SELECT * FROM panel_missing ORDER BY report_key", ("report_key",)),
    Export("panel_all", "reports that are not primary: copies, second filings, no year",
           _panel("panel_all"), ("report_key",)),
    Export(
        "reports", "one report: one body, one year, one address, with its citation",
        """SELECT reports.report_key, publishers.key AS publisher_key,
        publishers.name AS publisher, reports.agency, reports.year, reports.report_scope,
        reports.title, reports.url, reports.host, reports.published_on, reports.published_source,
        reports.signed_on, reports.due_on, reports.format, reports.kind, reports.is_primary,
        original.report_key AS duplicate_of, reports.source_rank, report_versions.number AS version,
        report_versions.reason, report_versions.extractor, documents.payload_sha256 AS sha256,
        documents.url AS document_url, fetches.fetched_at, reports.first_seen, reports.last_seen,
        citation(reports.agency, publishers.name, reports.year, reports.title, documents.url,
            fetches.fetched_at, documents.payload_sha256) AS citation
        FROM reports JOIN publishers ON publishers.id = reports.publisher_id
        LEFT JOIN reports AS original ON original.id = reports.duplicate_of
        LEFT JOIN report_versions ON report_versions.id = reports.current_version_id
        LEFT JOIN documents ON documents.id = report_versions.document_id
        LEFT JOIN fetches ON fetches.id = documents.fetch_id ORDER BY reports.report_key""",
        ("report_key",),
    ),
    Export(
        "cells", "one printed cell of the current version of a report, with its place",
        f"""SELECT report_key, table_key, row_key, column_key, raw, value, missing, unit,
        unit_source, row_label, column_label, documents.payload_sha256 AS sha256, at FROM cells
        {_VERSION} JOIN documents ON documents.id = cells.document_id
        ORDER BY report_key, table_key, row_key, column_key""",
        ("report_key", "table_key", "row_key", "column_key"),
    ),
    Export(
        "checks", "one arithmetic identity, applied to one column or row of a report",
        f"""SELECT report_key, check_id, scope, checks.kind, official, left_value, right_value,
        verdict, assumes_blank_zero, cause, cells FROM checks {_VERSION}
        ORDER BY report_key, check_id, scope, cells""",
        (),
    ),
    Export(
        "indicators", "one number of the running text",
        f"""SELECT report_key, key, value, unit, subject, basis, status, section, quote
        FROM indicators {_VERSION} ORDER BY report_key, indicators.rowid""",
        (),
    ),
    Export(
        "sections", "one section of a report, persons taken out",
        f"""SELECT report_key, sections.number AS section, heading, text FROM sections {_VERSION}
        ORDER BY report_key, sections.number, sections.rowid""",
        (),
    ),
    Export(
        "changes", "what differs between two versions of a report",
        """SELECT report_key, after.number AS version, after.reason, changes.kind, table_key,
        row_key, column_key, old_raw, new_raw FROM changes
        JOIN report_versions AS after ON after.id = to_version
        JOIN reports ON reports.id = changes.report_id ORDER BY report_key, changes.rowid""",
        (),
    ),
    Export(
        "coverage", "one body and year: what became of its report, and the fetch that shows it",
        """SELECT publishers.key AS publisher_key, publishers.name AS publisher, org_type,
        admin_level, sector, division_code, year, coverage.status, detail, as_of,
        fetches.url AS evidence_url, fetched_at AS evidence_fetched_at FROM coverage
        JOIN publishers ON publishers.id = publisher_id
        LEFT JOIN fetches ON fetches.id = evidence_fetch_id ORDER BY 1, year""",
        ("publisher_key", "year"),
    ),
    Export(
        "publishers", "one body",
        """SELECT key AS publisher_key, name, org_type, sector, admin_level, division_code, uscc,
        org_code, register_source FROM publishers ORDER BY key""",
        ("publisher_key",),
    ),
    Export(
        "publisher_relations", "one body that another one followed",
        """SELECT before.key AS publisher_key, after.key AS successor_key, kind, since, evidence
        FROM publisher_relations JOIN publishers AS before ON before.id = publisher_id
        JOIN publishers AS after ON after.id = successor_id ORDER BY 1, 2, 3""",
        ("publisher_key", "successor_key", "kind"),
    ),
    Export(
        "divisions", "one division under one name",
        "SELECT code, name, level, parent, valid_from, valid_to FROM divisions ORDER BY code, "
        "valid_from",
        ("code", "valid_from"),
    ),
    Export(
        "errata", "one correction by a person; nothing is overwritten",
        """SELECT report_key, table_key, row_key, column_key, old_value, new_value, note, author,
        made_at FROM errata JOIN reports ON reports.id = errata.report_id ORDER BY errata.id""",
        (),
    ),
    Export(
        "takedowns", "one report that is given away no more",
        """SELECT report_key, reason, asked_on, done_at FROM takedowns
        JOIN reports ON reports.id = report_id ORDER BY takedowns.id""",
        (),
    ),
    Export(
        "codebook", "one variable, column, indicator, code or check, explained",
        "SELECT * FROM codebook ORDER BY kind, name", ("kind", "name"),
    ),
)  # fmt: skip


def rows(conn: sqlite3.Connection, export: Export) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the rows of a table in batches."""
    cursor = conn.execute(export.sql)
    while batch := cursor.fetchmany(_BATCH):
        yield batch


def columns(conn: sqlite3.Connection, export: Export) -> list[Column]:
    """Return a table's columns, their types not yet known."""
    cursor = conn.execute(f"SELECT * FROM ({export.sql}) LIMIT 0")
    return [Column(item[0]) for item in cursor.description]


def write_csv(conn: sqlite3.Connection, export: Export, file: Path) -> list[Column]:
    """Write a table as CSV: UTF-8 with a byte-order mark, so that Excel reads it.

    Returns:
        Its columns, with the types of what was written.
    """
    found = columns(conn, export)
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([column.name for column in found])
        for batch in rows(conn, export):
            for row in batch:
                for column, value in zip(found, row, strict=True):
                    if value is not None:
                        column.kinds.add(_KINDS[type(value)])
            writer.writerows(batch)
    return found


_KINDS = {int: "integer", float: "number", str: "string", bytes: "string"}


def write_parquet(
    conn: sqlite3.Connection, export: Export, file: Path, found: list[Column]
) -> None:
    """Write a table as Parquet, with the types that its CSV showed."""
    import pyarrow
    from pyarrow import parquet

    types = {"integer": pyarrow.int64(), "number": pyarrow.float64(), "string": pyarrow.string()}
    shape = pyarrow.schema([(column.name, types[column.type]) for column in found])
    with parquet.ParquetWriter(file, shape, compression="zstd") as out:
        for batch in rows(conn, export):
            out.write_table(
                pyarrow.table(
                    [
                        pyarrow.array(
                            [_as(column.type, row[at]) for row in batch], types[column.type]
                        )
                        for at, column in enumerate(found)
                    ],
                    schema=shape,
                )
            )


def _as(kind: str, value: Any) -> Any:
    if value is None:
        return None
    return str(value) if kind == "string" else value
