"""``scrapy crawl``: the main job, or one portal alone."""

from __future__ import annotations

import argparse

from crawler import options
from crawler.command import Command as Base


class Command(Base):
    """Find, fetch, keep and read reports."""

    positional = (1, 1)

    def syntax(self) -> str:
        """Return the usage."""
        return (
            "gov_reports|HOST [-a portals=HOST,…] [-a divisions=湖北省/襄阳市,…] "
            "[-a hosts=FILE] [-a years=2023,2024] [-a limit=N] [-a recheck=new|all] "
            "[-s ARCHIVE=FILE] [-s SANDBOX=true] [-s CONTACT=ADDRESS]"
        )

    def short_desc(self) -> str:
        """Return one line of help."""
        return "Find, fetch, keep and read annual reports"

    def long_desc(self) -> str:
        """Return the help."""
        return (
            "Crawl all portals of 'scrapy list' (gov_reports) or one (its host). With "
            "-a divisions=湖北省/襄阳市 the governments of a place and below it, with -a "
            "hosts=FILE the hosts of a file: those that are not in the list are explored from "
            "their home page. "
            "-s SANDBOX=true crawls the miniature gov.cn on this machine, without a network. "
            "Exit code: 0 good, 3 new trouble on some portals, 1 unusable, 2 wrong usage."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add -a."""
        super().add_options(parser)
        options.add_arguments(
            parser,
            "NAME=VALUE",
            "what to crawl: portals, divisions, hosts, years, limit, recheck (may be repeated)",
        )

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Check everything that can be checked, then crawl."""
        from crawler import crawling

        given = options.arguments(opts)
        return crawling.crawl(options.spider(args[0], given), given, self)
