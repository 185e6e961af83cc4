"""The one transaction that ends a frontier row: its children and its records, or its failure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

from scrapy.crawler import Crawler

from archive import (
    documents,
    exploration,
    files,
    frontier,
    list_pages,
    listings,
    notes,
    revisits,
)
from archive.errors import ArchiveFailed
from archive.frontier import Entry
from crawler import attaching, neighbours, outcomes, relation
from crawler import run as runs
from crawler.bounds import Bounds
from crawler.exploring import EXPLORE
from crawler.items import Failed, Fetched
from crawler.middlewares.backoff import BackOff
from crawler.scheduler import scheduler_of
from extract.record import Record
from spiders.page import Page
from spiders.tasks import PARTIAL_NOTES, Parsed, Task

_READ = frozenset({outcomes.OK, outcomes.UNCHANGED})


class Storing:
    """Write what became of a page, and queue the pages it led to."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._run = runs.of(crawler)
        self._archive = self._run.archive
        self._articles_left = self._run.limit
        self._bounds = Bounds.of(crawler.settings, self._archive, self._run.crawl.campaign)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Storing:
        """Build for the crawler's run."""
        return cls(crawler)

    def process_item(self, item: Fetched | Failed) -> Fetched | Failed:
        """Store a page or a failure; its frontier row is done in the same transaction."""
        if isinstance(item, Fetched) and item.deferred:
            return item
        with suppress(ArchiveFailed):  # then its row stays as it was, and the crawl is ending
            self._store(item)
        return item

    def _store(self, item: Fetched | Failed) -> None:
        if isinstance(item, Failed):
            self._store_failure(item)
            return
        children: list[Entry] = []
        is_column = False
        outcome = outcome_of(item)
        with self._archive.atomic():
            if item.parsed is not None:
                is_column = item.parsed.column is not None and exploration.promote(
                    self._archive, item.entry, item.parsed.column
                )
                children, bounded = self._store_list(item, item.parsed)
                outcome = "truncated" if bounded and outcome == outcomes.OK else outcome
            if item.records is not None and outcome != "not_found":
                self._store_records(item, item.records)
            if item.known is not None:
                revisits.seen_again(self._archive, item.known, item.fetch_id)
                self._run.tally["unchanged"] += 1
            if outcome in _READ and (item.records is not None or item.known is not None):
                children += attaching.enqueue(self._run, item.portal, item.entry, item.fetch_id)
            if item.unread is not None and item.source is not None:
                documents.keep_unread(self._archive, item.fetch_id, item.source, item.unread)
            frontier.done(self._archive, item.entry.id, outcome)
        # Queued only now: a rolled back row must not be fetched.
        self._bounds.count(children)
        scheduler = scheduler_of(self._crawler)
        scheduler.add(children)
        if item.entry.role == EXPLORE:
            scheduler.exploring.ended(item.entry, is_column=is_column)
        backoff = self._crawler.get_downloader_middleware(BackOff)
        if outcome == "block_page" and backoff is not None:
            backoff.strike(item.url, outcome)  # only the reader could tell

    def _store_failure(self, item: Failed) -> None:
        if is_end_of_list(item):
            frontier.done(self._archive, item.entry.id, outcomes.OK)
            return
        frontier.done(self._archive, item.entry.id, item.outcome)
        self._run.tally["failed"] += 1
        if item.entry.role == EXPLORE:
            scheduler_of(self._crawler).exploring.ended(item.entry)

    def _store_list(self, item: Fetched, parsed: Parsed) -> tuple[list[Entry], bool]:
        """Return the pages it led to that are new, and whether some were left out as a trap."""
        listings.save(self._archive, self._run.crawl.id, item.fetch_id, parsed.listings)
        if parsed.list_page is not None:
            list_pages.save(self._archive, item.entry, item.fetch_id, parsed.list_page)
        self._run.tally["lists"] += 1
        wanted = neighbours.reachable(self._run, item.portal, parsed)
        wanted = scheduler_of(self._crawler).exploring.new(wanted)
        tasks, left_out = self._bounds.within(wanted)
        said = [f"lists_bounded: {left_out} lists left out"] if left_out else []
        notes.save(self._archive, item.entry, item.fetch_id, (*parsed.notes, *said))
        children = frontier.add(
            self._archive,
            self._run.crawl.campaign,
            self._within_limit(tasks),
            parent=item.entry.id,
        )
        return children, bool(left_out)

    def _within_limit(self, tasks: Iterable[Task]) -> Iterator[Task]:
        for task in tasks:
            if task.role == "article" and self._articles_left is not None:
                if self._articles_left == 0:
                    continue
                self._articles_left -= 1
            yield task

    def _store_records(self, item: Fetched, records: list[Record]) -> None:
        assert item.source is not None
        files.store(
            self._archive,
            fetch_id=item.fetch_id,
            portal=item.entry.portal,
            records=records,
            source=item.source,
        )
        self._run.tally["reports"] += sum(record.kind == "report" for record in records)


def is_end_of_list(item: Failed) -> bool:
    """Tell whether a 404 is how a list says that it has no further page.

    Some platforms count a column's posts, but list fewer; the page behind the last one is missing.
    """
    return (
        item.outcome == "not_found"
        and item.entry.role == "list"
        and bool(item.entry.args.get("open_end"))
    )


def outcome_of(item: Fetched) -> str:
    """Return the outcome of a page that arrived, now that its content is known.

    A list that was cut short is no evidence of what it does not list, a firewall's page with
    status 200 is none of anything, and a home page in a page's place is a page that is gone.
    """
    if item.records and all(record.kind == "blocked" for record in item.records):
        return "block_page"
    if item.parsed is not None:
        codes = {note.partition(":")[0] for note in item.parsed.notes}
        if codes & GONE_NOTES:
            return "not_found"
        if codes & PARTIAL_NOTES:
            return "truncated"
    elif item.records is not None and _is_wrong(item, item.records):
        return "not_found"
    elif item.known is not None:
        return outcomes.UNCHANGED
    return outcomes.OK


GONE_NOTES = frozenset({relation.UNRELATED, "column_lost"})
"""Codes of notes that say that another page stands where the column was."""


def _is_wrong(item: Fetched, records: list[Record]) -> bool:
    title = item.entry.args.get("row_title")
    if not isinstance(title, str) or any(record.kind == "report" for record in records):
        return False
    return relation.is_wrong_article(Page(item.url, item.data, item.content_type), title, records)
