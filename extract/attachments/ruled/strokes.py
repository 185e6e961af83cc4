"""From the strokes that programs draw to whole lines: pieces, dashes and double rules are one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.attachments.ruled.page import Rule

MAX_RULES = 40_000
MAX_LINES = 1_500

# In type sizes: how far pieces of one line lie beside each other, and how far apart in it.
_BESIDE = 0.12
_GAP = 0.4
_SHORTEST = 0.5


@dataclass(frozen=True, slots=True)
class Stroke:
    """One line.

    Attributes:
        at: Where it lies: its y, or its x when it stands.
        start: Where it begins along itself.
        end: Where it ends.
    """

    at: float
    start: float
    end: float


def strokes(rules: Sequence[Rule], unit: float) -> tuple[list[Stroke], list[Stroke]]:
    """Return the lying and the standing lines that a page's rules make.

    Args:
        rules: All rules of the page.
        unit: The usual type size.

    Returns:
        Lying and standing lines; none at all on a page with more rules than any table has.
    """
    if len(rules) > MAX_RULES:
        return [], []
    lying: list[Stroke] = []
    standing: list[Stroke] = []
    for rule in rules:
        width, height = abs(rule.x1 - rule.x0), abs(rule.bottom - rule.top)
        dot = max(width, height) < _GAP * unit  # of a dotted line: its neighbours tell which way
        if width >= height or dot:
            y = (rule.top + rule.bottom) / 2
            lying.append(Stroke(y, min(rule.x0, rule.x1), max(rule.x0, rule.x1)))
        if height > width or dot:
            x = (rule.x0 + rule.x1) / 2
            standing.append(Stroke(x, min(rule.top, rule.bottom), max(rule.top, rule.bottom)))
    whole = _joined(lying, unit), _joined(standing, unit)
    return whole if len(whole[0]) + len(whole[1]) <= MAX_LINES else ([], [])


def _joined(pieces: Iterable[Stroke], unit: float) -> list[Stroke]:
    found: list[Stroke] = []
    for bundle in bundles(pieces, _BESIDE * unit):
        at = sum(one.at for one in bundle) / len(bundle)
        start, end = None, 0.0
        for one in sorted(bundle, key=lambda one: (one.start, one.end)):
            if start is not None and one.start > end + _GAP * unit:
                found.append(Stroke(at, start, end))
                start = None
            if start is None:
                start, end = one.start, one.end
            end = max(end, one.end)
        if start is not None:
            found.append(Stroke(at, start, end))
    return [one for one in found if one.end - one.start >= _SHORTEST * unit]


def bundles(pieces: Iterable[Stroke], tolerance: float) -> list[list[Stroke]]:
    """Group lines that lie at the same place; ``tolerance`` is measured from the group's first."""
    found: list[list[Stroke]] = []
    for one in sorted(pieces, key=lambda one: one.at):
        if found and one.at - found[-1][0].at <= tolerance:
            found[-1].append(one)
        else:
            found.append([one])
    return found


def overlap(one: Stroke, start: float, end: float) -> float:
    """Return how much of the way from ``start`` to ``end`` a line covers."""
    return max(0.0, min(one.end, end) - max(one.start, start))
