"""From a place in a line's cleaned form back to the place in the line as printed.

Cleaning may take pinyin out and put several characters for one: only its length is known for a
part of a line. Long lines are measured in pieces, so that a line of many headings takes no longer
for each of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from extract.normal import HAN, plain_form

# A cut before a Han character parts no annotation from the character it belongs to.
_PIECE = re.compile(f"(?s:.{{100}}[^{HAN}]*+(?=[{HAN}])|.+)")
_NOTE = re.compile(r"[(（][a-zà-ǿɡü]+[)）]")
_OPEN = re.compile(r"[(（][A-Za-zà-ǿɡü]{0,7}$")  # the head of a note adds nothing


class Ruler:
    """Measures one line.

    Args:
        line: The line as printed.
        clean: Its ``plain_form``.
    """

    def __init__(self, line: str, clean: str) -> None:
        self._line = line
        self._same = len(line) == len(clean)

    def printed(self, length: int) -> int:
        """Return the offset in the printed line at which its cleaned form has that length."""
        line = self._line
        if self._same:
            return min(length, len(line))
        starts, lengths = self._pieces
        piece = max(bisect_right(lengths, length - 1) - 1, 0)
        low = starts[piece]
        high = starts[piece + 1] if piece + 1 < len(starts) else len(line)
        before = lengths[piece]
        start = low
        while low < high:
            middle = (low + high) // 2
            if before + len(plain_form(_OPEN.sub("", line[start:middle]))) < length:
                low = middle + 1
            else:
                high = middle
        # A pinyin annotation belongs to the character before it.
        note = _NOTE.match(line, low)
        return note.end() if note else low

    @cached_property
    def _pieces(self) -> tuple[list[int], list[int]]:
        """Where the pieces of the line begin, and how long the cleaned form is before each."""
        starts: list[int] = []
        lengths: list[int] = []
        clean = 0
        for piece in _PIECE.finditer(self._line):
            starts.append(piece.start())
            lengths.append(clean)
            clean += len(plain_form(piece[0]))
        return starts, lengths
