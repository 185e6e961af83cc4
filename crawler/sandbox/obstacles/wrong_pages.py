"""Pages that are gone, and pages that are not what their address says."""

from __future__ import annotations

from crawler.sandbox.obstacles.connections import plain
from crawler.sandbox.obstacles.kind import ARTICLES, Asked, Kind, Role, Steps, html, message

_SECOND: frozenset[Role] = frozenset({"second"})


def _soft_404(asked: Asked) -> Steps:
    yield message("200 OK", html("页面不存在", "抱歉，您访问的页面不存在或已被删除，请返回首页。"))


def _home(asked: Asked) -> Steps:
    yield plain(asked.home())


def _404(asked: Asked) -> Steps:
    yield message("404 Not Found", html("404", "页面不存在"))


def _410(asked: Asked) -> Steps:
    yield message("410 Gone", html("410", "该文件已失效"))


KINDS = (
    Kind("soft_404", "answers 200 and a page that says there is none", blocks=True,
         roles=ARTICLES, act=_soft_404),
    Kind("home_page", "answers 200 and the home page", blocks=True, roles=ARTICLES, act=_home),
    Kind("gone_404", "is listed and answers 404", blocks=True, roles=ARTICLES, act=_404),
    Kind("gone_410", "is listed and answers 410", blocks=True, roles=ARTICLES, act=_410),
    Kind("page_2_missing", "answers 404 for the second page of a list", blocks=True,
         roles=_SECOND, act=_404),
)  # fmt: skip
