"""Hanweb's jpage: rows as XML inside a script, the next ones from ``dataproxy.jsp``.

::

    <div id="212860"><script type="text/xml"><datastore>
    <nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1&webid=1&columnid=33718…">
    </a>]]></nextgroup>
    <recordset><record><![CDATA[<li><a href="/art/…" title="…">…</a><span>2026-09-11</span></li>
    ]]></record>…</recordset></datastore></script></div>
    $('#212860').jpage({totalRecord:4895, perPage:19, groupSize:3, proxyUrl:'…',
                        ajaxParam:{col:1, appid:'1', webid:1, path:'/', columnid:33718, …}});

Older pages hold the rows in an array (``dataStore:InitData49468``). The page shows the first
group (usually three pages of rows); each further group is one form sent to the proxy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from spiders import scripting
from spiders.page import Page
from spiders.paging import MAX_PAGES
from spiders.records import record_rows
from spiders.tasks import Found, Post, Row, address

PROXY = "/module/web/jpage/dataproxy.jsp"
_STORE = re.compile(r"<datastore\b.*?(?:</datastore>|\Z)", re.S | re.I)
_RECORD = re.compile(
    r"<record\b[^>]*>\s*(?:<!\[CDATA\[)?((?:(?!<record\b).)*?)(?:\]\]>)?\s*</record>", re.S | re.I
)
_NEXT = re.compile(r"<nextgroup\b.*?href=[\"']([^\"']+)", re.S | re.I)
_TOTAL = re.compile(r"<totalrecord>\s*(\d+)", re.I)
_CALL = re.compile(r"\.jpage\(\s*(?=\{)")
_COLUMN = re.compile(r"/col/col(\d+)/")
_GROUP_PAGES = 2  # a page shows its first group at once: two or three pages of rows


@dataclass(frozen=True, slots=True)
class Unit:
    """One list of a page.

    Attributes:
        records: The markup of each row shown.
        total: How many rows the list has, None when it does not say.
        per_page: Rows of a page as a reader sees it.
        proxy: Absolute address that gives further rows.
        form: What is sent there.
    """

    records: tuple[str, ...]
    total: int | None
    per_page: int
    proxy: str
    form: dict[str, str]


def is_answer(page: Page) -> bool:
    """Tell whether a page is what the proxy answered."""
    return urlsplit(page.url).path.endswith("/dataproxy.jsp")


def units(page: Page) -> list[Unit]:
    """Return the lists of a page."""
    calls = [
        scripting.literal(script, hit.end())
        for script in page.scripts
        for hit in _CALL.finditer(script)
    ]
    found = []
    for hit in _STORE.finditer(page.text):
        records = tuple(match[1] for match in _RECORD.finditer(hit[0]))
        link = _NEXT.search(hit[0])
        form = scripting.query(link[1]) if link else {}
        call = next((one for one in calls if _is_for(one, form, len(calls))), "")
        found.append(_unit(page, records, form, call, _TOTAL.search(hit[0])))
    if not found:
        found = [_unit(page, *old, None) for old in _arrays(page, calls)]
    return found


def _is_for(call: str, form: dict[str, str], calls: int) -> bool:
    unit = scripting.field(call, "unitid")
    return calls == 1 or not form or unit == form.get("unitid")


def _arrays(page: Page, calls: list[str]) -> Iterator[tuple[tuple[str, ...], dict[str, str], str]]:
    for call in calls:
        name = re.search(r"\bdataStore\s*:\s*([A-Za-z_$][\w$]*)", call)
        for script in page.scripts if name else ():
            rows = scripting.assigned(script, name[1]) if name else None
            if isinstance(rows, list):
                yield tuple(row for row in rows if isinstance(row, str) and row), {}, call


def _unit(
    page: Page,
    records: tuple[str, ...],
    form: dict[str, str],
    call: str,
    total: re.Match[str] | None,
) -> Unit:
    sent = scripting.assigned(call, "ajaxParam") if call else None
    if isinstance(sent, dict):
        form = {str(name): str(value) for name, value in sent.items()}
    form = {name: value for name, value in form.items() if name != "page"}
    said = total[1] if total else scripting.field(call, "totalRecord")
    per_page = scripting.field(call, "perPage")
    return Unit(
        records,
        int(said) if said and said.isdigit() else None,
        int(per_page) if per_page and per_page.isdigit() else 15,
        page.urljoin(scripting.field(call, "proxyUrl") or PROXY),
        form,
    )


def own(page: Page, found: list[Unit]) -> Unit | None:
    """Return the list of the page's column: the one of its number, else the longest."""
    number = _COLUMN.search(page.url)
    named = [one for one in found if number and one.form.get("columnid") == number[1]]
    return max(named or found, key=lambda one: len(one.records), default=None)


def look(page: Page, is_article_url: Callable[[str], bool]) -> Found | None:
    """Return the rows and further groups of a column or of an answer; None when there is no
    list of this kind."""
    if is_answer(page):
        return _answer(page, is_article_url)
    unit = own(page, units(page))
    if unit is None:
        return None
    rows = record_rows(page, unit.records, is_article_url)
    pages, total, open_end = _further(unit, len(unit.records))
    notes = _missing(unit, rows) if not pages else ()
    return Found(rows, pages, total=total, open_end=open_end, notes=notes)


def _missing(unit: Unit, rows: tuple[Row, ...]) -> tuple[str, ...]:
    if unit.total is not None and unit.total > len(unit.records):
        return (f"rows_hidden: {len(rows)} of {unit.total} rows, and no way to the others",)
    return ()


def _further(unit: Unit, size: int) -> tuple[tuple[Post, ...], int, bool]:
    """Return the forms for the further groups, of how many groups in all, and whether that is
    a guess."""
    if not size or not unit.form:
        return (), 1, False
    if unit.total is None:
        # Nothing says how many there are: a full group may be followed by another.
        full = size % unit.per_page == 0 and size >= _GROUP_PAGES * unit.per_page
        return ((_group(unit, size + 1, 2 * size, 2),), 2, True) if full else ((), 1, False)
    starts = range(size + 1, unit.total + 1, size)
    pages = [_group(unit, start, min(start + size - 1, unit.total)) for start in starts]
    return tuple(pages[: MAX_PAGES - 1]), len(pages) + 1, False


def _group(unit: Unit, start: int, end: int, number: int | None = None) -> Post:
    """Return the form for a group of rows; ``page`` only where the list does not say its end."""
    window = {"startrecord": start, "endrecord": end, "perpage": unit.per_page}
    if number is not None:
        window["page"] = number
    return Post(f"{unit.proxy}?{urlencode(window)}", urlencode(unit.form))


def _answer(page: Page, is_article_url: Callable[[str], bool]) -> Found:
    records = tuple(match[1] for match in _RECORD.finditer(page.text))
    rows = record_rows(page, records, is_article_url)
    window = {
        name: int(value)
        for name, value in scripting.query(address(page.asked)).items()
        if value.isdigit()
    }
    start, end, number = (window.get(name, 0) for name in ("startrecord", "endrecord", "page"))
    form = _sent(page)
    if not rows:
        # An encrypted column answers some 54 bytes to a form it does not take.
        ends = number and form.get("columnid", "").isdigit()
        hidden = f"rows_hidden: {len(page.data)} bytes for rows {start} to {end}"
        return Found(notes=() if ends else (hidden,))
    size = end - start + 1
    if not number or not form or len(records) < size:
        return Found(rows)
    proxy = urlsplit(page.url)._replace(query="").geturl()
    unit = Unit((), None, window.get("perpage", size), proxy, form)
    further = _group(unit, end + 1, end + size, number + 1)
    return Found(rows, (further,) * number, total=number + 1, open_end=True)


def _sent(page: Page) -> dict[str, str]:
    if isinstance(page.asked, str):
        return {}
    return dict(parse_qsl(page.asked.body, keep_blank_values=True))
