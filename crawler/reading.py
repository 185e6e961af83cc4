"""Reading pages in worker processes, so that the event loop keeps fetching meanwhile.

A worker that dies (out of memory, a crash in a C library) takes every page down that was being
read. Each of them is read once more, alone, in a fresh process; the one that kills that too is
the culprit, and only that one is given up. A worker that takes too long is ended by the kernel's
timer, which also ends a loop in a C library, and is then a worker that died. A worker gets no
more memory than a document may need: what asks for more is read once more, alone, and given up.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import resource
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing.connection import wait
from typing import TypeVar, TypeVarTuple, Unpack

from extract.record import Record, Source

Reader = Callable[[bytes, Source], list[Record]]
T = TypeVar("T")
Given = TypeVarTuple("Given")

MEMORY = 3_000_000_000
"""Bytes that a worker may hold; the recogniser of pictures takes 1.2 GB of them."""

_WATCH = 5.0  # seconds between looks at workers that do not answer
_PRELOAD = ["__main__", "extract.read", "trafilatura"]


class ReaderDiedError(Exception):
    """A page killed the process that read it, or held it too long, twice.

    Attributes:
        code: The code of the issue: ``reader_died`` or ``reader_timeout``.
    """

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


class Readers:
    """A small pool of reading processes.

    Args:
        workers: How many pages are read at the same time.
        reader: What runs in them; a function of a module, for it is named to the process.
        timeout: Seconds after which the reading of one document is ended.
        niceness: By how much the processes stand behind others.
        memory: Bytes of data that a process may hold.
    """

    def __init__(
        self,
        workers: int,
        reader: Reader | None = None,
        timeout: float = 120.0,
        niceness: int = 0,
        memory: int = MEMORY,
    ) -> None:
        self._workers = workers
        self._timeout = timeout
        self._niceness = niceness
        self._memory = memory
        self._reader = reader or _read
        self._pool: ProcessPoolExecutor | None = None
        self._slots = asyncio.Semaphore(2 * workers)
        self._alone = asyncio.Lock()

    async def read(self, data: bytes, source: Source) -> list[Record]:
        """Return the records of one document.

        Raises:
            ReaderDiedError: The document killed or held up its reader, and again when read alone.
            Exception: Whatever the reader raised; it promises to raise nothing.
        """
        return await self.call(self._reader, data, source)

    async def call(self, work: Callable[[Unpack[Given]], T], *given: *Given) -> T:
        """Return what a function of a module makes of a document in a reading process.

        Args:
            work: The function.
            given: Its arguments, which go to another process as its answer comes from there.

        Raises:
            ReaderDiedError: As of :meth:`read`.
            Exception: Whatever the function raised.
        """
        async with self._slots:
            if self._pool is None:
                self._pool = _pool(self._workers, self._niceness, self._memory)
            pool = self._pool
            try:
                return await self._submit(pool, work, *given)
            except BrokenProcessPool:
                if self._pool is pool:
                    self._pool = None
                    pool.shutdown(wait=False)
            except MemoryError:
                pass  # the worker lives, but what it read before may have left little
            return await self._call_alone(work, *given)

    async def _call_alone(self, work: Callable[[Unpack[Given]], T], *given: *Given) -> T:
        async with self._alone:
            pool = _pool(1, self._niceness, self._memory)
            try:
                return await self._submit(pool, work, *given)
            except BrokenProcessPool as error:
                ended = any(code == -signal.SIGALRM for code in _exit_codes(pool))
                if not ended:
                    reason = "the page killed the process that read it"
                    raise ReaderDiedError("reader_died", reason) from error
                reason = f"reading took more than {self._timeout:g} s"
                raise ReaderDiedError("reader_timeout", reason) from error
            except MemoryError as error:
                reason = f"reading took more than {self._memory:,} bytes of memory"
                raise ReaderDiedError("reader_died", reason) from error
            finally:
                pool.shutdown(wait=False)

    async def _submit(
        self, pool: ProcessPoolExecutor, work: Callable[[Unpack[Given]], T], *given: *Given
    ) -> T:
        loop = asyncio.get_running_loop()
        answer = loop.run_in_executor(pool, _in_time, self._timeout, work, *given)
        dead = 0
        while not answer.done():
            await asyncio.wait({answer}, timeout=_WATCH)
            # A pool whose workers are killed while it starts them may never say so.
            dead = 0 if _is_alive(pool) else dead + 1
            if dead > 1 and not answer.done():
                answer.cancel()
                raise BrokenProcessPool("no reader is left")
        return answer.result()

    def close(self) -> None:
        """End the worker processes; pages not begun are dropped."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _pool(workers: int, niceness: int = 0, memory: int = MEMORY) -> ProcessPoolExecutor:
    # A fork of the crawler would copy its sockets and its database connection.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOAD)
    return ProcessPoolExecutor(
        workers, mp_context=context, initializer=_settle_in, initargs=(niceness, memory)
    )


def _is_alive(pool: ProcessPoolExecutor) -> bool:
    """Tell whether a pool has a living worker; it offers no public way to ask."""
    workers = getattr(pool, "_processes", None) or {}
    return any(worker.is_alive() for worker in list(workers.values()))


def _exit_codes(pool: ProcessPoolExecutor) -> list[int | None]:
    """How the workers of a pool ended; one that the timer ended says so, however busy we are."""
    workers = getattr(pool, "_processes", None) or {}
    return [worker.exitcode for worker in list(workers.values())]


def _settle_in(niceness: int = 0, memory: int = MEMORY) -> None:
    """Prepare a worker: Ctrl-C is the crawler's to handle, and no worker outlives the crawler."""
    os.nice(niceness)
    # Data, not address space: libraries reserve much of that and never use it.
    with suppress(OSError, ValueError):
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        if hard != resource.RLIM_INFINITY:
            memory = min(memory, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (memory, hard))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    threading.Thread(target=_die_with_parent, daemon=True).start()


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _in_time(seconds: float, work: Callable[[Unpack[Given]], T], *given: *Given) -> T:
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return work(*given)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _read(data: bytes, source: Source) -> list[Record]:
    from extract.read import read

    return read(data, source)
