"""开普云 UCAP: the cities of Hunan and their counties, Heilongjiang, Suzhou, CSRC.

Lists are ``/<site>/<channel>/<template>.shtml`` with files ``<template>_2`` on; the template's
name varies (list, common_list, channelNamelist, bmlist2, zwgk, zfxxgkMl …). Articles are
``/<site>/<channel>/202502/<32 hex digits>.shtml``; their text stands in ``<UCAPCONTENT>``.
Some lists are empty shells that a script fills from ``/searchList/<channelid>`` or
``/common/search/<channelid>``; others show their first rows, and a script sends a form to
``/…/search/<channel>`` for the rest.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from extract.dates import first_date
from spiders import scripting
from spiders.families.base import StaticFamily
from spiders.page import Page
from spiders.paging import MAX_PAGES
from spiders.tasks import Found, Link, Post, Row

_API = re.compile(r"/(searchList|search)(?:/\w+)?$")
_SHELL = re.compile(r"/(searchList|common/search)/")
_SEARCH = re.compile(r"[\"']((?:https?:)?[^\"'\s]*/search(?:/\w+)?)[\"']")
_PAGE = re.compile(r"page|_?page(?:no|num|index)|current(?:page)?|curr?page", re.I)
_SIZE = re.compile(r"_?page_?size|rows|limit|perpage", re.I)
_POSTS = re.compile(r"\b(?:type|method)\s*:\s*[\"']post\b|\$\.post\(", re.I)
_FIELD = re.compile(r"[\"']?([\w.\[\]]+)[\"']?\s*:\s*(?:\"([^\"\n]*)\"|'([^'\n]*)'|([\w.]+))")
_ARTICLE = re.compile(r"/\d{6}/[0-9a-f]{32}\.s?html?$|/c\d+/c\d+/content\.s?html?$")
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
        if is_answer(page):
            return 0.6
        hits = any(map(_ARTICLE.search, page.own_links))
        signs = (
            0.4 * bool(hits or _ARTICLE.search(page.url)),
            0.3 * bool(re.search(r"createPageHTML\(\s*['\"][\w-]+['\"]\s*,\s*\d", page.text)),
            0.4 * bool(re.search(r"<(?:ucapcontent|ucaptitle|publishtime)\b", page.text, re.I)),
            0.3 * bool(re.search(r"<meta name=\"channelid\" content=\"\w{32}", page.text, re.I)),
            0.2 * bool(re.search(r"/xhtml/(?:js|css|static)/|页面生成时间", page.text)),
        )
        return round(min(sum(signs), 1.0), 2)

    @classmethod
    def look(cls, page: Page) -> Found:
        """Return everything the family sees in a page, a JSON list included."""
        if is_answer(page):
            return _json_list(page)
        found = super().look(page)
        if found.is_article:
            return found
        if form := _form(page):
            return _searched(page, found, form)
        if found.rows or any(label for _, label in found.sublists):
            return found
        shell = _shell(page)
        return (
            Found(sublists=((shell, ""),), notes=("json_list: rows come by script",))
            if shell
            else found
        )


def is_answer(page: Page) -> bool:
    """Tell whether a page is what the search of a channel answered."""
    return bool(_API.search(urlsplit(page.url).path)) and page.text.lstrip().startswith("{")


def _shell(page: Page) -> str | None:
    """Return the address of the rows of a list that a script fills."""
    channel = page.selector.xpath(
        "//meta[translate(@name, 'CHANELID', 'chanelid')='channelid']/@content"
    ).get()
    for script in page.scripts:
        api = _SHELL.search(script)
        if api and channel:
            return page.urljoin(f"/{api[1]}/{channel}?{urlencode({**_API_ASKED, 'page': '1'})}")
    return None


def _searched(page: Page, found: Found, form: Post) -> Found:
    """Add what a form gives: the pages behind the rows of the page, or the list as a whole."""
    notes = (*found.notes, "searched_list: further rows come by a form")
    number, size = _place(form)
    if number < 2 or not found.rows:
        return replace(found, sublists=((form, ""), *found.sublists), notes=notes)
    said = next(filter(None, (scripting.field(one, "total") for one in page.scripts)), None)
    total = -(-int(said) // size) if said and said.isdigit() else 0
    pages = tuple(_paged(form, k) for k in range(2, min(max(total, number), MAX_PAGES) + 1))
    return replace(found, pages=pages, total=len(pages) + 1, open_end=not total, notes=notes)


def _form(page: Page) -> Post | None:
    """Return the form that a script sends for the rows of its list, or None when it sends none."""
    for script in page.scripts:
        called = _SEARCH.search(script)
        if called and _POSTS.search(script):
            form = _sent(script[called.end() :])
            if "datas[0][key]" in form or "/common/search/" in called[1]:
                form = {**_API_ASKED, **form}
            first = {} if any(map(_PAGE.fullmatch, form)) else {"page": "1"}
            return Post(page.urljoin(called[1]), urlencode({**first, **form}))
    return None


def _sent(script: str) -> dict[str, str]:
    """Return the fields that a call sends, written as an object or as a query, up to the page
    number that a variable holds."""
    sent = re.match(r"\s*,\s*(?:data\s*:\s*)?(?:(?=\{)|[\"']([^\"'\n]*)[\"'])", script)
    sent = sent or re.search(r"\bdata\s*:\s*(?:(?=\{)|[\"']([^\"'\n]*)[\"'])", script)
    if sent is None:
        return {}
    if sent[1] is not None:
        return dict(parse_qsl(sent[1], keep_blank_values=True))
    pairs = _FIELD.findall(scripting.literal(script, sent.end()))
    return {
        name: "1" if _PAGE.fullmatch(name) and not value.isdigit() else value
        for name, double, single, bare in pairs
        if (value := double or single or bare) != name or _PAGE.fullmatch(name)
    }


def _place(form: Post) -> tuple[int, int]:
    """Return which page a form asks for, and how many rows a page has."""
    fields = dict(parse_qsl(form.body, keep_blank_values=True))
    number = next((value for name, value in fields.items() if _PAGE.fullmatch(name)), "1")
    size = next((value for name, value in fields.items() if _SIZE.fullmatch(name)), "20")
    return int(number) if number.isdigit() else 1, int(size) if size.isdigit() else 20


def _paged(form: Post, number: int) -> Post:
    fields = dict(parse_qsl(form.body, keep_blank_values=True))
    names = [name for name in fields if _PAGE.fullmatch(name)] or ["page"]
    return Post(form.url, urlencode({**fields, names[0]: str(number)}))


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
    pages = tuple(_page(page, number) for number in range(2, min(total, MAX_PAGES) + 1))
    return Found(tuple(rows.values()), pages, total=total)


def _page(page: Page, number: int) -> Link:
    """Return another page of the list that an answer is a page of."""
    if isinstance(page.asked, str):
        return scripting.asked(page.url, page=str(number))
    return _paged(Post(page.url, page.asked.body), number)
