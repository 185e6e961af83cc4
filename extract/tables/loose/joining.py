"""Labels that a text has cut in pieces: at line breaks, at blanks, around the values of their row.

A label is put together only when its pieces make up a label of the forms to the last character;
between them may stand pieces of a group's heading, which runs in a column of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from extract.tables.loose.pieces import Piece
from extract.tables.loose.sheet import Sheet
from extract.tables.loose.vocabulary import (
    _Words,
    form,
    is_heading_fragment,
    row_words,
)

_MOST_PIECES = 40
_MOST_BETWEEN = 2
_TAIL_PIECES = 6
_MOST_CELLS = 24  # looked at for a label's second half, blank ones too


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a label reaches from a place.

    Attributes:
        whole: Index behind the last piece of the longest whole label; 0 if there is none.
        text: Its text.
        begun: Index behind the last piece that still continues a label; 0 if there is none.
        part: The text up to there.
    """

    whole: int
    text: str
    begun: int
    part: str


def attached(before: Piece, after: Piece) -> bool:
    """Tell whether two neighbours can be parts of one cell."""
    if before.line == after.line:
        return not before.ruled
    if before.ruled and after.ruled:
        return before.alone and after.alone
    return before.last and after.first


def reach(sheet: Sheet, at: int, words: _Words, between: int = _MOST_BETWEEN) -> Reach:
    """Put pieces together from a place on, as long as they continue a label."""
    text, done, whole, begun, skipped = "", "", 0, 0, 0
    index = at
    cells = sheet.cells
    while index < min(len(cells), at + _MOST_PIECES):
        piece = cells[index]
        if not piece.text or (piece.value and not form(piece.text)) or index in sheet.consumed:
            break
        if index > at and not attached(cells[index - 1], piece):
            break
        longer = form(text + piece.text)
        if longer in words.begun and not piece.value:
            text += piece.text
            begun = index + 1
            if longer in words.whole:
                whole, done = begun, text
        elif index > at and skipped < between and is_heading_fragment(piece.text):
            skipped += 1
        else:
            break
        index += 1
    return Reach(whole, done, begun, text if begun else "")


@dataclass(frozen=True, slots=True)
class Halves:
    """A label whose second half stands behind its row's values: its text and that half's pieces."""

    text: str
    pieces: range


def halves(sheet: Sheet, part: str, behind: int) -> Halves | None:
    """Complete a begun label with pieces behind its values; None if they do not complete it.

    Args:
        sheet: The sheet.
        part: The label's first half, as printed.
        behind: Index of the first piece behind the values.
    """
    words = row_words()
    cells = sheet.cells
    between = 0
    for start in range(behind, min(behind + _MOST_CELLS, len(cells))):
        if not cells[start].text:
            continue
        text = part
        for end in range(start, min(start + _TAIL_PIECES, len(cells))):
            piece = cells[end]
            if piece.value or not piece.text or end in sheet.consumed:
                break
            text += piece.text
            longer = form(text)
            if longer in words.whole:
                return Halves(text, range(start, end + 1))
            if longer not in words.begun:
                break
        between += 1
        if between > _MOST_BETWEEN or not is_heading_fragment(cells[start].text):
            break
    return None
