"""Two archives become one that has both: what it says is what one archive would that saw all."""

from __future__ import annotations

import os
import random
import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest

from archive import merging
from archive.backup import backup
from archive.db import Archive
from archive.digest import content_digest
from archive.errors import ArchiveError, DamagedPayload, WrongWorld
from archive.merging import merge
from extract.record import Record, Source
from tests.archive.histories import Event, crawl, crawled, faults, history, read
from tests.archive.world import one, open_archive, rows

EXAMPLES = int(os.environ.get("GOV_REPORTS_EXAMPLES", "6"))
ALL = ("crawls", "frontier", "fetches", "payloads", "listings", "documents", "reports",
       "report_versions", "cells", "sections", "changes", "issues", "publishers")  # fmt: skip


def parted(events: list[Event], seed: int) -> tuple[list[Event], list[Event]]:
    """Part a history by days: what one archive saw, and what the other one did."""
    dice = random.Random(seed)
    days = {day: dice.random() < 0.5 for day in {event.day for event in events}}
    return [one for one in events if days[one.day]], [one for one in events if not days[one.day]]


def counts(archive: Archive) -> list[int]:
    return [one(archive, f"SELECT count(*) FROM {table}") for table in ALL]


@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_it_is_as_if_one_archive_had_seen_all(tmp_path: Path, seed: int) -> None:
    events = history(seed)
    mine, theirs = parted(events, seed)
    with (
        crawled(tmp_path / "whole.db", events) as whole,
        crawled(tmp_path / "a.db", mine) as first,
        crawled(tmp_path / "b.db", theirs) as second,
        open_archive(tmp_path / "new.db") as new,
    ):
        merge(first, second, reread=read)
        for other in (second, first):  # into an empty one, and the first has both already
            merge(new, other, reread=read)
        for merged in (first, new):
            assert faults(merged) == []
            assert said(merged) == said(whole)
            assert content_digest(merged) == content_digest(whole)
            assert counts(merged) == counts(whole)


def said(archive: Archive) -> list[tuple[object, ...]]:
    return rows(
        archive,
        """SELECT reports.address, number, reason, fetched_at, raw, at FROM report_versions
        JOIN reports ON reports.id = report_id JOIN fetches ON fetches.id = arrival_id
        JOIN cells ON version_id = report_versions.id AND column_key = 'natural_person'
        AND row_key = 'new_received' ORDER BY 1, 2""",
    )


def test_twice_is_once(tmp_path: Path) -> None:
    mine, theirs = parted(history(1), 1)
    with crawled(tmp_path / "a.db", mine) as first, crawled(tmp_path / "b.db", theirs) as second:
        assert merge(first, second, reread=read).versions > 0
        before = counts(first), content_digest(first), said(first)
        again = merge(first, second, reread=read)
        assert (again.fetches, again.reports, again.versions, again.renamed) == (0, 0, 0, ())
        assert (counts(first), content_digest(first), said(first)) == before


@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_interrupted_anywhere_and_begun_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    events = history(seed, days=8)
    mine, theirs = parted(events, seed)
    monkeypatch.setattr(merging, "_BATCH", 3)
    monkeypatch.setattr(merging, "_SIGHTINGS", 2)
    steps = 0

    def stop() -> bool:
        nonlocal steps
        steps -= 1
        return steps == 0

    with (
        crawled(tmp_path / "whole.db", events) as whole,
        crawled(tmp_path / "a.db", mine) as first,
        crawled(tmp_path / "b.db", theirs) as second,
    ):
        conn, interrupted = first.conn, 0
        for limit in range(30, 3000, 80):  # statements, so that a transaction is cut in two
            steps = limit
            conn.set_progress_handler(stop, 100)
            with suppress(sqlite3.OperationalError):
                merge(first, second, reread=read)
                break
            interrupted += 1
            conn.set_progress_handler(None, 0)
            assert rows(first, "PRAGMA foreign_key_check") == []
        conn.set_progress_handler(None, 0)
        assert interrupted
        merge(first, second, reread=read)
        assert faults(first) == []
        assert content_digest(first) == content_digest(whole)
        assert counts(first) == counts(whole)


def test_a_run_that_went_on_elsewhere(tmp_path: Path) -> None:
    """A copy that crawled on comes home: nothing that both have is doubled."""
    events = history(2)
    with crawled(tmp_path / "a.db", [one for one in events if one.day < 7]) as first:
        backup(first, tmp_path / "b.db")
        with Archive.open(tmp_path / "b.db", world="sandbox") as second:
            crawl(second, [one for one in events if one.day >= 7])
            found = merge(first, second, reread=read)
            assert found.known == one(first, "SELECT count(*) FROM fetches") - found.fetches
            assert content_digest(first) == content_digest(second)
            assert counts(first) == counts(second)


def test_the_newer_reading_of_the_same_bytes_stands(tmp_path: Path) -> None:
    event = Event(1, 1, 1, 0)

    def otherwise(data: bytes, source: Source) -> list[Record]:
        (record,) = read(data, source)
        record.title, record.extractor = "Read anew", "2"
        return [record]

    with crawled(tmp_path / "a.db", [event]) as first, crawled(tmp_path / "b.db", []) as second:
        crawl(second, [event], reader=otherwise)
        titles = "SELECT title, (SELECT count(*) FROM report_versions) FROM reports"
        with open_archive(tmp_path / "c.db") as third:
            merge(third, second, reread=otherwise)
            merge(third, first, reread=otherwise)
            assert rows(third, titles) == [("Read anew", 1)], "the older reading is not taken"
        merge(first, second, reread=otherwise)
        assert rows(first, titles) == [("Read anew", 2)]
        reasons = rows(first, "SELECT reason FROM report_versions ORDER BY number")
        assert reasons == [("first",), ("reextracted",)]
        assert faults(first) == []


def test_what_only_our_readers_differ_in_is_no_revision(tmp_path: Path) -> None:
    def otherwise(data: bytes, source: Source) -> list[Record]:
        (record,) = read(data, source)
        record.title, record.extractor = "Read anew", "2"
        return [record]

    with crawled(tmp_path / "a.db", [Event(1, 1, 1, 0)]) as first, \
         crawled(tmp_path / "b.db", []) as second:  # fmt: skip
        crawl(second, [Event(2, 1, 1, 1)], reader=otherwise)
        merge(first, second, reread=otherwise)
        assert rows(first, "SELECT reason FROM report_versions") == [("first",)]
        crawl(second, [Event(3, 1, 2, 1)], reader=otherwise)
        merge(first, second, reread=otherwise)
        reasons = rows(first, "SELECT reason FROM report_versions ORDER BY number")
        assert reasons == [("first",), ("reextracted",), ("revised",)]


def test_a_key_that_is_taken_is_told(tmp_path: Path) -> None:
    with (
        crawled(tmp_path / "a.db", [Event(1, 0, 1, 0)]) as first,
        crawled(tmp_path / "b.db", [Event(1, 3, 2, 0)]) as second,  # the same body and year
    ):
        found = merge(first, second, reread=read)
        assert found.renamed == (
            ("420600/财政局:2020:own_body:1", "420600/财政局:2020:own_body:2"),
        )
        assert one(first, "SELECT count(*) FROM panel") == 1


def test_errata_and_takedowns_come_along_once(tmp_path: Path) -> None:
    with (
        crawled(tmp_path / "a.db", [Event(1, 0, 1, 0)]) as first,
        crawled(tmp_path / "b.db", [Event(1, 1, 2, 0)]) as second,
    ):
        second.conn.execute(
            """INSERT INTO errata (report_id, note, author, made_at)
            VALUES (1, 'a slip of the pen', 'somebody', '2025-04-01')"""
        )
        second.conn.execute(
            "INSERT INTO takedowns (report_id, reason, asked_on) VALUES (1, 'asked', '2025-04-02')"
        )
        for _ in range(2):
            merge(first, second, reread=read)
        for table in ("errata", "takedowns"):
            key = f"SELECT report_key FROM {table} JOIN reports ON reports.id = report_id"
            assert rows(first, key) == [("420600/财政局:2021:own_body:1",)]


def test_what_must_not_be_merged(tmp_path: Path) -> None:
    with crawled(tmp_path / "a.db", [Event(1, 0, 1, 0)]) as first:
        with pytest.raises(ArchiveError, match="is the archive itself"):
            merge(first, first)
        with Archive.open(tmp_path / "real.db", world="real") as real:
            for one_, other in ((first, real), (real, first)):
                with pytest.raises(WrongWorld, match="never kept in one file"):
                    merge(one_, other)
        with crawled(tmp_path / "b.db", [Event(2, 0, 2, 0)]) as damaged:
            damaged.conn.execute("UPDATE payloads SET data = x'00'")
            before = counts(first)[2:]
            with pytest.raises(DamagedPayload):
                merge(first, damaged)
            assert counts(first)[2:] == before
            assert faults(first) == []
