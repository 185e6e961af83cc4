"""Prose in two columns: the left one is read before the right one."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean, median

from extract.attachments.ruled.typeset import Line, words_of
from extract.tables.number import is_value

# In type sizes: so wide is the room between two columns.
_ROOM = 1.3
# Of the page's width: where the room lies.
_FROM, _TO = 0.35, 0.65
# Fewer lines may stand beside each other by chance; columns of a table hold shorter words.
_LINES = 6
_WORDS = 8.0


def in_columns(lines: Sequence[Line], width: float) -> list[Line]:
    """Return the lines of a page, those of two columns cut in two.

    Args:
        lines: Lines top down, outside of tables.
        width: The page's width.

    Returns:
        Lines top down; those of columns know their column and come left before right.
    """
    middles = [
        (left.x1 + right.x0) / 2
        for line in lines
        for left, right in _neighbours(line)
        if _FROM * width < (left.x1 + right.x0) / 2 < _TO * width
    ]
    if len(middles) < _LINES:
        return list(lines)
    x = median(middles)
    found: list[Line] = []
    run: list[list[Line]] = []
    whole: list[Line] = []
    for line in lines:
        words = words_of(line, _ROOM)
        if all(word.x1 <= x or word.x0 >= x for word in words):
            run.append(words)
            whole.append(line)
        else:
            found += [*_parted(run, whole, x), line]
            run, whole = [], []
    return found + _parted(run, whole, x)


def _neighbours(line: Line) -> list[tuple[Line, Line]]:
    words = words_of(line, _ROOM)
    return list(zip(words, words[1:], strict=False))


def _parted(run: list[list[Line]], whole: list[Line], x: float) -> list[Line]:
    both = [words for words in run if words[0].x1 <= x <= words[-1].x0]
    words = [word for words in both for word in words]
    if (len(both) < _LINES or mean(len(word.signs) for word in words) < _WORDS
            or any(is_value(word.text) for word in words)):
        return whole
    sides: list[list[Line]] = []
    for column in (1, 2):
        side: list[Line] = []
        for words in run:
            own = [word for word in words if (word.x1 <= x) is (column == 1)]
            if own:
                side.append(Line([sign for word in own for sign in word.signs],
                                 [blank for word in own for blank in word.blanks], column))
        sides.append(side)
    bottom = max(line.middle for side in sides for line in side)
    for number, line in enumerate(sides[1]):
        line.place = bottom + (number + 1) * 1e-3
    return sides[0] + sides[1]
