"""拓尔思 TRS WCM: 襄阳, 鄂州, Wuhan, Hubei's departments, many ministries.

Lists are ``<column>/`` with files ``index_1`` on, rows ``./202501/t20250117_3748754.shtml``.
Articles have ``div.TRS_Editor`` (the class often without quotes) or ``div.TRS_UEDITOR``.
"""

from __future__ import annotations

import re
from typing import ClassVar

from spiders.families.base import StaticFamily
from spiders.page import Page

_ARTICLE = re.compile(r"/t\d{8}_\d+\.s?html?$")


class Trs(StaticFamily):
    """Base of the leaves on TRS."""

    article_path: ClassVar[re.Pattern[str]] = re.compile(
        r"/(?:t\d{8}_\d+(?:_\w+)?|t\d{3,})\.s?html?$"
    )
    bodies: ClassVar[str] = (
        "//*[contains(concat(' ', normalize-space(@class), ' '), ' TRS_Editor ')"
        " or contains(concat(' ', normalize-space(@class), ' '), ' TRS_UEDITOR ')"
        " or contains(concat(' ', normalize-space(@class), ' '), ' trs_editor_view ')"
        " or @id='zoom']"
    )
    first: ClassVar[int] = 0

    @staticmethod
    def recognise(page: Page) -> float:
        """Return how sure it is that the page is of this CMS, 0 to 1."""
        hits = any(map(_ARTICLE.search, page.own_links))
        signs = (
            0.5 * bool(hits or _ARTICLE.search(page.url)),
            0.3 * bool(re.search(r"""createPage(?:HTML)?\(\s*\d+\s*,\s*\d+\s*,""", page.text)),
            0.3 * bool(re.search(r"TRS_(?:Editor|UEDITOR)|trs_editor_view", page.text)),
            0.2 * bool(re.search(r"CurrChnlCls|//wcm分页|/[PW]0\d{17,}\.", page.text)),
        )
        return round(min(sum(signs), 1.0), 2)
