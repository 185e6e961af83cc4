"""安徽龙讯 LonSun: /public/column/<organ>?type=3, its rows from a label that cuts titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from html import escape

from crawler.sandbox.chrome import counter_html, tools_html
from crawler.sandbox.model import Column, Post
from crawler.sandbox.reply import Answer, Ask, Reply
from crawler.sandbox.twins.twin import Rows, Twin

LABEL = "/site/label/8888"
_LENGTH = 25  # length=50 counts bytes: so many Chinese letters


def organ_of(column: Column) -> str:
    """Return the number of the organ in a column's address."""
    found = re.search(r"/column/(\d+)", column.path)
    return found[1] if found else "0"


def _article(post: Post, crumbs: str, source: str, index: dict[str, str], body: str) -> str:
    rows = "\n".join(f"<tr><th>{name}</th><td>{value}</td></tr>" for name, value in index.items())
    return (
        f'{crumbs}<table class="table_suoyin">\n{rows}\n</table>\n'
        f'<h1 class="newstitle">{escape(post.title)}</h1>\n'
        f'<div class="newsinfo">发布时间：{post.shown} 10:12 信息来源：{source} {counter_html()}'
        f'</div>\n<div class="newscontnet" id="zoom">\n{body}</div>\n{tools_html()}'
    )


class Lonsun(Twin):
    """``list_skin`` ``label``: the page is a shell whose rows come from the label."""

    skins = {
        "": Rows(
            '<div class="gk_list"><ul>\n',
            '<li><div><a class="title" href="{href}" target="_blank">{title}</a></div>'
            '<span class="date">{iso}</span></li>',
            "\n</ul></div>\n",
        ),
        "label": Rows(
            "<ul>\n",
            '<li><div class="title"><a href="{href}" target="_blank">{cut}</a></div>'
            '<span class="date">{iso}</span></li>',
            "\n</ul>\n",
            _LENGTH,
        ),
    }
    articles = {"": _article}

    def address(self, post: Post, serial: int, code: str) -> str:
        """The organ and the content."""
        prefix = post.column.path.partition("public/")[0]
        return f"{prefix}public/{organ_of(post.column)}/{serial}.html"

    def below(self, path: str, slug: str, number: int) -> str:
        """Each organ has a column of its own."""
        return re.sub(r"(?<=/column/)\d+", lambda old: str(int(old[0]) + number), path)

    def page_path(self, column: Column, number: int) -> str:
        """Pages behind the first, and all of a shell, come from the label."""
        return column.path if number == 1 and column.site.list_skin != "label" else LABEL

    def routes(self, column: Column) -> Iterator[tuple[str, Answer]]:
        """The column, and the label for its organ."""
        yield column.path, partial(self._page, column, 1)
        yield LABEL, partial(self._label, column)

    def requests(self, column: Column) -> int:
        """A shell is one request more."""
        return column.pages + (1 if column.site.list_skin == "label" else 0)

    def skin_at(self, column: Column, place: int) -> str:
        """The label writes all that stands behind the first page."""
        return "label" if place >= column.rows else super().skin_at(column, place)

    def rows(self, column: Column, number: int) -> str:
        """The rows, or the script that asks for them."""
        query = (
            f"labelName=publicInfoList&siteId={column.site.code or 6790621}"
            f"&pageSize={column.rows}&pageIndex=1&isDate=true&dateFormat=yyyy-MM-dd&length=50"
            f"&active=0&organId={organ_of(column)}&type=3&catIds=&action=list&fuzzySearch=false"
            "&keyWords=&publicDivId=tab_0_0&isInvalid=0%2C5"
            "&file=%2Fjh5%2FpublicInfoList_xzgfk"
        )
        if column.site.list_skin != "label":
            return super().rows(column, number) + self._more(column, query)
        return (
            '<div class="gk_list" id="tab_0_0"></div>\n<script type="text/javascript">\n'
            f"$.get('{LABEL}?{query}', function(html){{ $('#tab_0_0').html(html); }});\n</script>\n"
        )

    def _more(self, column: Column, query: str) -> str:
        return (
            f'<div class="page" id="page_0" total="{column.pages}"></div>\n<script>\n'
            f"Ls.pagination({{ element:'page_0', total:{len(column.posts)}, pageIndex:1, "
            f"pageSize:{column.rows}, pageCount:{column.pages}, url:'{LABEL}?{query}' }});\n"
            "</script>\n"
        )

    def _label(self, column: Column, asked: Ask) -> Reply | None:
        if asked.values.get("organId") != organ_of(column):
            return None
        number = asked.number("pageIndex")
        rows = self.skins["label"].html(self.linked(column, number))
        pager = (
            f'<div class="pagination" pageindex="{number}" pagecount="{column.pages}" '
            f'total="{len(column.posts)}"></div>'
        )
        return Reply(200, f"{rows}{pager}".encode(), "text/html;charset=utf-8")
