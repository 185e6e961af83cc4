"""Reading in worker processes: a page that kills its reader harms nobody else."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator

import pytest

from crawler.reading import ReaderDiedError, Readers
from extract.record import Record, Source


def reader(data: bytes, source: Source) -> list[Record]:
    """Stand in for the real one, in the worker: some pages are fatal, some raise."""
    if data == b"fatal":
        os._exit(1)
    if data == b"raises":
        raise ValueError("a bug")
    return [Record("report", url=source.url, title=f"{data.decode()} {os.getpid()}")]


@pytest.fixture
def readers() -> Iterator[Readers]:
    pool = Readers(2, reader)
    yield pool
    pool.close()


def test_reads_outside_this_process(readers: Readers) -> None:
    (record,) = asyncio.run(readers.read(b"page", Source(url="http://a/")))
    assert (record.url, record.title) != ("http://a/", f"page {os.getpid()}")
    assert record.title is not None
    assert record.title.startswith("page ")


def test_fatal_page_is_named_and_the_others_are_read(readers: Readers) -> None:
    pages = [b"one", b"fatal", b"two", b"three", b"fatal", b"four"]

    async def read_all() -> list[list[Record] | BaseException]:
        reading = (readers.read(page, Source()) for page in pages)
        return await asyncio.gather(*reading, return_exceptions=True)

    results = asyncio.run(read_all())
    for page, result in zip(pages, results, strict=True):
        if page == b"fatal":
            assert isinstance(result, ReaderDiedError)
        else:
            assert isinstance(result, list), f"{page!r}: {result!r}"
            assert str(result[0].title).startswith(page.decode())


def test_bug_of_the_reader_is_not_hidden(readers: Readers) -> None:
    with pytest.raises(ValueError, match="a bug"):
        asyncio.run(readers.read(b"raises", Source()))
