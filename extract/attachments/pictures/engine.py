"""The recogniser: finds lines of text in a picture and reads them, sign by sign with its doubt.

PP-OCR by rapidocr, whose models come with the package: nothing is downloaded. One thread: it runs
in a worker beside others, and what it answers must not depend on the machine's load.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from rapidocr import RapidOCR

Pixels = NDArray[np.uint8]
"""Rows × columns of grey, 0 black to 255 white; or a mask of them, 0 and 255."""

_HEIGHT = 48  # the model's own
_WIDTHS = (64, 96, 160, 240, 320, 480, 640, 960, 1280, 1920, 2560)
_BATCH_WIDTH = 2600  # pixels of width read at once; bounds memory


@dataclass(frozen=True, slots=True)
class Reading:
    """One line as read.

    Attributes:
        text: Its signs.
        sure: Confidence of each sign, 0 to 1.
        places: Where each sign stands, 0 (left edge of the crop) to 1.
    """

    text: str
    sure: tuple[float, ...]
    places: tuple[float, ...]

    @property
    def least(self) -> float:
        """The confidence of the sign that is least sure; 0 when there is none."""
        return min(self.sure, default=0.0)


class Engine:
    """The two models, loaded once in a process (half a second, 0.5 GB)."""

    def __init__(self) -> None:
        cv2.setNumThreads(1)
        one = "EngineConfig.onnxruntime"
        ocr: Any = RapidOCR(
            params={
                "Global.log_level": "critical",
                f"{one}.intra_op_num_threads": 1,
                f"{one}.inter_op_num_threads": 1,
            }
        )
        self._recogniser = ocr._load_rec_model()  # no public way to one model alone
        self._detector = ocr._load_det_model()
        self._signs: list[str] = self._recogniser.postprocess_op.character

    def find(self, picture: Pixels) -> list[NDArray[np.float32]]:
        """Return the four corners of each line of text, top to bottom."""
        found = self._detector(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)).boxes
        return [] if found is None else [np.asarray(box, np.float32) for box in found]

    def read(self, crops: Sequence[Pixels]) -> list[Reading]:
        """Read lines of text.

        Args:
            crops: Grey pictures of one line each, dark on light.

        Returns:
            A reading for each crop.
        """
        widths = [_width(crop) for crop in crops]
        readings: list[Reading | None] = [None] * len(crops)
        order = sorted(range(len(crops)), key=widths.__getitem__)
        start = 0
        while start < len(order):
            width = _bucket(widths[order[start]])
            batch = [
                index
                for index in order[start : start + max(1, _BATCH_WIDTH // width)]
                if widths[index] <= width
            ]
            stack = np.stack([_normal(crops[index], width) for index in batch])
            answer = self._recogniser.session(stack)
            for index, signs in zip(batch, answer, strict=True):
                readings[index] = self._decode(signs, width / min(widths[index], width))
            start += len(batch)
        return [reading for reading in readings if reading is not None]

    def _decode(self, signs: NDArray[np.float32], stretch: float) -> Reading:
        """Collapse repeated signs (CTC): a sign lasts until the blank or another sign."""
        best = signs.argmax(axis=1)
        first = np.ones(len(best), dtype=bool)
        first[1:] = best[1:] != best[:-1]
        kept = np.flatnonzero(first & (best != 0))
        return Reading(
            "".join(self._signs[best[place]] for place in kept),
            tuple(float(signs[place, best[place]]) for place in kept),
            tuple(min(1.0, float((place + 0.5) / len(best) * stretch)) for place in kept),
        )


@cache
def engine() -> Engine:
    """Return the engine of this process."""
    return Engine()


def _width(crop: Pixels) -> int:
    return int(max(8, min(_WIDTHS[-1], round(crop.shape[1] * _HEIGHT / crop.shape[0]))))


def _bucket(width: int) -> int:
    return next(size for size in _WIDTHS if size >= width)


def _normal(crop: Pixels, width: int) -> NDArray[np.float32]:
    """Scale to the model's height, pad to the right, and centre the values on 0."""
    own = _width(crop)
    method = cv2.INTER_AREA if crop.shape[0] > _HEIGHT else cv2.INTER_CUBIC
    scaled = cv2.resize(crop, (own, _HEIGHT), interpolation=method).astype(np.float32)
    plane = np.zeros((_HEIGHT, width), np.float32)
    plane[:, :own] = scaled / 127.5 - 1
    return np.repeat(plane[np.newaxis], 3, axis=0)
