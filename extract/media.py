"""What kind of bytes a document is, told by its content and not by its name."""

from __future__ import annotations

from typing import Literal

MediaKind = Literal["markup", "text", "pdf", "office", "archive", "image", "binary", "empty"]

_MAGIC: tuple[tuple[bytes, MediaKind], ...] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "archive"),  # DOCX, XLSX, OFD and plain ZIP alike
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
    (b"{\\rtf", "office"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
)
# A portal's PDF may carry a line of junk before its header.
_HEAD = 1024


def media_kind(data: bytes) -> MediaKind:
    """Tell what a document is by its first bytes.

    Args:
        data: The document.

    Returns:
        ``markup`` or ``text`` for what can be decoded and read, else the kind of file.
    """
    head = data[:_HEAD]
    if not data.strip():
        return "empty"
    for magic, kind in _MAGIC:
        if head.startswith(magic) and not (magic == b"BM" and head[:64].isascii()):
            return kind
    if b"%PDF-" in head:
        return "pdf"
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        # UTF-16 without a mark has a zero in every other byte; anything else is no text.
        zeros = head.count(b"\x00") / len(head)
        if not 0.3 < zeros < 0.55:
            return "binary"
    return "markup" if b"<" in data[:20_000] or b"<" in data[-20_000:] else "text"
