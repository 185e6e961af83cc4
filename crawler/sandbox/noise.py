"""What changes on a page without anybody touching the article: counters, tokens, advertisements.

A world stirred with another number differs on every page, and says the same in every report.
"""

from __future__ import annotations

import re
from random import Random

from crawler.sandbox.dice import dice

_TOPICS = (
    "学习贯彻全会精神", "优化营商环境", "安全生产月", "政府信息公开工作年度报告专栏", "国家宪法日",
    "民生实事", "防汛抗旱", "2024年政府信息公开工作年度报告", "一网通办", "乡村振兴",
)  # fmt: skip
_NEIGHBOURS = re.compile(r'<div class="prenext">.*?</div>', re.S)
_HEADING = re.compile(r"</h1>")
_FILE = re.compile(r'(href="[^"?]+\.pdf)"')


def stir(html: str, *names: object) -> str:
    """Return a page with other tokens, advertisements and neighbours.

    Args:
        html: The page.
        names: What the dice hang on: the seed, the number of the world, the page.
    """
    chance = dice(0, "noise", *names)
    token = f"{chance.getrandbits(128):032x}"
    html = html.replace(
        "</head>",
        f'<meta name="_csrf" content="{token}">\n<script>var _ts={chance.randint(10**9, 10**10)};'
        f'var _token="{token}";</script>\n</head>',
        1,
    )
    html = html.replace("/images/common.css", f"/images/common.css?v={chance.randint(1, 999)}")
    html = _FILE.sub(rf'\1?token={token}&amp;expires={chance.randint(10**9, 2 * 10**9)}"', html)
    html = html.replace("<body>\n", f"<body>\n{_float(chance)}", 1)
    html = _HEADING.sub(lambda end: f"{end[0]}\n{_banner(chance)}", html, count=1)
    html = html.replace('<div class="share">', f'{_related(chance)}<div class="share">', 1)
    html = html.replace('<div class="footer">', f'{_banner(chance)}<div class="footer">', 1)
    return _NEIGHBOURS.sub(lambda _: _neighbours(chance), html)


def _topic(chance: Random) -> str:
    return f"{chance.choice(_TOPICS)}（{chance.randint(2, 99)}）"


def _link(chance: Random) -> str:
    return f"/zt/{chance.randint(2018, 2026)}/{chance.randint(100, 999)}/"


def _float(chance: Random) -> str:
    return (
        f'<div class="float-ad" id="ad{chance.randint(1, 9)}"><a href="{_link(chance)}"><img '
        f'src="/images/ad{chance.randint(1, 99)}.jpg" alt="{_topic(chance)}"></a>'
        '<a href="javascript:;">关闭</a></div>\n'
    )


def _banner(chance: Random) -> str:
    return (
        f'<div class="banner-ad"><a href="{_link(chance)}">'
        f'<img src="/images/banner{chance.randint(1, 99)}.png" alt="{_topic(chance)}"></a></div>\n'
    )


def _related(chance: Random) -> str:
    rows = "".join(
        f'<li><a href="{_link(chance)}t{chance.randint(10**5, 10**6)}.html">{_topic(chance)}</a>'
        f"<span>{chance.randint(2020, 2026)}-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}</span>"
        "</li>"
        for _ in range(chance.randint(2, 5))
    )
    return f'<div class="xgxx"><h3>相关信息</h3><ul>{rows}</ul></div>\n'


def _neighbours(chance: Random) -> str:
    links = "".join(
        f'<p>{label}：<a href="{_link(chance)}t{chance.randint(10**5, 10**6)}.html">'
        f"{_topic(chance)}</a></p>"
        for label in ("上一篇", "下一篇")
    )
    return f'<div class="prenext">{links}</div>'
