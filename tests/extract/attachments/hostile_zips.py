"""ZIPs that no honest program writes."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO


def packed(
    files: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED, folder: str = ""
) -> bytes:
    """A plain ZIP of these files; the same files give the same bytes."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", method) as file:
        for name, data in files.items():
            info = zipfile.ZipInfo(folder + name, (2024, 1, 15, 9, 0, 0))
            info.compress_type = method
            file.writestr(info, data)
    return stream.getvalue()


def with_raw_name(name: bytes, data: bytes, *, flags: int = 0, claimed: int | None = None) -> bytes:
    """A ZIP of one member whose name is these very bytes, without the mark of UTF-8.

    Args:
        name: The name's bytes.
        data: The content.
        flags: General purpose flags; 1 says that it is encrypted.
        claimed: Unpacked size that the headers claim, where it is not the true one.
    """
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = squeezer.compress(data) + squeezer.flush()
    size = len(data) if claimed is None else claimed
    fixed = struct.pack("<HHHHHLLLHH", 20, flags, 8, 0, 0x58CF, zlib.crc32(data), len(body),
                        size, len(name), 0)
    local = b"PK\x03\x04" + fixed + name
    directory = (b"PK\x01\x02" + struct.pack("<H", 20) + fixed
                 + struct.pack("<HHHLL", 0, 0, 0, 0, 0) + name)
    start = len(local) + len(body)
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, len(directory), start, 0)
    return local + body + directory + end


def bomb(size: int = 30_000_000) -> bytes:
    """A member of zeros: a thousand times its packed size."""
    return packed({"报告.doc": b"\0" * size})
