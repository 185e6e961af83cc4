"""The pages between a home page and the report columns: menus, frames, trees, shells, friends."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from crawler.sandbox.chrome import MARK, Head, page_html, plain_page
from crawler.sandbox.model import Column
from crawler.sandbox.reply import Reply

_TITLES = {"home": "首页", "images": "首页", "table": "首页"}


def entrance_page(column: Column) -> Reply | str:
    """Return what stands at an entrance, by its look."""
    return LOOKS[column.look](column)


def links_of(column: Column) -> list[tuple[str, str]]:
    """Return address and label of what an entrance leads to."""
    return [
        (child.path if child.site is column.site else child.url, child.name)
        for child in column.children
    ]


def _page(column: Column, inner: str) -> str:
    title = _TITLES.get(column.look, column.name)
    head = Head(title, (("ColumnName", column.name),), column.site.charset)
    return page_html(column.site, head, inner)


def _news(column: Column) -> str:
    """The newest rows of the news columns, as every home page shows them."""
    rows = "".join(
        f'<li><a href="{post.path}" title="{escape(post.title)}">{escape(post.title)}</a>'
        f"<em>{post.shown:%m-%d}</em></li>\n"
        for child in column.children
        if child.look == "" and child.is_news
        for post in child.posts[:6]
        if not post.href
    )
    return f'<div class="news"><h3>要闻动态</h3><ul>\n{rows}</ul></div>\n'


def _friends(column: Column) -> str:
    """Links to other portals, in a list and in a drop-down."""
    if not column.links:
        return ""
    half = len(column.links) // 2
    items = "".join(
        f'<a href="{href}" target="_blank">{label}</a> ' for label, href in column.links[:half]
    )
    options = "".join(
        f'<option value="{href}">{label}</option>' for label, href in column.links[half:]
    )
    return (
        f'<div class="friends"><h4>友情链接</h4>{items}<select '
        f'onchange="window.open(this.value)"><option>--上级部门--</option>{options}</select></div>\n'
    )


def _home(column: Column) -> str:
    items = "".join(f'<li><a href="{href}">{label}</a></li>' for href, label in links_of(column))
    return _page(
        column,
        f'<ul class="mainnav"><li><a href="/">首页</a></li>{items}'
        '<li><a href="javascript:;">政务服务</a></li></ul>\n'
        f"{_news(column)}{_friends(column)}",
    )


def _images(column: Column) -> str:
    """The navigation is made of pictures, whose words stand in alt and title."""
    items = "".join(
        f'<td><a href="{href}" title="{label}"><img src="/images/nav{place}.png" alt="{label}">'
        "</a></td>"
        for place, (href, label) in enumerate(links_of(column))
    )
    return _page(
        column,
        f'<table class="nav"><tr>{items}</tr></table>\n{_news(column)}{_friends(column)}',
    )


def _menu(column: Column) -> str:
    items = "".join(f'<li><a href="{href}">{label}</a></li>\n' for href, label in links_of(column))
    return _page(
        column,
        f'<div class="left"><h2>{column.name}</h2><ul class="leftmenu">\n{items}</ul></div>\n'
        f'<div class="right"><p>请从左侧选择栏目。</p></div>\n{_friends(column)}',
    )


def _frame(column: Column) -> str:
    """The menu's first entry is shown in a frame beside it."""
    (shown, label), *others = links_of(column)
    items = "".join(f'<li><a href="{href}">{name}</a></li>\n' for href, name in others)
    return _page(
        column,
        f'<ul class="leftmenu"><li class="on">{label}</li>\n{items}</ul>\n'
        f'<iframe id="content" src="{shown}" width="100%" frameborder="0"></iframe>\n',
    )


def _tree(column: Column) -> str:
    """A catalogue: topics, and under the last of them what the page leads to."""
    items = "".join(f'<li><a href="{href}">{label}</a></li>\n' for href, label in links_of(column))
    topics = "".join(
        f'<li><span class="folder">{name}</span><ul><li><a href="javascript:void(0)">{name}一</a>'
        "</li></ul></li>\n"
        for name in ("机构职能", "法规文件", "财政信息")
    )
    return _page(
        column,
        f'<div class="tree"><ul class="filetree">\n{topics}<li><span class="folder">其他</span>'
        f"<ul>\n{items}</ul></li></ul></div>\n",
    )


def _grid(column: Column) -> str:
    """The bodies of a place, four in a row."""
    cells = [f'<td><a href="{href}">{label}</a></td>' for href, label in links_of(column)]
    rows = "\n".join(
        f"<tr>{''.join(cells[first : first + 4])}</tr>" for first in range(0, len(cells), 4)
    )
    return _page(
        column,
        f'<h2>{column.name}</h2>\n<table class="depts">\n{rows}\n</table>\n{_friends(column)}',
    )


def _jump(column: Column) -> str:
    """A shell: a script goes on at once."""
    target = links_of(column)[0][0]
    return (
        f"<!DOCTYPE html>\n<html>\n{MARK}\n<head>"
        '<meta name="generator" content="gov_reports sandbox">'
        f'<script language="javascript">\nwindow.location.href="{target}";\n</script></head>\n'
        "<body></body></html>\n"
    )


def _moved(column: Column) -> Reply:
    return Reply(302, b"", location=column.children[0].url)


def _text(column: Column) -> str:
    """A page of words, such as a guide."""
    return plain_page(column.site, column.name, f"{column.site.title}{column.name}。" * 12)


LOOKS: dict[str, Callable[[Column], Reply | str]] = {
    "home": _home, "images": _images, "menu": _menu, "frame": _frame, "tree": _tree,
    "grid": _grid, "jump": _jump, "moved": _moved, "text": _text,
}  # fmt: skip
"""How an entrance is written, by ``Column.look``."""
