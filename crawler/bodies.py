"""What a body with status 200 is: a page, or what a firewall or a server put in its place.

Only bodies that show little text, or words of such a page, are parsed: a challenge, a block page or
an error page has no more to say, and the crawl's pace hangs on not parsing the others here.
"""

from __future__ import annotations

import html
import re

from extract import kind
from extract.tree import parse
from spiders import landings
from spiders.page import Page

_LARGEST = 1 << 16  # bytes of a body that may be looked at
_SHOWN = 6000  # bytes of text and white space between tags: more than that is a page
_HIDDEN = re.compile(rb"(?is)<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<[^<>]*>|\s+")
_STUB = 300  # characters without their tags: below that a page may be all script
_MARKUP = re.compile(r"(?is)<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<[^<>]*>")
_MESSAGE = 600  # characters that an error page shows
_GONE = re.compile(
    r"(?:页面|网页|栏目).{0,12}(?:不存在|未找到|找不到|没有找到|已(?:被)?(?:删除|移除))"
    r"|找不到.{0,10}(?:页面|网页|文件)|404 ?(?:Not Found|错误)|Page Not Found",
    re.I,
)


def outcome_of(url: str, data: bytes, content_type: str | None) -> str:
    """Return the outcome of an answer with a status that says all is well.

    Args:
        url: The address that answered.
        data: The body as decoded from its transfer encoding.
        content_type: The Content-Type header, or None.

    Returns:
        ``ok``; ``block_page`` for a firewall's page or a challenge's script; ``not_found``
        for an error page (a soft 404); ``truncated`` for no body at all.
    """
    if not data.strip():
        return "truncated"
    if not _says_little(data):
        return "ok"
    page = Page(url, data, content_type)
    if not _may_be_no_page(page.text):
        return "ok"
    if kind.is_wall(parse(page.text)) and landings.jump(page) is None:
        return "block_page"
    text = page.visible_text
    return "not_found" if len(text) <= _MESSAGE and _GONE.search(text) else "ok"


def _may_be_no_page(text: str) -> bool:
    """Tell whether a decoded body has next to no text, or words that a wall or an error has."""
    # Blocks part words, other elements do not: the text is searched both ways.
    shown = [" ".join(html.unescape(_MARKUP.sub(by, text)).split()) for by in ("", " ")]
    if len(shown[0]) < _STUB:
        return True
    return any(kind.speaks_of_wall(one) or _GONE.search(one) for one in shown)


def _says_little(data: bytes) -> bool:
    """Tell whether a body is markup that shows hardly any text; errs on the side of True."""
    if len(data) > _LARGEST or not data[:256].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return False
    return len(_HIDDEN.sub(b"", data)) <= _SHOWN
