"""The element that holds the article: not the page round it, and all of the report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml import etree
from lxml.html import HtmlElement

from extract.tree import Line, lines

# The article's element in the systems portals run on: TRS, UCAP, Hanweb, LonSun, VSB, gkmlpt …
_NAMES = frozenset(
    re.findall(
        r"\S+",
        """
        trs_ueditor trs_editor trs_editor_view ucapcontent ucap-content zoom zoomcon p_box
        zwgk_comr3 vsb_content vsb_content_2 vsb_content_4 vsb_content_500 ivs_content
        article-content article_content articlecontent article-con articlecon article_con
        article-body news_content newscontent content_text contenttext xxgk_content gk_content
        detail-content detail_content textcontent text-content view_content v_news_content wznr
        conzt main-txt js_basic bt_content bt-content pages_content zsy_content artical_content
        info_content scroll_cont xl_content xlcontent j-fontcontent zw_content nrcontent
        content-body html-content-fun
        """,
    )
)
_CONTENT_TAGS = frozenset(["ucapcontent"])
_OUTSIDE = frozenset(["nav", "footer", "aside", "head"])
_SENTENCE = re.compile(r"[。;；!！?？]")
_HEADING = re.compile(r"^\s*[一二三四五六七八九十]{1,2}\s*[、.．]")
# Words of the form: where they stand is the report, whatever the element is called.
_FORM = re.compile(r"第二十条|公开申请数量|结果维持|總體情況|总体情况|主动公开政府信息数")
_HOLDERS = frozenset(
    [
        "body",
        "div",
        "td",
        "article",
        "section",
        "form",
        "main",
        "center",
        "ucapcontent",
        "dd",
        "li",
        "ul",
    ]
)


# Found by the C library: most elements have no name, and need no look.
_WITH_NAME = tuple(
    etree.XPath(f"descendant-or-self::{path}") for path in ("*/@class/..", "*/@id/..")
)


def container(root: HtmlElement, shown: Sequence[Line] | None = None) -> HtmlElement:
    """Find the article's element.

    A known name wins if it holds most of what reads like an article (sentences, headings, table
    cells) and no part of the form stands outside it; several named parts give their common
    ancestor; else it is the innermost element that holds nearly everything of that kind.

    Args:
        root: The tree of ``parse``.
        shown: Its lines, where the caller has them.

    Returns:
        An element of that tree; the body where nothing reads like an article.
    """
    body = root if root.tag == "body" else root.find(".//body")
    body = root if body is None else body
    elements = list(body.iter())  # kept: lxml makes an element anew for each pass otherwise
    weights = _weights(body, elements, lines(body) if shown is None else shown)
    total = weights.get(body, 0)
    named = _named(body, elements)
    if total < 40:
        media = _with_media(named)
        return body if media is None else media
    dense = _dense(body, weights, total)
    outermost = [one for one in _outermost(named) if weights.get(one, 0) * 10 >= total]
    if not outermost:
        return dense
    held = sum(weights.get(one, 0) for one in outermost)
    chosen = outermost[0] if len(outermost) == 1 else _common_ancestor(outermost)
    whole = held * 100 >= total * 98
    if held * 2 < total or not (whole or _form_parts(chosen) == _form_parts(body)):
        return dense
    return _innermost(chosen, named, weights)


def _weights(
    body: HtmlElement, elements: list[HtmlElement], shown: Sequence[Line]
) -> dict[HtmlElement, int]:
    """How much of an article each element holds, in characters."""
    weights: dict[HtmlElement, int] = {}
    for _, element, linked, plain in shown:
        size = len(plain.strip())
        if linked * 2 > size:
            continue
        in_cell = element.tag in {"td", "th"}
        if in_cell or (size >= 16 and _SENTENCE.search(plain)) or _HEADING.match(plain):
            weights[element] = weights.get(element, 0) + size + 1
        elif size >= 60:
            weights[element] = weights.get(element, 0) + size
    for element in reversed(elements):
        weight = weights.get(element, 0)
        parent = element.getparent()
        if weight and parent is not None and element is not body and element.tag not in _OUTSIDE:
            weights[parent] = weights.get(parent, 0) + weight
    return weights


def _dense(body: HtmlElement, weights: dict[HtmlElement, int], total: int) -> HtmlElement:
    best = node = body
    while True:
        heaviest = max(node, key=lambda child: weights.get(child, 0), default=None)
        if heaviest is None or weights.get(heaviest, 0) * 100 < total * 95:
            return best
        node = heaviest
        if node.tag in _HOLDERS:
            best = node


def _named(body: HtmlElement, elements: list[HtmlElement]) -> list[HtmlElement]:
    """The elements that have an article's name, in document order."""
    found = set(body.iter(*_CONTENT_TAGS))
    for with_name, attribute in zip(_WITH_NAME, ("class", "id"), strict=True):
        for element in with_name(body):
            if not _NAMES.isdisjoint(element.get(attribute, "").lower().split()):
                found.add(element)
    return [element for element in elements if element in found] if len(found) > 1 else [*found]


def _outermost(elements: list[HtmlElement]) -> list[HtmlElement]:
    inside = set(elements)
    return [one for one in elements if not any(up in inside for up in one.iterancestors())]


def _innermost(
    chosen: HtmlElement, named: list[HtmlElement], weights: dict[HtmlElement, int]
) -> HtmlElement:
    """The innermost named element that loses next to nothing of the chosen one."""
    floor = weights.get(chosen, 0) * 0.98
    inner = [one for one in named if chosen in one.iterancestors() and weights.get(one, 0) >= floor]
    return inner[-1] if inner else chosen


def _common_ancestor(elements: list[HtmlElement]) -> HtmlElement:
    shared = list(elements[0].iterancestors())
    for element in elements[1:]:
        up = set(element.iterancestors())
        shared = [one for one in shared if one in up]
    return shared[0]


def _form_parts(element: HtmlElement) -> int:
    text = etree.tostring(element, method="text", encoding="unicode", with_tail=False)
    return len(set(_FORM.findall(text.replace(" ", ""))))


def _with_media(named: Iterable[HtmlElement]) -> HtmlElement | None:
    """A named element without text that shows pictures or links files."""
    for element in named:
        if element.find(".//img") is not None or element.find(".//a") is not None:
            return element
    return None
