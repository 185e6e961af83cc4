"""The text outside ruled tables: found, read, and joined to paragraphs.

Figures that stand in columns without any rules are left out and told: which column a number
belongs to would be a guess, and a blank cell would move all numbers behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.attachments.pictures.engine import Engine, Pixels
from extract.attachments.pictures.rules import Lines, Ruled
from extract.attachments.pictures.upright import Page

_TILE = 1400  # pixels of height looked at at once
MOST_TILES = 24
_FOUND = 14.0  # height of letters at which lines of text are looked for
_NUMBER = re.compile(r"[-+]?[\d.,，]+%?|[-—/]|无")
_ENDS = "。！？；：:;!?"


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its text, its box on the page, and how sure it is."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    sure: float


@dataclass(frozen=True, slots=True)
class Prose:
    """What stands outside the tables of a page.

    Attributes:
        paragraphs: Joined lines, top to bottom.
        unruled: Lines of figures in columns without rules, left out.
        cut: Whether the page went on beyond the limit of size.
    """

    paragraphs: tuple[Line, ...]
    unruled: tuple[Line, ...]
    cut: bool


def prose(page: Page, drawn: Lines, tables: Sequence[Ruled], engine: Engine) -> Prose:
    """Read the text outside the tables of a page."""
    grey = _outside(page, drawn, tables)
    boxes: list[tuple[float, float, float, float]] = []
    tiles = _tiles(grey, page.level)
    for top, bottom in tiles[:MOST_TILES]:
        part = grey[top:bottom]
        if (part < page.level).sum() < page.letter:
            continue
        for corners in _found(part, page.letter, engine):
            (x0, y0), (x1, y1) = corners.min(axis=0), corners.max(axis=0)
            boxes.append((float(x0), float(y0) + top, float(x1), float(y1) + top))
    crops = [_crop(grey, box) for box in boxes]
    found = [
        Line(reading.text.strip(), *box, sum(reading.sure) / len(reading.sure))
        for reading, box in zip(engine.read(crops), boxes, strict=True)
        if reading.text.strip()
    ]
    rows = _rows([line for line in found if line.sure > 0.5])
    kept, unruled = _without_figures(rows, tables)
    joined = paragraphs([_joined(row, page.letter) for row in kept], page.letter, tables)
    return Prose(
        tuple(joined),
        tuple(_joined(row, page.letter) for row in unruled),
        len(tiles) > MOST_TILES,
    )


def paragraphs(lines: Sequence[Line], letter: float, tables: Sequence[Ruled] = ()) -> list[Line]:
    """Join printed lines to paragraphs.

    A line goes on from the one above when that one is full, and it begins at the left edge at
    the usual distance in the same size.

    Args:
        lines: Printed lines, top to bottom.
        letter: The usual height of signs.
        tables: A table between two lines parts them.

    Returns:
        The paragraphs, each with the box of all its lines.
    """
    if not lines:
        return []
    left = float(np.percentile([line.left for line in lines], 5))
    right = float(np.percentile([line.right for line in lines], 95))
    found: list[Line] = []
    last = lines[0]
    for line in lines:
        if found and _goes_on(last, line, left, right, letter) and not any(
            last.top < table.top < line.top for table in tables
        ):
            whole = found[-1]
            found[-1] = Line(
                whole.text + line.text,
                min(whole.left, line.left), whole.top,
                max(whole.right, line.right), line.bottom,
                min(whole.sure, line.sure),
            )  # fmt: skip
        else:
            found.append(line)
        last = line
    return found


def _goes_on(last: Line, line: Line, left: float, right: float, letter: float) -> bool:
    high, before = line.bottom - line.top, last.bottom - last.top
    return (
        last.right > right - 2.5 * letter
        and line.left < left + 1.4 * letter
        and line.top - last.bottom < 1.6 * max(high, before)
        and 0.7 < high / before < 1.4
        and not (last.text.endswith(tuple(_ENDS)) and last.right < right - letter)
    )


def _outside(page: Page, drawn: Lines, tables: Sequence[Ruled]) -> Pixels:
    """Return the page without its tables and frames."""
    grey = page.grey.copy()
    lines = cv2.bitwise_or(_long(drawn.flat, page.letter), _long(drawn.upright, page.letter))
    grey[cv2.dilate(lines, np.ones((3, 3), np.uint8)) > 0] = 255
    for table in tables:
        grey[table.top - 2 : table.bottom + 3, max(0, table.left - 2) : table.right + 3] = 255
    return grey


def _long(mask: Pixels, letter: float) -> Pixels:
    """Leave only lines longer than strokes of large type could be."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    long = np.maximum(stats[:, 2], stats[:, 3]) > 8 * letter
    long[0] = False
    return np.where(long[labels], 255, 0).astype(np.uint8)


def _tiles(grey: Pixels, level: int) -> list[tuple[int, int]]:
    """Cut a page into pieces where the least is printed, so that no line of text is cut."""
    high = grey.shape[0]
    inked = (grey < level).sum(axis=1)
    tiles, top = [], 0
    while high - top > _TILE:
        window = inked[top + _TILE // 2 : top + _TILE]
        least = np.flatnonzero(window == window.min())
        cut = top + _TILE // 2 + int(least[len(least) // 2])
        tiles.append((top, cut))
        top = cut
    return [*tiles, (top, high)]


def _found(part: Pixels, letter: float, engine: Engine) -> list[NDArray[np.float32]]:
    """Find lines of text in a smaller copy: they are found as well in it, and sooner."""
    scale = min(1.0, _FOUND / letter)
    size = max(1, round(part.shape[1] * scale)), max(1, round(part.shape[0] * scale))
    small = np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), np.uint8)
    return [corners / np.float32(scale) for corners in engine.find(small)]


def _crop(grey: Pixels, box: tuple[float, float, float, float]) -> Pixels:
    left, top = max(0, int(box[0]) - 1), max(0, int(box[1]) - 1)
    part = grey[top : int(box[3]) + 2, left : int(box[2]) + 2]
    return part if part.size else np.full((8, 8), 255, np.uint8)


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Put together what stands on one printed line, left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.top + line.bottom) / 2):
        middle = (line.top + line.bottom) / 2
        if rows and all(other.top < middle < other.bottom for other in rows[-1]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


def _joined(row: Sequence[Line], letter: float) -> Line:
    text = row[0].text
    for before, line in zip(row, row[1:], strict=False):
        text += ("  " if line.left - before.right > 1.5 * letter else "") + line.text
    return Line(
        text, row[0].left, min(line.top for line in row),
        max(line.right for line in row), max(line.bottom for line in row),
        min(line.sure for line in row),
    )  # fmt: skip


def _without_figures(
    rows: Sequence[list[Line]], tables: Sequence[Ruled]
) -> tuple[list[list[Line]], list[list[Line]]]:
    """Part rows of figures in columns from rows of text."""
    figures = [sum(bool(_NUMBER.fullmatch(line.text)) for line in row) >= 2 for row in rows]
    if sum(figures) < 2:
        figures = [False] * len(rows)
    kept = [row for row, is_figures in zip(rows, figures, strict=True) if not is_figures]
    left_out = [row for row, is_figures in zip(rows, figures, strict=True) if is_figures]
    return kept, left_out
