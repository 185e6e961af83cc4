"""The numbers of runs, pages and attempts follow the order of time.

Which of two attempts came later is told everywhere by their numbers, for a clock may be set back.
What comes from other archives or WARC files brings attempts that were made before ours: then all
are numbered again, once, so that what is asked of the archive has the same answer as if it had
made every attempt itself. Nobody outside cites these numbers; report keys never change.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable

from archive.db import Archive

_RUN, _PAGE, _ATTEMPT = "crawls", "frontier", "fetches"

_ASIDE = 1 << 48

#: Columns that hold such a number and are no foreign key.
_LOOSE = {_RUN: [("crawls", "campaign"), ("frontier", "campaign"), ("notes", "campaign")]}

# Each row with its stream: what one archive did keeps its own order, whatever the clock said. A
# file that somebody handed in was fetched at any time.
_STREAMS = {
    _RUN: "SELECT id, coalesce(origin, ''), started_at FROM crawls ORDER BY id",
    _PAGE: """SELECT frontier.id,
        CASE WHEN frontier.campaign < 0 THEN NULL ELSE coalesce(origin, '') END,
        CASE WHEN frontier.campaign < 0 THEN coalesce(fetched_at, added_at) ELSE added_at END
        FROM frontier LEFT JOIN crawls ON crawls.id = frontier.campaign
        LEFT JOIN fetches ON frontier.campaign < 0 AND fetches.id = fetch_id
        ORDER BY frontier.id""",
    _ATTEMPT: """SELECT fetches.id,
        CASE WHEN crawl_id IS NOT NULL THEN coalesce(origin, '') END, fetched_at
        FROM fetches LEFT JOIN crawls ON crawls.id = crawl_id ORDER BY fetches.id""",
}


def restore(archive: Archive) -> dict[str, dict[int, int]]:
    """Number runs, pages and attempts in the order of time, in one transaction.

    Args:
        archive: The archive, open for writing, with no transaction open.

    Returns:
        For each table the new number of each row that had another one.
    """
    orders = {table: _order(archive.conn.execute(sql)) for table, sql in _STREAMS.items()}
    moved = {table: _moves(order) for table, order in orders.items()}
    if not any(moved.values()):
        return {}
    # Each changed number would be looked up in all tables that may name it.
    archive.conn.execute("PRAGMA foreign_keys = OFF")
    try:
        with archive.atomic():
            for table, moves in moved.items():
                if moves:
                    _renumber(archive.conn, table, moves)
    finally:
        archive.conn.execute("PRAGMA foreign_keys = ON")
    return {table: dict(moves) for table, moves in moved.items()}


def _order(rows: Iterable[tuple[int, str | None, str]]) -> list[int]:
    """Interleave streams by the latest time that each has come to."""
    latest: defaultdict[str, str] = defaultdict(str)
    keyed = []
    for number, stream, time in rows:
        if stream is not None:
            time = latest[stream] = max(latest[stream], time)
        keyed.append((time, number))
    return [number for _, number in sorted(keyed)]


def _moves(order: list[int]) -> list[tuple[int, int]]:
    """Return (old, new) of the numbers that change; the numbers in use stay the same ones."""
    return [(old, new) for old, new in zip(order, sorted(order), strict=True) if old != new]


def _renumber(conn: sqlite3.Connection, table: str, moves: list[tuple[int, int]]) -> None:
    conn.execute("CREATE TEMP TABLE moves (old INTEGER PRIMARY KEY, new INTEGER NOT NULL)")
    conn.executemany("INSERT INTO moves VALUES (?, ?)", moves)
    for name, column in [(table, "id"), *_keys(conn, table), *_LOOSE.get(table, [])]:
        # Out of the way first: no number may stand twice at any moment.
        conn.execute(
            f"""UPDATE {name} SET {column} = {column} + {_ASIDE}
            WHERE {column} IN (SELECT old FROM moves)"""
        )
        conn.execute(
            f"""UPDATE {name} SET {column} = (SELECT new FROM moves WHERE old = {column} - {_ASIDE})
            WHERE {column} > {_ASIDE}"""
        )
    conn.execute("DROP TABLE moves")


def _keys(conn: sqlite3.Connection, table: str) -> list[tuple[str, str]]:
    """Return the columns of all tables that name a row of a table."""
    names = conn.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    return [
        (name, key[3])
        for (name,) in names.fetchall()
        for key in conn.execute(f"PRAGMA foreign_key_list('{name}')").fetchall()
        if key[2] == table
    ]
