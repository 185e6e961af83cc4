"""Revisits: an address that is asked again and still has the bytes that the archive keeps.

A server that answers 304 leaves a row in ``fetches`` with status 304, outcome ``unchanged`` and the
payload that it confirms: nothing is copied, and the answer can be read again like any other.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from archive.address import address
from archive.db import Archive
from archive.documents import IS_UNREAD
from extract.record import Source

NOT_MODIFIED = 304
_SAMPLE = 40
_FEW = 4


@dataclass(frozen=True, slots=True)
class Kept:
    """The latest good answer of an address.

    Attributes:
        fetch_id: The fetch that brought it.
        url: The address that answered, after redirects.
        payload_sha256: Its bytes.
        headers: Its headers, names in lower case; of several of one name the last.
        lies: The validators that stood over other bytes as well at an earlier fetch.
    """

    fetch_id: int
    url: str
    payload_sha256: str
    headers: Mapping[str, str]
    lies: frozenset[str] = frozenset()


def kept(archive: Archive, url: str) -> Kept | None:
    """Return the latest good answer of an address; None when there is none to build on.

    None when the page turned out to be a block page, another page than was asked for, or one that
    could not be read: such a page is to be had anew.

    Args:
        archive: The archive.
        url: The address as asked for, before redirects.
    """
    rows = archive.conn.execute(
        f"""SELECT fetches.id, coalesce(final_url, fetches.url), payload_sha256, headers,
        frontier.outcome NOT IN ('ok', 'unchanged') OR EXISTS (SELECT 1 FROM documents
            WHERE documents.payload_sha256 = fetches.payload_sha256
            AND documents.address = fetches.address AND (kind = 'blocked' OR {IS_UNREAD}))
        FROM fetches JOIN frontier ON frontier.fetch_id = fetches.id
        WHERE fetches.address = ? AND status = 200 AND fetches.outcome = 'ok'
        AND payload_sha256 NOT NULL AND fetches.method = 'GET' AND state = 'done' AND campaign > 0
        ORDER BY fetches.id DESC LIMIT 2""",
        [address(url)],
    ).fetchall()
    if not rows or rows[0][4]:
        return None
    fetch_id, final, payload, headers, _ = rows[0]
    named = _named(headers)
    lies: set[str] = set()
    if len(rows) > 1 and rows[1][2] != payload:
        before = _named(rows[1][3])
        lies = {
            name
            for name in ("etag", "last-modified")
            if name in named and before.get(name) == named[name]
        }
    return Kept(fetch_id, final, payload, named, frozenset(lies))


def share_of_one_date(archive: Archive, portal: str) -> float:
    """Return which share of a portal's latest pages has the Last-Modified that most of them have.

    A server that gives all pages the hour of its last start says nothing of any of them.

    Returns:
        0 to 1; 0 when fewer than four pages of different bytes have one.
    """
    rows = archive.conn.execute(
        """SELECT headers FROM fetches
        WHERE portal = ? AND crawl_id = (SELECT max(crawl_id) FROM fetches WHERE portal = ?
            AND outcome = 'ok')
        AND outcome = 'ok' AND status = 200 GROUP BY payload_sha256 LIMIT ?""",
        [portal, portal, _SAMPLE],
    )
    dates = Counter(
        date for (headers,) in rows if (date := _named(headers).get("last-modified")) is not None
    )
    total = sum(dates.values())
    return max(dates.values()) / total if total >= _FEW else 0.0


def confirmed(archive: Archive, fetch_id: int) -> int:
    """Return the fetch that brought the bytes which a 304 confirms; any other fetch is its own."""
    row = archive.conn.execute(
        """SELECT max(first.id) FROM fetches AS again JOIN fetches AS first
        ON first.address = again.address AND first.payload_sha256 = again.payload_sha256
        AND first.status = 200 AND first.id < again.id
        WHERE again.id = ? AND again.status = ?""",
        [fetch_id, NOT_MODIFIED],
    ).fetchone()
    return fetch_id if row[0] is None else int(row[0])


def read_before(
    archive: Archive, payload_sha256: str, url: str, source: Source, extractor: str
) -> int | None:
    """Return the document of these bytes at this address, if reading it again is pointless.

    Args:
        archive: The archive.
        payload_sha256: The bytes.
        url: The address asked.
        source: What the reader would be given.
        extractor: The version of the reader.

    Returns:
        The id in ``documents``; None when this reader, told the same, has not read it, or came to
        no end.
    """
    row = archive.conn.execute(
        f"""SELECT id, source FROM documents WHERE payload_sha256 = ? AND url = ? AND extractor = ?
        AND kind != 'blocked' AND NOT {IS_UNREAD}""",
        [payload_sha256, url, extractor],
    ).fetchone()
    if row is None or json.loads(row[1]) != json.loads(json.dumps(asdict(source))):
        return None
    return int(row[0])


def seen_again(archive: Archive, document_id: int, fetch_id: int) -> None:
    """Note on the reports of a document that their page was seen again as it was."""
    archive.conn.execute(
        """UPDATE reports SET last_seen = max(last_seen, (SELECT fetched_at FROM fetches
            WHERE id = ?2))
        WHERE id IN (SELECT report_id FROM report_documents WHERE document_id = ?1)""",
        [document_id, fetch_id],
    )


def _named(headers: str) -> dict[str, str]:
    return {name.lower(): value for name, value in json.loads(headers)}
