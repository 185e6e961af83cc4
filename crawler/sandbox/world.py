"""The world: everything that the sandbox serves, and the truth about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from crawler.sandbox import articles, trs, ucap
from crawler.sandbox.addresses import number
from crawler.sandbox.chrome import VISITS, plain_page
from crawler.sandbox.figures import Figures, figures
from crawler.sandbox.model import Body, Column, Post, Report, Site, walk
from crawler.sandbox.pdf import pdf
from crawler.sandbox.plan import Portal
from crawler.sandbox.portals import SIZES, build
from crawler.sandbox.posting import fill
from crawler.sandbox.truth import truth

ROBOTS = "User-agent: *\nDisallow: /search\nDisallow: /admin/\nAllow: /\n"


@dataclass(frozen=True)
class Reply:
    """One answer of a site.

    Attributes:
        status: HTTP status.
        body: The bytes, before any compression.
        content_type: The Content-Type header; without a charset where the page must tell.
        location: Where a redirect leads, or empty.
    """

    status: int
    body: bytes
    content_type: str = "text/html"
    location: str = ""


Maker = Callable[[], Reply]


class World:
    """A miniature gov.cn.

    The same seed and size give the same bytes for every address, but for the view counter.
    Pages are rendered when asked for.

    Attributes:
        portals: The sites with their root columns.
        reports: Every report, with every address it stands at.
        others: Look-alikes, companions, bare files, and rows that lead elsewhere.
        skips: (body, year, why) of every report that was never filed.
    """

    def __init__(self, seed: int = 1, size: str = "small") -> None:
        """Build the world.

        Args:
            seed: Any integer.
            size: ``small``, ``medium`` or ``large``.

        Raises:
            KeyError: No such size.
        """
        self.seed, self.size = seed, size
        self.portals: list[Portal] = build(seed, SIZES[size])
        filed = fill(seed, self.portals)
        self.reports: list[Report] = filed.reports
        self.others: list[Post] = filed.others
        self.skips = filed.skips
        columns = [
            column for portal in self.portals for root in portal.roots for column in walk(root)
        ]
        number(seed, columns)
        self._sites = {_bare(portal.site.host): portal.site for portal in self.portals}
        self._pages: dict[tuple[str, str], Maker] = {}
        for portal in self.portals:
            self._enter(portal.site, "/", partial(_home, portal))
        for column in columns:
            self._enter_column(column)
        self._figures = lru_cache(maxsize=4096)(lambda body: figures(seed, body))

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

    def figures(self, body: Body, year: int) -> Figures:
        """Return the figures that a body's report of this year prints."""
        return self._figures(body)[year]

    def answer(self, site: Site, path: str, *, visits: int = 0) -> Reply:
        """Return what a site answers.

        Args:
            site: A site of this world.
            path: The path as requested, without the query. Leading slashes count as one.
            visits: What the view counter shows.
        """
        path = "/" + path.lstrip("/")
        if path == "/robots.txt":
            return _robots(site)
        maker = self._pages.get((_bare(site.host), path))
        if maker is None:
            page = plain_page(site, "404 页面不存在", "您访问的页面不存在或已删除。")
            return Reply(404, page.encode(_codec(site)))
        reply = maker()
        return Reply(
            reply.status, reply.body.replace(VISITS.encode(), str(visits).encode()),
            reply.content_type, reply.location,
        )  # fmt: skip

    def truth(self) -> dict[str, Any]:
        """Return the truth about everything in this world, as plain JSON data."""
        return truth(self)

    def _enter(self, site: Site, path: str, maker: Maker) -> None:
        self._pages[_bare(site.host), path] = maker

    def _enter_column(self, column: Column) -> None:
        site, family = column.site, trs if column.site.family == "trs" else ucap
        if column.children:
            first: Maker = partial(self._page, family.landing_page, column)
        elif column.single:
            first = partial(self._article, column.posts[0])
        else:
            first = partial(self._list_page, column, 1)
            for page in range(2, column.pages + 1):
                self._enter(
                    site, family.page_path(column, page), partial(self._list_page, column, page)
                )
            if site.stub_tail:
                stub = Reply(200, trs.STUB.encode())
                self._enter(site, family.page_path(column, column.pages + 1), lambda: stub)
            for post in column.posts:
                if not post.href:
                    self._enter(site, post.path, partial(self._article, post))
        self._enter(site, column.path, first)
        if site.family == "trs":
            self._enter(site, f"{column.folder}index{site.suffix}", first)
        else:
            moved = Reply(302, b"", location=site.root + column.path)
            self._enter(site, column.folder, lambda: moved)

    def _page(self, render: Callable[[Column], str], column: Column) -> Reply:
        return _encoded(render(column), column.site)

    def _list_page(self, column: Column, page: int) -> Reply:
        family = trs if column.site.family == "trs" else ucap
        return _encoded(family.list_page(column, page), column.site)

    def _article(self, post: Post) -> Reply:
        if post.kind == "attachment":
            return Reply(200, pdf([post.title, post.body.name]), "application/pdf")
        family = trs if post.column.site.family == "trs" else ucap
        html = family.article_page(
            post,
            articles.source_of(self.seed, post),
            articles.index_of(self.seed, post),
            articles.body_of(self.seed, post, self.figures(post.body, post.year)),
        )
        # The header names no charset where the page's own declaration may be wrong.
        return Reply(200, html.encode(post.encoding), _content_type(post.column.site))


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")


def _codec(site: Site) -> str:
    return "gb18030" if site.charset == "gb2312" else site.charset


def _content_type(site: Site) -> str:
    return "text/html" if site.family == "trs" else "text/html;charset=utf-8"


def _encoded(html: str, site: Site) -> Reply:
    return Reply(200, html.encode(_codec(site)), _content_type(site))


def _home(portal: Portal) -> Reply:
    links = "".join(f'<a href="{root.path}">{root.name}</a> ' for root in portal.roots)
    return _encoded(plain_page(portal.site, "首页", links), portal.site)


def _robots(site: Site) -> Reply:
    if site.robots == "allow":
        return Reply(200, ROBOTS.encode(), "text/plain")
    return Reply(403 if site.robots == "forbidden" else 404, b"", "text/plain")
