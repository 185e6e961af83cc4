"""The public file: all that was read and how it can be proven, without the bytes, without persons.

It is a fresh database of the archive's own schema, so that every query and command that reads an
archive reads it too. Two builds from one archive are the same file, byte for byte: rows are
written in the order of their keys, and nothing depends on the clock.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import sqlite_utils

from archive import codebook, schema, sectors
from archive.db import APPLICATION_ID, Archive
from archive.release.redaction import MARKS, redact
from archive.search import index
from archive.takedowns import REPORTS

#: Copied as they are, in this order.
TABLES = (
    "divisions", "division_changes", "portals", "publishers", "publisher_names",
    "publisher_relations", "publisher_columns", "documents", "reports", "report_documents",
    "report_versions", "sections", "cell_places", "cell_headings", "cell_grids", "compact_cells",
    "check_rules", "compact_checks", "cross_checks", "claims", "indicators", "attachments",
    "issues", "changes", "errata", "takedowns", "panel", "panel_all", "compact_missing",
    "coverage",
)  # fmt: skip

#: How the bytes came and what was asked for: of use to who crawls, not to who reads.
LEFT_OUT = (
    "payloads", "dictionaries", "frontier", "crawls", "listings", "list_pages", "notes",
    "rebuilds", "enclosed", "files", "readings",
)  # fmt: skip

#: Columns that hold text of the reports: table and column.
TEXTS = (
    ("sections", "heading"), ("sections", "text"), ("claims", "value"), ("claims", "quote"),
    ("indicators", "quote"), ("issues", "detail"), ("changes", "old_raw"), ("changes", "new_raw"),
    ("reports", "title"), ("attachments", "name"), ("report_versions", "fields"),
    ("documents", "source"), ("cell_headings", "row_label"), ("cell_headings", "column_label"),
    ("compact_cells", "raw"),
)  # fmt: skip

_OF_A_VERSION = (
    "sections", "compact_cells", "compact_checks", "claims", "indicators", "attachments", "issues",
)  # fmt: skip
_OF_A_REPORT = ("panel", "panel_all", "compact_missing", "cross_checks", "changes", "errata")

# The fetches that prove something; the log of all others stays in the archive.
_PROOFS = """INSERT INTO fetches (id, portal, url, final_url, host, method, fetched_at, status,
    outcome, payload_sha256, address)
    SELECT id, portal, url, final_url, host, method, fetched_at, status, outcome, payload_sha256,
    address FROM source.fetches WHERE id IN (
        SELECT fetch_id FROM source.documents UNION
        SELECT evidence_fetch_id FROM source.coverage UNION
        SELECT arrival_id FROM source.report_versions) ORDER BY id"""


def draft(archive: Archive, file: Path) -> Counter[str]:
    """Build all of a public file but its number, which follows from what is in it.

    Args:
        archive: The archive; reading is enough.
        file: The file to make; there must be none.

    Returns:
        How many stretches of text were taken out, by kind.
    """
    conn = sqlite3.connect(f"{file.resolve().as_uri()}", uri=True, isolation_level=None)
    try:
        conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        conn.execute("PRAGMA journal_mode = OFF")
        conn.execute("PRAGMA foreign_keys = OFF")
        conn.execute("ATTACH ? AS source", [f"{archive.path.resolve().as_uri()}?mode=ro"])
        conn.execute("BEGIN")
        _fill(conn, archive.meta("world") or "real")
        _withhold(conn)
        taken = _redact(conn)
        conn.execute("COMMIT")
        conn.execute("DETACH source")
        _index(file, conn)
    finally:
        conn.close()
    return taken


def publish(drafted: Path, file: Path, info: dict[str, str]) -> None:
    """Make the public file of a draft.

    Args:
        drafted: What :func:`draft` made; it gets the number, too.
        file: The file to make; there must be none. Nothing that was taken out is left in it.
        info: What ``release_info`` says, such as ``version`` and ``as_of``.
    """
    conn = sqlite3.connect(drafted, isolation_level=None)
    try:
        conn.execute("BEGIN")
        conn.execute(
            "INSERT OR REPLACE INTO archive_meta (key, value) VALUES ('release', ?)",
            [info["version"]],
        )
        conn.executemany(
            "INSERT INTO release_info (key, value) VALUES (?, ?)", sorted(info.items())
        )
        conn.execute("COMMIT")
        conn.execute("VACUUM INTO ?", [str(file)])
    finally:
        conn.close()


def _fill(conn: sqlite3.Connection, world: str) -> None:
    schema.apply(conn)
    codebook.sync(conn)
    sectors.sync(conn)
    there = {row[0] for row in conn.execute("SELECT name FROM main.sqlite_master")}
    for table in TABLES:
        if table in there:
            conn.execute(f"DELETE FROM main.{table}")
            _copy(conn, table)
    conn.execute(_PROOFS)
    for table in LEFT_OUT:
        conn.execute(f"DROP TABLE IF EXISTS main.{table}")
    conn.execute("DROP VIEW IF EXISTS main.column_visits")
    conn.execute(
        "INSERT OR REPLACE INTO archive_meta (key, value) VALUES ('world', ?)", [world]
    )
    # The migrations' own log has the hour in it.
    conn.execute("UPDATE _sqlite_migrations SET applied_at = ''")


def _copy(conn: sqlite3.Connection, table: str) -> None:
    columns = [
        row[1] for row in conn.execute(f"PRAGMA main.table_xinfo({table})") if row[6] == 0
    ]  # generated columns make themselves
    keys = [row[1] for row in conn.execute(f"PRAGMA main.table_info({table})") if row[5]]
    names = ", ".join(columns)
    order = ", ".join(keys) or "rowid"
    conn.execute(
        f"INSERT INTO main.{table} ({names}) SELECT {names} FROM source.{table} ORDER BY {order}"
    )


def _withhold(conn: sqlite3.Connection) -> None:
    """Leave of reports that were taken down no more than their keys and tombstones."""
    versions = f"(SELECT id FROM report_versions WHERE report_id IN {REPORTS})"
    there = {row[0] for row in conn.execute("SELECT name FROM main.sqlite_master")}
    for table in _OF_A_VERSION:
        conn.execute(f"DELETE FROM {table} WHERE version_id IN {versions}")
    for table in _OF_A_REPORT:
        if table in there:
            conn.execute(f"DELETE FROM {table} WHERE report_id IN {REPORTS}")
    conn.execute(
        f"UPDATE report_versions SET fields = '{{}}', flags = '[]' WHERE report_id IN {REPORTS}"
    )
    conn.execute(
        f"""UPDATE documents SET source = '{{}}' WHERE id IN
        (SELECT document_id FROM report_documents WHERE report_id IN {REPORTS})"""
    )
    conn.execute(
        f"""UPDATE reports SET title = NULL, agency = NULL, current_version_id = NULL,
        is_primary = 0 WHERE id IN {REPORTS}"""
    )


def _redact(conn: sqlite3.Connection) -> Counter[str]:
    before = _marks(conn)
    conn.create_function("redacted", 1, _redacted, deterministic=True)
    _redact_sections(conn)
    for table, column in TEXTS:
        if (table, column) != ("sections", "text"):
            conn.execute(
                f"UPDATE {table} SET {column} = redacted({column}) "
                f"WHERE {column} IS NOT redacted({column})"
            )
    return _marks(conn) - before


def _redacted(text: str | None) -> str | None:
    return redact(text)[0] if text else text


def _marks(conn: sqlite3.Connection) -> Counter[str]:
    """Count the marks that stand in the texts."""
    counts: Counter[str] = Counter()
    for table, column in TEXTS:
        for kind, mark in MARKS.items():
            counts[kind] += conn.execute(
                f"""SELECT coalesce(sum((length({column}) - length(replace({column}, ?1, '')))
                / length(?1)), 0) FROM {table} WHERE instr({column}, ?1)""",
                [mark],
            ).fetchone()[0]
    return counts


def _redact_sections(conn: sqlite3.Connection) -> None:
    """Redact the sections' texts; the parts of section 5 are moved with them."""
    for row, text, parts in conn.execute("SELECT rowid, text, parts FROM sections").fetchall():
        redacted, spans = redact(text)
        if not spans:
            continue
        moved = None if parts is None else _moved(parts, _mover(text))
        conn.execute(
            "UPDATE sections SET text = ?, parts = ? WHERE rowid = ?", [redacted, moved, row]
        )


def _mover(text: str) -> Callable[[int], int]:
    """Return where a place of a text lies after its redaction."""

    def place(at: int) -> int:
        return len(redact(text[:at])[0])

    return place


def _moved(parts: str, place: Callable[[int], int]) -> str:
    found = json.loads(parts)
    for part in found:
        part["start"], part["end"] = place(part["start"]), place(part["end"])
    return json.dumps(found)


def _index(file: Path, conn: sqlite3.Connection) -> None:
    """Enter the redacted texts into the search index, in the order of the reports."""
    conn.execute("PRAGMA journal_mode = MEMORY")
    opened = Archive(file, conn, None)
    index.update(opened)
    conn.execute("INSERT INTO search (search) VALUES ('optimize')")
    sqlite_utils.Database(conn).analyze()
