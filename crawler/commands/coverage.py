"""``scrapy coverage``: for each publisher and year one status, with its evidence."""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from scrapy.exceptions import UsageError

from crawler.command import GOOD
from crawler.command import Command as Base
from crawler.terminal import say, table

if TYPE_CHECKING:
    from archive.coverage import Coverage

FORMATS = ("table", "csv", "json")
_FIELDS = ("publisher", "name", "year", "status", "evidence_fetch_id", "detail")


class Command(Base):
    """Print the coverage of the archive's publishers."""

    def syntax(self) -> str:
        """Return the usage."""
        return "[--years 2019-2025|2023,2024] [--as-of DATE] [--format table|csv|json]"

    def short_desc(self) -> str:
        """Return one line of help."""
        return "Show for each publisher and year whether its report was found, or why not"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options."""
        super().add_options(parser)
        parser.add_argument("--years", help="report years (default: 2019 to the last one due)")
        parser.add_argument("--as-of", metavar="DATE", help="YYYY-MM-DD (default: today)")
        parser.add_argument("--format", default="table", help="table, csv or json")

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Compute and print."""
        from archive import coverage
        from crawler.calendar import default_years, today
        from spiders.arguments import ArgumentError, parse

        if opts.format not in FORMATS:
            raise UsageError(
                f"unknown format {opts.format!r}; choose from: {', '.join(FORMATS)}",
                print_help=False,
            )
        as_of = _date(opts.as_of) if opts.as_of else today()
        try:
            given = {"years": opts.years} if opts.years is not None else {}
            years = parse(given, ("years",)).years or default_years(as_of)
        except ArgumentError as error:
            raise UsageError(str(error), print_help=False) from None
        with self.open_to_read() as archive:
            rows = coverage.compute(
                archive, years, as_of.isoformat(), until=as_of.isoformat() if opts.as_of else None
            )
        {"table": _print_table, "csv": _print_csv, "json": _print_json}[opts.format](rows)
        return GOOD


def _date(text: str) -> date:
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise UsageError(f"--as-of takes a date as 2025-04-01, not {text!r}", print_help=False)


def _print_table(rows: Sequence[Coverage]) -> None:
    years = sorted({row.year for row in rows})
    statuses: dict[tuple[str, str], dict[int, str]] = {}
    for row in rows:
        statuses.setdefault((row.publisher, row.name), {})[row.year] = row.status
    table(
        ["publisher", "name", *(str(year) for year in years)],
        [
            [*body, *(status.get(year, "") for year in years)]
            for body, status in statuses.items()
        ],
    )
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.status] = counts.get(row.status, 0) + 1
    shown = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
    say(f"{len(statuses)} publishers, {len(rows)} publisher-years: {shown or 'none'}")


def _print_csv(rows: Sequence[Coverage]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(_FIELDS)
    writer.writerows([getattr(row, name) for name in _FIELDS] for row in rows)


def _print_json(rows: Sequence[Coverage]) -> None:
    shown = [{name: getattr(row, name) for name in _FIELDS} for row in rows]
    say(json.dumps(shown, ensure_ascii=False, indent=1))
