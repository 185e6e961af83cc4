"""Pages of the UCAP family: 1-based page files, 32-hex ids, pseudo elements."""

from __future__ import annotations

from html import escape

from crawler.sandbox.chrome import (
    Head,
    counter_html,
    menu_html,
    neighbours_html,
    page_html,
    tools_html,
)
from crawler.sandbox.model import Column, Post


def page_path(column: Column, number: int) -> str:
    """Return the address of page ``number`` (1-based) of a list: list_2 is page 2."""
    if number == 1:
        return column.path
    stem, suffix = column.path.rsplit(".", 1)
    return f"{stem}_{number}.{suffix}"


def article_name(code: str) -> str:
    """Return the file name of an article; its 32 hexadecimal digits hide the day."""
    return f"{code}.shtml"


def list_page(column: Column, number: int) -> str:
    """Render page ``number`` (1-based) of a list."""
    site = column.site
    posts = column.posts[(number - 1) * column.rows : number * column.rows]
    template = column.path.rsplit("/", 1)[1].removesuffix(".shtml")
    container = "paging" if site.list_skin == "ul_list1" else "page_div"
    call = (
        f"createPageHTML('{container}',{column.pages},{number},'{template}','shtml',"
        f"{len(column.posts)});"
    )
    rows = _ROWS[site.list_skin]([(_href(post), post) for post in posts])
    content = (
        f'{_crumbs(column)}{menu_html(column.path)}<div class="content">{rows}'
        f'<div id="{container}"></div><script type="text/javascript" '
        f'src="/{site.code}/xhtml/js/page.js"></script><script>{call}</script></div>\n'
    )
    return page_html(site, _head(column), content)


def landing_page(column: Column) -> str:
    """Render a catalogue (gkml.html) that leads to the columns of many bodies."""
    links = [(child.path, child.name) for child in column.children] + [
        (address, label) for label, address in column.links
    ]
    items = "".join(
        f"<li><a href='{href}' target='_blank'>{label}</a></li>\n" for href, label in links
    )
    content = (
        f'{_crumbs(column)}<div class="gkml"><h3>{column.name}</h3>\n'
        f'<ul class="clearfix">\n{items}</ul></div>\n'
    )
    return page_html(column.site, _head(column), content)


def article_page(post: Post, source: str, index: dict[str, str], body: str) -> str:
    """Render an article; the arguments are those of ``trs.article_page``."""
    column = post.column
    site = column.site
    head = Head(
        post.title,
        (
            ("ColumnName", column.name), ("ColumnType", ""), ("ArticleTitle", post.title),
            ("PubDate", f"{post.shown} 16:{post.shown.day + 10}:08"), ("ContentSource", source),
            ("Keywords", ""), ("Description", ""),
            ("others", f"页面生成时间 {post.shown} 17:02:11"),
        ),
        post.charset,
    )  # fmt: skip
    return page_html(site, head, _ARTICLES[site.article_skin](post, column, source, index, body))


def _head(column: Column) -> Head:
    channel = f"{int.from_bytes(column.path.encode()[-16:]):032x}"
    return Head(
        column.name,
        (
            ("ColumnName", column.name), ("ColumnType", ""), ("channelid", channel),
            ("template", "list"), ("version", "ucap"),
        ),
        column.site.charset,
    )  # fmt: skip


def _href(post: Post) -> str:
    if post.doubled:
        return post.url
    return post.href or post.path


def _crumbs(column: Column) -> str:
    site = column.site
    return (
        f'<div class="article_site clearfix">当前位置：<a href="/{site.code}/index.shtml">首页</a>'
        f' &gt; <a href="{column.path}">{column.name}</a></div>\n'
    )


def _content_ul(rows: list[tuple[str, Post]]) -> str:
    items = "\n".join(
        f'<li><a href="{href}" title="{escape(post.title)}" target="_blank">'
        f"<ucaptitle>{escape(post.title)}</ucaptitle></a><span>{post.shown}</span></li>"
        for href, post in rows
    )
    return f'<div class="content-ul-one"><ul>\n{items}\n</ul></div>\n'


def _ul_list1(rows: list[tuple[str, Post]]) -> str:
    items = "\n".join(
        f"<li><a href='{href}' target='_blank'>{escape(post.title)}</a>"
        f"<span>{post.shown}</span></li>"
        for href, post in rows
    )
    return f'<ul class="ul_list1 clearfix">\n{items}\n</ul>\n'


def _list_div(rows: list[tuple[str, Post]]) -> str:
    # The editor that wrote these links broke them over two lines.
    return "\n".join(
        '<div class="list_div mar-top2"><div class="list-right_title fon_1">'
        f'<a href="{_broken(href)}" target="_blank">{escape(post.title)}</a></div>'
        '<table width="100%"><tbody><tr><td>发布日期：</td>'
        f"<td>{post.shown}</td></tr></tbody></table></div>"
        for href, post in rows
    )


def _broken(href: str) -> str:
    cut = href.rindex("/") + 1
    return f"{href[:cut]}\n    {href[cut:]}"


def _huaihua(post: Post, column: Column, source: str, index: dict[str, str], body: str) -> str:
    return (
        f'{_crumbs(column)}<div class="article"><h1 class="bt"><ucaptitle>{escape(post.title)}'
        f'</ucaptitle></h1>\n<div class="ly">发布时间：<publishtime>'
        f"{post.shown} 16:{post.shown.day + 10}</publishtime>　信息来源：{source}　"
        f"{counter_html('访问量')}</div>\n"
        f'<div class="p_box" id="zoom"><UCAPCONTENT>\n{body}</UCAPCONTENT></div>\n'
        f"{tools_html()}</div>\n"
    )


def _yongzhou(post: Post, column: Column, source: str, index: dict[str, str], body: str) -> str:
    index = {
        label: f"<publishtime>{value}</publishtime>" if label == "发文日期" else value
        for label, value in index.items()
    }
    cells = [f"<td>{label}</td><td>{value}</td>" for label, value in index.items()]
    rows = "\n".join(f"<tr>{a}{b}</tr>" for a, b in zip(cells[::2], cells[1::2], strict=True))
    return (
        f'{_crumbs(column)}<div class="zwgk_comr1"><table>\n{rows}\n</table></div>\n'
        f'<div class="zwgk_comr2"><h1><ucaptitle>{escape(post.title)}</ucaptitle></h1>'
        f"{counter_html()}</div>\n"
        f'<div class="zwgk_comr3 line"><ucapcontent>\n{body}</ucapcontent></div>\n{tools_html()}'
        + neighbours_html(post)
    )


_ROWS = {"content_ul": _content_ul, "ul_list1": _ul_list1, "list_div": _list_div}
_ARTICLES = {"huaihua": _huaihua, "yongzhou": _yongzhou}
