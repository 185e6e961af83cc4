"""The portals that an archive knows, as objects that can parse their pages."""

from __future__ import annotations

from functools import cache

from archive import portals
from archive.db import Archive
from spiders import registers
from spiders.discovery.portal import discovered
from spiders.portal import Portal, by_host
from spiders.portals import leaves


class KnownPortals:
    """Look portals up by the name that frontier rows give them.

    Args:
        archive: The archive whose discovered portals are known beside the leaves.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._made: dict[str, Portal | None] = {}

    def register(self) -> None:
        """Enter again what the code knows of the archive's portals and of all places."""
        hosts = self._archive.conn.execute("SELECT host FROM portals ORDER BY host").fetchall()
        known = [portal for (host,) in hosts if (portal := self.of(host)) is not None]
        portals.register(self._archive, known, registers.history(), registers.changes())

    def of(self, name: str) -> Portal | None:
        """Return the portal of that name; None when neither code nor archive has it."""
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def _make(self, name: str) -> Portal | None:
        return made(name, portals.named(self._archive, name))


@cache
def made(name: str, known: portals.KnownPortal | None) -> Portal | None:
    """Return a portal by its name: a leaf, or one made of what the archive knows of it."""
    leaf = _leaves().get(name)
    if leaf is not None:
        return leaf()
    if known is None:
        return None
    return discovered(
        known.host,
        scheme=known.scheme,
        title=known.title,
        division=known.division or "",
        level=known.level,
        agency=known.agency,
        evidence=known.evidence,
        discovered_from=known.discovered_from,
    )()


@cache
def _leaves() -> dict[str, type[Portal]]:
    return by_host(leaves())
