"""广东省政府信息公开目录管理平台 (gkmlpt): all portals of Guangdong.

A page is a shell whose script holds everything::

    window._CONFIG = { SID: '175', TREE: [{"id": 2629, "name": "政府信息公开年报", "children": []}],
                       DETAIL: {"title": …, "content": "\\u003Cp\\u003E…"}, SERVICE_AREA_ID: … }

The rows of a category come from ``/gkmlpt/api/all/<category>?page=1&sid=<SID>``. Which category a
page shows stands behind the ``#`` of its address, which no server ever sees; where nobody wrote
it down, the tree tells by its names. The page behind the last one answers 404, and a column
counts more posts than it lists.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, ClassVar
from urllib.parse import urldefrag, urlsplit

from extract.dates import first_date
from spiders import headings, scripting
from spiders.families.base import StaticFamily
from spiders.page import Page
from spiders.paging import MAX_PAGES
from spiders.tasks import Found, Link, Row, address

_SHANGHAI = timezone(timedelta(hours=8))
_API = re.compile(r"/gkmlpt/api/all/(\d+)$")
_SID = re.compile(r"\bSID\s*:\s*['\"]?(\d+)")
_POST = re.compile(r"/content/(?:\d+/\d+/)?m?post_\d+\.html$")
_TITLES = ("title", "name")


class Gkmlpt(StaticFamily):
    """Base of the leaves on gkmlpt, and on the CMS of the same portals (``content/post_…``)."""

    article_path: ClassVar[re.Pattern[str]] = _POST
    bodies: ClassVar[str] = (
        "//*[@id='zoomcon' or @id='zoom'"
        " or contains(concat(' ', normalize-space(@class), ' '), ' article-content ')"
        " or contains(concat(' ', normalize-space(@class), ' '), ' zw-content ')]"
    )
    first: ClassVar[int] = 1

    @staticmethod
    def recognise(page: Page) -> float:
        """Return how sure it is that the page is of this CMS, 0 to 1."""
        hits = any(map(_POST.search, page.own_links))
        signs = (
            0.6 * bool(re.search(r"\b_CONFIG\s*=\s*\{", page.text) and _SID.search(page.text)),
            0.4 * bool("/gkmlpt/" in page.url or "/gkmlpt/" in page.text),
            0.4 * bool(hits or _POST.search(page.url)),
        )
        return round(min(sum(signs), 1.0), 2)

    @classmethod
    def look(cls, page: Page) -> Found:
        """Return everything the family sees in a shell, an answer or a plain page."""
        if _API.search(urlsplit(page.url).path):
            return _answer(page)
        config = _config(page)
        if config is None:
            return super().look(page)
        if _detail(config).get("content"):
            return Found(is_article=True)
        lists = tuple(_lists(page, config))
        notes = ("json_list: rows come by script",) if lists else ("rows_hidden: no category",)
        return Found(sublists=lists, notes=notes)

    @classmethod
    def annual_entries(cls, page: Page) -> tuple[tuple[Link, str], ...]:
        """Return the categories of annual reports that a shell names."""
        config = _config(page)
        return tuple(_annual(page, config)) if config is not None else ()


def _config(page: Page) -> str | None:
    for script in page.scripts:
        if (hit := re.search(r"\b_CONFIG\s*=\s*(?=\{)", script)) and _SID.search(script):
            return scripting.literal(script, hit.end())
    return None


def _detail(config: str) -> dict[str, Any]:
    detail = scripting.assigned(config, "DETAIL")
    return detail if isinstance(detail, dict) else {}


def _lists(page: Page, config: str) -> Iterator[tuple[str, str]]:
    """Yield (address of page 1, name) of the category the page was asked for, else of those of
    annual reports."""
    number = urldefrag(address(page.asked)).fragment
    if number.isdigit():
        names = {str(node.get("id")): str(node.get("name")) for node in _nodes(_tree(config))}
        yield _api(page, config, number), names.get(number, "")
        return
    yield from _annual(page, config)


def _annual(page: Page, config: str) -> Iterator[tuple[str, str]]:
    for node in _nodes(_tree(config)):
        name = next((str(node[key]) for key in _TITLES if node.get(key)), "")
        if not headings.is_annual(name):
            continue
        jump = page.urljoin(str(node.get("jump_url") or "")) if node.get("jump_url") else ""
        if jump and "#" in str(node["jump_url"]) and "/gkmlpt/" in jump:
            number = urldefrag(str(node["jump_url"])).fragment
            jump = _api(page, config, number) if number.isdigit() else jump
        yield jump or _api(page, config, str(node.get("id"))), name


def _tree(config: str) -> list[Any]:
    tree = scripting.assigned(config, "TREE")
    return tree if isinstance(tree, list) else []


def _nodes(tree: list[Any]) -> Iterator[dict[str, Any]]:
    """Yield the nodes of the tree, each before its children; a page may nest them deeply."""
    open_nodes = list(reversed(tree))
    while open_nodes:
        node = open_nodes.pop()
        if isinstance(node, dict):
            yield node
            children = node.get("children")
            open_nodes.extend(reversed(children if isinstance(children, list) else []))


def _api(page: Page, config: str, category: str) -> str:
    """Return the address of page 1 of a category; a portal in a folder of another has its own."""
    sid = _SID.search(config)
    folder = urlsplit(page.url).path.partition("/gkmlpt/")[0]
    return page.urljoin(f"{folder}/gkmlpt/api/all/{category}?page=1&sid={sid[1] if sid else ''}")


def _answer(page: Page) -> Found:
    """Read ``{classify: {post_count}, total, offset, articles: [{title, url, create_time}]}``."""
    try:
        data: Any = json.loads(page.text)
        articles = [entry for entry in data["articles"] if isinstance(entry, dict)]
    except (ValueError, KeyError, TypeError) as error:
        return Found(notes=(f"rows_hidden: not of the known shape ({type(error).__name__})",))
    rows = {row.url: row for entry in articles if (row := _row(page, entry)) is not None}
    number = int(scripting.query(page.url).get("page", "1") or 1)
    said, counted = data.get("total"), (data.get("classify") or {}).get("post_count")
    if not articles:
        return Found(tuple(rows.values()), total=number)
    if isinstance(said, int):
        # ``offset`` tells the size of a page: that of page 1 where this is page 1.
        offset = data.get("offset")
        size = offset // (number - 1) if number > 1 and offset else len(articles)
        total = max(-(-said // max(size, 1)), number)
        pages = tuple(_page(page, k) for k in range(2, min(total, MAX_PAGES) + 1))
        notes = _uncounted(said, counted) if number == 1 else ()
        return Found(tuple(rows.values()), pages, total=total, notes=notes)
    return _counted(page, tuple(rows.values()), number, len(articles), counted)


def _counted(page: Page, rows: tuple[Row, ...], number: int, size: int, counted: Any) -> Found:
    """Return a page of a list that only counts its posts: page 1 tells from its size how many
    pages there may be, the others which one may follow them."""
    most = -(-counted // size) if isinstance(counted, int) else 1
    total = max(most, 1) if number == 1 else number
    last = total if number == 1 else number + 1
    pages = tuple(_page(page, k) for k in range(2, min(last, MAX_PAGES) + 1))
    return Found(rows, pages, total=total, open_end=bool(pages))


def _uncounted(said: int, counted: Any) -> tuple[str, ...]:
    if isinstance(counted, int) and counted > said:
        return (f"posts_unlisted: counts {counted} posts, lists {said}",)
    return ()


def _page(page: Page, number: int) -> str:
    return scripting.asked(page.url, page=str(number))


def _row(page: Page, entry: dict[str, Any]) -> Row | None:
    target = entry.get("url") or entry.get("post_url") or ""
    url = page.urljoin(str(target)) if target else ""
    title = " ".join(re.sub(r"<[^>]*>", "", str(entry.get("title") or "")).split())
    return Row(url, title, _date(entry)) if url and title else None


def _date(entry: dict[str, Any]) -> str | None:
    """Return the day of publication; ``date`` is the day the document was signed."""
    stamp = entry.get("create_time")
    if isinstance(stamp, int) and not isinstance(stamp, bool) and 0 < stamp < 1 << 33:
        return datetime.fromtimestamp(stamp, UTC).astimezone(_SHANGHAI).date().isoformat()
    for name in ("display_publish_time", "created_at", "date"):
        if found := first_date(str(entry.get(name) or "")):
            return found
    return None
