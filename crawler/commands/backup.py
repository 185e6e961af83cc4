"""``scrapy backup``: copy the archive, also while a crawl runs."""

from __future__ import annotations

import argparse

from crawler.command import GOOD
from crawler.command import Command as Base
from crawler.terminal import Counter, say


class Command(Base):
    """Copy the archive."""

    positional = (1, 1)

    def syntax(self) -> str:
        """Return the usage."""
        return "FILE [-s ARCHIVE=FILE]"

    def short_desc(self) -> str:
        """Return one line of help."""
        return "Copy the archive to FILE, whole and proven, also while a crawl runs"

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Copy, and say what was copied."""
        from archive.backup import backup

        counter = Counter()
        with self.open_to_read() as archive:
            file = backup(archive, args[0], counter.tell)
            counter.end()
            reports = archive.conn.execute("SELECT count(*) FROM reports").fetchone()[0]
            size = file.stat().st_size
            say(f"{file}: a copy of {archive.path}, {reports} reports, {size:,} bytes")
        return GOOD
