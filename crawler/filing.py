"""Files are read beside the crawl: it never waits for one, and ends when all of them are read.

Reading a file takes seconds where a page takes tenths of one. So a file that has arrived leaves the
engine at once, its bytes kept and its frontier row ``fetched``; processes of its own read it, one
after the other, at a lower priority than pages. A crawl that is ended meanwhile leaves such rows as
they are: the next run goes on with them, from the archive.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider

from archive import capture, documents, files, frontier, revisits
from archive.errors import ArchiveFailed
from archive.payloads import digest
from crawler import attaching, outcomes
from crawler import run as runs
from crawler.items import Fetched
from crawler.pipelines.reading import source_of
from crawler.reading import ReaderDiedError, Readers
from crawler.scheduler import scheduler_of
from extract import VERSION
from extract.record import Issue, Record, Source

_BEHIND = 10  # how far these processes stand behind those that read pages

_logger = logging.getLogger(__name__)


class Filing:
    """Take files out of the pipelines, and read and store them in the background.

    Args:
        crawler: The crawler; FILE_READERS and READER_TIMEOUT are its settings.
        readers: The processes that read.
        workers: How many files are read at the same time.
    """

    def __init__(self, crawler: Crawler, readers: Readers, workers: int) -> None:
        self._crawler = crawler
        self._run = runs.of(crawler)
        self._readers = readers
        self._workers = workers
        self._queue: asyncio.Queue[Fetched] = asyncio.Queue()
        self._tasks: list[asyncio.Task[None]] = []
        self._open = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Filing:
        """Build, and hold the crawl open while files are read."""
        settings = crawler.settings
        workers = settings.getint("FILE_READERS")
        readers = Readers(
            workers,
            timeout=settings.getfloat("READER_TIMEOUT"),
            niceness=_BEHIND,
            memory=settings.getint("READER_MEMORY"),
        )
        filing = cls(crawler, readers, workers)
        crawler.signals.connect(filing.idle, signal=signals.spider_idle)
        return filing

    def process_item(self, item: object) -> object:
        """Take a file over; pass everything else on."""
        if isinstance(item, Fetched) and item.entry.role == attaching.ATTACHMENT:
            item.deferred = True
            item.data = b""  # it is in the archive
            self._open += 1
            self._queue.put_nowait(item)
            if len(self._tasks) < self._workers:
                self._tasks.append(asyncio.get_running_loop().create_task(self._work()))
        return item

    def idle(self) -> None:
        """Keep the crawl open while there are files to read.

        Raises:
            DontCloseSpider: There are.
        """
        if self._workers and self._open and self._run.archive.failure is None:
            raise DontCloseSpider

    async def close_spider(self) -> None:
        """Leave what was not read for the next run, and end the processes."""
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task
        self._readers.close()

    async def _work(self) -> None:
        while True:
            item = await self._queue.get()
            try:
                await self._one(item)
            except ArchiveFailed:
                return  # the row stays as it was, and the crawl is ending
            except Exception:  # whatever it is: one file must not end the others
                # A bug of ours: the row stays as it was, and the summary says so.
                _logger.exception("a file could not be stored: %s", item.url)
                self._crawler.signals.send_catch_log(
                    signals.item_error, item=item, response=None, spider=None
                )
            finally:
                self._open -= 1
                self._wake()

    def _wake(self) -> None:
        """Let the engine look whether there is anything left to do."""
        slot = getattr(self._crawler.engine, "_slot", None)
        if not self._open and slot is not None:
            slot.nextcall.schedule()

    async def _one(self, item: Fetched) -> None:
        data = capture.answer(self._run.archive, item.fetch_id).body or b""
        source = source_of(item)
        known = revisits.read_before(
            self._run.archive, digest(data), item.entry.url, source, VERSION
        )
        if known is not None:
            with self._run.archive.atomic():
                revisits.seen_again(self._run.archive, known, item.fetch_id)
                frontier.done(self._run.archive, item.entry.id, outcomes.OK)
            self._run.tally["unchanged"] += 1
            return
        try:
            self._store(item, source, await self._readers.read(data, source))
        except ReaderDiedError as error:
            issue = Issue(error.code, str(error))
            with self._run.archive.atomic():
                documents.keep_unread(self._run.archive, item.fetch_id, source, issue)
                frontier.done(self._run.archive, item.entry.id, outcomes.OK)

    def _store(self, item: Fetched, source: Source, records: list[Record]) -> None:
        run = self._run
        is_blocked = bool(records) and all(record.kind == "blocked" for record in records)
        with run.archive.atomic():
            files.store(
                run.archive,
                fetch_id=item.fetch_id,
                portal=item.entry.portal,
                records=records,
                source=source,
            )
            children = attaching.enqueue(run, item.portal, item.entry, item.fetch_id)
            outcome = "block_page" if is_blocked else outcomes.OK
            frontier.done(run.archive, item.entry.id, outcome)
        run.tally["files"] += 1
        scheduler_of(self._crawler).add(children)
