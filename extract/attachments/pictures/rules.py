"""Ruled tables: printed lines become a grid, missing lines merge its cells.

A cell is what lines enclose, so a merged cell is found without knowing the form: where no line
parts two fields of the grid, they are one cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.attachments.pictures.engine import Pixels
from extract.attachments.pictures.upright import Page

_PRESENT = 0.6  # the part of an edge that must be drawn for a line to part two fields
_DOUBTFUL = (0.3, 0.8)  # between these it may as well be the other way


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
    """All that is drawn on one line of the grid: its place, and what of its length is drawn."""

    place: int
    covered: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Lines:
    """All straight lines of a page, as masks of its size."""

    flat: Pixels
    upright: Pixels


def lines(page: Page) -> Lines:
    """Find the straight lines of a page; strokes of signs are too short to be any."""
    ink = np.where(cv2.GaussianBlur(page.grey, (3, 3), 0) < _line_level(page), 255, 0)
    mask = ink.astype(np.uint8)
    thick = max(4, round(page.letter * 0.45)) + 3
    solid = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((thick, thick), np.uint8))
    found = []
    for letters, turned in ((2.2, False), (1.9, True)):
        reach = max(18, round(page.letter * letters))
        shape, slack = ((reach, 1), (1, 3)) if turned else ((1, reach), (3, 1))
        # One pixel of slack: a line that is not quite straight goes in steps.
        loose = cv2.dilate(mask, np.ones(slack, np.uint8))
        long = cv2.morphologyEx(loose, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        if solid.any():  # a solid field is no line
            long = cv2.subtract(long, cv2.dilate(solid, np.ones((5, 5), np.uint8)))
        found.append(np.asarray(long, np.uint8))
    return Lines(*found)


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
            np.where(part, drawn.flat[box], 0).astype(np.uint8),
            np.where(part, drawn.upright[box], 0).astype(np.uint8),
            page.letter,
            (int(left), int(top)),
        )
        if table is not None:
            found.append(table)
    return sorted(found, key=lambda table: (table.top, table.left))


def _line_level(page: Page) -> int:
    """Thin lines are paler than signs, above all after scaling."""
    return max(page.level, 200)


def _table(
    flat: Pixels, upright: Pixels, letter: float, corner: tuple[int, int]
) -> Ruled | None:
    near = max(3, round(letter * 0.4))
    flats = _with_ends(_strokes(flat, near, letter), _used(upright, 1), letter)
    uprights = _with_ends(_strokes(upright.T, near, letter), _used(flat, 0), letter)
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


def _strokes(mask: Pixels, near: int, letter: float) -> list[_Stroke]:
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
        for _, number in cluster:
            left, top, wide, high, _ = stats[number]
            part = labels[top : top + high, left : left + wide] == number
            covered[left : left + wide] |= part.any(axis=0)
        found.append(_Stroke(round(_middle(cluster, weights)), covered))
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
        found = [_Stroke(int(ends[0]), whole), *found]
    if ends[-1] - found[-1].place > letter:
        found = [*found, _Stroke(int(ends[-1]), whole)]
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
            start, end = places[number], places[number + 1]
            margin = min(near, (end - start) // 5)
            inner = stroke.covered[start + margin : end - margin]
            tip = max(1, len(inner) // 8)
            whole = float(inner.mean()) if inner.size else 1.0
            if inner.size and min(inner[:tip].mean(), inner[-tip:].mean()) < 0.5:
                whole = min(whole, 0.5)
            drawn[line, number] = whole
    return drawn


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
    return all(edge < _DOUBTFUL[0] for edge in inside) and all(
        edge > 0.5 for line in (top, bottom) if 0 < line < len(across) - 1 for edge in across[line]
    )
