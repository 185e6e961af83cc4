"""``scrapy takedown``: a report that is given away no more."""

from __future__ import annotations

import argparse
from datetime import date
from typing import ClassVar

from scrapy.exceptions import UsageError

from crawler.command import GOOD
from crawler.command import Command as Base
from crawler.terminal import say


class Command(Base):
    """Take one report down."""

    positional: ClassVar[tuple[int, int | None]] = (1, 1)

    def syntax(self) -> str:
        """Return the usage."""
        return "REPORT_KEY --reason TEXT --asked-on YYYY-MM-DD"

    def short_desc(self) -> str:
        """Return one line of help."""
        return "Leave a report out of all that is given away, and say so in its place"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options."""
        super().add_options(parser)
        parser.add_argument("--reason", help="why, for everybody to read")
        parser.add_argument("--asked-on", help="the day somebody asked for it")

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Take it down."""
        from archive.db import Archive
        from archive.takedowns import take_down

        if not opts.reason or not opts.asked_on:
            raise UsageError("--reason TEXT and --asked-on YYYY-MM-DD are needed", print_help=False)
        try:
            asked_on = date.fromisoformat(opts.asked_on).isoformat()
        except ValueError:
            raise UsageError(
                f"--asked-on {opts.asked_on!r} is no day; write it as 2026-01-31", print_help=False
            ) from None
        with Archive.open(self.archive_path, world=None, create=False) as archive:
            made = take_down(archive, args[0], reason=opts.reason, asked_on=asked_on)
        say(f"{made.report_key} is taken down ({made.done_at}): {made.reason}")
        say("The archive keeps it; releases, search, the site and WARC files leave it out.")
        return GOOD
