"""``scrapy errata``: corrections by people, beside what was read."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, ClassVar

from scrapy.exceptions import UsageError

from crawler.command import GOOD
from crawler.command import Command as Base
from crawler.terminal import say

if TYPE_CHECKING:
    from archive.errata import Erratum


class Command(Base):
    """Enter a correction, or print those of a report."""

    positional: ClassVar[tuple[int, int | None]] = (1, 2)

    def syntax(self) -> str:
        """Return the usage."""
        return "REPORT_KEY [TABLE/ROW/COLUMN] [--value TEXT] [--note TEXT --author NAME]"

    def short_desc(self) -> str:
        """Return one line of help."""
        return "Enter a person's correction of a report, or print those there are"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options."""
        super().add_options(parser)
        parser.add_argument("--value", help="what the cell should be")
        parser.add_argument("--note", help="how you know; without it, corrections are printed")
        parser.add_argument("--author", help="who says so")

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Enter or print."""
        from archive import errata
        from archive.db import Archive

        if not opts.note:
            with self.open_to_read() as archive:
                found = errata.of_report(archive.conn, args[0])
            for one in found:
                _print(one)
            say(f"{len(found)} corrections")
            return GOOD
        if not opts.author:
            raise UsageError("--author NAME is needed: who says so", print_help=False)
        with Archive.open(self.archive_path, world=None, create=False) as archive:
            made = errata.add(
                archive,
                args[0],
                path=args[1] if len(args) > 1 else None,
                new_value=opts.value,
                note=opts.note,
                author=opts.author,
            )
        _print(made)
        return GOOD


def _print(one: Erratum) -> None:
    where = f" {one.path}: {one.old_value or '(nothing)'} → {one.new_value}" if one.path else ""
    say(f"{one.report_key}{where}")
    say(f"  {one.note} ({one.author}, {one.made_at[:10]})")
