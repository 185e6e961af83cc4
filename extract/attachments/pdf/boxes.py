"""The rules of a PDF page: lines, thin boxes, and the edges of boxes that stand out."""

from __future__ import annotations

from typing import Any

from extract.attachments.pdf.device import SeenPage
from extract.attachments.ruled.page import Rule, Sign, rules_of_box

THIN = 2.6
"""Points; a painted box so thin is a rule."""

WHITE = 0.85
"""A lightness from which on a paint is not seen on paper."""

MAX_PANELS = 1_000  # each light box is compared with

_DARK = 0.6
_INK = 0.35


def panels(page: SeenPage) -> tuple[list[Any], list[Rule]]:
    """Return the painted boxes of a page, and the rules that hollow ones make.

    A frame painted with a hole is told by the library as two boxes, one within the other.
    """
    solid: list[Any] = []
    rings: list[Rule] = []
    for box in page.rects:
        if not box["fill"]:
            continue
        outer = solid[-1] if solid else None
        if outer is not None and _is_hole(outer, box):
            solid.pop()
            rings += rules_of_box(outer["x0"], outer["top"], outer["x1"], outer["bottom"])
        else:
            solid.append(box)
    return solid, rings


def _is_hole(outer: Any, box: Any) -> bool:
    insets = (box["x0"] - outer["x0"], box["top"] - outer["top"],
              outer["x1"] - box["x1"], outer["bottom"] - box["bottom"])
    return (
        bool(box["evenodd"]) and bool(outer["evenodd"])
        and min(box["width"], box["height"]) >= THIN
        and all(0 < inset < THIN for inset in insets)
        and box["non_stroking_color"] == outer["non_stroking_color"]
    )


def rules(page: SeenPage, painted: list[Any], signs: list[Sign]) -> list[Rule]:
    """Return the rules of a page, however they were drawn.

    Args:
        page: The page.
        painted: Its painted boxes, as of :func:`panels`.
        signs: What is seen on it: dark text in a dark box says that the box is hollow.
    """
    found = [Rule(line["x0"], line["top"], line["x1"], line["bottom"]) for line in page.lines
             if _is_straight(line)]
    ink = [sign for sign in signs if sign.color < _INK]
    dark = [box for box in painted if float(box["non_stroking_color"][0]) < _DARK][:MAX_PANELS]
    solid = set(map(id, painted))
    for box in page.rects:
        if box["fill"] and id(box) not in solid:
            continue  # told already
        edges = box["x0"], box["top"], box["x1"], box["bottom"]
        width, height = box["width"], box["height"]
        if min(width, height) < THIN:
            if box["stroke"] or float(box["non_stroking_color"][0]) < WHITE:
                found.append(Rule(*edges))
        elif box["stroke"] or (box["fill"] and (_stands_out(box, dark) or _is_ring(box, ink))):
            found += rules_of_box(*edges)
    for curve in page.curves:
        points = curve["pts"]
        if curve["fill"] and not curve["stroke"] and min(curve["width"], curve["height"]) < THIN:
            found.append(Rule(curve["x0"], curve["top"], curve["x1"], curve["bottom"]))
        elif curve["stroke"]:
            found += [
                Rule(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
                for a, b in zip(points, points[1:], strict=False)
                if min(abs(a[0] - b[0]), abs(a[1] - b[1])) < 0.5
            ]
    return found


def _is_straight(line: Any) -> bool:
    return bool(line["stroke"]) and min(line["width"], line["height"]) < THIN


def _stands_out(box: Any, dark: list[Any]) -> bool:
    """Tell whether a light box lies on a dark one: old pages draw their rules like that."""
    if float(box["non_stroking_color"][0]) < WHITE:
        return False
    return any(
        one["x0"] - 1 <= box["x0"] and box["x1"] <= one["x1"] + 1
        and one["top"] - 1 <= box["top"] and box["bottom"] <= one["bottom"] + 1
        for one in dark
    )


def _is_ring(box: Any, signs: list[Sign]) -> bool:
    """Tell whether a dark box is hollow: dark text in it is seen."""
    if float(box["non_stroking_color"][0]) > _INK:
        return False
    return any(
        box["x0"] < sign.center < box["x1"] and box["top"] < sign.middle < box["bottom"]
        for sign in signs
    )
