"""Who wrote the report: all bodies that could have, weighed.

A title's body wins; then the hand that signed; then what the page's index says, unless the text
speaks of itself as another kind of body (我局 under a 发布机构 that is a government's office); then
the column; then a 来源, which is often a newspaper or the office that only posted it; then what
the first sentences say. 我局 alone names nobody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from extract.agency import looks_like_body
from extract.dates import first_date, only_date
from extract.fields import PageFields
from extract.normal import match_form
from extract.record import AgencySource, Claim, Source
from extract.titles import judge

_BODY = (
    r"(?:[\u4e00-\u9fff]{2,26}?(?:人民政府办公[室厅]|人民政府|管理委员会|管委会|委员会|办公[室厅]|分局|局|厅|街道办事处|街道|"
    r"镇|乡|中心|医院|学校|学院|总队|支队|大队|公司|集团|署|院|站|所|处|委|办|社))"
)
_YEAR = r"20\d\d年度?"
_REPORT = r"(?:政府)?(?:政务)?信息公开(?:工作)?(?:年度)?(?:工作)?(?:情况)?(?:年度)?(?:报告|年报)"
_DOING = (
    "始终|认真|严格|坚持|深入|按照|根据|紧紧|紧扣|高度|积极|以习|以公|以党|在市|在县|在区|在省|在上级|围绕|全面|切实|持续|"
    "不断|深化|进一步|共主动|主动|扎实|着力|大力|贯彻|聚焦|政府信息公开工作|信息公开工作|政务公开工作|编制|立足|牢固|依据|"
    "严格按照|加强|通过|结合"
)
_NAMED = (
    re.compile(rf"现将({_BODY}){_YEAR}?{_REPORT}"),
    re.compile(rf"(?:公布|发布|编制)(?:的)?(?:了)?({_BODY}){_YEAR}?(?:本级)?{_REPORT}"),
    re.compile(rf"(?<![\u4e00-\u9fff])({_BODY}){_YEAR}{_REPORT}"),
    re.compile(rf"{_YEAR}({_BODY})(?:人民)?(?:的)?(?:政府信息公开|政务公开)"),
    re.compile(rf"(?:^|[。；;\n]|{_YEAR}[,，、]?)\s*({_BODY})(?:{_DOING})"),
    re.compile(rf",([\u4e00-\u9fff]{{2,8}}?[市县区镇乡旗](?:{_BODY})?)(?:{_DOING})"),
    re.compile(rf"由({_BODY})(?:编制|公布|发布)"),
    re.compile(rf"({_BODY})(?:为|是)[^,，。]{{0,8}}(?:工作部门|组成部门|直属机构)"),
    # Whom to ask; an office or a unit there is the author's, not the author.
    re.compile(rf"请与({_BODY})(?<!室)(?<!处)(?<!中心)(?<!站)联系"),
)
# 市政府 of itself is no name: a department speaks of its superior so.
_SUPERIOR = re.compile(r"[省市县区州旗镇乡]?(?:委|人民政府|政府|党委)(?:办公[室厅]|办)?")
# Words that no body's name holds: with them the match is a piece of a sentence.
_ACTIVE = re.compile(
    r"公布|发布|现向|现将|编制(?!委|办)|请与|贯彻|落实|要求|关于|根据|按照|我|^(?:本|全|该|其|各|度)|为(?!民)|对(?!外)|在|由|以|是|并|把|了|的|年|将(?!乐)"
)
_OURS = re.compile(
    r"我(局|委|办|县|市|区|镇|乡|院|厅|省|街道|中心|旗|州|处|所|站|队|社|校|行|管委会)"
)
_PRESS = re.compile(
    r"日报|晚报|时报|新闻|电视台|广播|融媒体|新华|人民网|中新|微信|公众号|网$|网站$|报社|客户端|平台$"
)
_QUOTED = re.compile(r"《[^》]{0,200}》|〈[^〉]{0,200}〉|“[^”]{0,100}”")
_TAIL_LINES = 8

_ENDINGS = {
    "局": ("局",),
    "委": ("委", "委员会"),
    "办": ("办", "办公室", "办公厅"),
    "厅": ("厅",),
    "街道": ("街道", "街道办事处"),
    "管委会": ("管委会", "管理委员会"),
}
_PLACES = frozenset("县市区镇乡省旗州")


def candidates(fields: PageFields, lines: Sequence[str], source: Source) -> list[tuple[int, Claim]]:
    """All bodies that may have written a report, best first.

    Args:
        fields: What the page says about itself.
        lines: The report's lines in order.
        source: What the list said that led here.

    Returns:
        (weight, claim) pairs, the heaviest first; the claim's source is one of the record's
        agency sources. Empty where nobody is named.
    """
    ours = _ours(lines)
    text = match_form("".join(lines[:400])[:20_000])
    found: list[tuple[int, Claim]] = []
    for claim in fields.all("title"):
        found += _from_title(claim.value, claim.quote, 100)
        if claim.source != "title_element" and judge(claim.value).reason == "bare_body":
            found.append((88, _claim(match_form(claim.value), "title", claim.quote)))
    if source.row_title:
        found += _from_title(source.row_title, source.row_title, 95)
        if judge(source.row_title).reason == "bare_body":
            found.append((86, _claim(match_form(source.row_title), "title", source.row_title)))
    found += [(90, claim) for claim in _signatures(lines)]
    for claim in fields.all("publisher"):
        found += _posted(claim, "index_table", 85, 30, ours, text)
    if source.column_agency:
        found.append((75, _claim(source.column_agency, "column", source.column_name or "")))
    for claim in [*fields.all("content_source"), *fields.all("author")]:
        found += _posted(claim, "meta", 65, 0, ours, text)
    found += [(60, claim) for claim in _inferred(lines)]
    for claim in fields.all("host_unit"):
        if ours in _PLACES and _agrees(claim.value, ours):
            found.append((40, _claim(claim.value, "footer", claim.quote)))
    found = [pair for pair in found if pair[0] > 0]
    return sorted(found, key=lambda pair: -pair[0])


def _claim(name: str, source: AgencySource, quote: str) -> Claim:
    return Claim("agency", name, source, quote[:200])


def _from_title(title: str, quote: str, weight: int) -> list[tuple[int, Claim]]:
    verdict = judge(title)
    name = verdict.agency
    if name is None or re.match(r"我|本|全[市县区省]", name) or verdict.verdict == "other":
        return []
    if verdict.verdict == "undecided" and not looks_like_body(name):
        return []
    return [(weight, _claim(name, "title", quote))]


def _ours(lines: Sequence[str]) -> str | None:
    """How the text speaks of its author: 局 for 我局, 县 for 我县; None if it does not."""
    counts = Counter(hit[1] for line in lines for hit in _OURS.finditer(match_form(line[:5000])))
    return counts.most_common(1)[0][0] if counts else None


def _agrees(name: str, ours: str | None) -> bool:
    """Tell whether a body can say 我局 (我县 …) of itself."""
    form = re.sub(r"\([^()]*\)$", "", match_form(name))
    if ours is None:
        return False
    if ours in _PLACES:
        return form.endswith((ours, "人民政府", "政府", "政府办公室", "政府办公厅", "政府办"))
    return form.endswith(_ENDINGS.get(ours, (ours,)))


def _posted(
    claim: Claim, source: AgencySource, weight: int, doubtful: int, ours: str | None, text: str
) -> list[tuple[int, Claim]]:
    """A body that posted the page: full weight if the text bears it out."""
    name = claim.value
    if not looks_like_body(name) or _PRESS.search(name):
        return []
    borne_out = match_form(name) in text or _agrees(name, ours)
    contradicted = ours is not None and not _agrees(name, ours) and match_form(name) not in text
    if source == "index_table":
        return [(doubtful if contradicted else weight, _claim(name, source, claim.quote))]
    return [(weight if borne_out else doubtful, _claim(name, source, claim.quote))]


def signature(lines: Sequence[str]) -> tuple[str | None, str | None, str]:
    """The signature at the end: (body, ISO date, quote); each None where it is missing."""
    tail = [line.strip() for line in lines if line.strip()][-_TAIL_LINES:]
    for index in range(len(tail) - 1, -1, -1):
        line = tail[index]
        day = only_date(line)
        if day:
            above = tail[index - 1] if index else ""
            body = above if _signs(above) else None
            return body, day, f"{above} {line}" if body else line
        joined = re.fullmatch(r"(.{2,40}?)\s*((?:19|20|二).{6,16}日)", line)
        if joined and _signs(joined[1]) and first_date(joined[2]):
            return joined[1], first_date(joined[2]), line
    return None, None, ""


def _signs(line: str) -> bool:
    return len(line) <= 40 and looks_like_body(line) and not re.search(r"[。:：]", line)


def _signatures(lines: Sequence[str]) -> Iterator[Claim]:
    body, _, quote = signature(lines)
    if body:
        yield _claim(match_form(body), "signature", quote)


def _inferred(lines: Sequence[str]) -> Iterator[Claim]:
    """The body the first sentences speak of; of two spellings of one name the fuller."""
    names: list[tuple[str, str]] = []
    for line in lines[:12]:
        form = _QUOTED.sub("", match_form(line[:3000]))
        for sentence in re.split(r"(?<=[。;；])", form)[:12]:
            for pattern in _NAMED:
                names += [(hit[1], sentence) for hit in pattern.finditer(sentence)]
    good = [(name, quote) for name, quote in names if _is_name(name)]
    if not good:
        return
    first = good[0][0]
    core = re.sub(r"^[省市县区州旗]", "", first)
    fuller = [pair for pair in good if pair[0].endswith(core)]
    name, quote = max(fuller, key=lambda pair: len(pair[0]))
    yield _claim(name, "inferred", quote)


def _is_name(name: str) -> bool:
    if _SUPERIOR.fullmatch(name) or len(name) < 3:
        return False
    return looks_like_body(name) and not _ACTIVE.search(name[:-1])
