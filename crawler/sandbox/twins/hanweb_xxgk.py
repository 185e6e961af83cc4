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
ANNUAL = "/module/xxgk/xxgkAnnualReport.jsp"


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
    """One page an organ and year, asked for by both; a list of years leads to them."""

    skins = {
        "": Rows(
            '<div class="xxgk_nb"><ul>\n',
            '<li><a href="{href}" target="_blank">{title}</a><em>{iso}</em></li>',
            "\n</ul></div>\n",
        )
    }

    def address(self, post: Post, serial: int, code: str) -> str:
        """Reports have the organ and the year, other pages are articles."""
        if post.report is None or post is not post.report.posts[0]:
            return f"/art/{post.posted.year}/art_{code}.html"
        return f"{ANNUAL}?area={area_of(post.column)}&fbtime={post.year}"

    def below(self, path: str, slug: str, number: int) -> str:
        """Columns are numbered over the whole site."""
        return Hanweb().below(path, slug, number)

    def page_path(self, column: Column, number: int) -> str:
        """A list has one page."""
        return column.path

    def routes(self, column: Column) -> Iterator[tuple[str, Answer]]:
        """One page, whatever its length."""
        yield column.path, partial(self._page, column, 1)

    def requests(self, column: Column) -> int:
        """All rows stand on one page."""
        return 1

    def linked(self, column: Column, number: int) -> list[tuple[str, Post]]:
        """All rows stand on the one page."""
        return self.slice(column, 0, len(column.posts))
