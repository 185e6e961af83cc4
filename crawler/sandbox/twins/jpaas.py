"""JPaaS, the successor of Hanweb JCMS: rows as HTML inside JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

from crawler.sandbox.dice import dice
from crawler.sandbox.model import Column, Post
from crawler.sandbox.reply import Answer, Ask, Reply
from crawler.sandbox.twins.twin import Rows, Twin

UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"


def page_id(column: Column) -> str:
    """Return the 32 digits that the CMS knows a column's page by."""
    return f"{dice(0, 'jpaas', column.url).getrandbits(128):032x}"


class Jpaas(Twin):
    """``variant`` ``static`` answers the first page whatever page is asked for."""

    skins = {
        "": Rows(
            '<ul class="list_ul">\n',
            '<li><a href="{href}" title="{title}" target="_blank">{title}</a><b>{iso}</b></li>',
            "\n</ul>\n",
        )
    }

    def address(self, post: Post, serial: int, code: str) -> str:
        """The year and 32 digits, below the column."""
        return f"{post.column.folder}art/{post.posted.year}/art_{code}.html"

    def below(self, path: str, slug: str, number: int) -> str:
        """A folder below the column's."""
        folder, _, file = path.rpartition("/")
        return f"{folder}/{slug}/{file}"

    def page_path(self, column: Column, number: int) -> str:
        """Every page comes from the gateway."""
        return UNIT

    def routes(self, column: Column) -> Iterator[tuple[str, Answer]]:
        """The shell, and the gateway for its unit."""
        yield column.path, partial(self._page, column, 1)
        yield UNIT, partial(self._unit, column)

    def requests(self, column: Column) -> int:
        """The shell and the gateway's pages; the second one tells that it is the first again."""
        pages = min(column.pages, 2) if column.site.variant == "static" else column.pages
        return 1 + pages

    def shown(self, column: Column) -> int:
        """The static variant never shows what stands behind its first page."""
        return column.rows if column.site.variant == "static" else super().shown(column)

    def rows(self, column: Column, number: int) -> str:
        """Nothing but the script and its parameters."""
        values = {
            "webId": column.site.code or "1", "tplSetId": page_id(column)[::-1],
            "pageId": page_id(column), "tagId": "列表", "parseType": "bulidstatic",
            "pageType": "column",
        }  # fmt: skip
        return (
            '<div class="unit"><script type="text/javascript" '
            f'src="/jpaas-resource/AuthorizedRead/unitbuild.js" url="{UNIT}" '
            f"queryData='{json.dumps(values, ensure_ascii=False)}'></script></div>\n"
        )

    def _unit(self, column: Column, asked: Ask) -> Reply | None:
        if asked.values.get("pageId") != page_id(column):
            return None
        wanted = json.loads(asked.values.get("paramJson") or "{}")
        number = int(wanted.get("pageNo", 1)) if column.site.variant != "static" else 1
        rows = self.skins[""].html(self.linked(column, number))
        pager = (
            f'<div class="pagination" pagecount="{column.pages}" '
            f'total="{len(column.posts)}" pageno="{number}" pagesize="{column.rows}"></div>'
        )
        answer = {"success": True, "code": "200", "data": {"html": f"{rows}{pager}"}}
        return Reply(200, json.dumps(answer).encode(), "application/json;charset=utf-8")
