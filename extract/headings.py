"""Where a report's headings stand: lines, and places in lines, that carry a label of the form.

Labels and their variants: sections of formats.json (forms of 2019 and 2021). A sure heading has
its ordinal, or a line of its own. Others (bracketed or glued ordinals, captions, all in one
paragraph) look like sub-headings and mentions too: they count only as a row of several.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from extract.normal import plain_form
from extract.ruler import Ruler

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
_SIGN = r"[\s*#|【\[“\"'<《]{0,6}"  # bounded: blanks without end must not be tried twice
_KINDS = ("caption", "bracket", "part", "count", "roman")
_LIKELY = re.compile(
    rf"(?:^|(?<=[。;!?)\]】])|(?<=\s)(?=\S))(?P<mark>{_SIGN})(?:"
    r"(?P<caption>附?表\s*[一二三四五六\d])|(?P<bracket>[(][一二三四五六\d][)])"
    r"|(?P<part>第[一二三四五六\d](?:部分|章|项))|(?P<count>[一二三四五六七八]|[1-8])"
    rf"|(?P<roman>[IVX]{{1,4}}))?[、.,:\s]{{0,4}}{_SIGN}(?:"
    + "|".join(f"(?P<n{number}>{_spaced(label)})" for number, label in _OFFICIAL.items())
    + r")[\s*#|】\]”\"'>》:。]{0,12}"
)
# Each official label has one of these.
_CORES = ("总体", "主动公开政府信息", "收到和", "行政复议", "问题", "其他", "其它")
_ROW = 4  # so many headings of the form are no accident
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
_TITLE_LENGTH = 46  # a heading line; longer lines begin with a heading at most


@dataclass(frozen=True, slots=True)
class Head:
    """One heading.

    Attributes:
        number: The section's number by the form.
        line: The index of its line.
        begin: Where it begins in the printed line.
        end: Where it ends there.
        official: Its label is the form's.
        end_line: The line the heading ends in, when it is printed over two.
    """

    number: int
    line: int
    begin: int
    end: int
    official: bool
    end_line: int = -1


def sure(lines: Sequence[str]) -> list[Head]:
    """Return the headings that can be nothing else, in the order of the text."""
    found: list[Head] = []
    fifth: Head | None = None
    for index, line in enumerate(lines):
        clean = plain_form(line)
        hits = _in_line(line, clean, index) or _over_two(lines, clean, index)
        found.extend(hits)
        if fifth is None and found and found[-1].number == 4 and _LOST_FIFTH.match(clean):
            fifth = Head(5, index, 0, 0, official=False)
    if fifth is not None and not any(head.number == 5 for head in found):
        found.append(fifth)
    return sorted(found, key=lambda head: (head.line, head.begin))


def _in_line(line: str, clean: str, index: int) -> list[Head]:
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
                return [Head(number, index, 0, len(line), official)]
            inline = _inline(line, clean, index)
            length = len(clean) - len(clean.lstrip()) + clean.strip().find(rest) + hit.end()
            end = Ruler(line, clean).printed(length)
            return inline or [Head(number, index, 0, end, official)]
    if len(line) > _TITLE_LENGTH:
        return _inline(line, clean, index)
    return _misprinted(rest, line, index) if ordinal else []


def _misprinted(rest: str, line: str, index: int) -> list[Head]:
    printed = re.sub(r"\s|[:：。]$", "", rest)
    if len(printed) < 6 or not re.search("公开|问题|事项|情况", printed):
        return []
    likeness = {n: SequenceMatcher(None, printed, label).ratio() for n, label in _PLAIN.items()}
    number = max(likeness, key=lambda n: likeness[n])
    if likeness[number] < _LIKE:
        return []
    return [Head(number, index, 0, len(line), official=False)]


def _over_two(lines: Sequence[str], clean: str, index: int) -> list[Head]:
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
            return [Head(number, index, 0, len(following), official=True, end_line=index + 1)]
    return []


def _may_follow(tail: str) -> bool:
    """Tell whether text may stand behind a heading: not the rest of a longer phrase."""
    return not re.match(r"[的和及与、]", tail)


def _inline(line: str, clean: str, index: int) -> list[Head]:
    """Headings inside a line, as in a page whose line breaks are lost."""
    heads: list[Head] = []
    if not _ANY_INLINE.search(clean):
        return heads
    ruler = Ruler(line, clean)
    for hit in _INLINE.finditer(clean):
        number = next(int(name[1:]) for name, value in hit.groupdict().items() if value)
        if _may_follow(clean[hit.end() : hit.end() + 2]):
            begin, end = ruler.printed(hit.start()), ruler.printed(hit.end())
            heads.append(Head(number, index, begin, end, official=True))
    return heads


def likely(lines: Sequence[str], known: Sequence[Head]) -> list[Head]:
    """Return headings that only their company proves.

    Args:
        lines: The report's lines.
        known: The sure headings; a number among them is not looked for.

    Returns:
        Headings of the missing numbers that stand in the form's order among the sure ones. A
        caption (表二：主动公开政府信息情况) counts alone. The others count as a row: together with
        the sure ones at least four, and for bracketed or bare labels (the usual sub-headings) at
        least four of their own kind.
    """
    taken = {head.number for head in known}
    rows: dict[str, dict[int, Head]] = {}
    for index, line in enumerate(lines):
        clean = plain_form(line)
        if not _names_one(clean):
            continue
        for kind, head in _marked(line, clean, index):
            if head.number not in taken:
                rows.setdefault(kind, {}).setdefault(head.number, head)
    found: dict[int, Head] = {}
    for kind, row in rows.items():
        heads = _in_order(row.values(), known)
        alone = kind in ("bracket", "bare")
        company = len(heads) + (0 if alone else len(taken))
        if kind == "caption" or company >= _ROW:
            for head in heads:
                found.setdefault(head.number, head)
    return list(found.values())


def _names_one(clean: str) -> bool:
    """Tell whether a line may hold an official label, blanks in it or not."""
    bare = "".join(clean.split())
    return any(core in bare for core in _CORES)


def _marked(line: str, clean: str, index: int) -> Iterator[tuple[str, Head]]:
    ruler = Ruler(line, clean)
    for hit in _LIKELY.finditer(clean):
        number = next(int(name[1:]) for name, value in hit.groupdict().items()
                      if value and name[0] == "n")
        if not _may_follow(clean[hit.end() : hit.end() + 2]):
            continue
        kind = next((name for name in _KINDS if hit[name]), "bare")
        begin = ruler.printed(hit.start("mark"))
        yield kind, Head(number, index, begin, ruler.printed(hit.end()), official=True)


def _in_order(row: Iterable[Head], known: Sequence[Head]) -> list[Head]:
    """Leave out what stands before a lower number or behind a higher one."""
    kept: list[Head] = []
    for head in sorted(row, key=lambda one: one.number):
        others = [*known, *kept]
        place = (head.line, head.begin)
        if all((other.number < head.number) == ((other.line, other.begin) < place)
               for other in others):
            kept.append(head)
    return kept
