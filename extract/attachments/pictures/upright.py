"""A picture turned the right way, straightened, and scaled to letters of a good size."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.attachments.pictures.engine import Pixels
from extract.attachments.pictures.ink import Ink, letter_height, threshold

_STEEPEST = 12.0  # degrees: a scan is not laid on more askew
_SMALLEST, _LARGEST = 13.0, 34.0  # height of letters that lines and signs are found in best

_MOST = 24_000_000  # pixels: a page at 600 dpi has more than anything is read better from
_WIDEST = 3200  # pixels: an A3 sheet at 200 dpi


@dataclass(frozen=True, slots=True)
class Page:
    """A straight page.

    Attributes:
        grey: Dark print on white.
        seal: Nonzero where a seal lay.
        faint: Nonzero where a watermark lay.
        letter: The usual height of its signs, in pixels.
        level: The level that parts print from paper.
        noise: As in :class:`Ink`.
        back: The affine map (2 × 3) from its pixels to those of the picture as it came.
    """

    grey: Pixels
    seal: Pixels
    faint: Pixels
    letter: float
    level: int
    noise: float
    back: NDArray[np.float64]

    def origin(self, left: float, top: float, right: float, bottom: float) -> str:
        """Return the place of a box in the picture as it came: ``x,y,width,height``."""
        corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
        there = corners @ self.back[:, :2].T + self.back[:, 2]
        (x0, y0), (x1, y1) = there.min(axis=0), there.max(axis=0)
        x, y = max(0, round(x0)), max(0, round(y0))
        return f"{x},{y},{round(x1) - x},{round(y1) - y}"


def straighten(ink: Ink, before: NDArray[np.float64] | None = None) -> Page:
    """Straighten and scale a cleaned picture.

    Args:
        ink: The picture.
        before: The map from its pixels to those of the picture as it came (2 × 3), when it was
            turned or scaled already.

    Returns:
        The page, whose places are those of the picture as it came.
    """
    before = np.eye(2, 3) if before is None else before
    mask = np.where(ink.grey < threshold(ink.grey), 255, 0).astype(np.uint8)
    letter = letter_height(mask)
    scale = 1.0
    if letter < _SMALLEST:
        scale = min(2.5, 20 / letter)
    elif letter > _LARGEST:
        scale = 26 / letter
    angle = _tilt(mask, letter)
    high, wide = ink.grey.shape
    scale = min(scale, _WIDEST / wide)  # grain of a photograph is no type
    if scale == 1 and abs(angle) < 0.03:
        level = threshold(ink.grey)
        return Page(ink.grey, ink.seal, ink.faint, letter, level, ink.noise, before)
    size, there = _turn(wide, high, angle, scale)

    def moved(picture: Pixels, ground: int, how: int) -> Pixels:
        if scale < 0.7:  # an affine map alone would drop thin lines
            small = cv2.resize(picture, size_of(picture, scale), interpolation=cv2.INTER_AREA)
            there_from = _scaled(there, scale)
        else:
            small, there_from = picture, there
        return np.asarray(
            cv2.warpAffine(small, there_from, size, flags=how, borderValue=(ground,)), np.uint8
        )

    grey = moved(ink.grey, 255, cv2.INTER_CUBIC)
    return Page(
        grey,
        moved(ink.seal, 0, cv2.INTER_NEAREST),
        moved(ink.faint, 0, cv2.INTER_NEAREST),
        letter * scale,
        threshold(grey),
        ink.noise,
        _behind(before, np.asarray(cv2.invertAffineTransform(there), np.float64)),
    )


def quarter(picture: Pixels, turns: int) -> tuple[Pixels, NDArray[np.float64]]:
    """Turn a picture by quarters against the clock, and bound its size.

    Returns:
        The picture, and the map (2 × 3) from its pixels to those of the picture as it came.
    """
    high, wide = picture.shape[:2]
    scale = min(1.0, (_MOST / (high * wide)) ** 0.5)
    if scale < 1:
        size = round(wide * scale), round(high * scale)
        picture = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
    high, wide = picture.shape[:2]
    back = {
        0: ((1, 0, 0), (0, 1, 0)),
        1: ((0, -1, wide), (1, 0, 0)),
        2: ((-1, 0, wide), (0, -1, high)),
        3: ((0, 1, 0), (-1, 0, high)),
    }[turns]
    return np.ascontiguousarray(np.rot90(picture, turns)), np.array(back, np.float64) / scale


def _behind(second: NDArray[np.float64], first: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the map that does the first and then the second."""
    both = second[:, :2] @ first
    both[:, 2] += second[:, 2]
    return both


def size_of(picture: Pixels, scale: float) -> tuple[int, int]:
    """Return width and height of a scaled picture."""
    return max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale))


def _scaled(there: NDArray[np.float64], scale: float) -> NDArray[np.float64]:
    """Return the map for a picture that is scaled already."""
    done = there.copy()
    done[:, :2] /= scale
    return done


def _turn(
    wide: int, high: int, angle: float, scale: float
) -> tuple[tuple[int, int], NDArray[np.float64]]:
    """Return the size of the turned page and the map onto it, nothing cut off."""
    there = np.asarray(cv2.getRotationMatrix2D((wide / 2, high / 2), angle, scale), np.float64)
    cosine, sine = abs(there[0, 0]), abs(there[0, 1])
    size = round(wide * cosine + high * sine), round(wide * sine + high * cosine)
    there[0, 2] += size[0] / 2 - wide / 2
    there[1, 2] += size[1] / 2 - high / 2
    return size, there


def _tilt(mask: Pixels, letter: float) -> float:
    """Return the angle of the long lines in degrees, positive when they fall to the right."""
    shrink = max(1.0, max(mask.shape) / 3000)
    small = mask
    if shrink > 1:
        grey = cv2.resize(mask, None, fx=1 / shrink, fy=1 / shrink, interpolation=cv2.INTER_AREA)
        small = np.where(np.asarray(grey) > 60, 255, 0).astype(np.uint8)
    long = _long_parts(small, 8 * letter / shrink)
    least = max(60, int(min(small.shape) * 0.15))
    lines = cv2.HoughLinesP(long, 1, np.pi / 1800, 100, minLineLength=least, maxLineGap=4)
    if lines is None:
        return 0.0
    ends = lines.reshape(-1, 4).astype(np.float64)
    run, rise = ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1]
    steep = np.abs(rise) > np.abs(run)
    angles = np.degrees(np.where(steep, np.arctan2(-run * np.sign(rise), np.abs(rise)),
                                 np.arctan2(rise * np.sign(run), np.abs(run))))  # fmt: skip
    length = np.hypot(run, rise)
    level = np.abs(angles) <= _STEEPEST
    if not level.any():
        return 0.0
    return _weighted_median(angles[level], length[level])


def _long_parts(mask: Pixels, least: float) -> Pixels:
    """Leave what is long and joined, as rules are; signs would only cost time."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    long = np.maximum(stats[:, 2], stats[:, 3]) > least
    long[0] = False
    return np.where(long[labels], 255, 0).astype(np.uint8)


def _weighted_median(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    order = np.argsort(values)
    total = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(total, total[-1] / 2)])
