"""Our pages as routes of Datasette."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlencode

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from archive import payloads
from archive.db import Archive
from archive.site import language
from archive.site.country import Country, count
from archive.site.harmless import MARK, POLICY, shown
from archive.site.language import Language, Words
from archive.site.pages import archived, codebook, division, home, publisher, report, searching
from archive.site.questions import QUESTIONS

#: What our own pages may do: nothing but show themselves and the frame of an archived page.
OWN_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": OWN_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}

_FRESH = 60.0  # seconds

Context = dict[str, Any]
View = Callable[[Request], Awaitable[Response]]
Maker = Callable[[sqlite3.Connection, Country, Words, Language], Context | None]


class Site:
    """The pages over one archive.

    Args:
        datasette: The server.
        name: The database's name in it.
        path: The file.
        world: ``real`` or ``sandbox``: generated data says so on every page.
    """

    def __init__(self, datasette: Datasette, name: str, path: str, world: str) -> None:
        self._datasette = datasette
        self._name = name
        self._path = path
        self._world = world
        self._counted: tuple[Any, float, Country] | None = None
        self._counting = asyncio.Lock()

    def routes(self) -> list[tuple[str, View]]:
        """Return the addresses of our pages, as patterns, and what answers them."""
        return [
            (r"^/$", self._home),
            (r"^/divisions/(?P<code>[0-9A-Z]{6})$", self._division),
            (r"^/publishers/(?P<key>.+)$", self._publisher),
            (r"^/reports/(?P<key>.+)$", self._report),
            (r"^/search$", self._search),
            (r"^/codebook$", self._codebook),
            (r"^/archived/(?P<sha256>[0-9a-f]{64})$", self._archived),
            (r"^/bytes/(?P<sha256>[0-9a-f]{64})$", self._bytes),
        ]

    async def _home(self, request: Request) -> Response:
        return await self._page(
            request, "start.html",
            lambda conn, country, words, tongue: home.home(country, words),
        )  # fmt: skip

    async def _division(self, request: Request) -> Response:
        code, asked = request.url_vars["code"], _asked(request)
        return await self._page(
            request, "division.html",
            lambda conn, country, words, tongue: division.division(
                conn, country, code, asked, tongue),
        )  # fmt: skip

    async def _publisher(self, request: Request) -> Response:
        key = unquote(request.url_vars["key"])
        return await self._page(
            request, "publisher.html",
            lambda conn, country, words, tongue: publisher.publisher(
                conn, country, key, words, tongue),
        )  # fmt: skip

    async def _report(self, request: Request) -> Response:
        key, asked = unquote(request.url_vars["key"]), _asked(request)
        return await self._page(
            request, "report.html",
            lambda conn, country, words, tongue: report.report(conn, key, asked, tongue),
        )  # fmt: skip

    async def _search(self, request: Request) -> Response:
        asked = _asked(request)
        return await self._page(
            request, "search.html",
            lambda conn, country, words, tongue: searching.searching(conn, country, asked),
        )  # fmt: skip

    async def _codebook(self, request: Request) -> Response:
        return await self._page(
            request, "codebook.html",
            lambda conn, country, words, tongue: codebook.codebook(conn, tongue),
        )  # fmt: skip

    async def _archived(self, request: Request) -> Response:
        sha256, asked = request.url_vars["sha256"], _asked(request)
        return await self._page(
            request, "archived.html",
            lambda conn, country, words, tongue: archived.archived(conn, sha256, asked),
        )  # fmt: skip

    async def _bytes(self, request: Request) -> Response:
        """An archived document, made harmless; shown in a frame of ours only."""
        sha256, at = request.url_vars["sha256"], archived.place(_asked(request))
        page = await asyncio.to_thread(self._shown, sha256, at)
        if page is None:
            return Response.html("", status=404, headers={"Content-Security-Policy": POLICY})
        return Response.html(page, headers=_HEADERS | {"Content-Security-Policy": POLICY})

    def _shown(self, sha256: str, at: str | None) -> str | None:
        with Archive.open(self._path, write=False, world=None) as opened:
            if not archived.is_here(opened.conn, sha256):
                return None
            row = opened.conn.execute(
                "SELECT json_extract(source, '$.content_type') FROM documents "
                "WHERE payload_sha256 = ?",
                [sha256],
            ).fetchone()
            if row is None:  # a list page: it is kept, and not for showing
                return None
            return shown(payloads.get(opened, sha256), row[0], at)

    async def _page(self, request: Request, template: str, make: Maker) -> Response:
        chosen = language.chosen(request.args.get("lang"), request.cookies.get(language.COOKIE))
        words = language.words(chosen)
        database = self._datasette.get_database(self._name)
        country = await self._country()
        made = await database.execute_fn(lambda conn: make(conn, country, words, chosen))
        status = 200 if made is not None else 404
        body = await self._datasette.render_template(
            template if made is not None else "missing.html",
            {
                **(made or {}),
                "t": words,
                "language": chosen,
                "other_language": _other(request, chosen),
                "is_generated": self._world == "sandbox",
                "database_name": self._name,
                "questions": QUESTIONS,
                "url_of": _path,
                "mark": MARK,
                "number": _number,
            },
            request=request,
        )
        answer = Response.html(body, status=status, headers=dict(_HEADERS))
        if request.args.get("lang"):
            answer.set_cookie(language.COOKIE, chosen, max_age=31_536_000, samesite="lax")
        return answer

    async def _country(self) -> Country:
        """The counts over the file, made anew when it was written since: once a minute at most,
        for a crawl writes all the time."""
        async with self._counting:
            database = self._datasette.get_database(self._name)
            state = await asyncio.to_thread(_state, Path(self._path))
            known = self._counted
            if known is None or (known[0] != state and time.monotonic() - known[1] > _FRESH):
                known = (state, time.monotonic(), await database.execute_fn(count))
                self._counted = known
            return known[2]


class Plugin:
    """What Datasette asks its plugins, answered for one site."""

    __name__ = __name__  # Datasette lists its plugins by the names of their modules

    def __init__(self, name: str, path: str, world: str) -> None:
        self._arguments = (name, path, world)

    @hookimpl  # type: ignore[untyped-decorator]  # the library has no types
    def register_routes(self, datasette: Datasette) -> list[tuple[str, View]]:
        """Add our pages; they come before Datasette's own."""
        return Site(datasette, *self._arguments).routes()


def _state(path: Path) -> tuple[tuple[int, int], ...]:
    """When a file was last written and how large it is, its log included."""
    return tuple(
        (stat.st_mtime_ns, stat.st_size)
        for file in (path, path.with_name(path.name + "-wal"))
        if file.exists() and (stat := file.stat())
    )


def _asked(request: Request) -> dict[str, str]:
    return {key: request.args.get(key) for key in request.args}


def _other(request: Request, chosen: Language) -> str:
    asked = _asked(request) | {"lang": "zh" if chosen == "en" else "en"}
    return "?" + urlencode(asked)


def _path(kind: str, key: str, **asked: Any) -> str:
    """Return the address of a page; keys hold slashes, which stay, and Chinese."""
    query = urlencode({name: value for name, value in asked.items() if value not in (None, "")})
    return f"/{kind}/{quote(key, safe='/:')}" + (f"?{query}" if query else "")


def _number(value: float | None) -> str:
    """A number for the eye; nothing for what is missing."""
    if value is None:
        return ""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.3g}"
