"""Colours to ink: seals, watermarks and grounds are taken away, what is printed stays dark.

What was taken away is remembered, since a cell under it is read with less trust.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.attachments.pictures.engine import Pixels

_PAPER = 255
_MARK = 150  # an ink as light as this everywhere is a watermark (or faint print: told as doubt)


@dataclass(frozen=True, slots=True)
class Ink:
    """A cleaned picture; all three of one size.

    Attributes:
        grey: Dark print on white.
        seal: Nonzero where a seal lay over the print.
        faint: Nonzero where a faint mark, a watermark in general, was taken away.
        noise: The usual difference of a pixel from those round it, in levels.
    """

    grey: Pixels
    seal: Pixels
    faint: Pixels
    noise: float = 0.0


def clean(picture: Pixels) -> Ink:
    """Take seals, grounds and watermarks out of a picture of red, green and blue."""
    height = letter_height(_dark(picture.min(axis=2)))
    darkest = picture.min(axis=2)  # coloured print is as dark as its strongest ink
    seal = _seals(picture, height)
    if seal.any():
        darkest = np.where(seal > 0, _without_red(picture, seal), darkest)
    even = _on_white(_right_way_round(darkest, height), height)
    noise = _noise(even)
    grey, faint = _without_marks(even, height)
    return Ink(grey, seal, faint, noise)


def letter_height(dark: Pixels) -> float:
    """Return the usual height of the signs of a mask, in pixels; 16 when there are none."""
    small = _small(dark)
    _, _, stats, _ = cv2.connectedComponentsWithStats(small, connectivity=8)
    scale = float(dark.shape[0] / small.shape[0])
    wide, high, area = stats[1:, 2], stats[1:, 3], stats[1:, 4]
    letters = (high >= 5) & (high <= 90) & (wide <= 2.5 * high) & (wide >= 0.15 * high)
    letters &= area > 0.12 * wide * high
    if letters.sum() < 5:
        return 16.0 * scale
    return float(np.percentile(high[letters], 60) * scale)


def threshold(grey: Pixels) -> int:
    """Return the level that parts print from paper."""
    level, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return int(np.clip(level, 90, 190))


def _dark(grey: Pixels) -> Pixels:
    return np.where(grey < threshold(grey), 255, 0).astype(np.uint8)


def _small(mask: Pixels) -> Pixels:
    """Return a mask of at most about eight million pixels; a scan at 600 dpi has more."""
    step = max(1, round((mask.size / 8_000_000) ** 0.5))
    return mask[::step, ::step]


def _noise(grey: Pixels) -> float:
    """Return how much paper differs from itself; print and specks are a small part of it."""
    calm = np.asarray(cv2.medianBlur(grey, 3), np.uint8)
    paper = cv2.absdiff(grey, calm)[calm > 215][::7]
    return float(np.percentile(paper, 70)) if paper.size else 0.0


def _seals(picture: Pixels, height: float) -> Pixels:
    """Find seals: red, and far higher and wider than a sign. Red print is no seal."""
    red, green, blue = (picture[:, :, channel].astype(np.int16) for channel in range(3))
    reddish = (red - np.maximum(green, blue) > 40) & (np.abs(green - blue) < 90)
    mask = np.where(reddish, 255, 0).astype(np.uint8)
    found = np.zeros_like(mask)
    if not reddish.any():
        return found
    reach = max(3, round(height * 0.8)) | 1
    joined = cv2.dilate(mask, np.ones((reach, reach), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    for number in range(1, count):
        left, top, wide, high, _ = stats[number]
        if min(wide, high) > 5 * height and 0.4 < wide / high < 2.5:
            part = labels[top : top + high, left : left + wide] == number
            found[top : top + high, left : left + wide][part] = 255
    return found


def _without_red(picture: Pixels, seal: Pixels) -> Pixels:
    """Return the red channel: red ink is as light in it as paper, black print stays dark."""
    red = picture[:, :, 0].astype(np.float32)
    inked = (seal > 0) & (red - picture[:, :, 1:].max(axis=2) > 40)
    light = float(np.percentile(red[inked], 30)) if inked.any() else 255.0
    lifted = (red - 30) * (255 / max(60.0, 0.92 * light - 30))
    return np.asarray(lifted.clip(0, 255), np.uint8)


def _right_way_round(grey: Pixels, height: float) -> Pixels:
    """Turn light print on dark fields into dark print on light ones."""
    side = max(5, round(height * 0.9))
    dark = np.where(grey < 140, 255, 0).astype(np.uint8)
    fields = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    if not fields.any():
        return grey
    # The field reaches round the print on it, and over the thin light lines that part fields.
    reach = max(3, round(height * 1.2)) | 1
    fields = cv2.morphologyEx(fields, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    ground = cv2.erode(grey, np.ones((side, side), np.uint8))
    turned = 255 - (grey.astype(np.int16) - ground).clip(0, 255) * 255 // np.maximum(
        1, 255 - ground.astype(np.int16)
    )
    return np.asarray(np.where(fields > 0, turned, grey), np.uint8)


def _on_white(grey: Pixels, height: float) -> Pixels:
    """Even out the ground: shadows and coloured cells become white."""
    shrink = max(1, round(height / 8))
    small = cv2.resize(grey, None, fx=1 / shrink, fy=1 / shrink, interpolation=cv2.INTER_AREA)
    reach = max(3, round(height / shrink * 1.2)) | 1
    ground = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    ground = cv2.medianBlur(ground, 5)
    full = cv2.resize(ground, grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, np.maximum(full, 40), scale=_PAPER), np.uint8)


def _without_marks(grey: Pixels, height: float) -> tuple[Pixels, Pixels]:
    """Take away what is faint all over: watermarks, show-through, specks of compression."""
    shown = (cv2.medianBlur(grey, 3) < 235) | (grey < 215)  # the median has no thin lines
    mask = np.where(shown, 255, 0).astype(np.uint8)
    faint = np.zeros_like(grey)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    if count <= 1:
        return grey, faint
    darkest = np.full(count, 255, np.uint8)
    np.minimum.at(darkest, np.asarray(labels, np.intp).ravel(), grey.ravel())
    weak = darkest > _MARK
    weak[0] = False
    large = weak & (stats[:, 3] > 0.4 * height)
    faint[large[labels]] = 255
    # Its parts that touch print have its level, so that level becomes the white.
    if faint.mean() > 255 * 0.002:
        white = min(250.0, max(170.0, float(np.percentile(grey[faint > 0], 25)) - 12))
        grey = (grey.astype(np.float32) * (255 / white)).clip(0, 255).astype(np.uint8)
    away = weak | _dirt(mask, labels, stats, height)
    paper = away[labels] | ((mask == 0) & (grey > 235))
    return np.where(paper, 255, grey).astype(np.uint8), faint


def _dirt(mask: Pixels, labels: Any, stats: Any, height: float) -> NDArray[np.bool_]:
    """Tell which pieces are specks far from any print; points and dots stand beside signs."""
    small = np.asarray(stats[:, 2:4].max(axis=1) <= max(3.0, 0.25 * height), np.bool_)
    small[0] = False
    if not small.any():
        return small
    reach = max(3, round(0.7 * height)) | 1
    print_ = np.where(small[labels], 0, mask).astype(np.uint8)
    near = cv2.dilate(print_, np.ones((reach, reach), np.uint8))
    beside = np.zeros(len(small), np.bool_)
    beside[np.unique(labels[near > 0])] = True
    return small & ~beside
