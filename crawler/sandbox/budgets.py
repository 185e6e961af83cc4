"""What a crawl of a portal may ask for."""

from __future__ import annotations

from crawler.sandbox.model import Column, Post, walk
from crawler.sandbox.plan import Portal
from crawler.sandbox.twins import twin_of

_REPORTS = ("report", "companion", "attachment")


def budget(portal: Portal) -> dict[str, int]:
    """Return how many requests there is reason for.

    Returns:
        ``rows``: rows that no rule for titles can reject, those with half a title among them, and
        the files that their pages enclose;
        ``lists``: requests that show all rows; ``landings``: pages that lead to the lists from
        the report columns on; ``entrances``: pages between the home page and those columns,
        itself among them, but for texts and news; ``hosts``: robots.txt files.
    """
    below = {id(column): column for root in portal.roots for column in walk(root)}
    every = portal.columns()
    lists = [column for column in every if column.posts and not column.is_news]
    return {
        "rows": sum(1 + (post.enclosed is not None) for column in lists for post in _rows(column)),
        "lists": sum(
            1 if column.single else twin_of(column.site).requests(column) for column in lists
        ),
        "landings": sum(column.is_landing for column in below.values()),
        "entrances": sum(column.look not in ("", "text") for column in every),
        "hosts": len({column.site.host for column in every}),
    }


def _rows(column: Column) -> list[Post]:
    if column.single:
        return []  # the list's page is the report
    twin = twin_of(column.site)
    return [
        post
        for place, post in enumerate(column.posts[: twin.shown(column)])
        if post.kind in _REPORTS or (not post.href and twin.is_cut(column, place))
    ]
