"""Reports as Word 97-2003 and RTF documents, saved by LibreOffice."""

from __future__ import annotations

from random import Random

from crawler.sandbox.files import docx
from crawler.sandbox.files.printed import Printed
from extract.attachments.office import convert


def make(printed: Printed, chance: Random) -> bytes:
    """Return a report as DOC; LibreOffice has to be installed."""
    return convert(docx.make(printed, chance), "docx", "doc")


def make_rtf(printed: Printed, chance: Random) -> bytes:
    """Return a report as RTF; LibreOffice has to be installed.

    It writes the marks of counted rows (一、) as question marks: they are typed here.
    """
    return convert(docx.make(printed, chance, counted=False), "docx", "rtf")
