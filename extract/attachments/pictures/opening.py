"""From a file's bytes to pixels, with limits before anything is decoded."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from extract.attachments.paper import UnreadableError
from extract.attachments.pictures.engine import Pixels

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "MPO")
LARGEST = 64_000_000  # pixels of one frame: an A4 sheet at 600 dpi has 35 million
MOST_FRAMES = 60  # pages of a TIFF
# What Pillow's decoders raise on damaged data.
_BROKEN = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError,
    EOFError, struct.error, Image.DecompressionBombError,
)  # fmt: skip


def frames(data: bytes) -> Iterator[Pixels]:
    """Yield each page of a picture file as red, green and blue on white ground.

    Of a moving picture (GIF, WebP, APNG) only the first frame is a page. A turn told by the
    camera is applied.

    Raises:
        UnreadableError: ``broken``, ``too_large`` or ``unknown_type``.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # damaged metadata, sizes that are judged below
        try:
            picture = Image.open(io.BytesIO(data), formats=FORMATS)
            count = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
        except UnidentifiedImageError as error:
            raise UnreadableError("unknown_type", "no picture of a kind that is read") from error
        except Image.DecompressionBombError as error:
            raise UnreadableError("too_large", f"the picture is too large: {error}") from error
        except _BROKEN as error:
            raise UnreadableError("broken", f"the picture is broken: {error}") from error
        for number in range(min(count, MOST_FRAMES)):
            yield _frame(picture, number)


def _frame(picture: Image.Image, number: int) -> Pixels:
    try:
        if number:
            picture.seek(number)
        wide, high = picture.size
        if wide * high > LARGEST:
            raise UnreadableError("too_large", f"a picture of {wide} × {high} pixels")
        return rgb(ImageOps.exif_transpose(picture))
    except _BROKEN as error:
        raise UnreadableError("broken", f"the picture is broken: {error}") from error


def pixels(image: Any) -> Pixels:
    """Return a picture of Pillow, or an array of one, as an array of red, green and blue."""
    if isinstance(image, Image.Image):
        return rgb(image)
    array = np.asarray(image, dtype=np.uint8)
    if array.ndim == 2:
        return np.repeat(array[:, :, np.newaxis], 3, axis=2)
    return array[:, :, :3]


def rgb(picture: Image.Image) -> Pixels:
    """Return a picture as an array of red, green and blue; what is transparent is white."""
    if picture.mode in ("I", "I;16", "I;16B", "F"):  # 16 bits of grey: the upper ones are seen
        deep = np.asarray(picture, dtype=np.float32)
        top = max(255.0, float(deep.max(initial=0)))
        grey = (deep.clip(0) * (255 / top)).astype(np.uint8)
        return np.repeat(grey[:, :, np.newaxis], 3, axis=2)
    if picture.has_transparency_data:
        clear = picture.convert("RGBA")
        ground = Image.new("RGBA", clear.size, "white")
        picture = Image.alpha_composite(ground, clear)
    return np.asarray(picture.convert("RGB"), dtype=np.uint8)
