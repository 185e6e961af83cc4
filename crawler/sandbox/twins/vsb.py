"""博达 VSB: page files that count down, articles by tree and number, jsp addresses beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from html import escape

from crawler.sandbox.chrome import counter_html, tools_html
from crawler.sandbox.dice import dice
from crawler.sandbox.model import Column, Post
from crawler.sandbox.reply import Answer, Ask
from crawler.sandbox.twins.twin import Rows, Twin


def tree_of(column: Column) -> int:
    """Return the number of a column in the tree."""
    found = re.search(r"wbtreeid=(\d+)", column.path)
    return int(found[1]) if found else dice(0, "tree", column.url).randint(1000, 1999)


def _article(post: Post, crumbs: str, source: str, index: dict[str, str], body: str) -> str:
    return (
        f'{crumbs}<form name="_newscontent_fromname"><h2 class="title">{escape(post.title)}</h2>\n'
        f'<p class="v_news_info">时间：{post.shown.year}年{post.shown.month:02d}月'
        f"{post.shown.day:02d}日 来源：{source} {counter_html('点击')}</p>\n"
        f'<div id="vsb_content"><div class="v_news_content">\n{body}</div></div></form>\n'
        f"{tools_html()}"
    )


class Vsb(Twin):
    """Older pages are files that count down; ``variant`` ``jsp`` lists by list.jsp, ``jsp_all``
    has jsp addresses for articles too."""

    skins = {
        "": Rows(
            '<ul class="list_vsb">\n',
            '<li id="line_u8_0"><a href="{href}" target="_blank" title="{title}">{cut}</a>'
            "<span>{slash}</span></li>",
            "\n</ul>\n",
        )
    }
    articles = {"": _article}

    def address(self, post: Post, serial: int, code: str) -> str:
        """The tree and a number; some installations name both in the query."""
        tree = tree_of(post.column)
        if post.column.site.variant == "jsp_all":
            return f"/content.jsp?urltype=news.NewsContentUrl&wbtreeid={tree}&wbnewsid={serial}"
        return f"/info/{tree}/{serial}.htm"

    def also(self, post: Post) -> str:
        """The same article has a static address beside the jsp one."""
        found = re.search(r"wbtreeid=(\d+)&wbnewsid=(\d+)", post.path)
        return f"/info/{found[1]}/{found[2]}.htm" if found else ""

    def below(self, path: str, slug: str, number: int) -> str:
        """A folder of the column's name holds its children."""
        if "wbtreeid=" in path:
            return re.sub(r"(?<=wbtreeid=)\d+", lambda old: str(int(old[0]) + number), path)
        return f"{path.removesuffix('.htm')}/{slug}.htm"

    def page_path(self, column: Column, number: int) -> str:
        """Page 2 has the highest number, the last page is file 1."""
        if number == 1:
            return column.path
        if column.site.variant.startswith("jsp"):
            return f"{column.path}&PAGENUM={number}&totalpage={column.pages}"
        return f"{column.path.removesuffix('.htm')}/{column.pages - number + 1}.htm"

    def routes(self, column: Column) -> Iterator[tuple[str, Answer]]:
        """The addresses that name most come first, for the others are part of them."""
        if not column.site.variant.startswith("jsp"):
            yield from super().routes(column)
            return
        yield column.path, partial(self._by_query, column)

    def _by_query(self, column: Column, asked: Ask) -> str:
        return self.list_page(column, asked.number("PAGENUM"))

    def pager(self, column: Column, number: int) -> str:
        """Links to the neighbours and the last page."""
        links = [("首页", 1), ("上页", number - 1), ("下页", number + 1), ("尾页", column.pages)]
        written = "".join(
            f'<span class="p_no"><a href="{self._link(column, page)}">{label}</a></span>'
            for label, page in links
            if 1 <= page <= column.pages and page != number
        )
        return (
            f'<div class="pb_sys_common"><span class="p_t">共{len(column.posts)}条 '
            f"{number}/{column.pages}</span>{written}</div>\n"
        )

    def _link(self, column: Column, page: int) -> str:
        return escape(self.page_path(column, page))
