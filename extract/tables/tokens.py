"""Loose text as cells: a row a line with pipes or tabs, a cell a line, or a label and its values.

Every token knows its place in the text, so that a number leads back to its characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.tables import labels
from extract.tables.labels import T2, T3

_RULE = re.compile(r"[\s|:+-]*-{2,}[\s|:+-]*")
_TAIL = re.compile(r"(?P<label>\S.*?)(?P<values>(?:[ \u3000]+(?:[+-]?[\d,.]+|[/—-]+|无))+)\s*")
# A longer line is prose: no cell and no row of the forms comes near it.
_LONGEST_LINE = 400


@dataclass(frozen=True, slots=True)
class Token:
    """One cell of a loose text.

    Attributes:
        text: The cell's text, trimmed; empty for a blank cell.
        start: Its offset in the text, in characters.
        line: The number of its line.
        alone: It is the only cell of its line.
        ruled: Its line begins and ends with a pipe: a markdown row, where spans leave no blanks.
    """

    text: str
    start: int
    line: int
    alone: bool
    ruled: bool

    @property
    def at(self) -> str:
        """The locator ``text:OFFSET+LENGTH``."""
        return f"text:{self.start}+{len(self.text)}"


def tokens(text: str) -> list[Token]:
    """Cut a text into cells.

    A line of several pipes and nothing else is what spanning cells leave behind: no cells. A line
    of one pipe is one blank cell.
    """
    cells: list[Token] = []
    offset = 0
    for number, line in enumerate(text.splitlines(keepends=True)):
        parts = list(_split(line.rstrip("\r\n")))
        bare = line.strip()
        ruled = len(parts) > 1 and bare[0] == bare[-1] == "|"
        for part, start in parts:
            lead = len(part) - len(part.lstrip())
            cells.append(
                Token(part.strip(), offset + start + lead, number, len(parts) == 1, ruled))
        offset += len(line)
    return cells


def _split(line: str) -> Iterator[tuple[str, int]]:
    bare = line.strip()
    if not bare:
        return
    mark = "|" if "|" in line else "\t" if "\t" in bare else ""
    if not mark:
        yield from _split_tail(line)
        return
    if mark == "|" and _RULE.fullmatch(line):
        return
    if not bare.strip("| \t\u3000\xa0"):
        if bare.count("|") == 1:
            yield "", line.index("|")
        return
    start = 0
    parts: list[tuple[str, int]] = []
    for part in line.split(mark):
        parts.append((part, start))
        start += len(part) + 1
    if mark == "|" and not parts[-1][0].strip():
        parts.pop()  # a pipe ends a cell
        if not parts[0][0].strip():
            parts.pop(0)  # a markdown row begins with one too
    yield from parts


def _split_tail(line: str) -> Iterator[tuple[str, int]]:
    """Split ``行政许可 97`` into label and values, if the label is one of the forms."""
    found = _TAIL.fullmatch(line) if len(line) <= _LONGEST_LINE else None
    match = labels.match_row(found["label"], (T3, *T2)) if found else None
    if not found or not match or match.quality == "near":
        yield line, 0
        return
    yield found["label"], found.start("label")
    for value in re.finditer(r"\S+", found["values"]):
        yield value[0], found.start("values") + value.start()
