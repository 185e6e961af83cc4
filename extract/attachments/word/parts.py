"""The parts of a Word document, whichever way it was saved: package, flat package, XML of 2003."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from posixpath import dirname, join, normpath

from lxml import etree

from extract.attachments.paper import UnreadableError
from extract.attachments.safe_xml import parse
from extract.attachments.zipped import Members

Element = etree._Element
_Part = Callable[[str], bytes | None]
_MAIN = "/officeDocument"
_PICTURE = "/image"


@dataclass(slots=True)
class Parts:
    """What is read of a document.

    Attributes:
        body: The element that holds its blocks.
        styles: The styles, if it has any.
        numbering: The definitions of its lists, if it has any.
        title: The title in its properties.
        picture: Returns the bytes of a picture by the relation that the body names; None for none.
    """

    body: Element
    styles: Element | None = None
    numbering: Element | None = None
    title: str | None = None
    picture: Callable[[str], bytes | None] = lambda _: None


@cache
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def local(element: Element) -> str:
    """Return an element's name without its namespace: transitional, strict and 2003 alike."""
    tag = element.tag
    return _local(tag) if isinstance(tag, str) else ""


def attribute(element: Element | None, name: str = "val") -> str | None:
    """Return an attribute by its name without a namespace; None for none."""
    if element is not None:
        for key, value in element.attrib.items():
            if _local(str(key)) == name:
                return str(value)
    return None


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first descendant along a path of names; None where it ends."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if local(one) == name), None)
    return element


def is_on(element: Element | None) -> bool:
    """Tell whether a property is set: there, and not ``0``, ``false`` or ``off``."""
    return element is not None and attribute(element) not in {"0", "false", "off", "none"}


def opened(data: bytes) -> Parts:
    """Open a Word document.

    Args:
        data: A DOCX package, a flat package, or the XML of Word 2003.

    Raises:
        UnreadableError: It is encrypted, broken or a bomb.
    """
    if not data.startswith(b"PK"):
        return _flat(parse(data, "the document"))
    members = Members(data)
    names = {name.lower(): name for name in members.names}

    def part(path: str) -> bytes | None:
        name = names.get(path.lower())
        return None if name is None else members.read(name)

    return _package(part)


def _package(part: _Part) -> Parts:
    root = part("_rels/.rels")
    related = _relations(root, "") if root else {}
    main = next((path for kind, path in related.values() if kind.endswith(_MAIN)),
                "word/document.xml")
    document = part(main)
    if document is None:
        raise UnreadableError("broken", "the package has no document")
    rels = part(join(dirname(main), "_rels", main.rpartition("/")[2] + ".rels"))
    related = _relations(rels, dirname(main)) if rels else {}

    def picture(name: str) -> bytes | None:
        kind, path = related.get(name, ("", ""))
        return part(path) if kind.endswith(_PICTURE) else None

    return Parts(
        _body(parse(document, main)),
        _part_of(part, related, "/styles"),
        _part_of(part, related, "/numbering"),
        _title(part("docProps/core.xml")),
        picture,
    )


def _relations(data: bytes, folder: str) -> dict[str, tuple[str, str]]:
    """(kind, path in the package) by id; what lies outside the package is left out."""
    found: dict[str, tuple[str, str]] = {}
    for one in parse(data, "the relations"):
        target, mode = one.get("Target") or "", one.get("TargetMode")
        if mode != "External" and target:
            path = target[1:] if target.startswith("/") else normpath(join(folder, target))
            found[one.get("Id") or ""] = (one.get("Type") or "", path)
    return found


def _part_of(part: _Part, related: dict[str, tuple[str, str]], kind: str) -> Element | None:
    for name, path in related.values():
        if name.endswith(kind) and (data := part(path)) is not None:
            try:
                return parse(data, path)
            except UnreadableError:
                return None  # Word shows the text of such a document all the same
    return None


def _body(root: Element) -> Element:
    body = child(root, "body")
    if body is None:
        raise UnreadableError("broken", "the document has no body")
    return body


def _title(core: bytes | None) -> str | None:
    if core is None:
        return None
    try:
        found = child(parse(core, "the properties"), "title")
    except UnreadableError:
        return None
    return found.text if found is not None else None


def _flat(root: Element) -> Parts:
    if local(root) != "package":  # Word 2003: all in one tree, lists print themselves
        title = child(root, "DocumentProperties", "Title")
        return Parts(_body(root), child(root, "styles"), None,
                     title.text if title is not None else None)
    held: dict[str, Element] = {}
    for one in root:
        inner = child(one, "xmlData")
        if inner is not None and len(inner):
            held[(attribute(one, "name") or "").lstrip("/").lower()] = inner[0]

    def part(path: str) -> bytes | None:
        found = held.get(path.lower())
        return None if found is None else etree.tostring(found)

    return _package(part)
