"""``scrapy verify``: prove every hash, link, count and locator of the archive."""

from __future__ import annotations

import argparse

from crawler.command import GOOD, UNUSABLE
from crawler.command import Command as Base
from crawler.terminal import Counter, note, say


class Command(Base):
    """Prove the archive."""

    def syntax(self) -> str:
        """Return the usage."""
        return "[-s ARCHIVE=FILE]"

    def short_desc(self) -> str:
        """Return one line of help."""
        return "Prove every hash, link, count and locator of the archive"

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Print each fault, and what was proven."""
        from archive.verify import verify

        faults = 0
        counter = Counter()
        with self.open_to_read() as archive:
            for fault in verify(archive, counter.tell):
                faults += 1
                say(f"{fault.code}: {fault.where}: {fault.what}")
            counter.end()
            proven = ", ".join(f"{total} {what}" for what, total in counter.totals.items())
            if faults:
                note(
                    f"error: {faults} faults in {archive.path} ({proven}). Take a backup, or fetch "
                    "what is damaged again: scrapy crawl gov_reports -a recheck=all"
                )
                return UNUSABLE
            say(f"{archive.path}: {proven}: all proven.")
        return GOOD
