"""Capture: every attempt to fetch a page, with its bytes, before anything is parsed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from archive import frontier, payloads
from archive.address import address, host
from archive.clock import now
from archive.db import Archive


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request and what came of it.

    Attributes:
        portal: The portal's first host.
        url: The address asked.
        outcome: A code of formats.json ``fetch_outcome``.
        crawl_id: The run, None for files that were not crawled.
        final_url: The address that answered, when it is another.
        method: The request's method.
        fetched_at: UTC, as :func:`archive.clock.now` writes it; None for now.
        status: The HTTP status, None when there was no answer.
        error: What the network said, in one line.
        headers: The response's headers in order, names as sent.
        body: The decoded body, None when there was no answer.
        confirms: The payload that a 304 says still holds, None for any other answer.
        elapsed_ms: From request to answer, in milliseconds.
        entry_id: The frontier row that asked; None for robots.txt and the like.
        settles: This answer is the one to parse: the frontier row becomes ``fetched``.
    """

    portal: str
    url: str
    outcome: str
    crawl_id: int | None = None
    final_url: str | None = None
    method: str = "GET"
    fetched_at: str | None = None
    status: int | None = None
    error: str | None = None
    headers: Sequence[tuple[str, str]] = ()
    body: bytes | None = None
    confirms: str | None = None
    elapsed_ms: int | None = None
    entry_id: int | None = None
    settles: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """A stored answer, for reading it again without the network."""

    fetch_id: int
    url: str
    final_url: str | None
    fetched_at: str
    status: int | None
    outcome: str
    headers: tuple[tuple[str, str], ...]
    payload_sha256: str | None
    body: bytes | None


def record(archive: Archive, attempt: Attempt) -> int:
    """Keep one attempt: the ``fetches`` row, its payload, and the frontier row's state.

    All in one transaction. A settling attempt must have an ``entry_id``, and a body or a payload
    that it confirms.

    Args:
        archive: The archive, open for writing.
        attempt: The attempt.

    Returns:
        The id of the ``fetches`` row.

    Raises:
        ValueError: ``settles`` without body or frontier row.
    """
    has_bytes = attempt.body is not None or attempt.confirms is not None
    if attempt.settles and not (has_bytes and attempt.entry_id is not None):
        raise ValueError("an attempt that settles a frontier row needs entry_id and body")
    asked = attempt.url
    if attempt.entry_id is not None:
        asked = frontier.get(archive, attempt.entry_id).url  # a redirect stays the same row
    with archive.atomic():
        name = attempt.confirms
        if name is None and attempt.body is not None:
            name = payloads.put(archive, attempt.body, attempt.portal)
        fetch_id = int(
            archive.conn.execute(
                """INSERT INTO fetches (crawl_id, portal, url, final_url, host, method, fetched_at,
                status, outcome, error, payload_sha256, headers, elapsed_ms, frontier_id, address)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""",
                [
                    attempt.crawl_id,
                    attempt.portal,
                    attempt.url,
                    attempt.final_url,
                    host(attempt.final_url or attempt.url),
                    attempt.method,
                    attempt.fetched_at or now(),
                    attempt.status,
                    attempt.outcome,
                    attempt.error,
                    name,
                    json.dumps(list(attempt.headers), ensure_ascii=False),
                    attempt.elapsed_ms,
                    attempt.entry_id,
                    address(asked),
                ],
            ).fetchone()[0]
        )
        if attempt.settles and attempt.entry_id is not None:
            frontier.fetched(archive, attempt.entry_id, fetch_id)
        elif attempt.entry_id is not None:
            # The evidence of a failure: the coverage table cites it.
            archive.conn.execute(
                "UPDATE frontier SET fetch_id = ? WHERE id = ? AND state = 'pending'",
                [fetch_id, attempt.entry_id],
            )
    return fetch_id


def answer(archive: Archive, fetch_id: int) -> Answer:
    """Return a stored answer with its body.

    Raises:
        KeyError: There is no such fetch.
        DamagedPayload: Its bytes do not match their hash.
    """
    row = archive.conn.execute(
        """SELECT id, url, final_url, fetched_at, status, outcome, headers, payload_sha256
        FROM fetches WHERE id = ?""",
        [fetch_id],
    ).fetchone()
    if row is None:
        raise KeyError(fetch_id)
    return Answer(
        fetch_id=row[0],
        url=row[1],
        final_url=row[2],
        fetched_at=row[3],
        status=row[4],
        outcome=row[5],
        headers=tuple((name, value) for name, value in json.loads(row[6])),
        payload_sha256=row[7],
        body=None if row[7] is None else payloads.get(archive, row[7]),
    )
