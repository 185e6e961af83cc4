"""What stands in the table cells of a Word 97-2003 file (also written by WPS), told by its bytes.

This is the second look at a converted document: the text of such a file lies in pieces, and every
cell of a table ends in a mark of its own ([MS-DOC] 2.4.1 and 2.8.35), whatever a converter makes
of the table.
"""

from __future__ import annotations

import struct
from io import BytesIO

from extract.attachments.paper import UnreadableError

_WORD_97 = 0xA5EC
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_LENGTH_AT, _CLX_AT = 0x4C, 0x1A2
_PIECES = 2
_COMPRESSED = 0x40000000
_CELL = "\x07"
_FIELD, _RESULT, _FIELD_END = "\x13", "\x14", "\x15"
# Breaks of lines and pages, a hyphen that does not break; anchors of pictures, notes and fields.
_SIGNS = {0x0B: "\r", 0x0C: "\r", 0x0E: "\r", 0x1E: "-", 0x1F: None} | dict.fromkeys(
    (0x01, 0x02, 0x03, 0x04, 0x05, 0x08)
)
_MOST = 50_000_000  # bytes of a stream


def cell_texts(data: bytes) -> list[str] | None:
    """Return the last line of each table cell, in the order of the document.

    Args:
        data: An OLE file with a WordDocument stream.

    Returns:
        The texts, blank ones included; None for a file of Word 95 or older, whose text lies
        elsewhere, or where its pieces make no sense.

    Raises:
        UnreadableError: The document is encrypted, or is no OLE file.
    """
    main, tables = _streams(data)
    if len(main) < _CLX_AT + 8 or struct.unpack_from("<H", main)[0] != _WORD_97:
        return None
    flags = struct.unpack_from("<H", main, 0x0A)[0]
    if flags & _ENCRYPTED:
        raise UnreadableError("encrypted", "the document is encrypted and asks for a password")
    table = tables.get("1Table" if flags & _SECOND_TABLE else "0Table", b"")
    try:
        text = _text(main, table)
    except (struct.error, ValueError, IndexError):
        return None
    *cells, _ = _without_fields(text).translate(_SIGNS).split(_CELL)
    return [cell.rpartition("\r")[2].strip() for cell in cells]


def _streams(data: bytes) -> tuple[bytes, dict[str, bytes]]:
    import olefile

    try:
        with olefile.OleFileIO(BytesIO(data)) as file:
            found = {}
            for name in ("WordDocument", "0Table", "1Table"):
                if file.exists(name) and file.get_size(name) <= _MOST:
                    found[name] = file.openstream(name).read()
    except Exception as error:
        raise UnreadableError("broken", f"no whole OLE file: {error}") from error
    return found.pop("WordDocument", b""), found


def _text(main: bytes, table: bytes) -> str:
    """The text of the main document, put together from its pieces."""
    length = struct.unpack_from("<l", main, _LENGTH_AT)[0]
    start, size = struct.unpack_from("<LL", main, _CLX_AT)
    clx = table[start : start + size]
    at = 0
    while clx[at] != _PIECES:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    whole = struct.unpack_from("<L", clx, at + 1)[0]
    plc = clx[at + 5 : at + 5 + whole]
    count = (len(plc) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}L", plc)
    parts: list[str] = []
    for number in range(count):
        place = struct.unpack_from("<L", plc, 4 * (count + 1) + 8 * number + 2)[0]
        signs = ends[number + 1] - ends[number]
        if signs < 0:
            raise ValueError("a piece that ends before it begins")
        if place & _COMPRESSED:
            first = (place & ~_COMPRESSED) // 2
            parts.append(main[first : first + signs].decode("cp1252", "replace"))
        else:
            parts.append(main[place : place + 2 * signs].decode("utf-16-le", "replace"))
    return "".join(parts)[:length]


def _without_fields(text: str) -> str:
    """The text with what fields show, without what they are."""
    shown: list[str] = []
    hidden: list[bool] = []
    for sign in text:
        if sign == _FIELD:
            hidden.append(True)
        elif sign == _RESULT and hidden:
            hidden[-1] = False
        elif sign == _FIELD_END and hidden:
            hidden.pop()
        elif not any(hidden):
            shown.append(sign)
    return "".join(shown)
