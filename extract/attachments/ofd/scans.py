"""Pictures of an OFD that show what is to be read: scanned pages, and tables pasted as pictures."""

from __future__ import annotations

from collections.abc import Sequence

from extract.attachments.ofd.package import Package
from extract.attachments.paper import Paper, UnreadableError

Scan = tuple[int, str]
"""The number of a page and the package path of a picture on it."""


def read_scans(package: Package, scans: Sequence[Scan]) -> Paper:
    """Read pictures that stand one after the other.

    Args:
        package: The file.
        scans: The pictures in reading order.

    Returns:
        What they show; locators are ``ofd:p3/1/x,y,w,h``: the page, the picture's count on it,
        and the place in pixels.

    Raises:
        UnreadableError: Without the packages, or when a picture is broken or of a kind that only
            OFD programs know (JBIG2).
    """
    try:
        from extract.attachments.picture import read_images
        from extract.attachments.pictures.opening import frames
    except ImportError as error:
        detail = "a scanned page needs the reader of pictures: pip install 'gov-reports[pictures]'"
        raise UnreadableError("needs_extra", detail) from error
    counts: dict[int, int] = {}
    images = []
    for page, path in scans:
        for frame in frames(package.read(path)):
            counts[page] = counts.get(page, 0) + 1
            images.append((frame, f"ofd:p{page}/{counts[page]}/"))
    return read_images(images)
