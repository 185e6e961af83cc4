"""The links of a page with what stands round them: full title, date, container.

A row of a list is known by its structure: an anchor, and a date that belongs to it alone, in
whatever elements (li, tr with a td for the date, div with a table below the title).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from lxml.etree import _Element

from extract.dates import first_date
from spiders.links import is_file
from spiders.page import Page

ITEMS = frozenset({"li", "tr", "dd", "dt"})
_ROW_LINKS = 6  # a category, a title, and its downloads
_SILENT = frozenset({"script", "style", "noscript", "template"})
_CHROME_TAGS = frozenset({"nav", "header", "footer", "aside"})
_CHROME = re.compile(
    r"(?:nav|navbar|menu|submenu|sidebar|sidenav|side|header|footer|foot|crumbs?|breadcrumb|loc"
    r"|position|friend|friendlink|yqlj|share|hot|recommend|related|pager)"
)
_STEP = re.compile(r"[【\[(（]?\s*[上下前后]\s*一?\s*[篇条个则页]\s*[】\])）]?\s*[:：]?")
_DATE = r"(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?"
_WORD = re.compile(r"\w")
_ONLY_DATE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,4}(?:日期|时间)?\s*[:：]\s*)?[\[【(（|\s]*"
    rf"({_DATE})(?:\s*\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?[\]】)）\s]*"
)
_YEAR_MONTH = re.compile(r"((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*月?")
_DAY = re.compile(r"(\d{1,2})\s*日?")
_TRAILING_DATE = re.compile(rf"\s*[\[【(（]?\s*{_DATE}\s*[\]】)）]?\s*$")
_CUT = re.compile(r"(?:…|\.{2,})+$")
_BULLET = re.compile(r"^[\s·•●▪■◆★☆»>›\-–]+(?=\S)")
_OLD_TRS_TITLE = re.compile(r"^\s*标题\s*[:：]\s*(.*?)\s*(?:[\r\n]|发布时间|$)", re.S)


@dataclass(frozen=True, slots=True, eq=False)
class Anchor:
    """One link.

    Attributes:
        element: The ``a`` element.
        url: Absolute.
        title: Full, white space collapsed.
        article: Its address has the shape of an article or of a file.
        date: ISO, when a date belongs to it alone.
        home: Where its list stands: tags and classes from the root to the list.
        chrome: It stands in navigation, breadcrumb, sidebar or footer.
    """

    element: _Element
    url: str
    title: str
    article: bool
    date: str | None
    home: tuple[str, ...]
    chrome: bool


def anchors(page: Page, is_article_url: Callable[[str], bool]) -> list[Anchor]:
    """Return the page's links in printed order, without those to the page itself, to the article
    before or after, and without text.

    Args:
        page: The page.
        is_article_url: The family's knowledge of its articles' addresses.
    """
    links: list[tuple[_Element, str]] = []
    for element in page.selector.root.iter("a"):
        url = page.urljoin(element.get("href") or "") if element.get("href") else ""
        if url and url != page.url and not _is_step(element):
            links.append((element, url))
    around = _links(
        {element: url for element, url in links if _text(element).strip()},
        {element for element, url in links if is_article_url(url) or is_file(url)},
    )
    found = []
    for element, url in links:
        title = full_title(element)
        if not title:
            continue
        date, box = _dated(element, url, around)
        found.append(
            Anchor(
                element,
                url,
                title,
                element in around.articles,
                date,
                tuple(_label(above) for above in reversed([box, *box.iterancestors()])),
                any(_is_chrome(above) for above in element.iterancestors()),
            )
        )
    return found


def full_title(element: _Element) -> str:
    """Return a link's title: its text without the date inside it, or the title attribute when the
    text is cut."""
    shown = _clean("".join(_title_texts(element)))
    shown = _TRAILING_DATE.sub("", shown) or shown
    said = element.get("title") or ""
    old = _OLD_TRS_TITLE.match(said)
    said = _clean(old[1] if old else said)
    stem = _CUT.sub("", shown).strip()
    is_cut = stem != shown
    if said and (not shown or (said.startswith(stem) and len(said) > len(stem)) or is_cut):
        return said
    return shown


def _title_texts(element: _Element) -> Iterator[str]:
    for node, text in _texts(element):
        if not _ONLY_DATE.fullmatch(text.strip()) or node is element:
            yield text


def _clean(text: str) -> str:
    return _BULLET.sub("", " ".join(text.replace("\u3000", " ").split()))


def _text(element: _Element) -> str:
    return "".join(text for _, text in _texts(element)) + (element.get("title") or "")


def _texts(element: _Element) -> Iterator[tuple[_Element, str]]:
    """Yield (element the text stands in, text) below an element, in order."""
    if not isinstance(element.tag, str) or element.tag in _SILENT:
        return
    if element.text:
        yield element, element.text
    for child in element:
        yield from _texts(child)
        if child.tail:
            yield element, child.tail


def _is_step(element: _Element) -> bool:
    """Tell whether a link leads to the article before or after this one."""
    return bool(_STEP.match(_text(element).strip()) or _STEP.fullmatch(_text_before(element)))


def _text_before(element: _Element) -> str:
    """Return the text just before an element, from at most three elements further out."""
    node, text = element, ""
    for _ in range(3):
        for before in node.itersiblings(preceding=True):
            text = _text(before) + (before.tail or "") + text
            if _WORD.search(text):
                return text[-20:].strip()
        parent = node.getparent()
        if parent is None:
            break
        text = (parent.text or "") + text
        if _WORD.search(text):
            break
        node = parent
    return text[-20:].strip()


def _is_chrome(element: _Element) -> bool:
    if element.tag in _CHROME_TAGS:
        return True
    words = re.split(r"[\W_]+", f"{element.get('class') or ''} {element.get('id') or ''}".lower())
    return any(_CHROME.fullmatch(word) for word in words)


def _label(element: _Element) -> str:
    return f"{element.tag!s}.{element.get('class') or ''}#{element.get('id') or ''}"


def _item(element: _Element) -> _Element | None:
    return next((above for above in element.iterancestors() if above.tag in ITEMS), None)


@dataclass(frozen=True, slots=True)
class _Links:
    """All links with text, and those that lead to articles or files."""

    urls: dict[_Element, str]
    articles: set[_Element]
    below: dict[_Element, set[str]]  # what the links in an element lead to, downloads left out
    holders: set[_Element]  # the links to articles, and the elements they stand in


def _links(urls: dict[_Element, str], articles: set[_Element]) -> _Links:
    below: dict[_Element, set[str]] = defaultdict(set)
    for one, url in urls.items():
        for above in () if is_file(url) else one.iterancestors():
            below[above].add(url)
    holders = {holder for one in articles for holder in (one, *one.iterancestors())}
    return _Links(urls, articles, below, holders)


def _dated(anchor: _Element, url: str, around: _Links) -> tuple[str | None, _Element]:
    """Return the date that belongs to a link, and the element its list stands in."""
    item = _item(anchor)
    if item is not None:
        own = {one: to for one, to in around.urls.items() if _item(one) is item}
        rows = {to for one, to in own.items() if one in around.articles and not is_file(to)}
        dates = _dates(item, own_only=True)
        # More links than that, and the item is a cell of the page's layout.
        if dates and len(own) <= _ROW_LINKS and (len(rows | {url}) == 1 or len(dates) == 1):
            return dates[0], _parent(item)
    date, box = _climb(anchor, url, around)
    if date is None and anchor not in around.articles:
        return None, _parent(anchor if item is None else item)
    if item is not None and (box is item or box in set(item.iterancestors())):
        box = _parent(item)
    return date, box


def _climb(anchor: _Element, url: str, around: _Links) -> tuple[str | None, _Element]:
    """Look for the date in the widest element that holds no other link."""
    inside = anchor
    for above in anchor.iterancestors():
        if around.below[above] - {url}:
            return _beside(inside, above, around), above
        dates = _dates(above)
        if dates:
            return dates[0], _parent(above)
        if above.tag == "li":
            return None, _parent(above)
        inside = above
    return None, _parent(anchor)


def _beside(inside: _Element, above: _Element, around: _Links) -> str | None:
    """Look for the date between a row and the next, where rows are not wrapped one by one."""
    if inside not in around.holders:
        return None
    children = takewhile(lambda child: child not in around.holders, above)
    date_first = any(_dates(child) for child in children)
    if not date_first and inside.tail and _ONLY_DATE.fullmatch(inside.tail.strip()):
        return first_date(inside.tail)
    for child in inside.itersiblings(preceding=date_first):
        if child in around.holders:
            break
        dates = _dates(child)
        if dates:
            return dates[0]
        if child.tail and _ONLY_DATE.fullmatch(child.tail.strip()):
            return first_date(child.tail)
    return None


def _dates(element: _Element, *, own_only: bool = False) -> list[str]:
    """Return the dates that stand alone in an element, each once, in order.

    Args:
        element: Where to look.
        own_only: Leave out what stands in an item inside it.
    """
    texts = [
        text.strip()
        for node, text in _texts(element)
        if text.strip() and not (own_only and node is not element and _own(node) is not element)
    ]
    found: dict[str, None] = {}
    for text in texts:
        if _ONLY_DATE.fullmatch(text) and (date := first_date(text)):
            found[date] = None
    for one, other in zip(texts, texts[1:], strict=False):
        # A calendar leaf: the day large, year and month small below or above it.
        for month, day in ((one, other), (other, one)):
            head, tail = _YEAR_MONTH.fullmatch(month), _DAY.fullmatch(day)
            if head and tail and (date := first_date(f"{head[1]}-{head[2]}-{tail[1]}")):
                found[date] = None
    return list(found)


def _own(node: _Element) -> _Element | None:
    return node if node.tag in ITEMS else _item(node)


def _parent(element: _Element) -> _Element:
    parent = element.getparent()
    return element if parent is None else parent
