"""The base of our commands: what was mistyped is an error that names the choices.

Scrapy hands unknown options to a command as positional arguments and ignores settings that do not
exist, so that a typing error looks like success.
"""

from __future__ import annotations

import argparse
import difflib
import os
import re
import sys
from abc import abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypedDict

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import Settings, default_settings

from crawler import settings
from crawler.terminal import note

if TYPE_CHECKING:
    from archive.db import Archive, World
    from crawler.sandbox.process import SandboxProcess

GOOD, UNUSABLE, WRONG_USAGE, TROUBLE = 0, 1, 2, 3
"""Exit codes: good · unusable · wrong usage · new trouble on some portals."""

OURS = (
    "ARCHIVE", "CONTACT", "REPORT", "SANDBOX", "SANDBOX_SIZE", "SANDBOX_SEED", "SANDBOX_OBSTACLES",
    "SANDBOX_FAULTS", "SANDBOX_UNTIL", "SANDBOX_CHANGES", "SANDBOX_FILES", "SANDBOX_LOG",
)  # fmt: skip
"""The settings of this project that an operator sets."""
LEVELS = ("CRITICAL", "ERROR", "WARNING", "INFO", "DEBUG")

FLAGS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


class SandboxState(TypedDict):
    """How far the world of the sandbox has come."""

    until: int | None
    changes: str
    files: str


class CommandError(Exception):
    """A command cannot do its work; the message is for the user."""


class Command(ScrapyCommand):
    """A command that checks its arguments before it works, and never shows a traceback.

    Subclasses say ``positional`` (how many positional arguments: at least, at most) and ``work``.
    """

    requires_project = True
    requires_crawler_process = False
    positional: ClassVar[tuple[int, int | None]] = (0, 0)

    @abstractmethod
    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Do the command's work and return the exit code.

        Raises:
            UsageError: What was asked for cannot be meant; Scrapy exits with 2.
            ArchiveError, CommandError: Shown as one line; exit code 1.
        """

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Work, and turn what a user can cause into one line."""
        from archive.errors import ArchiveError

        try:
            self.exitcode = self.work(args, opts)
            sys.stdout.flush()
        except (ArchiveError, CommandError) as error:
            note(f"error: {error}")
            self.exitcode = UNUSABLE
        except KeyboardInterrupt:
            note("Stopped.")
            self.exitcode = UNUSABLE
        except BrokenPipeError:
            # The reader of our output, such as head, has seen enough.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Take the global options; refuse unknown options, settings and stray arguments.

        Raises:
            UsageError: Says what is wrong and what there is instead; Scrapy exits with 2.
        """
        for word in args:
            if word.startswith("-") and word != "-":
                raise UsageError(
                    f"unknown option {word}{_choices(word.partition('=')[0], self._options())}",
                    print_help=False,
                )
        least, most = self.positional
        if len(args) < least:
            raise UsageError(f"missing argument; usage: {self.syntax()}", print_help=False)
        if most is not None and len(args) > most:
            raise UsageError(f"unexpected argument {args[most]!r}", print_help=False)
        level = [f"LOG_LEVEL={opts.loglevel}"] if opts.loglevel else []
        self._check_settings([*opts.set, *level])
        super().process_options(args, opts)

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the global options, and remember all for error messages."""
        super().add_options(parser)
        self._parser = parser

    def _options(self) -> list[str]:
        return [word for action in self._parser._actions for word in action.option_strings]

    def _check_settings(self, given: Iterable[str]) -> None:
        defaults = {name: getattr(default_settings, name) for name in dir(default_settings)}
        defaults |= vars(settings)
        known = {name for name in defaults if name.isupper()}
        for pair in given:
            name, _, text = pair.partition("=")
            if name not in known:
                raise UsageError(
                    f"unknown setting {name}{_choices(name, known, OURS)}", print_help=False
                )
            if (wanted := _misfit(text, defaults[name])) is not None:
                raise UsageError(f"{name} is {wanted}, not {text!r}", print_help=False)

    @property
    def config(self) -> Settings:
        """The settings; Scrapy sets them before it calls anything."""
        assert self.settings is not None
        return self.settings

    @property
    def in_sandbox(self) -> bool:
        """Whether the command works on the sandbox's archive."""
        return FLAGS[str(self.config["SANDBOX"]).lower()]

    @property
    def world(self) -> World:
        """The world whose archive the command opens."""
        return "sandbox" if self.in_sandbox else "real"

    @property
    def archive_path(self) -> str:
        """The database file of the command."""
        return self.config["ARCHIVE"] or ("sandbox.db" if self.in_sandbox else "gov_reports.db")

    def sandbox_world(self, size: str | None = None, seed: int | None = None) -> tuple[str, int]:
        """Return the sandbox's size and seed: as given, else as the settings say.

        Raises:
            UsageError: There is no such size, or the seed is no number.
        """
        from crawler.sandbox.portals import SIZES

        size = size or str(self.config["SANDBOX_SIZE"])
        if size not in SIZES:
            raise UsageError(
                f"unknown sandbox size {size!r}; there are {', '.join(SIZES)}", print_help=False
            )
        return size, int(self.config.getfloat("SANDBOX_SEED")) if seed is None else seed

    def sandbox_obstacles(
        self, size: str, seed: int, obstacles: str | None = None, faults: float | None = None
    ) -> tuple[str, float]:
        """Return the sandbox's obstacles and share of faults: as given, else as the settings say.

        Raises:
            UsageError: There is no such obstacle or host, or faults is no share.
        """
        if obstacles is None:
            obstacles = str(self.config["SANDBOX_OBSTACLES"])
        if faults is None:
            faults = self.config.getfloat("SANDBOX_FAULTS")
        if obstacles or faults or any(self.sandbox_state().values()):
            from crawler.sandbox.obstacles.layer import Obstacles
            from crawler.sandbox.world import World

            try:
                Obstacles(World(seed, size, **self.sandbox_state()), obstacles, faults=faults)
            except ValueError as error:
                raise UsageError(str(error), print_help=False) from None
        return obstacles, faults

    def sandbox_state(self) -> SandboxState:
        """Return what the sandbox's world is: its last year, what changed, which files it has."""
        return {
            "until": int(self.config.getfloat("SANDBOX_UNTIL")) or None,
            "changes": str(self.config["SANDBOX_CHANGES"]),
            "files": str(self.config["SANDBOX_FILES"] or ""),
        }

    @contextmanager
    def sandbox(
        self, size: str, seed: int, port: int = 0, obstacles: str = "", faults: float = 0.0
    ) -> Iterator[SandboxProcess]:
        """Run the sandbox's process for the length of the block.

        Raises:
            CommandError: It does not start.
        """
        from crawler.sandbox.process import SandboxProcess

        log = Path(self.config["SANDBOX_LOG"]) if self.config["SANDBOX_LOG"] else None
        sandbox = SandboxProcess(
            size, seed, port=port, log=log, obstacles=obstacles, faults=faults,
            **self.sandbox_state(),
        )  # fmt: skip
        with ExitStack() as stack:
            try:
                process = stack.enter_context(sandbox)
            except RuntimeError as error:
                raise CommandError(str(error)) from None
            yield process

    def open_to_read(self) -> Archive:
        """Return the archive for reading; a file named by ARCHIVE may be of either world.

        Raises:
            ArchiveError: There is none, or it cannot be read.
        """
        from archive.db import Archive

        return Archive.open(self.archive_path, write=False, world=None)


def _misfit(text: str, default: object) -> str | None:
    """Return what a setting with this default must be, or None when the text is that."""
    if isinstance(default, bool):
        return None if text.lower() in FLAGS else "true or false"
    if isinstance(default, int | float):
        whole = re.fullmatch(r"-?\d+(\.\d+)?", text)
        return None if whole else "a number"
    if default in LEVELS:
        return None if text in LEVELS else f"one of {', '.join(LEVELS)}"
    return None


def _choices(word: str, choices: Iterable[str], shown: Iterable[str] | None = None) -> str:
    """Return what to add to an error message: near choices, or all."""
    near = difflib.get_close_matches(word, list(choices), n=3, cutoff=0.6)
    if near:
        return f"; did you mean {' or '.join(near)}?"
    return f"; there are {', '.join(shown or choices)}"
