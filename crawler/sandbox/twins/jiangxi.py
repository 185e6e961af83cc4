"""江西统一集约化: rows as JSON in a script, and a base href that moves relative links."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial

from crawler.sandbox.dice import dice
from crawler.sandbox.model import Column, Post
from crawler.sandbox.reply import Answer, Ask
from crawler.sandbox.twins.twin import Metas, Twin


class Jiangxi(Twin):
    """The list page carries the rows of its page as articleList.

    That the server answers ``?uid=&pageNum=`` with the rows of that page is assumed.
    """

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
        """The column with its unit and the page."""
        if number == 1:
            return column.path
        return f"{column.path}?uid={unit_of(column)}&pageNum={number}"

    def routes(self, column: Column) -> Iterator[tuple[str, Answer]]:
        """One address; the page is in the query."""
        yield column.path, partial(self._by_query, column)

    def _by_query(self, column: Column, asked: Ask) -> str:
        page = self.list_page(column, asked.number("pageNum"))
        return page.replace("<head>", f'<head>\n<base href="/{column.site.code}/">', 1)

    def rows(self, column: Column, number: int) -> str:
        """A template and the rows as data."""
        unit = unit_of(column)
        articles = [_entry(column, href, post) for href, post in self.linked(column, number)]
        code = re.search(r"col\d+", column.path)
        params = {
            "current": number, "unitid": unit, "webSiteCode": [column.site.code],
            "channelCode": [code[0] if code else ""], "perPage": str(column.rows),
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


def unit_of(column: Column) -> str:
    """Return the number of the block that holds the rows."""
    return str(dice(0, "unit", column.url).randint(100_000, 999_999))


def _entry(column: Column, href: str, post: Post) -> dict[str, object]:
    return {
        "id": str(int.from_bytes(href.encode()[-8:-1])), "title": post.title,
        "pubDate": f"{post.shown} 09:30", "urls": json.dumps({"pc": href}),
        "contentSource": "", "articleFiles": [], "showTitle": f"<p>{post.title}</p>",
        "topStatus": 0, "archiveStatus": 0, "classify": "",
    }  # fmt: skip
