"""博达 VSB (webber): counties of Gansu, Yunnan, Sichuan, Shanxi.

A column is ``<folder>/<slug>.htm``, its older pages ``<slug>/8.htm`` down to ``<slug>/1.htm``, or
``list.jsp?urltype=tree.TreeTempUrl&wbtreeid=1029&PAGENUM=2&totalpage=9``. Articles stand apart,
``/info/<tree>/<id>.htm``, and are reachable as ``content.jsp?…wbnewsid=<id>`` too: one spelling.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import ClassVar
from urllib.parse import urlsplit

from spiders import scripting
from spiders.families.base import StaticFamily
from spiders.page import Page
from spiders.tasks import Found, Row

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

    @staticmethod
    def recognise(page: Page) -> float:
        """Return how sure it is that the page is of this CMS, 0 to 1."""
        links = page.selector.xpath("//a/@href").re(r"info/\d+/\d+\.htm$|wbtreeid=\d+")
        signs = (
            0.4 * bool(links or re.search(r"/info/\d+/\d+\.htm$|wbtreeid=\d+", page.url)),
            0.4 * bool(re.search(r"_vsb_content|vsb_content|/_?_local/|/_sitegray/", page.text)),
            0.3 * bool(re.search(r"urltype=(?:tree|news|egovinfo)\.|v_news_content", page.text)),
        )
        return round(min(sum(signs), 1.0), 2)

    @classmethod
    def is_article_url(cls, url: str) -> bool:
        """Tell whether an address has the shape of an article's."""
        return super().is_article_url(url) or bool(
            _CONTENT.search(urlsplit(url).path) and scripting.query(url).get("wbnewsid")
        )

    @classmethod
    def folder(cls, page: Page) -> str:
        """Return the folder that bears the column's name: ``zfxxgknb.htm`` → ``zfxxgknb/``."""
        column = _SLUG.fullmatch(urlsplit(page.url).path)
        return f"{column[1]}/" if column else page.directory

    @classmethod
    def look(cls, page: Page) -> Found:
        """Return everything the family sees in a page, each article under one address."""
        found = super().look(page)
        rows: dict[str, Row] = {}
        for row in found.rows:
            url = _static(page, row.url)
            rows.setdefault(url, replace(row, url=url))
        return replace(found, rows=tuple(rows.values()))


def _static(page: Page, url: str) -> str:
    """Return the address of the file that an article's query stands for."""
    fields = scripting.query(url)
    tree, number = fields.get("wbtreeid", ""), fields.get("wbnewsid", "")
    if _CONTENT.search(urlsplit(url).path) and tree.isdigit() and number.isdigit():
        return page.urljoin(f"/info/{tree}/{number}.htm")
    return url
