"""Merge: another archive of ours into this one, without loss and without doubles.

First comes what both learned from outside (runs, pages, attempts, bytes, lists), numbered in the
order of time; then what was read, document by document in that order, so that the reports have the
histories that one archive would have which had made all attempts itself. Readings are taken over,
not made again. Every step finds what is there already: a merge that was killed is begun again.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from archive import chronology, dictionaries, payloads
from archive.arrivals import Arrivals
from archive.db import Archive
from archive.errors import ArchiveError, WrongWorld
from archive.merged_reports import Readings
from archive.merged_rows import lists, publishers, rows
from archive.payloads import digest
from archive.reports import Reader

_BATCH = 500
_SIGHTINGS = 50  # one transaction: reports are hundreds of rows

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge brought.

    Attributes:
        fetches: Attempts that the archive did not have.
        known: Attempts that it had.
        reports: Reports that it did not have.
        versions: Versions that it did not have.
        renamed: Report keys of the other archive that are taken here by other reports: theirs,
            and the new ones.
    """

    fetches: int
    known: int
    reports: int
    versions: int
    renamed: tuple[tuple[str, str], ...]


def merge(
    archive: Archive,
    other: Archive,
    progress: Progress | None = None,
    reread: Reader | None = None,
) -> Merged:
    """Take another archive in.

    Args:
        archive: The archive, open for writing, with no transaction open.
        other: The other one; reading is enough.
        progress: Called with what is taken in, how many are done, and of how many.
        reread: Today's reader; None for ``extract.read.read``.

    Returns:
        What came in. Statuses are the caller's to compute again.

    Raises:
        WrongWorld: One of them is generated, the other real.
        ArchiveError: They are one file.
        DamagedPayload: Bytes of the other archive do not match their hash; nothing of them or
            behind them came in.
    """
    if archive.path.samefile(other.path):
        raise ArchiveError(f"{other.path} is the archive itself. Name another one.")
    if archive.meta("world") != other.meta("world"):
        raise WrongWorld(
            f"{other.path} is of the {other.meta('world')} world, and {archive.path} of the "
            f"{archive.meta('world')} world. Generated and real reports are never kept in one file."
        )
    other.conn.execute("BEGIN")  # one state of it, whoever writes to it meanwhile
    try:
        return _Merge(archive, other, progress or (lambda *_: None)).all(reread)
    finally:
        other.conn.execute("ROLLBACK")


class _Merge:
    def __init__(self, archive: Archive, other: Archive, progress: Progress) -> None:
        self._archive = archive
        self._other = other
        self._progress = progress
        self._arrivals = Arrivals(archive, other.path.name)
        self._dictionaries: dict[int, int] = {}

    def all(self, reread: Reader | None) -> Merged:
        counted = [self._count(table) for table in ("reports", "report_versions")]
        self._attempts()
        self._arrivals.numbers.follow(chronology.restore(self._archive))
        with self._archive.atomic():
            bodies = publishers(self._other, self._archive)
            lists(self._other, self._archive, self._arrivals.numbers)
        readings = Readings(self._other, self._archive, self._arrivals.numbers, bodies, reread)
        done = 0
        for batch in _batches(readings.sightings(), _SIGHTINGS):
            with self._archive.atomic():
                readings.take(batch)
            done += len(batch)
            self._progress("documents", done, readings.total)
        with self._archive.atomic():
            readings.corrections()
        now = [self._count(table) for table in ("reports", "report_versions")]
        return Merged(
            self._arrivals.fetches,
            self._arrivals.known,
            now[0] - counted[0],
            now[1] - counted[1],
            tuple(readings.renamed),
        )

    def _count(self, table: str) -> int:
        return int(self._archive.conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def _attempts(self) -> None:
        """Runs, pages and attempts with their bytes; parents before children."""
        take = self._arrivals
        seen = "(SELECT fetched_at FROM fetches WHERE fetches.id = fetch_id) AS seen"
        self._each("SELECT * FROM portals ORDER BY host", take.portal)
        self._each("SELECT * FROM crawls ORDER BY id", take.crawl)
        self._each(f"SELECT *, {seen} FROM frontier ORDER BY id", self._page)
        self._each("SELECT * FROM fetches ORDER BY id", self._fetch, "fetches")
        self._each("SELECT * FROM notes", take.note)
        with self._archive.atomic():
            take.settle()

    def _each(self, sql: str, take: Callable[[dict[str, Any]], None], what: str = "") -> None:
        total = self._other.conn.execute(f"SELECT count(*) FROM ({sql})").fetchone()[0]
        done = 0
        for batch in _batches(rows(self._other, sql), _BATCH):
            with self._archive.atomic():
                for row in batch:
                    take(row)
            done += len(batch)
            if what:
                self._progress(what, done, total)

    def _page(self, row: dict[str, Any]) -> None:
        self._arrivals.page(row, row.pop("seen"))

    def _fetch(self, row: dict[str, Any]) -> None:
        self._arrivals.fetch(row, lambda: self._payload(row["payload_sha256"]))

    def _payload(self, name: str) -> str:
        """Take bytes over as they are compressed, with the dictionary that they need."""
        if self._archive.conn.execute("SELECT 1 FROM payloads WHERE sha256 = ?", [name]).fetchone():
            return name
        found = payloads.get(self._other, name)  # proven before it counts
        size, codec, data, dictionary = self._other.conn.execute(
            "SELECT size, codec, data, dictionary FROM payloads WHERE sha256 = ?", [name]
        ).fetchone()
        number = None if dictionary is None else self._dictionary(dictionary)
        self._archive.conn.execute(
            "INSERT INTO payloads (sha256, size, codec, data, dictionary) VALUES (?, ?, ?, ?, ?)",
            [name, size, codec, data, number],
        )
        return digest(found)

    def _dictionary(self, number: int) -> int:
        if number not in self._dictionaries:
            dictionaries.load(self._other, number)  # proven before it counts
            (row,) = rows(self._other, "SELECT * FROM dictionaries WHERE id = ?", [number])
            known = self._archive.conn.execute(
                "SELECT id FROM dictionaries WHERE portal = ? AND sha256 = ?",
                [row["portal"], row["sha256"]],
            ).fetchone()
            del row["id"]
            own = self._arrivals.insert("dictionaries", row) if known is None else known[0]
            self._dictionaries[number] = own
        return self._dictionaries[number]


def _batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    items = iter(items)
    while batch := list(itertools.islice(items, size)):
        yield batch
