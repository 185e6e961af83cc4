"""Plain static lists, whose articles stand under dated or numbered paths of many shapes."""

from __future__ import annotations

from crawler.sandbox.model import Column, Post
from crawler.sandbox.twins.twin import PLAIN, Rows, Twin

_SHAPES = {
    "sichuan": "{folder}{year}/{month}/{day}/{code}.shtml",
    "shanghai": "{folder}{date}/{code}.html",
    "zhuzhou": "{folder}{date}/i{serial}.html",
    "content_id": "{path}/content_{serial}",
    "number": "{folder}{serial}.htm",
    "content_dated": "{folder}{year}-{mm}/{dd}/content_{serial}.shtml",
    "content_post": "{folder}content/post_{serial}.html",
    "hebei": "{folder}{year}{mm}/{dd}/{uuid}.html",
    "doc": "/doc/{year}/{mm}/{dd}/{serial}.shtml",
    "contents": "{root}contents/{number}/{serial}.html",
    "liaocheng": "{folder}doc_{short}.html",
    "np": "/cms/html/npszf/{year}-{mm}-{dd}/{serial}.html",
}  # fmt: skip


class Dated(Twin):
    """``Site.variant`` names the shape of its articles' addresses."""

    skins = {
        "": PLAIN,
        "xxgkList": Rows(
            '<ul class="xxgkList">\n',
            '<li><a href="{href}" target="_blank">{title}</a><i>{iso}</i></li>',
            "\n</ul>\n",
        ),
        "table": Rows(
            '<table class="list_table"><tbody>\n',
            '<tr><td>·</td><td><a href="{href}" title="{title}">{cut}</a></td>'
            "<td>{slash}</td></tr>",
            "\n</tbody></table>\n",
        ),
    }

    def address(self, post: Post, serial: int, code: str) -> str:
        """The shape of the site."""
        day, column = post.posted, post.column
        number = "".join(letter for letter in column.path if letter.isdigit())
        uuid = f"{code[:8]}-{code[8:12]}-{code[12:16]}-{code[16:20]}-{code[20:]}"
        return _SHAPES[column.site.variant].format(
            folder=column.folder, path=column.path.removesuffix("/"), root="/",
            year=day.year, month=day.month, day=day.day,
            mm=f"{day.month:02d}", dd=f"{day.day:02d}", date=f"{day:%Y%m%d}", serial=serial,
            code=code, uuid=uuid, short=code[:24], number=number or "1",
        )  # fmt: skip

    def below(self, path: str, slug: str, number: int) -> str:
        """A folder below the column's."""
        folder, _, file = path.rpartition("/")
        return f"{folder}/{slug}/{file}"

    def page_path(self, column: Column, number: int) -> str:
        """index_2 is page 2."""
        if number == 1:
            return column.path
        file = column.path.rpartition("/")[2]
        if "." not in file:  # a folder, with or without its slash
            return f"{column.path.removesuffix('/')}/index_{number}{column.site.suffix}"
        stem, _, suffix = file.rpartition(".")
        return f"{column.folder}{stem}_{number}.{suffix}"

    def pager(self, column: Column, number: int) -> str:
        """Links to the pages, the next one by name."""
        links = "".join(
            f'<a href="{self.page_path(column, page)}">{page}</a> '
            for page in range(1, column.pages + 1)
            if page != number
        )
        following = ""
        if number < column.pages:
            following = f'<a class="next" href="{self.page_path(column, number + 1)}">下一页</a>'
        return f'<div class="pages">共{column.pages}页 {links}{following}</div>\n'
