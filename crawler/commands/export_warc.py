"""``scrapy export_warc``: the archive as a WARC file."""

from __future__ import annotations

import argparse

from crawler.command import GOOD
from crawler.command import Command as Base
from crawler.terminal import Counter, say


class Command(Base):
    """Write a WARC file."""

    positional = (1, 1)

    def syntax(self) -> str:
        """Return the usage."""
        return "FILE.warc.gz [-s ARCHIVE=FILE]"

    def short_desc(self) -> str:
        """Return one line of help."""
        return "Write the whole archive to a WARC 1.1 file"

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Export, and say how much."""
        from archive.warc import export

        counter = Counter()
        with self.open_to_read() as archive:
            number = export(archive, args[0], counter.tell)
        counter.end()
        say(f"{args[0]}: {number} records of {self.archive_path}")
        return GOOD
