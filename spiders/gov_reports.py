"""The main job: all portals with a leaf, or those asked for, with a leaf or without."""

from __future__ import annotations

from spiders import arguments, registers
from spiders.discovery.hosts import HostLine
from spiders.discovery.portal import discovered
from spiders.domains import bare
from spiders.portal import Portal, ReportSpider, by_host
from spiders.portals import leaves
from spiders.registers import RegisteredPortal
from spiders.tasks import Task


class GovReports(ReportSpider):
    """Visits every portal of ``spiders.portals``, or the portals and places asked for.

    A portal without a leaf is explored from its home page. Without arguments these are left out:
    exploring three thousand portals is something to be asked for.
    """

    name = "gov_reports"

    def __init__(self, name: str | None = None, **given: str) -> None:
        """Check the arguments and choose the portals.

        Args:
            name: Ignored; the spider has one name.
            given: ``portals``, ``divisions``, ``hosts``, ``years``, ``recheck``, ``limit`` as
                typed.

        Raises:
            ArgumentError: Unknown or impossible; names the choices.
        """
        super().__init__()
        self._leaf_of = by_host(self.portals())
        paths = [registers.division_path(division.code) for division in registers.divisions()]
        self.arguments = arguments.parse(
            given,
            arguments.ALL,
            hosts={host: leaf.hosts[0] for host, leaf in self._leaf_of.items()},
            places=paths,
        )
        self._active = [leaf() for leaf in self.portals() if self._wanted(leaf)]
        self._active += [portal() for portal in self._without_leaf()]
        if not self._active:
            asked = ", ".join(self.arguments.divisions or ())
            raise arguments.ArgumentError(f"no portal of {asked} is known, with a leaf or without")

    @staticmethod
    def portals() -> list[type[Portal]]:
        """Return all leaf classes, ordered by division and host."""
        return leaves()

    def active_portals(self) -> list[Portal]:
        """Return one portal for each leaf this crawl visits, and each host it explores."""
        return list(self._active)

    def entry_tasks(self) -> list[Task]:
        """Return the tasks of all columns of all portals visited."""
        return [task for portal in self._active for task in portal.start_tasks()]

    def _wanted(self, leaf: type[Portal]) -> bool:
        asked = self.arguments
        if asked.portals is None and asked.divisions is None and asked.hosts is None:
            return True
        if asked.portals is not None and leaf.hosts[0] in asked.portals:
            return True
        if any(self._leaf_of.get(line.host) is leaf for line in asked.hosts or ()):
            return True
        codes = {leaf.division, *(column.division or leaf.division for column in leaf.columns)}
        within = {registers.division_path(code) for code in codes}
        return any(
            path == place or path.startswith(f"{place}/")
            for path in within
            for place in asked.divisions or ()
        )

    def _without_leaf(self) -> list[type[Portal]]:
        """Return a portal for each registered one of the places, and each host of the file."""
        known = {bare(portal.host): portal for portal in registers.portals()}
        lines = {
            bare(portal.host): HostLine(portal.host, None)
            for place in self.arguments.divisions or ()
            for portal in registers.portals_of(place)
        }
        lines |= {bare(line.host): line for line in self.arguments.hosts or ()}
        return [
            _portal(line, known.get(host))
            for host, line in lines.items()
            if host not in self._leaf_of
        ]


def _portal(line: HostLine, registered: RegisteredPortal | None) -> type[Portal]:
    """Return the portal of a host, with what the register says of it."""
    if registered is None:
        return discovered(
            line.host,
            scheme=line.scheme or "http",
            entries=line.pages,
            evidence="named by the operator",
        )
    return discovered(
        registered.host,
        scheme=line.scheme or registered.scheme,
        title=registered.name,
        division=registered.division,
        level=registered.level,
        entries=line.pages,
        evidence=registered.evidence,
    )
