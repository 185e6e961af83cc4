"""江西统一集约化: the skin of Jiangxi's portals since 2025.

The first page of a list is JSON inside a script; a ``<base>`` changes what relative links mean::

    <base href="/jxssthjt/">
    loadPageData({current:1, unitid:'380055', webSiteCode:['jxssthjt'], channelCode:['col42150'],
                  perPage:'15', …}, '380055');   articleList: [{"title": …, "pubDate": "2025-…",
                  "urls": "{\\"pc\\":\\"/jxssthjt/col/col42150/content/content_1.html\\"}"}, …]

Further pages are forms sent to ``/queryList``.
"""

from __future__ import annotations

import json
import re
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from extract.dates import first_date
from spiders import scripting
from spiders.families.base import StaticFamily
from spiders.page import Page
from spiders.paging import MAX_PAGES
from spiders.tasks import Found, Post, Row

_QUERY = "/queryList"
_LOADED = re.compile(r"\bloadPageData\s*\(\s*(?=\{|\w)")
_LISTS = ("articleList", "results", "records", "list", "rows")
_TAG = re.compile(r"<[^>]*>")


class Jiangxi(StaticFamily):
    """Base of the leaves on Jiangxi's common platform."""

    article_path: ClassVar[re.Pattern[str]] = re.compile(
        r"/content/content_\d+\.html$|/art/\d{4}/\d{1,2}/\d{1,2}/art_\d+_\d+\.html$"
    )
    bodies: ClassVar[str] = (
        "//*[@id='zoom' or @id='content'"
        " or contains(concat(' ', normalize-space(@class), ' '), ' jgzn_content ')"
        " or contains(concat(' ', normalize-space(@class), ' '), ' article-content ')]"
    )
    first: ClassVar[int] = 1
    column_number: ClassVar[re.Pattern[str] | None] = re.compile(
        r"/col/col(\d+)/|/art_(\d+)_\d+\.html$"
    )

    @staticmethod
    def recognise(page: Page) -> float:
        """Return how sure it is that the page is of this CMS, 0 to 1."""
        if urlsplit(page.url).path.endswith(_QUERY):
            return 0.8
        signs = (
            0.6 * bool(re.search(r"\barticleList\b\s*[\"']?\s*[:=]\s*\[", page.text)),
            0.4 * bool(_LOADED.search(page.text)),
            0.3 * bool(re.search(r"\bwebSiteCode\b|/doc/ucap/|HtmlGenerateTime", page.text)),
            0.4 * bool(re.search(r"/col/col\d+/content/content_\d+\.html", page.url + page.text)),
        )
        return round(min(sum(signs), 1.0), 2)

    @classmethod
    def look(cls, page: Page) -> Found:
        """Return everything the family sees in a page or in an answer of its query."""
        if urlsplit(page.url).path.endswith(_QUERY):
            return _answer(page)
        found = super().look(page)
        if found.is_article:
            return found
        for script in page.scripts:
            entries = scripting.assigned(script, "articleList")
            if isinstance(entries, list):
                return _listed(page, entries, found)
        form = _form(page)
        if not found.rows and form is not None:
            notes = ("json_list: rows come by script",)
            return Found((), (), ((_page(page, form, 1), ""), *found.sublists), notes=notes)
        return found


def _listed(page: Page, entries: list[Any], found: Found) -> Found:
    """Return the rows that a script holds, and the forms for those it does not."""
    rows = _rows(page, entries)
    text = " ".join(page.scripts)
    form = _form(page)
    size = int(form["pageSize"]) if form else len(entries)
    said = scripting.field(text, "total") or scripting.field(text, "totalCount")
    if form is None or not rows:
        return Found(rows, (), found.sublists)
    if said and said.isdigit():
        total = max(-(-int(said) // size), 1)
        numbers = range(2, min(total, MAX_PAGES) + 1)
        pages = tuple(_page(page, form, number) for number in numbers)
        return Found(rows, pages, found.sublists, total=total)
    if len(entries) < size:
        return Found(rows, (), found.sublists)
    return Found(rows, (_page(page, form, 2),), found.sublists, total=2, open_end=True)


def _form(page: Page) -> dict[str, str] | None:
    """Return what a page's script asks its list with."""
    for script in page.scripts:
        site = scripting.field(script, "webSiteCode") or _first(script, "webSiteCode")
        channel = scripting.field(script, "channelCode") or _first(script, "channelCode")
        if site and channel:
            size = scripting.field(script, "perPage") or scripting.field(script, "pageSize") or ""
            return {
                "current": "1",
                "pageSize": size if size.isdigit() and int(size) else "15",
                "webSiteCode[]": site,
                "channelCode[]": channel,
                "sort": "sortNum",
                "order": "desc",
            }
    return None


def _first(script: str, name: str) -> str | None:
    values = scripting.assigned(script, name)
    return str(values[0]) if isinstance(values, list) and values else None


def _page(page: Page, form: dict[str, str], number: int) -> Post:
    return Post(page.urljoin(_QUERY), urlencode(form | {"current": str(number)}))


def _answer(page: Page) -> Found:
    """Read what the query answers: the same entries, below ``data``."""
    try:
        data: Any = json.loads(page.text)
        data = data.get("data", data)
        entries = (
            next(
                data[name]
                for name in _LISTS
                if isinstance(data, dict) and isinstance(data.get(name), list)
            )
            if isinstance(data, dict)
            else list(data)
        )
    except (ValueError, AttributeError, TypeError, StopIteration) as error:
        return Found(notes=(f"rows_hidden: not of the known shape ({type(error).__name__})",))
    rows = _rows(page, entries)
    form = {} if isinstance(page.asked, str) else dict(parse_qsl(page.asked.body))
    number, size = int(form.get("current") or 1), int(form.get("pageSize") or 15)
    said = next(
        (data[k] for k in ("total", "totalCount") if isinstance(data, dict) and k in data), 0
    )
    total = -(-int(said) // size) if str(said).isdigit() and int(said) else 0
    if not form or (total and number >= total) or (not total and len(entries) < size):
        return Found(rows, total=total or None)
    last = total or number + 1
    pages = tuple(_page(page, form, k) for k in range(2, min(last, MAX_PAGES) + 1))
    return Found(rows, pages, total=last, open_end=not total)


def _rows(page: Page, entries: list[Any]) -> tuple[Row, ...]:
    """Return the rows of ``[{title, pubDate, urls}]``; ``urls`` is JSON in a text."""
    rows: dict[str, Row] = {}
    for entry in entries:
        if not isinstance(entry, dict):
            continue
        urls = entry.get("urls") or entry.get("url") or ""
        if isinstance(urls, str) and urls.lstrip().startswith("{"):
            urls = scripting.relaxed(urls) or {}
        target = (urls.get("pc") or urls.get("common") or "") if isinstance(urls, dict) else urls
        url = page.urljoin(str(target)) if target else ""
        title = " ".join(_TAG.sub("", str(entry.get("title") or "")).split())
        if url and title:
            date = first_date(str(entry.get("pubDate") or entry.get("publishedTimeStr") or ""))
            rows.setdefault(url, Row(url, title, date))
    return tuple(rows.values())
