"""``scrapy merge``: another archive into this one."""

from __future__ import annotations

import argparse

from crawler.command import GOOD
from crawler.command import Command as Base
from crawler.terminal import Counter, say


class Command(Base):
    """Take another archive in."""

    positional = (1, 1)

    def syntax(self) -> str:
        """Return the usage."""
        return "FILE [-s ARCHIVE=FILE] [-s SANDBOX=true]"

    def short_desc(self) -> str:
        """Return one line of help."""
        return "Take another archive in, without loss and without doubles"

    def long_desc(self) -> str:
        """Return the help."""
        return (
            "Take FILE, another archive of this project, into the archive. FILE is only read. What "
            "both have is there once; reports that both know get one history, in the order in "
            "which their pages were fetched. Interrupted, or given again, the command goes on."
        )

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Merge, bring statuses and search up to date, and say what came in."""
        from archive.db import Archive
        from archive.merging import merge
        from archive.search import index
        from crawler.known_portals import KnownPortals
        from crawler.statuses import cover

        with (
            Archive.open(args[0], write=False, world=None) as other,
            Archive.open(self.archive_path, world=self.world) as archive,
        ):
            counter = Counter()
            found = merge(archive, other, counter.tell)
            counter.end()
            KnownPortals(archive).register()
            cover(archive, other)
            index.update(archive)
            reports = archive.conn.execute("SELECT count(*) FROM reports").fetchone()[0]
        say(
            f"{args[0]}: {found.fetches} attempts came in, {found.known} were known; "
            f"{found.reports} reports and {found.versions} versions are new. "
            f"{self.archive_path} has {reports} reports."
        )
        for theirs, ours in found.renamed:
            say(f"  {theirs} of {args[0]} is {ours} here: its key was taken")
        return GOOD
