"""What a page prints around its text: page numbers, running heads, the marks of a printout."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extract.tables.loose.vocabulary import is_fragment

_LONGEST = 160
_MARKS = re.compile(
    r"[-—–―~·•－]{1,3}\s*\d{1,3}\s*[-—–―~·•－]{1,3}"
    r"|第\s*[\d一二三四五六七八九十]{1,3}\s*页(?:\s*[,，、/／(（]?\s*共\s*\d{1,3}\s*页[)）]?)?"
    r"|共\s*\d{1,3}\s*页(?:\s*[,，、/／]?\s*第\s*\d{1,3}\s*页)?"
    r"|\d{1,3}\s*[/／]\s*\d{1,3}"
    r"|(?:page|p\.)\s*\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?"
    r"|(?:\S{1,60}\s{1,9}){0,3}(?:https?|f(?:i|ﬁ)le|ﬁle)://\S+(?:\s+\d{1,3}/\d{1,3})?"
    r"|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AP]M)?(?:\s.{0,100})?",
    re.I,
)
_HINT = re.compile(r"\d|页")
_WORDS = re.compile(r"[\u3400-\u9fff]{4}")
_NUMBER = re.compile(r"\d{1,3}")
_VALUES = re.compile(r"[\s\d.,]+$")


def furniture(lines: Sequence[str]) -> set[int]:
    """The numbers of the lines that belong to the page and not to its text.

    Args:
        lines: The lines with their ends, as ``splitlines(keepends=True)`` gives them; a form feed
            ends a line.

    Returns:
        Line numbers from 0. A bare number is a page number only where every page has one and
        they count up.
    """
    found = {
        number for number, line in enumerate(lines)
        if len(line) <= _LONGEST and _HINT.search(line) and _MARKS.fullmatch(line.strip())
    }
    feeds = [number for number, line in enumerate(lines) if line.endswith("\f")]
    found |= _bare_numbers(lines, feeds)
    return found | _running_heads(lines, found, feeds)


def _bare_numbers(lines: Sequence[str], feeds: Sequence[int]) -> set[int]:
    last = [_neighbour(lines, feed + 1, -1) for feed in feeds]
    bare = [number for number in last
            if number is not None and _NUMBER.fullmatch(lines[number].strip())]
    counts = [int(lines[number]) for number in bare]
    rising = all(after == before + 1 for before, after in zip(counts, counts[1:], strict=False))
    return set(bare) if len(bare) > 1 and len(bare) == len(feeds) and rising else set()


def _running_heads(lines: Sequence[str], found: set[int], feeds: Sequence[int]) -> set[int]:
    """Lines beside a page's end that stand there again on another page; never a form's labels."""
    beside: set[int] = set()
    for number in sorted(found | set(feeds)):
        for step in (-1, 1):
            near = _neighbour(lines, number, step, found)
            if near is not None:
                beside.add(near)
    texts = Counter(lines[number].strip() for number in beside)
    return {
        number for number in beside
        if texts[text := lines[number].strip()] > 1 and _WORDS.search(text)
        and not is_fragment(_VALUES.sub("", text)) and "|" not in text and "\t" not in text
    }


def _neighbour(
    lines: Sequence[str], number: int, step: int, skipped: set[int] | None = None
) -> int | None:
    """The nearest line with text, before or behind; None when it is more than five lines off."""
    for at in range(number + step, number + 6 * step, step):
        if not 0 <= at < len(lines):
            return None
        if lines[at].strip() and at not in (skipped or ()):
            return at
    return None
