"""Cells between lines: a table's ruled places, those joined that no line parts.

Each group of lines that touch is one lattice. Its lines cut it into the smallest places; two
neighbours with no line between them belong to one cell, as a reader sees it. So a stroke that is
broken, a border that is missing at a page's edge or at the sides of a table does no harm.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.attachments.ruled.page import Rule
from extract.attachments.ruled.strokes import Stroke, bundles, overlap, strokes

MAX_PLACES = 40_000

# In type sizes: lines that end so near each other touch; lines so near are one line drawn double.
_TOUCH = 0.35
_DOUBLE = 0.28
# So much higher than the lowest of its neighbours is a row that no line at the side holds.
_HIGHER = 1.6
# So much of a side must be drawn to part two places.
_DRAWN = 0.5


@dataclass(slots=True, eq=False)
class LatticeCell:
    """One cell.

    Attributes:
        row: Its first row among the lattice's rows, from 0.
        column: Its first column.
        height: Rows that it spans.
        width: Columns that it spans.
        x0: Left edge.
        top: Upper edge.
        x1: Right edge.
        bottom: Lower edge.
        open: The sides of the lattice it lies at where no line is drawn: ``left``, ``right``,
            ``top``, ``bottom``.
    """

    row: int
    column: int
    height: int
    width: int
    x0: float
    top: float
    x1: float
    bottom: float
    open: frozenset[str] = frozenset()


@dataclass(slots=True, eq=False)
class Lattice:
    """The cells of one group of lines.

    Attributes:
        xs: The places of its columns' edges, left to right.
        ys: The places of its rows' edges, top down.
        cells: Its cells, row by row, left to right.
        ragged: Cells that were no rectangles and were cut into some.
    """

    xs: list[float]
    ys: list[float]
    cells: list[LatticeCell] = field(default_factory=list)
    ragged: int = 0

    @property
    def area(self) -> float:
        """Its size, to tell an inner lattice from an outer one."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a place lies in it."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]


Group = tuple[list[Stroke], list[Stroke]]  # lying and standing lines


def lattices(rules: Sequence[Rule], unit: float) -> list[Lattice]:
    """Return the lattices that a page's rules make.

    Args:
        rules: The page's rules.
        unit: The usual type size on it: what is near and what is far.

    Returns:
        Lattices of two cells or more, and frames of one; topmost first.
    """
    lying, standing = strokes(rules, unit)
    found = [_lattice(*group, unit) for group in _groups(lying, standing, unit)]
    kept = [one for one in found if one is not None and one.cells]
    return sorted(kept, key=lambda one: (one.ys[0], one.xs[0]))


def _groups(
    lying: list[Stroke], standing: list[Stroke], unit: float
) -> list[Group]:
    """Lines that cross or touch each other, directly or by others."""
    leader = list(range(len(lying) + len(standing)))

    def lead(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    near = _TOUCH * unit
    for s, upright in enumerate(standing, start=len(lying)):
        for f, flat in enumerate(lying):
            if (flat.start - near <= upright.at <= flat.end + near
                    and upright.start - near <= flat.at <= upright.end + near):
                leader[lead(s)] = lead(f)
    groups: dict[int, Group] = {}
    for index, line in enumerate([*lying, *standing]):
        pair = groups.setdefault(lead(index), ([], []))
        pair[index >= len(lying)].append(line)
    whole = _sideless(list(groups.values()), unit)
    found = [pair for pair in whole if pair[0] and pair[1]]
    return [*found, *_loose_posts(found, [pair[1][0] for pair in whole if not pair[0]], unit)]


def _loose_posts(groups: list[Group], posts: list[Stroke], unit: float) -> list[Group]:
    """Give standing lines that touch nothing to the row they stand in.

    The last row on a page, or the first, may have no line above or below it. A line goes to the
    group that is as high as itself; three or more lines of one height are a row of their own.
    """
    rows: list[list[Stroke]] = []
    for post in posts:
        for lying, standing in groups:
            top = min(min(one.at for one in lying), min(one.start for one in standing))
            bottom = max(max(one.at for one in lying), max(one.end for one in standing))
            if abs(top - post.start) + abs(bottom - post.end) < _TOUCH * unit:
                standing.append(post)
                break
        else:
            row = next((row for row in rows if abs(row[0].start - post.start)
                        + abs(row[0].end - post.end) < _TOUCH * unit), None)
            if row is None:
                rows.append([post])
            else:
                row.append(post)
    return [([], row) for row in rows if len(row) > 2]


def _sideless(groups: list[Group], unit: float) -> list[Group]:
    """Join groups that are one table without lines at its sides.

    A row of one cell, such as a caption, has no standing line then that would hold it together
    with the rows above and below.
    """
    open_ones = sorted(
        (pair for pair in groups if pair[0] and _is_sideless(pair, unit)),
        key=lambda pair: pair[0][0].at,
    )
    known = set(map(id, open_ones))
    whole: list[Group] = [pair for pair in groups if id(pair) not in known]
    last: Group | None = None
    for pair in open_ones:
        near = _TOUCH * unit
        if (last is not None and pair[0][0].at - last[0][-1].at < _row(last, pair, unit)
                and abs(_ends(pair)[0] - _ends(last)[0]) < near
                and abs(_ends(pair)[1] - _ends(last)[1]) < near):
            last[0].extend(pair[0])
            last[1].extend(pair[1])
        else:
            last = pair
            whole.append(pair)
    return whole


def _row(above: Group, below: Group, unit: float) -> float:
    """How high one row between two parts of a table may be: not much higher than theirs are."""
    heights = [b.at - a.at for pair in (above, below)
               for a, b in zip(pair[0], pair[0][1:], strict=False) if b.at - a.at > unit]
    return _HIGHER * min(heights, default=unit) + _TOUCH * unit


def _ends(pair: Group) -> tuple[float, float]:
    return min(one.start for one in pair[0]), max(one.end for one in pair[0])


def _is_sideless(pair: Group, unit: float) -> bool:
    left, right = _ends(pair)
    return all(left + unit < one.at < right - unit for one in pair[1])


def _lattice(lying: list[Stroke], standing: list[Stroke], unit: float) -> Lattice | None:
    left = min([one.start for one in lying] + [one.at for one in standing])
    right = max([one.end for one in lying] + [one.at for one in standing])
    top = min([one.at for one in lying] + [one.start for one in standing])
    bottom = max([one.at for one in lying] + [one.end for one in standing])
    if right - left < unit or bottom - top < unit / 2:
        return None
    double = _DOUBLE * unit
    columns = bundles([*standing, Stroke(left, 0, 0), Stroke(right, 0, 0)], double)
    rows = bundles([*lying, Stroke(top, 0, 0), Stroke(bottom, 0, 0)], double)
    xs, ys = _places(columns), _places(rows)
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > MAX_PLACES:
        return None
    lattice = Lattice(xs, ys)
    upright = [_sides(bundle, ys) for bundle in columns]
    flat = [_sides(bundle, xs) for bundle in rows]
    _fill(lattice, upright, flat)
    return lattice


def _places(lines: list[list[Stroke]]) -> list[float]:
    return [sum(one.at for one in bundle) / len(bundle) for bundle in lines]


def _sides(bundle: list[Stroke], edges: list[float]) -> list[bool]:
    """Along one line of the lattice: between which edges it is drawn."""
    drawn = [0.0] * (len(edges) - 1)
    for one in bundle:
        first = max(0, bisect_left(edges, one.start) - 1)
        for index in range(first, len(drawn)):
            if edges[index] >= one.end:
                break
            drawn[index] = max(drawn[index], overlap(one, edges[index], edges[index + 1]))
    return [drawn[i] >= _DRAWN * (edges[i + 1] - edges[i]) for i in range(len(drawn))]


def _fill(lattice: Lattice, upright: list[list[bool]], flat: list[list[bool]]) -> None:
    rows, columns = len(lattice.ys) - 1, len(lattice.xs) - 1
    taken = [[False] * columns for _ in range(rows)]
    for r in range(rows):
        for c in range(columns):
            if taken[r][c]:
                continue
            region = _region(r, c, rows, columns, upright, flat)
            for part in _rectangles(region):
                _add(lattice, part, upright, flat)
                lattice.ragged += len(part) != len(region)
            for rr, cc in region:
                taken[rr][cc] = True
    lattice.cells.sort(key=lambda cell: (cell.row, cell.column))


Place = tuple[int, int]


def _region(
    r: int, c: int, rows: int, columns: int, upright: list[list[bool]], flat: list[list[bool]]
) -> set[Place]:
    """The places that no line parts from one place."""
    region, stack = {(r, c)}, [(r, c)]
    while stack:
        y, x = stack.pop()
        steps = (
            (y, x + 1, x + 1 < columns and not upright[x + 1][y]),
            (y, x - 1, x > 0 and not upright[x][y]),
            (y + 1, x, y + 1 < rows and not flat[y + 1][x]),
            (y - 1, x, y > 0 and not flat[y][x]),
        )
        for yy, xx, free in steps:
            if free and (yy, xx) not in region:
                region.add((yy, xx))
                stack.append((yy, xx))
    return region


def _rectangles(region: set[Place]) -> list[set[Place]]:
    """The region itself when it is a rectangle, else the rectangles its rows make."""
    ys, xs = [y for y, _ in region], [x for _, x in region]
    if len(region) == (max(ys) - min(ys) + 1) * (max(xs) - min(xs) + 1):
        return [region]
    parts: list[set[Place]] = []
    before: dict[tuple[int, int], set[Place]] = {}
    for y in range(min(ys), max(ys) + 1):
        runs: dict[tuple[int, int], set[Place]] = {}
        inside = sorted(x for yy, x in region if yy == y)
        start = 0
        for index in range(1, len(inside) + 1):
            if index == len(inside) or inside[index] != inside[index - 1] + 1:
                span = (inside[start], inside[index - 1])
                part = before.get(span)
                if part is None:
                    part = set()
                    parts.append(part)
                part |= {(y, x) for x in range(span[0], span[1] + 1)}
                runs[span] = part
                start = index
        before = runs
    return parts


def _add(
    lattice: Lattice, part: set[Place], upright: list[list[bool]], flat: list[list[bool]]
) -> None:
    ys, xs = [y for y, _ in part], [x for _, x in part]
    row, column = min(ys), min(xs)
    below, right = max(ys) + 1, max(xs) + 1
    sides = {
        "left": (column, 0, upright, range(row, below)),
        "right": (right, len(lattice.xs) - 1, upright, range(row, below)),
        "top": (row, 0, flat, range(column, right)),
        "bottom": (below, len(lattice.ys) - 1, flat, range(column, right)),
    }
    bare = frozenset(
        name for name, (edge, outer, lines, along) in sides.items()
        if edge == outer and not all(lines[edge][index] for index in along)
    )
    lattice.cells.append(LatticeCell(
        row, column, below - row, right - column,
        lattice.xs[column], lattice.ys[row], lattice.xs[right], lattice.ys[below], bare,
    ))
