"""Which module reads which kind of file."""

from __future__ import annotations

from importlib import import_module

from extract.attachments.paper import FileReader, Paper, UnreadableError
from extract.media import PICTURES, MediaKind

_MODULES: dict[MediaKind, str] = {
    "pdf": "pdf",
    "docx": "docx",
    "word_xml": "docx",
    "xlsx": "xlsx",
    "sheet_xml": "sheet_xml",
    "xls": "xls",
    "ofd": "ofd",
    "doc": "doc",
    "rtf": "doc",
    "odf": "doc",
}
_SAID = {
    "empty": ("empty", "the file is empty"),
    "encrypted": ("encrypted", "the document is encrypted and asks for a password"),
    "xlsb": ("unknown_type", "a binary Excel workbook (xlsb) cannot be read"),
    "pptx": ("unknown_type", "slides (pptx) cannot be read"),
    "ppt": ("unknown_type", "slides (ppt) cannot be read"),
    "rar": ("unknown_type", "a RAR archive cannot be opened here; unpack it and read its files"),
    "7z": ("unknown_type", "a 7z archive cannot be opened here; unpack it and read its files"),
    "gzip": ("unknown_type", "a gzip file is no document"),
}


def paper_of(kind: MediaKind, data: bytes) -> Paper:
    """Read one file.

    Args:
        kind: What ``media_kind`` says it is; pages and archives are not read here.
        data: Its bytes.

    Returns:
        What it shows.

    Raises:
        UnreadableError: It cannot be read here; nothing else is raised.
    """
    if kind in _SAID:
        raise UnreadableError(*_SAID[kind])
    name = "picture" if kind in PICTURES else _MODULES.get(kind)
    if name is None:
        raise UnreadableError("unknown_type", "no reader knows this kind of file")
    try:
        return _reader(name)(data)
    except UnreadableError:
        raise
    except ModuleNotFoundError as error:
        if error.name == f"extract.attachments.{name}":
            raise UnreadableError("needs_reader", f"the document is {kind}, not a page") from None
        detail = f"{error.name} is not installed: pip install 'gov-reports[files,pictures]'"
        raise UnreadableError("needs_extra", detail) from None
    except MemoryError:
        raise UnreadableError("too_large", "the file needs more memory than a reader has") from None
    except Exception as error:  # noqa: BLE001
        # A library's bug, met by one file, ends the reading of that file alone.
        told = f"{type(error).__name__}: {error}"
        raise UnreadableError("broken", f"the file could not be read ({told[:200]})") from None


def _reader(name: str) -> FileReader:
    module = import_module(f"extract.attachments.{name}")
    read: FileReader = module.read
    return read
