"""What the pages of lists showed: by this a later crawl knows which of them it may leave out."""

# Members of a protocol are described by its class.
# ruff: noqa: D102

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from archive.db import Archive
from archive.documents import IS_UNREAD
from archive.frontier import Entry

Row = tuple[str, str]  # the address of a row, and the mark of its title and date


class ListPage(Protocol):
    """What one page showed; ``vouched`` rows stand on pages before it that were not asked for."""

    @property
    def number(self) -> int: ...
    @property
    def pages(self) -> int: ...
    @property
    def rows(self) -> Sequence[Row]: ...
    @property
    def vouched(self) -> Sequence[Row]: ...


@dataclass(frozen=True, slots=True)
class Whole:
    """A list as it was when it was last seen whole.

    Attributes:
        rows: Address and mark of each row, in printed order.
        pages: How many pages it had.
        last: How many rows stood on the last page.
        settled: Every report among its rows was read, as far as it is wanted.
    """

    rows: tuple[Row, ...]
    pages: int
    last: int
    settled: bool = True


def save(archive: Archive, entry: Entry, fetch_id: int, page: ListPage) -> None:
    """Keep what a page showed, in the transaction that keeps its rows as listings.

    The listings of rows that it vouches for name its fetch from then on, as if it had shown them;
    ``last_seen`` stays the time at which a page really did.

    Args:
        archive: The archive, open for writing.
        entry: The page's row in the frontier.
        fetch_id: Its fetch.
        page: What it showed.
    """
    ids = _ids(archive, entry, [*page.rows, *page.vouched])
    vouched = [(ids[url], mark) for url, mark in page.vouched if url in ids]
    with archive.atomic():
        archive.conn.execute(
            """INSERT OR REPLACE INTO list_pages (frontier_id, first_id, number, pages, rows, rest)
            VALUES (?, ?, ?, ?, ?, ?)""",
            [
                entry.id,
                _first(archive, entry.id),
                page.number,
                page.pages,
                json.dumps([(ids[url], mark) for url, mark in page.rows if url in ids]),
                json.dumps(vouched) if vouched else None,
            ],
        )
        archive.conn.executemany(
            """UPDATE listings SET fetch_id = ?1,
            crawl_id = (SELECT crawl_id FROM fetches WHERE id = ?1)
            WHERE id = ?2 AND coalesce(fetch_id, 0) < ?1""",
            [(fetch_id, listing) for listing, _ in vouched],
        )


def before(
    archive: Archive, entry: Entry, years: Collection[int] | None = None
) -> Whole | None:
    """Return the list that a page belongs to, as the last campaign before its own saw it.

    Args:
        archive: The archive.
        entry: The frontier row of any of its pages.
        years: The report years wanted, None for all.

    Returns:
        None when no campaign saw it, or the last one did not see it whole.
    """
    first = archive.conn.execute(
        """SELECT old.id FROM frontier AS new JOIN frontier AS old ON old.address = new.address
            AND old.portal = new.portal AND old.role = new.role AND old.url = new.url
            AND old.method = new.method AND old.body = new.body
            AND old.campaign BETWEEN 1 AND new.campaign - 1
        WHERE new.id = ? ORDER BY old.campaign DESC LIMIT 1""",
        [_first(archive, entry.id)],
    ).fetchone()
    if first is None:
        return None
    pages = archive.conn.execute(
        """SELECT number, pages, rows, rest FROM list_pages JOIN frontier
        ON frontier.id = frontier_id WHERE first_id = ? AND state = 'done'
        AND outcome IN ('ok', 'unchanged') ORDER BY number""",
        [first[0]],
    ).fetchall()
    return _whole(archive, pages, years)


def left_out(archive: Archive) -> dict[tuple[str, str, int], int]:
    """Return by portal, root column and campaign how many list pages were not asked for."""
    return {
        (portal, column, campaign): number
        for portal, column, campaign, number in archive.conn.execute(
            """SELECT portal, column_url, campaign, sum(missing) FROM (
                SELECT first_id, max(pages) - count(*) AS missing FROM list_pages
                WHERE first_id IN (SELECT first_id FROM list_pages WHERE rest NOT NULL)
                GROUP BY first_id)
            JOIN frontier ON frontier.id = first_id GROUP BY 1, 2, 3"""
        )
    }


def _whole(
    archive: Archive,
    pages: Sequence[tuple[int, int, str, str | None]],
    years: Collection[int] | None,
) -> Whole | None:
    """Put a list together from its pages; None when one is missing that nobody vouches for."""
    if not pages:
        return None
    total = max(page[1] for page in pages)
    if pages[-1][0] != total:
        return None
    seen = [page[0] for page in pages]
    unseen = sorted(set(range(1, total + 1)) - set(seen))
    rest = pages[-1][3]
    if unseen and (rest is None or unseen != list(range(unseen[0], total))):
        return None
    rows: list[tuple[int, str]] = []
    for number, _, shown, _ in pages:
        if unseen and number == total and rest is not None:
            rows += json.loads(rest)
        rows += json.loads(shown)
    urls = _urls(archive, {listing for listing, _ in rows})
    if any(listing not in urls for listing, _ in rows):
        return None
    return Whole(
        tuple((urls[listing], mark) for listing, mark in rows),
        total,
        len(json.loads(pages[-1][2])),
        _is_settled(archive, urls, years),
    )


def _is_settled(archive: Archive, ids: Iterable[int], years: Collection[int] | None) -> bool:
    open_rows = archive.conn.execute(
        f"""SELECT year FROM listings WHERE id IN (SELECT value FROM json_each(?))
        AND verdict IN ('report', 'undecided') AND NOT EXISTS (SELECT 1 FROM documents
            WHERE documents.address = listings.address AND kind != 'blocked' AND NOT {IS_UNREAD})
        """,
        [json.dumps(sorted(ids))],
    )
    return not any(
        years is None or year is None or year in years for (year,) in open_rows.fetchall()
    )


def _first(archive: Archive, entry_id: int) -> int:
    """Return the frontier row of the first page of a page's list."""
    row = archive.conn.execute(
        """WITH RECURSIVE way (id, parent, role) AS (
            SELECT id, parent, role FROM frontier WHERE id = ?
            UNION ALL SELECT above.id, above.parent, above.role FROM frontier AS above
            JOIN way ON above.id = way.parent WHERE way.role = 'list')
        SELECT id FROM way WHERE role != 'list'""",
        [entry_id],
    ).fetchone()
    return entry_id if row is None else int(row[0])


def _ids(archive: Archive, entry: Entry, rows: Iterable[Row]) -> dict[str, int]:
    urls = sorted({url for url, _ in rows})
    found: list[tuple[Any, ...]] = archive.conn.execute(
        """SELECT url, id FROM listings WHERE portal = ? AND column_url = ?
        AND url IN (SELECT value FROM json_each(?))""",
        [entry.portal, entry.args.get("column"), json.dumps(urls)],
    ).fetchall()
    return dict(found)


def _urls(archive: Archive, ids: Iterable[int]) -> dict[int, str]:
    found = archive.conn.execute(
        "SELECT id, url FROM listings WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps(sorted(ids))],
    )
    return dict(found.fetchall())
