"""What a document is: from its title, its structure and its body together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from extract import sections as parts
from extract.attachments.images import is_furniture
from extract.attachments.links import attachments
from extract.fields import PageFields
from extract.record import DocumentKind, Record, Section, Source
from extract.tables.labels import T3
from extract.titles import TitleVerdict, judge
from extract.tree import Line, lines_of
from extract.tree import lines as shown_lines

# Titles that are some other document, whatever the page holds.
_HARD = frozenset(["school_year", "site_form", "rule_of_law", "about_reports"])
_SOFT = frozenset(["no_core", "other_kind", "other_report", "bare_label"])

_CHALLENGE = re.compile(
    r"__jsl_clearance|__jsluid|\$_ts|acw_sc__v2|go\(\{\"bts\"|document\.cookie|_waf_|aliyun_waf|"
    r"safedog|yunsuo|cf-challenge|slidecaptcha|eval\(",
    re.I,
)
_BLOCKED = re.compile(
    r"(?:访问|请求|IP).{0,12}(?:被)?(?:拒绝|禁止|阻断|拦截|屏蔽|限制)|Web应用防火墙|防火墙拦截|安全(?:验证|检查|拦截)|人机验证|"
    r"滑动验证|访问.{0,6}(?:过于)?频繁|正在(?:验证|检查).{0,12}(?:浏览器|安全)|开启JavaScript|创宇盾|云锁|云防护|"
    r"403 Forbidden|Access Denied|Request (?:Rejected|Blocked)|Just a moment|Attention Required",
    re.I,
)
_SUBJECT = re.compile(r"信息公开|政务公开")
_ANNUAL = re.compile(r"年报|年度报告")
_DATED = re.compile(r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}|(?<!\d)\d{1,2}[-/]\d{1,2}(?!\d)")

_FORM_SINCE = 2019  # the first report year of the national form
_FULL = 400  # characters of prose that make a report without tables
_STUB = 1500  # a challenge or block page shows less than that


def classify(
    *,
    fields: PageFields,
    article: HtmlElement | None,
    lines: Sequence[str],
    source: Source,
    tables: int,
    sections: Sequence[Section],
    shown: Sequence[Line] = (),
) -> DocumentKind:
    """Say what a document is.

    Args:
        fields: What the page says about itself.
        article: Its article's element, in its tree; None for loose text.
        lines: The prose, furniture taken out.
        source: What the list said that led here.
        tables: How many form tables were recognised.
        sections: The sections found.
        shown: The lines of the whole page, where the caller has them.

    Returns:
        One of ``enums.document_kind``. A bare label (市政府办公室) with a report's body is a
        report, and so is a report without tables; a report's title over no body is what stands in
        its place: a file, a picture, a list, a block page.
    """
    verdict = title_verdict(fields, source)
    prose = sum(len(line) for line in lines)
    if verdict.reason in _HARD:
        return "not_report"
    if _has_body(tables, sections, prose, verdict, lines):
        return "report"
    if article is None:
        return "not_report"
    root = article.getroottree().getroot()
    shown = shown or shown_lines(root)
    if _is_blocked(root, shown):
        return "blocked"
    if verdict.verdict == "report" or (_may_be(verdict, fields, source) and prose < _FULL):
        placeholder = _in_its_place(article, source.url, verdict, shown)
        if placeholder:
            return placeholder
    elif verdict.reason == "companion" and article.find(".//img") is not None:
        return "image_only"
    return "index" if _is_list(shown) else "not_report"


def may_be_report(fields: PageFields, shown: Sequence[Line], source: Source) -> bool:
    """Tell whether a page without form tables may turn out a report, or stand in one's place.

    Args:
        fields: What the page says about itself.
        shown: The lines of its article, furniture and all.
        source: What the list said that led here.
    """
    verdict = title_verdict(fields, source)
    if verdict.verdict == "report" or _may_be(verdict, fields, source):
        return True
    if verdict.reason in _HARD:
        return False
    unlinked = [line.plain for line in shown if line.linked * 2 <= len(line.plain)]
    numbers = {part.number for part in parts.locate(unlinked) if part.number}
    return len(numbers) >= 2 or (verdict.verdict == "undecided" and bool(numbers))


def may_be_pictures(record: Record) -> bool:
    """Tell whether the pictures of a page may be its report, or its tables.

    The picture version of a report (图解) shows what its text twin says, and no more. Before 2019
    there was no form, and a report without tables may be whole.

    Args:
        record: What was read of the page without them.
    """
    if judge(record.title or "").reason == "companion":
        return False
    if record.kind == "image_only":
        return True
    return record.kind == "report" and T3 not in record.tables and (record.year or 0) >= _FORM_SINCE


def _is_annual(fields: PageFields, source: Source) -> bool:
    """Tell whether the document stands in a column of annual reports."""
    names = [source.column_name or "", *(claim.value for claim in fields.all("column"))]
    return any(_ANNUAL.search(name) for name in names)


def _may_be(verdict: TitleVerdict, fields: PageFields, source: Source) -> bool:
    """Tell whether an undecided title may be a report's: its words say so, or its column."""
    if verdict.verdict != "undecided":
        return False
    spoken = verdict.reason in {"no_agency", "no_year", "announced", "unknown_tail"}
    return spoken or _is_annual(fields, source)


def title_verdict(fields: PageFields, source: Source) -> TitleVerdict:
    """The verdict of the best title: a report's, else another document's, else undecided."""
    annual = _is_annual(fields, source)
    printed = [claim.value for claim in fields.all("title")]
    verdicts = [judge(title, column_is_annual=annual) for title in printed]
    hard = next((one for one in verdicts[:1] if one.reason in _HARD), None)
    if source.row_title:
        verdicts.append(judge(source.row_title, column_is_annual=annual))
    report = next((one for one in verdicts if one.verdict == "report"), None)
    companion = next((one for one in verdicts if one.reason == "companion"), None)
    other = next((one for one in verdicts if one.reason in _HARD), None)
    undecided = next((one for one in verdicts if one.verdict == "undecided"), None)
    none = TitleVerdict("undecided", "no_title")
    return hard or report or companion or other or undecided or next(iter(verdicts), none)


def _has_body(
    tables: int,
    sections: Sequence[Section],
    prose: int,
    verdict: TitleVerdict,
    lines: Sequence[str],
) -> bool:
    numbers = {section.number for section in sections if section.number}
    about = any(_SUBJECT.search(line) for line in lines)
    if tables >= 2 or len(numbers) >= 5 or (tables and len(numbers) >= 2):
        return True
    if verdict.verdict == "report":
        return bool(tables) or (about and (prose >= _FULL or len(numbers) >= 3))
    if verdict.reason in _SOFT or verdict.reason == "companion":
        return False
    # An undecided title: the sections must speak, or a year and core without a body's name.
    dated = verdict.reason in {"no_agency", "no_year", "announced"} and prose >= _FULL
    return about and (len(numbers) >= 3 or (dated and bool(numbers)) or bool(tables))


def _is_blocked(root: HtmlElement, shown: Sequence[Line]) -> bool:
    """Tell whether a page is a challenge, a firewall's page, or a stub of script alone."""
    text = _plain(shown)
    scripted = len(text) < 30 and next(root.iter("script"), None) is not None
    return scripted or _is_wall(root, text)


def is_wall(root: HtmlElement) -> bool:
    """Tell whether a page says itself that it is a challenge or a firewall's.

    Args:
        root: The page's tree.
    """
    return _is_wall(root, _plain(shown_lines(root)))


def _is_wall(root: HtmlElement, text: str) -> bool:
    if len(text) > _STUB:
        return False
    scripts = " ".join(tag.text or "" for tag in root.iter("script"))
    return bool(_BLOCKED.search(text) or (_CHALLENGE.search(scripts) and len(text) < 200))


def speaks_of_wall(text: str) -> bool:
    """Tell whether a text has words that a challenge or a firewall's page has."""
    return bool(_BLOCKED.search(text))


def _plain(shown: Sequence[Line]) -> str:
    return " ".join(line.plain for line in shown).strip()


def _in_its_place(
    article: HtmlElement, url: str | None, verdict: TitleVerdict, shown: Sequence[Line]
) -> DocumentKind | None:
    """What stands where the report's body should be."""
    if attachments(article, url):
        return "attachment_only"
    if _is_list(lines_of(article, shown)):
        return "index"
    pictures = [picture for picture in article.iter("img") if not is_furniture(picture)]
    named = verdict.verdict == "report" or article.tag != "body"
    return "image_only" if pictures and named else None


def _is_list(shown: Sequence[Line]) -> bool:
    """Rows of links, most of them dated or in list items, and hardly any other text."""
    rows = [line for line in shown if line.plain.strip()]
    linked = [line for line in rows if line.linked * 2 > len(line.plain.strip())]
    dated = sum(bool(_DATED.search(line.plain)) for line in rows)
    reports = sum(judge(line.plain).verdict == "report" for line in linked[:200])
    return reports >= 3 or (len(linked) >= 8 and dated >= 5 and len(linked) * 3 >= len(rows))
