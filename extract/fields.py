"""What a page says about itself: title, dates, publisher, index number, column, footer.

Every value is a claim with its source and the words it was read from; which claim is right is
decided later (``identity``), where all of them are on the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from extract.agency import looks_like_body
from extract.dates import first_date
from extract.normal import match_form, plain_form
from extract.record import Claim
from extract.titles import judge
from extract.tree import SEAM, Line, lines

# Meta names of 国办发〔2017〕47号 (政府网站发展指引), and what portals use besides.
_META = {
    "articletitle": "title",
    "pubdate": "published_on",
    "publishdate": "published_on",
    "contentsource": "content_source",
    "siteidcode": "site_id_code",
    "sitename": "site_name",
    "columnname": "column",
    "author": "author",
}
_INDEX = {
    "索引号": "index_number",
    "信息索引号": "index_number",
    "信息索引": "index_number",
    "索取号": "index_number",
    "发布机构": "publisher",
    "发布机关": "publisher",
    "发文机构": "publisher",
    "发文机关": "publisher",
    "发文单位": "publisher",
    "公开机构": "publisher",
    "公开责任部门": "publisher",
    "制发机关": "publisher",
    "信息名称": "title",
    "名称": "title",
    "标题": "title",
    "公开日期": "published_on",
    "发布日期": "published_on",
    "发文日期": "written_on",
    "成文日期": "written_on",
    "生成日期": "written_on",
    "文号": "document_number",
    "发文字号": "document_number",
    "栏目": "column",
}
_VISIBLE = {
    "发布时间": "published_on",
    "发布日期": "published_on",
    "发表时间": "published_on",
    "更新时间": "updated_on",
    "日期": "published_on",
    "时间": "published_on",
    "来源": "content_source",
    "信息来源": "content_source",
    "文章来源": "content_source",
    "稿件来源": "content_source",
    "发布单位": "publisher",
    "单位": "publisher",
    "信息提供": "content_source",
    "作者": "author",
    "供稿": "author",
}
# Labels that only end a value.
_STOPS = (
    "分类|主题分类|信息分类|体裁|体裁分类|组配分类|服务对象|关键词|主题词|时效|有效性|效力状态|生效日期|废止日期|"
    "公开方式|公开范围|公开形式|公开程序|内容概述|文件下载|浏览次数|浏览量|点击量|点击次数|点击数|阅读次数|阅读量|"
    "字体|字号|字体大小|打印|关闭|分享到|采集时间|编辑|责任编辑|审核|原文链接|本地目录|访问量|语种|载体类型|信息类别"
)
_STRONG = frozenset(["index_number", "publisher", "written_on"])
_LABELS = {**_VISIBLE, **_INDEX}
_SPACED = "|".join(
    r"\s*".join(label)
    for label in sorted([*_LABELS, *_STOPS.split("|")], key=lambda label: -len(label))
)
# A label stands in front, or behind something that is no Han character (采集时间 is not 时间).
_LABEL = re.compile(
    rf"(?<![\u4e00-\u9fff])[\[【(]?\s*({_SPACED})\s*[\]】)]?\s*(?:[:：]{SEAM}?|{SEAM}|$)"
)
_VALUE_END = re.compile(r"[|【\[]|\s{2,}|浏览|点击|阅读[:：次量]|字体|打印|分享|收藏|微信|微博")
_SITE_CODE = re.compile(r"(?:网站)?标识码?\s*[:：]?\s*(bm\d{8}|[1-9]\d{9})(?![0-9])", re.I)
_HOST_UNIT = re.compile(r"主办(?:单位)?\s*[:：]\s*([\u4e00-\u9fff()（）]{3,40})")
_SITE = re.compile(r"(?:网|网站|平台|门户|政府)$")
_ADDRESS = re.compile(r"^(?:https?:)?//|^www\.", re.I)
_CRUMB = re.compile(r"当前位置|您的位置|所在位置|您现在的位置|您当前的位置")
_BODY_BEGINS = re.compile(r"^\s*一\s*[、.．]\s*\S|^第二十条")

_HEAD_LINES = 60  # lines before the article's text in which labels are looked for
_MOST_LINES = 3000  # lines round the article that are looked at, and in which a title may stand
_MOST_HEADINGS = 500
_LONG = 120  # a line this long is prose


@dataclass(frozen=True, slots=True)
class PageFields:
    """The claims of a page, in document order within each source, best source first.

    Fields: title, published_on (ISO), written_on (ISO), updated_on (ISO), publisher,
    content_source, author, index_number, document_number, column, site_id_code, site_name,
    host_unit (主办单位 of the footer). Sources: meta, ucaptitle, publishtime, index_table,
    heading, visible_line, title_element, breadcrumb, footer, text_head.
    """

    claims: tuple[Claim, ...] = ()

    def all(self, field: str) -> list[Claim]:
        """All claims about one field."""
        return [claim for claim in self.claims if claim.field == field]

    def first(self, field: str, *sources: str) -> Claim | None:
        """The first claim about a field, of the named sources if any are named."""
        for claim in self.claims:
            if claim.field == field and (not sources or claim.source in sources):
                return claim
        return None


def fields(
    root: HtmlElement, article: HtmlElement | None = None, shown: Sequence[Line] | None = None
) -> PageFields:
    """Read what a page says about itself.

    Args:
        root: The tree of ``page.parse``.
        article: The article's element, whose prose is not searched for labels.
        shown: The tree's lines, where the caller has them.

    Returns:
        The claims found; none where the page says nothing.
    """
    shown = lines(root) if shown is None else shown
    found = [*_from_meta(root), *_from_elements(root)]
    before = list(islice(_before_prose(shown, article), _MOST_LINES))
    found += _labelled([line.text for line in before], table="index_table", line="visible_line")
    found += _from_headings(root, before)
    found += _from_title_element(root)
    found += _from_crumbs(root, shown)
    found += _from_footer([line.plain for line in shown])
    return PageFields(tuple(dict.fromkeys(found)))


def text_fields(text: str) -> PageFields:
    """Read what a loose text file says about itself: a head of labels, a title on top, a footer."""
    rows = text.splitlines()
    head: list[str] = []
    for row in rows[:_HEAD_LINES]:
        if _BODY_BEGINS.match(row):
            break
        # A page flattened to one line begins with the labels that stood above its text.
        head.append(row[:400])
        if len(row) > _LONG and len(head) > 1 and not _LABEL.search(row[:200]):
            break
    found = _labelled(head, table="text_head", line="text_head")
    title = _title_on_top(head) or _notice_on_top(head)
    if title:
        found.append(Claim("title", title, "text_head", title))
    found += _from_footer(rows[-30:])
    return PageFields(tuple(dict.fromkeys(found)))


def _from_meta(root: HtmlElement) -> Iterator[Claim]:
    for tag in root.iter("meta"):
        field = _META.get((tag.get("name") or "").strip().lower())
        content = " ".join((tag.get("content") or "").split())
        value = first_date(content) if field == "published_on" else content
        if field and value:
            yield Claim(field, value, "meta", content)


def _from_elements(root: HtmlElement) -> Iterator[Claim]:
    for tag in root.iter("ucaptitle"):
        title = " ".join("".join(tag.itertext()).split())
        if title:
            yield Claim("title", title, "ucaptitle", title)
    for tag in root.iter("publishtime"):
        printed = " ".join("".join(tag.itertext()).split())
        day = first_date(printed)
        if day:
            yield Claim("published_on", day, "publishtime", printed)


def _before_prose(shown: Sequence[Line], article: HtmlElement | None) -> Iterator[Line]:
    """The lines round the article and the first ones inside it, up to its text."""
    inside = set(article.iter()) if article is not None and article.tag != "body" else set()
    begun = False
    for line in shown:
        if line.element.tag == "title":
            continue
        if line.element in inside or not inside:
            prose = len(line.plain) >= _LONG and line.linked * 2 < len(line.plain)
            begun = begun or prose or bool(_BODY_BEGINS.match(line.plain))
            if begun:
                continue
        yield line


def _labelled(rows: Sequence[str], *, table: str, line: str) -> list[Claim]:
    """Values behind their labels: in the same line, or in the next one."""
    cleaned = [plain_form(row) for row in rows]
    index: list[Claim] = []
    visible: list[Claim] = []
    for number, row in enumerate(cleaned):
        for label, value, whole in _pairs(row):
            if not value and whole and number + 1 < len(cleaned):
                following = cleaned[number + 1]
                value = "" if _LABEL.match(following) else following
            quote = rows[number] if _LABEL.sub("", row).strip() else f"{rows[number]} {value}"
            claim = _claim(label, value.replace(SEAM, " ").strip(), quote)
            if claim is None:
                continue
            (index if label in _INDEX else visible).append(claim)
    if not any(claim.field in _STRONG for claim in index):
        # 名称, 标题, 发布日期 alone are no index table.
        index = [claim for claim in index if claim.field in {"title", "published_on", "column"}]
        return [_sourced(claim, line) for claim in [*index, *visible]]
    return [_sourced(claim, table) for claim in index] + [
        _sourced(claim, line) for claim in visible
    ]


def _sourced(claim: Claim, source: str) -> Claim:
    return Claim(claim.field, claim.value, source, claim.quote)


def _pairs(row: str) -> Iterator[tuple[str, str, bool]]:
    """(label, value, whether the label ends the line) for each label of a line."""
    if len(row) > 4000:
        row = row[:4000]
    hits = list(_LABEL.finditer(row))
    for number, hit in enumerate(hits):
        end = hits[number + 1].start() if number + 1 < len(hits) else len(row)
        label = re.sub(r"\s", "", hit[1])
        value = row[hit.end() : end]
        stop = _VALUE_END.search(value.strip(SEAM + " "))
        value = value.strip(SEAM + " ")[: stop.start()] if stop else value
        if label in _LABELS:
            yield label, value.strip(SEAM + " :：\t"), hit.end() >= len(row)


def _claim(label: str, value: str, row: str) -> Claim | None:
    field = _LABELS[label]
    quote = " ".join(row.replace(SEAM, " ").split())[:200]
    if field.endswith("_on"):
        day = first_date(value[:40])
        return Claim(field, day, "", quote) if day else None
    if field in {"content_source", "publisher", "author"}:
        value = value.split(" ")[0].strip("-—,，;；。\"'")
    if not value or len(value) > 120 or _ADDRESS.match(value):
        return None
    return Claim(field, value, "", quote)


def _from_headings(root: HtmlElement, before: Sequence[Line]) -> Iterator[Claim]:
    for tag in islice(root.iter("h1", "h2", "h3"), _MOST_HEADINGS):
        title = " ".join("".join(tag.itertext()).split())
        if 4 <= len(title) <= 200 and judge(title).verdict == "report":
            yield Claim("title", title, "heading", title)
    on_top = _title_on_top([line.plain for line in before if line.linked * 2 < len(line.plain)])
    if on_top:
        yield Claim("title", on_top, "heading", on_top)
    for tag in islice(root.iter("h1"), _MOST_HEADINGS):
        title = " ".join("".join(tag.itertext()).split())
        if title:
            yield Claim("title", title, "heading", title)


def _title_on_top(rows: Sequence[str]) -> str | None:
    """The first line, or two or three lines together, that is the title of a report."""
    short = [row.strip().lstrip("#").strip() for row in rows]
    undecided = None
    joined: list[str] = []
    for start in range(len(short)):
        for count in (1, 2, 3):
            part = short[start : start + count]
            title = "".join(part)
            if len(part) < count or not all(part) or len(title) > _LONG or _no_title(part):
                break
            verdict = judge(title)
            if verdict.verdict == "report":
                if count == 1:
                    return title
                joined.append(title)
            elif verdict.reason in {"no_agency", "no_year"} and verdict.year:
                undecided = undecided or title
    return min(joined, key=len) if joined else undecided


def _notice_on_top(rows: Sequence[str]) -> str | None:
    """The title of a notice about reports: it may print the whole form, empty."""
    for row in rows[:12]:
        title = row.strip()
        if len(title) <= _LONG and "。" not in title and judge(title).reason == "about_reports":
            return title
    return None


def _no_title(part: Sequence[str]) -> bool:
    return any(
        "。" in row or row.endswith((":", "：")) or _LABEL.search(plain_form(row)) for row in part
    )


def _from_title_element(root: HtmlElement) -> Iterator[Claim]:
    for tag in root.iter("title"):
        printed = " ".join((tag.text or "").split())
        if printed:
            # The column's and the site's names stand behind the title.
            title = re.split(r"\s*[_|]\s*|\s+[-–—－]\s*|\s*[-–—－]\s+", printed)[0]
            front, _, site = re.sub("[–—－]", "-", title).rpartition("-")
            if front and (looks_like_body(site) or _SITE.search(site)):
                title = title[: len(front)]
            yield Claim("title", title.strip("【】 ") or printed, "title_element", printed)


def _from_crumbs(root: HtmlElement, shown: Sequence[Line]) -> Iterator[Claim]:
    for line in shown:
        if _CRUMB.search(line.plain):
            quote = line.plain
            if len(quote) < 8:  # 当前位置： stands alone, the trail in the next block
                holder = line.element.getparent()
                quote = " ".join("".join(holder.itertext()).split()) if holder is not None else ""
            steps = [step for step in re.split(r"[>»›＞/\s]+", quote[:300]) if match_form(step)]
            if len(steps) > 1 and len(steps[-1]) <= 40:
                yield Claim("column", steps[-1], "breadcrumb", quote[:200])
            return


def _from_footer(rows: Sequence[str]) -> Iterator[Claim]:
    for row in rows:
        if "标识" not in row and "標識" not in row and "主办" not in row and "主辦" not in row:
            continue
        cleaned = plain_form(row.replace(SEAM, " "))
        code = _SITE_CODE.search(cleaned)
        if code:
            yield Claim("site_id_code", code[1].lower(), "footer", code[0])
        host = _HOST_UNIT.search(cleaned)
        if host:
            yield Claim("host_unit", host[1], "footer", host[0])
