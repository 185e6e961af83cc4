"""Made-up histories of pages, crawled by one archive or by several."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from archive.db import Archive
from archive.reports import Reader
from archive.verify import verify
from extract.record import Record, Section, Source
from tests.archive.world import HOST, Listing, Run, number, open_archive, reading


@dataclass(frozen=True)
class Event:
    """What a page said on a day.

    Attributes:
        day: 1 to 28: of which month, the dice said.
        page: Which page; several may be of one body and year.
        text: What the report says: a change of it is the body's.
        noise: What stands around it: a change of it makes other bytes and no other report.
    """

    day: int
    page: int
    text: int
    noise: int

    @property
    def url(self) -> str:
        return f"http://{HOST}/gknb/{self.page}.html"

    @property
    def data(self) -> bytes:
        return json.dumps([self.page, self.text, self.noise]).encode()


def read(data: bytes, source: Source) -> list[Record]:
    """Read a page of a history; its cells stand elsewhere when the noise is other."""
    page, text, noise = json.loads(data)
    tables = reading().tables
    tables["t3_requests"]["new_received"] = {
        "natural_person": number(text, f"html:t3/r{noise}/c2"),
        "total": number(text),
    }
    return [
        reading(
            year=2020 + page % 3,
            url=source.url,
            published_on=f"2024-01-{10 + text}",
            sections=[Section(1, "一、总体情况", f"第{page}页公开信息{text}条。")],
            tables=tables,
        )
    ]


def history(seed: int, days: int = 12) -> list[Event]:
    """Return what pages said, day by day; texts come back, and noise comes and goes."""
    dice = random.Random(seed)
    return [
        Event(day, dice.randrange(4), dice.randrange(3), dice.randrange(3))
        for day in range(1, days + 1)
        for _ in range(dice.randrange(1, 3))
    ]


def crawl(archive: Archive, events: Iterable[Event], reader: Reader = read) -> None:
    """Fetch the pages of a history, each day in a run of its own."""
    seen: dict[int, list[Event]] = {}
    for event in events:
        seen.setdefault(event.day, []).append(event)
    for day, found in sorted(seen.items()):
        date = f"2025-03-{day:02d}"
        run = Run(archive, date)
        pages = {event.page: event for event in found}  # a page is fetched once a run
        rows = [Listing(event.url, f"{event.page}年报") for event in pages.values()]
        run.page(rows=tuple(rows))
        for event in pages.values():
            records = reader(event.data, Source(url=event.url))
            run.article(event.url, records, data=event.data, reread=reader)
        run.finish()
        at = f"{date}T00:00:00.000Z"
        archive.conn.execute("UPDATE crawls SET started_at = ? WHERE id = ?", [at, run.crawl.id])
        archive.conn.execute(
            "UPDATE frontier SET added_at = ? WHERE campaign = ?", [at, run.crawl.campaign]
        )


def crawled(path: Path, events: Iterable[Event]) -> Archive:
    """Return a new archive that fetched the pages of a history."""
    archive = open_archive(path)
    crawl(archive, events)
    return archive


def faults(archive: Archive) -> list[str]:
    """What verify says, but for locators: the pages are made up."""
    return [str(fault) for fault in verify(archive) if fault.code != "locator"]
