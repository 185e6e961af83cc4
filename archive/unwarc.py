"""A WARC file into an archive: one of ours as it was, or pages that somebody else crawled.

What the archive has already is found and not doubled. Nothing is read here: pages arrive as
fetched, and ``rebuild`` makes the rest of them.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from archive import chronology, payloads
from archive.arrivals import Arrivals
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
            found = _Load(archive, take, file.name).all(ArchiveIterator(stream))
        chronology.restore(archive)
        return found
    except (OSError, EOFError, zlib.error, ArchiveLoadFailed) as error:
        reason = str(error).strip().partition("\n")[0] or type(error).__name__
        raise ArchiveError(f"{file} is no WARC file that can be read: {reason}.") from error
    except (KeyError, TypeError, ValueError, sqlite3.IntegrityError) as error:
        raise ArchiveError(
            f"{file} says of itself that it is an export of an archive, and is not: {error}."
        ) from error


class _Load:
    def __init__(self, archive: Archive, take: Page, file: str) -> None:
        self._archive = archive
        self._take = take
        self._arrivals = Arrivals(archive, file)
        self._imported = Imported()
        self._answer: tuple[str | None, bytes] = (None, b"")

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
                    self._arrivals.settle()
                    self._imported.fetches = self._arrivals.fetches
                    self._imported.known = self._arrivals.known
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
                "portals": self._arrivals.portal,
                "crawls": self._arrivals.crawl,
                "frontier": self._arrivals.page,
                "notes": self._arrivals.note,
            }[name](row)

    def _fetch(self, row: dict[str, Any], answer: str | None) -> None:
        said, body = self._answer

        def put() -> str | None:
            return payloads.put(self._archive, body, row["portal"]) if answer == said else None

        self._arrivals.fetch(row, put)

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


def _json(record: Any) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(record.content_stream().read())
    return value
