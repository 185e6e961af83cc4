"""What a merge takes over beside attempts and reports: bodies, and what lists said."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from archive.arrivals import Numbers
from archive.db import Archive

Row = dict[str, Any]


def rows(archive: Archive, sql: str, values: Sequence[Any] = ()) -> Iterator[Row]:
    """Yield the rows of a query by the names of its columns."""
    cursor = archive.conn.execute(sql, values)
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield dict(zip(names, row, strict=True))


def insert(archive: Archive, table: str, row: Row, clause: str = "") -> int | None:
    """Insert a row; return its rowid, None when the clause left it out."""
    cursor = archive.conn.execute(
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))}) {clause}",
        list(row.values()),
    )
    return cursor.lastrowid if cursor.rowcount else None


def publishers(other: Archive, archive: Archive) -> dict[int, int]:
    """Take bodies over, with their names, their columns, and who followed whom.

    Returns:
        The number of each of the other's bodies in the archive.
    """
    if archive.meta("divisions") is None:  # else its own register stands
        for table in ("divisions", "division_changes"):
            for row in rows(other, f"SELECT * FROM {table}"):
                insert(archive, table, row, "ON CONFLICT DO NOTHING")
    numbers = {}
    for row in rows(other, "SELECT * FROM publishers ORDER BY id"):
        number = row.pop("id")
        insert(
            archive,
            "publishers",
            row,
            """ON CONFLICT (key) DO UPDATE SET uscc = coalesce(uscc, excluded.uscc),
            org_code = coalesce(org_code, excluded.org_code),
            register_source = CASE register_source WHEN 'listing' THEN excluded.register_source
            ELSE register_source END""",
        )
        numbers[number] = archive.conn.execute(
            "SELECT id FROM publishers WHERE key = ?", [row["key"]]
        ).fetchone()[0]
    for row in rows(other, "SELECT * FROM publisher_names"):
        row["publisher_id"] = numbers[row["publisher_id"]]
        insert(
            archive,
            "publisher_names",
            row,
            """ON CONFLICT DO UPDATE SET
            since = min(coalesce(since, excluded.since), coalesce(excluded.since, since)),
            until = max(coalesce(until, excluded.until), coalesce(excluded.until, until))
            WHERE source != 'register'""",
        )
    for row in rows(other, "SELECT * FROM publisher_relations"):
        row |= {name: numbers[row[name]] for name in ("publisher_id", "successor_id")}
        insert(archive, "publisher_relations", row, "ON CONFLICT DO NOTHING")
    for row in rows(other, "SELECT * FROM publisher_columns"):
        row["publisher_id"] = numbers[row["publisher_id"]]
        insert(
            archive,
            "publisher_columns",
            row,
            "ON CONFLICT DO UPDATE SET source = 'report' WHERE excluded.source = 'report'",
        )
    return numbers


def lists(other: Archive, archive: Archive, numbers: Numbers) -> None:
    """Take over the rows of lists, of which the latest page says what holds, and which page
    showed which."""
    listed = {}
    for row in rows(other, "SELECT * FROM listings ORDER BY id"):
        number = row.pop("id")
        row["crawl_id"] = numbers.crawls.get(row["crawl_id"])
        row["fetch_id"] = numbers.fetches.get(row["fetch_id"])
        latest = ("title", "date", "verdict", "reason", "year", "crawl_id", "fetch_id", "last_seen")
        key = [row[name] for name in ("portal", "column_url", "url")]
        insert(
            archive,
            "listings",
            row,
            f"""ON CONFLICT (portal, column_url, url) DO UPDATE SET
            {", ".join(f"{name} = excluded.{name}" for name in latest)}
            WHERE coalesce(excluded.fetch_id, 0) > coalesce(listings.fetch_id, 0)""",
        )
        where = "WHERE portal = ? AND column_url = ? AND url = ?"
        archive.conn.execute(
            f"UPDATE listings SET first_seen = min(first_seen, ?) {where}",
            [row["first_seen"], *key],
        )
        listed[number] = archive.conn.execute(f"SELECT id FROM listings {where}", key).fetchone()[0]
    for row in rows(other, "SELECT * FROM list_pages"):
        row |= {name: numbers.frontier[row[name]] for name in ("frontier_id", "first_id")}
        for name in ("rows", "rest"):
            if row[name] is not None:
                shown = [[listed.get(one), *mark] for one, *mark in json.loads(row[name])]
                row[name] = json.dumps(shown, ensure_ascii=False)
        insert(archive, "list_pages", row, "ON CONFLICT DO NOTHING")
