"""Pictures as papers: screenshots and scans of reports, and the long pictures of 一图读懂.

Ruled tables are read cell by cell, the text outside as paragraphs. Each cell says how sure it is;
a table counts only if its sums hold, which is judged where all tables are.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from extract.attachments.paper import Block, Box, Paper, Paragraph, Sheet, UnreadableError
from extract.record import Issue
from extract.tables.number import is_value

if TYPE_CHECKING:
    from extract.attachments.pictures.cells import Text
    from extract.attachments.pictures.engine import Pixels
    from extract.attachments.pictures.rules import Ruled
    from extract.attachments.pictures.upright import Page

_SURE = 0.8
_HINT = "the recogniser of pictures is not installed: pip install 'gov-reports[pictures]'"


def read(data: bytes) -> Paper:
    """Read a picture file: PNG, JPEG, GIF, BMP, TIFF (all its pages) or WebP.

    Locators are ``img:x,y,w,h`` in pixels of the picture as it is shown, and
    ``img:p2/x,y,w,h`` from the second page on.

    Args:
        data: The file's bytes.

    Returns:
        Its paragraphs and ruled tables, each cell with its confidence.

    Raises:
        UnreadableError: ``needs_extra``, ``broken``, ``too_large`` or ``unknown_type``.
    """
    _need()
    from extract.attachments.pictures.opening import frames

    return read_images(
        (frame, "img:" if number == 1 else f"img:p{number}/")
        for number, frame in enumerate(frames(data), start=1)
    )


def read_image(image: Any, prefix: str = "img:") -> Paper:
    """Read one picture.

    Args:
        image: A picture of Pillow, or an array of height × width × (red, green, blue).
        prefix: What stands before ``x,y,w,h`` in the locators.

    Returns:
        As :func:`read`.

    Raises:
        UnreadableError: ``needs_extra``.
    """
    return read_images([(image, prefix)])


def read_images(images: Iterable[tuple[Any, str]]) -> Paper:
    """Read the pages of one document.

    Args:
        images: Pages in order, each with the beginning of its locators, as :func:`read_image`.

    Returns:
        One paper; a table that goes on at the top of the next page is one table.

    Raises:
        UnreadableError: ``needs_extra``.
    """
    _need()
    from extract.attachments.pictures.joining import joined

    papers = [_page(image, prefix) for image, prefix in images]
    blocks: list[Block] = []
    for paper in papers:
        blocks = joined(blocks, paper.blocks)
    whole = Paper(blocks)
    for paper in papers:
        whole.issues += paper.issues
        whole.flags |= paper.flags
    return whole


def _need() -> None:
    try:
        import cv2  # noqa: F401
        import numpy  # noqa: F401
        import PIL  # noqa: F401
        import rapidocr  # noqa: F401
    except ImportError as error:
        raise UnreadableError("needs_extra", _HINT) from error


def _page(image: Any, prefix: str) -> Paper:
    """Read one page, turned by a quarter or a half when it makes no sense as it lies."""
    from extract.attachments.pictures.opening import pixels

    picture = pixels(image)
    paper = _turned(picture, prefix, 0)
    if not _makes_no_sense(paper):
        return paper
    others = [_turned(picture, prefix, turns) for turns in (1, 3, 2)]
    return max((paper, *others), key=_signs)


def _printed(paper: Paper) -> list[Box | Paragraph]:
    boxes: list[Box | Paragraph] = []
    for block in paper.blocks:
        boxes += (
            [block]
            if isinstance(block, Paragraph)
            else [box for row in block.rows for box in row if box.text]
        )
    return boxes


def _makes_no_sense(paper: Paper) -> bool:
    """Tell whether much is printed and little of it is Chinese that was read surely."""
    boxes = _printed(paper)
    words = sum(not is_value(box.text) for box in boxes)
    return len(boxes) > 8 and _signs(paper) < max(3.5 * words, 0.8 * len(boxes))


def _signs(paper: Paper) -> int:
    """Count the Chinese signs that were read surely."""
    return sum(
        "\u4e00" <= sign <= "\u9fff"
        for box in _printed(paper)
        if box.sure >= _SURE
        for sign in box.text
    )


def _turned(picture: Pixels, prefix: str, turns: int) -> Paper:
    from extract.attachments.pictures import ink, rules, upright
    from extract.attachments.pictures.cells import texts
    from extract.attachments.pictures.engine import engine
    from extract.attachments.pictures.prose import prose

    turned, back = upright.quarter(picture, turns)
    page = upright.straighten(ink.clean(turned), back)
    drawn = rules.lines(page)
    tables = rules.tables(page, drawn)
    placed: list[tuple[float, Block]] = [
        (table.top, _sheet(page, table, texts(page, table, engine()), prefix)) for table in tables
    ]
    outside = prose(page, drawn, tables, engine())
    placed += [
        (
            line.top,
            Paragraph(
                line.text,
                prefix + page.origin(line.left, line.top, line.right, line.bottom),
                _confidence(line.sure),
            ),
        )
        for line in outside.paragraphs
    ]
    paper = Paper([block for _, block in sorted(placed, key=lambda item: item[0])])
    if outside.unruled:
        first = outside.unruled[0]
        paper.issues.append(
            Issue(
                "borderless_table",
                f"{len(outside.unruled)} lines of figures in columns without rules are left out, "
                f"from {first.text[:60]}",
                prefix + page.origin(first.left, first.top, first.right, first.bottom),
            )
        )
    if outside.cut:
        paper.issues.append(Issue("picture_cut", "the picture is longer than what is read of one"))
    paper.issues += [
        Issue(
            "rules_unclear",
            "the lines round a cell leave open how far it reaches",
            prefix + page.origin(cell.left, cell.top, cell.right, cell.bottom),
        )
        for table in tables
        for cell in table.fields
        if not cell.clear
    ][:20]
    return paper


def _sheet(page: Page, table: Ruled, texts: list[Text], prefix: str) -> Sheet:
    rows: dict[int, list[Box]] = {row: [] for row in range(table.height)}
    for cell, text in zip(table.fields, texts, strict=True):
        at = prefix + page.origin(cell.left, cell.top, cell.right, cell.bottom)
        rows[cell.row].append(Box(text.text, at, cell.width, cell.height, _confidence(text.sure)))
    return Sheet(tuple(tuple(row) for row in rows.values()))


def _confidence(sure: float) -> float:
    """A confidence as it is handed on: 1 is said of what was no picture."""
    return min(round(sure, 2), 0.99)
