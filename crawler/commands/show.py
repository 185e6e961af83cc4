"""``scrapy show``: one report with its tables, its checks and where it came from."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from crawler.command import GOOD, UNUSABLE
from crawler.command import Command as Base
from crawler.terminal import note, say, table

if TYPE_CHECKING:
    from crawler.report_view import Grid, ReportView


class Command(Base):
    """Show one report."""

    positional = (1, 1)

    def syntax(self) -> str:
        """Return the usage."""
        return "REPORT_KEY [-s ARCHIVE=FILE]"

    def short_desc(self) -> str:
        """Return one line of help."""
        return "Show one report with its tables, checks and provenance"

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Print the report, or keys that look like the one asked for."""
        from crawler.report_view import UnknownReportError, load

        with self.open_to_read() as archive:
            try:
                _print(load(archive, args[0]))
            except UnknownReportError as error:
                near = error.near or ["none; 'scrapy coverage' shows what there is"]
                note(f"error: there is no report {args[0]!r} in {archive.path}. Near:")
                for key in near:
                    note(f"  {key}")
                return UNUSABLE
        return GOOD


def _print(view: ReportView) -> None:
    head = view.head
    say(f"{head['title'] or '(no title)'}")
    for label, value in (
        ("key", head["report_key"]),
        ("publisher", head["publisher"]),
        ("year", head["year"]),
        ("form", head["format"]),
        ("scope", head["report_scope"]),
        ("published", head["published_on"]),
        ("signed", head["signed_on"]),
        ("due", head["due_on"]),
        ("address", head["url"]),
        ("read from", head["document_url"]),
        ("found by", " → ".join(view.way)),
        ("fetched", head["fetched_at"]),
        ("payload", head["payload_sha256"]),
        ("kind", head["kind"] if head["is_primary"] else f"{head['kind']} (not the primary one)"),
        ("flags", ", ".join(head["flags"])),
    ):
        if value not in (None, ""):
            say(f"  {label:<10} {value}")
    for number, reason, made_at in view.versions:
        say(f"  version    {number}, {reason}, {made_at}")
    for grid in view.grids:
        say()
        _print_grid(grid)
    _print_checks(view)
    for code, detail, at in view.issues:
        say(f"issue: {code}: {detail}{f' at {at}' if at else ''}")
    for name, url in view.attachments:
        say(f"attachment: {name} {url}")


def _print_grid(grid: Grid) -> None:
    if len(grid.rows) == 1:  # one long row is easier to read downwards
        ((label, cells),) = grid.rows
        table(["", label], list(zip(grid.columns, cells, strict=True)), title=grid.key)
    else:
        table(["", *grid.columns], [[label, *cells] for label, cells in grid.rows], title=grid.key)


def _print_checks(view: ReportView) -> None:
    if not view.checks:
        return
    verdicts = [check[4] for check in view.checks]
    say()
    say(
        f"checks: {verdicts.count('pass')} pass, {verdicts.count('fail')} fail, "
        f"{verdicts.count('not_assessable')} not assessable"
    )
    for check, scope, left, right, verdict, cause in view.checks:
        if verdict == "fail":
            say(f"  failed {check} on {scope}: {left:g} is not {right:g} (cause: {cause})")
    held = sum(row[6] == "pass" for row in view.years)
    say(f"Against the years before and after: {held} pass, {len(view.years) - held} fail")
    for check, scope, later, left, earlier, right, verdict, cause in view.years:
        if verdict == "fail":
            say(
                f"  failed {check} on {scope}: {later} says {left:g}, from {earlier} follows "
                f"{right:g} (cause: {cause})"
            )
