"""Lists whose page files count down from the last page, as 国资委's (also on city portals)."""

from __future__ import annotations

import re

from crawler.sandbox.dice import dice
from crawler.sandbox.model import Column, Post
from crawler.sandbox.twins.twin import Rows, Twin


class Sasac(Twin):
    """index_<unit>_<k>.html: page 2 of M has the highest k, the last page is _1."""

    skins = {
        "": Rows(
            '<div class="zsy_conlist"><ul>\n',
            '<li><a href="{href}" title="{title}" target="_blank">{title}</a>'
            "<span>[{iso}]</span></li>",
            "\n</ul></div>\n",
        )
    }

    def address(self, post: Post, serial: int, code: str) -> str:
        """The column's numbers and one of its own."""
        return f"{post.column.folder}c{10_000_000 + serial}/content.html"

    def below(self, path: str, slug: str, number: int) -> str:
        """A number of its own below the column's."""
        return f"{path[: path.rindex('/') + 1]}n{38_400_000 + number}/index.html"

    def page_path(self, column: Column, number: int) -> str:
        """Page 2 is file M-1."""
        if number == 1:
            return column.path
        return f"{column.folder}index_{unit_of(column)}_{column.pages - number + 1}.html"

    def pager(self, column: Column, number: int) -> str:
        """The script knows the number of pages; so does a cookie."""
        unit = unit_of(column)
        return (
            f'<div id="pag_{unit}"></div>\n<script>var maxPageNum = {column.pages};\n'
            f'function _load{unit}() {{ var purl = "index_{unit}_" + (maxPageNum - 1) + ".html";\n'
            f'setCookie("maxPageNum{unit}", {column.pages}); }}</script>\n'
        )


def unit_of(column: Column) -> str:
    """Return the number of the block that is paged."""
    digits = re.findall(r"\d+", column.path)
    base = int(digits[-1]) if digits else 0
    return str(dice(0, "pag", column.site.host, base).randint(1_000_000, 9_999_999))
