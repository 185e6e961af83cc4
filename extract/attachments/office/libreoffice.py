"""One document of another kind made by LibreOffice, in a cage."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

from extract.attachments.office import supervise
from extract.attachments.paper import UnreadableError

SECONDS = 90
MEMORY = 4_000_000_000  # bytes of address space; an empty writer takes 1.3 GB of it
_PROGRAMS = ("soffice", "libreoffice")
# No macro, no link that is followed, no Java, and a proxy that nobody listens at.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "1"),
    ("Office.Java/VirtualMachine", "Enable", "false"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def convert(data: bytes, suffix: str, target: str) -> bytes:
    """Convert a document.

    Args:
        data: The document.
        suffix: What its name would end in, without the dot; LibreOffice looks at the content too.
        target: The kind to make, ``docx`` or ``xlsx``; with a filter's name where the source
            could be opened in several ways: ``doc:MS Word 97``.

    Returns:
        The new document.

    Raises:
        UnreadableError: LibreOffice is not installed (``needs_program``), makes nothing of the
            document (``broken``), or takes more time or memory than one document may
            (``too_large``).
    """
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise UnreadableError("needs_program", "LibreOffice is not installed: install it "
                                               "(package libreoffice-writer) and run "
                                               "scrapy rebuild --pending")
    with tempfile.TemporaryDirectory(prefix="gov_reports-") as name:
        folder = Path(name)
        _write_profile(folder / "profile")
        source = folder / f"document.{suffix}"
        source.write_bytes(data)
        _run([
            program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
            "--norestore", "--nolockcheck", "--convert-to", target,
            "--outdir", str(folder / "made"), str(source),
        ], folder)  # fmt: skip
        suffix, _, _ = target.partition(":")
        made = folder / "made" / f"document.{suffix}"
        if not made.is_file():
            raise UnreadableError("broken", "LibreOffice makes nothing of the document")
        return made.read_bytes()


def _run(command: list[str], folder: Path) -> None:
    limits = [str(MEMORY), str(SECONDS), str(folder)]
    cage = [sys.executable, "-I", supervise.__file__, *limits, *command]
    # Nothing of the crawler's environment is the program's business, least of all a real proxy.
    own = {"HOME": str(folder), "PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8",
           "TMPDIR": str(folder)}
    with subprocess.Popen(
        cage, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=own, cwd=folder, start_new_session=True,
    ) as process:
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            detail = f"LibreOffice was still busy with the document after {SECONDS} s"
            raise UnreadableError("too_large", detail) from None
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program with all that it started, if it still runs: a cage is a process group."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)


def _write_profile(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{escape(value)}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    (folder / "user").mkdir(parents=True)
    (folder / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items '
        'xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>',
        encoding="utf-8",
    )
