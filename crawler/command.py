"""The base of our commands: what was mistyped is an error that names the choices.

Scrapy hands unknown options to a command as positional arguments and ignores settings that do not
exist, so that a typing error looks like success.
"""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import default_settings

if TYPE_CHECKING:
    from archive.db import World

GOOD, UNUSABLE, WRONG_USAGE, TROUBLE = 0, 1, 2, 3
"""Exit codes: good · unusable · wrong usage · new trouble on some portals."""

FLAGS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


class Command(ScrapyCommand):
    """A command that checks its arguments before it runs.

    Subclasses say ``arguments`` (how many positional ones: at least, at most) and ``run``.
    """

    requires_project = True
    requires_crawler_process = False
    arguments: ClassVar[tuple[int, int | None]] = (0, 0)

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Take the global options; refuse unknown options, settings and stray arguments.

        Raises:
            UsageError: Says what is wrong and what there is instead; Scrapy exits with 2.
        """
        for word in args:
            if word.startswith("-") and word != "-":
                raise UsageError(
                    f"unknown option {word}{_did_you_mean(word, self._options())}",
                    print_help=False,
                )
        least, most = self.arguments
        if len(args) < least:
            raise UsageError(f"missing argument; usage: {self.syntax()}", print_help=False)
        if most is not None and len(args) > most:
            raise UsageError(f"unexpected argument: {args[most]}", print_help=False)
        super().process_options(args, opts)
        self._check_settings(opts.set)

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the global options, and remember all for error messages."""
        super().add_options(parser)
        self._parser = parser

    def _options(self) -> list[str]:
        return [word for action in self._parser._actions for word in action.option_strings]

    def _check_settings(self, given: Iterable[str]) -> None:
        known = {name for name in dir(default_settings) if name.isupper()}
        known |= set(self.config.attributes)
        for pair in given:
            name = pair.partition("=")[0]
            if name not in known:
                ours = ("ARCHIVE", "CONTACT", "SANDBOX", "SANDBOX_SIZE", "SANDBOX_SEED")
                hint = _did_you_mean(name, known) or f"; ours are {', '.join(ours)}"
                raise UsageError(f"unknown setting {name}{hint}", print_help=False)
        sandbox = self.config["SANDBOX"]
        if str(sandbox).lower() not in FLAGS:
            raise UsageError(f"SANDBOX is true or false, not {sandbox!r}", print_help=False)

    @property
    def config(self) -> Any:
        """The settings; Scrapy sets them before it calls anything."""
        assert self.settings is not None
        return self.settings

    @property
    def in_sandbox(self) -> bool:
        """Whether the command works on the sandbox's archive."""
        return FLAGS[str(self.config["SANDBOX"]).lower()]

    @property
    def world(self) -> World:
        """The world whose archive the command opens: ``real`` or ``sandbox``."""
        return "sandbox" if self.in_sandbox else "real"

    @property
    def archive_path(self) -> str:
        """The database file of the command."""
        return self.config["ARCHIVE"] or ("sandbox.db" if self.in_sandbox else "gov_reports.db")


def _did_you_mean(word: str, choices: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, list(choices), n=3, cutoff=0.6)
    return f"; did you mean {' or '.join(near)}?" if near else ""
