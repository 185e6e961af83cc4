"""``scrapy search``: find reports by words of their text."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, ClassVar

from scrapy.exceptions import UsageError

from crawler.command import GOOD
from crawler.command import Command as Base
from crawler.terminal import note, say

if TYPE_CHECKING:
    from archive.search.find import Found

FORMATS = ("text", "json")


class Command(Base):
    """Print the reports that have all the words."""

    positional: ClassVar[tuple[int, int | None]] = (1, None)

    def syntax(self) -> str:
        """Return the usage."""
        return (
            "WORDS… [--years 2019-2025|2023,2024] [--sections 2,5] [--division CODE] "
            "[--limit N] [--format text|json]"
        )

    def short_desc(self) -> str:
        """Return one line of help."""
        return "Find reports by words of their text, words of two characters included"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options."""
        super().add_options(parser)
        parser.add_argument("--years", help="report years (default: all)")
        parser.add_argument("--sections", help="numbers of sections, 0 to 6 (default: all)")
        parser.add_argument("--division", help="a division's code, such as 420600, and all below")
        parser.add_argument("--limit", type=int, default=20, help="reports to show (default: 20)")
        parser.add_argument("--format", default="text", help="text or json")

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Search and print."""
        from archive.search.find import Within, search
        from archive.search.index import left
        from spiders.arguments import ArgumentError, parse

        if opts.format not in FORMATS:
            raise UsageError(
                f"unknown --format {opts.format!r}; choose from: {', '.join(FORMATS)}",
                print_help=False,
            )
        try:
            years = parse({"years": opts.years}, ("years",)).years if opts.years else None
        except ArgumentError as error:
            raise UsageError(str(error), print_help=False) from None
        within = Within(_sections(opts.sections), years or (), opts.division)
        with self.open_to_read() as archive:
            if waiting := left(archive):
                note(f"{waiting} reports are not in the index yet; the next crawl enters them.")
            found = search(archive.conn, " ".join(args), within, limit=opts.limit)
            if opts.format == "json":
                say(json.dumps(asdict(found), ensure_ascii=False, indent=1))
            else:
                _text(found)
        return GOOD


def _sections(text: str | None) -> tuple[int, ...]:
    if not text:
        return ()
    parts = text.split(",")
    if not all(part in "0123456" and len(part) == 1 for part in parts):
        raise UsageError(
            f"--sections {text!r}: numbers from 0 to 6 with commas between them", print_help=False
        )
    return tuple(map(int, parts))


def _text(found: Found) -> None:
    for hit in found.hits:
        say(f"{hit.publisher} {hit.year or '(no year)'}  {hit.report_key}")
        where = hit.title if hit.section is None else hit.heading
        say(f"  {where}: " + "".join(f"[{text}]" if marked else text
                                     for text, marked in hit.snippet))
    some = f"more than {found.total}" if found.is_more else str(found.total)
    order = "the newest first" if found.is_more else "the best first"
    say(f"{some} reports, {order}")
