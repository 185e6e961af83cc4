"""``scrapy rebuild``: everything derived, made anew from the archived bytes."""

from __future__ import annotations

import argparse
import asyncio
from typing import TYPE_CHECKING

from scrapy.exceptions import UsageError

from crawler.command import GOOD, TROUBLE
from crawler.command import Command as Base
from crawler.terminal import Counter, note, say

if TYPE_CHECKING:
    from crawler.rebuilding import Outcome

_SHOWN = 20


class Command(Base):
    """Read all archived reports again."""

    def syntax(self) -> str:
        """Return the usage."""
        return "[--jobs N] [--pending] [--accept] [-s ARCHIVE=FILE]"

    def short_desc(self) -> str:
        """Return one line of help."""
        return "Make everything derived anew from the archived bytes, without the network"

    def long_desc(self) -> str:
        """Return the help."""
        return (
            "Read every archived document again with today's reader, on a copy that takes the "
            "archive's name when it is finished. Interrupted, the same command goes on. Reports "
            "that are read otherwise get a version of their own ('scrapy changes --by reader'). "
            "A result that is worse for any report is kept beside the archive, unless --accept."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options."""
        super().add_options(parser)
        parser.add_argument("--jobs", type=int, help="reading processes (default: READERS)")
        parser.add_argument(
            "--pending", action="store_true", help="only read what is kept and was never read"
        )
        parser.add_argument(
            "--accept", action="store_true", help="take the result although some of it is worse"
        )

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Rebuild, and say what is read otherwise."""
        from archive.db import Archive

        jobs = self.config.getint("READERS") if opts.jobs is None else opts.jobs
        if jobs < 1:
            raise UsageError(f"--jobs takes a number from 1 on, not {jobs}", print_help=False)
        from crawler.rebuilding import Rebuilding, rebuild

        timeout = self.config.getfloat("READER_TIMEOUT")
        counter = Counter()
        with Archive.open(self.archive_path, world=None, create=False) as archive:
            if opts.pending:
                waiting = Rebuilding(archive, jobs, timeout, counter.tell).waiting()
                number = asyncio.run(waiting)
                counter.end()
                say(f"{self.archive_path}: {number} documents waited, and were read.")
                return GOOD
            outcome = rebuild(
                archive, jobs=jobs, timeout=timeout, progress=counter.tell, accept=opts.accept
            )
        counter.end()
        return _tell(outcome, self.archive_path)


def _tell(outcome: Outcome, path: str) -> int:
    found = outcome.differences
    say(
        f"{path}: {outcome.documents} documents read again, {outcome.reports} reports, "
        f"{len(found)} of them read otherwise."
    )
    for verdict in ("worse", "other", "better"):
        those = [one for one in found if one.verdict == verdict]
        if those:
            say(f"{verdict}: {len(those)}")
        for one in those[:_SHOWN]:
            say(
                f"  {one.report_key}: {len(one.gained)} cells gained, {len(one.lost)} lost, "
                f"{len(one.changed)} changed; sums that fail: {one.failed_before} before, "
                f"{one.failed_after} now"
            )
            for line in (*one.lost, *one.changed, *one.gained)[:3]:
                say(f"    {line}")
    if outcome.kept is not None:
        note(
            f"{path} stays as it was: the result in {outcome.kept} reads reports worse. Look at "
            "it; to take it all the same: scrapy rebuild --accept"
        )
        return TROUBLE
    return GOOD
