"""Hanweb's JPaaS: a column's list is built by an interface that answers HTML inside JSON.

::

    <script src="…/AuthorizedRead/unitbuild.js" url="/api-gateway/…/front/page/build/unit"
            queryData="{'parseType':'bulidstatic','webId':'2758','pageId':'…','tagId':'列表'}">
    {"success": true, "data": {"html": "<ul><li><a href=…>…</a><span>2026-08-19</span></li></ul>"}}

Which page is asked for stands in ``paramJson={"pageNo":2,"pageSize":15}``; some builders ignore
it and answer page 1 for ever, so each page is asked for only after the one before it.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from spiders import scripting
from spiders.page import Page
from spiders.records import fragment_rows
from spiders.tasks import Found, address

_API = "/front/page/build/unit"
_CHROME = re.compile(r"头|导航|底|菜单|位置|友情|面包屑|header|footer|nav|banner|logo|menu", re.I)
_LIST = re.compile(r"列表|list|信息|内容", re.I)
_PAGE_SIZE = 15
_TOTAL = re.compile(
    r"共\s*<?[^<>\d]{0,20}>?\s*(\d{1,4})\s*<?[^<>\d]{0,20}>?\s*页|totalPages?[\"']?\s*[:=]\s*[\"']?(\d{1,4})"
    r"|pageCount[\"']?\s*[:=]\s*[\"']?(\d{1,4})",
    re.I,
)


def is_answer(page: Page) -> bool:
    """Tell whether a page is what the interface answered."""
    return urlsplit(page.url).path.endswith(_API)


def builds(page: Page) -> list[str]:
    """Return the addresses of page 1 of the lists that a column has built, the likeliest first;
    menus and footers, which are built the same way, are left out."""
    found: list[tuple[str, str]] = []
    for script in page.selector.xpath("//script[contains(translate(@src, 'B', 'b'), 'unitbuild')]"):
        attributes = script.attrib
        data = scripting.relaxed(html.unescape(attributes.get("querydata") or ""))
        url = page.urljoin(attributes.get("url") or f"/api-gateway/jpaas-publish-server{_API}")
        if isinstance(data, dict) and url and not _CHROME.search(str(data.get("tagId") or "")):
            fields = {str(name): str(value) for name, value in data.items()}
            asked = f"{url}?{urlencode(fields | {'paramJson': _page(1, _PAGE_SIZE)})}"
            found.append((str(fields.get("tagId") or ""), asked))
    lists = [asked for tag, asked in found if _LIST.search(tag)]
    return list(dict.fromkeys(lists or [asked for _, asked in found]))


def look(page: Page, is_article_url: Callable[[str], bool]) -> Found:
    """Return the rows of an answer, and the page behind it when there may be one."""
    try:
        data: Any = json.loads(page.text)["data"]
        markup = data["html"] if isinstance(data, dict) else data
        if not isinstance(markup, str):
            raise TypeError(type(markup).__name__)
    except (ValueError, KeyError, TypeError) as error:
        return Found(notes=(f"rows_hidden: not of the known shape ({type(error).__name__})",))
    rows = fragment_rows(page, markup, is_article_url)
    number, size = _asked(page)
    said = _TOTAL.search(markup)
    total = int(next(filter(None, said.groups()))) if said else None
    if total is None and len(rows) < size:
        return Found(rows)
    last = total if total is not None else number + 1
    further = scripting.asked(address(page.asked), paramJson=_page(number + 1, size))
    if number >= last:
        return Found(rows, total=number)
    return Found(rows, (further,) * number, total=last, open_end=True)


def _asked(page: Page) -> tuple[int, int]:
    param = scripting.relaxed(scripting.query(address(page.asked)).get("paramJson", ""))
    fields = param if isinstance(param, dict) else {}
    number, size = (str(fields.get(name, "")) for name in ("pageNo", "pageSize"))
    return (
        int(number) if number.isdigit() else 1,
        int(size) if size.isdigit() else _PAGE_SIZE,
    )


def _page(number: int, size: int) -> str:
    return json.dumps({"pageNo": number, "pageSize": size}, separators=(",", ":"))
