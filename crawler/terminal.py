"""What the commands say to the person at the terminal."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Sequence
from io import StringIO


def say(text: str = "") -> None:
    """Write a line of the answer to standard output."""
    sys.stdout.write(text + "\n")


def note(text: str) -> None:
    """Write a line about the work to standard error, where it does not mix with the answer."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str | None = None
) -> None:
    """Write a table to standard output, aligned with Chinese characters two columns wide."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for number, column in enumerate(columns):
        shown.add_column(column, overflow="fold", no_wrap=number == 0)
    for row in rows:
        shown.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    # Not on a terminal, a table is as wide as it needs to be: it goes to a file or a pipe.
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 400
    text = StringIO()
    Console(file=text, width=width).print(shown)
    for line in text.getvalue().splitlines():
        say(line.rstrip())


class Counter:
    """How far a long command is, in one line that is written over, and only on a terminal."""

    def __init__(self) -> None:
        self.totals: dict[str, int] = {}
        self._shown = sys.stderr.isatty()

    def tell(self, what: str, done: int, total: int) -> None:
        """Say that so many of a kind are done; the totals stay in ``totals``."""
        self.totals[what] = total
        if self._shown and (done == total or done % 100 == 0):
            sys.stderr.write(f"\r{what}: {done} of {total}\x1b[K")
            sys.stderr.flush()

    def end(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
