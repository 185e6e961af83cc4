"""From lines to paragraphs: what one paragraph's lines share, and what ends it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.attachments.ruled.typeset import Line
from extract.attachments.ruled.unruled import has_figures, is_tabular

# In type sizes.
_INDENT = 0.9
_SHORT = 1.6
_BIGGER = 1.15
_CENTERED = 1.5
_LEADING = 2.6

_HAN_NUMBER = "[一二三四五六七八九十]{1,3}"
_HEADING = re.compile(rf"^(?:{_HAN_NUMBER}[、.．]|第{_HAN_NUMBER}[章节部])")
_LATIN_END = re.compile(r"[A-Za-z0-9,]$")
_LATIN_START = re.compile(r"^[A-Za-z0-9]")
_STOP = ("。", "；", "！", "？", "：", ";", "!", "?")


@dataclass(slots=True)
class Column:
    """Lines of one run of prose, and where its margins are."""

    left: float
    right: float


def paragraphs(lines: Sequence[Line], column: Column) -> list[list[Line]]:
    """Group lines to paragraphs.

    Args:
        lines: Lines top down, no table between them.
        column: The margins of the text.

    Returns:
        The lines of each paragraph. A line of words set far apart is one of its own.
    """
    found: list[list[Line]] = []
    for line in lines:
        if found and _continues(found[-1], line, column):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def column_of(lines: Sequence[Line]) -> Column:
    """Return the margins that the lines of a page keep."""
    lefts = sorted(line.x0 for line in lines)
    rights = sorted(line.x1 for line in lines)
    # One line may stick out; what a tenth of the lines reach is the margin.
    return Column(lefts[len(lefts) // 10], rights[-1 - len(rights) // 10])


def text_of(lines: Sequence[Line]) -> str:
    """Return a paragraph's text, its lines joined as its language asks."""
    text = lines[0].text
    for line in lines[1:]:
        more = line.text
        blank = _LATIN_END.search(text) and _LATIN_START.match(more) and not text[-1].isdigit()
        text += (" " if blank else "") + more
    return text


def _continues(paragraph: list[Line], line: Line, column: Column) -> bool:
    before = paragraph[-1]
    size = before.size
    centered = _is_centered(before, column) and _is_centered(line, column)
    if has_figures(line) or has_figures(before):
        return False
    if abs(before.size - line.size) > (_BIGGER - 1) * size:
        return False
    far = not 0 < line.top - before.top < _LEADING * size
    if far and (centered or line.top > before.top):
        return False  # far below; a text that goes on on the next page begins above
    if centered:
        return not _HEADING.match(line.text) and not before.text.endswith(_STOP)
    # Full lines are stretched at their blanks; a table's words stand apart in short ones.
    stretched = _is_full(before, column) and line.x0 - column.left < _INDENT * size
    if (is_tabular(line) or is_tabular(before)) and not stretched:
        return False
    if line.x0 - column.left > _INDENT * size or _HEADING.match(line.text):
        return False
    return _is_full(before, column)


def _is_full(line: Line, column: Column) -> bool:
    return column.right - line.x1 < _SHORT * line.size


def _is_centered(line: Line, column: Column) -> bool:
    left, right = line.x0 - column.left, column.right - line.x1
    return left > _CENTERED * line.size and abs(left - right) < _CENTERED * line.size
