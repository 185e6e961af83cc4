"""Rebuilds: how far one has come, and which fetched pages it has to go through."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archive import frontier, revisits
from archive.clock import now
from archive.db import Archive
from archive.documents import IS_UNREAD, LACKING_CODES, UNREAD_CODES
from archive.frontier import Entry

# Files that wait for a package or a program; a page only repeats what its files say.
_LACKED = f"""SELECT issues.document_id FROM issues
    JOIN documents ON documents.id = issues.document_id AND encoding = '{{}}'
    WHERE code IN {LACKING_CODES} AND (version_id IS NULL
        OR version_id IN (SELECT current_version_id FROM reports))"""

#: Outcomes of frontier rows whose page was parsed.
_PARSED = ("ok", "unchanged", "truncated", "block_page")


@dataclass(frozen=True, slots=True)
class Rebuild:
    """A row of ``rebuilds``.

    Attributes:
        id: The rebuild.
        fetch_id: The last fetch that was gone through.
        documents: How many documents were read.
        is_finished: All fetches were gone through.
    """

    id: int
    fetch_id: int
    documents: int
    is_finished: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A fetched page that is to be parsed or read again.

    Attributes:
        fetch_id: The fetch that brought it.
        crawl_id: The run of that fetch, None for a loose file.
        entry: Its row in the frontier; while that is ``fetched``, nothing was made of the page.
        url: The address that answered.
        payload_sha256: Its bytes.
        content_type: The Content-Type header.
        document_id: The document that was made of it, None if none was.
        is_history: An older version of a report was read from it, and a newer one from others.
    """

    fetch_id: int
    crawl_id: int | None
    entry: Entry
    url: str
    payload_sha256: str
    content_type: str | None
    document_id: int | None
    is_history: bool


def mark(archive: Archive) -> str:
    """Return what tells an archive from itself after anything was added to it."""
    tables = ("crawls", "fetches", "documents", "report_versions", "rebuilds")
    return json.dumps(
        [
            archive.conn.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]
            for table in tables
        ]
    )


def begin(archive: Archive, extractor: str, original: str) -> Rebuild:
    """Enter a rebuild in the copy of an archive that it works on.

    Args:
        archive: The copy.
        extractor: The version of the reader.
        original: The :func:`mark` of the archive that was copied.
    """
    with archive.atomic():
        number = archive.conn.execute(
            "INSERT INTO rebuilds (extractor, original, started_at) VALUES (?, ?, ?) RETURNING id",
            [extractor, original, now()],
        ).fetchone()[0]
    return Rebuild(number, 0, 0, is_finished=False)


def interrupted(archive: Archive, extractor: str, original: str) -> Rebuild | None:
    """Return the rebuild that a copy was made for, if it is of this reader and this original."""
    row = archive.conn.execute(
        """SELECT id, fetch_id, documents, finished_at IS NOT NULL, extractor, original
        FROM rebuilds ORDER BY id DESC LIMIT 1"""
    ).fetchone()
    if row is None or tuple(row[4:]) != (extractor, original):
        return None
    return Rebuild(row[0], row[1], row[2], bool(row[3]))


def advance(archive: Archive, rebuild: Rebuild, fetch_id: int, documents: int) -> None:
    """Note how far a rebuild has come, in the transaction that keeps what it made."""
    archive.conn.execute(
        "UPDATE rebuilds SET fetch_id = ?, documents = documents + ? WHERE id = ?",
        [fetch_id, documents, rebuild.id],
    )


def finish(archive: Archive, rebuild: Rebuild) -> None:
    """Note that all fetches were gone through."""
    archive.conn.execute("UPDATE rebuilds SET finished_at = ? WHERE id = ?", [now(), rebuild.id])


def tell(archive: Archive, rebuild: Rebuild, summary: Mapping[str, Any]) -> None:
    """Keep what a rebuild came to."""
    archive.conn.execute(
        "UPDATE rebuilds SET summary = ? WHERE id = ?",
        [json.dumps(summary, ensure_ascii=False), rebuild.id],
    )


def pages(archive: Archive, after: int, number: int) -> list[Page]:
    """Return the next pages, by fetch, so that the newest word is the last one."""
    rows = archive.conn.execute(
        f"{_select()} WHERE fetches.id > ? AND {_is_parsed()} ORDER BY fetches.id LIMIT ?",
        [after, *_PARSED, number],
    )
    return [_page(row) for row in rows]


def waiting(archive: Archive) -> list[Page]:
    """Return the articles and files whose bytes are kept and that were not read to an end, or
    not at all because a package or a program was not there."""
    rows = archive.conn.execute(
        f"""{_select()} WHERE frontier.role IN ('article', 'attachment')
        AND (frontier.state = 'fetched'
        OR documents.id IN (SELECT document_id FROM issues WHERE code IN {UNREAD_CODES})
        AND {IS_UNREAD} OR documents.id IN ({_LACKED}))
        ORDER BY CASE WHEN frontier.campaign < 0 THEN fetches.fetched_at END,
        fetches.id"""
    )
    return [_page(row) for row in rows]


def left(archive: Archive, after: int) -> int:
    """Return how many of the pages come after a fetch."""
    sql = f"SELECT count(*) FROM ({_select()} WHERE fetches.id > ? AND {_is_parsed()})"
    return int(archive.conn.execute(sql, [after, *_PARSED]).fetchone()[0])


# A 304 may come without the headers that tell how its page is to be decoded.
_HEADERS = f"""CASE WHEN fetches.status = {revisits.NOT_MODIFIED} THEN coalesce((SELECT headers
    FROM fetches AS first WHERE first.id < fetches.id AND first.address = fetches.address
    AND first.payload_sha256 = fetches.payload_sha256 AND first.status = 200
    ORDER BY first.id DESC LIMIT 1), fetches.headers) ELSE fetches.headers END"""


def _select() -> str:
    entry = ", ".join(f"frontier.{name}" for name in frontier.COLUMNS.split(", "))
    return f"""SELECT fetches.id, fetches.crawl_id, coalesce(fetches.final_url, fetches.url),
        fetches.payload_sha256, {_HEADERS}, documents.id,
        EXISTS (SELECT 1 FROM report_versions WHERE document_id = documents.id)
        AND NOT EXISTS (SELECT 1 FROM report_versions JOIN reports ON reports.id = report_id
            AND current_version_id = report_versions.id WHERE document_id = documents.id),
        {entry}
        FROM fetches JOIN frontier ON frontier.id = fetches.frontier_id
            AND frontier.fetch_id = fetches.id
        LEFT JOIN documents ON documents.payload_sha256 = fetches.payload_sha256
            AND documents.url = frontier.url"""


def _is_parsed() -> str:
    marks = ", ".join("?" * len(_PARSED))
    return f"""fetches.payload_sha256 IS NOT NULL AND frontier.state = 'done'
        AND frontier.role IN ('column', 'list', 'article', 'attachment')
        AND frontier.outcome IN ({marks})
        AND (status IS NOT {revisits.NOT_MODIFIED} OR frontier.role != 'article')"""


def _page(row: tuple[Any, ...]) -> Page:
    headers = {name.lower(): value for name, value in json.loads(row[4])}
    return Page(
        fetch_id=row[0],
        crawl_id=row[1],
        entry=frontier.entry(row[7:]),
        url=row[2],
        payload_sha256=row[3],
        content_type=headers.get("content-type"),
        document_id=row[5],
        is_history=bool(row[6]),
    )
