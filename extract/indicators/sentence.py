"""A report's text cut into sentences, and a sentence into its printed numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extract.normal import nfkc, simplify, strip_pinyin

_SENTENCE = re.compile(r"[^。！!？?\n]+[。！!？?]?")
# A long line without an end of sentence goes on in the next: text torn out of a PDF.
_WRAPPED = re.compile(
    r"(?<=[^\n]{24})(?<![。！!？?；;：:…）)\n])\n(?![（(]?[一二三四五六七八九十\d])"
)
_LONGEST = 2000
_USEFUL = re.compile(r"\d|[无無未零没沒不]")
# Characters that a report in traditional script cannot do without; only then it is converted.
_TRADITIONAL = re.compile("[開發報務請條號訊網無與為個數議見費]")
_UNITS = (
    "人次|场次|班次|批次|条次|万元|条|件|篇|次|期|场|个|份|则|例|宗|项|部|起|人|元|封|批|位|名|户|%"
)
# No digit before (half of a number), no sign of a range, a mask or an ordinal.
_NUMBER = re.compile(
    r"(?<!\d,)(?<!\d\.)(?<![\dA-Za-z*×第\-–—~/_])"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?P<fraction>\.\d+)?"
    r"(?P<about>余|多)?(?P<scale>万|亿)?(?P<more>余|多)?"
    rf"(?P<unit>{_UNITS})?(?P<beyond>余|左右|以上)?"
)
# A date, a time, a share, a code: no count.
_NO_COUNT = re.compile(r"[年月日号级点时分‰A-Za-z\d]")
_ABOUT = re.compile(r"(?:近|约|超|超过|突破|逾|将近|接近|不足)$")
_SCALE = {"万": 10_000, "亿": 100_000_000, "": 1}


@dataclass(frozen=True, slots=True)
class Mention:
    """One printed number.

    Attributes:
        value: The number with 万 and 亿 multiplied in.
        unit: The unit printed behind it, empty when there is none; 万元 is 元 and multiplied in.
        about: Printed as an approximation (余, 近, 突破).
        start: Offset in the plain sentence.
        end: Offset behind its unit.
    """

    value: int | float
    unit: str
    about: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as printed, and its plain form that the rules see."""

    printed: str
    plain: str


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a text that have a number or a word for none.

    What goes on for thousands of characters without an end is no sentence and is left out: it
    would be read wrong, and its numbers each look back over all of it.
    """
    for hit in _SENTENCE.finditer(_WRAPPED.sub("", text)):
        printed = hit[0].strip()
        if printed and len(printed) <= _LONGEST and _USEFUL.search(printed):
            yield Sentence(printed, _plain(printed))


def mentions(plain: str) -> list[Mention]:
    """Return the numbers of a plain sentence; years and dates are none."""
    return [
        _mention(plain, hit)
        for hit in _NUMBER.finditer(plain)
        if hit["unit"] or not _NO_COUNT.match(plain, hit.end())
    ]


def _mention(plain: str, hit: re.Match[str]) -> Mention:
    unit = hit["unit"] or ""
    scale = _SCALE[hit["scale"] or ""]
    if unit == "万元":
        unit, scale = "元", scale * 10_000
    value = Decimal(hit["digits"].replace(",", "") + (hit["fraction"] or "")) * scale
    about = bool(hit["about"] or hit["more"] or hit["beyond"]) or bool(
        _ABOUT.search(plain, max(hit.start() - 3, 0), hit.start())
    )
    number = int(value) if value == value.to_integral_value() else float(value)
    return Mention(number, unit, about, hit.start(), hit.end())


def _plain(printed: str) -> str:
    text = nfkc(printed).replace("，", ",")
    # Two numbers with a blank between may be one or two: the sign keeps both from being read.
    text = re.sub(r"(?<=\d)\s+(?=\d)", "_", text)
    text = re.sub(r"\s+", "", text)
    if _TRADITIONAL.search(text):
        text = simplify(strip_pinyin(text))
    return text
