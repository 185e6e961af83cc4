"""安徽龙讯 LonSun: Anhui, and some cities of Qinghai, Sichuan, Jiangxi.

An organ's disclosure is one address with a type (of the vendor's source): 1 制度, 2 指南,
**3 年报**, 4 目录, 5 依申请::

    /public/column/<organ>?type=3      also below /zfxxgk/, /zwgk/, /openness/
    /public/<organ>/<id>.html          an article

The page shows the first rows; the next ones, on newer skins all of them, come as markup from
``/site/label/8888?labelName=publicInfoList&pageIndex=2…``, which cuts titles at ``length``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import urlencode, urlsplit

from spiders import scripting
from spiders.families.base import StaticFamily
from spiders.page import Page
from spiders.paging import MAX_PAGES
from spiders.records import fragment_rows
from spiders.tasks import Found, Link

_ANNUAL = "3"
_COLUMN = re.compile(r"/public/column/(\d+)")
_LABEL = re.compile(r"/site/label/\d+$")
_CALLED = re.compile(
    rf"{scripting.PREFIX}/site/label/\d+\?[^\s\"'<>()]*publicInfoList[^\s\"'<>()]*"
)
_ADDRESS = re.compile(r"""["']([^\s"'<>()]*/site/label/\d+)\b""")
_PAGES = re.compile(r"\bpageCount[\"']?\s*[:=]\s*[\"']?(\d{1,4})", re.I)
_SHAPES = re.compile(r"/public/(?:column/\d+|\d+/\d+\.html)")
_LENGTH = "200"


class Lonsun(StaticFamily):
    """Base of the leaves on LonSun."""

    article_path: ClassVar[re.Pattern[str]] = re.compile(r"/public/\d+/\d+\.html$")
    bodies: ClassVar[str] = (
        "//*[@id='zoom' or @id='J_content'"
        " or contains(concat(' ', normalize-space(@class), ' '), ' j-fontContent ')"
        " or contains(concat(' ', normalize-space(@class), ' '), ' newscontnet ')"
        " or contains(concat(' ', normalize-space(@class), ' '), ' gkwz_contnet ')"
        " or contains(concat(' ', normalize-space(@class), ' '), ' wzcon ')]"
    )
    first: ClassVar[int] = 1
    column_number: ClassVar[re.Pattern[str] | None] = re.compile(
        r"/public/(?:column/)?(\d+)(?:/|$)"
    )

    @staticmethod
    def recognise(page: Page) -> float:
        """Return how sure it is that the page is of this CMS, 0 to 1."""
        if _LABEL.search(urlsplit(page.url).path):
            return 0.8
        links = any(map(_SHAPES.search, page.own_links))
        signs = (
            0.5 * bool(links or _SHAPES.search(page.url)),
            0.5 * bool(re.search(r"labelName[=:\"'\s]+publicInfoList|/site/label/8888", page.text)),
            0.2 * bool(re.search(r"\bLs\.pagination|/assets/js/lonsun|lonsun", page.text, re.I)),
        )
        return round(min(sum(signs), 1.0), 2)

    @classmethod
    def look(cls, page: Page) -> Found:
        """Return everything the family sees in a page or in an answer of its label."""
        if _LABEL.search(urlsplit(page.url).path):
            return cls._answer(page)
        found = super().look(page)
        if not _COLUMN.search(page.url) or found.is_article:
            return found
        label = _label(page)
        said = _PAGES.search(page.text)
        total = int(said[1]) if said else 1
        if found.rows and label and total > 1:
            numbers = range(2, min(total, MAX_PAGES) + 1)
            return replace(found, pages=tuple(_page(label, k) for k in numbers), total=total)
        if found.rows or not label:
            return found
        notes = ("label_list: rows come by script",)
        return Found((), (), ((label, ""), *found.sublists), notes=notes)

    @classmethod
    def _answer(cls, page: Page) -> Found:
        rows = fragment_rows(page, page.text, cls.is_article_url)
        fields = scripting.query(page.url)
        number, size = int(fields.get("pageIndex") or 1), int(fields.get("pageSize") or 15)
        said = _PAGES.search(page.text)
        if said:
            total = max(int(said[1]), 1)
            numbers = range(2, min(total, MAX_PAGES) + 1)
            return Found(rows, tuple(_page(page.url, k) for k in numbers), total=total)
        if len(rows) < size:
            return Found(rows, total=number)
        further = tuple(_page(page.url, k) for k in range(2, number + 2))
        return Found(rows, further, total=number + 1, open_end=True)

    @classmethod
    def annual_entries(cls, page: Page) -> tuple[tuple[Link, str], ...]:
        """Return the annual reports' column of each organ that a page names."""
        found: dict[str, str] = {}
        for anchor in page.selector.xpath("//a[contains(@href, '/public/column/')]"):
            url = page.urljoin(anchor.attrib["href"])
            if url and _COLUMN.search(url):
                column = urlsplit(url)._replace(query=f"type={_ANNUAL}").geturl()
                label = " ".join(str(anchor.xpath("string()").get("")).split())
                named = scripting.query(url).get("type") == _ANNUAL and label
                found[column] = str(named or found.get(column) or "政府信息公开年报")
        return tuple(found.items())


def _label(page: Page) -> str | None:
    """Return the address that gives page 1 of a column's rows, or None when nothing tells it."""
    fields = next(_sent(page), None)
    called = _CALLED.search(page.text)
    if called:
        fields = scripting.query(called[0]) | (fields or {})
    if not fields:
        fields = _known(page)
    if not fields:
        return None
    named = _ADDRESS.search(page.text)
    path = urlsplit(called[0]).path if called else named[1] if named else "/site/label/8888"
    fields |= {"pageIndex": "1", "length": _LENGTH}
    return page.urljoin(f"{path}?{urlencode(fields)}")


def _sent(page: Page) -> Iterator[dict[str, str]]:
    """Yield the fields that scripts send to the label, as objects."""
    for script in page.scripts:
        for hit in re.finditer(r"\{(?=[^{}]*\blabelName\b)", script):
            value: Any = scripting.relaxed(scripting.literal(script, hit.start()))
            if isinstance(value, dict) and "publicInfoList" in str(value.get("labelName")):
                yield {
                    str(name): str(said).lower() if isinstance(said, bool) else str(said)
                    for name, said in value.items()
                    if isinstance(said, str | int | bool)
                }


def _known(page: Page) -> dict[str, str] | None:
    """Return what every label list needs, when the page names its site."""
    site = page.selector.xpath(
        "//meta[translate(@name, 'SITED', 'sited')='siteid']/@content"
        " | //input[@id='siteId']/@value"
    ).get("")
    organ = _COLUMN.search(page.url)
    if not site.strip().isdigit() or not organ:
        return None
    return {
        "labelName": "publicInfoList", "siteId": site.strip(), "pageSize": "15", "isDate": "true",
        "dateFormat": "yyyy-MM-dd", "organId": organ[1], "action": "list",
        "type": scripting.query(page.url).get("type", _ANNUAL),
    }  # fmt: skip


def _page(label: str, number: int) -> str:
    return scripting.asked(label, pageIndex=str(number))
