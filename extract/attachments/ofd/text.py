"""The characters of a text object and where each of them stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, repeat

from lxml import etree

from extract.attachments.ofd.matrix import Matrix, numbers
from extract.attachments.safe_xml import local

_ASCENT = 0.88  # of the em, above the line that characters stand on; the fonts at hand agree
_LONGEST_RUN = 10_000  # repeats that one "g" may ask for
_NOT_TEXT = re.compile(r"[\ue000-\uf8ff\x00-\x08\x0b-\x1f\x7f\U000f0000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph with its text, in the space of its text object.

    Attributes:
        text: What it stands for: a character, for a ligature several.
        x: Left edge.
        y: The line that it stands on.
        width: Its advance, about.
    """

    text: str
    x: float
    y: float
    width: float


def glyphs(element: etree._Element, size: float, stretch: float) -> Iterator[Glyph]:
    """Yield the glyphs of a TextObject in the order of its text.

    Args:
        element: The TextObject (GB/T 33190-2016, 11.2).
        size: The em in the object's space.
        stretch: HScale.

    Yields:
        Each glyph that has text. A place that a TextCode leaves out is that of the one before;
        offsets that it leaves out go on as the last one given, and by the em where none is.
    """
    x = y = 0.0
    joined = {at: (codes, count) for at, codes, count in _transforms(element)}
    before = 0
    for code in element:
        if local(code) != "TextCode":
            continue
        x = _first(code.get("X"), x)
        y = _first(code.get("Y"), y)
        text = _NOT_TEXT.sub("\ufffd", re.sub(r"[\r\n]\s*", "", "".join(code.itertext())))
        units = list(_units(text, joined, before))
        before += len(text)
        across, down = offsets(code.get("DeltaX")), offsets(code.get("DeltaY"))
        yield from _laid(units, (x, y), (across, down), (size, stretch))


def offsets(text: str | None) -> list[float]:
    """The offsets of a DeltaX or DeltaY; ``g 4 2.1`` is short for four times 2.1 (7.7).

    Args:
        text: The attribute.

    Returns:
        One number for each step from a glyph to the next.
    """
    parts = (text or "").replace(",", " ").split()
    found: list[float] = []
    while parts:
        if parts[0] == "g" and len(parts) >= 3:
            times, step = numbers(parts[1]), numbers(parts[2])
            if times and step:
                found += repeat(step[0], max(0, min(int(times[0]), _LONGEST_RUN)))
            del parts[:3]
        else:
            found += numbers(parts.pop(0))[:1]
    return found


def _laid(
    units: list[str],
    begin: tuple[float, float],
    deltas: tuple[list[float], list[float]],
    em: tuple[float, float],
) -> Iterator[Glyph]:
    x, y = begin
    across, down = deltas
    size, stretch = em
    turned = bool(down) and not across  # set from top to bottom
    steps = chain(across, repeat(across[-1])) if across else None
    falls = chain(down, repeat(down[-1])) if down else repeat(0.0)
    for unit in units:
        width = sum(1.0 if ord(sign) > 0xFF else 0.5 for sign in unit) * size * stretch
        step = next(steps) if steps else 0.0 if turned else width
        if unit:
            yield Glyph(unit, x, y, min(width, step) if step > 0.2 * width else width)
        x += step
        y += next(falls)


def _units(text: str, joined: dict[int, tuple[int, int]], before: int) -> Iterator[str]:
    """The text that each glyph stands for; CGTransform says where that is not one by one."""
    at = 0
    while at < len(text):
        codes, count = joined.get(before + at, (1, 1))
        if codes == count or codes < 1:
            yield text[at]
            at += 1
            continue
        part = text[at : at + codes]
        for number in range(count):
            last = number == count - 1
            yield part[number:] if last else part[number : number + 1]
        at += codes


def _transforms(element: etree._Element) -> Iterator[tuple[int, int, int]]:
    for child in element:
        if local(child) == "CGTransform":
            at, codes, count = (
                int(_first(child.get(name), default))
                for name, default in (("CodePosition", 0.0), ("CodeCount", 1.0),
                                      ("GlyphCount", 1.0))
            )
            if 0 < count < _LONGEST_RUN:
                yield at, codes, count


def _first(text: str | None, default: float) -> float:
    found = numbers(text)
    return found[0] if found else default


def box(glyph: Glyph, size: float, way: Matrix) -> tuple[float, float, float, float]:
    """The upright box round a glyph on the page: left, top, right, bottom."""
    top = glyph.y - _ASCENT * size
    corners = [
        way.place(x, y)
        for x in (glyph.x, glyph.x + glyph.width)
        for y in (top, top + size)
    ]
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return min(across), min(down), max(across), max(down)
