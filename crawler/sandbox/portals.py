"""The portals of a world: real hosts, with the columns that their proven addresses show."""

from __future__ import annotations

from crawler.sandbox import ezhou, hunan, xiangyang
from crawler.sandbox.plan import Portal, Size

SIZES = {
    "small": Size(bodies=1, governments=False, counties=1, rows=8),
    "medium": Size(bodies=13, governments=True, counties=6, rows=15),
    "large": Size(bodies=130, governments=True, counties=6, rows=20),
}


def build(seed: int, size: Size) -> list[Portal]:
    """Return all portals of a world, their columns still empty."""
    return [portal for region in (xiangyang, ezhou, hunan) for portal in region.portals(seed, size)]
