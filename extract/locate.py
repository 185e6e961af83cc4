"""From a locator back to the printed text: every number leads to the characters it was read from.

The grammar is ``html:t3/r5/c2`` (table, tr and td counted from 1 in document order) and
``text:1204+2`` (offset and length in characters), over the decoded document before anything is
taken out of it. For a page whose tables are no HTML tables, the text is the one of ``shown_text``.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from lxml.html import HtmlElement

from extract.decode import decode
from extract.page import is_html, lines, parse
from extract.tables.grid import cell_at
from extract.tree import Line


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
        ValueError: It is no locator of HTML or text.
    """
    return Places(data, content_type).text(at)


class Places:
    """A document held open, for finding many places in it.

    Args:
        data: The document's bytes (the payload).
        content_type: The Content-Type header that came with it.
    """

    def __init__(self, data: bytes, content_type: str | None = None) -> None:
        self._decoded = decode(data, content_type).text

    def text(self, at: str) -> str:
        """Return the printed text that a locator names; errors as of :func:`locate`."""
        scheme, _, place = at.partition(":")
        if scheme == "html":
            table, _, cell = place.partition("/")
            number = int(table[1:])
            if not 0 < number <= len(self._tables):
                raise LookupError(f"no table {number} in the document")
            return cell_at(self._tables[number - 1], f"html:t1/{cell}")
        if scheme != "text" or "+" not in place:
            raise ValueError(f"{at} is no locator of HTML or text; it looks like html:t3/r5/c2")
        start, length = map(int, place.split("+"))
        if start + length > len(self._text):
            raise LookupError(f"the document ends before {at}")
        return self._text[start : start + length]

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


def shown_text(shown: Iterable[Line]) -> str:
    """Return the lines of a page as loose text."""
    return "\n".join(line.plain for line in shown)
