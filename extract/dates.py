"""Dates as these pages print them."""

from __future__ import annotations

import re
from datetime import date

from extract.normal import nfkc

_NUMERALS = {char: value for value, char in enumerate("〇一二三四五六七八九")}
_NUMERALS |= {"零": 0, "○": 0, "Ο": 0, "O": 0, "0": 0, "元": 1}
_HAN_YEAR = "[二一][〇零○ΟO0一二三四五六七八九]{3}"

_DIGITS = (
    r"(?<!\d)((?:19|20)\d\d)\s{0,3}[-/.年]\s{0,3}(\d{1,2})\s{0,3}[-/.月]\s{0,3}(\d{1,2})(?!\d)"
)
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_GAP = r"\s{0,3}"
_HAN = rf"({_HAN_YEAR}){_GAP}年{_GAP}({_NUMERAL}){_GAP}月{_GAP}({_NUMERAL}){_GAP}日"
_DATE = re.compile(f"{_DIGITS}|{_HAN}")
_TAIL = re.compile(r"\s*日?\s*[)。.]?\s*")


def han_number(numeral: str) -> int:
    """Read 二〇二四 (digit by digit) or 三十一 (with tens) as a number."""
    if "十" not in numeral:
        return int("".join(str(_NUMERALS[char]) for char in numeral))
    tens, _, ones = numeral.partition("十")
    return (_NUMERALS[tens] if tens else 1) * 10 + (_NUMERALS[ones] if ones else 0)


def _iso(hit: re.Match[str]) -> str | None:
    year, month, day = (part for part in hit.groups() if part is not None)
    try:
        parts = (
            (int(year), int(month), int(day))
            if hit[1]
            else (han_number(year), han_number(month), han_number(day))
        )
        return date(*parts).isoformat()
    except (KeyError, ValueError):  # 2021年13月40日, 十十月: printed, but no date
        return None


def first_date(text: str) -> str | None:
    """Return the first date of a text as ``YYYY-MM-DD``, or None.

    Reads 2021-05-13, 2021/5/13, 2021年05月13日, 2022 年 1 月 14 日 and 二〇二二年一月十四日, with
    or without a time behind. Fused dates (202419日) are none: it
    would be a guess which digit belongs to the month.
    """
    for hit in _DATE.finditer(nfkc(text[:10_000])):
        found = _iso(hit)
        if found is not None:
            return found
    return None


def only_date(line: str) -> str | None:
    """Return the date of a line that holds nothing but a date, as a signature does; or None."""
    text = nfkc(line[:200]).strip().lstrip("(")
    hit = _DATE.match(text)
    return _iso(hit) if hit and _TAIL.fullmatch(text[hit.end() :]) else None
