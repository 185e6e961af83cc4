"""Files that no report is read from: bombs, encrypted, broken. Each is generated and harmless."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

from crawler.sandbox.files.zip_file import packed

_ZEROS = 40_000_000
_LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(9))


def zip_bomb() -> bytes:
    """A ZIP of some kilobytes that would unpack to 40 MB of zeros."""
    return packed({"年度报告.doc": bytes(_ZEROS)})


def ofd_bomb() -> bytes:
    """An OFD whose first page would unpack to 40 MB."""
    return packed({"OFD.xml": bytes(_ZEROS)})


def laughing_docx() -> bytes:
    """A DOCX whose entities stand for a billion words."""
    body = f"<!DOCTYPE d [{_LAUGHS}]><w:document xmlns:w='w'><w:body>&a8;</w:body></w:document>"
    return packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": body.encode()})


def encrypted_zip() -> bytes:
    """A ZIP whose one member asks for a password."""
    name, data = "年度报告.pdf".encode("gbk"), b"secret"
    fixed = struct.pack("<HHHHHLLLHH", 20, 1, 0, 0, 0x582F, zlib.crc32(data), len(data) + 12,
                        len(data), len(name), 0)
    local = b"PK\x03\x04" + fixed + name + bytes(12) + data
    directory = b"PK\x01\x02\x14\x00" + fixed + struct.pack("<HHHLL", 0, 0, 0, 0, 0) + name
    end = struct.pack("<HHHHLLH", 0, 0, 1, 1, len(directory), len(local), 0)
    return local + directory + b"PK\x05\x06" + end


def rar() -> bytes:
    """The beginning of a RAR; nothing here can write a whole one."""
    return b"Rar!\x1a\x07\x01\x00" + bytes(range(256)) * 4


def broken_ofd() -> bytes:
    """The first half of a package."""
    whole = packed({"OFD.xml": b"<OFD/>" * 40, "Doc_0/Document.xml": bytes(range(256)) * 20})
    return whole[: len(whole) // 2]


FILES: dict[str, tuple[str, str, Callable[[], bytes]]] = {
    "zip_bomb": ("zip", "too_large", zip_bomb),
    "ofd_bomb": ("ofd", "too_large", ofd_bomb),
    "laughing_docx": ("docx", "broken", laughing_docx),
    "encrypted_zip": ("zip", "encrypted", encrypted_zip),
    "rar": ("rar", "unknown_type", rar),
    "broken_ofd": ("ofd", "broken", broken_ofd),
}
"""By name: the ending that a portal gives it, the code that its record has to say, its maker."""
