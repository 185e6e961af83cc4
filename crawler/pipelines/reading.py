"""Articles: bytes to records, in worker processes."""

from __future__ import annotations

from dataclasses import fields

from scrapy.crawler import Crawler

from crawler.items import Failed, Fetched
from crawler.reading import ReaderDiedError, Readers
from extract.record import Issue, Source

_FROM_ARGS = {field.name for field in fields(Source)} - {"url", "content_type"}


class Reading:
    """Fill ``records`` of pages that are articles."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Reading:
        """Build with the settings READERS and READER_TIMEOUT."""
        settings = crawler.settings
        return cls(
            Readers(settings.getint("READERS"), timeout=settings.getfloat("READER_TIMEOUT"))
        )

    async def process_item(self, item: Fetched | Failed) -> Fetched | Failed:
        """Read an article, or a column that shows its only article; pass everything else on."""
        if isinstance(item, Fetched) and (item.parsed is None or item.parsed.read_as_article):
            item.source = source_of(item)
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
