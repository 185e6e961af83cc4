"""Numbering: every post gets its address, ids rising with the date on each platform."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from crawler.sandbox.dice import dice
from crawler.sandbox.model import Column
from crawler.sandbox.twins import twin_of

_FIRST_DAY = date(2020, 1, 1)
# First id and ids a day, so that ids of a day come near to the real ones of that day.
_PLATFORMS = {"xiangyang": (1_972_000, 964), "ezhou": (297_000, 202)}


def number(seed: int, columns: list[Column]) -> None:
    """Set the path of every post of these columns that is a page or file of its site."""
    posts = [
        post
        for column in columns
        for post in (*column.posts, *column.files)
        if not post.href and not column.single
    ]
    for column in columns:
        if column.single:
            column.posts[0].path = column.path
    by_platform = sorted(posts, key=lambda post: (post.column.site.platform, post.posted))
    for platform, group in groupby(by_platform, key=lambda post: post.column.site.platform):
        chance = dice(seed, "addresses", platform)
        serial, a_day = _PLATFORMS.get(platform, (0, 1))
        first = serial
        for post in group:
            due = first + (post.posted - _FIRST_DAY).days * a_day
            serial = max(serial + 1, due + chance.randint(0, a_day // 2))
            twin = twin_of(post.column.site)
            place = twin.file if post.kind == "attachment" else twin.address
            post.path = place(post, serial, f"{chance.getrandbits(128):032x}")
