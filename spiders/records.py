"""Rows that stand in markup of their own: records of a data store, answers of an interface.

What a list interface answers is the list and nothing else. So there is no question which part of
it is the list, as in a page; only which link of a row is its title.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from extract.dates import first_date
from spiders.anchors import Anchor, anchors
from spiders.links import is_file
from spiders.lists import COMPANION, leading, unique
from spiders.page import Page
from spiders.tasks import Row


def record_rows(
    page: Page, records: Iterable[str], is_article_url: Callable[[str], bool]
) -> tuple[Row, ...]:
    """Return the row of each record, in order, each address once.

    Args:
        page: The page or answer the records stand in.
        records: The markup of each row.
        is_article_url: The family's knowledge of its articles' addresses.
    """
    rows: dict[str, Row] = {}
    for record in records:
        part = page.part(f"<div>{record}</div>")
        found = [one for one in anchors(part, is_article_url) if not _is_step(one.url)]
        if found:
            one = _titled(found)
            date = one.date or first_date(part.visible_text.replace(one.title, " "))
            rows.setdefault(one.url, Row(one.url, one.title, date))
    return tuple(rows.values())


def fragment_rows(
    page: Page, markup: str, is_article_url: Callable[[str], bool]
) -> tuple[Row, ...]:
    """Return the rows of an answer's markup, in printed order, each address once.

    Args:
        page: The answer.
        markup: Its list.
        is_article_url: The family's knowledge of its articles' addresses.
    """
    found = anchors(page.part(markup), is_article_url)
    return tuple(unique(leading([one for one in found if _is_row(one)])))


def _is_row(one: Anchor) -> bool:
    return one.article or (one.date is not None and not _is_step(one.url))


def _is_step(url: str) -> bool:
    """Tell whether an address is the interface's own, such as the group of rows to load next."""
    return "/module/" in url and ".jsp" in url and not is_file(url)


def _titled(found: list[Anchor]) -> Anchor:
    """Return, of the links of one row, the one that is its title."""
    for few in _narrower(found):
        if few:
            return max(few, key=lambda one: len(one.title))
    return found[0]


def _narrower(found: list[Anchor]) -> Iterator[list[Anchor]]:
    named = [one for one in found if not COMPANION.fullmatch(one.title)]
    yield [one for one in named if one.article and not is_file(one.url)]
    yield [one for one in named if one.article]
    yield named
