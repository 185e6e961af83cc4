"""What families with static lists share; each fills in the shapes of its CMS."""

from __future__ import annotations

import re
from typing import ClassVar
from urllib.parse import urlsplit

from lxml.etree import _Element

from extract.titles import judge
from spiders import landings, lists, paging, steps
from spiders.anchors import Anchor, anchors
from spiders.links import in_dated_directory, is_file
from spiders.page import Page
from spiders.portal import Portal
from spiders.tasks import Found, Link, Row

_REPORT_TEXT = 600  # characters: the shortest report says so much
_HEADS, _TITLE = 40, 120
_BODY_TEXT = 80  # characters of prose that make an element an article's body


def _names_document(title: str) -> bool:
    """Tell whether a row's title names one document, a report or a look-alike, and no list."""
    judged = judge(title, column_is_annual=True)
    if judged.verdict == "other":
        return judged.year is not None or judged.reason != "other_report"
    return judged.verdict == "report"


def _shows_report(page: Page) -> bool:
    """Tell whether a page without rows shows a report in an element that nobody knows: its title
    names one, and it has more text than a list's frame."""
    heads = page.selector.xpath("//title | //h1 | //h2 | //*[contains(@class, 'tit')]")
    titles = (" ".join(head.xpath("string()").get("").split()) for head in heads[:_HEADS])
    return len(page.visible_text) >= _REPORT_TEXT and any(
        judge(title).verdict == "report" for title in titles if len(title) <= _TITLE
    )


class StaticFamily(Portal):
    """A CMS that writes its lists and articles as files.

    Attributes:
        article_path: The shape of an article's path.
        bodies: XPath of the element that holds an article's text, outermost first.
        first: The counter of a list's first page, where the page does not tell.
        column_number: Where an address tells the column it belongs to, of a CMS that does not
            keep articles below their list; its groups are the number.
    """

    article_path: ClassVar[re.Pattern[str]]
    bodies: ClassVar[str]
    first: ClassVar[int]
    column_number: ClassVar[re.Pattern[str] | None] = None

    @classmethod
    def is_article_url(cls, url: str) -> bool:
        """Tell whether an address has the shape of an article's."""
        return bool(cls.article_path.search(urlsplit(url).path)) or in_dated_directory(url)

    @classmethod
    def column_of(cls, url: str) -> str | None:
        """Return the number of the column that an address tells, or None."""
        hit = cls.column_number.search(urlsplit(url).path) if cls.column_number else None
        return next(filter(None, hit.groups()), None) if hit else None

    @classmethod
    def folder(cls, page: Page) -> str:
        """Return the path of the folder in which the lists below a page lie."""
        return page.directory

    @classmethod
    def rows(cls, page: Page) -> tuple[Row, ...]:
        """Return the rows of this list as printed."""
        return cls.look(page).rows

    @classmethod
    def pages(cls, page: Page) -> tuple[Link, ...]:
        """Return page 2 and on, in order."""
        return cls.look(page).pages

    @classmethod
    def sublists(cls, page: Page) -> tuple[tuple[Link, str], ...]:
        """Return (page, label) of the lists this page leads to."""
        return cls.look(page).sublists

    @classmethod
    def is_article(cls, page: Page) -> bool:
        """Tell whether the page renders one article."""
        if page.is_file:
            return True
        body = cls.body(page)
        if body is not None:
            return not cls._is_link_list(page, body)
        title = page.selector.xpath("//meta[@name='ArticleTitle']/@content").get("")
        return bool(title.strip())

    @classmethod
    def look(cls, page: Page) -> Found:
        """Return everything the family sees in a page."""
        found = anchors(page, cls.is_article_url)
        article = cls.is_article(page)
        rows = cls._rows(page, found, article=article)
        if article and cls.is_article_url(page.url):
            return Found(is_article=True)
        notes = []
        listed = {row.url for row in rows if row.date and _names_document(row.title)}
        sublists = [
            link
            for link in landings.sublists(page, found, cls.folder(page))
            if link[0] not in listed
        ]
        pager = paging.pager(page, cls.first) if rows or not article else None
        if not rows and not article and (hidden := cls._commented(page)):
            rows, pager = hidden
            notes.append(f"commented_list: {len(rows)} rows stand in a comment")
        if not (rows or sublists or article):
            if _shows_report(page):
                return Found(is_article=True)
            target = landings.jump(page)
            if target:
                return Found(sublists=((target, ""),), notes=(f"jump: {target}",))
            if page.is_stub:
                notes.append(f"stub_page: {len(page.data)} bytes")
        elif rows and page.directory != "/" and not any(cls._is_own(page, r.url) for r in rows):
            notes.append(f"rows_elsewhere: all {len(rows)} rows lead outside {page.directory}")
        others = steps.further(page) if rows and pager is None else None
        pages, total = (others.urls, others.total) if others else ((), None)
        return Found(
            rows=rows,
            pages=paging.pages(page, pager) if pager else pages,
            sublists=tuple(sublists),
            is_article=article,
            total=pager.total if pager else total,
            shift=pager.shift if pager else 0,
            notes=tuple(notes),
        )

    @classmethod
    def catalogue(cls, page: Page) -> tuple[tuple[str, str], ...]:
        """Return (URL, label) of the columns and bodies a catalogue leads to."""
        found = landings.catalogue(page, anchors(page, cls.is_article_url))
        target = None if found else landings.jump(page)
        return ((target, ""),) if target else tuple(found)

    @classmethod
    def body(cls, page: Page) -> _Element | None:
        """Return the element that holds the article's text, or None when nothing stands in it."""
        for node in page.selector.xpath(cls.bodies):
            element: _Element = node.root
            text = "".join(node.xpath(".//text()[not(ancestor::script)]").getall())
            if len("".join(text.split())) >= _BODY_TEXT or element.xpath(".//img | .//table"):
                return element
            if any(is_file(page.urljoin(href)) for href in node.xpath(".//a/@href").getall()):
                return element
        return None

    @classmethod
    def _is_own(cls, page: Page, url: str) -> bool:
        column = cls.column_of(url)
        return lists.own_path(page, url) or (
            column is not None and cls.column_of(page.url) in (column, None)
        )

    @classmethod
    def _rows(cls, page: Page, found: list[Anchor], *, article: bool) -> tuple[Row, ...]:
        body = cls.body(page)
        of = cls.column_of if cls.column_number else None
        if article:
            printed = lists.rows(page, found, page.selector.root if body is None else body, of)
        elif body is not None:
            inside = set(body.iter("a"))
            printed = lists.unique(one for one in found if one.article and one.element in inside)
        else:
            printed = lists.rows(page, found, None, of)
        known = {row.url for row in printed}
        scripted = lists.scripted_rows(page, cls.is_article_url)
        return (*printed, *(row for row in scripted if row.url not in known))

    @classmethod
    def _commented(cls, page: Page) -> tuple[tuple[Row, ...], paging.Pager | None] | None:
        """Read a list that the page holds as a comment, while a script shows a copy of it."""
        for markup in page.selector.xpath("//comment()").re(r"(?s)<!--(.*<a\s.*)-->"):
            part = page.part(markup)
            rows = lists.rows(part, anchors(part, cls.is_article_url))
            if rows and all(row.date and lists.own_path(page, row.url) for row in rows):
                return tuple(rows), paging.pager(part, cls.first)
        return None

    @classmethod
    def _is_link_list(cls, page: Page, body: _Element) -> bool:
        """Tell whether a body is mostly links to pages: a list made as an article."""
        linked = [
            "".join("".join(anchor.itertext()).split())
            for anchor in body.iter("a")
            if (url := page.urljoin(anchor.get("href") or "")) and not is_file(url)
        ]
        text = len("".join("".join(body.itertext()).split()))
        return 2 * sum(map(len, linked)) > text
