"""From text to a tree, and from a tree to the lines a reader sees."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from extract.bounds import bounded_markup
from extract.shells import unfolded

# The library's own lookup asks Python for the class of each element that is touched.
_ONE_CLASS = etree.ElementDefaultClassLookup(element=HtmlElement)

SEAM = "\x1f"
"""Stands in a line where one inline element ends and the next begins."""

_CUT = "data-cut"
_HTML = re.compile(
    r"<(?:html|head|body|meta|div|table|p|span|td|script|title|br|a)\b[^<]{0,2000}>", re.I
)
# Tags that carry no structure; taken out only when their nesting is deeper than the parser goes.
_SOUP = re.compile(
    r"</?(?:font|span|b|strong|i|em|u|div|center|big|small|o:p|a|section)\b[^<>]*>", re.I
)
_BLANKS = re.compile(r"[ \t\r\n\xa0\u3000]+")
_EDGE = " " + SEAM
_BLANK = _EDGE + "\t\r\n\xa0\u3000"
_CONTROL = bytes(range(9)) + b"\x0b\x0c" + bytes(range(14, 32))
_TO_BLANKS = bytes.maketrans(_CONTROL, b" " * len(_CONTROL))

BLOCKS = frozenset(
    re.findall(
        r"\S+",
        """
        address article aside blockquote body br caption center dd div dl dt fieldset figcaption
        figure footer form h1 h2 h3 h4 h5 h6 head header hr html li main nav ol p pre section
        table tbody td tfoot th thead title tr ucapcontent ucaptitle publishtime ul
        """,
    )
)
SILENT = frozenset(
    re.findall(r"\S+", "script style noscript template select option textarea iframe object svg")
)
_CELLS = frozenset(["td", "th", "dd", "dt"])


class Line(NamedTuple):
    """One line as shown.

    Attributes:
        text: The text, with ``SEAM`` between inline elements; may be empty for an empty cell.
        element: The block that holds it.
        linked: How many of its characters are link text.
        plain: The text without seams.
    """

    text: str
    element: HtmlElement
    linked: int
    plain: str


def is_html(text: str) -> bool:
    """Tell whether a decoded document is mark-up rather than loose text."""
    return bool(_HTML.search(text[:20_000]) or _HTML.search(text[-20_000:]))


def parse(text: str) -> HtmlElement:
    """Parse a decoded document; never raises.

    What a script would write into the page (``shells``) stands in the tree. Comments (Word's
    conditional ones too) and processing instructions are left out. A nesting deeper than the
    parser goes is parsed again without font soup; if that does not help, or the page is too large
    (``bounds``), the tree is the part that could be read, and ``cut`` tells it.
    """
    part = bounded_markup(unfolded(text))
    root, too_deep = _parse(part.text)
    if too_deep:
        root, too_deep = _parse(_SOUP.sub("", part.text))
    cuts = [part.cut or "", "nested too deep to be read whole" if too_deep else ""]
    if any(cuts):
        root.set(_CUT, "; ".join(filter(None, cuts)))
    return root


def cut(root: HtmlElement) -> str | None:
    """Return what is missing from a document's tree, one line; None when it is whole."""
    return root.get(_CUT)


def _parse(text: str) -> tuple[HtmlElement, bool]:
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(_ONE_CLASS)
    data = text.encode("utf-8", "replace").translate(_TO_BLANKS)
    try:
        root = document_fromstring(data, parser=parser)
    except etree.ParserError:  # nothing but comments or blanks
        return document_fromstring("<html><body></body></html>"), False
    return root, any("depth" in entry.message for entry in parser.error_log)


def lines(root: HtmlElement) -> list[Line]:
    """The lines of a tree in document order; an empty cell is an empty line."""
    found: list[Line] = []
    pieces: list[str] = []
    blocks: list[HtmlElement] = [root]
    linked = inside_link = silent = 0

    def flush(*, keep_empty: bool = False) -> None:
        nonlocal linked
        text = "".join(pieces).strip(_BLANK)
        if text:
            text = _BLANKS.sub(" ", text)
        if text or keep_empty:
            found.append(Line(text, blocks[-1], linked, text.replace(SEAM, "")))
        pieces.clear()
        linked = 0

    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        if event == "start":
            if tag in BLOCKS:
                if pieces:
                    flush()
                blocks.append(element)
            else:
                silent += tag in SILENT
                if not silent:
                    pieces.append(SEAM)
                inside_link += tag == "a"
            text = element.text
        else:
            if tag in BLOCKS:
                empty_cell = tag in _CELLS and not len(element) and not (element.text or "").strip()
                if pieces or empty_cell:
                    flush(keep_empty=empty_cell)
                blocks.pop()
            else:
                inside_link -= tag == "a"
                if not silent:
                    pieces.append(SEAM)
                silent -= tag in SILENT
            text = element.tail if element is not root else None
        if text and not silent and (pieces or not text.isspace()):
            pieces.append(text)
            if inside_link:
                linked += len(text.strip())
    if pieces:
        flush()
    return found


def lines_of(element: HtmlElement, shown: Sequence[Line]) -> list[Line]:
    """Those lines of a tree that stand in one of its elements."""
    if element.tag not in BLOCKS:  # its text is part of a line that begins before it
        return lines(element)
    inside = set(element.iter())
    return [line for line in shown if line.element in inside]
