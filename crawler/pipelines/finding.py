"""Lists: what the portal's family sees in a page, as children and judged rows."""

from __future__ import annotations

from dataclasses import replace

from scrapy.crawler import Crawler

from archive import listings
from archive.frontier import Entry
from crawler import relation
from crawler import run as runs
from crawler.items import Failed, Fetched
from crawler.run import Run
from spiders.page import Page
from spiders.tasks import Link, Parsed, Post

LIST_ROLES = frozenset({"column", "list"})
LOOKED_AT = LIST_ROLES | {"explore"}


def asked(entry: Entry) -> Link:
    """Return what a frontier row asks for."""
    return Post(entry.url, entry.body) if entry.body else entry.url


class Finding:
    """Fill ``parsed`` of pages that are lists."""

    def __init__(self, run: Run) -> None:
        self._run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Finding:
        """Build for the crawler's run."""
        return cls(runs.of(crawler))

    def process_item(self, item: Fetched | Failed) -> Fetched | Failed:
        """Parse a column, a list or a page that may lead to one; pass everything else on."""
        if isinstance(item, Fetched) and item.entry.role in LOOKED_AT:
            page = Page(item.url, item.data, item.content_type, asked=asked(item.entry))
            role, args = item.entry.role, item.entry.args
            parsed = item.portal.parse_task(
                page, role, args, known=self._known, years=self._run.years
            )
            if parsed.column is not None:
                # Discovery found it to be a column: from here on it is treated as one.
                item.entry = replace(item.entry, args=dict(parsed.column))
            noted = relation.notes(page, role, args, parsed) if role in LIST_ROLES else []
            if any(note.startswith(relation.UNRELATED) for note in noted):
                parsed = Parsed(notes=parsed.notes)  # its links lead all over the portal
            item.parsed = replace(parsed, notes=(*parsed.notes, *noted))
        return item

    def _known(self, url: str) -> bool:
        return not self._run.recheck and listings.known(self._run.archive, url)
