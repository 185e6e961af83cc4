"""The portals of a world: real hosts, with the columns that their proven addresses show."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from crawler.sandbox import country, ezhou, hunan, register, xiangyang
from crawler.sandbox.plan import Portal, Size
from crawler.sandbox.twins import twin_of

SIZES = {
    "small": Size(bodies=1, governments=False, counties=1, rows=8),
    "medium": Size(bodies=13, governments=True, counties=6, rows=15),
    "large": Size(bodies=130, governments=True, counties=6, rows=20),
    "country": Size(bodies=2, governments=True, counties=2, rows=8),
    "register": Size(bodies=1, governments=True, counties=2, rows=8),
}


def build(seed: int, name: str) -> list[Portal]:
    """Return all portals of a world, their columns still empty.

    Args:
        seed: The world's seed.
        name: A key of ``SIZES``.
    """
    size = SIZES[name]
    if name == "register":
        return register.portals(seed, size)
    # In the country the three regions are some portals among many.
    size_there = replace(size, bodies=1) if name == "country" else size
    found = [
        portal
        for region in (xiangyang, ezhou, hunan)
        for portal in region.portals(seed, size_there)
    ]
    if name == "country":
        found += country.portals(seed, size)
    return found


def hosts(name: str) -> frozenset[str]:
    """Return the hosts, without www, that a world of this size answers for."""
    if name == "register":
        return register.hosts()  # too many to build for their names
    columns = [column for portal in build(1, name) for column in portal.columns()]
    found = {column.site.host.removeprefix("www.") for column in columns}
    services = {twin_of(column.site).page_path(column, 2) for column in columns if not column.look}
    return frozenset(found | {urlsplit(one).hostname or "" for one in services if "://" in one})
