"""Everything derived, made anew from the payloads alone: lists judged again, documents read again.

The work is done on a copy beside the archive, in batches of one transaction each, and the copy
takes the archive's name at the end: whoever opens the archive sees the old state whole or the new
one whole. A rebuild that was killed goes on where it stopped, unless the archive has changed.

A document from which a report's current version was read is read again; what is read otherwise
becomes a version of its own, never a revision by the body. Documents of older versions stay as
they were read then: the history of readings is not rewritten.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from archive import (
    documents,
    enclosures,
    files,
    frontier,
    listings,
    payloads,
    rebuilds,
)
from archive.address import address
from archive.backup import backup
from archive.comparison import Difference, differences
from archive.db import Archive
from archive.errors import ArchiveError, DamagedPayload
from archive.portals import named
from archive.rebuilds import Page, Rebuild
from archive.replacing import replace
from archive.schema.m0015_enclosed import ATTACHMENT
from crawler.judging import LIST_ROLES, asked, judged
from crawler.known_portals import KnownPortals
from crawler.reading import ReaderDiedError, Readers
from crawler.statuses import cover
from extract import VERSION
from extract.record import Issue, Record, Source
from spiders.page import Page as WebPage
from spiders.tasks import Parsed

_BATCH = 200
_LISTS = LIST_ROLES
_SAID = {field.name for field in fields(Source)} - {"url", "content_type"}

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class _Read:
    """A page and what was read in it; ``records`` is None for a list that is no report."""

    page: Page
    parsed: Parsed | None = None
    source: Source | None = None
    records: list[Record] | None = None
    issue: Issue | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rebuild came to.

    Attributes:
        documents: How many documents were read.
        reports: How many reports the archive has now.
        differences: Reports whose cells or sums are read otherwise.
        kept: The copy, when it was not put in the archive's place; else None.
    """

    documents: int
    reports: int
    differences: tuple[Difference, ...]
    kept: Path | None


class Rebuilding:
    """Work through the pages of an archive.

    Args:
        archive: Where everything is written: the copy, or for waiting pages the archive itself.
        jobs: Reading processes.
        timeout: Seconds after which the reading of one document is ended.
        progress: Called with ``"pages"``, how many are done, and of how many.
    """

    def __init__(self, archive: Archive, jobs: int, timeout: float, progress: Progress) -> None:
        self._archive = archive
        self._readers = Readers(jobs, timeout=timeout)
        self._ahead = 4 * jobs
        self._progress = progress

    async def all(self, rebuild: Rebuild) -> int:
        """Go through all pages behind those that are done; return how many documents were read."""
        archive, after, read = self._archive, rebuild.fetch_id, 0
        total = rebuilds.left(archive, 0)
        done = total - rebuilds.left(archive, after)
        archive.rebuild_id = rebuild.id
        pages = self._read(self._pages(after))
        try:
            while kept := await self._keep(rebuild, pages):
                done, read = done + kept[0], read + kept[1]
                self._progress("pages", done, total)
        finally:
            await pages.aclose()
            archive.rebuild_id = None
            self._readers.close()
        return read

    def _pages(self, after: int) -> Iterator[Page]:
        while batch := rebuilds.pages(self._archive, after, _BATCH):
            yield from batch
            after = batch[-1].fetch_id

    async def _keep(self, rebuild: Rebuild, pages: AsyncGenerator[_Read]) -> tuple[int, int] | None:
        """Store the next pages as they are read, in one transaction: how many, and documents."""
        done = read = 0
        with self._archive.atomic():
            async for one in pages:
                self._store(one)
                done, read = done + 1, read + (one.records is not None)
                if done == _BATCH:
                    break
            if done:
                rebuilds.advance(self._archive, rebuild, one.page.fetch_id, read)
        return (done, read) if done else None

    async def waiting(self) -> int:
        """Read the articles that wait, each in its own transaction; return how many."""
        pages = rebuilds.waiting(self._archive)
        try:
            done = 0
            async for one in self._read(pages):
                with self._archive.atomic():
                    self._store(one)
                    if one.page.entry.state == "fetched":
                        frontier.done(self._archive, one.page.entry.id, "ok")
                done += 1
                self._progress("pages", done, len(pages))
        finally:
            self._readers.close()
        return done

    async def _read(self, pages: Iterable[Page]) -> AsyncGenerator[_Read]:
        """Read some pages ahead, and hand them over in their order."""
        queue: list[asyncio.Task[_Read]] = []
        try:
            for page in pages:
                queue.append(asyncio.create_task(self._one(page)))
                await asyncio.sleep(0)  # what was created is handed to the readers now
                if len(queue) > self._ahead:
                    yield await queue.pop(0)
            while queue:
                yield await queue.pop(0)
        finally:
            for task in queue:
                task.cancel()

    async def _one(self, page: Page) -> _Read:
        if page.entry.role not in _LISTS and (page.is_history or self._is_old_file(page)):
            return _Read(page)
        try:
            data = payloads.get(self._archive, page.payload_sha256)
        except DamagedPayload:
            return _Read(page)  # verify names it; what was read of it stays
        parsed = await self._parse(page, data) if page.entry.role in _LISTS else None
        if parsed is not None and not parsed.read_as_article and page.document_id is None:
            return _Read(page, parsed)
        source = self._source(page)
        try:
            return _Read(page, parsed, source, await self._readers.read(data, source))
        except ReaderDiedError as error:
            return _Read(page, parsed, source, None, Issue(error.code, str(error)))

    def _is_old_file(self, page: Page) -> bool:
        """Tell whether a file of a page has later bytes in its place."""
        if page.entry.role != ATTACHMENT or page.document_id is None:
            return False
        where = address(str(page.entry.args.get("file") or page.entry.url))
        return enclosures.current_file(self._archive, where) != page.document_id

    async def _parse(self, page: Page, data: bytes) -> Parsed | None:
        """Judge the rows of a list once more; what it leads to is the next crawl's to fetch."""
        name = page.entry.portal
        known = named(self._archive, name)
        web = WebPage(page.url, data, page.content_type, asked=asked(page.entry))
        try:
            return await self._readers.call(judged, name, known, page.entry, web)
        except ReaderDiedError:
            return None  # as it was judged before

    def _source(self, page: Page) -> Source:
        if page.document_id is not None:
            return documents.source_of(self._archive, page.document_id)
        said = {name: value for name, value in page.entry.args.items() if name in _SAID}
        return Source(url=page.url, content_type=page.content_type, **said)

    def _store(self, one: _Read) -> None:
        page = one.page
        if one.parsed is not None:
            listings.save(self._archive, page.crawl_id, page.fetch_id, one.parsed.listings)
        if one.records is not None and one.source is not None:
            files.store(
                self._archive,
                fetch_id=page.fetch_id,
                portal=page.entry.portal,
                records=one.records,
                source=one.source,
            )
        elif one.issue is not None and one.source is not None:
            documents.keep_unread(self._archive, page.fetch_id, one.source, one.issue)


def rebuild(
    archive: Archive, *, jobs: int, timeout: float, progress: Progress, accept: bool = False
) -> Outcome:
    """Make everything derived anew, and put it in the archive's place.

    Args:
        archive: The archive, open for writing; it is closed when its place is taken.
        jobs: Reading processes.
        timeout: Seconds for the reading of one document.
        progress: Told how far the work is.
        accept: Put the result in place although it reads some reports worse.

    Returns:
        What it came to. A result that is worse for a report is kept beside the archive.

    Raises:
        ArchiveError: The copy cannot be written, or other programs have the archive open.
    """
    file = archive.path.with_name(archive.path.name + ".rebuild")
    copy, begun = _copy(archive, file, progress)
    with copy:
        if not begun.is_finished:
            KnownPortals(copy).register()
            asyncio.run(Rebuilding(copy, jobs, timeout, progress).all(begun))
            with copy.atomic():
                cover(copy)
                rebuilds.finish(copy, begun)
        found = tuple(differences(archive, copy))
        count = copy.conn.execute("SELECT count(*) FROM reports").fetchone()[0]
        read = copy.conn.execute(
            "SELECT documents FROM rebuilds WHERE id = ?", [begun.id]
        ).fetchone()[0]
        verdicts = [one.verdict for one in found]
        with copy.atomic():
            told = {name: verdicts.count(name) for name in ("better", "other", "worse")}
            rebuilds.tell(copy, begun, told)
        worse = "worse" in verdicts and not accept
    if not worse:
        replace(archive, file)
    return Outcome(read, count, found, file if worse else None)


def _copy(archive: Archive, file: Path, progress: Progress) -> tuple[Archive, Rebuild]:
    """Return the copy to work on: one that was begun for this very state, or a new one."""
    world = archive.meta("world")
    original = rebuilds.mark(archive)
    if file.exists():
        try:
            copy = Archive.open(file, world=None, create=False)
        except ArchiveError:
            file.unlink()
        else:
            begun = rebuilds.interrupted(copy, VERSION, original)
            if begun is not None and copy.meta("world") == world:
                return copy, begun
            copy.close()
            file.unlink()
    backup(archive, file, progress)
    copy = Archive.open(file, world=None, create=False)
    return copy, rebuilds.begin(copy, VERSION, original)
