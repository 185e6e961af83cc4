"""No CMS in particular: static lists, dated paths, queries. What discovery falls back to.

Shapes of articles seen on official hosts, none of which names its CMS::

    /2024/1/29/<hex>.shtml   /nw12344/20230331/<hex>.html   /doc/2024/01/08/4153378.shtml
    /c26829/20250126/i2310545.html   …/content_184341   …/content/post_10095458.html
    /News/Detail/20230130151013579.html   /gongkai/show/59428de3c6….html   /zgz/49959.htm
    year_details.aspx?dept=126&id=91560   gknb_show.php?id=4374   detail?iid=2512   …/doc_63c8….html
    /contents/9746/253174.html (listed by /channels/9746.html)
    /columns/<uuid>/202301/30/<uuid>.html   /n2588035/c13587052/content.html
"""

from __future__ import annotations

import re
from typing import ClassVar
from urllib.parse import urlsplit

from spiders import scripting
from spiders.families.base import StaticFamily
from spiders.page import Page

ARTICLE_PATH = re.compile(
    r"/(?:t\d{8}_\d+(?:_\w+)?|t\d{5,}|i\d{5,}|content_\d+|post_\d+|art_\d[\w]*|art_[0-9a-f]{32}"
    r"|[0-9a-f]{20,32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|doc_[0-9a-f]{20,}|\d{5,}"
    r")(?:\.s?html?)?$"
    r"|/(?:19|20)\d{2}[-/]?\d{1,2}[-/]?\d{1,2}/[\w-]+\.s?html?$"
    r"|/info/\d+/\d+\.htm$|/c\d+/content\.s?html?$"
)
BODIES = " | ".join(
    [
        "//ucapcontent",
        "//*[@id='zoom' or @id='zoomcon' or @id='vsb_content' or @id='ivs_content'"
        " or @id='UCAP-CONTENT' or @id='J_content']",
        *(
            f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
            for name in (
                "TRS_Editor", "TRS_UEDITOR", "trs_editor_view", "v_news_content", "article-body",
                "Article_content", "p_box", "zwgk_comr3", "detail-news", "main-txt", "wzcon",
                "j-fontContent", "article-content", "zsy_comain",
            )
        ),
    ]
)  # fmt: skip

_ID = re.compile(r"(?:i|wb)?(?:news|info|article|art|doc|content|item)?_?i?id", re.I)
_NUMBER = re.compile(r"\d{2,}|[0-9a-f]{20,32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)
_SHOWS = re.compile(
    r"(?:\.(?:aspx?|php|jsp|do|action|cfm)|/(?:detail|show|view|content|info))$", re.I
)
_LISTS = re.compile(r"/\w*?(?:list|index|default|column|channel|more|search|class)\w*\.\w+$", re.I)


class Plain(StaticFamily):
    """Base of the leaves on portals of no known CMS."""

    article_path: ClassVar[re.Pattern[str]] = ARTICLE_PATH
    bodies: ClassVar[str] = BODIES
    first: ClassVar[int] = 1
    column_number: ClassVar[re.Pattern[str] | None] = re.compile(
        r"/(?:contents?|channels?)/(\d+)(?:/\d+)?\.s?html?$|/contents?/(\d+)/\d+\.s?html?$"
        r"|/info/(\d+)/\d+\.htm$"
    )

    @classmethod
    def is_article_url(cls, url: str) -> bool:
        """Tell whether an address has the shape of an article's: of its path, or of a query that
        names one document."""
        if super().is_article_url(url):
            return True
        path = urlsplit(url).path
        named = any(
            _ID.fullmatch(name) and _NUMBER.fullmatch(value)
            for name, value in scripting.query(url).items()
        )
        return named and bool(_SHOWS.search(path)) and not _LISTS.search(path)

    @staticmethod
    def recognise(page: Page) -> float:
        """Return 0: a page is never of this family because of anything it shows."""
        return 0.0
