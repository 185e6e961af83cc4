"""How much of a document is parsed: no page may take hours, or all memory.

The limits are far above any report's size. The bytes are archived whole; that a part of them was
not read is told with the record.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_CHARACTERS = 4_000_000
MAX_LINES = 50_000
MAX_PIECES = 20_000  # lines and cells of a loose text that are looked at for tables
MAX_PLACES = 1_000_000  # in the grids of all tables; a span takes many
MAX_TAGS = 300_000
MAX_TAG = 20_000  # characters in one tag; the parser compares its attributes two by two

_SMALL = 200_000  # below that nothing can take long
_EMBEDDED = re.compile(r"data:[\w/+.;=-]{0,100}base64,[A-Za-z0-9+/=\s%]{1000,}")
_TAG = re.compile(r"""<([a-zA-Z][\w:-]{0,50})(?:[^<>"']++|"[^"]*+"|'[^']*+')++""")


@dataclass(frozen=True, slots=True)
class Bounded:
    """What is read of a document.

    Attributes:
        text: The text, perhaps shortened.
        cut: What was left out, one line; None when it is the whole.
    """

    text: str
    cut: str | None = None


def bounded(text: str) -> Bounded:
    """Return the head of a document that is read."""
    part = text[:MAX_CHARACTERS]
    lines = part.splitlines(keepends=True)
    if len(lines) > MAX_LINES:
        part = "".join(lines[:MAX_LINES])
    return Bounded(part, _left_out(len(part), len(text)))


def bounded_markup(text: str) -> Bounded:
    """Return as much of a page as is parsed.

    Embedded pictures, and the attributes of a tag that is mostly attributes, are left out of a
    large page without a word: nobody reads them.
    """
    if len(text) <= _SMALL:
        return Bounded(text)
    text = _EMBEDDED.sub("data:,", text)
    part = text[:MAX_CHARACTERS]
    tags = part.split("<", MAX_TAGS + 1)
    if len(tags) > MAX_TAGS + 1:
        part = part[: len(part) - len(tags[-1]) - 1]
    return Bounded(_TAG.sub(_shorter, part), _left_out(len(part), len(text)))


def _left_out(length: int, whole: int) -> str | None:
    return None if length == whole else f"{length} of {whole} characters were read"


def _shorter(tag: re.Match[str]) -> str:
    return tag[0] if len(tag[0]) <= MAX_TAG else f"<{tag[1]}"
