"""The main job: all portals, or those asked for."""

from __future__ import annotations

from spiders import arguments, registers
from spiders.portal import Portal, ReportSpider, by_host
from spiders.portals import leaves
from spiders.tasks import Task


class GovReports(ReportSpider):
    """Visits every portal of ``spiders.portals``."""

    name = "gov_reports"

    def __init__(self, name: str | None = None, **given: str) -> None:
        """Check the arguments and choose the portals.

        Args:
            name: Ignored; the spider has one name.
            given: ``portals``, ``divisions``, ``years``, ``recheck``, ``limit`` as typed.

        Raises:
            ArgumentError: Unknown or impossible; names the choices.
        """
        super().__init__()
        leaf_of = by_host(self.portals())
        paths = [registers.division_path(division.code) for division in registers.divisions()]
        self.arguments = arguments.parse(
            given,
            arguments.ALL,
            hosts={host: leaf.hosts[0] for host, leaf in leaf_of.items()},
            places=paths,
        )
        self._active = [leaf() for leaf in self.portals() if self._wanted(leaf)]
        if not self._active:
            with_leaf = sorted({registers.division_path(leaf.division) for leaf in self.portals()})
            raise arguments.ArgumentError(
                f"no portal of the divisions asked for; there are portals of {', '.join(with_leaf)}"
            )

    @staticmethod
    def portals() -> list[type[Portal]]:
        """Return all leaf classes, ordered by division and host."""
        return leaves()

    def active_portals(self) -> list[Portal]:
        """Return one portal for each leaf this crawl visits."""
        return list(self._active)

    def entry_tasks(self) -> list[Task]:
        """Return the tasks of all columns of all portals visited."""
        return [task for portal in self._active for task in portal.start_tasks()]

    def _wanted(self, leaf: type[Portal]) -> bool:
        asked = self.arguments
        if asked.portals is None and asked.divisions is None:
            return True
        if asked.portals is not None and leaf.hosts[0] in asked.portals:
            return True
        codes = {leaf.division, *(column.division or leaf.division for column in leaf.columns)}
        within = {registers.division_path(code) for code in codes}
        return any(
            path == place or path.startswith(f"{place}/")
            for path in within
            for place in asked.divisions or ()
        )
