"""``scrapy crawl``: the main job, or one portal alone."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import UsageError
from scrapy.utils.conf import arglist_to_dict

from crawler.command import Command as Base

if TYPE_CHECKING:
    from spiders.portal import ReportSpider


class Command(Base):
    """Find, fetch, keep and read reports."""

    positional = (1, 1)

    def syntax(self) -> str:
        """Return the usage."""
        return (
            "gov_reports|HOST [-a portals=HOST,…] [-a divisions=湖北省/襄阳市,…] "
            "[-a years=2023,2024] [-a limit=N] [-a recheck=new|all] "
            "[-s ARCHIVE=FILE] [-s SANDBOX=true] [-s CONTACT=ADDRESS]"
        )

    def short_desc(self) -> str:
        """Return one line of help."""
        return "Find, fetch, keep and read annual reports"

    def long_desc(self) -> str:
        """Return the help."""
        return (
            "Crawl all portals (gov_reports) or one (its host; 'scrapy list' names them). "
            "-s SANDBOX=true crawls the miniature gov.cn on this machine, without a network. "
            "Exit code: 0 good, 3 new trouble on some portals, 1 unusable, 2 wrong usage."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add -a."""
        super().add_options(parser)
        parser.add_argument(
            "-a",
            dest="spargs",
            action="append",
            default=[],
            metavar="NAME=VALUE",
            help="what to crawl: portals, divisions, years, limit, recheck (may be repeated)",
        )

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Check everything that can be checked, then crawl."""
        from crawler import crawling

        try:
            given = arglist_to_dict(opts.spargs)
        except ValueError:
            raise UsageError("-a takes NAME=VALUE", print_help=False) from None
        spider = self._spider(args[0], given)
        return crawling.crawl(spider, given, self)

    def _spider(self, name: str, given: dict[str, Any]) -> ReportSpider:
        """Return the spider asked for, its arguments checked.

        Raises:
            UsageError: There is no such spider, or an argument cannot be meant.
        """
        from spiders.arguments import ArgumentError
        from spiders.gov_reports import GovReports
        from spiders.portal import by_host

        portals = by_host(GovReports.portals())
        classes: dict[str, type[ReportSpider]] = {GovReports.name: GovReports, **portals}
        if name not in classes:
            choices = [GovReports.name, *sorted({leaf.name for leaf in portals.values()})]
            raise UsageError(
                f"unknown spider {name!r}; choose from: {', '.join(choices)}", print_help=False
            )
        try:
            return classes[name](**given)
        except ArgumentError as error:
            raise UsageError(str(error), print_help=False) from None
