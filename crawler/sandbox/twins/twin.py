"""What the twins of all CMSs share: the frame of lists, landings and articles.

A twin is written from what is known about a CMS, never from how our spiders read it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from html import escape

from crawler.sandbox.chrome import Head, counter_html, menu_html, page_html, tools_html
from crawler.sandbox.model import Column, Post
from crawler.sandbox.reply import Answer, Ask

Metas = tuple[tuple[str, str], ...]
Article = Callable[[Post, str, str, dict[str, str], str], str]
"""Writes an article from the post, its crumbs, source, index values and body."""


@dataclass(frozen=True)
class Rows:
    """How a list writes its rows.

    Attributes:
        before: What stands before the rows.
        item: A row, with ``{href}``, ``{title}``, ``{cut}`` (the title, cut if long), ``{iso}``
            and ``{slash}`` (the date as 2024-01-31 or 2024/01/31).
        after: What stands behind the rows.
        length: Letters of a cut title.
    """

    before: str
    item: str
    after: str
    length: int = 27

    def html(self, rows: list[tuple[str, Post]]) -> str:
        """Write rows of (href, post)."""
        return f"{self.before}{chr(10).join(self.items(rows))}{self.after}"

    def items(self, rows: list[tuple[str, Post]]) -> list[str]:
        """Write each row alone."""
        return [
            self.item.format(
                href=href, title=escape(post.title), cut=escape(self._cut(post.title)),
                iso=post.shown, slash=f"{post.shown:%Y/%m/%d}",
            )
            for href, post in rows
        ]  # fmt: skip

    def is_cut(self, title: str) -> bool:
        """Tell whether a row shows no more than the begin of a title."""
        return "{title}" not in self.item and self._cut(title) != title

    def _cut(self, title: str) -> str:
        return title if len(title) <= self.length + 1 else f"{title[: self.length]}…"


def plain_article(post: Post, crumbs: str, source: str, index: dict[str, str], body: str) -> str:
    """Write an article as CMSs without habits of their own do."""
    return (
        f'{crumbs}<div class="article"><h1>{escape(post.title)}</h1>\n'
        f'<div class="info">发布时间：{post.shown} 09:12　来源：{source}　{counter_html()}</div>\n'
        f'<div class="article-content" id="zoom">\n{body}</div>\n{tools_html()}</div>\n'
    )


PLAIN = Rows(
    '<ul class="list">\n',
    '<li><a href="{href}" target="_blank" title="{title}">{title}</a><span>{iso}</span></li>',
    "\n</ul>\n",
)


class Twin:
    """Serves columns and articles as one CMS does; subclasses say what is peculiar to it.

    Attributes:
        skins: Layouts of list rows by ``Site.list_skin``.
        articles: Layouts of articles by ``Site.article_skin``.
        reports_only: Its columns hold one report a year and nothing else.
        landing: What stands before the links of a landing, a link (``{href}``, ``{label}``), and
            what stands behind them.
    """

    skins: Mapping[str, Rows] = {"": PLAIN}
    articles: Mapping[str, Article] = {"": plain_article}
    reports_only = False
    landing: tuple[str, str, str] = (
        '<ul class="sub-list">\n', '<li><a href="{href}">{label}</a></li>\n', "</ul>",
    )  # fmt: skip

    # Addresses.

    def address(self, post: Post, serial: int, code: str) -> str:
        """Return the address of a post's page.

        Args:
            post: A post that has a page.
            serial: Its number on the platform, rising with the date.
            code: 32 hexadecimal digits of its own.
        """
        raise NotImplementedError

    def also(self, post: Post) -> str:
        """Return a second address of a post's page, or nothing; no row writes it."""
        return ""

    def file(self, post: Post, serial: int, code: str) -> str:
        """Return the address of a post that is a file."""
        return f"{post.column.folder}files/{code}.pdf"

    def below(self, path: str, slug: str, number: int) -> str:
        """Return the address of the ``number``-th column below a column."""
        return f"{path[: path.rindex('/') + 1]}{slug}/"

    def page_path(self, column: Column, number: int) -> str:
        """Return the address that serves page ``number`` (1-based) of a list."""
        raise NotImplementedError

    def doors(self, column: Column) -> Iterator[tuple[str, bool]]:
        """Yield further addresses of a column's first page, and whether they redirect to it."""
        return iter(())

    def routes(self, column: Column) -> Iterator[tuple[str, Answer]]:
        """Yield the addresses of a list with what answers there, its own address first.

        An address may carry the query that it answers to, and be absolute for another host.
        """
        for number in range(1, column.pages + 1):
            yield self.page_path(column, number), partial(self._page, column, number)

    def requests(self, column: Column) -> int:
        """Return how many requests show all that a list shows."""
        return column.pages

    def shown(self, column: Column) -> int:
        """Return how many rows of a list can be seen at all, the first ones."""
        return len(column.posts)

    def is_cut(self, column: Column, place: int) -> bool:
        """Tell whether the row at a place (from 0) shows no more than the begin of its title."""
        return self.skins[self.skin_at(column, place)].is_cut(column.posts[place].title)

    def skin_at(self, column: Column, place: int) -> str:
        """Return the key of the layout that writes the row at a place."""
        return column.site.list_skin

    def _page(self, column: Column, number: int, ask: Ask) -> str:
        return self.list_page(column, number)

    def href(self, post: Post, column: Column) -> str:
        """Return how a row writes the address of its post."""
        return post.url if post.is_spelt else post.href or post.path

    # Pages.

    def list_page(self, column: Column, number: int) -> str:
        """Render page ``number`` (1-based) of a list."""
        rows = self.rows(column, number)
        return self.page(column, f"{rows}{self.pager(column, number)}")

    def rows(self, column: Column, number: int) -> str:
        """Write the rows of a page."""
        return self.skins[column.site.list_skin].html(self.linked(column, number))

    def linked(self, column: Column, number: int) -> list[tuple[str, Post]]:
        """Return the posts of a page with their links."""
        first = (number - 1) * column.rows
        return self.slice(column, first, first + column.rows)

    def slice(self, column: Column, first: int, end: int) -> list[tuple[str, Post]]:
        """Return posts of a list with their links."""
        return [(self.href(post, column), post) for post in column.posts[first:end]]

    def pager(self, column: Column, number: int) -> str:
        """Write what leads to the other pages of a list."""
        return ""

    def landing_page(self, column: Column) -> str:
        """Render a page that leads to other columns only."""
        before, link, after = self.landing
        links = "".join(
            link.format(href=href, label=label) for href, label in self.below_of(column)
        )
        return self.page(column, f"{before}{links}{after}")

    def below_of(self, column: Column) -> list[tuple[str, str]]:
        """Return the links of a column to the columns below it: address and label."""
        return [
            (child.path if child.site is column.site else child.url, child.name)
            for child in column.children
        ] + [(address, label) for label, address in column.links]

    def page(self, column: Column, inner: str) -> str:
        """Put a page of a column together."""
        tabs = self.tabs(column) if column.posts else ""
        content = (
            f"{self.crumbs(column)}{menu_html(column.path)}"
            f'<div class="content"><h2>{column.name}</h2>\n{tabs}{inner}</div>\n'
        )
        return page_html(column.site, self.head(column), content)

    def tabs(self, column: Column) -> str:
        """Write the links to other lists above the rows of this one."""
        links = "".join(f'<a href="{href}">{label}</a> ' for href, label in self.below_of(column))
        return f'<div class="tabs">{links}</div>\n' if links else ""

    def head(self, column: Column) -> Head:
        """Return what a page of a column declares."""
        metas = (("ColumnName", column.name), *self.column_metas(column))
        return Head(column.name, metas, column.site.charset)

    def column_metas(self, column: Column) -> Metas:
        """Return the metas of a column besides its name."""
        return ()

    def crumbs(self, column: Column) -> str:
        """Write where a column stands."""
        return (
            f'<div class="position">当前位置：<a href="/">首页</a> &gt; '
            f'<a href="{column.path}">{column.name}</a></div>\n'
        )

    def article_page(self, post: Post, source: str, index: dict[str, str], body: str) -> str:
        """Render an article.

        Args:
            post: The post.
            source: Content of ContentSource; may be empty.
            index: Values of the index table by label.
            body: The HTML of its body.
        """
        column = post.column
        metas = (("ColumnName", column.name), *self.post_metas(post, source))
        write = self.articles[column.site.article_skin]
        content = write(post, self.crumbs(column), source, index, body)
        return page_html(column.site, Head(post.title, metas, post.charset), content)

    def post_metas(self, post: Post, source: str) -> Metas:
        """Return the metas of an article besides its column's name."""
        return (
            ("ArticleTitle", post.title), ("PubDate", f"{post.shown} 09:{post.shown.day + 10}"),
            ("ContentSource", source),
        )  # fmt: skip
