"""``scrapy import_warc``: WARC files into the archive."""

from __future__ import annotations

import argparse
import asyncio

from crawler.command import GOOD
from crawler.command import Command as Base
from crawler.terminal import Counter, say


class Command(Base):
    """Take WARC files in."""

    positional = (1, None)

    def syntax(self) -> str:
        """Return the usage."""
        return "FILE.warc.gz … [-s ARCHIVE=FILE] [-s SANDBOX=true]"

    def short_desc(self) -> str:
        """Return one line of help."""
        return "Take WARC files in: exports of an archive, or what others crawled"

    def long_desc(self) -> str:
        """Return the help."""
        return (
            "An export of an archive comes in as it was; 'scrapy rebuild' then makes everything "
            "derived. Of other people's files (such as Common Crawl's) the pages of official hosts "
            "that speak of disclosure are taken, and read at once. What the archive has already is "
            "not doubled."
        )

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Import one file after the other, then read what waits."""
        from archive.db import Archive
        from archive.unwarc import load
        from crawler.importing import Importing
        from crawler.rebuilding import Rebuilding

        strange = 0
        with Archive.open(self.archive_path, world=self.world) as archive:
            for name in args:
                found = load(archive, name, Importing(archive).take)
                strange += found.strange
                say(
                    f"{name}: {found.fetches} attempts came in, {found.known} were known; of pages "
                    f"of others {found.strange} were taken and {found.refused} were not"
                )
            if strange:
                counter = Counter()
                jobs = self.config.getint("READERS")
                timeout = self.config.getfloat("READER_TIMEOUT")
                number = asyncio.run(Rebuilding(archive, jobs, timeout, counter.tell).waiting())
                counter.end()
                say(f"{number} documents were read")
        say("To make everything derived of what came in: scrapy rebuild")
        return GOOD
