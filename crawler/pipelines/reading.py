"""Articles: bytes to records, in worker processes."""

from __future__ import annotations

from dataclasses import fields

from scrapy.crawler import Crawler

from archive import revisits
from archive.payloads import digest
from crawler import run as runs
from crawler.items import Failed, Fetched
from crawler.reading import ReaderDiedError, Readers
from crawler.run import Run
from extract import VERSION
from extract.record import Issue, Source

_FROM_ARGS = {field.name for field in fields(Source)} - {"url", "content_type"}


class Reading:
    """Fill ``records`` of pages that are articles."""

    def __init__(self, run: Run, readers: Readers) -> None:
        self._run = run
        self._readers = readers

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Reading:
        """Build with the settings READERS, READER_TIMEOUT and READER_MEMORY."""
        settings = crawler.settings
        return cls(
            runs.of(crawler),
            Readers(
                settings.getint("READERS"),
                timeout=settings.getfloat("READER_TIMEOUT"),
                memory=settings.getint("READER_MEMORY"),
            ),
        )

    async def process_item(self, item: Fetched | Failed) -> Fetched | Failed:
        """Read an article, or a column that shows its only article; pass everything else on."""
        if isinstance(item, Fetched) and item.deferred:
            return item
        if isinstance(item, Fetched) and (item.parsed is None or item.parsed.read_as_article):
            item.source = source_of(item)
            item.known = revisits.read_before(
                self._run.archive, digest(item.data), item.entry.url, item.source, VERSION
            )
            if item.known is not None:
                return item
            try:
                item.records = await self._readers.read(item.data, item.source)
            except ReaderDiedError as error:
                item.unread = Issue(error.code, str(error))
        return item

    def close_spider(self) -> None:
        """End the worker processes."""
        self._readers.close()


def source_of(item: Fetched) -> Source:
    """Return what the list that led to a page said of it."""
    said = {name: value for name, value in item.entry.args.items() if name in _FROM_ARGS}
    return Source(url=item.url, content_type=item.content_type, **said)
