"""The files of a page: what it links, opens by a script or shows in a frame as its report.

A page of a portal also has files that are none of its article's: manuals, forms, the site's
guide. Inside the article every file counts; elsewhere a box of attachments, a heading 附件 before
the link, or a name that is a report's must say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote, urljoin, urlsplit

from lxml.html import HtmlElement

from extract.attachments.addresses import TYPES, ending, is_download, mended, unwrapped
from extract.normal import match_form
from extract.record import Attachment, Record
from extract.titles import judge

MOST_FILES = 60
"""Files of one page; what a page links beyond is a catalogue."""

_MOST_LINKS = 10_000
_BOX = re.compile(r"fujian|fj(?:_|-|$|list|box)|attach|annex|xqym|file|down", re.I)
_HEADED = re.compile(
    r"(?:相关)?附件(?:下载|列表|[一二三四五六七八九十\d]*)?\s*[:：]?\s*$|下载[:：]\s*$"
)
_NEIGHBOURS = re.compile(
    r"pre_?-?next|(?:pre|next|up|down)_?-?(?:article|page|post)|sxp|sxt|shangxia|xg(?:xx|yd|wz|nr)|"
    r"relat|recommend|tuijian|hot_?-?(?:news|list)|pager",
    re.I,
)
_BESIDE_IT = re.compile(
    r"(?:[上下前后]一?[篇条个则页]|相关(?:信息|阅读|文章|推荐|链接|稿件|内容)|推荐阅读|热点推荐)"
    r"[】\])）]?\s*[:：]?$"
)
_SAYS_FILE = re.compile(
    r"附件|下载|(?:点击|在线)(?:查看|预览|阅读)|年报|年度报告|[(（]?(?:pdf|word|ofd)版", re.I
)
_CALL = re.compile(r"""["']([^"'<>\r\n]{3,400})["']""")
_KEY = re.compile(
    r"(?:file|attach|annex|fujian|fj|pdf|ofd|docx?|down|accessory|src|url|path|href)\w*[\"']?\s*"
    r"[:=(,]\s*(?:encodeURI(?:Component)?\(\s*)?$",
    re.I,
)
_SKINS = re.compile(
    r"/(?:js|css|static|assets|themes?|templates?|common|plugins?|lib|skins?)/|^/?images/", re.I
)
_ANY_FILE = re.compile(rf"\.(?:{'|'.join(TYPES)})\b", re.I)
_SCRIPT = 200_000  # characters of a script that are looked at
_DATA = ("data-href", "data-url", "data-src", "data-file", "data-path", "data-pdf")
_FRAMES = ("iframe", "embed", "object", "frame")
_OPENING = f".//*[not(self::a)][@onclick or {' or '.join(f'@{name}' for name in _DATA)}]"

Found = tuple[str, str, str]  # address, name, kind of file

# Names of files that are some other document: beside the report, and where it should stand.
_OTHERS = frozenset({"other_kind", "about_reports", "rule_of_law"})
_BESIDE = _OTHERS | {"school_year", "site_form", "other_report"}
_REPORT_KINDS = frozenset({"report", "attachment_only", "image_only"})


def attachments(article: HtmlElement, url: str | None = None) -> list[Attachment]:
    """Return the files that a page names as part of its article.

    Args:
        article: The article's element, in its tree; the rest of the page is searched too.
        url: The page's address, to make links absolute.

    Returns:
        Each file once, in document order; type is the file's ending in lower case, ``file`` for a
        script that hands out files by their number.
    """
    root = article.getroottree().getroot()
    base = urljoin(url or "", _base(root))
    found: dict[str, Attachment] = {}
    for link, name, kind in _found(root, article):
        address = _absolute(base, link)
        if address and address not in found:
            label = name or unquote(urlsplit(address).path).rsplit("/", 1)[-1]
            found[address] = Attachment(address, label, kind)
    return list(found.values())[:MOST_FILES]


def wanted(record: Record) -> list[Attachment]:
    """Return the files of a page that may be its report, or a part of it.

    Args:
        record: What was read of the page, with all of its files.

    Returns:
        Those whose name is no other document's; of a page that is no report those that are named
        like one.
    """
    refused = _BESIDE if record.kind == "report" else _OTHERS
    found = []
    for one in record.attachments:
        verdict = judge(one.name)
        if record.kind in _REPORT_KINDS:
            may_be = verdict.verdict != "other" or verdict.reason not in refused
        else:
            may_be = verdict.verdict == "report"
        if may_be:
            found.append(one)
    return found


def title_of(page: Record, file: Attachment) -> str:
    """Return under which title a file is to be read, if it prints none itself.

    A name that says nothing (附件1, P0202401.pdf) stands for the page's title where the page has
    nothing but files; beside tables it may be anything.
    """
    if judge(file.name).verdict == "report" or page.kind not in ("attachment_only", "image_only"):
        return file.name
    return page.title or file.name


def _absolute(base: str, link: str) -> str:
    try:
        address = unwrapped(urljoin(base, link))
        return address if urlsplit(address).scheme in {"", "http", "https"} else ""
    except ValueError:
        return ""


def _base(root: HtmlElement) -> str:
    for tag in root.iter("base"):
        return (tag.get("href") or "").strip()
    return ""


def _found(root: HtmlElement, article: HtmlElement) -> Iterator[Found]:
    inside = set(article.iter())
    title = _title(root)
    for link in islice(root.iter("a"), _MOST_LINKS):
        yield from _linked(link, link in inside, title)
    for frame in root.iter(*_FRAMES):
        told = mended(frame.get("src") or frame.get("data") or "")
        name = (frame.get("title") or "").strip()
        kind = ending(unwrapped(told), name) or ending(told)
        if kind and (frame in inside or ending(told)):
            yield told, name, kind
    for element in article.xpath(_OPENING)[:_MOST_LINKS]:
        yield from _opened(element)
    for script in root.iter("script"):
        yield from _scripted((script.text or "")[:_SCRIPT], alone=script in inside)


def _linked(link: HtmlElement, is_inside: bool, title: str) -> Iterator[Found]:
    href = link.get("href") or ""
    text = "".join(link.itertext()) if len(link) else link.text or ""
    name = " ".join(text.split()) or (link.get("title") or link.get("download") or "").strip()
    for address in _addresses(link, href):
        kind = ending(unwrapped(address), name) or ending(address)
        if kind is None and is_download(address) and _SAYS_FILE.search(name):
            kind = "file"
        if (
            kind
            and (is_inside or _in_box(link) or _is_named(name, title) or _is_headed(link))
            and not _is_neighbour(link)
        ):
            yield address, name, kind


def _addresses(link: HtmlElement, href: str) -> Iterator[str]:
    """What a link leads to, and what its script opens."""
    code = href if href[:40].lower().lstrip().startswith("javascript:") else ""
    if not code and href.strip() not in ("", "#"):
        yield mended(href)
    for source in (code, link.get("onclick") or "", *(link.get(name) or "" for name in _DATA)):
        yield from _quoted(source)


def _opened(element: HtmlElement) -> Iterator[Found]:
    """A button or block of the article that opens a file."""
    for source in (element.get("onclick") or "", *(element.get(name) or "" for name in _DATA)):
        for address in _quoted(source) if source else ():
            if kind := ending(unwrapped(address)):
                yield address, " ".join("".join(element.itertext()).split())[:100], kind


def _quoted(code: str) -> Iterator[str]:
    plain = mended(code)
    if plain and "(" not in plain and ending(unwrapped(plain)):
        yield plain
        return
    for hit in _CALL.finditer(code):
        address = mended(hit[1])
        if ("/" in address or is_download(address)) and ending(unwrapped(address)):
            yield address


def _scripted(script: str, *, alone: bool) -> Iterator[Found]:
    """Files that a script names: any in the article's, else what is given to a name of a file."""
    if not _ANY_FILE.search(script):
        return
    for hit in _CALL.finditer(script):
        address = mended(hit[1])
        kind = ending(address)
        if not kind or "<" in address or not re.search(r"[\w%)]\.\w+", address):
            continue
        said = alone or _KEY.search(script[max(0, hit.start() - 60) : hit.start()])
        is_bare_name = "/" not in address and not alone
        if said and not is_bare_name and not _SKINS.search(address):
            yield address, "", kind


def _title(root: HtmlElement) -> str:
    for meta in root.iter("meta"):
        if (meta.get("name") or "").lower() == "articletitle":
            return match_form(meta.get("content") or "")
    for tag in root.iter("title"):
        return match_form(re.split(r"[-_|–—]", tag.text or "")[0])
    return ""


def _is_named(name: str, title: str) -> bool:
    """Tell whether a link is named like a report, or like the page."""
    if judge(name).verdict == "report":
        return True
    plain = match_form(re.sub(r"\.\w{2,5}$", "", name.strip()))
    return len(plain) >= 8 and plain == title


def _in_box(link: HtmlElement) -> bool:
    for _, up in zip(range(3), link.iterancestors(), strict=False):
        if _BOX.search(f"{up.get('class') or ''} {up.get('id') or ''}"):
            return True
    return False


def _is_neighbour(link: HtmlElement) -> bool:
    """Tell whether a link leads to another article's file: the one before or after in the list,
    or one of those that the site recommends."""
    for _, up in zip(range(4), link.iterancestors(), strict=False):
        if _NEIGHBOURS.search(f"{up.get('class') or ''} {up.get('id') or ''}"):
            return True
    return bool(_BESIDE_IT.search(_before(link)))


def _is_headed(link: HtmlElement) -> bool:
    """Tell whether 附件 stands before a link, or over the list that it is in."""
    return bool(_HEADED.search(_before(link)))


def _before(link: HtmlElement) -> str:
    """Return the text just before a link, or before the list that it is in."""
    said = ""
    for _, node in zip(range(4), (link, *link.iterancestors()), strict=False):
        before = node.getprevious()
        while before is not None and not said.strip():
            if isinstance(before.tag, str) and before.tag not in ("script", "style"):
                said = "".join(before.itertext())[-200:] + (before.tail or "")
            else:
                said = before.tail or ""
            before = before.getprevious()
        above = node.getparent()
        if not said.strip() and above is not None:
            said = above.text or ""
        if said.strip():
            break
    return said.strip()
