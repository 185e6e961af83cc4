"""Where things stand in a world: what is at an address, and the way to each report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crawler.sandbox.model import Column, Post, Report
from crawler.sandbox.obstacles.kind import Role
from crawler.sandbox.twins import twin_of
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
            if portal.home is not None:
                self._walk(portal.home, [])
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
        path = path.partition("#")[0].partition("?")[0]
        self._roles.setdefault((bare(host), path), role)
        return Spot(bare(host), path, role)

    def _walk(self, column: Column, above: list[Spot]) -> None:
        host, site = column.site.host, column.site
        twin = twin_of(site)
        role: Role = "landing" if column.is_landing else "article" if column.single else "list"
        if column.path == "/":
            role = "home"
        here = [*above, self._enter(host, column.path, role)]
        if not column.look:
            for door, _ in twin.doors(column):
                self._enter(host, door, role)
        for child in column.children:
            self._walk(child, here)
        for post, page in _with_pages(column):
            if post.href:
                continue
            way = here
            if page > 1:
                path = twin.page_path(column, page)
                way = [*here, self._enter(host, path, "second" if page == 2 else "page")]
            if not column.single:
                way = [*way, self._enter(host, post.path, "article")]
            self._ways.setdefault(post, way)


def _with_pages(column: Column) -> Iterator[tuple[Post, int]]:
    for index, post in enumerate(column.posts):
        yield post, index // column.rows + 1


def _last_path(way: list[Spot]) -> str:
    return way[-1].path


def bare(host: str) -> str:
    """Return a host name in small letters and without www."""
    return host.lower().removeprefix("www.")
