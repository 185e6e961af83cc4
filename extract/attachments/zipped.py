"""Opening a ZIP of unknown hands: few members, little depth, and never more than fits the memory.

OFD, DOCX, XLSX and plain ZIP files are all ZIPs. What the directory of a ZIP says about its members
is a claim of whoever made it: sizes are counted while unpacking, not believed.
"""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from io import BytesIO
from typing import IO

from extract.attachments.paper import UnreadableError

MAX_MEMBERS = 5_000
MAX_MEMBER = 100_000_000  # bytes of one member, unpacked
MAX_TOTAL = 200_000_000  # bytes of all members that are read, unpacked
MAX_RATIO = 300  # unpacked to packed; text of tables packs to a fiftieth
_NO_BOMB = 2_000_000  # unpacked bytes below which no ratio is suspicious
_PIECE = 1 << 16
_ENCRYPTED = 0x1
_UTF8 = 0x800
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    OverflowError,
    LookupError,
)
_DRIVE = re.compile(r"^[A-Za-z]:")


class Members:
    """The members of a ZIP, read one by one within limits.

    Args:
        data: The file.

    Raises:
        UnreadableError: It is no ZIP, or has more members than any report.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            infos = self._zip.infolist()
        except _BROKEN as error:
            raise UnreadableError("broken", f"not a whole ZIP: {error}") from error
        if len(infos) > MAX_MEMBERS:
            raise UnreadableError("too_large", f"a ZIP of {len(infos)} members")
        self._infos = {_name(info): info for info in infos if not info.is_dir()}
        self._left = MAX_TOTAL

    @property
    def names(self) -> list[str]:
        """The members' paths in the order of the directory, folders left out."""
        return list(self._infos)

    def __contains__(self, name: object) -> bool:
        return name in self._infos

    def size(self, name: str) -> int:
        """The unpacked size that the directory claims, in bytes."""
        return self._infos[name].file_size

    def is_encrypted(self, name: str) -> bool:
        """Tell whether a member needs a password."""
        return bool(self._infos[name].flag_bits & _ENCRYPTED)

    def read(self, name: str) -> bytes:
        """Unpack one member.

        Raises:
            KeyError: There is no such member.
            UnreadableError: It is encrypted, broken, or larger than it may be.
        """
        info = self._infos[name]
        if self.is_encrypted(name):
            raise UnreadableError("encrypted", f"{name} needs a password")
        try:
            with self._zip.open(info) as stream:
                return self._unpack(stream, name, info.compress_size)
        except _BROKEN as error:
            raise UnreadableError("broken", f"{name} cannot be unpacked: {error}") from error

    def _unpack(self, stream: IO[bytes], name: str, packed: int) -> bytes:
        pieces: list[bytes] = []
        size = 0
        while piece := stream.read(_PIECE):
            size += len(piece)
            if size > MAX_MEMBER or size > self._left:
                raise UnreadableError("too_large", f"{name} unpacks to more than {size:,} bytes")
            if size > max(_NO_BOMB, packed * MAX_RATIO):
                raise UnreadableError("too_large", f"{name} unpacks to {size / packed:,.0f} times "
                                                   "its size, as bombs do")
            pieces.append(piece)
        self._left -= size
        return b"".join(pieces)


def clean_path(name: str) -> str:
    """Return a member's path without a drive, a leading slash and steps upwards.

    Nothing is ever written under such a name; it is only compared and shown.
    """
    steps: list[str] = []
    for step in _DRIVE.sub("", name.replace("\\", "/")).split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name; without the mark of UTF-8, programs here write GBK (or UTF-8 unmarked)."""
    name = info.filename
    if not info.flag_bits & _UTF8:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            return name
        for encoding in ("ascii", "utf-8", "gb18030"):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                continue
    return name
