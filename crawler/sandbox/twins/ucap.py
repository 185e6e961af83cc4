"""Pages of the UCAP family: 1-based page files, 32-hex ids, pseudo elements."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from crawler.sandbox.chrome import counter_html, neighbours_html, tools_html
from crawler.sandbox.model import Column, Post
from crawler.sandbox.twins.twin import Metas, Rows, Twin


def channel(column: Column) -> str:
    """Return the 32 hexadecimal digits that the CMS knows a column by."""
    return f"{int.from_bytes(column.path.encode()[-16:]):032x}"


def _huaihua(post: Post, crumbs: str, source: str, index: dict[str, str], body: str) -> str:
    return (
        f'{crumbs}<div class="article"><h1 class="bt"><ucaptitle>{escape(post.title)}'
        f'</ucaptitle></h1>\n<div class="ly">发布时间：<publishtime>'
        f"{post.shown} 16:{post.shown.day + 10}</publishtime>　信息来源：{source}　"
        f"{counter_html('访问量')}</div>\n"
        f'<div class="p_box" id="zoom"><UCAPCONTENT>\n{body}</UCAPCONTENT></div>\n'
        f"{tools_html()}</div>\n"
    )


def _yongzhou(post: Post, crumbs: str, source: str, index: dict[str, str], body: str) -> str:
    index = {
        label: f"<publishtime>{value}</publishtime>" if label == "发文日期" else value
        for label, value in index.items()
    }
    cells = [f"<td>{label}</td><td>{value}</td>" for label, value in index.items()]
    rows = "\n".join(f"<tr>{a}{b}</tr>" for a, b in zip(cells[::2], cells[1::2], strict=True))
    return (
        f'{crumbs}<div class="zwgk_comr1"><table>\n{rows}\n</table></div>\n'
        f'<div class="zwgk_comr2"><h1><ucaptitle>{escape(post.title)}</ucaptitle></h1>'
        f"{counter_html()}</div>\n"
        f'<div class="zwgk_comr3 line"><ucapcontent>\n{body}</ucapcontent></div>\n{tools_html()}'
        + neighbours_html(post)
    )


class Ucap(Twin):
    """开普云 UCAP."""

    skins = {
        "content_ul": Rows(
            '<div class="content-ul-one"><ul>\n',
            '<li><a href="{href}" title="{title}" target="_blank">'
            "<ucaptitle>{title}</ucaptitle></a><span>{iso}</span></li>",
            "\n</ul></div>\n",
        ),
        "ul_list1": Rows(
            '<ul class="ul_list1 clearfix">\n',
            "<li><a href='{href}' target='_blank'>{title}</a><span>{iso}</span></li>",
            "\n</ul>\n",
        ),
        "list_div": Rows(
            "",
            '<div class="list_div mar-top2"><div class="list-right_title fon_1">'
            '<a href="{href}" target="_blank">{title}</a></div>'
            '<table width="100%"><tbody><tr><td>发布日期：</td>'
            "<td>{iso}</td></tr></tbody></table></div>",
            "",
        ),
    }
    articles = {"huaihua": _huaihua, "yongzhou": _yongzhou}
    landing = (
        '<div class="gkml"><ul class="clearfix">\n',
        "<li><a href='{href}' target='_blank'>{label}</a></li>\n", "</ul></div>",
    )  # fmt: skip

    def address(self, post: Post, serial: int, code: str) -> str:
        """An article's 32 hexadecimal digits hide the day."""
        return f"{post.column.folder}{post.posted:%Y%m}/{code}.shtml"

    def file(self, post: Post, serial: int, code: str) -> str:
        """A file stands in a folder of its own."""
        return f"{post.column.folder}{post.posted:%Y%m}/{code}/files/{code[::-1]}.pdf"

    def below(self, path: str, slug: str, number: int) -> str:
        """A channel has a folder of its own beside the others."""
        folder = path[: path.rindex("/")]
        return f"{folder[: folder.rindex('/') + 1]}{slug}/list.shtml"

    def page_path(self, column: Column, number: int) -> str:
        """list_2 is page 2."""
        if number == 1:
            return column.path
        stem, suffix = column.path.rsplit(".", 1)
        return f"{stem}_{number}.{suffix}"

    def doors(self, column: Column) -> Iterator[tuple[str, bool]]:
        """The folder redirects to the template's file."""
        yield column.folder, True

    def href(self, post: Post, column: Column) -> str:
        """The editor that wrote one skin's links broke them over two lines."""
        href = super().href(post, column)
        if column.site.list_skin != "list_div":
            return href
        cut = href.rindex("/") + 1
        return f"{href[:cut]}\n    {href[cut:]}"

    def pager(self, column: Column, number: int) -> str:
        """The same call as TRS, but its container comes first and it counts from 1."""
        template = column.path.rsplit("/", 1)[1].removesuffix(".shtml")
        container = "paging" if column.site.list_skin == "ul_list1" else "page_div"
        call = (
            f"createPageHTML('{container}',{column.pages},{number},'{template}','shtml',"
            f"{len(column.posts)});"
        )
        return (
            f'<div id="{container}"></div><script type="text/javascript" '
            f'src="/{column.site.code}/xhtml/js/page.js"></script><script>{call}</script>'
        )

    def column_metas(self, column: Column) -> Metas:
        """A list page says which channel it shows."""
        return (
            ("ColumnType", ""), ("channelid", channel(column)), ("template", "list"),
            ("version", "ucap"),
        )  # fmt: skip

    def post_metas(self, post: Post, source: str) -> Metas:
        """The trio with seconds, and when the page was generated."""
        return (
            ("ColumnType", ""), ("ArticleTitle", post.title),
            ("PubDate", f"{post.shown} 16:{post.shown.day + 10}:08"), ("ContentSource", source),
            ("Keywords", ""), ("Description", ""),
            ("others", f"页面生成时间 {post.shown} 17:02:11"),
        )  # fmt: skip

    def crumbs(self, column: Column) -> str:
        """Where a column stands."""
        return (
            '<div class="article_site clearfix">当前位置：'
            f'<a href="/{column.site.code}/index.shtml">首页</a>'
            f' &gt; <a href="{column.path}">{column.name}</a></div>\n'
        )
