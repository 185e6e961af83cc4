"""What a file shows, in reading order: paragraphs and tables, each with its place in the file.

Every reader of files returns this and nothing else. What it means (which table, which row, whose
report) is told afterwards, by the same code that reads web pages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from extract.record import Issue


class UnreadableError(Exception):
    """A file cannot be read here; the record says so and the bytes are kept.

    Attributes:
        code: ``needs_extra`` (a package is not installed), ``needs_program`` (LibreOffice is not
            installed), ``encrypted``, ``broken``, ``too_large``, ``unknown_type``.
        detail: What was met and what to do about it, in one sentence.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Box:
    """One cell of a table.

    Attributes:
        text: Its text as printed; lines inside a cell are separated by newlines.
        at: Its locator in the file: ``pdf:p3/t1/r5/c2``, ``xlsx:sheet/E7``, ``docx:t2/r5/c2``,
            ``ofd:…``, ``img:x,y,w,h``.
        width: Columns that it spans.
        height: Rows that it spans.
        sure: Confidence of a reading from a picture, 0 to 1; 1 for everything else. A box without
            text and with 0 shows something that could not be read: it is not blank.
    """

    text: str
    at: str
    width: int = 1
    height: int = 1
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, its broken lines joined.

    Attributes:
        text: Its text as printed.
        at: Its locator in the file.
        sure: As in :class:`Box`.
    """

    text: str
    at: str
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table, the parts on further pages joined to it.

    Attributes:
        rows: The cells that begin in each row, left to right, as in HTML: places covered by a
            span from the left or from above have no cell of their own.
    """

    rows: tuple[tuple[Box, ...], ...]


Block = Paragraph | Sheet


@dataclass(slots=True)
class Paper:
    """What a file shows.

    Attributes:
        blocks: Paragraphs and tables in reading order; page numbers and running heads left out.
        title: The title that the file gives itself in its properties, if any.
        issues: What was left out or doubtful (pages beyond a limit, parts that failed).
        flags: Quality flags of formats.json that the kind of file calls for.
    """

    blocks: list[Block] = field(default_factory=list)
    title: str | None = None
    issues: list[Issue] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)


FileReader = Callable[[bytes], Paper]
"""A reader of one kind of file: bytes in, paper out.

It touches no network, starts no macro, follows no reference out of the file, and raises
:class:`UnreadableError` and nothing else.
"""
