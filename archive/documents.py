"""Documents: a payload at an address, and what the reader took it for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from archive.address import address
from archive.db import Archive
from extract.record import Issue, Record, Source

UNREAD_CODES = ("reader_died", "reader_timeout")
"""Issues of a document whose reader came to no end: to be read again from its payload."""

LACKING_CODES = ("needs_extra", "needs_program", "needs_reader")
"""Issues of a document whose reader lacked a package or a program: read again when it is there."""

NOT_READ_CODES = (
    *LACKING_CODES, *UNREAD_CODES, "encrypted", "broken", "too_large", "unknown_type", "no_text",
)  # fmt: skip
"""Issues that say why a file could not be read."""

IS_UNREAD = f"""EXISTS (SELECT 1 FROM issues WHERE issues.document_id = documents.id
    AND issues.version_id IS NULL AND issues.code IN {UNREAD_CODES})"""
"""SQL: whether a row of ``documents`` is one of these."""


@dataclass(frozen=True, slots=True)
class Fetch:
    """The fetch a document came by.

    Attributes:
        id: The row in ``fetches``.
        url: The address asked: as listed, before redirects, so that it is known when seen again.
        host: The host that answered.
        fetched_at: UTC.
        payload_sha256: Its payload.
        media_type: The Content-Type as sent, without parameters.
        column: The root column that led to it, None for a loose file.
        division: The division of that column.
        address: Its address in comparison form; of a file that a page names, without a gateway's
            passing token.
        role: Of the page in the frontier; ``article`` for a loose file.
    """

    id: int
    url: str
    host: str
    fetched_at: str
    payload_sha256: str
    media_type: str | None
    column: str | None
    division: str | None
    address: str
    role: str


def fetch(archive: Archive, fetch_id: int) -> Fetch:
    """Return what is known of a fetch.

    Raises:
        ValueError: There is no such fetch, or it has no payload: nothing can be stored of it.
    """
    row = archive.conn.execute(
        """SELECT fetches.id, coalesce(frontier.url, fetches.url), host, fetched_at,
        payload_sha256, headers, column_url, args, coalesce(role, 'article')
        FROM fetches LEFT JOIN frontier ON frontier.id = fetches.frontier_id
        WHERE fetches.id = ?""",
        [fetch_id],
    ).fetchone()
    if row is None or row[4] is None:
        raise ValueError(f"fetch {fetch_id} has no payload in {archive.path}")
    headers = {name.lower(): value for name, value in json.loads(row[5])}
    media_type = headers.get("content-type", "").split(";")[0].strip().lower() or None
    args: dict[str, Any] = json.loads(row[7]) if row[7] else {}
    return Fetch(
        id=row[0],
        url=row[1],
        host=row[2],
        fetched_at=row[3],
        payload_sha256=row[4],
        media_type=media_type,
        column=row[6],
        division=args.get("division"),
        address=address(str(args.get("file") or row[1])),
        role=row[8],
    )


def save(archive: Archive, found: Fetch, source: Source, records: Sequence[Record]) -> int:
    """Enter the document of a fetch, or take note that it was read again.

    The same bytes at the same address are one document, whenever they were fetched.

    Args:
        archive: The archive, open for writing.
        found: The fetch.
        source: What was handed to the reader; kept, so that a rebuild reads the same.
        records: What the reader found.

    Returns:
        The id in ``documents``.
    """
    kinds = [record.kind for record in records]
    kind = "report" if "report" in kinds else next(iter(kinds), "not_report")
    encoding = records[0].encoding if records else {}
    return int(
        archive.conn.execute(
            """INSERT INTO documents (payload_sha256, fetch_id, url, host, media_type, kind,
            address, source, encoding, extractor) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (payload_sha256, url) DO UPDATE SET kind = excluded.kind,
            source = excluded.source, encoding = excluded.encoding, extractor = excluded.extractor
            RETURNING id""",
            [
                found.payload_sha256,
                found.id,
                found.url,
                found.host,
                found.media_type,
                kind,
                found.address,
                json.dumps(asdict(source), ensure_ascii=False),
                json.dumps(encoding),
                records[0].extractor if records else "",
            ],
        ).fetchone()[0]
    )


def keep_unread(archive: Archive, fetch_id: int, source: Source, issue: Issue) -> None:
    """Enter the document of a fetch that could not be read, with the reason.

    Nothing that was read of the same bytes before is touched.

    Args:
        archive: The archive, open for writing.
        fetch_id: The fetch that brought the document.
        source: What was handed to the reader.
        issue: Its code is one of ``UNREAD_CODES``.

    Raises:
        ValueError: The fetch is unknown or has no payload.
    """
    with archive.atomic():
        found = fetch(archive, fetch_id)
        known = archive.conn.execute(
            "SELECT id FROM documents WHERE payload_sha256 = ? AND url = ?",
            [found.payload_sha256, found.url],
        ).fetchone()
        document_id = int(known[0]) if known else save(archive, found, source, ())
        archive.conn.execute(
            f"DELETE FROM issues WHERE document_id = ? AND code IN {UNREAD_CODES}", [document_id]
        )
        archive.conn.execute(
            "INSERT INTO issues (document_id, code, detail) VALUES (?, ?, ?)",
            [document_id, issue.code, issue.detail],
        )


def source_of(archive: Archive, document_id: int) -> Source:
    """Return what was handed to the reader with a document."""
    row = archive.conn.execute(
        "SELECT source FROM documents WHERE id = ?", [document_id]
    ).fetchone()
    return Source(**json.loads(row[0]))


def save_issues(archive: Archive, document_id: int, issues: Iterable[Issue]) -> None:
    """Replace the issues of a document that became no report."""
    archive.conn.execute(
        "DELETE FROM issues WHERE document_id = ? AND version_id IS NULL", [document_id]
    )
    archive.conn.executemany(
        "INSERT INTO issues (document_id, code, detail, at) VALUES (?, ?, ?, ?)",
        [(document_id, item.code, item.detail, item.at) for item in issues],
    )
