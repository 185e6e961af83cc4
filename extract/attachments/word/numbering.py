"""The numbers that Word prints before the paragraphs of a list: they stand nowhere in the text.

ECMA-376, 17.9: a paragraph names a list and a level; the level says how its count is written
(``%1、`` in Chinese numerals) and begins anew below each number of a higher level.
"""

from __future__ import annotations

import re

from extract.attachments.word.parts import Element, attribute, child, is_on, local

_HAN = "零一二三四五六七八九"
_CHINESE = frozenset({
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand", "koreanCounting", "chinese-counting", "chinese-counting-thousand",
})  # fmt: skip
_ZODIAC = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}
_LEGAL = {"chineseLegalSimplified": "零壹贰叁肆伍陆柒捌玖"}
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_PLACE = re.compile(r"%(\d)")
_LEVELS = 9
_LARGEST = 9999
_DEEPEST = 20  # styles based on styles


class Numbering:
    """The running counts of a document's lists.

    Args:
        numbering: The part with the definitions of the lists, if there is one.
        styles: The part with the styles, which may name a list too.
    """

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._levels: dict[str, dict[int, Element]] = {}  # by abstract list
        self._lists: dict[str, str] = {}  # list -> abstract list
        self._starts: dict[tuple[str, int], int] = {}  # a list's own start of a level
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()
        self._styles = _by_style(styles)
        for one in numbering if numbering is not None else ():
            if local(one) == "abstractNum":
                levels = {_number(attribute(level, "ilvl")): level
                          for level in one if local(level) == "lvl"}
                self._levels[attribute(one, "abstractNumId") or ""] = levels
            elif local(one) == "num":
                self._enter(one)

    def _enter(self, num: Element) -> None:
        name = attribute(num, "numId") or ""
        self._lists[name] = attribute(child(num, "abstractNumId")) or ""
        for one in num:
            start = attribute(child(one, "startOverride"))
            if local(one) == "lvlOverride" and start is not None:
                self._starts[name, _number(attribute(one, "ilvl"))] = _number(start)

    def before(self, properties: Element | None) -> str:
        """Return what Word prints before a paragraph, and count it.

        Args:
            properties: The paragraph's ``pPr``.

        Returns:
            The number as printed; empty without one, and for bullets, which are no text.
        """
        printed = child(properties, "listPr", "t")  # Word 2003 says it itself
        if printed is not None:
            return (attribute(printed) or "").strip(" \t·•●■")
        name, level = self._place(properties)
        abstract = self._lists.get(name) if name not in {None, "0"} else None
        spec = self._levels.get(abstract or "", {}).get(level)
        if abstract is None or spec is None:
            return ""
        self._count(abstract, name or "", level)
        return self._printed(abstract, level, spec)

    def _place(self, properties: Element | None) -> tuple[str | None, int]:
        """The list and level of a paragraph: its own, else its style's."""
        own = child(properties, "numPr")
        name = attribute(child(own, "numId"))
        level = attribute(child(own, "ilvl"))
        style = attribute(child(properties, "pStyle"))
        for _ in range(_DEEPEST):
            if style is None or (name is not None and level is not None):
                break
            spec, style = self._styles.get(style, (None, None))
            name = attribute(child(spec, "numId")) if name is None else name
            level = attribute(child(spec, "ilvl")) if level is None else level
        return name, min(_number(level), _LEVELS - 1)

    def _count(self, abstract: str, name: str, level: int) -> None:
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        if name not in self._begun:
            self._begun.add(name)
            for (one, deep), start in self._starts.items():
                if one == name:
                    counts[deep] = start - 1
        before = counts[level]
        counts[level] = self._start(abstract, level) if before is None else before + 1
        for above in range(level):
            if counts[above] is None:
                counts[above] = self._start(abstract, above)
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)

    def _start(self, abstract: str, level: int) -> int:
        spec = self._levels.get(abstract, {}).get(level)
        return _number(attribute(child(spec, "start")) or "1")

    def _printed(self, abstract: str, level: int, spec: Element) -> str:
        counts = self._counts[abstract]
        legal = is_on(child(spec, "isLgl"))

        def one(hit: re.Match[str]) -> str:
            deep = int(hit[1]) - 1
            other = self._levels[abstract].get(deep) if deep >= 0 else None
            count = counts[deep] if deep >= 0 else None
            if other is None or count is None:
                return ""
            return "" if _form(other) == "bullet" else written(
                count, "decimal" if legal and deep < level else _form(other))

        if _form(spec) in {"bullet", "none"}:
            return ""
        text = _PLACE.sub(one, attribute(child(spec, "lvlText")) or "")
        return text if not text or attribute(child(spec, "suff")) == "nothing" else text + (
            "" if text[-1] in "、.．)）:：" else " ")


def written(count: int, form: str) -> str:
    """Write a count as a level's ``numFmt`` says; unknown ones in digits.

    Args:
        count: The count.
        form: A value of ``ST_NumberFormat``.
    """
    if form in _CHINESE and 0 < count <= _LARGEST:
        return _chinese(count)
    if form in {"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"}:
        return "".join(_HAN[int(digit)] for digit in str(count)).replace("零", "〇")
    if form in _LEGAL and 0 < count < 10:
        return _LEGAL[form][count]
    if form in _ZODIAC and 0 < count <= len(_ZODIAC[form]):
        return _ZODIAC[form][count - 1]
    if form in {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"} and 0 < count <= 20:
        return chr(0x2460 + count - 1)
    if form == "decimalEnclosedParen" and 0 < count <= 20:
        return chr(0x2474 + count - 1)
    if form == "decimalEnclosedFullstop" and 0 < count <= 20:
        return chr(0x2488 + count - 1)
    if form == "ideographEnclosedCircle" and 0 < count <= 10:
        return chr(0x3280 + count - 1)
    if form == "decimalZero":
        return f"{count:02d}"
    if form in {"lowerLetter", "upperLetter"} and 0 < count <= _LARGEST:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in {"lowerRoman", "upperRoman"} and 0 < count <= _LARGEST:
        return _roman(count) if form == "lowerRoman" else _roman(count).upper()
    return str(count)


def _chinese(count: int) -> str:
    digits = [(count // 10**power % 10, power) for power in (3, 2, 1, 0)]
    text, gap = "", False
    for digit, power in digits:
        if digit:
            text += ("零" if gap and text else "") + _HAN[digit] + ("", "十", "百", "千")[power]
        gap = not digit
    return text[1:] if text.startswith("一十") else text


def _roman(count: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (count // value)
        count %= value
    return text


def _form(level: Element) -> str:
    return attribute(child(level, "numFmt")) or "decimal"


def _number(text: str | None) -> int:
    return int(text) if text and text.lstrip("-").isdecimal() and len(text) < 7 else 0


def _by_style(styles: Element | None) -> dict[str, tuple[Element | None, str | None]]:
    """The list that a style names, and the style that it is based on, by the style's id."""
    return {
        attribute(one, "styleId") or "": (
            child(one, "pPr", "numPr"), attribute(child(one, "basedOn")),
        )
        for one in (styles if styles is not None else ())
        if local(one) == "style"
    }
