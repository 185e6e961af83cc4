"""``scrapy browse``: a web site over the archive."""

from __future__ import annotations

import argparse
from pathlib import Path

from crawler.command import GOOD, CommandError
from crawler.command import Command as Base
from crawler.terminal import say


class Command(Base):
    """Serve the site on this machine."""

    def syntax(self) -> str:
        """Return the usage."""
        return "[--host 127.0.0.1] [--port 8001]"

    def short_desc(self) -> str:
        """Return one line of help."""
        return "Look into the archive in a browser; Ctrl-C ends it"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options."""
        super().add_options(parser)
        parser.add_argument("--host", default="127.0.0.1", help="address (default: this machine)")
        parser.add_argument("--port", type=int, default=8001, help="port (default: 8001)")

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Serve until stopped."""
        with self.open_to_read() as archive:
            path = Path(archive.path)
        try:
            from archive.site.serve import serve
        except ImportError as error:
            raise CommandError(
                f"the site needs a package that is not installed ({error.name}): "
                "pip install 'gov-reports[site]'"
            ) from None
        say(f"http://{opts.host}:{opts.port}/  (Ctrl-C ends it)")
        serve(path, host=opts.host, port=opts.port)
        return GOOD
