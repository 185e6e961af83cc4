"""The one transaction that ends a frontier row: its children and its records, or its failure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scrapy.crawler import Crawler

from archive import frontier, listings, reports
from archive.frontier import Entry
from crawler import outcomes
from crawler import run as runs
from crawler.items import Failed, Fetched
from crawler.scheduler import scheduler_of
from extract.record import Record
from spiders.tasks import PARTIAL_NOTES, Parsed, Task


class Storing:
    """Write what became of a page, and queue the pages it led to."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._run = runs.of(crawler)
        self._archive = self._run.archive
        self._articles_left = self._run.limit

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Storing:
        """Build for the crawler's run."""
        return cls(crawler)

    def process_item(self, item: Fetched | Failed) -> Fetched | Failed:
        """Store a page or a failure; its frontier row is done in the same transaction."""
        if isinstance(item, Failed):
            frontier.done(self._archive, item.entry.id, item.outcome)
            self._run.tally["failed"] += 1
            return item
        children: list[Entry] = []
        with self._archive.atomic():
            if item.parsed is not None:
                children = self._store_list(item, item.parsed)
            if item.records is not None:
                self._store_records(item, item.records)
            frontier.done(self._archive, item.entry.id, outcome_of(item))
        # Queued only now: a rolled back row must not be fetched.
        scheduler_of(self._crawler).add(children)
        return item

    def _store_list(self, item: Fetched, parsed: Parsed) -> list[Entry]:
        listings.save(self._archive, self._run.crawl.id, item.fetch_id, parsed.listings)
        self._run.tally["lists"] += 1
        return frontier.add(
            self._archive,
            self._run.crawl.campaign,
            self._within_limit(parsed.tasks),
            parent=item.entry.id,
        )

    def _within_limit(self, tasks: Iterable[Task]) -> Iterator[Task]:
        for task in tasks:
            if task.role == "article" and self._articles_left is not None:
                if self._articles_left == 0:
                    continue
                self._articles_left -= 1
            yield task

    def _store_records(self, item: Fetched, records: list[Record]) -> None:
        assert item.source is not None
        reports.store(
            self._archive,
            fetch_id=item.fetch_id,
            portal=item.entry.portal,
            records=records,
            source=item.source,
        )
        self._run.tally["reports"] += sum(record.kind == "report" for record in records)


def outcome_of(item: Fetched) -> str:
    """Return the outcome of a page that arrived, now that its content is known.

    A list that was cut short is no evidence of what it does not list, and a firewall's page with
    status 200 is none of anything.
    """
    if item.records and all(record.kind == "blocked" for record in item.records):
        return "block_page"
    if item.parsed is not None:
        codes = {note.partition(":")[0] for note in item.parsed.notes}
        if codes & PARTIAL_NOTES:
            return "truncated"
    return outcomes.OK
