"""Pages that were looked at only to find the way: what they came to, and what was left of them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archive.db import Archive
from archive.frontier import Entry

NO_COLUMN = "no_column"
"""The note of a portal that was explored without a column of annual reports being found."""

_TOLD = 30  # pages that the note names; a portal may have had hundreds


@dataclass(frozen=True, slots=True)
class Explored:
    """How far a portal was explored in a campaign.

    Attributes:
        spent: Pages asked for that turned out to be no column.
        columns: Pages that did.
    """

    spent: int = 0
    columns: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A column that exploring found.

    Attributes:
        portal: The portal's host.
        url: The column.
        labels: Of the links that led there from where the portal was entered.
        why: Why it was taken for a column of annual reports.
    """

    portal: str
    url: str
    labels: tuple[str, ...]
    why: str


def promote(archive: Archive, entry: Entry, args: Mapping[str, Any]) -> bool:
    """Make an explored page the column that it turned out to be.

    Args:
        archive: The archive, open for writing.
        entry: Its frontier row.
        args: Of the column; they take the place of the row's own.

    Returns:
        False when the campaign has the page as a column already, which then stays as it is.
    """
    changed = archive.conn.execute(
        "UPDATE OR IGNORE frontier SET role = 'column', args = ?, column_url = ? WHERE id = ?",
        [
            json.dumps(dict(args), ensure_ascii=False, sort_keys=True),
            args.get("column"),
            entry.id,
        ],
    )
    return changed.rowcount == 1


def states(archive: Archive, campaign: int) -> dict[str, Explored]:
    """Return how far each portal of a campaign was explored."""
    return {
        portal: Explored(spent, columns)
        for portal, spent, columns in archive.conn.execute(
            """SELECT portal, sum(role = 'explore' AND state = 'done'),
            count(DISTINCT CASE WHEN role = 'column' THEN column_url END)
            FROM frontier WHERE campaign = ? AND role IN ('explore', 'column') GROUP BY portal""",
            [campaign],
        )
    }


def addresses(archive: Archive, campaign: int) -> dict[str, set[str]]:
    """Return by portal the addresses that a campaign has as pages to explore, columns or lists."""
    found: dict[str, set[str]] = defaultdict(set)
    for portal, url in archive.conn.execute(
        """SELECT portal, url FROM frontier
        WHERE campaign = ? AND role != 'article' AND method = 'GET'
        AND portal IN (SELECT portal FROM frontier WHERE campaign = ? AND role = 'explore')""",
        [campaign, campaign],
    ):
        found[portal].add(url)
    return found


def forget(archive: Archive, campaign: int, portal: str) -> int:
    """Take back the pages of a portal that were found but not worth asking for.

    Args:
        archive: The archive, open for writing.
        campaign: The campaign.
        portal: The portal.

    Returns:
        How many there were. A page that was asked for in vain stays, with what its last attempt
        came to.
    """
    with archive.atomic():
        archive.conn.execute(
            """UPDATE frontier SET state = 'done', outcome = (SELECT outcome FROM fetches
                WHERE fetches.frontier_id = frontier.id ORDER BY id DESC LIMIT 1)
            WHERE campaign = ? AND portal = ? AND role = 'explore' AND state = 'pending'
            AND EXISTS (SELECT 1 FROM fetches WHERE fetches.frontier_id = frontier.id)""",
            [campaign, portal],
        )
        gone = archive.conn.execute(
            """DELETE FROM frontier WHERE campaign = ? AND portal = ? AND role = 'explore'
            AND state = 'pending'""",
            [campaign, portal],
        )
    return gone.rowcount


def note_fruitless(archive: Archive, campaign: int) -> list[str]:
    """Note for each portal that was explored to the end without a column what was tried.

    Args:
        archive: The archive, open for writing.
        campaign: The campaign.

    Returns:
        The portals, by name.
    """
    with archive.atomic():
        archive.conn.execute(
            "DELETE FROM notes WHERE campaign = ? AND code = ?", [campaign, NO_COLUMN]
        )
        tried: dict[str, list[tuple[int, int | None, str, str, str]]] = defaultdict(list)
        for portal, *page in archive.conn.execute(
            """SELECT portal, id, fetch_id, url, outcome, args FROM frontier AS page
            WHERE campaign = ?1 AND role = 'explore' AND state = 'done'
            AND NOT EXISTS (SELECT 1 FROM frontier WHERE campaign = ?1
                AND frontier.portal = page.portal
                AND (role = 'column' OR state != 'done')) ORDER BY id""",
            [campaign],
        ):
            tried[portal].append(tuple(page))
        for portal, pages in tried.items():
            first, fetch_id = pages[0][:2]
            if fetch_id is not None:
                archive.conn.execute(
                    """INSERT INTO notes
                    (frontier_id, campaign, portal, column_url, fetch_id, code, detail)
                    VALUES (?, ?, ?, NULL, ?, ?, ?)""",
                    [first, campaign, portal, fetch_id, NO_COLUMN, _told(pages)],
                )
    return sorted(tried)


def found(archive: Archive, campaign: int) -> list[Found]:
    """Return the columns that exploring found in a campaign, by portal and in the order of it."""
    return [
        Found(portal, url, tuple(_labels(text)), json.loads(text).get("why", ""))
        for portal, url, text in archive.conn.execute(
            """SELECT portal, url, args FROM frontier WHERE campaign = ? AND role = 'column'
            AND args ->> 'why' IS NOT NULL ORDER BY portal, id""",
            [campaign],
        )
    ]


def way_to(archive: Archive, document: int) -> list[str]:
    """Return the labels of the links that exploring followed to a document's column, in order.

    Args:
        archive: The archive.
        document: The id in ``documents``.

    Returns:
        The address where the portal was entered, then the labels; empty when its column was known.
    """
    row = archive.conn.execute(
        """SELECT args FROM documents JOIN fetches ON fetches.id = documents.fetch_id
        JOIN frontier ON frontier.id = fetches.frontier_id WHERE documents.id = ?""",
        [document],
    ).fetchone()
    trail = json.loads(row[0]).get("trail") if row else None
    if not trail:
        return []
    return [str(trail[0][0]), *(str(step[1]) or str(step[0]) for step in trail[1:])]


def taken_elsewhere(archive: Archive, campaign: int, portal: str, address: str) -> bool:
    """Tell whether the campaign fetches an article for another portal of the same body."""
    row = archive.conn.execute(
        """SELECT 1 FROM frontier WHERE address = ? AND campaign = ? AND role = 'article'
        AND portal != ?""",
        [address, campaign, portal],
    ).fetchone()
    return row is not None


def _labels(args: str) -> list[str]:
    trail = json.loads(args).get("trail") or []
    return [str(step[1]) or str(step[0]) for step in trail[1:]]


def _told(pages: list[tuple[int, int | None, str, str, str]]) -> str:
    told = []
    for _, _, url, outcome, args in pages[:_TOLD]:
        trail = json.loads(args).get("trail") or [[url, "", 0]]
        label = str(trail[-1][1])
        said = f" ({label})" if label else ""
        told.append(f"{url}{said}{'' if outcome == 'ok' else f' {outcome}'}")
    more = f", and {len(pages) - _TOLD} more" if len(pages) > _TOLD else ""
    return f"{len(pages)} pages: {', '.join(told)}{more}"
