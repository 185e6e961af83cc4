"""``scrapy status``: the last run, what is left, how to go on."""

from __future__ import annotations

import argparse
import shlex
from typing import TYPE_CHECKING

from crawler.command import GOOD
from crawler.command import Command as Base
from crawler.terminal import say

if TYPE_CHECKING:
    from archive.db import Archive
    from archive.summary import Run


class Command(Base):
    """Show how the last run went."""

    def syntax(self) -> str:
        """Return the usage."""
        return "[-s ARCHIVE=FILE]"

    def short_desc(self) -> str:
        """Return one line of help."""
        return "Show the last run, what is left, and how to go on"

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Print the status."""
        from archive import summary
        from crawler.summary import show_commands, show_portals, show_totals

        with self.open_to_read() as archive:
            run = summary.last_run(archive)
            if run is None:
                say(f"{archive.path} has no crawl yet.")
                return GOOD
            portals = summary.portals(archive, run.campaign)
            _show_run(run)
            say()
            show_portals(portals)
            show_totals(portals, summary.totals(archive))
            left = sum(portal.left for portal in portals)
            if left:
                say(f"{left} pages are left; go on with: {_again(archive, run)}")
            _show_failed(archive, run)
            _show_found(archive, run)
            say()
            show_commands(archive)
        return GOOD


def _show_run(run: Run) -> None:
    say(f"Last run  number {run.id} of {run.spider}, started {run.started_at}")
    if run.finished_at is None:
        say("          it has not ended: it is running, or was killed")
    else:
        say(f"          {run.reason} at {run.finished_at}, exit code {run.exit_code}")


def _show_failed(archive: Archive, run: Run) -> None:
    """Print what failed by outcome, the first address of each, and what to do about it."""
    from archive import frontier
    from crawler.rules import RULES, TAKEN_AGAIN

    failed = frontier.failed(archive, run.campaign)
    for outcome, (number, url) in failed.items():
        say(f"{'Failed':<9} {number} {outcome} ({RULES[outcome].value}), first {url}")
    taken = sum(number for outcome, (number, _) in failed.items() if outcome in TAKEN_AGAIN)
    if taken:
        words = ["scrapy", "retry", *_world(archive), "-s", f"ARCHIVE={archive.path}"]
        say(f"{taken} pages that failed can be asked for again: {shlex.join(words)}")


def _show_found(archive: Archive, run: Run) -> None:
    """Print the columns that discovery found, and which links led to them."""
    from archive import exploration

    for column in exploration.found(archive, run.campaign):
        way = " → ".join(column.labels) or "where it was entered"
        say(f"{'Found':<9} {column.url} by {way}: {column.why}")


def _world(archive: Archive) -> list[str]:
    return ["-s", "SANDBOX=true"] if archive.meta("world") == "sandbox" else []


def _again(archive: Archive, run: Run) -> str:
    """Return the command that takes the last run up again."""
    words = ["scrapy", "crawl", run.spider]
    for name, value in run.arguments.items():
        if name.startswith("sandbox_"):
            words += ["-s", f"{name.upper()}={value}"]
        else:
            words += ["-a", f"{name}={value}"]
    words += [*_world(archive), "-s", f"ARCHIVE={archive.path}"]
    return shlex.join(words)
