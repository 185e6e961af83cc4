"""The straight lines that a path draws: what rules a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.attachments.ofd.matrix import Matrix, numbers

Point = tuple[float, float]
Line = tuple[float, float, float, float]

_STEP = re.compile(r"([SMLQBACZ])([^SMLQBACZ]*)", re.I)
_CURVES = {"Q": 4, "B": 6, "A": 7}
_THIN = 1.2  # millimetres: a filled box no thicker than this is a line
_ASKEW = 0.4  # millimetres that a line may lean over its length
_MOST = 20_000  # steps of one path


def subpaths(data: str) -> Iterator[tuple[list[Point], bool]]:
    """Yield the strokes of an AbbreviatedData, curved ones left out.

    Args:
        data: The path: ``M x y L x y … C`` (GB/T 33190-2016, 9.1).

    Yields:
        The points of each stroke in the path's space, and whether it is closed.
    """
    points: list[Point] = []
    curved = closed = False
    for number, step in enumerate(_STEP.finditer(data)):
        if number > _MOST:
            break
        name, values = step[1].upper(), numbers(step[2])
        if name in "SM":
            if len(points) > 1 and not curved:
                yield points, closed
            points, curved, closed = [], False, False
        if name in "SML":
            # Some makers write the letter once for several points.
            points += zip(values[::2], values[1::2], strict=False)
        elif name in _CURVES:
            curved = True
        elif points:
            closed = True
    if len(points) > 1 and not curved:
        yield points, closed


def stroked(points: list[Point], closed: bool, way: Matrix, thick: float) -> Iterator[Line]:
    """Yield the level and upright parts of a stroke as boxes on the page.

    Args:
        points: The stroke.
        closed: Whether it returns to its first point.
        way: From the path's space to the page.
        thick: Width of the line, in the path's space.
    """
    placed = [way.place(*point) for point in points]
    if closed:
        placed.append(placed[0])
    half = min(thick * (way.across + way.down) / 2, _THIN) / 2
    for (x0, y0), (x1, y1) in zip(placed, placed[1:], strict=False):
        wide, tall = abs(x1 - x0), abs(y1 - y0)
        if tall <= _ASKEW and wide > tall * 4:
            y = (y0 + y1) / 2
            yield min(x0, x1), y - half, max(x0, x1), y + half
        elif wide <= _ASKEW and tall > wide * 4:
            x = (x0 + x1) / 2
            yield x - half, min(y0, y1), x + half, max(y0, y1)


def filled(points: list[Point], way: Matrix) -> Line | None:
    """Return the box of a filled shape that is a line: a thin upright rectangle.

    Args:
        points: Its outline.
        way: From the path's space to the page.
    """
    placed = [way.place(*point) for point in points]
    across, down = [x for x, _ in placed], [y for _, y in placed]
    x0, y0, x1, y1 = min(across), min(down), max(across), max(down)
    if min(x1 - x0, y1 - y0) > _THIN:
        return None
    # Every corner is a corner of the box: a slanted sliver is none.
    corners = all(
        min(abs(x - x0), abs(x - x1)) < 0.1 and min(abs(y - y0), abs(y - y1)) < 0.1
        for x, y in placed
    )
    return (x0, y0, x1, y1) if corners else None
