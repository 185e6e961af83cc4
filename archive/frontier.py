"""The frontier: every page a campaign has to fetch, written through before it is fetched.

A row is pending, then ``fetched`` (in the transaction that keeps its payload), then ``done`` (in
the transaction that keeps its children and records). Retries and redirects stay the same row.
"""

# Members of a protocol are described by its class.
# ruff: noqa: D102

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from archive.address import address
from archive.clock import now
from archive.db import Archive
from archive.documents import IS_UNREAD, UNREAD_CODES


class Task(Protocol):
    """What the frontier needs to know of a page to fetch. ``args`` is JSON."""

    @property
    def portal(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def args(self) -> Mapping[str, Any]: ...
    @property
    def method(self) -> str: ...
    @property
    def body(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the frontier.

    Attributes:
        id: The row.
        campaign: The campaign it belongs to.
        portal: The portal's first host.
        role: ``column``, ``list``, ``article``, ``attachment`` or ``explore``.
        url: The absolute URL.
        method: ``GET`` or ``POST``.
        body: The request's body, or None.
        args: What the parser needs, JSON types; ``column`` is the URL of the root column, ``file``
            the address of an attachment without what passes.
        state: ``pending``, ``fetched`` or ``done``.
        outcome: A code of formats.json ``fetch_outcome`` once done.
        fetch_id: The latest attempt that was recorded for the row.
        parent: The row whose page led here.
    """

    id: int
    campaign: int
    portal: str
    role: str
    url: str
    method: str
    body: str | None
    args: dict[str, Any]
    state: str
    outcome: str | None
    fetch_id: int | None
    parent: int | None


#: The columns of an entry, in order.
COLUMNS = "id, campaign, portal, role, url, method, body, args, state, outcome, fetch_id, parent"


def add(
    archive: Archive, campaign: int, tasks: Iterable[Task], *, parent: int | None = None
) -> list[Entry]:
    """Add pages to the campaign and return those that were not in it.

    Args:
        archive: The archive, open for writing.
        campaign: The campaign.
        tasks: The pages.
        parent: The row whose page led to them, None for entry pages.

    Returns:
        The new rows, in the order given. A page that the campaign has is left as it is.
    """
    added = now()
    new: list[Entry] = []
    with archive.atomic():
        for task in tasks:
            row = archive.conn.execute(
                f"""INSERT OR IGNORE INTO frontier
                (campaign, portal, role, url, method, body, args, parent, column_url, address,
                added_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING {COLUMNS}""",
                [
                    campaign,
                    task.portal,
                    task.role,
                    task.url,
                    task.method,
                    task.body or "",
                    json.dumps(dict(task.args), ensure_ascii=False, sort_keys=True),
                    parent,
                    task.args.get("column"),
                    address(str(task.args.get("file") or task.url)),
                    added,
                ],
            ).fetchone()
            if row is not None:
                new.append(entry(row))
    return new


def carry_over(archive: Archive, campaign: int, portals: Iterable[str]) -> int:
    """Take into a new campaign the reports whose bytes are kept and were never read.

    They are the rows that earlier campaigns left ``fetched`` (our own code could not handle the
    page), and documents that killed their reader. They are read again from their payload. Lists
    are not taken over: what they list today is a new question.

    Args:
        archive: The archive, open for writing.
        campaign: The new campaign.
        portals: The portals that it visits.

    Returns:
        How many rows were taken over, as ``fetched``.
    """
    cursor = archive.conn.execute(
        f"""WITH candidate (id) AS (
            SELECT id FROM frontier WHERE state != 'done' AND state = 'fetched'
            UNION SELECT (SELECT max(id) FROM frontier WHERE frontier.address = documents.address
                AND role IN ('article', 'attachment') AND state != 'pending')
            FROM documents WHERE id IN (SELECT document_id FROM issues
                WHERE code IN {UNREAD_CODES}) AND {IS_UNREAD}
        )
        INSERT OR IGNORE INTO frontier (campaign, portal, role, url, method, body, args, state,
            fetch_id, column_url, address, added_at)
        SELECT ?1, portal, role, url, method, body, args, 'fetched', fetch_id, column_url, address,
            ?2
        FROM frontier AS old JOIN candidate USING (id)
        WHERE role IN ('article', 'attachment') AND campaign != ?1
        AND portal IN (SELECT value FROM json_each(?3))
        AND NOT EXISTS (SELECT 1 FROM frontier AS newer WHERE newer.address = old.address
            AND newer.role = old.role AND newer.id > old.id AND newer.state != 'pending')
        ORDER BY id""",
        [campaign, now(), json.dumps(list(portals))],
    )
    return cursor.rowcount


def get(archive: Archive, entry_id: int) -> Entry:
    """Return one row.

    Raises:
        KeyError: There is no such row.
    """
    row = archive.conn.execute(
        f"SELECT {COLUMNS} FROM frontier WHERE id = ?", [entry_id]
    ).fetchone()
    if row is None:
        raise KeyError(entry_id)
    return entry(row)


def has(archive: Archive, campaign: int, task: Task) -> bool:
    """Tell whether the campaign has a page."""
    row = archive.conn.execute(
        """SELECT 1 FROM frontier WHERE campaign = ? AND portal = ? AND role = ? AND url = ?
        AND method = ? AND body = ?""",
        [campaign, task.portal, task.role, task.url, task.method, task.body or ""],
    ).fetchone()
    return row is not None


def has_address(archive: Archive, campaign: int, where: str) -> bool:
    """Tell whether the campaign has a report or a file at an address, in comparison form."""
    row = archive.conn.execute(
        """SELECT 1 FROM frontier WHERE address = ? AND campaign = ?
        AND role IN ('article', 'attachment')""",
        [where, campaign],
    ).fetchone()
    return row is not None


def lists(archive: Archive, campaign: int) -> dict[tuple[str, str | None], int]:
    """Return the number of list pages of the campaign by portal and URL of the root column."""
    return {
        (portal, column): number
        for portal, column, number in archive.conn.execute(
            """SELECT portal, column_url, count(*) FROM frontier
            WHERE campaign = ? AND role IN ('column', 'list') GROUP BY 1, 2""",
            [campaign],
        )
    }


def unfinished(archive: Archive, campaign: int) -> list[Entry]:
    """Return the campaign's pending and fetched rows, oldest first."""
    rows = archive.conn.execute(
        f"SELECT {COLUMNS} FROM frontier WHERE campaign = ? AND state != 'done' ORDER BY id",
        [campaign],
    )
    return [entry(row) for row in rows]


def fetched(archive: Archive, entry_id: int, fetch_id: int) -> None:
    """Mark a row as fetched; capture calls it in the transaction that keeps the payload."""
    archive.conn.execute(
        "UPDATE frontier SET state = 'fetched', outcome = NULL, fetch_id = ? WHERE id = ?",
        [fetch_id, entry_id],
    )


def done(archive: Archive, entry_id: int, outcome: str) -> None:
    """Mark a row as done, in the transaction that keeps what came of it.

    Args:
        archive: The archive, open for writing.
        entry_id: The row.
        outcome: A code of formats.json ``fetch_outcome``; ``ok`` when the page was parsed.
    """
    with archive.atomic():
        archive.conn.execute(
            "UPDATE frontier SET state = 'done', outcome = ? WHERE id = ?", [outcome, entry_id]
        )


def failed(archive: Archive, campaign: int) -> dict[str, tuple[int, str]]:
    """Return how many pages the campaign did not have, and the first, by outcome."""
    return {
        outcome: (number, url)
        # Beside min(), SQLite answers the url of that very row.
        for outcome, number, url, _ in archive.conn.execute(
            """SELECT outcome, count(*), url, min(id) FROM frontier
            WHERE campaign = ? AND state = 'done' AND outcome NOT IN ('ok', 'unchanged')
            GROUP BY 1 ORDER BY 2 DESC, 1""",
            [campaign],
        )
    }


def reopen(
    archive: Archive, campaign: int, portals: Iterable[str], outcomes: Iterable[str]
) -> int:
    """Make pages that failed pending again, and return how many.

    Args:
        archive: The archive, open for writing.
        campaign: The campaign.
        portals: Of which portals.
        outcomes: With which outcomes.
    """
    with archive.atomic():
        changed = archive.conn.execute(
            """UPDATE frontier SET state = 'pending', outcome = NULL
            WHERE campaign = ? AND state = 'done'
            AND portal IN (SELECT value FROM json_each(?))
            AND outcome IN (SELECT value FROM json_each(?))""",
            [campaign, json.dumps(list(portals)), json.dumps(list(outcomes))],
        )
    return changed.rowcount


def counts(archive: Archive, campaign: int) -> dict[str, int]:
    """Return the number of rows of the campaign by state; every state is a key."""
    found = {"pending": 0, "fetched": 0, "done": 0}
    found.update(
        archive.conn.execute(
            "SELECT state, count(*) FROM frontier WHERE campaign = ? GROUP BY state", [campaign]
        ).fetchall()
    )
    return found


def entry(row: Sequence[Any]) -> Entry:
    """Return a row of :data:`COLUMNS` as an entry."""
    values = list(row)
    values[6] = values[6] or None
    values[7] = json.loads(values[7])
    return Entry(*values)
