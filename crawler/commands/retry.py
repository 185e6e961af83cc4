"""``scrapy retry``: exactly the failed part of the last campaign again."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from scrapy.exceptions import UsageError

from crawler import options
from crawler.command import GOOD
from crawler.command import Command as Base
from crawler.terminal import say

if TYPE_CHECKING:
    from archive.summary import Run


class Command(Base):
    """Ask again for the pages that failed, where a later try may help."""

    def syntax(self) -> str:
        """Return the usage."""
        return "[-a portals=HOST,…] [-s ARCHIVE=FILE] [-s SANDBOX=true] [-s CONTACT=ADDRESS]"

    def short_desc(self) -> str:
        """Return one line of help."""
        return "Ask again for what failed in the last crawl"

    def long_desc(self) -> str:
        """Return the help."""
        return (
            "Continue the last crawl with the pages that failed by timeouts, resets, challenges "
            "and the like, and nothing else. What is gone, too large or on a foreign host stays "
            "as it is: 'scrapy status' says which."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add -a."""
        super().add_options(parser)
        options.add_arguments(
            parser, "portals=HOST,…", "of which portals (default: all of the last crawl)"
        )

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Find the last campaign, and continue it with what failed."""
        from archive import frontier, summary
        from crawler import crawling
        from crawler.rules import TAKEN_AGAIN

        asked = options.arguments(opts)
        if other := next((name for name in asked if name != "portals"), None):
            raise UsageError(f"unknown argument {other!r}; there is portals", print_help=False)
        with self.open_to_read() as archive:
            run = summary.last_run(archive)
            failed = frontier.failed(archive, run.campaign) if run else {}
            left = bool(run and frontier.unfinished(archive, run.campaign))
        if run is None or not (left or failed.keys() & set(TAKEN_AGAIN)):
            say(f"Nothing in {self.archive_path} failed that can be asked for again.")
            return GOOD
        given = self._given(run, asked)
        again = crawling.Again(run.campaign, run.arguments, TAKEN_AGAIN)
        return crawling.crawl(options.spider(run.spider, given), given, self, again)

    def _given(self, run: Run, asked: dict[str, str]) -> dict[str, str]:
        """Return the spider's arguments: those of the last crawl, of the portals asked for."""
        state = ("sandbox_size", "sandbox_seed", "sandbox_until", "sandbox_changes")
        for name in state:  # the same world again
            if name in run.arguments:
                self.config.set(name.upper(), run.arguments[name], priority="cmdline")
        given = {
            name: str(value)
            for name, value in run.arguments.items()
            if not name.startswith("sandbox_")
        }
        if asked and run.spider != "gov_reports" and asked["portals"] != run.spider:
            raise UsageError(f"the last crawl was of {run.spider} alone", print_help=False)
        if asked and run.spider == "gov_reports":
            given.pop("divisions", None)
            given.pop("hosts", None)
            given |= asked
        return given
