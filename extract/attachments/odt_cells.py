"""What stands in the table cells of an OpenDocument text, told by its own XML.

This is the second look at a converted document; see :mod:`extract.attachments.word_binary`.
"""

from __future__ import annotations

from lxml import etree

from extract.attachments.paper import UnreadableError
from extract.attachments.safe_xml import local, parse
from extract.attachments.zipped import Members

_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_TEXTS = frozenset({"p", "h"})
_BREAK = "line-break"


def cell_texts(data: bytes) -> list[str]:
    """Return the last line of each table cell, in the order of the document.

    Args:
        data: The package.

    Returns:
        The texts, blank ones included.

    Raises:
        UnreadableError: The document is encrypted or broken.
    """
    members = Members(data)
    if _MANIFEST in members and b"encryption-data" in members.read(_MANIFEST):
        raise UnreadableError("encrypted", "the document is encrypted and asks for a password")
    if _CONTENT not in members:
        raise UnreadableError("broken", "an OpenDocument file without content")
    found: list[str] = []
    for cell in parse(members.read(_CONTENT), _CONTENT).iter():
        if local(cell) != "table-cell":
            continue
        blocks = [child for child in cell if local(child) in _TEXTS]
        found.append(_last_line(blocks[-1]) if blocks else "")
    return found


def _last_line(block: etree._Element) -> str:
    line = block.text or ""
    for element in block.iterdescendants():
        if local(element) == _BREAK:
            line = ""
        elif element.text:
            line += element.text
        line += element.tail or ""
    return line.strip()
