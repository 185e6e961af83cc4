"""One page of a PDF as a leaf: what a reader sees of it, and nothing else."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Any

from extract.attachments.pdf.boxes import THIN, WHITE, panels, rules
from extract.attachments.pdf.device import UNSEEN, SeenPage
from extract.attachments.ruled.page import Leaf, Picture, Rule, Sign, usual_size

MAX_SIGNS = 60_000

# Fewer signs beside a picture are its page number, and so many bytes draw nothing to speak of.
_FEW = 20
_SILENCE = 300
# A picture that takes so much of the page is its background, or the page itself.
_WHOLE = 0.5
# A large, light sign is a watermark.
_FAINT = 0.7
_LARGE = 1.8

_RADICALS = str.maketrans(
    "⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰",
    "民西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙",
)
_NO_TEXT = "\ufffd"


@dataclass(slots=True)
class Seen:
    """One page.

    Attributes:
        leaf: What it shows.
        is_scan: It is a picture, with no text that is seen.
        hidden: Signs that are there but not seen.
        unknown: Signs whose characters the file does not tell.
        cut: It holds more signs than are read.
        turned: Its text does not run from left to right on the page as it is shown.
    """

    leaf: Leaf
    is_scan: bool
    hidden: int
    unknown: int
    cut: bool
    turned: bool


def seen(page: SeenPage) -> Seen:
    """Return what one page shows.

    Args:
        page: The page; it is interpreted here, which may raise whatever a broken file makes the
            library raise.
    """
    x0, top, x1, bottom = page.cropbox
    leaf = Leaf(page.page_number, float(x1 - x0), float(bottom - top))
    painted, rings = panels(page)
    signs, turns, hidden = _signs(page, painted)
    leaf.signs = signs[:MAX_SIGNS]
    leaf.rules = rules(page, painted, leaf.signs) + rings
    area = max(1.0, leaf.width * leaf.height)
    covered = 0.0
    for image in page.images:
        box = Picture(image["x0"], image["top"], image["x1"], image["bottom"])
        size = abs((box.x1 - box.x0) * (box.bottom - box.top))
        covered += size / area
        if box.bottom - box.top < THIN or box.x1 - box.x0 < THIN:
            leaf.rules.append(Rule(box.x0, box.top, box.x1, box.bottom))
        elif size < _WHOLE * area:
            leaf.pictures.append(box)
    leaf.pictures += _fields(page)
    _move(leaf, -float(x0), -float(top))
    _turn(leaf, turns)
    is_scan = (covered > _WHOLE and len(leaf.signs) < _FEW) or _is_mute(page, leaf, hidden)
    unknown = sum(sign.text == _NO_TEXT for sign in leaf.signs)
    return Seen(leaf, is_scan, hidden, unknown, len(signs) > MAX_SIGNS, turns != 0)


def _is_mute(page: SeenPage, leaf: Leaf, hidden: int) -> bool:
    """Tell whether a page draws something and no text came of it: outlines, or a font unknown."""
    if leaf.signs or hidden:
        return False
    drawn = sum(len(stream.get_data()) for stream in page.page_obj.contents)
    return len(leaf.rules) >= _FEW or drawn > _SILENCE


def _signs(page: SeenPage, painted: list[Any]) -> tuple[list[Sign], int, int]:
    """The signs that are seen, in which direction most of them run, and how many are not."""
    x0, top, x1, bottom = page.cropbox
    kept: list[tuple[Sign, int]] = []
    hidden = 0
    for char in page.chars:
        color = float(char["non_stroking_color"][0])
        angle = _angle(char["matrix"])
        if angle is None:
            continue  # aslant: a watermark
        sign = Sign(_text(char["text"]), char["x0"], char["top"], char["x1"], char["bottom"],
                    float(char["size"] if angle % 180 == 0 else char["x1"] - char["x0"]), color)
        inside = x0 <= sign.center <= x1 and top <= sign.middle <= bottom
        if not inside or char.get("tag") == UNSEEN or _is_pale(sign, painted):
            hidden += inside and bool(sign.text.strip())
            continue
        kept.append((sign, angle))
    unit = usual_size([sign for sign, _ in kept])
    kept = [(sign, angle) for sign, angle in kept
            if not (sign.color > _FAINT and sign.size > _LARGE * unit)]
    most = Counter(angle for _, angle in kept).most_common(1)
    return [sign for sign, _ in kept], most[0][0] if most else 0, hidden


def _text(text: str) -> str:
    if text.startswith("(cid:") or not text:
        return _NO_TEXT
    # A font may name a sign by its radical; what is printed is the character.
    if any("\u2e80" <= one <= "\u2fdf" for one in text):
        text = unicodedata.normalize("NFKC", text.translate(_RADICALS))
    return text


def _angle(matrix: tuple[float, ...]) -> int | None:
    """The direction of writing, a multiple of 90 degrees counted against the clock, or None."""
    degrees = math.degrees(math.atan2(matrix[1], matrix[0]))
    nearest = round(degrees / 90) * 90
    return nearest % 360 if abs(degrees - nearest) < 3 else None


def _is_pale(sign: Sign, painted: list[Any]) -> bool:
    """Tell whether a sign has the color of what lies below it."""
    if sign.color <= WHITE:
        return False
    below = 1.0
    for box in painted:
        if (box["x0"] <= sign.center <= box["x1"] and box["top"] <= sign.middle <= box["bottom"]):
            below = float(box["non_stroking_color"][0])
    return below > WHITE


def _fields(page: SeenPage) -> list[Picture]:
    """Filled-in fields and comments: what they show is no part of the page's own text."""
    found: list[Picture] = []
    for annot in page.annots:
        kind = str(getattr(annot["data"].get("Subtype"), "name", ""))
        if kind == "FreeText" or (kind == "Widget" and annot["data"].get("V") not in (None, b"")):
            found.append(Picture(annot["x0"], annot["top"], annot["x1"], annot["bottom"]))
    return found


def _things(leaf: Leaf) -> list[Sign | Rule | Picture]:
    return [*leaf.signs, *leaf.rules, *leaf.pictures]


def _move(leaf: Leaf, x: float, y: float) -> None:
    if not x and not y:
        return
    for one in _things(leaf):
        one.x0, one.x1, one.top, one.bottom = one.x0 + x, one.x1 + x, one.top + y, one.bottom + y


def _turn(leaf: Leaf, angle: int) -> None:
    """Turn a page so that most of its text runs from left to right."""
    wide, high = leaf.width, leaf.height
    for one in _things(leaf):
        x0, top, x1, bottom = one.x0, one.top, one.x1, one.bottom
        if angle == 90:
            one.x0, one.top, one.x1, one.bottom = high - bottom, x0, high - top, x1
        elif angle == 180:
            one.x0, one.top, one.x1, one.bottom = wide - x1, high - bottom, wide - x0, high - top
        elif angle == 270:
            one.x0, one.top, one.x1, one.bottom = top, wide - x1, bottom, wide - x0
    if angle % 180:
        leaf.width, leaf.height = high, wide
