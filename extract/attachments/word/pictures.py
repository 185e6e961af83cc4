"""Pictures in a document that stand where its tables should be: scans pasted page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from extract.attachments.paper import Block, Paper, Paragraph, Sheet, UnreadableError
from extract.record import Issue

# Either stands in each table of requests, of any form.
_REQUESTS = ("自然人", "本年新收")
_SMALLEST = (300, 120)  # pixels; what is smaller is a badge or a line
_MOST = 12  # a report has no more pages


@dataclass(frozen=True, slots=True)
class Pictured:
    """A picture between the blocks.

    Attributes:
        name: The relation that leads to its bytes.
    """

    name: str


def resolved(
    blocks: Sequence[Block | Pictured], held: Callable[[str], bytes | None]
) -> tuple[list[Block], list[Issue]]:
    """Return the blocks with what their pictures show, if the tables are nowhere else.

    Args:
        blocks: The blocks of a document.
        held: Returns the bytes of a picture by its relation.

    Returns:
        The blocks, and an issue for pictures that could not be read. A picture beside a table of
        requests is an ornament and left out.
    """
    texts = "".join(_texts(blocks))
    told = any(word in texts for word in _REQUESTS)
    found: list[Block] = []
    issues: list[Issue] = []
    number = 0
    for pictured, run in groupby(blocks, lambda one: isinstance(one, Pictured)):
        if not pictured:
            found += [one for one in run if not isinstance(one, Pictured)]
            continue
        images = []
        for one in run:
            number += 1
            data = held(one.name) if isinstance(one, Pictured) and not told else None
            if data is not None and number <= _MOST:
                images.append((number, data))
        try:
            paper = _read(images) if images else Paper()
        except UnreadableError as error:
            issues.append(Issue(error.code, f"a picture in the document: {error.detail}"))
            continue
        found += paper.blocks
        issues += paper.issues
    return found, issues


def _texts(blocks: Sequence[Block | Pictured]) -> Iterator[str]:
    for one in blocks:
        if isinstance(one, Sheet):
            yield from (box.text for row in one.rows for box in row)
        elif isinstance(one, Paragraph) and len(one.text) < 60:
            yield one.text


def _read(images: Sequence[tuple[int, bytes]]) -> Paper:
    from extract.attachments.picture import read_images

    return read_images(
        (frame, f"docx:i{number}/") for number, data in images for frame in _frames(data)
    )


def _frames(data: bytes) -> Iterator[Any]:
    from extract.attachments.pictures.opening import frames

    for frame in frames(data):
        if frame.shape[1] >= _SMALLEST[0] and frame.shape[0] >= _SMALLEST[1]:
            yield frame
        return  # of several frames in a document only the first is shown
