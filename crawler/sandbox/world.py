"""The world: everything that the sandbox serves, and the truth about it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial
from typing import Any
from urllib.parse import urlsplit

from crawler.sandbox import articles
from crawler.sandbox.addresses import number
from crawler.sandbox.chrome import VISITS, plain_page
from crawler.sandbox.earlier import hold_back
from crawler.sandbox.entrances import entrance_page
from crawler.sandbox.evolution import Evolution, evolve
from crawler.sandbox.figures import Figures, figures
from crawler.sandbox.files.guises import File
from crawler.sandbox.files.pdf_plain import pdf
from crawler.sandbox.files.serving import Files
from crawler.sandbox.freshness import mark
from crawler.sandbox.model import Body, Column, Post, Report, Site
from crawler.sandbox.noise import stir
from crawler.sandbox.plan import Portal
from crawler.sandbox.portals import build
from crawler.sandbox.posting import fill
from crawler.sandbox.reply import Answer, Ask, Reply, ask
from crawler.sandbox.truth import truth
from crawler.sandbox.twins import twin_of

__all__ = ["ROBOTS", "Reply", "World"]

ROBOTS = "User-agent: *\nDisallow: /search?\nDisallow: /admin/\nAllow: /\n"


class World:
    """A miniature gov.cn.

    The same seed and size give the same bytes for every address, but for the view counter.
    Pages are rendered when asked for.

    Attributes:
        portals: The sites with their root columns.
        reports: Every report, with every address it stands at.
        others: Look-alikes, companions, bare files, and rows that lead elsewhere.
        skips: (body, year, why) of every report that was never filed.
        columns: Every column, landing and entrance, those above before those below.
    """

    def __init__(
        self,
        seed: int = 1,
        size: str = "small",
        *,
        until: int | None = None,
        changes: str = "",
        files: str = "",
    ) -> None:
        """Build the world.

        Args:
            seed: Another seed is another world.
            size: A key of ``portals.SIZES``.
            until: The last report year that is published; None for all.
            changes: What became of it since it was last seen (``evolution.evolve``).
            files: Which reports are files, too or instead (``files.guises.kinds_of``).

        Raises:
            ValueError: A change that there is not, or that has no place; a kind of file that
                there is not.
        """
        self.seed, self.size = seed, size
        self.portals: list[Portal] = build(seed, size)
        filed = fill(seed, self.portals)
        # Before anything is held back: a page has the same address in every year.
        number(seed, [column for portal in self.portals for column in portal.columns()])
        if until is not None:
            hold_back(self.portals, filed, until)
        self.reports: list[Report] = filed.reports
        self.others: list[Post] = filed.others
        self.skips = filed.skips
        self.columns = [column for portal in self.portals for column in portal.columns()]
        self._figures = lru_cache(maxsize=4096)(lambda body: figures(seed, body))
        self.evolution = Evolution()
        self.evolution = evolve(self, changes)
        self.files = Files(seed, files, self.reports, self.figures)
        self._sites: dict[str, Site] = {}
        self._pages: dict[tuple[str, str], list[Answer]] = {}
        for column in self.columns:
            self._sites.setdefault(_bare(column.site.host), column.site)
        for column in self.columns:
            self._enter_column(column)
        for portal in self.portals:
            self._enter(portal.site, "/", partial(_home, portal))
        for post in self.evolution.unlisted:
            self._enter(post.column.site, post.path, partial(self._article, post))
        for post, guise in self.files.guises.items():
            for file in guise.files:
                self._enter(post.column.site, file.path, partial(self._file, post, file))
        for post, path in self.evolution.moved:
            self._enter(post.column.site, path, partial(_moved, post.url))

    @property
    def lookalikes(self) -> list[Post]:
        """What stands in the columns and is no report."""
        return [post for post in self.others if post.kind in ("lookalike", "elsewhere")]

    @property
    def hosts(self) -> list[str]:
        """Every host name that is answered for, with and without www."""
        bare = sorted(self._sites)
        return sorted({*bare, *(f"www.{host}" for host in bare)})

    def site(self, host: str) -> Site | None:
        """Return the site of a host name (www or bare), None for a host not in this world."""
        return self._sites.get(_bare(host))

    def is_shown(self, post: Post) -> bool:
        """Tell whether any page of its list shows the row of a post."""
        column = post.column
        shown = column.posts[: twin_of(column.site).shown(column)]
        return post in shown

    def figures(self, body: Body, year: int) -> Figures:
        """Return the figures that a body's report of this year prints."""
        return self.evolution.figures.get((body.key, year)) or self._figures(body)[year]

    def answer(
        self, site: Site, path: str, query: str = "", form: bytes | None = None, *, visits: int = 0
    ) -> Reply:
        """Return what a site answers.

        Args:
            site: A site of this world.
            path: The path as requested, without the query. Leading slashes count as one.
            query: The query, without its question mark.
            form: The body of a POST, None for a GET.
            visits: What the view counter shows.
        """
        path = "/" + path.lstrip("/")
        if path == "/robots.txt":
            return _robots(site)
        asked = ask(query, form)
        found: Reply | str | None = None
        for maker in self._pages.get((_bare(site.host), path), ()):
            found = maker(asked)
            if found is not None:
                break
        if found is None:
            page = plain_page(site, "404 页面不存在", "您访问的页面不存在或已删除。")
            return Reply(404, page.encode(_codec(site)))
        reply = found
        if isinstance(reply, str):
            reply = _encoded(self._stirred(reply, site, path), site)
        marked = mark(reply.body) if reply.status == 200 and form is None else ""
        body = reply.body.replace(VISITS.encode(), str(visits).encode())
        return replace(reply, body=body, mark=marked)

    def truth(self) -> dict[str, Any]:
        """Return the truth about everything in this world, as plain JSON data."""
        return truth(self)

    def _stirred(self, html: str, site: Site, path: str) -> str:
        if not self.evolution.noise:
            return html
        return stir(html, self.seed, self.evolution.noise, site.host, path)

    def _enter(self, site: Site, target: str, answer: Answer) -> None:
        """Let an address be answered; its query, if it has one, must be asked for."""
        if "://" in target:
            parts = urlsplit(target)
            site = replace(site, host=parts.hostname or "")
            self._sites.setdefault(_bare(site.host), site)
            target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        path, _, query = target.partition("#")[0].partition("?")
        if query:
            answer = partial(_if_asked, query, answer)
        self._pages.setdefault((_bare(site.host), path), []).append(answer)

    def _enter_column(self, column: Column) -> None:
        site, twin = column.site, twin_of(column.site)
        if column.look:
            self._enter(site, column.path, partial(_page, entrance_page, column))
            return
        if column.is_landing:
            first: Answer = partial(_page, twin.landing_page, column)
            self._enter(site, column.path, first)
        elif column.single:
            first = partial(self._article, column.posts[0])
            self._enter(site, column.path, first)
        else:
            routes = list(twin.routes(column))
            first = partial(_moved, column.url) if not routes else routes[0][1]
            for target, answer in routes:
                self._enter(site, target, answer)
            for post in (*column.posts, *column.files):
                if not post.href and post not in self.evolution.dead:
                    self._enter(site, post.path, partial(self._article, post))
                    if other := twin.also(post):
                        self._enter(site, other, partial(self._article, post))
        for door, moves in twin.doors(column):
            moved: Answer = partial(_moved, column.url)
            self._enter(site, door, moved if moves else first)

    def _article(self, post: Post, asked: Ask) -> Reply:
        if post.kind == "attachment":
            plain = Reply(200, pdf([post.title, post.body.name]), "application/pdf")
            return self.files.of_row(post) or plain
        body = articles.body_of(self.seed, post, self.figures(post.body, post.year))
        is_dressed = post in self.files.guises
        html = twin_of(post.column.site).article_page(
            post,
            articles.source_of(self.seed, post),
            articles.index_of(self.seed, post),
            self.files.body(post, body) if is_dressed else body,
        )
        if is_dressed:
            html = self.files.beside(post, html)
        html = self._stirred(html, post.column.site, post.path)
        # The header names no charset where the page's own declaration may be wrong.
        return Reply(200, html.encode(post.encoding), _content_type(post.column.site))

    def _file(self, post: Post, file: File, asked: Ask) -> Reply:
        return self.files.reply(post, file)


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")


def _codec(site: Site) -> str:
    return "gb18030" if site.charset == "gb2312" else site.charset


def _content_type(site: Site) -> str:
    return "text/html" if site.family == "trs" else "text/html;charset=utf-8"


def _encoded(html: str, site: Site) -> Reply:
    return Reply(200, html.encode(_codec(site)), _content_type(site))


def _if_asked(query: str, answer: Answer, asked: Ask) -> Reply | str | None:
    return answer(asked) if asked.has(query) else None


def _page(render: Any, column: Column, asked: Ask) -> Reply | str:
    page: Reply | str = render(column)
    return page


def _moved(location: str, asked: Ask) -> Reply:
    return Reply(302, b"", location=location)


def _home(portal: Portal, asked: Ask) -> str:
    """A portal whose way from the home page is not built has the plainest of all."""
    links = "".join(f'<a href="{root.path}">{root.name}</a> ' for root in portal.roots)
    return plain_page(portal.site, "首页", links)


def _robots(site: Site) -> Reply:
    if site.robots == "allow":
        return Reply(200, ROBOTS.encode(), "text/plain")
    return Reply(403 if site.robots == "forbidden" else 404, b"", "text/plain")
