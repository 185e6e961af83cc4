"""One small file for each portal. The file's name is the place's, then the body's."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from spiders.portal import Portal


@cache
def _leaves() -> tuple[type[Portal], ...]:
    found = [
        thing
        for info in iter_modules(__path__, f"{__name__}.")
        for thing in vars(import_module(info.name)).values()
        if isinstance(thing, type) and issubclass(thing, Portal) and thing.hosts
    ]
    return tuple(sorted(found, key=lambda leaf: (leaf.division, leaf.hosts[0])))


def leaves() -> list[type[Portal]]:
    """Return every leaf, ordered by division and host."""
    return list(_leaves())
