"""Pages that are pictures: rendered, and handed to the reader of pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from extract.attachments.paper import Paper, UnreadableError
from extract.attachments.ruled.page import Picture

if TYPE_CHECKING:
    from PIL.Image import Image

# Dots an inch: type of 10 points is 28 pixels high, as the reader of pictures likes it.
_DENSITY = 200
_POINTS = 72
# A page that is larger is rendered smaller.
_MOST_PIXELS = 12_000_000


def read_scans(data: bytes, numbers: Sequence[int]) -> Paper:
    """Read pages as pictures.

    Args:
        data: The PDF.
        numbers: The pages, counted from 1, in order.

    Returns:
        What they show; locators are ``pdf:p3/x,y,w,h`` in pixels of the page at 200 dots an inch.

    Raises:
        UnreadableError: Without the packages, or when the page cannot be drawn.
    """
    try:
        from extract.attachments.picture import read_images
    except ImportError as error:
        detail = "a scanned page needs the reader of pictures: pip install 'gov-reports[pictures]'"
        raise UnreadableError("needs_extra", detail) from error
    return read_images([(image, f"pdf:p{number}/")
                        for number, image in zip(numbers, _drawn(data, numbers), strict=True)])


def read_picture(data: bytes, number: int, picture: Picture, nth: int) -> Paper:
    """Read one picture that stands on a page among the text.

    Args:
        data: The PDF.
        number: The page, counted from 1.
        picture: Its place on the page as shown, in points.
        nth: Its count among the pictures that were read, for its locators.

    Returns:
        What it shows; locators are ``pdf:p3/i1/x,y,w,h``.

    Raises:
        UnreadableError: As of :func:`read_scans`.
    """
    from extract.attachments.picture import read_images

    (page,) = _drawn(data, [number])
    dots = page.width / _page_width(data, number)
    cut = page.crop((int(picture.x0 * dots), int(picture.top * dots),
                     int(picture.x1 * dots) + 1, int(picture.bottom * dots) + 1))
    return read_images([(cut, f"pdf:p{number}/i{nth}/")])


def _page_width(data: bytes, number: int) -> float:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as file:
        return float(file[number - 1].get_size()[0])


def _drawn(data: bytes, numbers: Sequence[int]) -> list[Image]:
    try:
        import pypdfium2
    except ImportError as error:
        detail = "a scanned page needs pypdfium2: pip install 'gov-reports[files]'"
        raise UnreadableError("needs_extra", detail) from error
    try:
        with pypdfium2.PdfDocument(data) as file:
            images: list[Image] = []
            for number in numbers:
                page = file[number - 1]
                wide, high = page.get_size()
                scale = _DENSITY / _POINTS
                scale *= min(1.0, (_MOST_PIXELS / max(1.0, wide * high * scale**2)) ** 0.5)
                images.append(page.render(scale=scale).to_pil().convert("RGB"))
            return images
    except Exception as error:  # noqa: BLE001 - a broken file may raise anything
        detail = f"a scanned page cannot be drawn ({type(error).__name__})"
        raise UnreadableError("broken", detail) from error
