"""From signs to lines and from lines to text, as a typesetter would read them back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.attachments.ruled.page import Sign

# In type sizes: what is a blank between words of letters and digits, and between any others.
_BLANK = 0.25
_WIDE = 1.0
# A point or a comma is narrow: where all signs are given the same room, it stands in a gap.
_POINT = 0.15
_POINTS = (".", ",")
# Twice the same sign so near itself is one that was drawn bold.
_SAME = 0.2
# A mark set high or low is smaller than what it stands behind, and higher or lower.
_MARK_SIZE = 0.8
_MARK_RISE = 0.1

_LATIN = re.compile(r"[!-~]")


@dataclass(slots=True, eq=False)
class Line:
    """Signs that stand in one line, left to right.

    Attributes:
        signs: The signs, blanks left out.
        blanks: For each sign whether a blank was printed before it.
        column: 1 and 2 for lines of two columns, 0 for all others.
        place: What its order on the page goes by; None is its height.
    """

    signs: list[Sign]
    blanks: list[bool]
    column: int = 0
    place: float | None = None

    @property
    def middle(self) -> float:
        """The height that it stands at."""
        return self.signs[0].middle

    @property
    def x0(self) -> float:
        """Its left edge."""
        return self.signs[0].x0

    @property
    def x1(self) -> float:
        """Its right edge."""
        return max(sign.x1 for sign in self.signs)

    @property
    def top(self) -> float:
        """Its upper edge."""
        return min(sign.top for sign in self.signs)

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(sign.bottom for sign in self.signs)

    @property
    def size(self) -> float:
        """The size of its largest type."""
        return max(sign.size for sign in self.signs)

    @property
    def text(self) -> str:
        """What it says."""
        return _text(self)


def lines_of(signs: Iterable[Sign]) -> list[Line]:
    """Group signs to lines, top down."""
    groups: list[list[Sign]] = []
    middles: list[float] = []
    for sign in sorted(signs, key=lambda sign: sign.middle):
        # The line whose middle is nearest among the last ones; marks set high stand in their line.
        for index in range(len(groups) - 1, max(-1, len(groups) - 4), -1):
            first = groups[index][0]
            if abs(middles[index] - sign.middle) <= 0.5 * max(first.size, sign.size):
                groups[index].append(sign)
                break
        else:
            groups.append([sign])
            middles.append(sign.middle)
    found = [line for group in groups if (line := _line(group)) is not None]
    return sorted(found, key=lambda line: (line.signs[0].middle, line.x0))


def _line(group: list[Sign]) -> Line | None:
    group.sort(key=lambda sign: (sign.x0, sign.x1))
    kept: list[Sign] = []
    blanks: list[bool] = []
    blank = False
    for sign in group:
        if not sign.text.strip():
            blank = True
            continue
        kept.append(sign)
        blanks.append(blank)
        blank = False
    return Line(kept, blanks) if kept else None


def once(signs: Sequence[Sign]) -> list[Sign]:
    """Leave out signs that were drawn again a hair's breadth beside themselves, to look bold."""
    kept: list[Sign] = []
    places: dict[tuple[str, int, int], list[Sign]] = {}
    for sign in signs:
        step = max(sign.size, 0.1)
        x, y = int(sign.x0 // step), int(sign.top // step)
        near = (
            one
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for one in places.get((sign.text, x + dx, y + dy), ())
        )
        far = _SAME * step
        if any(abs(one.x0 - sign.x0) < far and abs(one.top - sign.top) < far for one in near):
            continue
        places.setdefault((sign.text, x, y), []).append(sign)
        kept.append(sign)
    return kept


def words_of(line: Line, gap: float = _WIDE) -> list[Line]:
    """Cut a line where it has a gap of so many type sizes."""
    words: list[Line] = []
    start = 0
    for index in range(1, len(line.signs) + 1):
        if index == len(line.signs) or _gap(line, index) > gap * _em(line, index):
            words.append(Line(line.signs[start:index], line.blanks[start:index]))
            start = index
    return words


def _text(line: Line) -> str:
    if len(line.signs) > 2 and len(words_of(line)) == len(line.signs):
        filled = "".join(sign.text for sign in line.signs)
        if not any(sign.isdigit() or sign.isascii() for sign in filled):
            return filled  # all set apart: to fill the line
    parts = [line.signs[0].text]
    for index in range(1, len(line.signs)):
        if _is_parted(line, index):
            parts.append(" ")
        parts.append(line.signs[index].text)
    return "".join(parts)


def _is_parted(line: Line, index: int) -> bool:
    before, sign = line.signs[index - 1], line.signs[index]
    gap, em = _gap(line, index), _em(line, index)
    if gap > _WIDE * em:
        return True
    if not (_LATIN.match(before.text[-1:]) and _LATIN.match(sign.text[:1])):
        return False  # Han signs are set apart to fill a line
    room = _BLANK + (_POINT if before.text in _POINTS or sign.text in _POINTS else 0)
    if gap > room * em or (line.blanks[index] and gap > 0):
        return True
    small, large = sorted((before, sign), key=lambda one: one.size)
    return (small.size < _MARK_SIZE * large.size
            and abs(small.middle - large.middle) > _MARK_RISE * large.size)


def _gap(line: Line, index: int) -> float:
    return line.signs[index].x0 - line.signs[index - 1].x1


def _em(line: Line, index: int) -> float:
    return max(line.signs[index].size, line.signs[index - 1].size)
