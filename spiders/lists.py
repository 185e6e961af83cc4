"""The rows of a list, told from everything else that is linked on its page."""

from __future__ import annotations

import html
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from lxml.etree import _Element
from parsel import Selector

from extract.dates import first_date
from spiders.anchors import Anchor
from spiders.links import is_file, same_host
from spiders.page import Page, directory
from spiders.tasks import Row

COMPANION = re.compile(
    r"\W*(?:点击)?(?:下载|查看|预览|详情|全文|附件)?(?:pdf|ofd|word|docx?|文字|图片|图文)?版?(?:下载)?\W*",
    re.I,
)
_VARIABLE = re.compile(
    r"""(?:\bvar\s+|;\s*|^\s*)(\w+)\s*=\s*(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)')\s*;?""",
    re.M,
)
_WRITTEN = re.compile(
    r"""document\.write(?:ln)?\(\s*(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)')\s*\)"""
)
_URL_NAME = re.compile(r"url|href|link", re.I)
_TITLE_NAME = re.compile(r"title|bt$|doctitle|name", re.I)


def own_path(page: Page, url: str) -> bool:
    """Tell whether an address lies below the directory of the list; below the root lies all."""
    return (
        page.directory != "/"
        and same_host(page.url, url)
        and directory(url).startswith(page.directory)
    )


def rows(
    page: Page,
    found: Sequence[Anchor],
    body: _Element | None = None,
    column_of: Callable[[str], str | None] | None = None,
) -> list[Row]:
    """Return the rows of the page's own list, in printed order, each address once.

    Links are grouped by where they stand. Groups that mostly lead below the list's own directory,
    or to articles of the list's own column, are the list. Where there is none (a list of links to
    other columns and hosts), it is the group with most dates outside of navigation, sidebars and
    footers.

    Args:
        page: The page.
        found: Its links.
        body: The element of an article shown on the page, whose links are no rows.
        column_of: The column that an address tells by a number in it, where the CMS does not keep
            articles below their list.
    """
    groups: dict[tuple[str, ...], list[Anchor]] = defaultdict(list)
    inside = set(body.iter("a")) if body is not None else set()
    for anchor in found:
        if (anchor.article or anchor.date) and anchor.element not in inside:
            groups[anchor.home].append(anchor)
    is_own = _owned(page, list(groups.values()), column_of)
    chosen = [members for members in groups.values() if _is_own(members, is_own)]
    if not chosen and body is None:
        chosen = _most_dated(groups.values())
    picked = {anchor.element for members in chosen for anchor in leading(members)}
    return unique(one for one in found if one.element in picked)


def _most_dated(groups: Iterable[list[Anchor]]) -> list[list[Anchor]]:
    """Return the group with most dates outside of the page's chrome, as the only one."""
    open_groups = [
        dated
        for members in groups
        if (dated := [one for one in members if one.date and not one.chrome])
    ]
    return [max(open_groups, key=len)] if open_groups else []


def _owned(
    page: Page, groups: Sequence[list[Anchor]], column_of: Callable[[str], str | None] | None
) -> Callable[[str], bool]:
    """Return what tells whether an address is of the list's own column."""
    if column_of is None:
        return lambda url: own_path(page, url)
    column = column_of(page.url)
    if column is None:
        # The page's address does not say: the list is the longest, its column the commonest.
        for members in _most_dated(groups) or sorted(groups, key=len, reverse=True)[:1]:
            numbers = Counter(filter(None, (column_of(one.url) for one in members if one.article)))
            column = next((number for number, _ in numbers.most_common(1)), None)
    return lambda url: own_path(page, url) or (column is not None and column_of(url) == column)


def unique(found: Iterable[Anchor]) -> list[Row]:
    """Return links as rows, in their order, each address once with its longest title."""
    by_url: dict[str, Row] = {}
    for one in found:
        old = by_url.get(one.url, Row(one.url, ""))
        title = max(old.title, one.title, key=len)
        by_url[one.url] = Row(one.url, title, old.date or one.date)
    return list(by_url.values())


def _is_own(members: list[Anchor], is_own: Callable[[str], bool]) -> bool:
    own = [one for one in members if one.article and is_own(one.url)]
    if 2 * len(own) < len(members):
        return False
    return any(one.date or not one.chrome for one in own)


def leading(members: Sequence[Anchor]) -> Iterator[Anchor]:
    """Leave out, of the links of one item, the category before the title and the downloads
    behind it.

    Args:
        members: Links of one list.
    """
    items: dict[_Element, list[Anchor]] = defaultdict(list)
    for one in members:
        above = next((a for a in one.element.iterancestors() if a.tag in ("li", "tr")), one.element)
        items[above].append(one)
    for together in items.values():
        articles = [one for one in together if one.article] or [max(together, key=_length)]
        pages = [one for one in articles if not is_file(one.url)] or articles
        named = [one for one in pages if not COMPANION.fullmatch(one.title)]
        yield from named or pages[:1]


def _length(anchor: Anchor) -> int:
    return len(anchor.title)


def scripted_rows(page: Page, is_article_url: Callable[[str], bool]) -> list[Row]:
    """Return the rows that inline scripts write into the page.

    Either ``var url="./202602/t….shtml"; var title="…"; document.writeln(…)`` or the markup of a
    row as one literal. What has neither a date nor the address of an article is no row.

    Args:
        page: The page.
        is_article_url: The family's knowledge of its articles' addresses.
    """
    by_url: dict[str, Row] = {}
    for node in page.selector.xpath("//script[not(@src)][contains(., 'document.write')]"):
        script = str(node.xpath("string()").get(""))
        beside = str(node.xpath("string(ancestor::*[self::li or self::tr][1])").get(""))
        for row in (*_assigned(page, script), *_literal(page, script)):
            date = row.date or first_date(beside.replace(script, ""))
            if date or is_article_url(row.url) or is_file(row.url):
                by_url.setdefault(row.url, Row(row.url, row.title, date))
    return list(by_url.values())


def _assigned(page: Page, script: str) -> Iterator[Row]:
    url = title = ""
    date: str | None = None
    for match in _VARIABLE.finditer(script):
        name, value = match[1], _unescaped(match[2] or match[3] or "")
        if _URL_NAME.search(name):
            if url and title:
                yield Row(url, title, date)
            url, title, date = page.urljoin(value), "", None
        elif _TITLE_NAME.search(name):
            title = title or " ".join(re.sub(r"<[^>]*>", "", value).split())
        elif len(value) <= 30 and (found := first_date(value)):
            date = found
    if url and title:
        yield Row(url, title, date)


def _literal(page: Page, script: str) -> Iterator[Row]:
    for match in _WRITTEN.finditer(script):
        markup = re.sub(r"\\(.)", r"\1", match[1] or match[2] or "")
        if "<a" not in markup:
            continue
        tree = Selector(text=markup, type="html")
        text = " ".join(tree.xpath("//text()").getall())
        for anchor in tree.xpath("//a[@href]"):
            url = page.urljoin(anchor.attrib["href"])
            title = anchor.attrib.get("title") or str(anchor.xpath("string()").get(""))
            if url and title.strip():
                yield Row(url, " ".join(title.split()), first_date(text))


def _unescaped(value: str) -> str:
    value = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), value)
    return html.unescape(re.sub(r"\\(.)", r"\1", value))
