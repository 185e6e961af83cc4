"""What kind of bytes a document is, told by its content and not by its name."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal, get_args

MediaKind = Literal[
    "markup", "text", "empty", "binary",
    "pdf", "docx", "xlsx", "xlsb", "pptx", "ofd", "odf", "zip",
    "doc", "xls", "ppt", "ole", "encrypted", "rtf", "word_xml", "sheet_xml", "mht",
    "png", "jpeg", "gif", "bmp", "tiff", "webp", "rar", "7z", "gzip",
]  # fmt: skip
"""``doc`` and ``xls`` are the OLE files that Word, Excel and WPS (WPS, ET) write alike."""

PICTURES = frozenset({"png", "jpeg", "gif", "bmp", "tiff", "webp"})
PAGES = frozenset({"markup", "text", "mht"})
"""What is decoded and read as a page; everything else is a file."""

_MAGIC: tuple[tuple[bytes, MediaKind], ...] = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"\x89PNG\r\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Streams of an OLE file: a directory entry begins with the name in UTF-16, on a 128-byte line.
_STREAMS: tuple[tuple[str, MediaKind], ...] = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)
_ENTRY = 128
# Parts of a package, by the beginning of their names.
_PARTS: tuple[tuple[str, MediaKind], ...] = (
    ("OFD.xml", "ofd"),
    ("word/document", "docx"),
    ("xl/workbook.bin", "xlsb"),
    ("xl/", "xlsx"),
    ("ppt/", "pptx"),
)
_MOST_PARTS = 10_000
_MIME = re.compile(rb"\s*(?:(?:from|subject|date|x-[\w-]+)\s*:[^\n]*\n\s*)*mime-version\s*:", re.I)
# A portal's PDF may carry a line of junk before its header.
_HEAD = 1024


def media_kind(data: bytes) -> MediaKind:
    """Tell what a document is by its bytes.

    Args:
        data: The document.

    Returns:
        ``markup``, ``text`` or ``mht`` for what can be decoded and read as a page, else the kind
        of file. What a page saved under a file's name (.doc, .xls) shows is a page.
    """
    head = data[:_HEAD]
    if not data.strip():
        return "empty"
    for magic, kind in _MAGIC:
        if head.startswith(magic) and not (magic == b"BM" and b"\x00" not in head[:64]):
            return kind
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith(_ZIP):
        return _package(data)
    if head.startswith(_OLE):
        return _compound(data)
    if b"%PDF-" in head:
        return "pdf"
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        # UTF-16 without a mark has a zero in every other byte; anything else is no text.
        zeros = head.count(b"\x00") / len(head)
        if not 0.3 < zeros < 0.55:
            return "binary"
    if _MIME.match(head) and b"boundary" in data[:_HEAD * 4].lower():
        return "mht"
    if b"progid=" in head or b"schemas.microsoft.com/office" in head:
        office = _office_xml(head)
        if office:
            return office
    return "markup" if b"<" in data[:20_000] or b"<" in data[-20_000:] else "text"


def is_kind(name: str) -> bool:
    """Tell whether a word is a kind of document."""
    return name in get_args(MediaKind)


def _package(data: bytes) -> MediaKind:
    """What a ZIP holds: a document's parts, or files of anybody's."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            names = [entry.filename.replace("\\", "/") for entry in file.filelist[:_MOST_PARTS]]
            if "mimetype" in names and names.index("mimetype") == 0:
                return "odf" if b"opendocument" in data[:200] else "zip"
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return "zip"
    # An archive of the body's own may hold a folder of any name; a package says what it is.
    said = "[Content_Types].xml" in names
    for start, kind in _PARTS:
        if (said or kind == "ofd") and any(name.startswith(start) for name in names):
            return kind
    return "zip"


def _compound(data: bytes) -> MediaKind:
    for name, kind in _STREAMS:
        entry = name.encode("utf-16-le") + b"\x00\x00"
        at = data.find(entry)
        while at >= 0:
            if at % _ENTRY == 0:
                return kind
            at = data.find(entry, at + 1)
    return "ole"


def _office_xml(head: bytes) -> MediaKind | None:
    """The XML of Office 2003 and Word's flat package; a page that Word saved has an html tag."""
    if b"<?xml" not in head[:100] or b"<html" in head.lower():
        return None
    if b"Word.Document" in head or b"wordml" in head or b"xmlPackage" in head:
        return "word_xml"
    if b"Excel.Sheet" in head or b"office:spreadsheet" in head:
        return "sheet_xml"
    return None
