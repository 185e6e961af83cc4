"""Hanweb's disclosure module: lists by ``/module/xxgk/search.jsp``, and the annual report itself
by ``/module/xxgk/xxgkAnnualReport.jsp?area=<organ>&fbtime=<year>``.

A column's page names what it sends, as fields of a form, in the data of a call or in the address
of a frame. The answer is a table of rows, and says how many pages it has (共 7 页).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit

from spiders import scripting
from spiders.page import Page
from spiders.paging import MAX_PAGES
from spiders.records import fragment_rows
from spiders.steps import printed_pages
from spiders.tasks import Found, Post, Row, address

SEARCH = "/module/xxgk/search.jsp"
REPORT = "/module/xxgk/xxgkAnnualReport.jsp"
_FIELDS = (
    "infotypeId", "jdid", "area", "divid", "vc_title", "vc_number", "sortfield", "currpage",
    "vc_filenumber", "vc_all", "texttype", "fbtime", "standardXxgk", "isAllList",
)  # fmt: skip
_FIRM = ("infotypeId", "jdid", "area", "divid")
_CALLED = re.compile(rf"{scripting.PREFIX}{re.escape(SEARCH)}[^\s\"'<>()]*", re.I)
_REPORTS = re.compile(rf"{scripting.PREFIX}{re.escape(REPORT)}\?[^\s\"'<>()]+", re.I)
_AREA = re.compile(r"(?:xxgk/(?:tree|index|xxgk\w*)\.jsp\?(?:[^\"'<>\s]*&)?|\b)area=(\w{9,18})\b")
_YEAR = re.compile(r"(?:19|20)\d{2}")


def is_answer(page: Page) -> bool:
    """Tell whether a page is what the search answered."""
    return urlsplit(page.url).path.lower().endswith(SEARCH)


def is_report(url: str) -> bool:
    """Tell whether an address is that of an annual report itself."""
    return urlsplit(url).path.lower().endswith(REPORT.lower())


def search(page: Page) -> Post | None:
    """Return the form that gives a column's rows, or None when the page names none."""
    called = _CALLED.search(page.text)
    if not called:
        return None
    sent = dict(_named(page)) | scripting.query(called[0])
    if not any(sent.get(name) for name in _FIRM):
        return None
    form = {name: sent[name] for name in _FIELDS if name in sent} | {"currpage": "1"}
    return Post(page.urljoin(SEARCH), urlencode(form))


def _named(page: Page) -> Iterator[tuple[str, str]]:
    """Yield the fields as a form, a script's object or a script's query names them."""
    for name in _FIELDS:
        inputs = page.selector.xpath(f"//input[@name='{name}' or @id='{name}']/@value").getall()
        said = next((value for value in inputs if value), None)
        for script in page.scripts:
            said = said or scripting.field(script, name)
            if not said and (plain := re.search(rf"[?&\"']{name}=([\w,:.-]+)", script)):
                said = plain[1]
        if said:
            yield name, said


def look(page: Page, is_article_url: Callable[[str], bool]) -> Found:
    """Return the rows and further pages of an answer."""
    rows = fragment_rows(page, page.text, is_article_url)
    total = printed_pages(page) or 1
    form = _sent(page)
    if not rows:
        return Found(notes=(f"rows_hidden: {len(page.data)} bytes without rows",))
    numbers = range(2, min(total, MAX_PAGES) + 1)
    pages = tuple(Post(page.url, urlencode(form | {"currpage": str(number)})) for number in numbers)
    return Found(rows, pages if form else (), total=total)


def _sent(page: Page) -> dict[str, str]:
    if isinstance(page.asked, str):
        return scripting.query(page.asked)
    return scripting.query(address(page.asked)) | dict(
        parse_qsl(page.asked.body, keep_blank_values=True)
    )


def reports(page: Page) -> tuple[Row, ...]:
    """Return the annual reports that a page leads to, whatever leads there: a link, a drop-down
    list of years, a script. The title is the year."""
    found: dict[str, str] = {}
    for hit in _REPORTS.finditer(page.text):
        url = page.urljoin(scripting.asked(hit[0]))
        fields = scripting.query(url)
        if url and fields.get("area") and _YEAR.fullmatch(fields.get("fbtime", "")):
            found.setdefault(url, f"{fields['fbtime']}年")
    if is_report(page.url):
        for value in page.selector.xpath(
            "//select[contains(@name, 'fbtime')]//option/@value"
        ).getall():
            if _YEAR.fullmatch(value.strip()):
                found.setdefault(
                    scripting.asked(page.url, fbtime=value.strip()), f"{value.strip()}年"
                )
    return tuple(Row(url, label) for url, label in found.items() if url != page.url)
