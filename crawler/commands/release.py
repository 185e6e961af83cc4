"""``scrapy release``: the researcher's pack."""

from __future__ import annotations

import argparse
from pathlib import Path

from scrapy.exceptions import UsageError

from crawler.command import GOOD, UNUSABLE, CommandError
from crawler.command import Command as Base
from crawler.terminal import note, say


class Command(Base):
    """Make a release, or say why there is none."""

    def syntax(self) -> str:
        """Return the usage."""
        return "--out DIR [--full] [--force]"

    def short_desc(self) -> str:
        """Return one line of help."""
        return "Make the researcher's pack: SQLite, CSV, Parquet, codebook, methods"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options."""
        super().add_options(parser)
        parser.add_argument("--out", help="folder of the releases")
        parser.add_argument(
            "--full", action="store_true", help="add the whole archive with its payloads"
        )
        parser.add_argument(
            "--force", action="store_true", help="release although a minimum fails, and say so"
        )

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Make it, and say what it amounts to."""
        if not opts.out:
            raise UsageError("--out DIR is missing: the folder of the releases", print_help=False)
        try:
            import pyarrow  # noqa: F401
        except ImportError:
            raise CommandError(
                "Parquet needs a package that is not installed: pip install 'gov-reports[release]'"
            ) from None
        from archive.release.pack import ReleaseRefusedError, release

        with self.open_to_read() as archive:
            try:
                made = release(archive, Path(opts.out), full=opts.full, force=opts.force)
            except ReleaseRefusedError as refused:
                for reason in refused.reasons:
                    note(f"- {reason}")
                note("No release was made; the last one stays. --force releases all the same.")
                return UNUSABLE
        if not made.is_new:
            say(f"{made.folder}: nothing differs from it; no release was made")
            return GOOD
        say(f"{made.folder}")
        say(
            f"{made.measures.reports:,} reports of {made.measures.bodies:,} bodies, "
            f"{made.measures.cells:,} cells"
        )
        for kind, number in sorted(made.taken.items()):
            say(f"taken out of the texts: {number:,} × {kind}")
        return GOOD
