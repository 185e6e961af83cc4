"""A PDF file becomes paper."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from extract.attachments.paper import Block, Paper, Sheet, UnreadableError
from extract.attachments.ruled.page import Leaf, Picture
from extract.attachments.ruled.paper import large_pictures, paper_of
from extract.record import Issue
from extract.tables.labels import T3, match_row

if TYPE_CHECKING:
    from extract.attachments.pdf.leaves import Seen

MAX_PAGES = 150
MAX_SCANS = 15
MAX_PICTURES = 6

# So many rows of table 3 are table 3.
_ENOUGH_ROWS = 8
# From so large a part of signs without characters on, a page's text says nothing.
_BROKEN = 0.3


def read(data: bytes) -> Paper:
    """Read a PDF.

    Args:
        data: The file.

    Returns:
        What it shows; pages that are pictures are read by the reader of pictures.

    Raises:
        UnreadableError: ``needs_extra``, ``encrypted``, ``broken`` or ``too_large``.
    """
    try:
        import pdfplumber
        from pdfminer.pdfdocument import PDFPasswordIncorrect, PDFTextExtractionNotAllowed
    except ImportError as error:
        detail = "PDF needs pdfplumber: pip install 'gov-reports[files]'"
        raise UnreadableError("needs_extra", detail) from error
    # What the library warns of is told by what was read; a warning names no report.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(_whole(data), raise_unicode_errors=False) as file:
            return _read(file, data)
    except UnreadableError:
        raise
    except Exception as error:  # noqa: BLE001 - a broken file may raise anything
        cause: BaseException | None = error
        while cause is not None:
            parts = (cause, *cause.args)
            if any(isinstance(one, PDFPasswordIncorrect | PDFTextExtractionNotAllowed)
                   for one in parts):
                raise UnreadableError("encrypted", "the PDF asks for a password") from error
            cause = cause.__cause__
        detail = f"the PDF cannot be opened ({type(error).__name__})"
        raise UnreadableError("broken", detail) from error


def _whole(data: bytes) -> BytesIO:
    """The file from its header on: some servers send a line before it."""
    start = data.find(b"%PDF-", 0, 1024)
    return BytesIO(data[max(start, 0) :])


def _read(file: Any, data: bytes) -> Paper:
    from extract.attachments.pdf.title import own_title

    paper = Paper(title=own_title(file.doc.info))
    pages = _pages(file, paper)
    for drawn, run in _runs(pages):
        part = _scanned(data, run, paper, alone=len(run) == len(pages)) if drawn else None
        part = part or _told(data, run, paper)
        paper.blocks += part.blocks
        paper.issues += part.issues
        paper.flags |= part.flags
    _tell(pages, paper)
    if not paper.blocks and not paper.issues:
        raise UnreadableError("broken", "the PDF has no pages that show anything")
    return paper


def _pages(file: Any, paper: Paper) -> list[Seen]:
    from pdfminer.pdfpage import PDFPage

    from extract.attachments.pdf.device import SeenPage
    from extract.attachments.pdf.leaves import Seen, seen

    pages: list[Seen] = []
    for number, entry in enumerate(PDFPage.create_pages(file.doc), start=1):
        if number > MAX_PAGES:
            detail = f"{MAX_PAGES} pages were read, the file has more"
            paper.issues.append(Issue("page_cut", detail))
            break
        page = SeenPage(file, entry, number, 0)
        try:
            pages.append(seen(page))
        except Exception as error:  # noqa: BLE001 - one broken page is not the whole report
            detail = f"page {number} cannot be read ({type(error).__name__})"
            paper.issues.append(Issue("page_unread", detail, f"pdf:p{number}"))
            pages.append(Seen(Leaf(number, 0, 0), False, 0, 0, False, False))
        page.close()
    return pages


def _is_drawn(page: Seen) -> bool:
    """Tell whether a page has to be looked at as a picture: it is one, or its text is lost."""
    return page.is_scan or page.unknown > _BROKEN * max(1, len(page.leaf.signs))


def _runs(pages: list[Seen]) -> Iterator[tuple[bool, list[Seen]]]:
    run: list[Seen] = []
    for page in pages:
        if run and _is_drawn(run[0]) != _is_drawn(page):
            yield _is_drawn(run[0]), run
            run = []
        run.append(page)
    if run:
        yield _is_drawn(run[0]), run


def _scanned(data: bytes, run: list[Seen], paper: Paper, *, alone: bool) -> Paper | None:
    """Read pages as pictures; None when that is not possible and they have a text after all."""
    from extract.attachments.pdf.scans import read_scans

    numbers = [one.leaf.number for one in run]
    try:
        return read_scans(data, numbers[:MAX_SCANS])
    except UnreadableError as error:
        if alone and not any(one.unknown for one in run):
            raise
        detail = f"pages {numbers[0]} to {numbers[-1]} are pictures: {error.detail}"
        paper.issues.append(Issue("page_unread", detail, f"pdf:p{numbers[0]}"))
        return None
    finally:
        if len(numbers) > MAX_SCANS:
            detail = f"{MAX_SCANS} of {len(numbers)} scanned pages were read"
            paper.issues.append(Issue("page_cut", detail))


def _told(data: bytes, run: list[Seen], paper: Paper) -> Paper:
    """Read pages of text; their pictures are looked at only where a table is still missing."""
    leaves = [one.leaf for one in run]
    part = paper_of(leaves, "pdf")
    if _holds_requests(part) or not any(large_pictures(leaf) for leaf in leaves):
        return part
    seen = 0

    def look(number: int, picture: Picture) -> list[Block]:
        nonlocal seen
        from extract.attachments.pdf.scans import read_picture

        seen += 1
        at = f"pdf:p{number}"
        if seen > MAX_PICTURES or any(one.leaf.number == number and one.turned for one in run):
            paper.issues.append(Issue("picture_unread", f"a picture on page {number}", at))
            return []
        try:
            shown = read_picture(data, number, picture, seen)
        except UnreadableError as error:
            detail = f"a picture on page {number}: {error.detail}"
            paper.issues.append(Issue("picture_unread", detail, at))
            return []
        paper.issues += shown.issues
        paper.flags |= shown.flags
        return shown.blocks

    return paper_of(leaves, "pdf", look)


def _holds_requests(paper: Paper) -> bool:
    """Tell whether table 3 stands among the tables: the one that every report has."""
    labels = {
        match.key for block in paper.blocks if isinstance(block, Sheet)
        for row in block.rows for box in row
        if (match := match_row(box.text, (T3,))) is not None
    }
    return len(labels) >= _ENOUGH_ROWS


def _tell(pages: list[Seen], paper: Paper) -> None:
    """Tell what the file holds and does not show, and what it shows and does not tell."""
    unknown = sum(page.unknown for page in pages)
    hidden = sum(page.hidden for page in pages if not page.is_scan)
    if unknown:
        paper.issues.append(Issue("broken_text", f"{unknown} signs of the PDF have no character"))
    if hidden:
        paper.issues.append(Issue("hidden_text", f"{hidden} signs of the PDF are not seen"))
    for page in pages:
        if page.cut:
            detail = f"page {page.leaf.number} holds more signs than are read"
            paper.issues.append(Issue("page_cut", detail))
