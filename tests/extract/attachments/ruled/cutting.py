"""A laid-out page cut in two at any height, as another margin or another size of type would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from extract.attachments.ruled.page import Leaf, Rule

_FOOT = 0.94  # of a page's height: page numbers stay where they are
_TABLE = 0.75  # a rule as high as that is of a frame around the page
_CLEAR = 2.6  # points that a cut stays away from the middle of a line of text


def heights(leaf: Leaf, step: float) -> Iterator[float]:
    """Yield the heights at which a page can be cut without cutting a line of text."""
    middles = sorted({sign.middle for sign in leaf.signs if sign.text.strip()})
    y = middles[0] + step
    while y < middles[-1]:
        if all(abs(middle - y) > _CLEAR for middle in middles):
            yield y
        y += step


def cut(leaves: list[Leaf], at: int, y: float, *, bordered: bool) -> list[Leaf]:
    """Cut one of the pages at a height; what was below begins at the top of a page of its own.

    Args:
        leaves: The pages.
        at: The index of the page to cut.
        y: Where.
        bordered: The program draws a line at the cut, on both pages.
    """
    page = leaves[at]
    rise = y - 0.09 * page.height
    upper = Leaf(page.number, page.width, page.height)
    lower = Leaf(page.number + 1, page.width, page.height)
    for sign in page.signs:
        if sign.middle < y or sign.middle > _FOOT * page.height:
            upper.signs.append(sign)
        else:
            lower.signs.append(_risen(sign, rise))
    sides: list[float] = []
    for rule in page.rules:
        if rule.top < y and rule.bottom > y:
            if rule.bottom - rule.top < _TABLE * page.height:
                sides.append((rule.x0 + rule.x1) / 2)
            upper.rules.append(replace(rule, bottom=y))
            lower.rules.append(_risen(replace(rule, top=y), rise))
        elif rule.bottom <= y:
            upper.rules.append(rule)
        else:
            lower.rules.append(_risen(rule, rise))
    if bordered and len(sides) > 1:
        upper.rules.append(Rule(min(sides), y, max(sides), y))
        lower.rules.append(_risen(Rule(min(sides), y, max(sides), y), rise))
    after = [replace(leaf, number=leaf.number + 1) for leaf in leaves[at + 1 :]]
    return [*leaves[:at], upper, lower, *after]


def _risen(one: Any, rise: float) -> Any:
    return replace(one, top=one.top - rise, bottom=one.bottom - rise)
