"""Where things stand in a world: what is at an address, and the way to each report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crawler.sandbox import trs, ucap
from crawler.sandbox.model import Column, Post, Report
from crawler.sandbox.obstacles.kind import Role
from crawler.sandbox.world import World


@dataclass(frozen=True)
class Spot:
    """An address of the world: host without www, path, and what stands there."""

    host: str
    path: str
    role: Role


class Places:
    """The addresses of a world.

    Attributes:
        reports: For each report, the ways to it: each a list of addresses, all of which a crawler
            needs, from the column it starts at to the article.
    """

    def __init__(self, world: World) -> None:
        """Walk through all columns."""
        self._roles: dict[tuple[str, str], Role] = {}
        self._ways: dict[Post, list[Spot]] = {}
        for portal in world.portals:
            self._enter(portal.site.host, "/", "home")
            for root in portal.roots:
                self._walk(root, [])
        self.reports: list[tuple[Report, list[list[Spot]]]] = [
            (report, [self._ways[post] for post in report.posts]) for report in world.reports
        ]

    def role(self, host: str, path: str) -> Role:
        """Return what stands at an address; the host with or without www."""
        if path == "/robots.txt":
            return "robots"
        return self._roles.get((bare(host), path), "other")

    def ways(self, host: str) -> list[list[Spot]]:
        """Return the ways to a host's reports that stand at no second address, by address."""
        found = [ways[0] for _, ways in self.reports if len(ways) == 1]
        return sorted((way for way in found if way[-1].host == bare(host)), key=_last_path)

    def _enter(self, host: str, path: str, role: Role) -> Spot:
        self._roles[bare(host), path] = role
        return Spot(bare(host), path, role)

    def _walk(self, column: Column, above: list[Spot]) -> None:
        host, site = column.site.host, column.site
        role: Role = "landing" if column.children else "article" if column.single else "list"
        here = [*above, self._enter(host, column.path, role)]
        # The list's other addresses: its folder, its file.
        self._enter(host, column.folder, role)
        if site.family == "trs":
            self._enter(host, f"{column.folder}index{site.suffix}", role)
        for child in column.children:
            self._walk(child, here)
        for post, page in _with_pages(column):
            if post.href:
                continue
            way = here
            if page > 1:
                family = trs if site.family == "trs" else ucap
                path = family.page_path(column, page)
                way = [*here, self._enter(host, path, "second" if page == 2 else "page")]
            if not column.single:
                way = [*way, self._enter(host, post.path, "article")]
            self._ways[post] = way


def _with_pages(column: Column) -> Iterator[tuple[Post, int]]:
    for index, post in enumerate(column.posts):
        yield post, index // column.rows + 1


def _last_path(way: list[Spot]) -> str:
    return way[-1].path


def bare(host: str) -> str:
    """Return a host name in small letters and without www."""
    return host.lower().removeprefix("www.")
