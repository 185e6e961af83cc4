"""A WARC file into an archive: one of ours as it was, or pages that somebody else crawled.

Everything has a name of its own beside its number (a run its start, a page its address in a
campaign, an attempt its time), so that what the archive has already is found and not doubled.
Nothing is read here: pages arrive as fetched, and ``rebuild`` makes the rest of them.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from archive import payloads
from archive.db import Archive
from archive.errors import ArchiveError, WrongWorld
from archive.warc import FETCH_TYPE, TABLE, TABLE_TYPE

_BATCH = 200
_KINDS = frozenset(
    {
        "warcinfo", "response", "resource", "request", "metadata", "revisit", "conversion",
        "continuation",
    }
)  # fmt: skip

Page = Callable[["Strange"], bool]


@dataclass(frozen=True, slots=True)
class Strange:
    """An answer in a WARC file that is not ours.

    Attributes:
        url: Its address.
        fetched_at: When it was fetched, UTC.
        status: The HTTP status; 200 for a ``resource`` record, which has none.
        headers: The answer's headers.
        body: The decoded body.
    """

    url: str
    fetched_at: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass
class Imported:
    """What an import brought.

    Attributes:
        fetches: Attempts that the archive did not have.
        known: Attempts that it had.
        strange: Pages of others that were taken.
        refused: Pages of others that were not.
    """

    fetches: int = 0
    known: int = 0
    strange: int = 0
    refused: int = 0


@dataclass
class _Numbers:
    """Which number of the file is which of the archive."""

    crawls: dict[int, int] = field(default_factory=dict)
    frontier: dict[int, int] = field(default_factory=dict)
    fetches: dict[int, int] = field(default_factory=dict)
    states: dict[int, dict[str, Any]] = field(default_factory=dict)
    notes: list[dict[str, Any]] = field(default_factory=list)


def load(archive: Archive, path: str | Path, take: Page) -> Imported:
    """Take a WARC file in.

    Args:
        archive: The archive, open for writing.
        path: The file, ``.warc`` or ``.warc.gz``.
        take: Called with each answer of a file that is not ours; enters it, or says no.

    Returns:
        What came in.

    Raises:
        ArchiveError: There is no such file, or it is no WARC file (what stands before the damage
            is in).
        WrongWorld: Generated pages for a real archive, or the reverse.
    """
    file = Path(path)
    try:
        with file.open("rb") as stream:
            return _Load(archive, take).all(ArchiveIterator(stream))
    except (OSError, EOFError, zlib.error, ArchiveLoadFailed) as error:
        reason = str(error).strip().partition("\n")[0] or type(error).__name__
        raise ArchiveError(f"{file} is no WARC file that can be read: {reason}.") from error
    except (KeyError, TypeError, ValueError, sqlite3.IntegrityError) as error:
        raise ArchiveError(
            f"{file} says of itself that it is an export of an archive, and is not: {error}."
        ) from error


class _Load:
    def __init__(self, archive: Archive, take: Page) -> None:
        self._archive = archive
        self._take = take
        self._numbers = _Numbers()
        self._imported = Imported()
        self._answer: tuple[str | None, bytes] = (None, b"")
        self._known_columns: dict[str, frozenset[str]] = {}

    def all(self, records: Iterator[Any]) -> Imported:
        is_ours = False
        batch = 0
        records = iter(records)
        while True:
            with self._archive.atomic():
                for record in records:
                    is_ours = self._one(record, is_ours=is_ours)
                    batch += 1
                    if batch % _BATCH == 0:
                        break
                else:
                    self._close()
                    return self._imported

    def _one(self, record: Any, *, is_ours: bool) -> bool:
        kind, headers = record.rec_type, record.rec_headers
        if kind not in _KINDS:
            raise ArchiveLoadFailed(f"it has a record of the type {kind!r}")
        if kind == "warcinfo":
            return self._about(record)
        if kind == "metadata" and headers.get_header("Content-Type") == TABLE_TYPE:
            self._table(headers.get_header("WARC-Target-URI").removeprefix(TABLE), record)
        elif kind == "metadata" and headers.get_header("Content-Type") == FETCH_TYPE:
            self._fetch(_json(record), headers.get_header("WARC-Concurrent-To"))
        elif kind == "response" and is_ours:
            # Its row comes next, and says whether the answer had a body at all.
            self._answer = (headers.get_header("WARC-Record-ID"), record.content_stream().read())
        elif kind in {"response", "resource"} and not is_ours:
            self._other(record)
        return is_ours

    def _about(self, record: Any) -> bool:
        said = dict(
            line.partition(": ")[::2]
            for line in record.content_stream().read().decode("utf-8", "replace").splitlines()
        )
        world = said.get("gov-reports-world", "").strip()
        if not world:
            return False
        if world != self._archive.meta("world"):
            raise WrongWorld(
                f"The file is of the {world} world, and {self._archive.path} of the "
                f"{self._archive.meta('world')} world. Generated and real reports are never kept "
                "in one file."
            )
        return True

    def _table(self, name: str, record: Any) -> None:
        table = _json(record)
        columns = table["columns"]
        for values in table["rows"]:
            row = dict(zip(columns, values, strict=True))
            {
                "portals": self._portal,
                "crawls": self._crawl,
                "frontier": self._page,
                "notes": self._numbers.notes.append,
            }[name](row)

    def _portal(self, row: dict[str, Any]) -> None:
        self._insert("portals", row, ignore=True)

    def _crawl(self, row: dict[str, Any]) -> None:
        number, campaign = row.pop("id"), row.pop("campaign")
        known = self._archive.conn.execute(
            "SELECT id FROM crawls WHERE spider = ? AND arguments = ? AND started_at = ?",
            [row["spider"], row["arguments"], row["started_at"]],
        ).fetchone()
        if known is not None:
            self._numbers.crawls[number] = known[0]
            return
        new = self._insert("crawls", {**row, "campaign": 0})
        self._numbers.crawls[number] = new
        self._archive.conn.execute(
            "UPDATE crawls SET campaign = ? WHERE id = ?",
            [self._numbers.crawls.get(campaign, new), new],
        )

    def _page(self, row: dict[str, Any]) -> None:
        """A row of the frontier; its state is set when its answer is in."""
        number = row.pop("id")
        state = {name: row.pop(name) for name in ("state", "outcome", "fetch_id", "parent")}
        row["campaign"] = self._numbers.crawls[row["campaign"]]
        key = ("campaign", "portal", "role", "url", "method", "body")
        known = self._archive.conn.execute(
            f"SELECT id FROM frontier WHERE {' AND '.join(f'{name} = ?' for name in key)}",
            [row[name] for name in key],
        ).fetchone()
        if known is not None:
            self._numbers.frontier[number] = known[0]
            return
        new = self._insert("frontier", row)
        self._numbers.frontier[number] = new
        self._numbers.states[new] = state

    def _fetch(self, row: dict[str, Any], answer: str | None) -> None:
        number = row.pop("id")
        row["crawl_id"] = self._numbers.crawls.get(row["crawl_id"])
        row["frontier_id"] = self._numbers.frontier.get(row["frontier_id"])
        known = self._archive.conn.execute(
            """SELECT id FROM fetches WHERE address = ? AND url = ? AND method = ?
            AND fetched_at = ? AND crawl_id IS ? AND frontier_id IS ?""",
            [row[name] for name in ("address", "url", "method", "fetched_at", "crawl_id",
                                    "frontier_id")],
        ).fetchone()  # fmt: skip
        if known is not None:
            self._numbers.fetches[number] = known[0]
            self._imported.known += 1
            return
        name = row["payload_sha256"]
        if name is not None and answer == self._answer[0]:
            found = payloads.put(self._archive, self._answer[1], row["portal"])
            if found != name:
                raise ValueError(f"the bytes of {row['url']} are not those of its hash")
        self._numbers.fetches[number] = self._insert("fetches", row)
        self._imported.fetches += 1

    def _close(self) -> None:
        """Set what refers to attempts, now that all of them are in."""
        numbers, conn = self._numbers, self._archive.conn
        for entry, state in numbers.states.items():
            fetch_id = numbers.fetches.get(state["fetch_id"])
            conn.execute(
                """UPDATE frontier SET state = ?, outcome = ?, fetch_id = ?, parent = ?
                WHERE id = ?""",
                [
                    state["state"] if fetch_id or state["state"] != "fetched" else "pending",
                    state["outcome"],
                    fetch_id,
                    numbers.frontier.get(state["parent"]),
                    entry,
                ],
            )
        for note in numbers.notes:
            entry = numbers.frontier[note["frontier_id"]]
            if entry in numbers.states:
                note |= {
                    "frontier_id": entry,
                    "campaign": numbers.crawls[note["campaign"]],
                    "fetch_id": numbers.fetches[note["fetch_id"]],
                }
                self._insert("notes", note, ignore=True)

    def _other(self, record: Any) -> None:
        http = record.http_headers
        status = int(http.get_statuscode()) if http is not None else 200
        headers = tuple(http.headers) if http is not None else ()
        page = Strange(
            record.rec_headers.get_header("WARC-Target-URI"),
            record.rec_headers.get_header("WARC-Date"),
            status,
            headers,
            record.content_stream().read(),
        )
        if self._take(page):
            self._imported.strange += 1
        else:
            self._imported.refused += 1

    def _insert(self, table: str, row: Mapping[str, Any], *, ignore: bool = False) -> int:
        if strange := row.keys() - self._columns(table):
            raise ValueError(f"there is no column {sorted(strange)[0]!r} in {table}")
        marks = ", ".join("?" * len(row))
        cursor = self._archive.conn.execute(
            f"INSERT {'OR IGNORE ' if ignore else ''}INTO {table} ({', '.join(row)}) "
            f"VALUES ({marks})",
            list(row.values()),
        )
        return int(cursor.lastrowid or 0)

    def _columns(self, table: str) -> frozenset[str]:
        if table not in self._known_columns:
            info = self._archive.conn.execute(f"PRAGMA table_info({table})")
            self._known_columns[table] = frozenset(row[1] for row in info)
        return self._known_columns[table]


def _json(record: Any) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(record.content_stream().read())
    return value
