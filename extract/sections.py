"""The six sections of a report, found by the labels of the form, never by the printed ordinal.

Reports misnumber, restart their numbering, and print a heading and its text on one line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.headings import Head, likely, sure
from extract.record import Section
from extract.writer import signature

_NUMBERS = 6
_END = re.compile(r"^[\s:：。.*#】”]*")
_LAST_LINES = 8  # a signature stands among them


@dataclass(frozen=True, slots=True)
class Part:
    """A section with its place in the lines.

    Attributes:
        number: 1 to 6 by the form; 0 for what stands before the first heading.
        heading: The heading as printed; empty for the preamble or a lost heading.
        text: The text behind it, lines joined by a newline.
        start: Index of the line the section begins in (its heading's line).
        end: Index of the line behind its last one.
        start_at: Offset in that first line; a heading may stand in the middle of a line.
    """

    number: int
    heading: str
    text: str
    start: int
    end: int
    start_at: int = 0


def locate(lines: Sequence[str]) -> list[Part]:
    """Find the sections of a report.

    Args:
        lines: The report's lines, tables taken out or not.

    Returns:
        The preamble (number 0, if it has text) and the sections in document order, each number at
        most once. Where an official label stands twice, the one with more text behind it is the
        section; a loose label (依申请公开情况) counts only where the official one is missing.
    """
    heads = _choose(sure(lines), lines)
    if len({head.number for head in heads}) < _NUMBERS:
        more = likely(lines, heads)
        heads = sorted([*heads, *more], key=lambda head: (head.line, head.begin))
    parts: list[Part] = []
    first = heads[0] if heads else Head(0, len(lines), 0, 0, official=False)
    preamble = _text(lines, 0, 0, first.line, first.begin)
    if preamble:
        parts.append(Part(0, "", preamble, 0, first.line))
    for head, following in _with_next(heads):
        stop = following.line if following else len(lines)
        cut = following.begin if following else 0
        text = _behind(lines, head, stop, cut)
        last = stop + 1 if cut else stop
        parts.append(
            Part(head.number, _printed_heading(lines, head), text, head.line, last, head.begin)
        )
    return parts


def split(lines: Sequence[str]) -> list[Section]:
    """Return the sections of a report as the record has them; see ``locate``.

    The signature under the report (the body's name and the date, on lines of their own) belongs to
    no section.
    """
    parts = locate(lines)
    last = parts[-1].text.split("\n") if parts else []
    texts = [part.text for part in parts[:-1]] + ["\n".join(_unsigned(last))]
    return [Section(part.number, part.heading, text)
            for part, text in zip(parts, texts, strict=False)]


def _unsigned(lines: list[str]) -> list[str]:
    """Take the signature out of a report's last lines."""
    for index in range(len(lines) - 1, max(len(lines) - _LAST_LINES, 0) - 1, -1):
        if signature([lines[index]])[1] is None:
            continue
        body, _, quote = signature(lines[max(index - 1, 0) : index + 1])
        first = index - 1 if body and quote != lines[index].strip() else index
        return lines[:first] + lines[index + 1 :]
    return lines


def _printed_heading(lines: Sequence[str], head: Head) -> str:
    if head.end_line > head.line:
        rows = [lines[head.line][head.begin :], *lines[head.line + 1 : head.end_line + 1]]
    else:
        rows = [lines[head.line][head.begin : head.end]]
    return "".join(row.strip().strip("#*|").strip() for row in rows)


def _behind(lines: Sequence[str], head: Head, stop: int, cut: int) -> str:
    return _text(lines, max(head.line, head.end_line), head.end, stop, cut)


def _text(lines: Sequence[str], start: int, offset: int, stop: int, cut: int) -> str:
    """The text from an offset in one line to an offset in another, blank lines left out."""
    rows = list(lines[start:stop])
    if stop < len(lines) and cut:
        rows.append(lines[stop][:cut])
    if not rows:
        return ""
    rows[0] = _END.sub("", rows[0][offset:]) if offset else rows[0]
    return "\n".join(row.strip() for row in rows if row.strip())


def _with_next(heads: Sequence[Head]) -> list[tuple[Head, Head | None]]:
    return [
        (head, heads[place + 1] if place + 1 < len(heads) else None)
        for place, head in enumerate(heads)
    ]


def _choose(candidates: list[Head], lines: Sequence[str]) -> list[Head]:
    """One heading a number: official before loose, then the one with most text behind it."""
    official = {head.number for head in candidates if head.official}
    kept = [head for head in candidates if head.official or head.number not in official]
    sizes = _sizes(kept, lines)
    contents = _contents(kept, sizes)
    best: dict[int, Head] = {}
    for head in kept[contents:]:
        if head.number not in best or sizes[head] > sizes[best[head.number]]:
            best[head.number] = head
    return sorted(best.values(), key=lambda head: (head.line, head.begin))


def _sizes(heads: Sequence[Head], lines: Sequence[str]) -> dict[Head, int]:
    sizes = {}
    for head, following in _with_next(heads):
        stop = following.line if following else len(lines)
        cut = following.begin if following else 0
        sizes[head] = len(_behind(lines, head, stop, cut))
    return sizes


def _contents(heads: Sequence[Head], sizes: dict[Head, int]) -> int:
    """How many headings are a table of contents: three or more without text, all met again."""
    run = 0
    while run < len(heads) and sizes[heads[run]] == 0:
        run += 1
    run = min(run + 1, len(heads))  # behind the last one stands the preamble
    later = {head.number for head in heads[run:]}
    return run if run > 3 and {head.number for head in heads[:run]} <= later else 0
