"""The text of each cell of a ruled table, and how far it can be trusted.

A blank cell is one without print, whatever a recogniser might make of its specks. A number is read
twice, in two renderings, and its signs are counted: readings of pictures go wrong by a lost or
doubled digit above all, and then these three disagree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.attachments.pictures.engine import Engine, Pixels, Reading
from extract.attachments.pictures.rules import Field, Ruled
from extract.attachments.pictures.upright import Page

_NOISY = 2.0  # levels of noise from which thin strokes come apart
_LABEL = 4.5  # heights of a letter; what is wider is no number, or one that dirt cannot change
DOUBT = 0.4  # what is given to a reading that something speaks against
_NUMBER = re.compile(r"[-+−]?\d+(?:[,，]\d{3})*(?:\.\d+)?%?")
# Signs that a recogniser gives for digits, and that no cell of the form holds alone.
_LOOKALIKES = str.maketrans("OoQDlIi|丨〇○。", "00001111100.")


@dataclass(slots=True)
class Text:
    """What a cell says: lines joined by newlines, and how sure it is."""

    text: str = ""
    sure: float = 1.0


@dataclass(slots=True)
class _Cut:
    """A cell's print, cut out: one crop for each of its lines."""

    lines: list[Pixels] = field(default_factory=list)
    signs: list[int] = field(default_factory=list)  # separate signs in each line
    sure: float = 1.0


def texts(page: Page, table: Ruled, engine: Engine) -> list[Text]:
    """Read all cells of a table.

    Args:
        page: The page.
        table: A table of it.
        engine: The recogniser.

    Returns:
        A text for each of ``table.fields``.
    """
    cuts = [_cut(page, cell) for cell in table.fields]
    crops = _Once()
    first = [[crops.add(line) for line in cut.lines] for cut in cuts]
    readings = engine.read(crops.pictures)
    short = [
        [number if _is_short(readings[number]) else None for number in numbers] for numbers in first
    ]
    again = _Once()
    second = [
        [
            None if number is None else again.add(_other(line, page.level))
            for number, line in zip(numbers, cut.lines, strict=True)
        ]
        for numbers, cut in zip(short, cuts, strict=True)
    ]
    checks = engine.read(again.pictures)
    found = []
    for cut, numbers, seconds in zip(cuts, first, second, strict=True):
        parts = [
            _agreed(readings[number], None if other is None else checks[other], signs)
            for number, other, signs in zip(numbers, seconds, cut.signs, strict=True)
        ]
        text = "\n".join(part.text for part in parts)
        sure = min((part.sure for part in parts), default=1.0)
        found.append(Text(text, min(sure, cut.sure)))
    return found


class _Once:
    """Pictures to be read, equal ones only once: most cells of a form are the same 0."""

    def __init__(self) -> None:
        self.pictures: list[Pixels] = []
        self._known: dict[tuple[tuple[int, ...], bytes], int] = {}

    def add(self, picture: Pixels) -> int:
        """Return the number of a picture among those to be read."""
        key = picture.shape, picture.tobytes()
        if key not in self._known:
            self._known[key] = len(self.pictures)
            self.pictures.append(picture)
        return self._known[key]


def _cut(page: Page, cell: Field) -> _Cut:
    """Cut the lines of print out of a cell."""
    cut = _Cut(sure=1.0 if cell.clear else DOUBT)
    grey, crossed = _inside(page, cell)
    if crossed:
        cut.sure = min(cut.sure, DOUBT)
    mask, specks = _print(grey, page)
    if not mask.any():
        if specks or _faint_print(page, cell):
            cut.sure = min(cut.sure, 0.6)
        return cut
    for top, bottom in _line_spans(mask, page.letter):
        part = _without_stray_dots(mask[top:bottom], page.letter)
        across = np.flatnonzero(part.any(axis=0))
        left, right = int(across[0]), int(across[-1]) + 1
        bare = grey[top:bottom]
        if right - left > _LABEL * page.letter:
            # Words: thin strokes at their ends may be paler than what counts as print.
            more = round(0.6 * page.letter)
            left, right = max(0, left - more), min(bare.shape[1], right + more)
            bare = grey[max(0, top - 2) : bottom + 2]
        elif page.noise <= _NOISY:
            # Maybe a number: dirt beside the signs goes, their soft edges stay.
            near = cv2.dilate(part, np.ones((5, 5), np.uint8))
            bare = np.where(near > 0, bare, 255).astype(np.uint8)
        cut.lines.append(_crop(bare[:, left:right], page.letter))
        cut.signs.append(_count((bare < page.level)[:, left:right]))
    return cut


def _inside(page: Page, cell: Field) -> tuple[Pixels, bool]:
    """Return a cell's pixels without its lines, and whether ink that crosses them was taken out."""
    grey = page.grey[cell.top : cell.bottom + 1, cell.left : cell.right + 1]
    deepest = max(3, round(0.5 * page.letter))
    dark = grey < _loose(page.level)
    top, bottom = _thickness(dark, deepest), _thickness(dark[::-1], deepest)
    left, right = _thickness(dark.T, deepest), _thickness(dark.T[::-1], deepest)
    grey = grey[top : len(grey) - bottom, left : grey.shape[1] - right].copy()
    if min(grey.shape, default=0) < 4:
        return np.full((8, 8), 255, np.uint8), False
    reach = max(2, round(0.2 * page.letter))
    rows = slice(cell.top + top, cell.top + top + grey.shape[0])
    columns = slice(cell.left + left, cell.left + left + grey.shape[1])
    beyond = (
        page.grey[_up_to(cell.top - top, reach), columns].T,
        page.grey[cell.bottom + bottom :][:reach, columns].T,
        page.grey[rows, _up_to(cell.left - left, reach)],
        page.grey[rows, cell.right + right :][:, :reach],
    )
    inked = [np.asarray((side < _loose(page.level)).any(axis=1), np.bool_) for side in beyond]
    return grey, _take_out_crossing(grey, page, inked)


def _up_to(end: int, reach: int) -> slice:
    return slice(max(0, end - reach + 1), max(0, end + 1))


def _thickness(dark: NDArray[np.bool_], deepest: int) -> int:
    """Return how many rows at the top of a cell belong to its line."""
    wide = dark.shape[1]
    middle = dark[:deepest, wide // 8 : max(wide // 8 + 1, wide - wide // 8)]
    lined = np.flatnonzero(middle.mean(axis=1) > 0.6)
    return int(lined[-1]) + 2 if lined.size else 1


def _take_out_crossing(grey: Pixels, page: Page, beyond: Sequence[NDArray[np.bool_]]) -> bool:
    """Take remains of lines out of a cell.

    Args:
        grey: The cell's pixels, changed in place.
        page: Its page.
        beyond: Where there is ink beyond its lines: above, below, left and right of it.

    Returns:
        Whether a stroke comes in from beyond. Print may lean on a line, as in narrow rows.
    """
    mask = np.where(grey < _loose(page.level), 255, 0).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    high, wide = grey.shape
    margin = max(1, round(page.letter * 0.1))
    crossed = False
    sides = labels[0], labels[-1], labels[:, 0], labels[:, -1]
    edges = np.concatenate(sides)
    for number in np.unique(edges[edges > 0]):
        _, _, w, h, _ = stats[number]
        part = labels == number
        depth = min(w, h) if w > 0.5 * wide or h > 0.5 * high else max(w, h)
        if depth <= max(3, 0.3 * page.letter):
            grey[part] = 255  # remains of the line
        elif w > 0.7 * wide or h > 0.7 * high:
            # Print that touches a line which is not quite straight: only the line's pixels go.
            edge = np.ones_like(part)
            edge[margin:-margin, margin:-margin] = False
            grey[part & edge] = 255
            crossed = True
        else:
            crossed = crossed or any(
                bool(((side == number) & ink).any())
                for side, ink in zip(sides, beyond, strict=True)
            )
    return crossed


def _loose(level: int) -> int:
    """Return the level that holds thin strokes too, which are paler than thick ones."""
    return min(level + 45, 205)


def _print(grey: Pixels, page: Page) -> tuple[Pixels, bool]:
    """Return the mask of a cell's print without dirt, and whether some dirt was a sign's size."""
    smooth, loose = grey, _loose(page.level)
    if page.noise > _NOISY:
        smooth, loose = np.asarray(cv2.GaussianBlur(grey, (3, 3), 0), np.uint8), max(loose, 212)
    mask = np.where(smooth < loose, 255, 0).astype(np.uint8)
    letter = page.letter
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    wide, high, area = stats[:, 2], stats[:, 3], stats[:, 4]
    darkest = np.full(count, 255, np.uint8)
    np.minimum.at(darkest, np.asarray(labels, np.intp).ravel(), smooth.ravel())
    dark = darkest < loose - 8
    signs = (np.maximum(wide, high) >= 0.45 * letter) & (area >= max(4, 0.02 * letter**2)) & dark
    signs[0] = False
    if not signs.any():
        dirt = (np.maximum(wide, high) >= 0.3 * letter) & (area >= max(4, 0.02 * letter**2))
        return np.zeros_like(mask), bool(dirt[1:].any())
    # Points, commas and the dots of signs stand beside signs; dirt far from them goes.
    near = cv2.dilate(
        np.where(signs[labels], 255, 0).astype(np.uint8),
        np.ones((round(letter * 0.8) | 1, round(letter) | 1), np.uint8),
    )
    dots = np.zeros(count, dtype=bool)
    dots[np.unique(labels[near > 0])] = True
    dots &= area >= max(2, 0.006 * letter**2)
    dots[0] = False
    return np.where((signs | dots)[labels], 255, 0).astype(np.uint8), False


def _without_stray_dots(line: Pixels, letter: float) -> Pixels:
    """Drop dots from a number that are no decimal point: those not between its digits at the foot.

    Chinese signs are wider than digits, and have dots of their own: such a line stays.
    """
    count, labels, stats, _ = cv2.connectedComponentsWithStats(line, connectivity=8)
    left, top, wide, high = (stats[1:, column] for column in range(4))
    tall = high >= 0.6 * letter
    if count < 3 or not tall.any() or (wide > 0.9 * letter).any():
        return line
    head, foot = int(top[tall].min()), int((top + high)[tall].max())
    first, last = int(left[tall].min()), int((left + wide)[tall].max())
    dot = np.maximum(wide, high) < 0.35 * letter
    point = (top + high / 2 > foot - 0.3 * (foot - head)) & (left > first) & (left + wide < last)
    stray = np.concatenate(([False], dot & ~point))
    return np.where(stray[labels], 0, line).astype(np.uint8)


def _faint_print(page: Page, cell: Field) -> bool:
    """Tell whether something faint, of a sign's size and wholly inside, was taken from a cell."""
    faint = page.faint[cell.top + 3 : cell.bottom - 2, cell.left + 3 : cell.right - 2]
    if not faint.any():
        return False
    count, _, stats, _ = cv2.connectedComponentsWithStats(faint, connectivity=8)
    high, wide = faint.shape
    for number in range(1, count):
        x, y, w, h, _ = stats[number]
        inside = x > 1 and y > 1 and x + w < wide - 1 and y + h < high - 1
        if inside and 0.6 * page.letter < h < 1.6 * page.letter:
            return True
    return False


def _line_spans(mask: Pixels, letter: float) -> list[tuple[int, int]]:
    """Part the print of a cell into lines, top to bottom."""
    inked = (mask > 0).sum(axis=1)
    used = np.flatnonzero(np.diff(np.concatenate(([0], (inked > 0).astype(np.int8), [0]))))
    spans = [(int(used[i]), int(used[i + 1])) for i in range(0, len(used), 2)]
    joined: list[tuple[int, int]] = []
    for top, bottom in spans:  # 二 and 三 come in strokes; a line is a sign high
        stroke = bottom - top < 0.4 * letter
        if joined and (
            bottom - joined[-1][0] <= 1.45 * letter
            or (stroke and top - joined[-1][1] < 0.2 * letter)
        ):
            joined[-1] = joined[-1][0], bottom
        else:
            joined.append((top, bottom))
    found = []
    for top, bottom in joined:
        found += _parted(inked, top, bottom, letter)
    return found


def _parted(
    inked: NDArray[np.int64], top: int, bottom: int, letter: float
) -> list[tuple[int, int]]:
    """Part lines that touch each other at the thinnest place between them."""
    if bottom - top < 2.1 * letter:
        return [(top, bottom)]
    low, high = top + round(0.9 * letter), min(bottom - 1, top + round(1.9 * letter))
    cut = low + int(np.argmin(inked[low:high]))
    if inked[cut] > 0.35 * inked[top:bottom].max():
        return [(top, bottom)]
    return [(top, cut), *_parted(inked, cut, bottom, letter)]


def _crop(part: Pixels, letter: float) -> Pixels:
    """Put paper round a line, as the recogniser is used to."""
    high = part.shape[0]
    margin = max(2, round(high * 0.15))
    side = max(3, round(letter * 0.4))
    more = max(0, round(letter * 1.1) - high)  # a dash must not be blown up to a bar
    return np.asarray(
        cv2.copyMakeBorder(
            part, margin + more // 2, margin + more - more // 2, side, side,
            cv2.BORDER_CONSTANT, value=(255,),
        ),
        np.uint8,
    )  # fmt: skip


def _other(crop: Pixels, level: int) -> Pixels:
    """Render a crop another way: larger, with harder contrast and more paper round it."""
    grown = cv2.resize(crop, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    hard = ((grown.astype(np.float32) - level) * 1.8 + level).clip(0, 255).astype(np.uint8)
    margin = round(crop.shape[0] * 0.25)
    return np.asarray(
        cv2.copyMakeBorder(
            hard, margin, margin, 3 * margin, 3 * margin, cv2.BORDER_CONSTANT, value=(255,)
        ),
        np.uint8,
    )


def _count(mask: NDArray[np.bool_]) -> int:
    """Count the signs of a line, those that stand clear of each other."""
    inked = mask.any(axis=0).astype(np.int8)
    starts = np.flatnonzero(np.diff(np.concatenate(([0], inked))) > 0)
    return len(starts)


def _is_short(reading: Reading) -> bool:
    """Tell whether a reading may be a number: labels are not read twice."""
    text = reading.text
    return len(text) <= 3 or bool(re.search(r"\d", text) and len(text) <= 14)


def _agreed(first: Reading, second: Reading | None, signs: int) -> Text:
    """Weigh two readings of one line and the count of its signs."""
    if second is None:
        return Text(first.text.strip(), _mean(first.sure))
    one, two = _plain(first.text), _plain(second.text)
    best = first if first.least >= second.least else second
    text = _plain(best.text)
    if one != two:
        return Text(text or one or two, DOUBT)
    if not text:
        return Text("", 0.0)  # print that nobody can read is no blank
    sure = max(first.least, second.least)
    if _NUMBER.fullmatch(text):
        digits = len(re.sub(r"[.,，%]", "", text))
        if signs > len(text) or signs < digits / 2:
            return Text(text, DOUBT)  # digits were lost, or made up
        if signs != digits or best.text != text:
            sure = min(sure, 0.9)
    elif re.search(r"\d", text) and not re.search(r"[\u4e00-\u9fff]", text):
        sure = min(sure, DOUBT)  # neither a number nor words
    return Text(text, sure)


def _plain(text: str) -> str:
    """Write lookalikes of digits as digits where they stand alone or among digits."""
    bare = "".join(text.split())
    as_digits = bare.translate(_LOOKALIKES)
    return as_digits if _NUMBER.fullmatch(as_digits) else bare


def _mean(values: Iterable[float]) -> float:
    numbers = list(values)
    return sum(numbers) / len(numbers) if numbers else DOUBT
