"""Home pages: how each leads to the report columns, and what else it leads to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from crawler.sandbox.model import Column, Site
from crawler.sandbox.plan import ANNUAL, Portal
from crawler.sandbox.provinces import PROVINCES

_SPAM = "http://www.baogaoku.example/gov/"


def entrance(site: Site, path: str, name: str, look: str, children: list[Column]) -> Column:
    """Return a page on the way."""
    return Column(site, path, name, children=children, look=look)


def give_home(portal: Portal, way: str, departments: list[Column], neighbour: str) -> None:
    """Give a portal a home page.

    Args:
        portal: With its roots.
        way: A key of ``WAYS``.
        departments: Home pages of departments on hosts of their own.
        neighbour: The host of another portal, for the links to friends.
    """
    site = portal.site
    news = Column(
        replace(site, family="dated", variant="shanghai", list_skin="", article_skin=""),
        "/xwzx/index.html", "新闻动态", rows=8, is_news=True,
    )  # fmt: skip
    portal.news, portal.way = [news], way
    offices = (
        [entrance(site, "/bmwz/index.html", "部门网站", "grid", departments)] if departments else []
    )
    top = WAYS[way](site, portal.roots)
    look = "images" if way in ("tree", "map") else "home"
    home = entrance(site, "/", "首页", look, [news, *top, *offices])
    province = PROVINCES[site.place.code[:2]]
    home.links = [
        ("中国政府网", "https://www.gov.cn/"), (province.name, f"https://{province.host}/"),
        ("年报大全", _SPAM), ("友好城市", f"http://{neighbour}/"),
    ]  # fmt: skip
    if way in ("shell", "moved"):
        home.path = "/index.html"
        home = entrance(site, "/", "首页", "jump" if way == "shell" else "moved", [home])
    portal.home = home


def _words(site: Site) -> list[Column]:
    """The other entries of every disclosure menu."""
    names = (("zn", "政府信息公开指南"), ("zd", "政府信息公开制度"), ("ysq", "依申请公开"))
    return [entrance(site, f"/xxgk/{slug}.html", name, "text", []) for slug, name in names]


def _menu(site: Site, roots: list[Column]) -> list[Column]:
    area = entrance(site, "/xxgk/index.html", "政府信息公开", "menu", [*_words(site), *roots])
    return [area]


def _frame(site: Site, roots: list[Column]) -> list[Column]:
    content = entrance(site, "/xxgk/fdzdgknr.html", "法定主动公开内容", "tree", roots)
    return [entrance(site, "/xxgk/index.html", "政府信息公开", "frame", [content, *_words(site)])]


def _tree(site: Site, roots: list[Column]) -> list[Column]:
    return [entrance(site, "/xxgk/gkml.html", "政府信息公开目录", "tree", roots)]


def _deep(site: Site, roots: list[Column]) -> list[Column]:
    content = entrance(site, "/xxgk/fdzdgknr.html", "法定主动公开内容", "menu", roots)
    area = entrance(site, "/xxgk/index.html", "政府信息公开", "menu", [*_words(site), content])
    return [entrance(site, "/zwgk/index.html", "政务公开", "menu", [area])]


def _direct(site: Site, roots: list[Column]) -> list[Column]:
    return [*roots, entrance(site, "/xxgk/index.html", "政府信息公开", "menu", _words(site))]


def _jump(site: Site, roots: list[Column]) -> list[Column]:
    shells = [
        entrance(site, f"/xxgk/nb{place}.html", root.name, "jump", [root])
        for place, root in enumerate(roots)
    ]
    return [entrance(site, "/xxgk/index.html", "政府信息公开", "menu", [*_words(site), *shells])]


def _map(site: Site, roots: list[Column]) -> list[Column]:
    """The disclosure area forgets the reports; only the site map knows them."""
    area = entrance(site, "/xxgk/index.html", "政府信息公开", "menu", _words(site))
    return [area, entrance(site, "/wzdt.html", "网站地图", "grid", [area, *roots])]


def _offices(site: Site, roots: list[Column]) -> list[Column]:
    """部门信息公开: a page a department, which leads to its reports."""
    areas = [
        entrance(
            site,
            f"/bmgk/{place}/index.html",
            root.name.removesuffix(ANNUAL),
            "menu",
            [_renamed(root)],
        )  # fmt: skip
        for place, root in enumerate(roots)
    ]
    grid = entrance(site, "/bmgk/index.html", "部门信息公开", "grid", areas)
    return [entrance(site, "/xxgk/index.html", "政府信息公开", "menu", [*_words(site), grid])]


def _renamed(root: Column) -> Column:
    root.name = ANNUAL
    return root


def _nothing(site: Site, roots: list[Column]) -> list[Column]:
    return [entrance(site, "/xxgk/index.html", "政府信息公开", "menu", _words(site))]


WAYS: dict[str, Callable[[Site, list[Column]], list[Column]]] = {
    "menu": _menu, "frame": _frame, "tree": _tree, "deep": _deep, "direct": _direct,
    "jump": _jump, "map": _map, "offices": _offices, "shell": _menu, "moved": _menu,
    "nothing": _nothing,
}  # fmt: skip
"""What a home page leads to, besides news and friends."""
