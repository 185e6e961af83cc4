"""Loose text as pieces: the cells of pipes, tabs and commas, or what stands between blanks.

Every piece knows its place in the text, so that a number leads back to its characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.tables.loose.furniture import furniture
from extract.tables.loose.vocabulary import form, header_words, is_fragment
from extract.tables.number import is_value

# Full-width, drawn and broken bars are the same mark as a pipe.
_BARS = str.maketrans(dict.fromkeys("｜│┃¦║┆", "|"))
_RULE = re.compile(r"(?=.*[-=─━═]{3}|.*[─━═])[\s|:+=─━═┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬-]+")
_GAP = re.compile(r"\S[ \u3000]{2,}\S")
_GRID_BORDER = re.compile(r"\+[-=]{3,}")
_ASCIIDOC_SPAN = re.compile(r"\s+\d*(?:\.\d+)?\+$|^\d*(?:\.\d+)?\+$")
_ASCIIDOC = re.compile(r"^\|={3,}\s*$", re.M)
_UNIT = "件|项|条|次|篇|份|元|万元|亿元"
# A number keeps the unit behind it, and brackets keep what is in them.
_WORD = re.compile(
    rf"[+-]?\d[\d,.]*\s(?:{_UNIT})(?=\s|$)|(?:[（(][^()（）\n]{{0,60}}[)）]|\S)+"
)
_FIELD = re.compile(r'"(?P<quoted>[^"]*)"|(?P<plain>[^,"]*)')
_LONGEST_FIELDS = 400
_MANY_FIELDS = 7  # no number has so many commas

# What frames a cell and is no part of it: blanks, invisible signs, marks of emphasis, entities
# and tags that were left as text.
_FRAME = (
    r"\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
)
_FRAMES = (
    rf"(?:[{_FRAME}]|&(?:amp;)*(?:nbsp|ensp|emsp|thinsp|#160|#xa0|#x?8203|#12288);"
    r"|<br\s{0,3}/?>|</?(?:b|strong|p|u|em|span)>)"
)
_LEAD = re.compile(rf"{_FRAMES}+", re.I)
_TAIL = re.compile(rf"{_FRAMES}+\Z", re.I)
_SPAN = re.compile(r"\[([^\[\]]*)\]\{[^{}]*\}")  # as pandoc writes it
_BOLD = re.compile(r"(\*\*|__)(?P<inner>(?:(?!\1).)+)\1")  # **31** is bold, **31 is masked
_FRAME_END = frozenset("}>;*_ \t\u00a0\u3000\u00ad\u180e\ufeff")
_LONGEST_FRAMED = 200

# Signs that begin most labels and sentences, and no value: for speed only.
_NO_VALUE = frozenset("（(一二三四五六七八九十第的年本信规行政其自法商科社总结尚，。、我全各")
_DIGITISH = re.compile(r"[\dOoQIl|\ufffd?*xX.,，·〇零%+-]{1,12}(?:件|项|条|次|万元|元)?")
_SPLIT = re.compile(r"[+-]?\d[\d,.]*(?:\s+\d[\d,.]*)+")
_HAN_NUMBER = re.compile(r"[〇零一二三四五六七八九十百千万两]{1,6}(?:件|项|条|次|万元|元)?")


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a loose text.

    Attributes:
        text: Its text, without what frames it; empty for a blank cell.
        start: Its offset in the text, in characters.
        line: The number of its line; of a grid's row, of its first line.
        until: The number of the last line of its row; ``line`` but in grids.
        alone: It is the only piece of its line.
        first: It is the first piece of its line.
        last: It is the last piece of its line.
        marked: Pipes, tabs or commas cut it out, not mere blanks.
        ruled: Its line begins and ends with a pipe: a markdown row, where spans leave no blanks.
        value: It can stand in a value cell; blank cells too.
        garbled: It stands where a number should and is none (O for 0, a lost character).
    """

    text: str
    start: int
    line: int
    until: int
    alone: bool
    first: bool
    last: bool
    marked: bool
    ruled: bool
    value: bool
    garbled: bool

    @property
    def at(self) -> str:
        """The locator ``text:OFFSET+LENGTH``."""
        return f"text:{self.start}+{len(self.text)}"


def pieces(text: str) -> list[Piece]:
    """Cut a text into pieces, page numbers and running heads left out.

    A line of several pipes and nothing else is what spanning cells leave behind: no pieces. A line
    of one pipe is one blank cell.
    """
    lines = text.splitlines(keepends=True)
    skipped = furniture(lines)
    asciidoc = _ASCIIDOC.search(text) is not None
    cut: list[Piece] = []
    block: list[list[Piece]] = []  # the lines of one row of a grid
    gridded = False
    offset = 0
    for number, line in enumerate(lines):
        if number not in skipped:
            border = "+" in line and _GRID_BORDER.search(line) is not None
            parts = [] if border else list(_line(line.rstrip("\r\n"), offset, number, asciidoc))
            inside = gridded and not border and line.lstrip().startswith("|")
            if inside and parts:
                block.append(parts)
            if not inside:
                cut += _grid_row(block)
                block = []
                gridded = border
                cut += parts
        offset += len(line)
    return cut + _grid_row(block)


def _grid_row(block: list[list[Piece]]) -> list[Piece]:
    """The cells of one row of a grid, whose text runs over several lines, one after the other."""
    if len(block) < 2 or len({len(parts) for parts in block}) > 1:
        return [piece for parts in block for piece in parts]
    first, last = block[0][0].line, block[-1][-1].until
    row: list[Piece] = []
    for column in zip(*block, strict=True):
        row += [piece for piece in column if piece.text] or [column[0]]
    return [replace(piece, line=first, until=last, first=index == 0, last=index == len(row) - 1,
                    ruled=False) for index, piece in enumerate(row)]


def _line(line: str, offset: int, number: int, asciidoc: bool) -> Iterator[Piece]:
    if not line or line.isspace():
        return
    plain = line.translate(_BARS)
    mark = "|" if "|" in plain else "\t" if "\t" in line.strip() else ""
    parts = list(_marked(plain, mark, asciidoc) if mark else _comma_fields(line))
    marked = bool(parts) or bool(mark)
    if mark == "|" and len(parts) == 1 and _GAP.search(parts[0][0]):
        # A table inside one cell, its columns kept apart by blanks.
        part, start = parts[0]
        parts = [(hit[0], start + hit.start()) for hit in _WORD.finditer(part)]
    bare = plain.strip()
    ruled = len(parts) > 1 and bare[0] == bare[-1] == "|"
    if not marked:
        # A blank left as an entity is no cell of its own.
        parts = [part for part in _blanks(line) if _bare(part[0])[0]]
    last = len(parts) - 1
    for index, (part, start) in enumerate(parts):
        inner, lead = _bare(part)
        value = not inner or (inner[0] not in _NO_VALUE and len(inner) <= 80 and is_value(inner))
        if value and inner and not marked and last > 0 and not inner.strip("*_"):
            value = False  # a mark of emphasis at the edge of a line
        garbled = not value and _garbled(inner, marked)
        yield Piece(inner, offset + start + lead, number, number, last == 0, index == 0,
                    index == last, marked, ruled, value, garbled)


def _garbled(text: str, marked: bool) -> bool:
    if len(text) > 16:
        return False
    if any(c.isdigit() or c in "OoQIl\ufffd〇零" for c in text) and _DIGITISH.fullmatch(text):
        return not re.fullmatch(r"\d{1,2}[.、]", text)
    return marked and bool(_SPLIT.fullmatch(text) or _HAN_NUMBER.fullmatch(text))


def _bare(part: str) -> tuple[str, int]:
    """A piece without its frame, and how many characters of the frame stand before it."""
    inner = part.strip()
    if not inner:
        return "", len(part) - len(part.lstrip())
    lead = part.index(inner[0]) if inner else 0
    if len(inner) > _LONGEST_FRAMED:
        return inner, lead
    if inner[0] == "[" and (span := _SPAN.fullmatch(inner)):
        return span[1].strip(), lead + 1 + len(span[1]) - len(span[1].lstrip())
    if inner[0] in "&*_<\u00ad\u180e\u200b\u200c\u200d\u2060\ufeff" and (hit := _LEAD.match(inner)):
        inner, lead = inner[hit.end():], lead + hit.end()
    if inner and (inner[-1] in _FRAME_END or not inner[-1].isprintable()):
        inner = _TAIL.sub("", inner)
    if inner[:2] in ("**", "__") and (bold := _BOLD.fullmatch(inner)):
        inner, lead = bold["inner"].strip(), lead + 2
    return inner, lead


def _marked(plain: str, mark: str, asciidoc: bool) -> Iterator[tuple[str, int]]:
    if mark == "|" and (_RULE.fullmatch(plain) or _GRID_BORDER.search(plain)):
        return
    if not plain.strip("| \t\u3000\xa0"):
        if plain.count("|") == 1:
            yield "", plain.index("|")
        return
    start = 0
    parts: list[tuple[str, int]] = []
    for part in plain.split(mark):
        parts.append((_ASCIIDOC_SPAN.sub("", part) if asciidoc else part, start))
        start += len(part) + 1
    if mark == "|" and not parts[-1][0].strip():
        parts.pop()  # a pipe ends a cell
    begun = mark == "|" and len(parts) > 1 and not parts[0][0].strip()
    if begun and (asciidoc or plain.rstrip().endswith("|")):
        parts.pop(0)  # a markdown row begins with one too
    for part, at in parts:
        # The rule below a header, where a whole table stands in one line.
        if not re.fullmatch(r"\s*:?-{3,}:?\s*", part):
            yield part, at


def _blanks(line: str) -> list[tuple[str, int]]:
    """Cut a line at its blanks; a line that is one value with a remark stays whole."""
    if _RULE.fullmatch(line):
        return []
    bare = line.strip()
    if " " not in bare and "\u3000" not in bare and "\xa0" not in bare:
        return [(bare, line.index(bare[0]))] if bare else []
    if len(bare) <= 80 and is_value(bare):
        return [(bare, line.index(bare[0]))]
    return [(hit[0], hit.start()) for hit in _WORD.finditer(line)]


def _comma_fields(line: str) -> list[tuple[str, int]]:
    """The fields of a line of comma-separated values; none where commas are the author's.

    A label must stand before the values, and no comma behind a digit of it: 行政许可 17,388 is one
    number.
    """
    if "," not in line or len(line) > _LONGEST_FIELDS or line.isspace():
        return []
    found: list[tuple[str, int]] = []
    at = 0
    while at <= len(line):
        hit = _FIELD.match(line, at)
        if hit is None:
            return []
        group = "quoted" if hit["quoted"] is not None else "plain"
        found.append((hit[group], hit.start(group)))
        at = hit.end()
        if at < len(line) and line[at] != ",":
            return []
        at += 1
    words = [part.strip() for part, _ in found]
    values = 0
    while values < len(words) and (not words[-1 - values] or is_value(words[-1 - values])):
        values += 1
    labels = words[: len(words) - values]
    if not labels and len(words) >= _MANY_FIELDS:
        return found
    if not any(labels) or any(label[-1:].isdigit() for label in labels):
        return []
    if not any(words[len(labels) :]):
        return found if all(form(label) in header_words().whole for label in labels) else []
    if any(label and not is_fragment(label) for label in labels):
        return []
    return _with_commas(line, found, len(labels))


def _with_commas(line: str, found: list[tuple[str, int]], count: int) -> list[tuple[str, int]]:
    """Put a label together again that has commas of its own: the last of the line's labels."""
    last, at = found[count - 1]
    for index in range(count - 1):
        whole = line[found[index][1] : at + len(last)]
        if is_fragment(whole):
            return [*found[:index], (whole, found[index][1]), *found[count:]]
    return found
