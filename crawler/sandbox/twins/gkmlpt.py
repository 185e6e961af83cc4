"""gkmlpt, the catalogue platform of Guangdong: a shell page, JSON lists, articles in JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from html import escape

from crawler.sandbox.chrome import Head, page_html
from crawler.sandbox.dice import dice
from crawler.sandbox.model import Column, Post
from crawler.sandbox.reply import Answer, Ask, Reply
from crawler.sandbox.twins.twin import Twin

_FIRST = 638
_NODES = ("机构职能", "政策法规", "规划计划", "财政预决算")


class Gkmlpt(Twin):
    """``variant`` ``single`` answers all rows on page 1 and 404 for page 2 (肇庆)."""

    def address(self, post: Post, serial: int, code: str) -> str:
        """The category stands in the address, in groups of a thousand."""
        category = category_of(post.column)
        place = f"{category // 1000}/{category}/post_{serial}.html"
        return f"{_root(post.column)}content/{place}"

    def below(self, path: str, slug: str, number: int) -> str:
        """Each organ has a platform of its own below a folder."""
        category = int(path.partition("#")[2] or _FIRST) + number
        return f"/{slug}/gkmlpt/annualreport#{category}"

    def page_path(self, column: Column, number: int) -> str:
        """Every page comes from the API."""
        return f"{_root(column)}api/all/{category_of(column)}"

    def routes(self, column: Column) -> Iterator[tuple[str, Answer]]:
        """The shell (also as index), and the API."""
        shell = partial(self._shell, column)
        yield column.path, shell
        yield f"{_root(column)}index", shell
        yield self.page_path(column, 1), partial(self._api, column)

    def requests(self, column: Column) -> int:
        """The shell and the API's pages."""
        return 2 if column.site.variant == "single" else 1 + column.pages

    def _shell(self, column: Column, asked: Ask) -> str:
        """An empty page; its script says the site's number and the tree of categories."""
        category = category_of(column)
        tree = [
            {"id": category + 50 + place, "name": name, "jump_url": "", "children": []}
            for place, name in enumerate(_NODES)
        ]
        tree.append(
            {
                "id": category + 90,
                "name": "依申请公开",
                "children": [],
                "jump_url": "https://ysqgk.example.gov.cn/",
            }  # fmt: skip
        )
        tree.append({"id": category, "name": "政府信息公开年报", "jump_url": "", "children": []})
        config = (
            "<script>\nwindow._CONFIG = {\n"
            f"  SID: '{sid_of(column)}',\n  SERVICE_AREA_ID: '{column.site.place.code}',\n"
            f"  SITE_NAME: '{column.site.title}',\n"
            f"  TREE: {json.dumps(tree, ensure_ascii=False)},\n  DETAIL: null\n}};\n</script>\n"
        )
        inner = f'{config}<div id="app"></div>\n<script src="/gkmlpt/static/js/app.js"></script>\n'
        return page_html(column.site, Head("政府信息公开目录"), inner)

    def _api(self, column: Column, asked: Ask) -> Reply | None:
        if asked.values.get("sid") != sid_of(column):
            return None
        number = asked.number("page")
        single = column.site.variant == "single"
        if single and number > 1:
            return Reply(404, b'{"message":"404 Not Found"}', "application/json")
        posts = column.posts
        if not single:
            posts = posts[(number - 1) * column.rows : number * column.rows]
        answer = {
            "classify": {
                "id": category_of(column), "name": column.name,
                "post_count": len(column.posts),
            },
            "articles": [_article(post, column) for post in posts],
        }  # fmt: skip
        return Reply(200, json.dumps(answer).encode(), "application/json")

    def article_page(self, post: Post, source: str, index: dict[str, str], body: str) -> str:
        """The body stands in the script only, with escaped tags."""
        detail = _article(post, post.column) | {"content": body}
        written = json.dumps(detail, ensure_ascii=False).replace("<", "\\u003C")
        inner = (
            "<script>\nwindow._CONFIG = {\n"
            f"  SID: '{sid_of(post.column)}',\n  DETAIL: {written}\n}};\n</script>\n"
            f'<div class="content"><h1 class="content-title">{escape(post.title)}</h1>\n'
            f'<div class="content-desc">发布日期：{post.shown} 来源：{source}</div></div>\n'
            '<div id="app"></div>\n'
        )
        return page_html(post.column.site, Head(post.title, charset=post.charset), inner)


def category_of(column: Column) -> int:
    """Return the number behind the # of a column's address, or that of the only category."""
    fragment = column.path.partition("#")[2]
    return int(fragment or _FIRST)


def sid_of(column: Column) -> str:
    """Return the number of the organ's site, the same at every request."""
    place = dice(0, "sid", column.site.host, _root(column))
    return str(place.randint(100_000, 999_999))


def _root(column: Column) -> str:
    found = re.match(r".*?/gkmlpt/", column.path)
    return found[0] if found else "/gkmlpt/"


def _article(post: Post, column: Column) -> dict[str, object]:
    moment = datetime(post.shown.year, post.shown.month, post.shown.day, 1, 30, tzinfo=UTC)
    # The addresses say https although nothing but http answers.
    url = post.href or f"https://{post.place}"
    return {
        "id": abs(hash_of(post.path or post.href)), "title": post.title, "url": url,
        "post_url": url, "created_at": f"{post.shown} 09:30:00",
        "create_time": int(moment.timestamp()), "date": int(moment.timestamp()),
        "display_publish_time": f"{post.shown} 09:30:00", "publisher": post.body.name,
        "identifier": "", "document_number": "", "keywords": "", "abstract": "",
        "classify_main": category_of(column), "classify_main_name": column.name,
        "classify_genre_name": "其他", "classify_theme_name": "其他", "attachment": [],
        "is_expired": 0, "is_abolished": 0, "relation": [],
    }  # fmt: skip


def hash_of(text: str) -> int:
    """Return a number for a text, the same in every process."""
    return int.from_bytes(text.encode()[-6:])
