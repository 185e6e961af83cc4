"""What stands on a page for the page's sake: page numbers, running heads and feet."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from extract.attachments.ruled.typeset import Line

# The part of a page's height, above and below, where running heads and feet stand.
_MARGIN = 0.14
_MOST = 10  # lines that a running head or foot has, and then some
_COUNTED = re.compile(
    r"第?\W{0,3}\d{1,4}\W{0,3}[页頁](?:\W{0,3}(?:[共/])?\W{0,3}\d{1,4}\W{0,3}[页頁])?"
    r"|[共第]\W{0,3}\d{1,4}\W{0,3}[页頁].{0,12}"
    r"|(?:page)?\s*\d{1,4}\s*(?:/|of)\s*\d{1,4}"
    r"|[-—–―─－·~〜]+\s*\d{1,4}\s*[-—–―─－·~〜]+",
    re.I,
)
# A line of a table of contents: dots that lead to a page.
_LEADERS = re.compile(r".*(?:[.·．…⋯]\s?){6,}\s*\(?\d{1,3}\)?|.*(?:…\s?){3,}\s*\d{1,3}")
_BARE = re.compile(r"\d{1,4}")
_NUMBER = re.compile(r"\d+")


@dataclass(slots=True)
class Margins:
    """The loose lines of one page.

    Attributes:
        number: The page's number.
        height: Its height.
        lines: Its lines outside of tables, top down.
        inner: The upper and the lower edge of its tables; text between them is no margin.
    """

    number: int
    height: float
    lines: list[Line]
    inner: tuple[float, float] | None


def furniture(pages: Sequence[Margins]) -> set[Line]:
    """Return the lines of a file's pages that belong to the pages and not to the text.

    A page number is one by its form, or by counting with the pages; a running head stands at the
    same height on several pages and says the same there. The lines of a table of contents are left
    out too.
    """
    found: set[Line] = set()
    counted: dict[int, list[Line]] = defaultdict(list)
    same: dict[str, list[tuple[int, Line]]] = defaultdict(list)
    for page in pages:
        found.update(line for line in page.lines if _LEADERS.fullmatch(line.text))
        for line in _marginal(page):
            text = line.text.strip()
            if _COUNTED.fullmatch(text):
                found.add(line)
            elif _BARE.fullmatch(text):
                counted[int(text) - page.number].append(line)
            else:
                same[_NUMBER.sub("#", text)].append((page.number, line))
    for lines in counted.values():
        # One page alone counts nothing but itself.
        if len(lines) > 1 or len(pages) == 1:
            found.update(lines)
    for copies in same.values():
        for number, line in copies:
            if any(other != number and abs(one.top - line.top) < line.size
                   and _is_same(line.text, number, one.text, other) for other, one in copies):
                found.add(line)
    return found


def _is_same(text: str, page: int, other: str, at: int) -> bool:
    """Tell whether two lines say the same, their numbers being equal or counting the pages."""
    pairs = zip(_NUMBER.findall(text), _NUMBER.findall(other), strict=True)
    return all(a == b or int(a) - page == int(b) - at for a, b in pairs)


def _marginal(page: Margins) -> list[Line]:
    upper, lower = _MARGIN * page.height, (1 - _MARGIN) * page.height
    head = [line for line in page.lines if line.bottom < upper
            and (page.inner is None or line.bottom <= page.inner[0] + 1)]
    foot = [line for line in page.lines if line.top > lower
            and (page.inner is None or line.top >= page.inner[1] - 1)]
    return [*head[:_MOST], *foot[-_MOST:]]
