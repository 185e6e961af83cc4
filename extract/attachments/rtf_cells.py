r"""What stands in the table cells of an RTF file, told by its own words: ``\cell`` ends each.

This is the second look at a converted document; see :mod:`extract.attachments.word_binary`.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

_TOKEN = re.compile(
    rb"(?P<hex>\\'[0-9a-fA-F]{2})"
    rb"|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    rb"|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<brace>[{}])"
    rb"|(?P<plain>[^\\{}\r\n]+)"
)
# Groups that are not the document's text.
_ASIDE = frozenset(
    b"fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl "
    b"footerr footerf footnote listtable listoverridetable fldinst themedata datastore generator "
    b"rsidtbl xmlnstbl mmathPr latentstyles shpinst nonshppict".split()
)
_ENDS = frozenset({b"cell", b"nestcell"})
_BREAKS = frozenset({b"par", b"line", b"row", b"nestrow", b"sect", b"page"})
_MOST = 20_000_000  # bytes that are looked through
_DEEPEST = 500


@dataclass(slots=True)
class _Group:
    aside: bool = False
    hidden: bool = False
    skip: int = 1  # signs after a \u that say the same for old programs


@dataclass(slots=True)
class _State:
    groups: list[_Group] = field(default_factory=lambda: [_Group()])
    encoding: str = "gb18030"
    skipping: int = 0
    line: list[str] = field(default_factory=list)
    raw: bytearray = field(default_factory=bytearray)
    cells: list[str] = field(default_factory=list)

    def flush(self) -> None:
        if self.raw:
            self.line.append(self.raw.decode(self.encoding, "replace"))
            self.raw.clear()

    def put(self, data: bytes) -> None:
        """Take text as bytes; what repeats a \\u is passed over."""
        passed = min(self.skipping, len(data))
        self.skipping -= passed
        if not (self.groups[-1].aside or self.groups[-1].hidden):
            self.raw += data[passed:]


def cell_texts(data: bytes) -> list[str]:
    """Return the last line of each table cell, in the order of the document.

    Args:
        data: The file.

    Returns:
        The texts, blank ones included.
    """
    state = _State()
    starred = False
    for token in _TOKEN.finditer(data[:_MOST]):
        if token["brace"] == b"{":
            if len(state.groups) < _DEEPEST:
                above = state.groups[-1]
                state.groups.append(_Group(above.aside, above.hidden, above.skip))
            starred = False
            continue
        if token["brace"]:
            if len(state.groups) > 1:
                state.groups.pop()
        elif token["hex"]:
            state.put(bytes([int(token["hex"][2:], 16)]))
        elif token["plain"]:
            state.put(token["plain"])
        elif token["sign"]:
            starred = token["sign"] == b"*"
            if starred:
                continue
            state.put({b"~": b" ", b"_": b"-"}.get(token["sign"], token["sign"]))
        elif token["word"]:
            _obey(state, token["word"], token["number"], starred)
        starred = False
    return state.cells


def _obey(state: _State, word: bytes, number: bytes | None, starred: bool) -> None:
    group = state.groups[-1]
    value = int(number) if number else None
    if word in _ASIDE or (starred and word != b"nesttableprops"):
        group.aside = True
    elif word == b"ansicpg" and value:
        state.encoding = _codec(value)
    elif word == b"uc":
        group.skip = max(0, min(value or 0, 8))
    elif word == b"v":
        group.hidden = value != 0
    elif word in (b"plain", b"pard"):
        group.hidden = False
    elif word == b"u" and value is not None and not (group.aside or group.hidden):
        state.flush()
        state.line.append(chr(value % 0x10000) if not 0xD800 <= value % 0x10000 < 0xE000 else "?")
        state.skipping = group.skip
    elif group.aside:
        return
    elif word in _ENDS:
        state.flush()
        state.cells.append("".join(state.line).strip())
        state.line.clear()
    elif word in _BREAKS:
        state.flush()
        state.line.clear()
    elif word == b"tab":
        state.put(b" ")


def _codec(page: int) -> str:
    name = {936: "gb18030", 65001: "utf-8"}.get(page, f"cp{page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "gb18030"
