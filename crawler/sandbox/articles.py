"""What stands in the body of each kind of post, and in the fields around it."""

from __future__ import annotations

from crawler.sandbox.dice import dice
from crawler.sandbox.figures import Figures
from crawler.sandbox.model import Post, Report
from crawler.sandbox.prose import official_page
from crawler.sandbox.report import Manner, manner, report_html


def source_of(seed: int, post: Post) -> str:
    """Return ContentSource: the body, its short name, the site, or nothing."""
    chance = dice(seed, "source", post.first_url or post.url)
    body = post.body
    return chance.choice((body.name, *body.shorts[:1], f"{post.column.site.place.short}政府网", ""))


def index_of(seed: int, post: Post) -> dict[str, str]:
    """Return the values of the index table by label."""
    chance = dice(seed, "index", post.first_url or post.url)
    number = f"{chance.randint(10_000_000, 99_999_999)}/{post.shown.year}"
    return {
        "索引号": f"{number}-{chance.randint(1, 9999):05d}",
        "分类": "政府信息公开年报" if post.report else "其他",
        "发布机构": post.body.name,
        "发文日期": post.shown.isoformat(),
        "文号": "无",
        "效力状态": "有效",
    }


def author_of(seed: int, report: Report) -> Manner:
    """Return how a report names its author; every copy of it does so alike."""
    return manner(seed, report.body, report.year, report.written or report.posts[0].shown)


def body_of(seed: int, post: Post, shown: Figures) -> str:
    """Return the HTML inside the body element of a post's page.

    Args:
        seed: The world's seed.
        post: A post that has a page.
        shown: The figures of its body and year; used by reports only.
    """
    if post.report is not None:
        html = report_html(seed, post.body, post.year, shown, author_of(seed, post.report))
        return html + _enclosure(post)
    if post.kind == "companion":
        return _pictures(post)
    chance = dice(seed, "page", post.first_url or post.url)
    lines = official_page(post.title, post.column.site.place.short, chance)
    table = _site_table(post, chance.randint(40, 9000)) if post.why == "site_report" else ""
    return "".join(f"<p>　　{line}</p>\n" for line in lines) + table


def _enclosure(post: Post) -> str:
    file = post.enclosed
    if file is None:
        return ""
    return f'<p>附件：<a href="{file.path}">{file.title}.pdf</a></p>\n'


def _pictures(post: Post) -> str:
    stem = post.path.rsplit("/", 1)[1].rsplit(".", 1)[0]
    return "".join(
        f'<p align="center"><img src="./W0{post.posted:%Y%m%d}{stem[-6:]}_{page}.jpg"></p>\n'
        for page in range(1, 5)
    )


def _site_table(post: Post, visits: int) -> str:
    rows = (
        ("网站名称", post.column.site.title), ("独立用户访问总量（单位：个）", str(visits)),
        ("信息发布（单位：条）总数", str(visits // 7)), ("收到留言数量（单位：条）", "12"),
    )  # fmt: skip
    lines = "".join(f"<tr><td>{label}</td><td>{value}</td></tr>\n" for label, value in rows)
    return f'<table border="1"><tbody>\n{lines}</tbody></table>\n'
