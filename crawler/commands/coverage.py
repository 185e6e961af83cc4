"""``scrapy coverage``: for each publisher and year one status, with its evidence."""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import UsageError

from crawler.command import GOOD
from crawler.command import Command as Base
from crawler.terminal import say, table

if TYPE_CHECKING:
    from archive.coverage import Coverage
    from archive.tallies import Tally

FORMATS = ("table", "csv", "json")
_FIELDS = (
    "publisher", "name", "register", "level", "division", "sector", "year", "status",
    "evidence_fetch_id", "detail",
)  # fmt: skip


class Command(Base):
    """Print the coverage of the archive's publishers, or the sums over the whole ledger."""

    def syntax(self) -> str:
        """Return the usage."""
        return (
            "[--years 2019-2025|2023,2024] [--as-of DATE] [--division PATH] [--all] "
            "[--by division|level|sector|year] [--format table|csv|json]"
        )

    def short_desc(self) -> str:
        """Return one line of help."""
        return "Show for each publisher and year whether its report was found, or why not"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options."""
        super().add_options(parser)
        parser.add_argument("--years", help="report years (default: 2019 to the last one due)")
        parser.add_argument("--as-of", metavar="DATE", help="YYYY-MM-DD (default: today)")
        parser.add_argument("--division", metavar="PATH", help="only there, as 湖北省/襄阳市")
        parser.add_argument(
            "--all", action="store_true", help="list the governments that no crawl has met, too"
        )
        parser.add_argument(
            "--by", help="add up by division, level, sector or year, over the whole register"
        )
        parser.add_argument("--format", default="table", help="table, csv or json")

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Compute and print."""
        from archive import coverage, tallies
        from crawler.calendar import default_years, today
        from spiders.arguments import ArgumentError, parse

        _one_of("format", opts.format, FORMATS)
        if opts.by is not None:
            _one_of("group", opts.by, tallies.BY)
        as_of = _date(opts.as_of) if opts.as_of else today()
        try:
            given = {"years": opts.years} if opts.years is not None else {}
            years = parse(given, ("years",)).years or default_years(as_of)
        except ArgumentError as error:
            raise UsageError(str(error), print_help=False) from None
        with self.open_to_read() as archive:
            paths = tallies.Paths(archive)
            if opts.division is not None and not paths.knows(opts.division):
                raise UsageError(
                    f"no division {opts.division!r}; give its names from the province down, as "
                    "湖北省/襄阳市",
                    print_help=False,
                )
            rows = coverage.ledger(
                archive, years, as_of.isoformat(), until=as_of.isoformat() if opts.as_of else None
            )
            if opts.by is not None:
                found = tallies.add_up(archive, rows, opts.by, opts.division)
                _SUMS[opts.format](found, opts.by)
                return GOOD
            there = [
                row
                for row in rows
                if opts.division is None or paths.is_within(row.division, opts.division)
            ]
            sums = tallies.add_up(archive, there, None)
        _ROWS[opts.format]([row for row in there if opts.all or row.publisher_id is not None])
        if opts.format == "table":
            _print_totals(sums, hidden=0 if opts.all else _unmet(there))
        return GOOD


def _one_of(what: str, given: str, choices: Sequence[str]) -> None:
    if given not in choices:
        raise UsageError(
            f"unknown {what} {given!r}; choose from: {', '.join(choices)}", print_help=False
        )


def _date(text: str) -> date:
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise UsageError(f"--as-of takes a date as 2025-04-01, not {text!r}", print_help=False)


def _unmet(rows: Iterable[Coverage]) -> int:
    return len({row.publisher for row in rows if row.publisher_id is None})


def _print_table(rows: Sequence[Coverage]) -> None:
    years = sorted({row.year for row in rows})
    lines = []
    for body, known in groupby(rows, key=lambda row: (row.publisher, row.name)):
        statuses = {row.year: row.status for row in known}
        lines.append([*body, *(statuses.get(year, "") for year in years)])
    table(["publisher", "name", *(str(year) for year in years)], lines)


def _print_totals(sums: Sequence[Tally], *, hidden: int) -> None:
    for tally in sums:
        shown = ", ".join(f"{count} {status}" for status, count in sorted(tally.statuses.items()))
        say(
            f"{tally.register}: {tally.publishers} publishers, "
            f"{tally.total} publisher-years: {shown}"
        )
    if not sums:
        say("0 publishers, 0 publisher-years: none")
    if hidden:
        say(f"{hidden} governments that no crawl has met are only counted; --all lists them.")


def _print_csv(rows: Sequence[Coverage]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(_FIELDS)
    writer.writerows([getattr(row, name) for name in _FIELDS] for row in rows)


def _print_json(rows: Sequence[Coverage]) -> None:
    shown = [{name: getattr(row, name) for name in _FIELDS} for row in rows]
    say(json.dumps(shown, ensure_ascii=False, indent=1))


def _columns(sums: Sequence[Tally]) -> list[str]:
    """Return the statuses in the order of the enumeration, those only that occur."""
    from extract import formats

    return [
        code
        for code in formats.enum("coverage_status")
        if any(item.statuses[code] for item in sums)
    ]


def _sums_as_table(sums: Sequence[Tally], by: str) -> None:
    statuses = _columns(sums)
    table(
        ["register", by, "publishers", *statuses, "total"],
        [
            [
                item.register,
                item.group,
                str(item.publishers),
                *(str(item.statuses[status]) for status in statuses),
                str(item.total),
            ]
            for item in sums
        ],
    )


def _sums_as_csv(sums: Sequence[Tally], by: str) -> None:
    statuses = _columns(sums)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["register", by, "publishers", *statuses, "total"])
    for item in sums:
        counts = [item.statuses[status] for status in statuses]
        writer.writerow([item.register, item.group, item.publishers, *counts, item.total])


def _sums_as_json(sums: Sequence[Tally], by: str) -> None:
    shown = [
        {
            "register": item.register,
            by: item.group,
            "publishers": item.publishers,
            "statuses": dict(sorted(item.statuses.items())),
            "total": item.total,
        }
        for item in sums
    ]
    say(json.dumps(shown, ensure_ascii=False, indent=1))


_ROWS: dict[str, Callable[[Sequence[Coverage]], Any]] = {
    "table": _print_table,
    "csv": _print_csv,
    "json": _print_json,
}
_SUMS: dict[str, Callable[[Sequence[Tally], str], Any]] = {
    "table": _sums_as_table,
    "csv": _sums_as_csv,
    "json": _sums_as_json,
}
