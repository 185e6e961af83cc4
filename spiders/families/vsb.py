"""博达 VSB (webber): counties of Gansu, Yunnan, Sichuan, Shanxi.

A column is ``<folder>/<slug>.htm``, its older pages ``<slug>/8.htm`` down to ``<slug>/1.htm``, or
``list.jsp?urltype=tree.TreeTempUrl&wbtreeid=1029&PAGENUM=2&totalpage=9``. Articles stand apart,
``/info/<tree>/<id>.htm``, and are reachable as ``content.jsp?…wbnewsid=<id>`` too; some portals
have no files at all.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import ClassVar
from urllib.parse import urlsplit

from spiders import scripting
from spiders.families.base import StaticFamily
from spiders.page import Page
from spiders.tasks import Found

_SHAPES = re.compile(r"/info/\d+/\d+\.htm$|[?&]wbtreeid=\d+")
_CONTENT = re.compile(r"/content\.jsp$")
_SLUG = re.compile(r"(.*/(?!index\.)[^/]*[A-Za-z][^/]*)\.htm")


class Vsb(StaticFamily):
    """Base of the leaves on VSB."""

    article_path: ClassVar[re.Pattern[str]] = re.compile(r"/info/\d+/\d+\.htm$")
    bodies: ClassVar[str] = (
        "//*[@id='vsb_content' or starts-with(@id, 'vsb_content_')"
        " or contains(concat(' ', normalize-space(@class), ' '), ' v_news_content ')]"
    )
    first: ClassVar[int] = 1
    column_number: ClassVar[re.Pattern[str] | None] = re.compile(r"/info/(\d+)/\d+\.htm$")

    @classmethod
    def column_of(cls, url: str) -> str | None:
        """Return the number of the tree that an address tells, in its path or its query."""
        return super().column_of(url) or scripting.query(url).get("wbtreeid")

    @staticmethod
    def recognise(page: Page) -> float:
        """Return how sure it is that the page is of this CMS, 0 to 1."""
        links = any(map(_SHAPES.search, page.own_links))
        signs = (
            0.4 * bool(links or _SHAPES.search(page.url)),
            0.4 * bool(re.search(r"_vsb_content|vsb_content|/_?_local/|/_sitegray/", page.text)),
            0.3 * bool(re.search(r"urltype=(?:tree|news|egovinfo)\.|v_news_content", page.text)),
        )
        return round(min(sum(signs), 1.0), 2)

    @classmethod
    def is_article_url(cls, url: str) -> bool:
        """Tell whether an address has the shape of an article's."""
        return super().is_article_url(url) or (
            _is_query(url) and bool(scripting.query(url).get("wbnewsid"))
        )

    @classmethod
    def folder(cls, page: Page) -> str:
        """Return the folder that bears the column's name: ``zfxxgknb.htm`` → ``zfxxgknb/``."""
        column = _SLUG.fullmatch(urlsplit(page.url).path)
        return f"{column[1]}/" if column else page.directory

    @classmethod
    def look(cls, page: Page) -> Found:
        """Return everything the family sees in a page, each article under one address: that of
        its file, where the page links to both."""
        found = super().look(page)
        files = {_number(row.url) for row in found.rows if not _is_query(row.url)}
        rows = (
            row for row in found.rows if not _is_query(row.url) or _number(row.url) not in files
        )
        return replace(found, rows=tuple(rows))


def _is_query(url: str) -> bool:
    return bool(_CONTENT.search(urlsplit(url).path))


def _number(url: str) -> str:
    """Return the number of an article, which its file and its query share."""
    hit = re.search(r"/info/\d+/(\d+)\.htm$", urlsplit(url).path)
    return hit[1] if hit else scripting.query(url).get("wbnewsid", url)
