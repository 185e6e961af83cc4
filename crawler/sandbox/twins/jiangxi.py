"""江西统一集约化: rows as JSON in a script, and a base href that moves relative links."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial

from crawler.sandbox.dice import dice
from crawler.sandbox.model import Column, Post
from crawler.sandbox.reply import Answer, Ask, Reply
from crawler.sandbox.twins.twin import Metas, Twin

QUERY = "/queryList"


class Jiangxi(Twin):
    """The list page carries the rows of the first page as articleList; more by POST."""

    def address(self, post: Post, serial: int, code: str) -> str:
        """Nineteen digits, no date."""
        digits = f"{int(code[:14], 16) % 10**19:019d}"
        return f"{post.column.folder}content/content_{digits}.html"

    def file(self, post: Post, serial: int, code: str) -> str:
        """Files lie apart, by day."""
        return f"/doc/ucap/{code[:8]}/document/{post.posted:%Y%m%d}/{code}.pdf"

    def below(self, path: str, slug: str, number: int) -> str:
        """Columns are numbered over the whole site."""
        return re.sub(r"(?<=/col)\d+", lambda old: str(int(old[0]) + number), path)

    def page_path(self, column: Column, number: int) -> str:
        """All pages but the first come from the service."""
        return column.path if number == 1 else QUERY

    def routes(self, column: Column) -> Iterator[tuple[str, Answer]]:
        """The page, and the service for its channel; ``?uid=&pageNum=`` changes nothing."""
        yield column.path, partial(self._first, column)
        yield QUERY, partial(self._query, column)

    def _first(self, column: Column, asked: Ask) -> str:
        page = self.list_page(column, 1)
        return page.replace("<head>", f'<head>\n<base href="/{column.site.code}/">', 1)

    def _query(self, column: Column, asked: Ask) -> Reply | None:
        own = {"webSiteCode[]": column.site.code, "channelCode[]": channel_of(column)}
        if not asked.posted or any(asked.values.get(name) != own[name] for name in own):
            return None
        number, size = asked.number("current"), asked.number("pageSize", column.rows)
        rows = self.slice(column, (number - 1) * size, number * size)
        results = [_entry(href, post) for href, post in rows]
        answer = {"code": 200, "data": {"total": len(column.posts), "results": results}}
        return Reply(200, json.dumps(answer).encode(), "application/json;charset=utf-8")

    def rows(self, column: Column, number: int) -> str:
        """A template and the rows as data."""
        unit = unit_of(column)
        articles = [_entry(href, post) for href, post in self.linked(column, number)]
        params = {
            "current": number, "unitid": unit, "webSiteCode": [column.site.code],
            "channelCode": [channel_of(column)], "perPage": str(column.rows),
            "showMode": "1", "titleMax": "34",
        }  # fmt: skip
        return (
            '<script id="list-template" type="text/x-handlebars-template">\n{{#each articleList}}'
            '<li><a href="{{urls.pc}}">{{title}}</a><span>{{pubDate}}</span></li>{{/each}}\n'
            "</script>\n"
            f'<ul id="{unit}"></ul>\n<script type="text/javascript">\nvar pageData = {{\n'
            f"articleList: {json.dumps(articles, ensure_ascii=False)},\n"
            f"total: {len(column.posts)}, pages: {column.pages}, current: {number}\n}};\n"
            f"loadPageData({json.dumps(params)},'{unit}');\n</script>\n"
        )

    def column_metas(self, column: Column) -> Metas:
        """When the page was generated."""
        return (("HtmlGenerateTime", "2026-03-02 04:58"),)

    def post_metas(self, post: Post, source: str) -> Metas:
        """The trio."""
        return (*super().post_metas(post, source), ("HtmlGenerateTime", "2026-03-02 04:58"))


def channel_of(column: Column) -> str:
    """Return the code of a column (``col42150``)."""
    found = re.search(r"col\d+", column.path)
    return found[0] if found else ""


def unit_of(column: Column) -> str:
    """Return the number of the block that holds the rows."""
    return str(dice(0, "unit", column.url).randint(100_000, 999_999))


def _entry(href: str, post: Post) -> dict[str, object]:
    return {
        "id": str(int.from_bytes(href.encode()[-8:-1])), "title": post.title,
        "pubDate": f"{post.shown} 09:30", "urls": json.dumps({"pc": href}),
        "contentSource": "", "articleFiles": [], "showTitle": f"<p>{post.title}</p>",
        "topStatus": 0, "archiveStatus": 0, "classify": "",
    }  # fmt: skip
