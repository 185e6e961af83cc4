"""What the objects of a page draw: characters, lines and pictures, each in its place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from extract.attachments.ofd.matrix import Matrix, numbers
from extract.attachments.ofd.package import Page, Resources
from extract.attachments.ofd.paths import Line, filled, stroked, subpaths
from extract.attachments.ofd.text import box, glyphs
from extract.attachments.paper import UnreadableError
from extract.attachments.ruled.page import Leaf, Picture, Rule, Sign
from extract.attachments.safe_xml import local

MAX_OBJECTS = 200_000  # of one page, drawings used several times counted each time
_DEEPEST = 12  # drawings inside drawings
_PEN = 0.353  # millimetres: the width of a line that names none
_WHITE = 0.96  # what is paler is not seen on paper
_UPRIGHT = 3.0  # degrees that a character may lean
# Of the sheet: a picture that size is the report, or a part of it; less is a seal or an emblem.
_LARGE, _SMALL = 0.12, 0.04
_STRAY = 5  # signs that may lie on such a picture: a page number, a mark
_GROUPS = frozenset({"Layer", "PageBlock", "Content"})


@dataclass(slots=True)
class _Drawn:
    """What is on the sheet so far; characters by the quarter turn that they are set at."""

    signs: dict[int, list[Sign]] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    pictures: list[tuple[Line, str | None]] = field(default_factory=list)
    hidden: int = 0
    objects: int = 0


@dataclass(slots=True)
class Drawing:
    """A drawn page.

    Attributes:
        leaf: What is on it.
        scans: The package paths of pictures that are to be read, from the top down.
        turned: Characters that were left out for standing on their head or aslant.
        hidden: Characters that were left out for being white or transparent.
    """

    leaf: Leaf
    scans: list[str] = field(default_factory=list)
    turned: int = 0
    hidden: int = 0


def draw(page: Page, number: int) -> Drawing:
    """Draw one page.

    Args:
        page: The page.
        number: Its number in the file, from 1.

    Returns:
        The page upright: where most of its text is set sideways, the page is turned.

    Raises:
        UnreadableError: It has more objects than any printed page.
    """
    drawn = _Drawn()
    left, top, width, height = page.area
    sheet = Matrix(e=-left, f=-top)
    for content in page.contents:
        _group(content, sheet, page.resources, drawn, 0)
    counts = Counter({turn: len(signs) for turn, signs in drawn.signs.items() if turn >= 0})
    turn = counts.most_common(1)[0][0] if counts else 0
    # A label set sideways inside an upright table reads downwards: its characters stay in order.
    kept = [*drawn.signs.get(turn, ()), *drawn.signs.get((turn + 1) % 4, ())]
    lost = sum(len(signs) for signs in drawn.signs.values()) - len(kept)
    scans = [
        (place, path) for place, path in sorted(drawn.pictures, key=lambda one: one[0][1])
        if path is not None and _is_scan(place, kept, width * height)
    ]
    leaf = Leaf(
        number, width, height, kept,
        [Rule(*line) for line in drawn.lines],
        [Picture(*place) for place, path in drawn.pictures if (place, path) not in scans],
    )
    return Drawing(_turned(leaf, turn), [path for _, path in scans], lost, drawn.hidden)


def _group(
    group: etree._Element, way: Matrix, resources: Resources, drawn: _Drawn, depth: int
) -> None:
    for element in group:
        drawn.objects += 1
        if drawn.objects > MAX_OBJECTS:
            raise UnreadableError("too_large", f"a page of more than {MAX_OBJECTS:,} objects")
        name = local(element)
        if name in _GROUPS:
            _group(element, way, resources, drawn, depth)
            continue
        if element.get("Visible", "true").lower() in ("false", "0"):
            continue
        placed = way.after(Matrix.of(element.get("CTM"), element.get("Boundary")))
        if name == "TextObject":
            _text(element, placed, resources, drawn)
        elif name == "PathObject":
            _path(element, placed, resources, drawn)
        elif name == "ImageObject":
            _picture(element, way, resources, drawn)
        elif name == "CompositeObject" and depth < _DEEPEST:
            unit = resources.units.get(element.get("ResourceID", ""))
            if unit is not None:
                _group(unit, placed, resources, drawn, depth + 1)


def _text(element: etree._Element, way: Matrix, resources: Resources, drawn: _Drawn) -> None:
    size = _number(element, "Size", 0.0)
    paint = _lightness(element, "FillColor", resources)
    filling = element.get("Fill", "true").lower() not in ("false", "0")
    if not filling and element.get("Stroke", "false").lower() in ("false", "0"):
        return
    if size <= 0:
        return
    angle = (way.angle + _number(element, "CharDirection", 0.0)) % 360
    quarter = round(angle / 90)
    turn = quarter % 4 if abs(angle - 90 * quarter) <= _UPRIGHT else -1
    found = glyphs(element, size, _number(element, "HScale", 1.0) or 1.0)
    if paint >= _WHITE:
        drawn.hidden += sum(not glyph.text.isspace() for glyph in found)
        return
    signs = drawn.signs.setdefault(turn, [])
    for glyph in found:
        signs.append(Sign(glyph.text, *box(glyph, size, way), size * way.down, paint))


def _path(element: etree._Element, way: Matrix, resources: Resources, drawn: _Drawn) -> None:
    data = next((child.text for child in element if local(child) == "AbbreviatedData"), None)
    strokes = element.get("Stroke", "true").lower() not in ("false", "0")
    fills = element.get("Fill", "false").lower() in ("true", "1")
    pen = _lightness(element, "StrokeColor", resources)
    ink = _lightness(element, "FillColor", resources)
    thick = _number(_pen(element, resources), "LineWidth", _PEN)
    thick = _number(element, "LineWidth", thick)
    for points, closed in subpaths(data or ""):
        line = filled(points, way) if fills and ink < _WHITE and len(points) > 2 else None
        if line is not None:
            drawn.lines.append(line)
        elif strokes and pen < _WHITE:
            drawn.lines += stroked(points, closed, way, thick)


def _picture(element: etree._Element, way: Matrix, resources: Resources, drawn: _Drawn) -> None:
    corner = numbers(element.get("Boundary"))
    if len(corner) == 4:
        x0, y0 = way.place(corner[0], corner[1])
        x1, y1 = way.place(corner[0] + corner[2], corner[1] + corner[3])
        place = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        drawn.pictures.append((place, resources.files.get(element.get("ResourceID", ""))))


def _is_scan(place: Line, signs: list[Sign], sheet: float) -> bool:
    """Tell whether a picture is to be read: large, and no ground that text is printed on."""
    x0, y0, x1, y1 = place
    least = _LARGE if signs else _SMALL
    if (x1 - x0) * (y1 - y0) < least * sheet:
        return False
    on_it = sum(x0 < one.center < x1 and y0 < one.middle < y1 for one in signs)
    return on_it <= _STRAY


def _lightness(element: etree._Element, name: str, resources: Resources) -> float:
    """How light a paint is on white paper, from 0 for black to 1 for what is not seen."""
    paint = next((child for child in element if local(child) == name), None)
    if paint is None:
        pen = _pen(element, resources)
        paint = None if pen is None else next((one for one in pen if local(one) == name), None)
    light = 0.0
    opaque = _number(element, "Alpha", 255.0)
    if paint is not None:
        opaque = opaque * _number(paint, "Alpha", 255.0) / 255
        parts = [min(max(part, 0.0), 255.0) / 255 for part in numbers(paint.get("Value"))]
        if len(parts) == 1:
            light = parts[0]
        elif len(parts) == 3:
            light = 0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2]
        elif len(parts) == 4:  # CMYK
            light = (1 - parts[3]) * (1 - sum(parts[:3]) / 3)
    return 1 - (1 - light) * min(max(opaque, 0.0), 255.0) / 255


def _pen(element: etree._Element, resources: Resources) -> etree._Element | None:
    return resources.pens.get(element.get("DrawParam", ""))


def _number(element: etree._Element | None, name: str, default: float) -> float:
    found = numbers(element.get(name)) if element is not None else []
    return found[0] if found else default


def _turned(leaf: Leaf, turn: int) -> Leaf:
    """The page turned so that its text stands upright."""
    if not turn:
        return leaf
    wide, tall = leaf.width, leaf.height

    def back(x0: float, y0: float, x1: float, y1: float) -> Line:
        if turn == 1:  # the text runs down the sheet
            return y0, wide - x1, y1, wide - x0
        if turn == 2:
            return wide - x1, tall - y1, wide - x0, tall - y0
        return tall - y1, x0, tall - y0, x1

    signs = [
        Sign(one.text, *back(one.x0, one.top, one.x1, one.bottom), one.size, one.color)
        for one in leaf.signs
    ]
    rules = [Rule(*back(one.x0, one.top, one.x1, one.bottom)) for one in leaf.rules]
    pictures = [Picture(*back(one.x0, one.top, one.x1, one.bottom)) for one in leaf.pictures]
    size = (wide, tall) if turn == 2 else (tall, wide)
    return Leaf(leaf.number, *size, signs, rules, pictures)
