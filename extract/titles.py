"""Is this title the title of an annual disclosure report? Of which year, and whose?

Rules with a reason, tried in order, on the comparison form of the title. They look at the words
round the core (信息公开…年度报告), never inside the body's name: a 培训中心 files reports too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from extract.agency import looks_like_body
from extract.dates import han_number
from extract.normal import match_form

_LONGEST = 300  # no real title is longer; what follows is not judged

_YEAR = r"(?:(?<!\d)(?:19|20)\d\d(?!\d)|二[〇零○ΟO0][〇零○ΟO0一二三四五六七八九]{2})"
_SPAN = r"(?:年度|年|度)?"
_CORE = re.compile(
    r"(?:政府信息|政务信息|政府政务信息|政府信息与政务|政府信息和政务|政务和政府信息|信息)公开"
    r"(?:工作|管理)?(?:情况)?的?"
    rf"(?:\(?{_YEAR}{_SPAN}\)?)?"
    r"(?:年度)?(?:工作)?(?:情况)?(?:总结)?的?(?:年度)?"
    r"(?:报告|年报)"
)
_ABOUT_DISCLOSURE = re.compile(r"(?:政府|政务|信息)公开")
_YEARLY = re.compile(rf"年度|年报|{_YEAR}年?")
_TITLE_YEAR = re.compile(rf"({_YEAR})(?![年-]?\d)(?!\)?第?\d*号)")
_RANGE = re.compile(rf"{_YEAR}[-—–~至到]+(?:{_YEAR})")
_FILE = re.compile(r"\.(?:pdf|docx?|wps|ofd|xlsx?|html?|shtml|jpe?g|png|zip|rar)$", re.I)

_SCHOOL_YEAR = re.compile(r"学年")
_SITE_FORM = re.compile(r"报表|网站(?:工作|监管)?年度(?:工作)?(?:报告|年报)|网站工作报告")
_OTHER_REPORT = re.compile(r"政府工作报告|党务公开|(?:报告|年报)$")
_RULE_OF_LAW = re.compile(r"法治政府|依法行政|法治建设")
_COMPANION = re.compile(
    r"图解|图片版|图文版|超链|链接版|一图|长图|图示|图表解|动漫|动画|视频|h5|音频|漫画", re.I
)
_OTHER_KIND = re.compile(
    r"(?:通知|通报|指南|制度|办法|要点|方案|考评|考核|目录|规定|规则|细则|意见|解读|部署|培训|清单|预算|决算|"
    r"招聘|格式|模板|样式|要求|会议?|办法|函|批复|计划|说明|简报|新闻|问答|答复|申请表|流程图?|条例)(?:\([^)]*\))?$"
)
_BEFORE = re.compile(
    r"做好|开展|编制|报送|印发|规范|加强|推进|落实|填报|格式|要求|召开|举办|部署|组织|学习|进一步|有关事项|解读"
)
_AFTER = re.compile(
    r"通知|通报|要求|格式|部署|培训|解读|办法|要点|方案|考评|考核|指南|制度|编制|报送|填报|工作会|会议|召开|"
    r"有关事项|统计|模板|样式|说明|规范|评估|督查|总结会|提醒"
)
_NOTE = re.compile(
    r"^(?:\((?:文字|正文|全文|公开|纸质|电子|扫描|盖章|修订|更正|定稿|word|pdf|ofd|附件|含附表|全真)"
    r"[^)]{0,6}\)"
    rf"|\(?{_YEAR}{_SPAN}\)?(?=$|[(_|—-])|全文|正文|文本"
    r"|\(?[-_]?20\d\d[-年.]\d{1,2}[-月.]\d{1,2}日?\)?|[\"》>。.\s])+",
    re.I,
)
_FRAME = re.compile(
    r"^(?:关于)?(?:发布|公布|公开|公示|印发)?(?:关于)?|(?:关于|的|发布|公布|公开|对|就)+$"
)
_EDGE = "《》<>\"'【】[]-—–_:,、·|.。*#"
_ANNOUNCED = re.compile(r"印发|发布|公布|公告|公示")

Verdict = Literal["report", "other", "undecided"]


@dataclass(frozen=True, slots=True)
class TitleVerdict:
    """What a title says.

    Attributes:
        verdict: ``undecided`` means that the page decides.
        reason: The rule that spoke: ``core`` (a report), ``no_agency``, ``no_year``,
            ``bare_body``, ``bare_label``, ``announced``, ``unknown_tail``, ``annual_column``
            (undecided), ``school_year``, ``site_form``, ``rule_of_law``, ``companion``,
            ``about_reports``, ``other_kind``, ``other_report``, ``no_core`` (other).
        year: The report year the title names.
        agency: The body the title names, in comparison form.
    """

    verdict: Verdict
    reason: str
    year: int | None = None
    agency: str | None = None


def _form(title: str) -> str:
    form = match_form(title[:_LONGEST])
    return _FILE.sub("", form.removeprefix("标题:"))


def title_year(title: str) -> int | None:
    """Return the report year a title names, or None. Never reads an address.

    Of several years the last one before the core counts; a range of years (学年) is none.
    """
    return _year(_form(title))


def _year(form: str) -> int | None:
    if _RANGE.search(form):
        return None
    core = _CORE.search(form)
    hits = list(_TITLE_YEAR.finditer(form))
    inside = [hit for hit in hits if core is None or hit.start() < core.end()]
    if not hits:
        return None
    hit = inside[-1] if inside and core else hits[0]
    year = int(hit[1]) if hit[1].isdigit() else han_number(hit[1])
    return year if 2000 <= year <= 2099 else None


def judge(title: str, *, column_is_annual: bool = False) -> TitleVerdict:
    """Judge a title or a list row's label.

    Args:
        title: The text as printed; blanks, script and brackets do not matter.
        column_is_annual: The row stands in a column of annual reports, where a label that says
            nothing (a body's name, a year) may be a report.

    Returns:
        The verdict with its reason, and the year and body the title names. A picture or hyperlink
        companion of a report (图解版本, 图片版, 超链版) is ``other``: its text twin is the report.
    """
    return _judge(title[:_LONGEST], column_is_annual)


@lru_cache(maxsize=4096)  # a page says its title many times
def _judge(title: str, column_is_annual: bool) -> TitleVerdict:
    form = _form(title)
    year = _year(form)
    other = _look_alike(form)
    if other:
        return TitleVerdict("other", other, year)
    core = _CORE.search(form)
    if core and _YEARLY.search(form):
        return _with_core(form, core, year)
    return _without_core(form, year, column_is_annual=column_is_annual)


def _look_alike(form: str) -> str | None:
    for pattern, reason in (
        (_SCHOOL_YEAR, "school_year"),
        (_SITE_FORM, "site_form"),
        (_COMPANION, "companion"),
    ):
        if pattern.search(form):
            return reason
    if _RULE_OF_LAW.search(form) and not _CORE.search(form):
        return "rule_of_law"
    return None


def _with_core(form: str, core: re.Match[str], year: int | None) -> TitleVerdict:
    head, tail = form[: core.start()], _NOTE.sub("", form[core.end() :])
    agency, note = _agency(head), ""
    if tail:
        bracket = re.fullmatch(r"[-_|:(—–]*\(?([^()]{2,40}?)\)?", tail)
        if bracket and looks_like_body(bracket[1]) and not _AFTER.search(bracket[1]):
            agency, note = agency or bracket[1], ""
        elif tail[0] not in "-_|—–":  # what stands behind a dash is the site's name
            note = tail
    issued = bool(_ANNOUNCED.search(note) or ("印发" in head and "《" in head))
    if issued and not re.search(r"做好|编制|报送|要求|格式|部署", head + note):
        return TitleVerdict("undecided", "announced", year, agency)
    if _AFTER.search(note) or _BEFORE.search(_after_year(head)):
        return TitleVerdict("other", "about_reports", year)
    if note:
        return TitleVerdict("undecided", "unknown_tail", year, agency)
    if agency is None:
        return TitleVerdict("undecided", "no_agency", year)
    if year is None:
        return TitleVerdict("undecided", "no_year", None, agency)
    return TitleVerdict("report", "core", year, agency)


def _after_year(head: str) -> str:
    """The part of a title's head where words about reports stand: from 关于 on, else nothing."""
    start = head.find("关于")
    if start >= 0:
        return head[start:]
    verb = re.search(r"召开|举办|部署|开展|做好", head)
    return head[verb.start() :] if verb else ""


def _agency(head: str) -> str | None:
    """The body in what stands before the core: before the year, or behind a leading year."""
    years = list(_TITLE_YEAR.finditer(head))
    before = head[: years[-1].start()] if years else head
    behind = re.sub(r"^(?:年度|年|度)", "", head[years[-1].end() :]) if years else ""
    for part in (before, behind):
        name = part.strip(_EDGE)
        name = _FRAME.sub("", name).strip(_EDGE)
        name = re.sub(r"\($|^\)|^\((?=[^)]*$)", "", name)
        name = name + "政府" if name.endswith("人民") else name
        if 2 <= len(name) <= 60 and not re.fullmatch(r"[\d\W年度]+", name) and name != "年度":
            return name
    return None


def _without_core(form: str, year: int | None, *, column_is_annual: bool) -> TitleVerdict:
    if _OTHER_KIND.search(form) and not looks_like_body(form):
        return TitleVerdict("other", "other_kind", year)
    if (
        re.fullmatch(rf"(?:{_YEAR})?{_SPAN}(?:年度)?(?:工作)?(?:报告|年报)?(?:\(.*\))?", form)
        and form
    ):
        return TitleVerdict("undecided" if column_is_annual else "other", "bare_label", year)
    bare = re.sub(rf"^{_YEAR}{_SPAN}|{_YEAR}{_SPAN}(?:年度)?(?:报告|年报)?$", "", form)
    if looks_like_body(bare):
        return TitleVerdict("undecided", "bare_body", year)
    if _ABOUT_DISCLOSURE.search(form) and re.search(r"(?:报告|年报|总结)$", form):
        return TitleVerdict("undecided", "unknown_tail", year)
    if _OTHER_REPORT.search(form):
        return TitleVerdict("other", "other_report", year)
    if column_is_annual and form:
        return TitleVerdict("undecided", "annual_column", year)
    return TitleVerdict("other", "no_core", year)
