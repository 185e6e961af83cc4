"""The ``-a NAME=VALUE`` options of the commands that crawl, and the spider they ask for."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING

from scrapy.exceptions import UsageError
from scrapy.utils.conf import arglist_to_dict

if TYPE_CHECKING:
    from spiders.portal import ReportSpider


def add_arguments(parser: argparse.ArgumentParser, metavar: str, text: str) -> None:
    """Add ``-a`` to a command.

    Args:
        parser: The command's.
        metavar: What the help shows behind it.
        text: The help.
    """
    parser.add_argument(
        "-a", dest="spargs", action="append", default=[], metavar=metavar, help=text
    )


def arguments(opts: argparse.Namespace) -> dict[str, str]:
    """Return the ``-a`` options as typed.

    Raises:
        UsageError: One is no NAME=VALUE.
    """
    try:
        given: dict[str, str] = arglist_to_dict(opts.spargs)
    except ValueError:
        raise UsageError("-a takes NAME=VALUE", print_help=False) from None
    return given


def spider(name: str, given: Mapping[str, str]) -> ReportSpider:
    """Return a spider, its arguments checked.

    Args:
        name: ``gov_reports``, or a host of a leaf.
        given: Its arguments as typed.

    Raises:
        UsageError: There is no such spider, or an argument cannot be meant.
    """
    from spiders.arguments import ArgumentError
    from spiders.gov_reports import GovReports
    from spiders.portal import by_host

    leaves = by_host(GovReports.portals())
    classes: dict[str, type[ReportSpider]] = {GovReports.name: GovReports, **leaves}
    if name not in classes:
        choices = [GovReports.name, *sorted({leaf.name for leaf in leaves.values()})]
        raise UsageError(
            f"unknown spider {name!r}; choose from: {', '.join(choices)}", print_help=False
        )
    try:
        return classes[name](**given)
    except ArgumentError as error:
        raise UsageError(str(error), print_help=False) from None
