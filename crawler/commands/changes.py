"""``scrapy changes``: what bodies altered in their reports after publishing them."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Collection, Iterable
from dataclasses import asdict, fields
from typing import TYPE_CHECKING

from scrapy.exceptions import UsageError

from crawler.command import GOOD
from crawler.command import Command as Base
from crawler.terminal import say

if TYPE_CHECKING:
    from archive.alterations import Alteration
    from archive.db import Archive

FORMATS = ("text", "csv", "json")
BY = {"body": ("revised",), "reader": ("reextracted", "recovered")}
_COLUMNS = (
    "report_key", "publisher", "year", "url", "number", "reason", "seen_before", "seen",
)  # fmt: skip
_STANDING = (
    "report_key", "publisher", "year", "url", "kind", "to", "evidence_fetch_id", "seen", "detail",
)  # fmt: skip


class Command(Base):
    """Print alterations."""

    def syntax(self) -> str:
        """Return the usage."""
        return (
            "[--years 2019-2025|2023,2024] [--by body|reader] [--gone] [--restated] "
            "[--format text|csv|json]"
        )

    def short_desc(self) -> str:
        """Return one line of help."""
        return "Show what bodies altered in their reports after publishing, cell by cell"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options."""
        super().add_options(parser)
        parser.add_argument("--years", help="report years (default: all)")
        parser.add_argument(
            "--by",
            default="body",
            help="body: what the body altered (default); reader: what our own code reads otherwise",
        )
        parser.add_argument(
            "--gone",
            action="store_true",
            help="reports that were removed, are no longer listed, or have moved",
        )
        parser.add_argument(
            "--restated",
            action="store_true",
            help="reports that print another figure for the year before than its own report did",
        )
        parser.add_argument("--format", default="text", help="text, csv or json")

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Print, and say how many."""
        from archive.alterations import alterations
        from spiders.arguments import ArgumentError, parse

        for name, value, choices in (("--by", opts.by, BY), ("--format", opts.format, FORMATS)):
            if value not in choices:
                raise UsageError(
                    f"unknown {name} {value!r}; choose from: {', '.join(choices)}", print_help=False
                )
        try:
            years = parse({"years": opts.years}, ("years",)).years if opts.years else None
        except ArgumentError as error:
            raise UsageError(str(error), print_help=False) from None
        with self.open_to_read() as archive:
            if opts.restated:
                _show_restated(archive, years, opts.format)
                return GOOD
            if opts.gone:
                _show_gone(archive, years, opts.format)
                return GOOD
            found = alterations(archive, reasons=BY[opts.by], years=years)
            {"text": _text, "csv": _csv, "json": _json}[opts.format](found)
        return GOOD


def _show_restated(archive: Archive, years: Collection[int] | None, form: str) -> None:
    from archive.restated import Restatement, restatements

    found = list(restatements(archive, years=years))
    names = [field.name for field in fields(Restatement)]
    if form == "json":
        say(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
    elif form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([getattr(one, name) for name in names] for one in found)
    else:
        for one in found:
            doubt = "" if one.cause == "source" else " (a table may be misread)"
            say(f"{one.publisher} {one.year}: {one.check_id} on {one.scope}{doubt}")
            say(f"  {one.earlier_key} said {one.said:g}, {one.report_key} says {one.says:g}")
        say(f"{len(found)} restatements")


def _text(found: Iterable[Alteration]) -> None:
    count = 0
    for one in found:
        count += 1
        say(f"{one.publisher} {one.year or '(no year)'}: version {one.number}, {one.reason}")
        say(f"  {one.report_key}  {one.url}")
        say(f"  between {one.seen_before} and {one.seen}")
        for item in one.items:
            old, new = ("(nothing)" if part is None else part for part in (item.old, item.new))
            say(f"  {item.place}: {old} → {new}")
    say(f"{count} later versions")


def _show_gone(archive: Archive, years: frozenset[int] | None, how: str) -> None:
    from archive.standing import standings

    found = [asdict(one) for one in standings(archive, years=years)]
    if how == "json":
        say(json.dumps(found, ensure_ascii=False, indent=1))
    elif how == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(_STANDING)
        writer.writerows([one[name] for name in _STANDING] for one in found)
    else:
        for one in found:
            say(f"{one['publisher']} {one['year']}: {one['kind']}")
            to = f" → {one['to']}" if one["to"] else ""
            say(f"  {one['report_key']}  {one['url']}{to}")
            say(f"  {one['detail']} (fetch {one['evidence_fetch_id']}, {one['seen']})")
        say(f"{len(found)} reports do not stand where they were found; the copies stay")


def _csv(found: Iterable[Alteration]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([*_COLUMNS, "place", "old", "new"])
    for one in found:
        head = [getattr(one, name) for name in _COLUMNS]
        writer.writerows([*head, item.place, item.old, item.new] for item in one.items)


def _json(found: Iterable[Alteration]) -> None:
    say(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
