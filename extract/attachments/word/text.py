"""The text of a paragraph as Word prints it, and the boxes of text that hang on it."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.attachments.word.parts import Element, attribute, child, is_on, local

# Deleted by a tracked change, or no text of the paragraph: properties, fields' codes, notes.
_SILENT = frozenset({
    "del", "moveFrom", "delText", "delInstrText", "instrText", "rPr", "pPr", "sdtPr", "sdtEndPr",
    "rt", "rubyPr", "annotationRef", "footnoteReference", "endnoteReference", "fldData",
    "ffData", "binData", "docPr", "nvPicPr", "annotation",
})  # fmt: skip
_DELETED = frozenset({"del", "moveFrom"})
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_PICTURES = {"blip": "embed", "imagedata": "id"}
_SHOWN = frozenset({"drawing", "pict", "object"})
_SYMBOLS = range(0xF020, 0xF07F)
_TELLING = frozenset({"t", *_PICTURES})
_DEEPEST = 100


@dataclass(slots=True)
class Words:
    """What a paragraph holds.

    Attributes:
        text: Its text; a tab and a line break are kept.
        boxes: The contents of the boxes of text that are anchored in it.
        pictures: The relations of the pictures in it.
        shows: It shows a picture, a drawing or an embedded object.
        deleted: Text was taken out of it by a tracked change.
    """

    text: str = ""
    boxes: list[Element] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    shows: bool = False
    deleted: bool = False


def words_of(paragraph: Element) -> Words:
    """Return what a paragraph (``w:p``) holds."""
    found = Words()
    pieces: list[str] = []
    _collect(paragraph, pieces, found, 0)
    found.text = "".join(pieces)
    return found


def _collect(element: Element, pieces: list[str], found: Words, depth: int) -> None:
    for one in element:
        name = local(one)
        if name == "t":
            pieces.append(_said(one))
        elif name == "r" and depth < _DEEPEST:
            _run(one, pieces, found, depth)
        elif name in _SIGNS:
            pieces.append(_SIGNS[name])
        elif name in _PICTURES:
            found.pictures += filter(None, [attribute(one, _PICTURES[name])])
        elif name == "sym":
            pieces.append(_symbol(one))
        elif name == "txbxContent":
            found.boxes.append(one)
        elif name in _SILENT:
            found.deleted |= name in _DELETED and any(local(part) == "delText" or local(part) == "t"
                                                      for part in one.iter())
        elif name == "AlternateContent":
            _collect(_chosen(one), pieces, found, depth + 1)
        elif name == "sdt" and is_on(child(one, "sdtPr", "showingPlcHdr")):
            continue  # a field that was not filled in shows what to write there
        elif depth < _DEEPEST:
            found.shows |= name in _SHOWN
            _collect(one, pieces, found, depth + 1)


def _run(run: Element, pieces: list[str], found: Words, depth: int) -> None:
    """A run of text in one dress; what is hidden or struck out is not what the paragraph says."""
    dress = child(run, "rPr")
    if any(is_on(child(dress, name)) for name in ("vanish", "strike", "dstrike", "webHidden")):
        return
    own: list[str] = []
    _collect(run, own, found, depth + 1)
    raised = attribute(child(dress, "vertAlign")) in {"superscript", "subscript"}
    # A mark set high or low is no digit of the number it stands behind.
    pieces += [" ", *own, " "] if raised and own else own


def _said(element: Element) -> str:
    text = element.text or ""
    return text if attribute(element, "space") == "preserve" else text.strip(" \t\r\n")


def _symbol(element: Element) -> str:
    code = attribute(element, "char") or ""
    try:
        number = int(code, 16)
    except ValueError:
        return "\ufffd"
    if number in _SYMBOLS and attribute(element, "font") == "Symbol":
        return chr(number - 0xF000)
    private = 0xE000 <= number <= 0xF8FF
    return "\ufffd" if private or not 0x20 <= number < 0xD800 else chr(number)


def _chosen(element: Element) -> Element:
    """One of the forms that the same thing was saved in: the first that tells something."""
    forms = [one for one in element if local(one) in {"Choice", "Fallback"}]
    told = (one for one in forms if any(local(part) in _TELLING for part in one.iter()))
    return next(told, forms[0] if forms else element)
