"""What a cell's text means: a number as printed, or a code of why there is none.

The codes are those of formats.json ``missingness``. A blank is never 0 and nothing is converted:
``251000元`` is 251000 with the unit 元.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# The longest text that can be a number with a remark; a longer one is prose in a cell.
_LONGEST = 80

_WORDS = {
    "none_word": frozenset({"无", "暂无", "没有", "無", "暫無", "沒有"}),
    "na_word": frozenset({"不适用", "不涉及", "不適用", "未涉及"}),
}
_SLASH = frozenset("/\\")
_DASHES = frozenset("-—–―－─_ˉ")
_UNITS = "件|项|項|条|條|次|个|個|篇|份|部|宗|起|人|人次|元|万元|萬元|亿元|億元"
# A unit is one thing in either script: what the panel converts is written in one.
_SIMPLIFIED = str.maketrans("項條個萬億", "项条个万亿")

_NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_CELL = re.compile(
    rf"(?P<number>{_NUMBER})(?P<unit>{_UNITS})?(?P<remark>\((?:[^()]|\([^()]*\))*\)|;.*)?"
)
# A number in brackets alone may be the better one (another year's, another scope's): not a remark.
_SECOND_NUMBER = re.compile(r"\([+-]?[\d.,]+\)")
_INVISIBLE = re.compile(r"[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_MASKED = re.compile(r"(?=.*\d|\*+$)[\d.,]*[*xX×＊]+[\d.,*xX×＊]*(?:件|项|条|元|万元)?")
_HEADER_UNIT = re.compile(rf"\((?:单位|單位)?[::]?({_UNITS})\)")


@dataclass(frozen=True, slots=True)
class Number:
    """The reading of one cell. Exactly one of ``value`` and ``missing`` is None.

    Attributes:
        value: The printed number, an int unless a decimal point is printed.
        missing: blank, slash, dash, none_word, na_word, masked or unparsed.
        unit: The unit printed in the cell itself, in simplified script.
        remark: What stands behind the number, such as ``(其中修订16件)``.
    """

    value: int | float | None
    missing: str | None
    unit: str | None = None
    remark: str | None = None


_UNPARSED = Number(None, "unparsed")


def read_number(text: str) -> Number:
    """Read one cell's text; what cannot be a number is ``unparsed``, never guessed."""
    bare = text.strip()
    return _read(bare) if len(bare) <= _LONGEST else _UNPARSED


@lru_cache(maxsize=20_000)  # the same few numbers and signs stand in every report
def _read(text: str) -> Number:
    text = _INVISIBLE.sub("", text)
    if any(map(_is_mark, text)):
        return _UNPARSED
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    if not plain:
        return Number(None, "blank")
    # Blanks between digits ("1 2") may be two numbers or one: only blanks at the edges of
    # numbers, signs and units are taken out.
    tight = re.sub(r"(?<![\d\s])\s+|\s++(?!\d)", "", plain)
    if all(letter in _SLASH for letter in tight):
        return Number(None, "slash")
    if all(letter in _DASHES for letter in tight):
        return Number(None, "dash")
    word = tight.rstrip("。.")
    for code, words in _WORDS.items():
        if word in words:
            return Number(None, code)
    found = _CELL.fullmatch(tight)
    if found and not _SECOND_NUMBER.fullmatch(found["remark"] or ""):
        return Number(_value(found["number"]), None, _unit(found["unit"]), found["remark"])
    if _MASKED.fullmatch(tight):
        return Number(None, "masked")
    return _UNPARSED


def _is_mark(char: str) -> bool:
    """Tell whether a sign turns into a digit only by normalising: a footnote mark (², ①), a ½."""
    return not char.isascii() and not char.isdecimal() and any(
        part.isdecimal() for part in unicodedata.normalize("NFKC", char)
    )


def is_value(text: str) -> bool:
    """Tell whether a text can stand in a value cell: a number, a sign or a word for none."""
    return read_number(text).missing != "unparsed"


def header_unit(label: str) -> str | None:
    """Return the unit that a column's own label prints, such as 万元 in 本年收费金额(单位:万元)."""
    return _header_unit(label[: 5 * _LONGEST])


@lru_cache(maxsize=1000)  # asked for every cell of a column
def _header_unit(label: str) -> str | None:
    found = _HEADER_UNIT.search(unicodedata.normalize("NFKC", label).replace(" ", ""))
    return _unit(found[1]) if found else None


def _unit(printed: str | None) -> str | None:
    return printed.translate(_SIMPLIFIED) if printed else None


def _value(digits: str) -> int | float:
    plain = digits.replace(",", "")
    return float(plain) if "." in plain else int(plain)
