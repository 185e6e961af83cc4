"""One report as the archive has it, for ``scrapy show``."""

from __future__ import annotations

import difflib
import json
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from archive import exploration
from archive.db import Archive
from extract import formats
from extract.formats import TableSpec

_HEAD = """SELECT reports.id AS id, report_key, publishers.name AS publisher, agency, year,
    report_scope, title, reports.url AS url, published_on, signed_on, due_on, format,
    reports.kind AS kind, is_primary, duplicate_of, current_version_id,
    report_versions.number AS version, reason, made_at, report_versions.extractor AS extractor,
    flags, documents.payload_sha256, fetched_at, documents.url AS document_url, document_id
    FROM reports JOIN publishers ON publishers.id = publisher_id
    LEFT JOIN report_versions ON report_versions.id = current_version_id
    LEFT JOIN documents ON documents.id = document_id
    LEFT JOIN fetches ON fetches.id = documents.fetch_id"""


@dataclass(frozen=True)
class Grid:
    """A table of the form as printed: column labels, and rows of (label, cells)."""

    key: str
    columns: list[str]
    rows: list[tuple[str, list[str]]]


class UnknownReportError(Exception):
    """No report has that key; ``near`` has keys that look like it."""

    def __init__(self, key: str, near: list[str]) -> None:
        super().__init__(key)
        self.near = near


@dataclass(frozen=True)
class ReportView:
    """One report.

    Attributes:
        head: Identity and provenance, by column name.
        grids: Its tables.
        checks: (id, scope, left, right, verdict, cause) of its current version.
        years: (id, scope, later report, its value, earlier report, what follows from that, verdict,
            cause) of the checks against the years before and after.
        issues: (code, detail, at) that the reader met.
        attachments: (name, url) of linked files.
        versions: (number, reason, made_at), oldest first.
        way: Where the portal was entered and which links were followed, when discovery found it.
    """

    head: dict[str, Any]
    grids: list[Grid]
    checks: list[tuple[Any, ...]]
    years: list[tuple[Any, ...]]
    issues: list[tuple[Any, ...]]
    attachments: list[tuple[Any, ...]]
    versions: list[tuple[Any, ...]]
    way: list[str]


def load(archive: Archive, key: str) -> ReportView:
    """Return a report by its ``report_key``.

    Raises:
        UnknownReportError: There is none of that key.
    """
    cursor = archive.conn.execute(f"{_HEAD} WHERE report_key = ?", [key])
    row = cursor.fetchone()
    if row is None:
        raise UnknownReportError(key, _near(archive, key))
    head = dict(zip([column[0] for column in cursor.description], row, strict=True))
    head["flags"] = json.loads(head["flags"] or "[]")
    version = head["current_version_id"]

    def of_version(query: str) -> list[tuple[Any, ...]]:
        return archive.conn.execute(query, [version]).fetchall()

    return ReportView(
        head=head,
        grids=list(_grids(archive, version, head["format"])),
        checks=of_version(
            """SELECT check_id, scope, left_value, right_value, verdict, cause FROM checks
            WHERE version_id = ? ORDER BY nth"""
        ),
        years=archive.conn.execute(
            """SELECT check_id, scope, new.report_key, left_value, old.report_key, right_value,
            verdict, cause FROM cross_checks JOIN reports AS new ON new.id = report_id
            JOIN reports AS old ON old.id = earlier_id
            WHERE ?1 IN (report_id, earlier_id) ORDER BY new.year, check_id, scope""",
            [head["id"]],
        ).fetchall(),
        issues=of_version("SELECT code, detail, at FROM issues WHERE version_id = ?"),
        attachments=of_version("SELECT name, url FROM attachments WHERE version_id = ?"),
        versions=archive.conn.execute(
            """SELECT number, reason, made_at FROM report_versions
            WHERE report_id = ? ORDER BY number""",
            [head["id"]],
        ).fetchall(),
        way=exploration.way_to(archive, head["document_id"]) if head["document_id"] else [],
    )


def _near(archive: Archive, key: str) -> list[str]:
    """Return up to five keys that look like the one asked for, or belong to its publisher."""
    keys = [row[0] for row in archive.conn.execute("SELECT report_key FROM reports")]
    same = [known for known in keys if key and known.startswith(key.split(":")[0] + ":")]
    return (difflib.get_close_matches(key, keys, n=5, cutoff=0.6) or sorted(same))[:5]


def _grids(archive: Archive, version: int | None, form_id: str | None) -> Iterator[Grid]:
    """Yield the tables of a version, with the rows, columns and labels of its form."""
    cells: dict[str, dict[str, dict[str, str]]] = {}
    for table, row, column, raw, missing in archive.conn.execute(
        """SELECT table_key, row_key, column_key, raw, missing FROM cells
        WHERE version_id = ? AND occurrence = 0""",
        [version],
    ):
        cells.setdefault(table, {}).setdefault(row, {})[column] = raw or f"({missing})"
    form = formats.forms().get(form_id or "")
    for key, rows in sorted(cells.items()):
        spec = form.tables.get(key) if form else None
        row_labels = {row.key: row.label for row in spec.rows} if spec else {}
        column_labels = _column_labels(spec) if spec else {}
        columns = _ordered({column for row in rows.values() for column in row}, column_labels)
        yield Grid(
            key=key,
            columns=[column_labels.get(column, column) for column in columns],
            rows=[
                (row_labels.get(row, row), [rows[row].get(column, "") for column in columns])
                for row in _ordered(rows, row_labels)
            ],
        )


def _column_labels(table: TableSpec) -> dict[str, str]:
    """Return the labels of a table's columns, with their group where a label stands twice."""
    often = Counter(column.label for column in table.columns)
    return {
        column.key: f"{column.group} {column.label}"
        if column.group and often[column.label] > 1
        else column.label
        for column in table.columns
    }


def _ordered(found: Collection[str], form: Collection[str]) -> list[str]:
    """Return the keys that were found in the order of the form, then those it does not have."""
    return [key for key in form if key in found] + sorted(set(found) - set(form))
