"""Listings: every row of every list, with the judgement that decided whether it was followed."""

# Members of a protocol are described by its class.
# ruff: noqa: D102

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from archive.address import address
from archive.db import Archive
from archive.documents import IS_UNREAD


class Listing(Protocol):
    """One row of a list as printed, and what its title was taken for."""

    @property
    def portal(self) -> str: ...
    @property
    def column(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def date(self) -> str | None: ...
    @property
    def verdict(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def year(self) -> int | None: ...


def save(
    archive: Archive, crawl_id: int | None, fetch_id: int, listings: Iterable[Listing]
) -> None:
    """Keep the rows of one list page.

    A row is one address in one column. Seen again, it keeps its ``first_seen`` and takes the
    title, verdict and evidence of the latest page. Latest is what was fetched last, whatever the
    clock said.

    Args:
        archive: The archive, open for writing.
        crawl_id: The run.
        fetch_id: The fetch of the list page; its time is the time the rows were seen.
        listings: The rows.
    """
    seen = archive.conn.execute(
        "SELECT fetched_at FROM fetches WHERE id = ?", [fetch_id]
    ).fetchone()[0]
    with archive.atomic():
        archive.conn.executemany(
            """INSERT INTO listings (portal, column_url, url, title, date, verdict, reason, year,
            crawl_id, fetch_id, first_seen, last_seen, address)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (portal, column_url, url) DO UPDATE SET
            title = excluded.title, date = excluded.date, verdict = excluded.verdict,
            reason = excluded.reason, year = excluded.year, crawl_id = excluded.crawl_id,
            fetch_id = excluded.fetch_id, last_seen = excluded.last_seen
            WHERE excluded.fetch_id >= coalesce(listings.fetch_id, 0)""",
            [
                (
                    item.portal,
                    item.column,
                    item.url,
                    item.title,
                    item.date,
                    item.verdict,
                    item.reason,
                    item.year,
                    crawl_id,
                    fetch_id,
                    seen,
                    seen,
                    address(item.url),
                )
                for item in listings
            ],
        )


def known(archive: Archive, url: str) -> bool:
    """Say whether the page was fetched and read before, so that a new run may leave it alone.

    A page that turned out to be no report counts as read; a block page does not, nor one that
    killed its reader.
    """
    row = archive.conn.execute(
        f"SELECT 1 FROM documents WHERE address = ? AND kind != 'blocked' AND NOT {IS_UNREAD}",
        [address(url)],
    ).fetchone()
    return row is not None
