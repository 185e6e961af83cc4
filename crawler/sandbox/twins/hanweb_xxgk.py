"""大汉 Hanweb xxgk: a disclosure list that a search page fills, and a page an organ and year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from crawler.sandbox.model import Column, Post
from crawler.sandbox.reply import Answer, Ask, Reply
from crawler.sandbox.twins.hanweb import Hanweb, number_of
from crawler.sandbox.twins.twin import Rows, Twin

SEARCH = "/module/xxgk/search.jsp"


def area_of(column: Column) -> str:
    """Return the eighteen characters that the CMS knows an organ by: 11 and its division."""
    given = re.search(r"area=(\w+)", column.path)
    slug = column.agency.key if column.agency else column.path
    serial = int.from_bytes(slug.encode()[-5:])
    return given[1] if given else f"11{column.site.place.code}{serial % 10**10:010d}"


class HanwebSearch(Hanweb):
    """The column's page is a shell; its script asks search.jsp for the rows of a page."""

    skins = {
        "": Rows(
            '<table class="tb_main"><tbody>\n',
            '<tr class="tr_main_value_odd"><td><a class="bt_link" href="{href}" title="{title}">'
            "{cut}</a></td><td>{iso}</td></tr>",
            "\n</tbody></table>\n",
        )
    }

    def page_path(self, column: Column, number: int) -> str:
        """Every page comes from the search."""
        return SEARCH

    def routes(self, column: Column) -> Iterator[tuple[str, Answer]]:
        """The shell, and the search for this column."""
        yield column.path, partial(self._page, column, 1)
        yield SEARCH, partial(self._search, column)

    def requests(self, column: Column) -> int:
        """The shell and the search's pages."""
        return 1 + column.pages

    def rows(self, column: Column, number: int) -> str:
        """Nothing but the script that fills the page."""
        area, code = area_of(column), f"A{number_of(column) % 1000:03d}"
        query = (
            "standardXxgk=1&isAllList=1&texttype=0&fbtime=-1&vc_all=&vc_filenumber=&vc_title="
            "&vc_number=&currpage=1&sortfield=,compaltedate:0"
        )
        return (
            f'<div id="div{code}"></div>\n<script type="text/javascript">\n'
            f"$.ajax({{type:'POST', url:'{SEARCH}?{query}',\n"
            f"data:{{infotypeId:'{code}',jdid:'{column.site.code or 1}',area:'{area}',"
            f"divid:'div{code}',vc_title:'',vc_number:'',sortfield:',compaltedate:0',"
            "currpage:'1',vc_filenumber:'',vc_all:'',texttype:'0',fbtime:'-1',standardXxgk:'1'},\n"
            f"success:function(html){{$('#div{code}').html(html);}}}});\n</script>\n"
        )

    def _search(self, column: Column, asked: Ask) -> Reply | None:
        if asked.values.get("area") != area_of(column):
            return None
        number = asked.number("currpage")
        rows = self.skins[""].html(self.linked(column, number))
        pager = f'<div class="pg">共 {len(column.posts)} 条 第 {number}/{column.pages} 页</div>'
        return Reply(200, f"{rows}{pager}".encode(), "text/html;charset=utf-8")


class HanwebAnnual(Twin):
    """One page an organ and year; a drop-down of years leads from each to the others.

    The drop-down is assumed: only the pages themselves were seen.
    """

    reports_only = True

    def address(self, post: Post, serial: int, code: str) -> str:
        """The organ's address with the report's year."""
        return re.sub(r"(?<=fbtime=)\d+", str(post.year), post.column.path)

    def page_path(self, column: Column, number: int) -> str:
        """There is no list."""
        return column.path

    def requests(self, column: Column) -> int:
        """Any year's page shows all years."""
        return 1

    def routes(self, column: Column) -> Iterator[tuple[str, Answer]]:
        """The year that the column's address names, where it has no report of its own."""
        if column.path not in {post.path for post in column.posts}:
            yield column.path, partial(self._page, column, 1)

    def list_page(self, column: Column, number: int) -> str:
        """A year without a report."""
        return self.page(column, f"<p>暂无年报</p>{_years(column)}")

    def article_page(self, post: Post, source: str, index: dict[str, str], body: str) -> str:
        """A year's report, with the other years above it."""
        return super().article_page(post, source, index, f"{_years(post.column)}{body}")


def _years(column: Column) -> str:
    options = "".join(
        f'<option value="{post.year}">{post.year}年</option>' for post in column.posts
    )
    return (
        '<form><select name="fbtime" onchange="this.form.submit()"><option value="">选择年度'
        f"</option>{options}</select></form>\n"
    )
