"""What another archive knows of the outside, row by row: into this one, once.

Everything has a name of its own beside its number (a run its start, a page its address in a
campaign, an attempt its time), so that what the archive has already is found and not doubled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from archive.db import Archive

Row = dict[str, Any]
_STATES = ("pending", "fetched", "done")
_PAGE = ("portal", "role", "url", "method", "body")
_SAME_PAGE = " AND ".join(f"frontier.{name} = ?" for name in _PAGE)


@dataclass
class Numbers:
    """Which number of the other archive is which of this one.

    Attributes:
        crawls: Runs.
        frontier: Pages.
        fetches: Attempts.
    """

    crawls: dict[int, int] = field(default_factory=dict)
    frontier: dict[int, int] = field(default_factory=dict)
    fetches: dict[int, int] = field(default_factory=dict)

    def follow(self, moved: Mapping[str, Mapping[int, int]]) -> None:
        """Take note that rows of this archive have other numbers now, by table."""
        for table in ("crawls", "frontier", "fetches"):
            numbers, moves = getattr(self, table), moved.get(table, {})
            numbers.update({their: moves.get(own, own) for their, own in numbers.items()})


class Arrivals:
    """Take in portals, runs, pages and attempts; parents come before children.

    Args:
        archive: The archive, open for writing; the caller opens the transactions.
        file: The name of the file that the rows come from.
    """

    def __init__(self, archive: Archive, file: str) -> None:
        self._archive = archive
        self._file = file
        self._origin: str | None = None
        self._columns: dict[str, frozenset[str]] = {}
        self._states: list[tuple[int, Row]] = []
        self._notes: list[Row] = []
        self.numbers = Numbers()
        self.fetches = 0
        self.known = 0

    def portal(self, row: Row) -> None:
        """Take a portal in, unless there is one of that host."""
        self.insert("portals", row, ignore=True)

    def crawl(self, row: Row) -> None:
        """Take a run in; of one that is known, how it ended."""
        number, campaign = row.pop("id"), row.pop("campaign")
        # The runs of one archive keep their order, and no two archives began in one millisecond.
        self._origin = self._origin or f"{row['started_at']} {self._file}"
        row["origin"] = row.get("origin") or self._origin
        known = self._archive.conn.execute(
            "SELECT id FROM crawls WHERE spider = ? AND arguments = ? AND started_at = ?",
            [row["spider"], row["arguments"], row["started_at"]],
        ).fetchone()
        if known is not None:
            self.numbers.crawls[number] = known[0]
            self._archive.conn.execute(
                """UPDATE crawls SET finished_at = ?, reason = ?, exit_code = ?, summary = ?
                WHERE id = ? AND finished_at IS NULL""",
                [row.get("finished_at"), row.get("reason"), row.get("exit_code"),
                 row.get("summary"), known[0]],
            )  # fmt: skip
            return
        new = self.insert("crawls", {**row, "campaign": 0})
        self.numbers.crawls[number] = new
        self._archive.conn.execute(
            "UPDATE crawls SET campaign = ? WHERE id = ?",
            [self.numbers.crawls.get(campaign, new), new],
        )

    def page(self, row: Row, seen: str | None = None) -> None:
        """Take a row of the frontier in; :meth:`settle` sets its state, when its answer is in.

        Args:
            row: The row.
            seen: When its page was fetched, for files that somebody imported; None if not known.
        """
        number = row.pop("id")
        state = {name: row.pop(name) for name in ("state", "outcome", "fetch_id", "parent")}
        row["campaign"] = self._campaign(row["campaign"])
        if row["campaign"] < 0:
            known = self._imported(row, seen)
        else:
            known = self._archive.conn.execute(
                f"SELECT id FROM frontier WHERE campaign = ? AND {_SAME_PAGE}",
                [row["campaign"], *(row[name] for name in _PAGE)],
            ).fetchone()
        entry = self.insert("frontier", row) if known is None else int(known[0])
        self.numbers.frontier[number] = entry
        self._states.append((entry, state))

    def _imported(self, row: Row, seen: str | None) -> tuple[int] | None:
        """Find the same import, or give the row a campaign in which its page is not yet.

        Imports have no run; one campaign after the other has room for the captures of a page.
        """
        own = self._archive.conn.execute(
            f"""SELECT frontier.campaign, frontier.id, added_at, fetched_at FROM frontier
            LEFT JOIN fetches ON fetches.id = fetch_id
            WHERE campaign < 0 AND frontier.address = ?
            AND {_SAME_PAGE}""",
            [row["address"], *(row[name] for name in _PAGE)],
        ).fetchall()
        for _, entry, added, fetched in own:
            if added == row["added_at"] or (seen is not None and fetched == seen):
                return (entry,)
        taken = {campaign for campaign, *_ in own}
        while row["campaign"] in taken:
            row["campaign"] -= 1
        return None

    def fetch(self, row: Row, payload: Callable[[], str | None]) -> None:
        """Take an attempt in.

        Args:
            row: Its row.
            payload: Puts its bytes into the archive if they are at hand, and returns their hash;
                called for attempts that are new and have bytes.

        Raises:
            ValueError: The bytes are not those of the row's hash.
        """
        number = row.pop("id")
        row["crawl_id"] = self.numbers.crawls.get(row["crawl_id"])
        row["frontier_id"] = self.numbers.frontier.get(row["frontier_id"])
        known = self._archive.conn.execute(
            """SELECT id FROM fetches WHERE address = ? AND url = ? AND method = ?
            AND fetched_at = ? AND crawl_id IS ? AND frontier_id IS ?""",
            [row[name] for name in ("address", "url", "method", "fetched_at", "crawl_id",
                                    "frontier_id")],
        ).fetchone()  # fmt: skip
        if known is not None:
            self.numbers.fetches[number] = known[0]
            self.known += 1
            return
        name = row["payload_sha256"]
        if name is not None and (found := payload()) not in (None, name):
            raise ValueError(f"the bytes of {row['url']} have the hash {found}, and not {name}")
        self.numbers.fetches[number] = self.insert("fetches", row)
        self.fetches += 1

    def note(self, row: Row) -> None:
        """Take a note on a page in; it is kept when the page is settled."""
        self._notes.append(row)

    def settle(self) -> None:
        """Set what refers to attempts, now that all of them are in.

        A page that is known takes the other's state when that is further.
        """
        conn = self._archive.conn
        for entry, state in self._states:
            fetch_id = self.numbers.fetches.get(state["fetch_id"])
            name = state["state"] if fetch_id or state["state"] != "fetched" else "pending"
            own, known, parent = conn.execute(
                "SELECT state, fetch_id, parent FROM frontier WHERE id = ?", [entry]
            ).fetchone()
            further = _STATES.index(name) - _STATES.index(own)
            if further > 0 or (further == 0 and known is None):
                conn.execute(
                    "UPDATE frontier SET state = ?, outcome = ?, fetch_id = ? WHERE id = ?",
                    [name, state["outcome"], fetch_id, entry],
                )
            if parent is None and state["parent"] is not None:
                conn.execute(
                    "UPDATE frontier SET parent = ? WHERE id = ?",
                    [self.numbers.frontier.get(state["parent"]), entry],
                )
        for note in self._notes:
            campaign = self._campaign(note["campaign"])
            told = {
                "frontier_id": self.numbers.frontier[note["frontier_id"]],
                "campaign": campaign,
                "fetch_id": self.numbers.fetches[note["fetch_id"]],
            }
            self.insert("notes", note | told, ignore=True)
        self._states.clear()
        self._notes.clear()

    def insert(self, table: str, row: Mapping[str, Any], *, ignore: bool = False) -> int:
        """Insert a row.

        Returns:
            Its rowid.

        Raises:
            ValueError: The table has no such column.
        """
        if table not in self._columns:
            info = self._archive.conn.execute(f"PRAGMA table_info({table})")
            self._columns[table] = frozenset(column[1] for column in info)
        if strange := row.keys() - self._columns[table]:
            raise ValueError(f"there is no column {sorted(strange)[0]!r} in {table}")
        marks = ", ".join("?" * len(row))
        cursor = self._archive.conn.execute(
            f"INSERT {'OR IGNORE ' if ignore else ''}INTO {table} ({', '.join(row)}) "
            f"VALUES ({marks})",
            list(row.values()),
        )
        return int(cursor.lastrowid or 0)

    def _campaign(self, number: int) -> int:
        """Campaigns of imports are no runs, and are the same in every archive."""
        return number if number < 0 else self.numbers.crawls[number]
