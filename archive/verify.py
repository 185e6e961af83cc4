"""Proof of an archive: every hash, link, count and locator, each fault in one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from archive import content, documents, payloads
from archive.db import Archive
from archive.errors import DamagedPayload
from extract.attachments.paper import UnreadableError
from extract.locate import Places

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it must be.

    Attributes:
        code: What kind: ``file``, ``link``, ``payload``, ``count``, ``content``, ``locator``.
        where: The table and row, or the payload.
        what: What is wrong there.
    """

    code: str
    where: str
    what: str


# What must never be: each query names the rows that break the rule.
_RULES = {
    "a fetched page without its bytes": """SELECT 'frontier ' || frontier.id FROM frontier
        LEFT JOIN fetches ON fetches.id = fetch_id
        WHERE state = 'fetched' AND payload_sha256 IS NULL""",
    "the numbers of its report's versions are not 1, 2, 3 and so on": """
        SELECT 'report_versions ' || id
        FROM (SELECT id, number, row_number() OVER (PARTITION BY report_id ORDER BY number) AS nth
            FROM report_versions) WHERE number != nth""",
    "it arrived before the version that comes before it": """SELECT 'report_versions ' || id
        FROM (SELECT id, arrival_id,
            lag(arrival_id) OVER (PARTITION BY report_id ORDER BY number) AS before
            FROM report_versions) WHERE arrival_id IS NULL OR arrival_id < before""",
    "it has no version": """SELECT 'reports ' || id FROM reports
        WHERE current_version_id IS NULL""",
    "its current version is another report's, or not the last": """SELECT 'reports ' || reports.id
        FROM reports JOIN report_versions ON report_versions.id = current_version_id
        WHERE report_id != reports.id OR number != (SELECT max(number) FROM report_versions
            WHERE report_id = reports.id)""",
    "its version was read from a document that is not the report's": """
        SELECT 'report_versions ' || id FROM report_versions
        WHERE NOT EXISTS (SELECT 1 FROM report_documents AS own
            WHERE own.report_id = report_versions.report_id
            AND own.document_id = report_versions.document_id)""",
    "its first version has another reason, or a later one is called the first": """
        SELECT 'report_versions ' || id FROM report_versions
        WHERE (number = 1) != (reason = 'first')""",
    "it stands in the panel and is not primary, or the reverse": """SELECT 'reports ' || id
        FROM reports LEFT JOIN panel ON report_id = id
        WHERE is_primary != (report_id IS NOT NULL)""",
    "it is checked against a report that is not primary, or not of the year before": """
        SELECT 'reports ' || report_id FROM cross_checks JOIN reports AS new ON new.id = report_id
        JOIN reports AS old ON old.id = earlier_id
        WHERE NOT (new.is_primary AND old.is_primary AND old.year = new.year - 1)""",
    "it is a duplicate of a duplicate": """SELECT 'reports ' || one.id FROM reports AS one
        JOIN reports AS other ON other.id = one.duplicate_of
        WHERE other.duplicate_of IS NOT NULL""",
}


def verify(archive: Archive, progress: Progress | None = None) -> Iterator[Fault]:
    """Prove an archive, from the file to the last printed cell.

    In this order: the file and its foreign keys; each payload against its hash and size; the
    counts and links that no foreign key can hold; each version's content against its hash; each
    value's locator against the bytes it was read from.

    Args:
        archive: The archive; reading is enough.
        progress: Called with what is being proven, how many are done, and of how many.

    Yields:
        Each fault. None: all is proven.
    """
    tell = progress or (lambda *_: None)
    yield from _file(archive)
    yield from _payloads(archive, tell)
    for what, sql in _RULES.items():
        yield from (Fault("count", row[0], what) for row in archive.conn.execute(sql))
    yield from _contents(archive, tell)
    yield from _locators(archive, tell)


def _file(archive: Archive) -> Iterator[Fault]:
    for (said,) in archive.conn.execute("PRAGMA integrity_check"):
        if said != "ok":
            yield Fault("file", archive.path.name, said)
    for table, rowid, parent, _ in archive.conn.execute("PRAGMA foreign_key_check"):
        yield Fault("link", f"{table} {rowid}", f"it names a row of {parent} that is not there")


def _payloads(archive: Archive, tell: Progress) -> Iterator[Fault]:
    total = _count(archive, "payloads")
    rows = archive.conn.execute("SELECT sha256, size FROM payloads ORDER BY sha256")
    for number, (name, size) in enumerate(rows, start=1):
        tell("payloads", number, total)
        try:
            data = payloads.get(archive, name)
        except DamagedPayload as error:
            yield Fault("payload", name, str(error))
            continue
        if len(data) != size:
            yield Fault("payload", name, f"it has {len(data)} bytes, and its row says {size}")


def _contents(archive: Archive, tell: Progress) -> Iterator[Fault]:
    total = _count(archive, "report_versions")
    rows = archive.conn.execute("SELECT id, content_sha256 FROM report_versions ORDER BY id")
    for number, (version, expected) in enumerate(rows, start=1):
        tell("versions", number, total)
        if content.stored(archive, version) != expected:
            yield Fault(
                "content", f"report_versions {version}", "its rows do not have its content_sha256"
            )


def _locators(archive: Archive, tell: Progress) -> Iterator[Fault]:
    total = _count(archive, "documents")
    rows = archive.conn.execute("SELECT id, payload_sha256 FROM documents ORDER BY id")
    for number, (document, payload) in enumerate(rows, start=1):
        tell("documents", number, total)
        cells = archive.conn.execute(
            """SELECT at, raw, version_id, table_key, row_key, column_key
            FROM report_documents JOIN report_versions USING (report_id)
            JOIN cells ON version_id = report_versions.id
            WHERE report_documents.document_id = ?1 AND cells.document_id = ?1
            AND missing IS NOT 'conflict'""",
            [document],
        ).fetchall()
        if not cells:
            continue
        try:
            data = payloads.get(archive, payload)
        except DamagedPayload:
            continue  # said already
        places = Places(data, documents.source_of(archive, document).content_type)
        for at, raw, version, *path in cells:
            try:
                found = places.text(at)
            except UnreadableError as error:
                what = f"its {len(cells)} cells cannot be proven here: {error.detail}"
                yield Fault("locator", f"documents {document}", what)
                break
            except (LookupError, ValueError) as error:
                found = None
                why = str(error)
            else:
                why = f"the document says {found!r} there, and the cell {raw!r}"
            if found != raw:
                yield Fault("locator", f"cells {version} {'/'.join(path)} {at}", why)


def _count(archive: Archive, table: str) -> int:
    return int(archive.conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
