"""``scrapy import_files``: loose files into the archive."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.exceptions import UsageError

from crawler.command import GOOD, UNUSABLE
from crawler.command import Command as Base
from crawler.terminal import Counter, note, say

if TYPE_CHECKING:
    from crawler.importing import Loose


class Command(Base):
    """Take loose files in."""

    positional = (0, None)

    def syntax(self) -> str:
        """Return the usage."""
        return "FILE … [--url URL] | --list TABLE [-s ARCHIVE=FILE]"

    def short_desc(self) -> str:
        """Return one line of help."""
        return "Take loose HTML or text files in, each with the address it came from"

    def long_desc(self) -> str:
        """Return the help."""
        return (
            "Take files in that somebody collected. --list names a table of file, address and time "
            "of fetching, with tabs between them; --url is the address of a single file. A file "
            "without an address is kept under the hash of its bytes, and counts as a copy."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options."""
        super().add_options(parser)
        parser.add_argument("--url", help="the address of a single file")
        parser.add_argument("--list", dest="table", help="a table of files and their addresses")

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Import all files that can be read, then read what waits."""
        from archive import chronology
        from archive.db import Archive
        from crawler.importing import Importing
        from crawler.rebuilding import Rebuilding

        files = _files(args, opts.url, opts.table)
        code, new = GOOD, 0
        with Archive.open(self.archive_path, world=self.world) as archive:
            importing = Importing(archive)
            for loose in files:
                try:
                    new += importing.file(loose)
                except OSError as error:
                    note(f"error: {loose.path}: {error.strerror or error}")
                    code = UNUSABLE
            chronology.restore(archive)
            counter = Counter()
            jobs = self.config.getint("READERS")
            timeout = self.config.getfloat("READER_TIMEOUT")
            number = asyncio.run(Rebuilding(archive, jobs, timeout, counter.tell).waiting())
            counter.end()
        say(f"{self.archive_path}: {new} of {len(files)} files were new; {number} were read.")
        return code


def _files(args: list[str], url: str | None, table: str | None) -> list[Loose]:
    from crawler.importing import Loose, listed

    if bool(args) == bool(table):
        raise UsageError("name files, or a table of files with --list", print_help=False)
    if url and len(args) != 1:
        raise UsageError("--url is the address of one file; give one file", print_help=False)
    if table is None:
        return [Loose(Path(name), url) for name in args]
    try:
        return listed(Path(table))
    except (OSError, ValueError) as error:
        raise UsageError(str(error), print_help=False) from None
