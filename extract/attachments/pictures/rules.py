"""Ruled tables: printed lines become a grid, missing lines merge its cells.

A cell is what lines enclose, so a merged cell is found without knowing the form: where no line
parts two fields of the grid, they are one cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.attachments.pictures.engine import Pixels
from extract.attachments.pictures.upright import Page

_PRESENT = 0.6  # the part of an edge that must be drawn for a line to part two fields
_NOISY = 4.0  # levels of noise from which thin lines come apart
_CLEAR = 0.8  # a line that is drawn is drawn to more than that; between, its path is looked at
_ABSENT = 0.3
_MOST_LINES = 150  # of a table in one direction


@dataclass(frozen=True, slots=True)
class Field:
    """One cell: its place in the grid and its pixels inside the lines.

    Attributes:
        row: First row of the grid, from 0.
        column: First column of the grid, from 0.
        height: Rows spanned.
        width: Columns spanned.
        left: Left pixel, the line left out; so too top, right and bottom.
        clear: False when the lines round it leave its extent in doubt.
    """

    row: int
    column: int
    height: int
    width: int
    left: int
    top: int
    right: int
    bottom: int
    clear: bool = True


@dataclass(frozen=True, slots=True)
class Ruled:
    """One ruled table on a page.

    Attributes:
        left: Its outer edge in pixels of the page; so too top, right and bottom.
        fields: Its cells in reading order.
        height: Rows of its grid.
    """

    left: int
    top: int
    right: int
    bottom: int
    fields: tuple[Field, ...]
    height: int


@dataclass(frozen=True, slots=True)
class _Stroke:
    """All that is drawn on one line of the grid.

    Attributes:
        place: Its height, in the mean.
        covered: What of its length is surely drawn.
        traced: What of its length is dark along its path, be it print that crosses it.
    """

    place: int
    covered: NDArray[np.bool_]
    traced: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Lines:
    """All straight lines of a page, as masks of its size.

    Attributes:
        flat: Lines from left to right.
        upright: Lines from top to bottom.
        dark_flat: All that is dark enough to be part of a flat line.
        dark_upright: All that is dark enough to be part of an upright line.
    """

    flat: Pixels
    upright: Pixels
    dark_flat: Pixels
    dark_upright: Pixels


def lines(page: Page) -> Lines:
    """Find the straight lines of a page; strokes of signs are too short to be any."""
    flat, dark_flat = _long(page, upright=False)
    upright, dark_upright = _long(page, upright=True)
    return Lines(flat, upright, dark_flat, dark_upright)


def _long(page: Page, *, upright: bool) -> tuple[Pixels, Pixels]:
    """Find the straight lines of one direction, and all that is as dark as they are."""
    grey = page.grey.T if upright else page.grey
    thick = max(4, round(page.letter * 0.45)) + 3
    if page.noise > _NOISY:
        # A mean along the line leaves the line and evens out the noise; rows of print become
        # bars, and those are thick.
        run = max(7, round(page.letter * 0.6)) | 1
        mask = _below(cv2.blur(np.ascontiguousarray(grey), (run, 1)), 215)
        solid = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((thick - 3, 1), np.uint8))
    else:
        mask = _below(cv2.GaussianBlur(grey, (3, 3), 0), max(page.level, 200))
        solid = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((thick, thick), np.uint8))
    reach = max(18, round(page.letter * (1.9 if upright else 2.2)))
    # One pixel of slack: a line that is not quite straight goes in steps.
    loose = cv2.dilate(mask, np.ones((3, 1), np.uint8))
    long = cv2.morphologyEx(loose, cv2.MORPH_OPEN, np.ones((1, reach), np.uint8))
    if solid.any():  # a solid field is no line
        long = cv2.subtract(long, cv2.dilate(solid, np.ones((5, 5), np.uint8)))
    if upright:
        return np.asarray(long, np.uint8).T, mask.T
    return np.asarray(long, np.uint8), mask


def _below(grey: Any, level: int) -> Pixels:
    return np.where(grey < level, 255, 0).astype(np.uint8)


def tables(page: Page, drawn: Lines) -> list[Ruled]:
    """Return the ruled tables of a page, top to bottom; a frame round prose is none."""
    both = cv2.dilate(cv2.bitwise_or(drawn.flat, drawn.upright), np.ones((5, 5), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(both, connectivity=8)
    found = []
    for number in range(1, count):
        left, top, wide, high, _ = stats[number]
        if wide < 5 * page.letter or high < 2 * page.letter:
            continue
        part = labels[top : top + high, left : left + wide] == number
        box = slice(top, top + high), slice(left, left + wide)
        table = _table(
            (np.where(part, drawn.flat[box], 0).astype(np.uint8), drawn.dark_flat[box]),
            (np.where(part, drawn.upright[box], 0).astype(np.uint8), drawn.dark_upright[box]),
            page.letter,
            (int(left), int(top)),
        )
        if table is not None:
            found.append(table)
    return sorted(found, key=lambda table: (table.top, table.left))


def _table(
    flat: tuple[Pixels, Pixels],
    upright: tuple[Pixels, Pixels],
    letter: float,
    corner: tuple[int, int],
) -> Ruled | None:
    near = max(3, round(letter * 0.4))
    flats = _with_ends(_strokes(*flat, near, letter), _used(upright[0], 1), letter)
    uprights = _with_ends(
        _strokes(upright[0].T, upright[1].T, near, letter), _used(flat[0], 0), letter
    )
    if len(flats) > _MOST_LINES or len(uprights) > _MOST_LINES:
        return None  # a hatching or a photograph
    for _ in range(3):  # a line that parts nothing is none: an underline in a cell
        rows, columns = [line.place for line in flats], [line.place for line in uprights]
        if len(rows) < 3 or len(columns) < 3:
            return None
        across = _edges(flats, columns, near)
        down = _edges(uprights, rows, near)
        kept_flats = _kept(flats, across)
        kept_uprights = _kept(uprights, down)
        if len(kept_flats) == len(flats) and len(kept_uprights) == len(uprights):
            break
        flats, uprights = kept_flats, kept_uprights
    fields = _fields(across, down.T, rows, columns, corner)
    if len(fields) < 4:
        return None
    x, y = corner
    return Ruled(
        x + columns[0], y + rows[0], x + columns[-1], y + rows[-1],
        tuple(fields), len(rows) - 1,
    )  # fmt: skip


def _strokes(mask: Pixels, dark: Pixels, near: int, letter: float) -> list[_Stroke]:
    """Return the flat lines of a mask: pieces that lie on one height are one line."""
    _, labels, stats, middles = cv2.connectedComponentsWithStats(mask, connectivity=8)
    pieces = sorted(
        (float(middles[number][1]), int(number))
        for number in np.flatnonzero(stats[:, 2] > 1.2 * letter)
        if number
    )
    clusters: list[list[tuple[float, int]]] = []
    weights = np.asarray(stats[:, 2], np.int32)
    for height, number in pieces:
        if clusters and height - _middle(clusters[-1], weights) <= near:
            clusters[-1].append((height, number))
        else:
            clusters.append([(height, number)])
    found = []
    for cluster in clusters:
        covered = np.zeros(mask.shape[1], dtype=bool)
        path = np.zeros(mask.shape[1])
        for _, number in cluster:
            left, top, wide, high, _ = stats[number]
            part = labels[top : top + high, left : left + wide] == number
            used = part.any(axis=0)
            covered[left : left + wide] |= used
            heights = np.arange(top, top + high) @ part / np.maximum(1, part.sum(axis=0))
            path[left : left + wide][used] = heights[used]
        found.append(
            _Stroke(round(_middle(cluster, weights)), covered, _traced(dark, covered, path))
        )
    return found


def _traced(
    dark: Pixels, covered: NDArray[np.bool_], path: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Follow a line over its gaps: where is it dark within one pixel of where it should be?"""
    places = np.arange(len(path))
    heights = np.interp(places, places[covered], path[covered]).round().astype(np.int64)
    found = np.zeros(len(path), dtype=bool)
    for step in (-1, 0, 1):
        found |= dark[(heights + step).clip(0, dark.shape[0] - 1), places] > 0
    return found


def _middle(cluster: Sequence[tuple[float, int]], weights: NDArray[np.int32]) -> float:
    total = sum(int(weights[number]) for _, number in cluster)
    return sum(height * int(weights[number]) for height, number in cluster) / total


def _used(mask: Pixels, axis: int) -> NDArray[np.bool_]:
    return np.asarray(mask.any(axis=axis), np.bool_)


def _with_ends(found: list[_Stroke], reached: NDArray[np.bool_], letter: float) -> list[_Stroke]:
    """Close a table without lines at its sides where the lines across it end."""
    ends = np.flatnonzero(reached)
    if not found or not ends.size:
        return found
    whole = np.ones_like(found[0].covered)
    if found[0].place - ends[0] > letter:
        found = [_Stroke(int(ends[0]), whole, whole), *found]
    if ends[-1] - found[-1].place > letter:
        found = [*found, _Stroke(int(ends[-1]), whole, whole)]
    return found


def _kept(found: list[_Stroke], edges: NDArray[np.float64]) -> list[_Stroke]:
    inner = [
        stroke
        for stroke, edge in zip(found[1:-1], edges[1:-1], strict=True)
        if (edge >= _PRESENT).any()
    ]
    return [found[0], *inner, found[-1]]


def _edges(
    strokes: Sequence[_Stroke], places: Sequence[int], near: int
) -> NDArray[np.float64]:
    """Return how much of each edge of the grid is drawn, 0 to 1: lines × fields between.

    A line that parts fields reaches from line to line; strokes of signs end before.
    """
    drawn = np.zeros((len(strokes), len(places) - 1))
    for line, stroke in enumerate(strokes):
        for number in range(len(places) - 1):
            drawn[line, number] = _drawn(stroke, places[number], places[number + 1], near)
    return drawn


def _drawn(stroke: _Stroke, start: int, end: int, near: int) -> float:
    """Return how much of one edge is drawn."""
    margin = min(near, (end - start) // 5)
    inner = stroke.covered[start + margin : end - margin]
    if not inner.size:
        return 1.0
    whole = float(inner.mean())
    tip = max(2, margin)
    joined = min(
        stroke.covered[start + 1 : start + 1 + tip].mean(), stroke.covered[end - tip : end].mean()
    )
    if joined < 0.6:
        # Strokes of signs end before they meet a line; so may a line that noise has eaten.
        return 0.5 if whole > _PRESENT and stroke.traced[start:end].mean() > 0.92 else 0.0
    if whole < _ABSENT or whole >= _CLEAR:
        return whole
    traced = float(stroke.traced[start + margin : end - margin].mean())
    if traced > 0.9:
        return traced
    return 0.0 if traced < 0.8 and whole < _PRESENT else min(whole, 0.55)


def _fields(
    across: NDArray[np.float64],
    down: NDArray[np.float64],
    rows: Sequence[int],
    columns: Sequence[int],
    corner: tuple[int, int],
) -> list[Field]:
    """Merge the fields of the grid that no line parts.

    Args:
        across: Lines × columns: how much of the edge on top of each field is drawn.
        down: Rows × lines: how much of the edge at its left is drawn.
        rows: Where the flat lines stand.
        columns: Where the upright lines stand.
        corner: Where the table begins on the page.
    """
    high, wide = len(rows) - 1, len(columns) - 1
    owner = np.arange(high * wide).reshape(high, wide)
    for row in range(high):
        for column in range(wide):
            if column and down[row, column] < _PRESENT:
                owner[owner == owner[row, column]] = owner[row, column - 1]
            if row and across[row, column] < _PRESENT:
                owner[owner == owner[row, column]] = owner[row - 1, column]
    crooked = _square(owner)
    fields = []
    for row in range(high):
        for column in range(wide):
            mine = np.argwhere(owner == owner[row, column])
            (first, left), (last, right) = mine.min(axis=0), mine.max(axis=0)
            if (first, left) != (row, column):
                continue
            edges = across[:, left : right + 1], down[first : last + 1]
            clear = int(owner[row, column]) not in crooked and _sharp(
                *edges, int(first), int(last) + 1, int(left), int(right) + 1
            )
            x, y = corner
            fields.append(
                Field(
                    row, column, int(last - first + 1), int(right - left + 1),
                    x + columns[left], y + rows[first],
                    x + columns[right + 1], y + rows[last + 1], clear,
                )
            )  # fmt: skip
    return fields


def _square(owner: NDArray[np.int64]) -> set[int]:
    """Make each merged cell a rectangle; return the owners of those that were none."""
    crooked: set[int] = set()
    changed = True
    while changed:
        changed = False
        for number in np.unique(owner):
            mine = np.argwhere(owner == number)
            if not mine.size:
                continue
            (top, left), (bottom, right) = mine.min(axis=0), mine.max(axis=0)
            box = owner[top : bottom + 1, left : right + 1]
            if (box != number).any():
                for other in np.unique(box):
                    crooked.discard(int(other))
                    owner[owner == other] = number
                crooked.add(int(number))
                changed = True
    return crooked


def _sharp(
    across: NDArray[np.float64],
    down: NDArray[np.float64],
    top: int,
    bottom: int,
    left: int,
    right: int,
) -> bool:
    """Tell whether the edges in and round a cell are clearly drawn or clearly not."""
    inside = [*across[top + 1 : bottom].ravel(), *down[:, left + 1 : right].ravel()]
    return all(edge < _ABSENT for edge in inside) and all(
        edge > 0.5 for line in (top, bottom) if 0 < line < len(across) - 1 for edge in across[line]
    )
