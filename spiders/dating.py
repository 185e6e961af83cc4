"""Which date belongs to a link of a list.

A date stands alone in some element near the title: in the row's ``li`` or ``tr`` (the sibling
``td``), in the widest element that holds no other link, or between this row and the next.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import islice, takewhile

from lxml.etree import _Element

from extract.dates import first_date
from spiders.elements import MOST_TEXTS, parent, texts
from spiders.links import is_file

ITEMS = frozenset({"li", "tr", "dd", "dt"})
_CLIMB = 12  # elements from a title to the edge of its row
_BESIDE = 200  # elements between two rows, or before the first
_ROW_LINKS = 6  # a category, a title, and its downloads
DATE = r"(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?"
ONLY_DATE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,4}(?:日期|时间)?\s*[:：]\s*)?[\[【(（|/\s]*"
    rf"({DATE})(?:[T\s]*\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?:\.\d+)?)?(?:\s*星期[一二三四五六日天])?"
    r"[\]】)）|/\s]*"
)
_MONTH_DAY = re.compile(r"[\[【(（\s]*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?[\]】)）\s]*")
_YEAR_MONTH = re.compile(r"((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*月?")
_DAY = re.compile(r"(\d{1,2})\s*日?")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where the links of a page stand.

    Attributes:
        articles: The links to articles or files.
        holders: These, and all elements they stand in.
        below: What an element, or the links in it, lead to, downloads left out.
        in_item: For each item (a row's ``li`` or ``tr``) the number of its own links.
        rows: For each item what its own links to articles lead to, downloads left out.
        dates: The dates that stand alone in an element, once they were looked for.
    """

    articles: set[_Element]
    holders: set[_Element]
    below: dict[_Element, set[str]]
    in_item: Counter[_Element]
    rows: dict[_Element, set[str]]
    dates: dict[_Element, list[str]] = field(default_factory=dict)


def surroundings(urls: dict[_Element, str], articles: set[_Element]) -> Surroundings:
    """Return where links stand.

    Args:
        urls: The links that have text, and where they lead.
        articles: Those that lead to articles or files.
    """
    below: dict[_Element, set[str]] = defaultdict(set)
    rows: dict[_Element, set[str]] = defaultdict(set)
    in_item: Counter[_Element] = Counter()
    for link, url in urls.items():
        item = item_of(link)
        if item is not None:
            in_item[item] += 1
        if is_file(url):
            continue
        if item is not None and link in articles:
            rows[item].add(url)
        for above in (link, *link.iterancestors()):
            below[above].add(url)
    holders = {holder for link in articles for holder in (link, *link.iterancestors())}
    return Surroundings(articles, holders, below, in_item, rows)


def item_of(element: _Element) -> _Element | None:
    """Return the innermost ``li``, ``tr``, ``dd`` or ``dt`` an element stands in."""
    return next((above for above in element.iterancestors() if above.tag in ITEMS), None)


def dated(link: _Element, url: str, around: Surroundings) -> tuple[str | None, _Element]:
    """Return the ISO date that belongs to a link, or None, and the element its list stands in.

    Args:
        link: The ``a`` element.
        url: Where it leads.
        around: Where the other links stand.
    """
    item = item_of(link)
    # With more links than that, the item is a cell of the page's layout.
    if item is not None and around.in_item[item] <= _ROW_LINKS:
        dates = _dates(item, own_only=True)
        if dates and (len(around.rows.get(item, set()) | {url}) == 1 or len(dates) == 1):
            return dates[0], parent(item)
        if not dates and (date := _completed(item, url)):
            return date, parent(item)
    date, box = _climb(link, url, around)
    if date is None and link not in around.articles:
        return None, parent(link if item is None else item)
    if item is not None and (box is item or any(box is above for above in item.iterancestors())):
        box = parent(item)
    return date, box


def _completed(item: _Element, url: str) -> str | None:
    """Return the date of a row that prints month and day only (``01-17``), when its address holds
    the same day with its year; the address alone would be a guess."""
    for _, text in islice(texts(item), MOST_TEXTS):
        if short := _MONTH_DAY.fullmatch(text.strip()):
            month, day = int(short[1]), int(short[2])
            same = re.search(rf"(?<!\d)(20\d\d)([-/]?)0?{month}(?:\2){day:02d}(?!\d)", url)
            return first_date(f"{same[1]}-{month}-{day}") if same else None
    return None


def _climb(link: _Element, url: str, around: Surroundings) -> tuple[str | None, _Element]:
    """Look for the date in the widest element that holds no other link."""
    inside = link
    for above in islice(link.iterancestors(), _CLIMB):
        if around.below.get(above, set()) - {url}:
            return _beside(inside, above, around), above
        dates = _known_dates(above, around)
        if dates:
            return dates[0], parent(above)
        if above.tag == "li":
            return None, parent(above)
        inside = above
    return None, parent(link)


def _beside(inside: _Element, above: _Element, around: Surroundings) -> str | None:
    """Look for the date between a row and the next, where rows are not wrapped one by one."""
    if inside not in around.holders:
        return None
    children = takewhile(lambda child: child not in around.holders, islice(above, _BESIDE))
    date_first = any(_known_dates(child, around) for child in children)
    if not date_first and inside.tail and ONLY_DATE.fullmatch(inside.tail.strip()):
        return first_date(inside.tail)
    for child in islice(inside.itersiblings(preceding=date_first), _BESIDE):
        if child in around.holders or child in around.below:
            break
        dates = _known_dates(child, around)
        if dates:
            return dates[0]
        if child.tail and ONLY_DATE.fullmatch(child.tail.strip()):
            return first_date(child.tail)
    return None


def _known_dates(element: _Element, around: Surroundings) -> list[str]:
    """Return an element's dates, looked for once: many links may stand in it."""
    if element not in around.dates:
        around.dates[element] = _dates(element)
    return around.dates[element]


def _dates(element: _Element, *, own_only: bool = False) -> list[str]:
    """Return the dates that stand alone in an element, each once, in order.

    Args:
        element: Where to look.
        own_only: Leave out what stands in an item inside it.
    """
    lines = [
        text.strip()
        for node, text in islice(texts(element), MOST_TEXTS)
        if text.strip() and not (own_only and node is not element and _own(node) is not element)
    ]
    found: dict[str, None] = {}
    for text in lines:
        if ONLY_DATE.fullmatch(text) and (date := first_date(text)):
            found[date] = None
    for one, other in zip(lines, lines[1:], strict=False):
        # A calendar leaf: the day large, year and month small below or above it.
        for month, day in ((one, other), (other, one)):
            head, tail = _YEAR_MONTH.fullmatch(month), _DAY.fullmatch(day)
            if head and tail and (date := first_date(f"{head[1]}-{head[2]}-{tail[1]}")):
                found[date] = None
    return list(found)


def _own(node: _Element) -> _Element | None:
    return node if node.tag in ITEMS else item_of(node)
