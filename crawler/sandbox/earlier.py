"""A world as it stood before its newest reports were published."""

from __future__ import annotations

from crawler.sandbox.model import Column, Post
from crawler.sandbox.plan import Portal
from crawler.sandbox.posting import Filed


def hold_back(portals: list[Portal], filed: Filed, last: int) -> None:
    """Take back what was published after the reports of a year.

    What stays is the same in every byte as in the full world, but for lists that are shorter.

    Args:
        portals: With everything posted.
        filed: What was posted.
        last: The last report year that is published; all of the year after it is kept.
    """

    def stands(post: Post) -> bool:
        return post.shown.year <= last + 1

    for report in filed.reports:
        report.posts = [post for post in report.posts if stands(post)]
    filed.reports = [report for report in filed.reports if report.posts]
    filed.others = [post for post in filed.others if stands(post)]
    for portal in portals:
        for column in portal.columns():
            column.posts = [post for post in column.posts if stands(post)]
            column.files = [post for post in column.files if stands(post)]
    for portal in portals:
        portal.roots = [root for root in portal.roots if _holds(root)]
        for column in portal.columns():
            column.children = [child for child in column.children if _holds(child)]


def _holds(column: Column) -> bool:
    """Tell whether there is reason for a column; entrances are always there."""
    return bool(column.look or column.posts or any(_holds(child) for child in column.children))
