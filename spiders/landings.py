"""Pages that lead to lists: years, departments, catalogues, and pages that only jump."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from lxml.etree import _Element

from spiders import headings
from spiders.anchors import Anchor
from spiders.links import is_file, same_host
from spiders.lists import own_path
from spiders.page import Page, directory

_MENU = re.compile(r"指南|制度|依申请|法定主动|首页|政策文件|机构|领导|信息公开目录")
_ANNUAL_PATH = re.compile(r"(?:gk|xxgk|nd)(?:nb|ndbg|bg)|ndbg|nianbao", re.I)
_PAGER_FILE = re.compile(r"[_/]\d{1,3}\.(?:s?html?|jsp)$|_\d{4}\.(?:s?html?|jsp)$")
_INDEX = re.compile(r"/(?:index|list)\.s?html?$")
_JUMP = re.compile(
    r"""(?:(?:window|document|self|top|parent)\s*\.\s*){0,4}location(?:\s*\.\s*href)?\s*"""
    r"""(?:=|\.\s*(?:replace|assign)\s*\()\s*["']([^"']+)["'](?!\s*\+)"""
)
_REFRESH = re.compile(r"url\s*=\s*['\"]?\s*([^'\"]+)", re.I)
_SCRIPT_NODE = re.compile(
    r"""\{[^{}]*?\b(?:name|title|text)["']?\s*:\s*["']([^"'\n]+)["'][^{}]*?"""
    r"""\b(?:url|href|link)["']?\s*:\s*["']([^"'\n]+)["'][^{}]*\}"""
)
_JUMP_TEXT = 200  # characters: more than that and the page is not there for the jump


def sublists(
    page: Page, found: Iterable[Anchor], folder: str | None = None
) -> list[tuple[str, str]]:
    """Return (URL, label) of the lists below this one, in printed order, each once.

    A link is one when it leads below the list's own directory, or when its label (a year, a body,
    a group of bodies, 年报) says so and it does not stand among the links of a menu.

    Args:
        page: The page.
        found: Its links.
        folder: Path of the folder of its lists, where that is not the one it lies in.
    """
    folder = folder or page.directory
    groups: dict[tuple[str, ...], list[Anchor]] = defaultdict(list)
    lists = []
    for one in found:
        groups[one.home].append(one)
        if _is_list(page, one):
            lists.append(one)
    unique: dict[str, str] = {}
    for one in lists:
        below = _is_below(page, one.url, folder)
        if below or (not one.chrome and _is_labelled(page, one, groups[one.home])):
            label = _label(one)
            if headings.is_idle(unique.get(one.url, "")):
                unique[one.url] = label
    return list(unique.items())


def catalogue(page: Page, found: Iterable[Anchor]) -> list[tuple[str, str]]:
    """Return (URL, label) of what a catalogue leads to: columns of annual reports wherever they
    are linked, menus and scripts that draw a tree included, and the pages of single bodies.

    Args:
        page: The page.
        found: Its links.
    """
    unique: dict[str, str] = {}
    for one in found:
        if _is_list(page, one) and (
            headings.is_annual(one.title)
            or (headings.is_agency(one.title) and same_host(page.url, one.url))
        ):
            unique.setdefault(one.url, one.title)
    for name, href in script_links(page):
        url = page.urljoin(href)
        if url and (headings.is_annual(name) or headings.is_agency(name)):
            unique.setdefault(url, name)
    return list(unique.items())


def script_links(page: Page) -> Iterator[tuple[str, str]]:
    """Yield (label, address as printed) of the nodes of trees that scripts draw."""
    for script in page.scripts:
        yield from ((match[1], match[2]) for match in _SCRIPT_NODE.finditer(script))


def jump(page: Page, *, to_home: bool = False) -> str | None:
    """Return where a page jumps that has nothing else to say, or None.

    Jumps to itself (a cookie test) and to a home page (a lost column) are none.

    Args:
        page: The page.
        to_home: A jump to a home page is one too: ``/`` itself may only jump to its index.
    """
    if len(page.visible_text) > _JUMP_TEXT:
        return None
    home = {"", "/", "/index.html", "/index.shtml", "/index.htm"}
    for target in _targets(page):
        url = page.urljoin(target)
        if url and url != page.url and (to_home or urlsplit(url).path not in home):
            return url
    return None


def _targets(page: Page) -> Iterator[str]:
    for content in page.selector.xpath(
        "//meta[translate(@http-equiv, 'REFSH', 'refsh')='refresh']/@content"
    ).getall():
        if match := _REFRESH.search(content):
            yield match[1].strip()
    for script in (*page.scripts, *page.selector.xpath("//body/@onload").getall()):
        yield from (match[1] for match in _JUMP.finditer(script))


def _is_below(page: Page, url: str, folder: str) -> bool:
    if folder == page.directory:
        return own_path(page, url) and urlsplit(url).path.count("/") > folder.count("/")
    return same_host(page.url, url) and urlsplit(url).path.startswith(folder)


def _is_list(page: Page, one: Anchor) -> bool:
    path = urlsplit(one.url).path
    if one.article or is_file(one.url) or path in ("", "/"):
        return False
    if _bare(one.url) == _bare(page.url) and not _asks_for_a_year(page, one):
        return False
    stem = re.sub(r"(?:\.\w+)?/?$", "/", urlsplit(page.url).path, count=1)
    in_place = directory(one.url) in (page.directory, stem)
    return not (in_place and _PAGER_FILE.search(path)) and bool(
        path.endswith("/") or re.search(r"\.(?:s?html?|jsp|aspx?|php)$|/[\w-]+$", path)
    )


def _asks_for_a_year(page: Page, one: Anchor) -> bool:
    """Tell whether a link is the list's own address, asked for one year (``&timeFrame=2021``)."""
    query = urlsplit(one.url).query
    return bool(query) and query != urlsplit(page.url).query and headings.is_year(one.title)


def _bare(url: str) -> str:
    return _INDEX.sub("/", urlsplit(url).path.rstrip("/") + ("/" if url.endswith("/") else ""))


def _is_labelled(page: Page, one: Anchor, group: list[Anchor]) -> bool:
    here = same_host(page.url, one.url)
    label = one.title
    if headings.is_year(label):
        return here
    if any(_MENU.search(other.title) for other in group):
        return False
    if headings.is_annual(label):
        return True
    if headings.is_agency(label) or headings.is_group(label):
        path = urlsplit(one.url).path
        # A body's label may lead to its home page, where everything would look like the list.
        is_column = path.endswith((".shtml", ".html")) and "/index." not in path
        return len(group) > 1 and ((here and is_column) or bool(_ANNUAL_PATH.search(path)))
    return False


def _label(one: Anchor) -> str:
    """Return a list's label; for 更多 the heading of its block."""
    if not headings.is_idle(one.title):
        return one.title
    heads = one.element.xpath(
        "preceding::*[self::h1 or self::h2 or self::h3 or self::h4 or contains(@class, 'tit')]"
        "[normalize-space()][1]"
    )
    for head in heads if isinstance(heads, list) else ():
        if isinstance(head, _Element):
            return " ".join("".join(str(text) for text in head.itertext()).split())
    return one.title
