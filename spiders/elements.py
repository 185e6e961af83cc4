"""Text of elements, without recursion: broken markup nests thousands deep."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml.etree import _Element

MOST_TEXTS = 500  # pieces of text in a row of a list; what holds more is a part of the page

_SILENT = frozenset({"script", "style", "noscript", "template"})


def texts(element: _Element) -> Iterator[tuple[_Element, str]]:
    """Yield (element the text stands in, text) below an element, in order, scripts left out."""
    if not _speaks(element):
        return
    if element.text:
        yield element, element.text
    above = [element]
    children = [iter(element)]
    while children:
        child = next(children[-1], None)
        if child is None:
            children.pop()
            done = above.pop()
            if children and done.tail:
                yield above[-1], done.tail
        elif _speaks(child):
            if child.text:
                yield child, child.text
            above.append(child)
            children.append(iter(child))
        elif child.tail:
            yield above[-1], child.tail


def text(element: _Element) -> str:
    """Return the text of an element, white space as it stands; of a large one the beginning."""
    return "".join(part for _, part in islice(texts(element), MOST_TEXTS))


def parent(element: _Element) -> _Element:
    """Return the element above, or the root itself."""
    above = element.getparent()
    return element if above is None else above


def _speaks(element: _Element) -> bool:
    return isinstance(element.tag, str) and element.tag not in _SILENT
