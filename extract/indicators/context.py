"""What stands around a number: whose it is, of which year, by which channel, part of what."""

from __future__ import annotations

import re
from functools import cached_property

from extract.indicators.rules import channels

_TITLES = re.compile(r"《[^》]*》")
_CLOSED = re.compile(r"\([^()]*\)")
_YEAR = re.compile(r"(20\d\d)年?(?:度)?")
# A year at the head of a clause speaks of all that follows in the sentence.
_HEAD_YEAR = re.compile(r"(?:^|[,;:、(“)])(?:截至|截止|截止到|自|从|在|到|至|于|经查)?(20\d\d)年")
_OTHER_TIME = re.compile(
    r"上年|去年|上一年|往年|历年|前年|同期|近年|前三季度|上半年|以来(?!,)|开通至今|[“]十[二三四]五"
)
_COMPARED = re.compile(
    r"同比|环比|增长|增加|减少|下降|上升|提升|增幅|(?:比|较)[^,]{0,10}[多少增减]|翻番|多出"
)
_CUMULATIVE = re.compile(r"累计|截至|截止")
_THIS_YEAR = re.compile(r"本年|全年|今年|年内|本年度|一年来")
_PLANNED = re.compile(
    r"下一步|计划|力争|目标|不少于|不低于|预计|拟|不得少于|至少|(?:^|,)如:|例如|案例|将(?:组织|开展|举办)"
)
_PART = re.compile(r"其中|包括|包含|含(?!量)|分别(?:为|是)|按[^,;]{0,8}分")
_TERRITORY = re.compile(r"全(?:[省市县区旗州盟镇乡]|系统)|我[省市县区旗州盟]|各级各部门")
_OWN = re.compile(
    r"我(?:局|办|委|厅|镇|街道?|单位|中心|院|会|队|处|部|乡|所|站)"
    r"|本(?:机关|局|办|单位|部门|委|级)|局机关"
)
# What others printed of what was sent to them is not the body's own publishing.
_SENT = re.compile(r"报送|采用|采纳|录用|投稿|上报|供稿")
# The account of a site (门户网微信公众号) is no site.
_SITE_OF = re.compile(r"(?:门户)?网(?:站)?(?:的)?(?=微信|公众号|微博|抖音|视频号)")
_CLAUSE = re.compile(r"[,:;]")


class Before:
    """The words before a number. What costs time is worked out when a rule asks for it."""

    def __init__(self, plain: str, start: int, previous: int) -> None:
        """Look back from a number.

        Args:
            plain: The plain sentence.
            start: Where the number begins.
            previous: Where the number before it ends, 0 for the first.
        """
        self._all = plain[:start]
        semicolon = plain.rfind(";", 0, start) + 1
        #: All before this one, back to a ``;`` at most.
        self.sofar = plain[semicolon:start]
        #: From the previous number (or ``;``) to this one.
        self.own = plain[max(previous, semicolon) : start]

    @cached_property
    def part(self) -> bool:
        """The number is counted below a total."""
        return bool(_PART.search(_CLOSED.sub("", self.sofar)))

    @cached_property
    def sent(self) -> bool:
        """Others published it: it was sent to them."""
        return bool(_SENT.search(_CLOSED.sub("", self.sofar)))

    @cached_property
    def channel(self) -> str | None:
        """The one channel that the last clause, or else all of ``own`` names, or ``several``."""
        cut = max((hit.end() for hit in _CLAUSE.finditer(self.own)), default=0)
        return _channel(self.own[cut:]) or _channel(self.own)

    @cached_property
    def topic(self) -> str | None:
        """The channel named last in the sentence."""
        return self.channel or _last(self._all)


def is_of_year(
    plain: str, start: int, end: int, year: int | None, *, stock: bool = False
) -> bool:
    """Tell whether a number speaks of the report's year, as an amount that was reached in it.

    Args:
        plain: The plain sentence.
        start: Where the number begins.
        end: Where its unit ends.
        year: The report's year, None when unknown.
        stock: It is what there is at a day, not what came in a year.
    """
    sofar = _TITLES.sub("", plain[:start])
    cut = max((hit.end() for hit in re.finditer(r"[,:;(]", sofar)), default=0)
    clause, earlier = sofar[cut:], sofar[:cut]
    years = {int(found) for found in _YEAR.findall(clause)}
    if not years:
        heads = _HEAD_YEAR.findall(earlier)
        years = {int(heads[-1])} if heads else set()
    if year is not None and years - {year}:
        return False
    if year is None and len({*_YEAR.findall(sofar)}) > 1:
        return False
    if _OTHER_TIME.search(clause) or _OTHER_TIME.match(sofar) or _COMPARED.search(clause):
        return False
    if _PLANNED.search(sofar) or re.match(r"%", plain[end:]):
        return False
    if stock:
        return True
    if _CUMULATIVE.search(clause) or re.search("截至|截止|以来", earlier):
        # 累计 sums up a year only where the year is said, and not "by then".
        said = bool(years) or bool(_THIS_YEAR.search(sofar))
        return said and not re.search("截至|截止|以来|开通|历年", sofar)
    return True


def subject(plain: str, end: int) -> str | None:
    """Return whose number it is: ``own_body``, the printed word (全区), None when nothing says."""
    found = None
    at = -1
    for pattern, own in ((_TERRITORY, False), (_OWN, True)):
        for hit in pattern.finditer(plain, 0, end):
            if hit.start() >= at:
                at, found = hit.start(), "own_body" if own else hit[0]
    return found


def _channel(text: str) -> str | None:
    words = channels()
    text = _SITE_OF.sub("", text)
    if words["several"].search(text):
        return "several"
    bare = re.sub("“[^”]*”", "", text)
    for part in (bare, text):
        named = [name for name in ("site", "wechat", "weibo", "video", "other")
                 if words[name].search(part)]
        if named:
            return named[0] if len(named) == 1 else "several"
    return None


def _last(text: str) -> str | None:
    found = None
    at = -1
    for name in ("site", "wechat", "weibo", "video", "other"):
        for hit in channels()[name].finditer(text):
            if hit.start() > at:
                at, found = hit.start(), name
    return found
