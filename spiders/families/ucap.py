"""开普云 UCAP: the cities of Hunan and their counties, Heilongjiang, Suzhou, CSRC.

Lists are ``/<site>/<channel>/<template>.shtml`` with files ``<template>_2`` on; the template's
name varies (list, common_list, channelNamelist, bmlist2, zwgk, zfxxgkMl …). Articles are
``/<site>/<channel>/202502/<32 hex digits>.shtml``; their text stands in ``<UCAPCONTENT>``.
Some lists are empty shells that a script fills from ``/searchList/<channelid>`` or
``/common/search/<channelid>``.
"""

from __future__ import annotations

import json
import re
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit

from extract.dates import first_date
from spiders.families.base import StaticFamily
from spiders.page import Page
from spiders.paging import MAX_PAGES
from spiders.tasks import Found, Row

_API = re.compile(r"/(searchList|common/search)/")
_API_ASKED = {"_isAgg": "true", "_isJson": "true", "_pageSize": "20", "_template": "index"}


class Ucap(StaticFamily):
    """Base of the leaves on UCAP."""

    article_path: ClassVar[re.Pattern[str]] = re.compile(
        r"/(?:[0-9a-f]{32}|\d{6}/(?:c\d+_)?\d+|c\d+/content)\.s?html?$"
    )
    bodies: ClassVar[str] = (
        "//ucapcontent | //*[@id='zoom' or @id='zoomcon'"
        " or contains(concat(' ', normalize-space(@class), ' '), ' p_box ')"
        " or contains(concat(' ', normalize-space(@class), ' '), ' zwgk_comr3 ')"
        " or contains(concat(' ', normalize-space(@class), ' '), ' detail-news ')]"
    )
    first: ClassVar[int] = 1

    @staticmethod
    def recognise(page: Page) -> float:
        """Return how sure it is that the page is of this CMS, 0 to 1."""
        hits = page.selector.xpath("//a/@href").re(r"/\d{6}/[0-9a-f]{32}\.s?html?$")
        signs = (
            0.4 * bool(hits or re.search(r"/\d{6}/[0-9a-f]{32}\.s?html?$", page.url)),
            0.3 * bool(re.search(r"createPageHTML\(\s*['\"][\w-]+['\"]\s*,\s*\d", page.text)),
            0.4 * bool(re.search(r"<(?:ucapcontent|ucaptitle|publishtime)\b", page.text, re.I)),
            0.3 * bool(re.search(r"<meta name=\"channelid\" content=\"\w{32}", page.text, re.I)),
            0.2 * bool(re.search(r"/xhtml/(?:js|css|static)/|页面生成时间", page.text)),
        )
        return round(min(sum(signs), 1.0), 2)

    @classmethod
    def look(cls, page: Page) -> Found:
        """Return everything the family sees in a page, a JSON list included."""
        if _API.search(urlsplit(page.url).path) and page.text.lstrip().startswith("{"):
            return _json_list(page)
        found = super().look(page)
        if found.rows or found.is_article or any(label for _, label in found.sublists):
            return found
        shell = _shell(page)
        return (
            Found(sublists=((shell, ""),), notes=("json_list: rows come by script",))
            if (shell)
            else found
        )


def _shell(page: Page) -> str | None:
    """Return the address of the rows of a list that a script fills."""
    channel = page.selector.xpath(
        "//meta[translate(@name, 'CHANELID', 'chanelid')='channelid']/@content"
    ).get()
    for script in page.scripts:
        api = _API.search(script)
        if api and channel:
            return page.urljoin(f"/{api[1]}/{channel}?{urlencode({**_API_ASKED, 'page': '1'})}")
    return None


def _json_list(page: Page) -> Found:
    """Read ``{data: {page, rows, total, results: [{title, url, publishedTimeStr}]}}``."""
    try:
        data: Any = json.loads(page.text)["data"]
        results = [
            (page.urljoin(str(entry["url"])), str(entry["title"]), str(entry["publishedTimeStr"]))
            for entry in data["results"]
        ]
        total = -(-int(data["total"]) // max(int(data["rows"]), 1))
    except (ValueError, KeyError, TypeError) as error:
        return Found(notes=(f"json_list: not of the known shape ({type(error).__name__})",))
    rows = {
        url: Row(url, " ".join(re.sub(r"<[^>]*>", "", title).split()), first_date(date))
        for url, title, date in results
        if url
    }
    parts = urlsplit(page.url)
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    pages = tuple(
        parts._replace(query=urlencode({**asked, "page": str(number)})).geturl()
        for number in range(2, min(total, MAX_PAGES) + 1)
    )
    return Found(tuple(rows.values()), pages, total=total)
