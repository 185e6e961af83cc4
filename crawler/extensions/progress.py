"""What a crawl is doing: a bar on a terminal, a plain line every few seconds elsewhere."""

from __future__ import annotations

import sys
import time
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import create_looping_call

from archive import frontier
from crawler import run as runs
from crawler.run import Run
from crawler.terminal import note

_BAR_SECONDS = 0.5
_LINE_SECONDS = 5.0


class View(Protocol):
    """A way to show progress."""

    def show(self, done: int, total: int, text: str) -> None:
        """Show how many of the known pages are done."""

    def close(self) -> None:
        """Show no more."""


class Progress:
    """Show how far a crawl is, on standard error."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._tty = sys.stderr.isatty()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Progress:
        """Build, and listen for the start and the end of the crawl."""
        extension = cls(crawler)
        crawler.signals.connect(extension.opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.closed, signal=signals.spider_closed)
        return extension

    def opened(self) -> None:
        """Begin to show."""
        self._view: View = BarView() if self._tty else LineView()
        self._loop = create_looping_call(self._show)
        self._loop.start(_BAR_SECONDS if self._tty else _LINE_SECONDS, now=False)

    def closed(self) -> None:
        """Show the last state and stop."""
        self._loop.stop()
        self._show()
        self._view.close()

    def _show(self) -> None:
        run = runs.of(self._crawler)
        counts = frontier.counts(run.archive, run.crawl.campaign)
        self._view.show(counts["done"], sum(counts.values()), describe(run))


def describe(run: Run) -> str:
    """Return what this process did so far: ``12 lists, 80 reports, 2 failed``."""
    tally = run.tally
    parts = [f"{tally['lists']} lists", f"{tally['reports']} reports"]
    parts += [f"{tally[key]} {key}" for key in ("failed",) if tally[key]]
    return ", ".join(parts)


class LineView:
    """Plain lines, for logs and pipes."""

    def __init__(self) -> None:
        self._started = time.monotonic()

    def show(self, done: int, total: int, text: str) -> None:
        """Write one line."""
        note(f"{time.monotonic() - self._started:6.0f} s  {done} of {total} known pages: {text}")

    def close(self) -> None:
        """Nothing is left open."""


class BarView:
    """A bar that is drawn over."""

    def __init__(self) -> None:
        self._bar = Bar(
            TextColumn("crawling"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("pages: {task.description}"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        )
        self._task = self._bar.add_task("", total=None)
        self._bar.start()

    def show(self, done: int, total: int, text: str) -> None:
        """Redraw the bar."""
        self._bar.update(self._task, completed=done, total=total, description=text)

    def close(self) -> None:
        """Leave the last state on the screen."""
        self._bar.stop()
