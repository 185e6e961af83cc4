"""Reports as PDF, as an office program exports them from a DOCX."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from crawler.sandbox.files import docx
from crawler.sandbox.files.pdf_chromium import NoProgramError, timeless
from crawler.sandbox.files.printed import Printed

_SECONDS = 120
# The identity of the file, and the sum over its content, both new each time.
_MARKS = re.compile(rb"(?<=<)[0-9A-F]{32}(?=>)|(?<=/DocChecksum /)[0-9A-F]{32}")


def make(printed: Printed, chance: Random) -> bytes:
    """Return a report as a PDF that LibreOffice exported.

    Raises:
        NoProgramError: LibreOffice is not installed.
    """
    program = shutil.which("soffice")
    if program is None:
        raise NoProgramError("no LibreOffice found; Debian has it in libreoffice-writer")
    with TemporaryDirectory() as folder:
        source, out = Path(folder) / "report.docx", Path(folder) / "report.pdf"
        source.write_bytes(docx.make(printed, chance))
        command = [
            program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore",
            "--convert-to", "pdf:writer_pdf_Export", "--outdir", folder, str(source),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
        data = timeless(out.read_bytes())
    return _MARKS.sub(b"0" * 32, data)
