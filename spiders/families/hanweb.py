"""大汉 Hanweb JCMS: Zhejiang, Jiangsu, Shandong, Gansu's counties; and its JPaaS successor.

Columns are ``/col/col<number>/index.html``, articles ``/art/2024/1/29/art_13666_1717088.html``,
later ``/art/2024/art_<32 hex digits>.html``; both stand in one column. The rows are hardly ever
links of the page: see ``jpage`` (XML in a script), ``unitbuild`` (HTML in JSON) and ``xxgk``
(a search by a form).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import ClassVar

from spiders.families import jpage, unitbuild, xxgk
from spiders.families.base import StaticFamily
from spiders.page import Page
from spiders.tasks import Found, Link

_ZJEG = "ZJEG_RSS.content.begin"
_SHAPES = re.compile(r"/(?:art/\d{4}/[\w/]*art_\w+|col/col\d+/)")
_REPORT_TEXT = 600  # characters: a year without a report shows menus and a line


class Hanweb(StaticFamily):
    """Base of the leaves on Hanweb."""

    article_path: ClassVar[re.Pattern[str]] = re.compile(
        r"/art/\d{4}/\d{1,2}/\d{1,2}/art_\d+_\d+\.html$|/art_[0-9a-f]{32}\.html$"
        r"|/art/\d{4}/art_\w+\.html$|/art_\d+_\d+\.html$"
    )
    bodies: ClassVar[str] = (
        "//*[@id='zoom' or @id='Zoom'"
        " or contains(concat(' ', normalize-space(@class), ' '), ' TRS_Editor ')"
        " or contains(concat(' ', normalize-space(@class), ' '), ' main-txt ')"
        " or contains(concat(' ', normalize-space(@class), ' '), ' article-body ')]"
        f" | //comment()[contains(., '{_ZJEG}')]/.."
    )
    first: ClassVar[int] = 1
    column_number: ClassVar[re.Pattern[str] | None] = re.compile(
        r"/col/col(\d+)/|/art_(\d+)_\d+\.html$"
    )

    @staticmethod
    def recognise(page: Page) -> float:
        """Return how sure it is that the page is of this CMS, 0 to 1."""
        text = page.text
        if unitbuild.is_answer(page) or xxgk.is_answer(page) or jpage.is_answer(page):
            return 0.8
        hits = any(map(_SHAPES.search, page.own_links))
        signs = (
            0.4 * bool(hits or _SHAPES.search(page.url)),
            0.4 * bool(re.search(r"<datastore>|jquery\.jpage|dataproxy\.jsp", text)),
            0.4 * bool(re.search(r"unitbuild\.js|/jpaas-\w+-server/", text, re.I)),
            0.4 * bool(re.search(r"/module/(?:xxgk|web|jslib)/", text + page.url)),
            0.2 * bool(re.search(r"name=[\"']?i_(?:columnid|articleid)|ZJEG_RSS\.content", text)),
        )
        return round(min(sum(signs), 1.0), 2)

    @classmethod
    def look(cls, page: Page) -> Found:
        """Return everything the family sees in a page or in an interface's answer."""
        if unitbuild.is_answer(page):
            return unitbuild.look(page, cls.is_article_url)
        if xxgk.is_answer(page):
            return xxgk.look(page, cls.is_article_url)
        if xxgk.is_report(page.url):
            shows = cls.body(page) is not None or len(page.visible_text) >= _REPORT_TEXT
            return Found(xxgk.reports(page), is_article=shows)
        stored = jpage.look(page, cls.is_article_url)
        if jpage.is_answer(page):
            return stored or Found()
        found = super().look(page)
        if stored and stored.rows and not cls.is_article_url(page.url):
            # What stands in the page beside its data store are menus and other columns' news.
            return replace(stored, sublists=found.sublists)
        return found if found.is_article else cls._built(page, found)

    @classmethod
    def _built(cls, page: Page, found: Found) -> Found:
        """Add the lists that interfaces give, when the page itself has no rows of its own."""
        lists: list[tuple[Link, str]] = [(url, "") for url in unitbuild.builds(page)]
        if not lists and (form := xxgk.search(page)):
            lists.append((form, ""))
        reports = xxgk.reports(page)
        if reports and not found.rows:
            found = replace(found, rows=reports)
        if not lists or (found.rows and "rows_elsewhere" not in "".join(found.notes)):
            return found
        notes = ("built_list: rows come by script",)
        return Found((), (), (*lists, *found.sublists), notes=notes)

    @classmethod
    def annual_entries(cls, page: Page) -> tuple[tuple[Link, str], ...]:
        """Return the annual reports that a page names by organ and year."""
        return tuple((row.url, row.title) for row in xxgk.reports(page))
