"""Lists: what the portal's family sees in a page, as children and judged rows."""

from __future__ import annotations

from dataclasses import replace

from scrapy.crawler import Crawler

from archive import list_pages, listings
from archive.frontier import Entry
from crawler import run as runs
from crawler.items import Failed, Fetched
from crawler.judging import LIST_ROLES, asked, parse
from crawler.run import Run
from spiders.page import Page
from spiders.recheck import Before

LOOKED_AT = LIST_ROLES | {"explore"}


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
            item.parsed = parse(
                item.portal,
                item.entry,
                page,
                known=self._known,
                years=self._run.years,
                before=self._before(item.entry),
            )
            if item.parsed.column is not None:
                # Discovery found it to be a column: from here on it is treated as one.
                item.entry = replace(item.entry, args=dict(item.parsed.column))
        return item

    def _before(self, entry: Entry) -> Before | None:
        """Return the list as it was; None when all of it is to be seen again."""
        if self._run.recheck or entry.role not in LIST_ROLES:
            return None
        whole = list_pages.before(self._run.archive, entry, self._run.years)
        if whole is None:
            return None
        return Before(whole.rows, whole.pages, whole.last, whole.settled)

    def _known(self, url: str) -> bool:
        return not self._run.recheck and listings.known(self._run.archive, url)
