"""What the running text states of the things that the tables count.

Requests received are an indicator and are taken from there; the others are read here, in sentences
that speak of government information alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.indicators.context import Before, subject
from extract.indicators.sentence import Mention, mentions, sentences
from extract.record import Record

_UNITS = frozenset({"", "件", "份", "起", "宗", "例", "次", "条", "项"})
_YEAR = re.compile(r"(20\d\d)年")
_REQUESTS = re.compile(
    r"信息公开申请|依申请公开|申请公开|公开(?:政府)?信息(?:的)?申请|信息依申请|信息公开(?:的)?件"
)
_OF_INFORMATION = re.compile(r"信息公开|依申请公开|申请公开|政务公开")
# Words that make a number another one: a channel, a share, a plan, a department, a comparison.
_OTHER = re.compile(
    r"其中|热线|信访|投诉|信函|当面|网络申请|线上|同比|比上|较上|增长|增加|下降|减少|累计|计划|撤销"
)
_OUTCOMES = re.compile(
    r"维持|纠正|纠错|败诉|胜诉|撤销|驳回|违法|变更|审结|确认|审理|应诉|中止|终止|撤回"
)
# A body named before the verb: it may be an office or a department of the one that reports.
_NAMED = re.compile(
    r"([\u4e00-\u9fff]{1,20}?(?:办公室|办公厅|局|委员会|人民政府|政府|[委厅镇办]|街道|办事处|中心))"
    r"(?:本年度?|全年|今年|代表[\u4e00-\u9fff]{2,6}|累计|[共都])*(?:收到|受理|接收|接到|新收)"
)

_BEFORE = {
    "carried_over": re.compile(
        r"(?:上(?:一)?年(?:度)?(?:结转|转入|转结)|结转(?:自)?上(?:一)?年(?:度)?)"
        r"(?:的)?(?:政府)?(?:信息公开)?(?:依申请公开)?(?:申请)?(?:数量|办理|件数)?[共为计]*\Z"
    ),
    "carried_forward": re.compile(
        r"(?:结转|转|顺延)(?:至|到|入)?(?:下|次|明)(?:一)?(?:年|年度)"
        r"(?:的)?(?:继续)?(?:办理|办结|答复|处理)?(?:的)?(?:申请)?(?:数量)?[共为计]*\Z"
    ),
    "closed": re.compile(r"(?:已|共|全部|按期|按时|均)*办结(?:了)?(?:共|申请|为|数量)*\Z"),
}
_FORWARD_BEHIND = re.compile(
    r"(?:申请)?(?:已)?(?:结转|转|顺延)(?:至|到|入)?(?:下|次|明)(?:一)?年"
)
_REMEDIES = {
    "review": re.compile(r"行政复议(?:案件|申请|案)?(?:共|共计|为|有)*\Z"),
    "litigation": re.compile(r"(?:行政)?诉讼(?:案件|案)?(?:共|共计|为|有)*\Z"),
}
_NONE = re.compile(
    r"(?:未|没有|未曾)(?:发生|收到|产生|引发|引起|出现|有|被申请|被提起|接到|涉及|因|提起|受理)"
    r"|(?:没有|(?<!有)无)(?=因|行政|被|政府信息|依申请|信息公开|复议|诉讼|任何)"
)
_TABLE2 = {
    "licence": re.compile(r"行政许可(?:处理)?(?:决定)?(?:数量|数)?(?:共|共计|为)*\Z"),
    "penalty": re.compile(r"行政处罚(?:处理)?(?:决定)?(?:数量|数)?(?:共|共计|为)*\Z"),
    "coercion": re.compile(r"行政强制(?:处理)?(?:决定)?(?:数量|数)?(?:共|共计|为)*\Z"),
    "issued": re.compile(r"(?:制发|印发|制定|出台)(?:了)?(?:行政)?规范性文件(?:共|共计|为)*\Z"),
    "repealed": re.compile(r"(?:废止)(?:了)?(?:行政)?规范性文件(?:共|共计|为)*\Z"),
    "valid": re.compile(r"现行有效(?:的)?(?:行政)?规范性文件(?:共|共计|为)*\Z"),
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of the text.

    Attributes:
        what: ``received``, ``carried_over``, ``carried_forward``, ``closed``, ``review``,
            ``litigation``, or what of table 2.
        value: The number stated; 0 where none is stated to have been.
        subject: Whose, as in an indicator.
        strict: It can only mean what the table counts, so that another number contradicts it.
    """

    what: str
    value: float
    subject: str | None
    strict: bool


def statements(record: Record) -> Iterator[Statement]:
    """Yield the statements of a report's sections 1 to 4."""
    for one in record.indicators:
        if one.key == "requests_received_prose" and one.basis != "approximate":
            strict = one.section in (1, 3) and not _names_another(one.quote, record)
            yield Statement("received", one.value, one.subject, strict)
    for section in record.sections:
        if section.number not in (1, 2, 3, 4):
            continue
        for sentence in sentences(section.text):
            plain = sentence.plain
            if record.year and {int(year) for year in _YEAR.findall(plain)} - {record.year}:
                continue
            if _REQUESTS.search(plain):
                yield from _requests(plain)
            of_information = section.number == 4 or _OF_INFORMATION.search(plain)
            if of_information and re.search("复议|诉讼", plain):
                yield from _remedies(plain)
            if section.number in (1, 2) and re.search("许可|处罚|强制|规范性文件", plain):
                yield from _counted(plain, strict=section.number == 2)


def _names_another(quote: str, record: Record) -> bool:
    named = _NAMED.search("".join(quote.split()))
    if named is None or named[1].startswith(("我", "本")):
        return False
    own = record.agency.name if record.agency else ""
    return not (named[1] in own or (own and own in named[1]))


def _own(plain: str, mention: Mention, previous: int) -> str | None:
    """Return the words before a number, None when they may make it another's."""
    around = Before(plain, mention.start, previous)
    if mention.about or mention.unit not in _UNITS or around.part or around.sent:
        return None
    return None if _OTHER.search(around.own) else around.own


def _requests(plain: str) -> Iterator[Statement]:
    previous = 0
    for mention in mentions(plain):
        own = _own(plain, mention, previous)
        previous = mention.end
        if own is None:
            continue
        whose = subject(plain, mention.start)
        for what, pattern in _BEFORE.items():
            if pattern.search(own):
                # What was closed may be told as of the day of writing, or of this year's alone.
                yield Statement(what, mention.value, whose, what != "closed")
                break
        else:
            if _FORWARD_BEHIND.match(plain, mention.end):
                yield Statement("carried_forward", mention.value, whose, False)


def _remedies(plain: str) -> Iterator[Statement]:
    previous = 0
    for mention in mentions(plain):
        own = _own(plain, mention, previous)
        previous = mention.end
        if own is None or _OUTCOMES.search(own):
            continue
        for what, pattern in _REMEDIES.items():
            if pattern.search(own):
                yield Statement(what, mention.value, subject(plain, mention.start), True)
    for clause in re.split("[,;:]", plain):
        none = _NONE.search(clause)
        if none is None or re.search(r"\d", clause) or _OUTCOMES.search(clause):
            continue
        for what, word in (("review", "复议"), ("litigation", "诉讼")):
            if word in clause[none.start() :]:
                yield Statement(what, 0, subject(plain, len(plain)), True)


def _counted(plain: str, *, strict: bool) -> Iterator[Statement]:
    previous = 0
    for mention in mentions(plain):
        own = _own(plain, mention, previous)
        previous = mention.end
        for what, pattern in _TABLE2.items():
            if own is not None and pattern.search(own):
                yield Statement(what, mention.value, subject(plain, mention.start), strict)
