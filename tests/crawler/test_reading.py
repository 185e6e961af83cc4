"""Reading in worker processes: a page that kills its reader harms nobody else."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.reading import ReaderDiedError, Readers
from extract.record import Record, Source


def reader(data: bytes, source: Source) -> list[Record]:
    """Stand in for the real one, in the worker: some pages are fatal, some raise."""
    if data == b"fatal":
        os._exit(1)
    if data == b"endless":
        end = time.monotonic() + 5  # as good as none for a limit of half a second
        while time.monotonic() < end:
            pass
    if data == b"greedy":
        return [Record("report", title=str(len(bytearray(2_000_000_000))))]
    if data.startswith(b"killed at first:"):
        marker = Path(data.decode().partition(":")[2])
        if not marker.exists():
            marker.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    if data == b"raises":
        raise ValueError("a bug")
    return [Record("report", url=source.url, title=f"{data.decode()} {os.getpid()}")]


@pytest.fixture
def readers() -> Iterator[Readers]:
    pool = Readers(2, reader, timeout=0.5)
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
            assert result.code == "reader_died"
        else:
            assert isinstance(result, list), f"{page!r}: {result!r}"
            assert str(result[0].title).startswith(page.decode())


def test_page_without_end_is_given_up_and_the_others_are_read(readers: Readers) -> None:
    async def read_all() -> list[list[Record] | BaseException]:
        reading = (readers.read(page, Source()) for page in (b"one", b"endless", b"two"))
        return await asyncio.gather(*reading, return_exceptions=True)

    one, endless, two = asyncio.run(read_all())
    assert isinstance(endless, ReaderDiedError)
    assert (endless.code, str(endless)) == ("reader_timeout", "reading took more than 0.5 s")
    for result in (one, two, asyncio.run(readers.read(b"three", Source()))):
        assert isinstance(result, list)


def test_page_that_asks_for_too_much_memory_is_given_up_and_the_others_are_read() -> None:
    readers = Readers(1, reader, timeout=20, memory=1_000_000_000)

    async def read_all() -> list[list[Record] | BaseException]:
        reading = (readers.read(page, Source()) for page in (b"one", b"greedy", b"two"))
        return await asyncio.gather(*reading, return_exceptions=True)

    one, greedy, two = asyncio.run(read_all())
    readers.close()
    assert isinstance(greedy, ReaderDiedError)
    assert str(greedy) == "reading took more than 1,000,000,000 bytes of memory"
    assert isinstance(one, list) and isinstance(two, list)


def test_time_limit_does_not_end_an_idle_worker() -> None:
    readers = Readers(1, reader, timeout=0.3)

    async def read_twice() -> set[str | None]:
        first = await readers.read(b"page", Source())
        await asyncio.sleep(0.4)
        return {record.title for record in first + await readers.read(b"page", Source())}

    assert len(asyncio.run(read_twice())) == 1, "the same process read both"
    readers.close()


def test_page_whose_reader_was_killed_is_read_again(readers: Readers, tmp_path: Path) -> None:
    page = f"killed at first:{tmp_path / 'marker'}".encode()
    (record,) = asyncio.run(readers.read(page, Source()))
    assert str(record.title).startswith("killed at first")


def test_bug_of_the_reader_is_not_hidden(readers: Readers) -> None:
    with pytest.raises(ValueError, match="a bug"):
        asyncio.run(readers.read(b"raises", Source()))
