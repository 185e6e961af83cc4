"""Section 5 in its two parts: last year's problems and their mending, this year's and the plans.

The form asks for both (存在的主要问题及改进情况). Many reports write only the second; then all is
this year's. A part is a span of the section's text, so nothing is lost and nothing told twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from extract.normal import plain_form
from extract.record import Section, SectionPart

_NUMBER = 5
_SENTENCE = re.compile(r"[^。！!？?\n]*[。！!？?\n]*")
_ITEM = re.compile(
    r"^[\s*#]*(?:[(（][一二三四五六七八九十\d]{1,2}[)）]|[一二三四五六七八九十\d]{1,2}[、.．:：)）])?[\s、]*"
)
_LATELY = r"(?:上一?年度?|去年度?|往年|上年末|前一年度?)"
_TROUBLE = re.compile(r"问题|不足|短板|差距|薄弱|困难|整改|改进")
_LAST = re.compile(rf"^[^,，;；:：]{{0,24}}{_LATELY}|^(?:针对|对照|围绕)[^。]{{0,16}}{_LATELY}")
_THIS = re.compile(
    r"^(?:但|虽然|同时|与此同时|总体来看|[,，])*"
    r"(?:本年度?|今年|目前|当前|现阶段|下一?步|下一年度?|今后|接下来|新的一年|未来)"
)
_YEAR = re.compile(r"^[^,，;；:：]{0,6}?(20\d\d)年度?")


def marked(sections: Iterable[Section], year: int | None) -> list[Section]:
    """Return the sections with the parts of section 5 told apart.

    Args:
        sections: The sections of one report.
        year: The year reported on; without it only words (上年度, 下一步) tell the parts.
    """
    return [
        replace(one, parts=parts(one.text, year)) if one.number == _NUMBER and one.text else one
        for one in sections
    ]


def parts(text: str, year: int | None) -> tuple[SectionPart, ...]:
    """Split the text of section 5.

    Args:
        text: Its text as printed.
        year: The year reported on, None when unknown.

    Returns:
        Parts in the order of the text, which they cover without gap or overlap; ``last_year`` or
        ``this_year``.
    """
    found: list[SectionPart] = []
    role = ""
    for hit in _SENTENCE.finditer(text):
        if not hit[0]:
            continue
        told = _role(hit[0], year)
        if told and told != role:
            # What stands before the first sign belongs to it.
            start = hit.start() if role else 0
            if found:
                found[-1] = replace(found[-1], end=start)
            found.append(SectionPart(told, start, len(text)))
            role = told
    return tuple(found) or (SectionPart("this_year", 0, len(text)),)


def _role(sentence: str, year: int | None) -> str | None:
    """Tell of which year a sentence begins to speak; None when it goes on with the one before."""
    plain = _ITEM.sub("", plain_form(sentence.strip()))
    if not plain:
        return None
    named = _YEAR.match(plain)
    if _LAST.match(plain) and _TROUBLE.search(plain):
        return "last_year"
    if named and year is not None:
        told = int(named[1])
        if told < year:
            return None if plain[named.end() :].startswith("以来") else "last_year"
        return "this_year"
    return "this_year" if _THIS.match(plain) else None
