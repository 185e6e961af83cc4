"""Small CMSs that ask for everything by a query: aspx, php and jsp pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from crawler.sandbox.model import Column, Post
from crawler.sandbox.reply import Answer, Ask
from crawler.sandbox.twins.twin import Rows, Twin

_ARTICLES = {
    "aspx": "{folder}GovOpenShow.aspx?id={stamp}",
    "dept": "{folder}year_details.aspx?dept={dept}&id={serial}",
    "php": "{folder}gknb_show.php?id={serial}",
    "news": "/News/Detail/{stamp}.html",
}


class Query(Twin):
    """``Site.variant`` names the shape of its articles' addresses."""

    skins = {
        "": Rows(
            '<table class="listtable">\n',
            '<tr><td><a href="{href}" target="_blank" title="{title}">{title}</a></td>'
            "<td>{slash}</td></tr>",
            "\n</table>\n",
        )
    }

    def address(self, post: Post, serial: int, code: str) -> str:
        """A number, or the moment it was entered with milliseconds."""
        number = int(code[:6], 16)
        stamp = f"{post.posted:%Y%m%d}{9 + number % 9:02d}{number % 60:02d}{serial % 100000:05d}"
        return _ARTICLES[post.column.site.variant].format(
            folder=post.column.folder, serial=serial, stamp=stamp,
            dept=number_of(post.column),
        )  # fmt: skip

    def below(self, path: str, slug: str, number: int) -> str:
        """The number in the query grows."""
        return re.sub(r"\d+(?!.*\d)", lambda old: str(int(old[0]) + number), path)

    def page_path(self, column: Column, number: int) -> str:
        """The page is one more value."""
        if number == 1:
            return column.path
        return f"{column.path}{'&' if '?' in column.path else '?'}page={number}"

    def routes(self, column: Column) -> Iterator[tuple[str, Answer]]:
        """One address; the page is in the query."""
        yield column.path, partial(self._by_query, column)

    def _by_query(self, column: Column, asked: Ask) -> str:
        return self.list_page(column, asked.number("page"))

    def pager(self, column: Column, number: int) -> str:
        """Links to the neighbours and the last page."""
        links = (("上一页", number - 1), ("下一页", number + 1), ("末页", column.pages))
        written = " ".join(
            f'<a href="{self.page_path(column, page).replace("&", "&amp;")}">{label}</a>'
            for label, page in links
            if 1 <= page <= column.pages and page != number
        )
        return f'<div class="pager">第{number}页/共{column.pages}页 {written}</div>\n'


def number_of(column: Column) -> str:
    """Return the last number of a column's address."""
    digits = re.findall(r"\d+", column.path)
    return digits[-1] if digits else "1"
