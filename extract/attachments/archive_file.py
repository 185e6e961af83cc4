"""ZIP archives: their files one by one, within the limits of a hostile world.

RAR and 7z need programs that are not free everywhere; such files are kept and said to be unread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.attachments.members import Member
from extract.attachments.paper import UnreadableError
from extract.attachments.zipped import Members, clean_path
from extract.media import media_kind

MAX_FILES = 200  # that are handed on; an archive of a report holds a handful
MAX_DEPTH = 2  # archives inside archives
MAX_BYTES = 200_000_000  # of all files, unpacked

# What a computer adds to an archive on its own.
_LITTER = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_LITTER_FOLDERS = ("__MACOSX/",)


def members(data: bytes) -> Sequence[Member]:
    """Return the files of a ZIP in the order of its directory.

    An archive inside it stands for its own files. Nothing is written to a disk; a name that would
    climb out of a folder is shown without its steps upwards.

    Args:
        data: The archive.

    Raises:
        UnreadableError: It is encrypted, broken, or holds more than a report does (``too_large``):
            nothing of it is handed on, for what would be left out may be the report.
    """
    found: list[Member] = []
    size = 0
    for member in _walk(data, "", 1):
        size += len(member.data)
        if len(found) == MAX_FILES or size > MAX_BYTES:
            limits = f"{MAX_FILES} files or {MAX_BYTES:,} bytes"
            raise UnreadableError("too_large", f"the archive holds more than {limits}")
        found.append(member)
    return found


def _walk(data: bytes, folder: str, depth: int) -> Iterator[Member]:
    held = Members(data)
    for name in held.names:
        path = clean_path(name)
        if not path or path.startswith(_LITTER_FOLDERS):
            continue
        if path.rpartition("/")[2].lower() in _LITTER:
            continue
        inner = held.read(name)
        if media_kind(inner) != "zip":
            yield Member(folder + path, inner)
        elif depth < MAX_DEPTH:
            yield from _walk(inner, f"{folder}{path}/", depth + 1)
        else:
            raise UnreadableError("too_large", f"{folder}{path}: archives inside archives inside "
                                               "archives are not opened")
