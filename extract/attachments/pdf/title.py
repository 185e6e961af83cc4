"""The title that a PDF gives itself in its properties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from extract.normal import HAN

_HAN = re.compile(f"[{HAN}]")
_MAKERS = re.compile(r"^Microsoft\s+\w+\s+-\s+|\.(?:docx?|wps|pdf|xlsx?|et|html?)$", re.I)
_LONGEST = 120


def own_title(infos: Iterable[Mapping[str, Any]]) -> str | None:
    """Return the title in a file's properties; None when there is none in Chinese.

    Args:
        infos: The Info dictionaries of the file, as pdfminer gives them; strings are bytes.
    """
    for info in infos:
        printed = info.get("Title")
        if isinstance(printed, bytes):
            title = _MAKERS.sub("", decoded(printed).strip())
            if _HAN.search(title) and len(title) <= _LONGEST and "\ufffd" not in title:
                return title
    return None


def decoded(text: bytes) -> str:
    """Return a text string of a PDF; some makers write it in the byte order of their machine."""
    for mark, codec in ((b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le")):
        if text.startswith(mark):
            return text[2:].decode(codec, "replace").strip("\0")
    for codec in ("utf-8", "gb18030"):
        try:
            return text.decode(codec).lstrip("\ufeff")
        except UnicodeDecodeError:
            continue
    return text.decode("latin-1")
