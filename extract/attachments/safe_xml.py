"""XML out of files of unknown hands: no entities, no network, no second document."""

from __future__ import annotations

from lxml import etree

from extract.attachments.paper import UnreadableError


def parse(data: bytes, name: str) -> etree._Element:
    """Parse one XML part of a file.

    Args:
        data: The part.
        name: What to call it in an error.

    Returns:
        The root. Entities other than those of XML itself are never resolved.

    Raises:
        UnreadableError: It is no XML, nests without end, or declares entities of its own, which
            no office program writes and which serve to fill the memory or to read other files.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True, huge_tree=False, recover=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError("broken", f"{name} is no XML: {error}") from error
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise UnreadableError("broken", f"{name} declares entities of its own")
    return root


def local(element: etree._Element) -> str:
    """An element's name without its namespace; makers of OFD write two, and prefixes differ."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
