"""The links of a page with what stands round them: full title, date, container.

A row of a list is known by its structure: an anchor, and a date that belongs to it alone, in
whatever elements (li, tr with a td for the date, div with a table below the title).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from lxml.etree import _Element

from spiders import calls
from spiders.dating import DATE, ONLY_DATE, dated, surroundings
from spiders.elements import MOST_TEXTS, text, texts
from spiders.links import is_file
from spiders.page import Page

_NEAR = 40  # elements that tell where a list stands; broken markup nests thousands deep
_CHROME_TAGS = frozenset({"nav", "header", "footer", "aside"})
_CHROME = re.compile(
    r"(?:nav|navbar|menu|submenu|sidebar|sidenav|side|header|footer|foot|crumbs?|breadcrumb|loc"
    r"|position|friend|friendlink|yqlj|share|hot|recommend|related|pager)"
)
_STEP = re.compile(r"[【\[(（]?\s*[上下前后]\s*一?\s*[篇条个则页]\s*[】\])）]?\s*[:：]?")
_WORD = re.compile(r"\w")
_TRAILING_DATE = re.compile(rf"\s*[\[【(（]?\s*{DATE}\s*[\]】)）]?\s*$")
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
        home: Where its list stands: tags and classes from the list outward.
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
        url = _target(page, element)
        if url and url != page.url and not _is_step(element):
            links.append((element, url))
    around = surroundings(
        {element: url for element, url in links if _text(element).strip()},
        {element for element, url in links if is_article_url(url) or is_file(url)},
    )
    chrome = {element for element in page.selector.root.iter("*") if _is_chrome(element)}
    found = []
    for element, url in links:
        title = full_title(element)
        if not title:
            continue
        date, box = dated(element, url, around)
        found.append(
            Anchor(
                element,
                url,
                title,
                element in around.articles,
                date,
                tuple(_label(above) for above in islice((box, *box.iterancestors()), _NEAR)),
                any(above in chrome for above in element.iterancestors()),
            )
        )
    return found


def _target(page: Page, element: _Element) -> str:
    """Return where a link leads: by its href, or by what its href or onclick opens."""
    href = element.get("href") or ""
    url = page.urljoin(href)
    if href and url and url != page.url:
        return url
    for code in (
        href if href.lower().lstrip().startswith("javascript:") else "",
        element.get("onclick"),
    ):
        if code and (opened := calls.target(page, code)):
            return opened
    return ""


def full_title(element: _Element) -> str:
    """Return a link's title: its text without the date inside it, or the title attribute when the
    text is cut."""
    shown = _clean("".join(_title_texts(_heading(element))))
    shown = _TRAILING_DATE.sub("", shown) or shown
    said = element.get("title") or ""
    old = _OLD_TRS_TITLE.match(said)
    said = _clean(old[1] if old else said)
    stem = _CUT.sub("", shown).strip()
    is_cut = stem != shown
    if said and (not shown or (said.startswith(stem) and len(said) > len(stem)) or is_cut):
        return said
    return shown


def _heading(element: _Element) -> _Element:
    """Return the title in a link that wraps a whole row (title, date, summary), else the link."""
    for inside in islice(element.iter("h1", "h2", "h3", "h4", "h5", "h6"), 1):
        if _WORD.search(text(inside)):
            return inside
    return element


def _title_texts(element: _Element) -> Iterator[str]:
    for node, part in islice(texts(element), MOST_TEXTS):
        if not ONLY_DATE.fullmatch(part.strip()) or node is element:
            yield part


def _clean(text: str) -> str:
    return _BULLET.sub("", " ".join(text.replace("\u3000", " ").split()))


def _text(element: _Element) -> str:
    return text(element) + (element.get("title") or "")


def _is_step(element: _Element) -> bool:
    """Tell whether a link leads to the article before or after this one."""
    return bool(_STEP.match(_text(element).strip()) or _STEP.fullmatch(_text_before(element)))


def _text_before(element: _Element) -> str:
    """Return the text just before an element, from at most three elements further out."""
    node, said = element, ""
    for _ in range(3):
        for before in islice(node.itersiblings(preceding=True), _NEAR):
            said = text(before) + (before.tail or "") + said
            if _WORD.search(said):
                return said[-20:].strip()
        above = node.getparent()
        if above is None:
            break
        said = (above.text or "") + said
        if _WORD.search(said):
            break
        node = above
    return said[-20:].strip()


def _is_chrome(element: _Element) -> bool:
    if element.tag in _CHROME_TAGS:
        return True
    words = re.split(r"[\W_]+", f"{element.get('class') or ''} {element.get('id') or ''}".lower())
    return any(_CHROME.fullmatch(word) for word in words)


def _label(element: _Element) -> str:
    return f"{element.tag!s}.{element.get('class') or ''}#{element.get('id') or ''}"
