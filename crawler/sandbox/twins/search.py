"""Lists that a search fills: UCAP's JSON by GET, Hunan's by POST, half of a list by POST."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

from crawler.sandbox.model import Column, Post
from crawler.sandbox.reply import Answer, Ask, Reply
from crawler.sandbox.twins.twin import Metas
from crawler.sandbox.twins.ucap import Ucap, channel


class Service(Ucap):
    """UCAP articles; the rows come as JSON."""

    def requests(self, column: Column) -> int:
        """The shell and the service's pages."""
        return 1 + column.pages

    def _answer(self, column: Column, number: int, size: int) -> Reply:
        first = (number - 1) * size
        data = {
            "page": number, "rows": size, "total": len(column.posts),
            "channelId": channel(column),
            "results": [_result(post, column) for post in column.posts[first : first + size]],
        }  # fmt: skip
        return Reply(200, json.dumps({"data": data}).encode(), "application/json;charset=utf-8")


class UcapJson(Service):
    """GET /searchList/<channelid> or, ``variant`` ``common``, /common/search/<channelid>."""

    def page_path(self, column: Column, number: int) -> str:
        """Every page comes from the service."""
        kind = "common/search" if column.site.variant == "common" else "searchList"
        return f"/{kind}/{channel(column)}"

    def routes(self, column: Column) -> Iterator[tuple[str, Answer]]:
        """The shell, and the service for its channel."""
        yield column.path, partial(self._page, column, 1)
        yield self.page_path(column, 1), partial(self._service, column)

    def rows(self, column: Column, number: int) -> str:
        """Nothing but the script that fills the page."""
        query = (
            f"_isAgg=true&_isJson=true&_pageSize={column.rows}&_template=index&_rangeTimeGte="
            "&_channelName=&page=1"
        )
        return (
            '<div class="list" id="list"></div>\n<script type="text/javascript">\n'
            f'$.getJSON("{self.page_path(column, 1)}?{query}", function(res){{ show(res.data); }});'
            "\n</script>\n"
        )

    def pager(self, column: Column, number: int) -> str:
        """The script writes it."""
        return ""

    def _service(self, column: Column, asked: Ask) -> Reply | None:
        return self._answer(column, asked.number("page"), asked.number("_pageSize", column.rows))


class HunanApi(Service):
    """POST api.hunan.gov.cn/search/common/search/<number>; ``Site.code`` is the number."""

    def page_path(self, column: Column, number: int) -> str:
        """Every page comes from the province's service."""
        return f"https://api.hunan.gov.cn/search/common/search/{column.site.code}"

    def routes(self, column: Column) -> Iterator[tuple[str, Answer]]:
        """The shell, and the service on its own host."""
        yield column.path, partial(self._page, column, 1)
        yield self.page_path(column, 1), partial(self._service, column)

    def rows(self, column: Column, number: int) -> str:
        """Nothing but the script with its form."""
        form = (
            "datas[0][key]=status&datas[0][value]=4&datas[0][join]=and&datas[0][queryType]=term"
            "&datas[1][key]=publishedTime&datas[1][sort]=true&datas[1][order]=desc"
            f"&page=1&_pageSize={column.rows}&_isAgg=true"
        )
        return (
            '<div class="hy-list-text"><ul id="list"></ul></div>\n<script type="text/javascript">\n'
            f'$.post("{self.page_path(column, 1)}", "{form}", show);\n</script>\n'
        )

    def pager(self, column: Column, number: int) -> str:
        """The script writes it."""
        return ""

    def _service(self, column: Column, asked: Ask) -> Reply | None:
        if not asked.posted:
            return Reply(405, b'{"message":"Method Not Allowed"}', "application/json")
        return self._answer(column, asked.number("page"), asked.number("_pageSize", column.rows))


class HalfSearch(Service):
    """Half of the rows stand in the page, the others come by POST from ``<site>/search``."""

    def page_path(self, column: Column, number: int) -> str:
        """Only the first page is a page."""
        return column.path if number == 1 else f"/{column.site.code}/search"

    def routes(self, column: Column) -> Iterator[tuple[str, Answer]]:
        """The page, and the search for its channel."""
        yield column.path, partial(self._page, column, 1)
        yield f"/{column.site.code}/search", partial(self._search, column)

    def requests(self, column: Column) -> int:
        """The page and the search."""
        return 2 if len(column.posts) > 1 else 1

    def linked(self, column: Column, number: int) -> list[tuple[str, Post]]:
        """The first half, rounded up."""
        return self.slice(column, 0, -(-len(column.posts) // 2))

    def pager(self, column: Column, number: int) -> str:
        """The script that asks for the rest."""
        form = {
            "channelId": channel(column), "pageNo": 2, "pageSize": -(-len(column.posts) // 2),
        }  # fmt: skip
        return (
            f'<div id="more"></div><script type="text/javascript">\nvar total = '
            f"{len(column.posts)};\n$.post('/{column.site.code}/search', {json.dumps(form)}, "
            "function(res){ more(res.data.results); });\n</script>\n"
        )

    def _search(self, column: Column, asked: Ask) -> Reply | None:
        if asked.values.get("channelId") != channel(column) or not asked.posted:
            return None
        half = -(-len(column.posts) // 2)
        return self._answer(column, asked.number("pageNo"), asked.number("pageSize", half))

    def column_metas(self, column: Column) -> Metas:
        """As UCAP."""
        return super().column_metas(column)


def _result(post: Post, column: Column) -> dict[str, object]:
    moment = datetime(post.shown.year, post.shown.month, post.shown.day, 1, 30, tzinfo=UTC)
    url = post.href or f"//{post.place}"
    return {
        "title": post.title, "url": url.removeprefix("http:").removeprefix("https:"),
        "publishedTime": int(moment.timestamp() * 1000),
        "publishedTimeStr": f"{post.shown} 09:30:00", "content": "", "contentHtml": "",
        "memo": "", "channelName": column.name, "manuscriptId": str(len(url) * 7919),
        "resList": [], "domainMetaList": [],
    }  # fmt: skip
