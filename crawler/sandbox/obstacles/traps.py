"""Links without an end in the lists: calendars, pagers, sessions."""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.sandbox.dice import dice
from crawler.sandbox.obstacles.kind import LISTS, Asked, Kind, Role, Steps, html, message
from crawler.sandbox.reply import Reply

_MONTH = re.compile(r"/rili/(\d{4})/(\d{2})/$")
_PAGER = re.compile(rb"(createPageHTML\((?:'\w+',\s*)?)(\d+)")
_MANY_PAGES = b"99999"
_LIST_END = b'<div class="footer">'
_PATHS: frozenset[Role] = LISTS | {"other"}


def _after(reply: Reply, block: str) -> Reply:
    """Return a list with something more below its rows."""
    try:
        codec = "utf-8"
        reply.body.decode(codec)
    except UnicodeDecodeError:
        codec = "gb18030"
    added = block.encode(codec) + _LIST_END
    return replace(reply, body=reply.body.replace(_LIST_END, added, 1))


def _folder(asked: Asked) -> str:
    return asked.path[: asked.path.rindex("/") + 1]


def _months(folder: str, year: int, month: int) -> str:
    """Return the links of a calendar page: next month and next year, for ever."""
    next_year, next_month = (year, month + 1) if month < 12 else (year + 1, 1)
    links = ((next_year, next_month, "下一月"), (year + 1, month, f"{year + 1}年"))
    return '<div class="rili">' + "".join(
        f'<a href="{folder}rili/{y:04d}/{m:02d}/">{label}</a> ' for y, m, label in links
    ) + "</div>"  # fmt: skip


def _calendar(asked: Asked) -> Steps | None:
    """A month's page: nothing was posted, and there is always another month."""
    found = _MONTH.search(asked.path)
    if found is None:
        return None
    year, month = int(found[1]), int(found[2])
    text = "本月没有信息" + _months(asked.path[: found.start() + 1], year, month)
    return [message("200 OK", html(f"{year}年{month}月政府信息公开年报", text))]


def _with_calendar(asked: Asked, reply: Reply) -> Reply:
    if asked.role == "other":
        return reply
    return _after(reply, _months(_folder(asked), 2026, 1))


def _with_query(asked: Asked, reply: Reply) -> Reply:
    """The same rows under every number, and always a next page."""
    if asked.role == "other":
        return reply
    found = re.search(r"[?&]page=(\d+)", asked.target)
    number = int(found[1]) if found else 1
    return _after(reply, f'<div class="more"><a href="?page={number + 1}">下一页</a></div>')


def _with_pager(asked: Asked, reply: Reply) -> Reply:
    """The pager promises pages without number."""
    body = _PAGER.sub(rb"\g<1>" + _MANY_PAGES, reply.body)
    return replace(reply, body=body)


def _any_page(asked: Asked) -> Steps | None:
    """A page number that the list has not shows the first page again."""
    if asked.role != "other" or not re.search(r"_\d+\.s?html?$", asked.path):
        return None
    return [message("200 OK", html("政府信息公开年报", "暂无信息"))]


def _with_sessions(asked: Asked, reply: Reply) -> Reply:
    """Every link carries a session that is new at each request, the list's link to itself too."""
    if asked.role == "other":
        return reply
    chance = dice(asked.seed, "session", asked.url, asked.tries)
    session = f"?sid={chance.getrandbits(64):016x}".encode()
    pattern = rb"""(href=["'])([^"'#?:]+\.s?html)(?=["'])"""
    body = re.sub(pattern, rb"\g<1>\g<2>" + session, reply.body)
    again = f'<div><a href="{asked.path}{session.decode()}">全部年报</a></div>'
    return _after(replace(reply, body=body), again)


KINDS = (
    Kind("trap_calendar", "links to a calendar without an end", roles=_PATHS, act=_calendar,
         alter=_with_calendar),
    Kind("trap_query", "has a next page for every ?page=N", roles=_PATHS, alter=_with_query),
    Kind("trap_pager", "promises 99,999 pages and answers for all", roles=_PATHS, act=_any_page,
         alter=_with_pager),
    Kind("trap_session", "writes a new session into all links", roles=_PATHS,
         alter=_with_sessions),
)  # fmt: skip
