"""Reports as PDF, as a browser prints them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from crawler.sandbox.files.printed import Printed
from crawler.sandbox.files.web import document, looks

_SECONDS = 60
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_DATES = re.compile(rb"/(?:CreationDate|ModDate) ?\(D:[^)]*\)")


class NoProgramError(Exception):
    """The program that makes this kind of file is not installed."""


def make(printed: Printed, chance: Random) -> bytes:
    """Return a report as a PDF that a browser printed.

    Raises:
        NoProgramError: There is no browser on this machine.
    """
    look = looks(chance)
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        raise NoProgramError("no browser found; Debian has it in the package chromium")
    with TemporaryDirectory() as folder:
        page, out = Path(folder) / "report.html", Path(folder) / "report.pdf"
        page.write_text(document(printed, look), encoding="utf-8")
        command = [
            program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            f"--user-data-dir={folder}/profile", f"--print-to-pdf={out}",
        ]
        if not look.head:
            command.append("--no-pdf-header-footer")
        subprocess.run([*command, page.as_uri()], check=True, capture_output=True, timeout=_SECONDS)
        return timeless(out.read_bytes())


def timeless(data: bytes) -> bytes:
    """Return a PDF whose dates say nothing of when it was made; its length stays."""
    return _DATES.sub(lambda hit: re.sub(rb"\d", b"0", hit[0]), data)
