"""From a locator back to the printed text: every number leads to the characters it was read from.

In a page: ``html:t3/r5/c2`` (table, tr and td counted from 1 in document order) and
``text:1204+2`` (offset and length in characters), over the decoded document before anything is
taken out of it. For a page whose tables are no HTML tables, the text is the one of ``shown_text``.

In a file, the place that its reader gives a cell or a paragraph: ``pdf:p3/t1/r5/c2``,
``xlsx:sheet/E7``, ``docx:t2/r5/c2``, ``img:x,y,w,h``; a part of one: ``docx:p17+4+2`` (offset and
length in its lines). ``zip:2!…`` is a place in the second file of an archive.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from lxml.html import HtmlElement

from extract.attachments import mht
from extract.attachments.members import BETWEEN, member_at
from extract.decode import decode
from extract.media import PAGES, media_kind
from extract.page import is_html, lines, parse
from extract.tables.grid import cell_at
from extract.tree import Line

if TYPE_CHECKING:
    from extract.attachments.printed import PrintedPaper

_PART = re.compile(r"(.+)\+(\d+)\+(\d+)")


def locate(data: bytes, at: str, content_type: str | None = None) -> str:
    """Return the printed text that a locator names.

    Args:
        data: The document's bytes (the payload).
        at: A locator as stored with a cell.
        content_type: The Content-Type header that came with it.

    Returns:
        The text, as stored in ``raw``.

    Raises:
        LookupError: The document has no such place.
        ValueError: It is no locator of this kind of document.
        UnreadableError: The file cannot be read here.
    """
    return Places(data, content_type).text(at)


class Places:
    """A document held open, for finding many places in it.

    Args:
        data: The document's bytes (the payload).
        content_type: The Content-Type header that came with it.
    """

    def __init__(self, data: bytes, content_type: str | None = None) -> None:
        self._kind = media_kind(data)
        if self._kind == "mht":
            data, content_type = mht.page_in(data)
        self._data = data
        self._content_type = content_type
        self._inside: dict[str, Places] = {}

    def text(self, at: str) -> str:
        """Return the printed text that a locator names; errors as of :func:`locate`."""
        if self._kind == "zip":
            return self._text_inside(at)
        if self._kind not in PAGES:
            return self._text_of_file(at)
        scheme, _, place = at.partition(":")
        if scheme == "html":
            table, _, cell = place.partition("/")
            number = int(table[1:])
            if not 0 < number <= len(self._tables):
                raise LookupError(f"no table {number} in the document")
            return cell_at(self._tables[number - 1], f"html:t1/{cell}")
        if scheme != "text" or "+" not in place:
            raise ValueError(f"{at} is no locator of HTML or text; it looks like html:t3/r5/c2")
        return _part(self._text, *map(int, place.split("+")))

    def _text_of_file(self, at: str) -> str:
        scheme, colon, place = at.partition(":")
        if scheme == "text" and "+" in place:
            return _part(self._printed.text, *map(int, place.split("+")))
        if at in self._printed.texts:
            return self._printed.texts[at]
        part = _PART.fullmatch(at)
        if part and part[1] in self._printed.shown:
            return _part(self._printed.shown[part[1]], int(part[2]), int(part[3]))
        if not colon or scheme == "html":
            raise ValueError(f"{at} is no locator of a file such as {self._kind}")
        raise LookupError(f"no {at} in the document")

    def _text_inside(self, at: str) -> str:
        outer, _, inner = at.partition(BETWEEN)
        if outer not in self._inside:
            self._inside[outer] = Places(member_at(self._data, at))
        return self._inside[outer].text(inner)

    @cached_property
    def _printed(self) -> PrintedPaper:
        from extract.attachments.kinds import paper_of
        from extract.attachments.printed import PrintedPaper

        return PrintedPaper(paper_of(self._kind, self._data))

    @cached_property
    def _decoded(self) -> str:
        return decode(self._data, self._content_type).text

    @cached_property
    def _root(self) -> HtmlElement:
        return parse(self._decoded)

    @cached_property
    def _tables(self) -> list[HtmlElement]:
        return list(self._root.iter("table"))

    @cached_property
    def _text(self) -> str:
        if is_html(self._decoded):
            return shown_text(lines(self._root))
        return self._decoded


def _part(text: str, start: int, length: int) -> str:
    if start + length > len(text):
        raise LookupError(f"the document ends before {start}+{length}")
    return text[start : start + length]


def shown_text(shown: Iterable[Line]) -> str:
    """Return the lines of a page as loose text."""
    return "\n".join(line.plain for line in shown)
