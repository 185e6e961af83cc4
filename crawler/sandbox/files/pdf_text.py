"""Reports as PDF whose tables have no rules: figures stand free, as a text export leaves them."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from crawler.sandbox.files.pdf_reportlab import made, manner, setting
from crawler.sandbox.files.printed import Printed


def make(printed: Printed, chance: Random) -> bytes:
    """Return a report as a PDF without any rule."""
    how = setting(chance)
    plain = replace(manner(chance), rules="none", shaded=False, framed=False, ghosts=False)
    return made(printed, how, plain)
