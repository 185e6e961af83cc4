"""From a locator back to the printed text: every number leads to the characters it was read from.

The grammar is ``html:t3/r5/c2`` (table, tr and td counted from 1 in document order) and
``text:1204+2`` (offset and length in characters), over the decoded document before anything is
taken out of it. For a page whose tables are no HTML tables, the text is the one of ``shown_text``.
"""

from __future__ import annotations

from collections.abc import Iterable

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
    text = decode(data, content_type).text
    scheme, _, place = at.partition(":")
    if scheme == "html":
        return cell_at(parse(text), at)
    if scheme != "text" or "+" not in place:
        raise ValueError(f"{at} is no locator of HTML or text; it looks like html:t3/r5/c2")
    if is_html(text):
        text = shown_text(lines(parse(text)))
    start, length = map(int, place.split("+"))
    if start + length > len(text):
        raise LookupError(f"the document ends before {at}")
    return text[start : start + length]


def shown_text(shown: Iterable[Line]) -> str:
    """Return the lines of a page as loose text."""
    return "\n".join(line.plain for line in shown)
