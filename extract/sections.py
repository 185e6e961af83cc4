"""The six sections of a report, found by the labels of the form, never by the printed ordinal.

Labels and their variants: sections of formats.json (forms of 2019 and 2021). Reports misnumber,
restart their numbering, and print a heading and its text on one line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from extract.normal import plain_form
from extract.record import Section

_ORDINAL = r"(?:第?\s*[一二三四五六七八九十]{1,3}\s*(?:部分)?\s*[、.．,:：\s]|\d\s*[、.．])\s*"
_TOP = re.compile(rf"^\s*#*\s*(?:{_ORDINAL})")


def _spaced(pattern: str) -> str:
    """Allow blanks between the characters of a label (总 体 情 况)."""
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff(])", lambda _: r"\s*", pattern)


_OFFICIAL = {
    1: r"(?:政府信息公开)?(?:工作)?总体(?:工作)?情况(?:概述)?",
    2: r"(?:行政机关)?主动公开政府信息(?:的)?(?:工作)?(?:的)?情况",
    3: r"(?:行政机关)?收到和(?:处理|办理)(?:政府信息|信息)公开申请(?:的)?(?:有关)?情况",
    4: r"(?:因)?(?:政府信息|信息)公开(?:工作)?(?:被申请|申请|引起的|发生的|引发的)?(?:的)?行政复议"
    r"(?:和|及|与|、|，|,)?(?:提起|被提起)?(?:的)?(?:行政)?诉讼(?:的)?情况",
    5: r"(?:政府信息公开工作|信息公开工作|工作中|政务公开工作)?(?:中)?"
    r"(?:存在|面临)(?:的)?(?:主要)?(?:困难和)?问题"
    r"(?:(?:以)?(?:及|和|与|、)(?:下一步|今后)?(?:改进|整改|下一步|解决|改善)"
    r"(?:工作)?(?:情况|措施|打算|方向|意见|办法|计划|思路|安排)?(?:情况)?)?",
    6: r"(?:其他|其它)(?:需要|需|应当|须)?(?:报告|说明)(?:的)?(?:事项|情况|内容)|"
    r"(?:需要|需)(?:报告|说明)(?:的)?(?:其他|其它)(?:有关)?(?:事项|情况)",
}
_LOOSE = {
    1: r"(?:工作)?(?:概述|概况|基本情况)|(?:工作)?总体(?:工作)?(?:概况|概述|开展情况)",
    2: r"(?:政府信息)?主动公开(?:政府)?(?:信息)?(?:工作)?(?:的)?(?:方面|情况)?",
    3: r"(?:政府信息|信息)?(?:依申请公开|公开申请)(?:政府信息|信息)?"
    r"(?:和不予公开)?(?:政府信息|信息)?(?:工作|办理|处理)?(?:的)?(?:情况)?",
    4: r"(?:行政)?复议(?:、|和|及|与)?(?:提起)?(?:的)?(?:行政)?诉讼(?:和申诉)?(?:的)?(?:情况)?",
    5: r"(?:主要)?问题(?:和|及|与)(?:改进|整改|下一步).{0,10}|存在(?:的)?(?:问题|不足).{0,14}",
    6: r"其他(?:事项|情况)|(?:其他)?需要(?:报告|说明)的(?:事项|情况)",
}
_HEADS = {number: re.compile(_spaced(label)) for number, label in _OFFICIAL.items()}
_LOOSE_HEADS = {number: re.compile(_spaced(label)) for number, label in _LOOSE.items()}
# Most lines are no heading: one look tells it.
_ANY_HEAD = re.compile("|".join(map(_spaced, [*_OFFICIAL.values(), *_LOOSE.values()])))
_ANY_INLINE = re.compile(r"[一二三四五六][、.．]")
# In the middle of a line a heading needs its ordinal and an end of sentence before it.
_INLINE = re.compile(
    r"(?:(?<=[。；;！!)）\d\s])|^)\s{0,8}(?:第?[一二三四五六]{1}[、.．]\s*)(?:"
    + "|".join(f"(?P<n{number}>{_spaced(label)})" for number, label in _OFFICIAL.items())
    + ")"
)
# The labels as the form prints them, for misprinted ones (主动公开政府政府情况).
_PLAIN = {
    1: "总体情况",
    2: "主动公开政府信息情况",
    3: "收到和处理政府信息公开申请情况",
    4: "政府信息公开行政复议、行政诉讼情况",
    5: "存在的主要问题及改进情况",
    6: "其他需要报告的事项",
}
_LIKE = 0.8  # least likeness of a misprinted heading; no two labels are half as like
_LOST_FIFTH = re.compile(_spaced(r"^\s*[(（]一[)）]\s*(?:存在的?)?(?:主要)?(?:存在的?)?问题"))
_END = re.compile(r"^[\s:：。.]*")
_TITLE_LENGTH = 46  # a heading line; longer lines begin with a heading at most


@dataclass(frozen=True, slots=True)
class Part:
    """A section with its place in the lines.

    Attributes:
        number: 1 to 6 by the form; 0 for what stands before the first heading.
        heading: The heading as printed; empty for the preamble or a lost heading.
        text: The text behind it, lines joined by a newline.
        start: Index of the line the section begins in (its heading's line).
        end: Index of the line behind its last one.
        start_at: Offset in that first line; a heading may stand in the middle of a line.
    """

    number: int
    heading: str
    text: str
    start: int
    end: int
    start_at: int = 0


@dataclass(frozen=True, slots=True)
class _Head:
    number: int
    line: int
    begin: int  # offsets in the printed line
    end: int
    official: bool
    end_line: int = -1  # the line the heading ends in, when it is printed over two


def locate(lines: Sequence[str]) -> list[Part]:
    """Find the sections of a report.

    Args:
        lines: The report's lines, tables taken out or not.

    Returns:
        The preamble (number 0, if it has text) and the sections in document order, each number at
        most once. Where an official label stands twice, the one with more text behind it is the
        section; a loose label (依申请公开情况) counts only where the official one is missing.
    """
    heads = _choose(_candidates(lines), lines)
    parts: list[Part] = []
    first = heads[0] if heads else _Head(0, len(lines), 0, 0, official=False)
    preamble = _text(lines, 0, 0, first.line, first.begin)
    if preamble:
        parts.append(Part(0, "", preamble, 0, first.line))
    for head, following in _with_next(heads):
        stop = following.line if following else len(lines)
        cut = following.begin if following else 0
        text = _behind(lines, head, stop, cut)
        last = stop + 1 if cut else stop
        parts.append(
            Part(head.number, _printed_heading(lines, head), text, head.line, last, head.begin)
        )
    return parts


def split(lines: Sequence[str]) -> list[Section]:
    """Return the sections of a report as the record has them; see ``locate``."""
    return [Section(part.number, part.heading, part.text) for part in locate(lines)]


def _printed_heading(lines: Sequence[str], head: _Head) -> str:
    if head.end_line > head.line:
        rows = [lines[head.line][head.begin :], *lines[head.line + 1 : head.end_line + 1]]
    else:
        rows = [lines[head.line][head.begin : head.end]]
    return "".join(row.strip().strip("#*|").strip() for row in rows)


def _behind(lines: Sequence[str], head: _Head, stop: int, cut: int) -> str:
    return _text(lines, max(head.line, head.end_line), head.end, stop, cut)


def _text(lines: Sequence[str], start: int, offset: int, stop: int, cut: int) -> str:
    """The text from an offset in one line to an offset in another, blank lines left out."""
    rows = list(lines[start:stop])
    if stop < len(lines) and cut:
        rows.append(lines[stop][:cut])
    if not rows:
        return ""
    rows[0] = _END.sub("", rows[0][offset:]) if offset else rows[0]
    return "\n".join(row.strip() for row in rows if row.strip())


def _candidates(lines: Sequence[str]) -> list[_Head]:
    found: list[_Head] = []
    fifth: _Head | None = None
    for index, line in enumerate(lines):
        clean = plain_form(line)
        hits = _in_line(line, clean, index) or _over_two(lines, clean, index)
        found.extend(hits)
        if fifth is None and found and found[-1].number == 4 and _LOST_FIFTH.match(clean):
            fifth = _Head(5, index, 0, 0, official=False)
    if fifth is not None and not any(head.number == 5 for head in found):
        found.append(fifth)
    return sorted(found, key=lambda head: (head.line, head.begin))


def _in_line(line: str, clean: str, index: int) -> list[_Head]:
    bare = clean.strip().strip("*|#").strip()
    ordinal = _TOP.match(bare)
    rest = bare[ordinal.end() :] if ordinal else bare
    tables = ((True, _HEADS), (False, _LOOSE_HEADS)) if _ANY_HEAD.match(rest) else ()
    for official, table in tables:
        for number, pattern in table.items():
            hit = pattern.match(rest)
            if hit is None:
                continue
            tail = rest[hit.end() :].strip(" :：。.")
            whole = not tail and len(bare) <= _TITLE_LENGTH
            if not whole and not (ordinal and official and _may_follow(tail)):
                continue
            if not ordinal and not (official and whole):
                continue
            if whole:
                return [_Head(number, index, 0, len(line), official)]
            inline = _inline(line, clean, index)
            length = len(clean) - len(clean.lstrip()) + clean.strip().find(rest) + hit.end()
            return inline or [_Head(number, index, 0, _printed(line, length), official)]
    if len(line) > _TITLE_LENGTH:
        return _inline(line, clean, index)
    return _misprinted(rest, line, index) if ordinal else []


def _misprinted(rest: str, line: str, index: int) -> list[_Head]:
    printed = re.sub(r"\s|[:：。]$", "", rest)
    if len(printed) < 6 or not re.search("公开|问题|事项|情况", printed):
        return []
    likeness = {n: SequenceMatcher(None, printed, label).ratio() for n, label in _PLAIN.items()}
    number = max(likeness, key=lambda n: likeness[n])
    if likeness[number] < _LIKE:
        return []
    return [_Head(number, index, 0, len(line), official=False)]


def _over_two(lines: Sequence[str], clean: str, index: int) -> list[_Head]:
    """A heading whose second half stands in the next line, as in text torn out of a PDF."""
    if index + 1 >= len(lines) or len(clean) > _TITLE_LENGTH or not _TOP.match(clean.strip()):
        return []
    following = lines[index + 1]
    if not 6 <= len(clean.strip()) + len(following.strip()) <= 2 * _TITLE_LENGTH:
        return []
    joined = clean.strip() + plain_form(following).strip()
    ordinal = _TOP.match(joined)
    for number, pattern in _HEADS.items():
        hit = pattern.fullmatch(joined[ordinal.end() :].strip(" :：。")) if ordinal else None
        if hit and not pattern.match(plain_form(following).strip()):
            return [_Head(number, index, 0, len(following), official=True, end_line=index + 1)]
    return []


def _may_follow(tail: str) -> bool:
    """Tell whether text may stand behind a heading: not the rest of a longer phrase."""
    return not re.match(r"[的和及与、]", tail)


def _inline(line: str, clean: str, index: int) -> list[_Head]:
    """Headings inside a line, as in a page whose line breaks are lost."""
    heads: list[_Head] = []
    if not _ANY_INLINE.search(clean):
        return heads
    for hit in _INLINE.finditer(clean):
        number = next(int(name[1:]) for name, value in hit.groupdict().items() if value)
        if _may_follow(clean[hit.end() : hit.end() + 2]):
            begin, end = _printed(line, hit.start()), _printed(line, hit.end())
            heads.append(_Head(number, index, begin, end, official=True))
    return heads


def _printed(line: str, length: int) -> int:
    """The offset in the printed line at which its cleaned form has the given length."""
    if len(plain_form(line)) == len(line):
        return min(length, len(line))
    low, high = 0, len(line)
    while low < high:
        middle = (low + high) // 2
        if len(plain_form(line[:middle])) < length:
            low = middle + 1
        else:
            high = middle
    # A pinyin annotation belongs to the character before it.
    note = re.match(r"[(（][a-zà-ǿɡü]+[)）]", line[low:])
    return low + (note.end() if note else 0)


def _with_next(heads: Sequence[_Head]) -> list[tuple[_Head, _Head | None]]:
    return [
        (head, heads[place + 1] if place + 1 < len(heads) else None)
        for place, head in enumerate(heads)
    ]


def _choose(candidates: list[_Head], lines: Sequence[str]) -> list[_Head]:
    """One heading a number: official before loose, then the one with most text behind it."""
    official = {head.number for head in candidates if head.official}
    kept = [head for head in candidates if head.official or head.number not in official]
    sizes = _sizes(kept, lines)
    contents = _contents(kept, sizes)
    best: dict[int, _Head] = {}
    for head in kept[contents:]:
        if head.number not in best or sizes[head] > sizes[best[head.number]]:
            best[head.number] = head
    return sorted(best.values(), key=lambda head: (head.line, head.begin))


def _sizes(heads: Sequence[_Head], lines: Sequence[str]) -> dict[_Head, int]:
    sizes = {}
    for head, following in _with_next(heads):
        stop = following.line if following else len(lines)
        cut = following.begin if following else 0
        sizes[head] = len(_behind(lines, head, stop, cut))
    return sizes


def _contents(heads: Sequence[_Head], sizes: dict[_Head, int]) -> int:
    """How many headings are a table of contents: three or more without text, all met again."""
    run = 0
    while run < len(heads) and sizes[heads[run]] == 0:
        run += 1
    run = min(run + 1, len(heads))  # behind the last one stands the preamble
    later = {head.number for head in heads[run:]}
    return run if run > 3 and {head.number for head in heads[:run]} <= later else 0
