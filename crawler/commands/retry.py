"""``scrapy retry``: exactly the failed part of the last campaign again."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from scrapy.exceptions import UsageError
from scrapy.utils.conf import arglist_to_dict

from crawler.command import GOOD
from crawler.command import Command as Base
from crawler.terminal import say

if TYPE_CHECKING:
    from archive.summary import Run
    from spiders.portal import ReportSpider


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
        parser.add_argument(
            "-a",
            dest="spargs",
            action="append",
            default=[],
            metavar="portals=HOST,…",
            help="of which portals (default: all of the last crawl)",
        )

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Find the last campaign, and continue it with what failed."""
        from archive import frontier, summary
        from crawler import crawling
        from crawler.rules import TAKEN_AGAIN

        try:
            asked = arglist_to_dict(opts.spargs)
        except ValueError:
            raise UsageError("-a takes NAME=VALUE", print_help=False) from None
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
        return crawling.crawl(self._spider(run.spider, given), given, self, again)

    def _given(self, run: Run, asked: dict[str, str]) -> dict[str, str]:
        """Return the spider's arguments: those of the last crawl, of the portals asked for."""
        for name in ("sandbox_size", "sandbox_seed"):  # the same world again
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
            given |= asked
        return given

    @staticmethod
    def _spider(name: str, given: dict[str, str]) -> ReportSpider:
        """Return the spider of the last crawl.

        Raises:
            UsageError: There is none of that name any more, or its arguments cannot be meant.
        """
        from spiders.arguments import ArgumentError
        from spiders.gov_reports import GovReports
        from spiders.portal import by_host

        spiders: dict[str, type[ReportSpider]] = {GovReports.name: GovReports}
        spiders |= by_host(GovReports.portals())
        if name not in spiders:
            raise UsageError(f"there is no spider {name!r} any more", print_help=False)
        try:
            return spiders[name](**given)
        except ArgumentError as error:
            raise UsageError(str(error), print_help=False) from None
