"""One base for each CMS: how it lists, pages and dates its columns."""

from __future__ import annotations

from spiders.families.base import StaticFamily
from spiders.families.gkmlpt import Gkmlpt
from spiders.families.hanweb import Hanweb
from spiders.families.jiangxi import Jiangxi
from spiders.families.lonsun import Lonsun
from spiders.families.plain import Plain
from spiders.families.trs import Trs
from spiders.families.ucap import Ucap
from spiders.families.vsb import Vsb
from spiders.page import Page

__all__ = [
    "FAMILIES", "Gkmlpt", "Hanweb", "Jiangxi", "Lonsun", "Plain", "StaticFamily", "Trs", "Ucap",
    "Vsb", "recognise",
]  # fmt: skip

FAMILIES: tuple[type[StaticFamily], ...] = (Jiangxi, Gkmlpt, Lonsun, Vsb, Trs, Ucap, Hanweb)
"""Every CMS; of two that are as sure of a page, the first one has it: those with signs of their
own come before those whose shapes others share."""

THRESHOLD = 0.3
"""One sign alone may be a copy: below this a page is of no known CMS."""


def recognise(page: Page) -> type[StaticFamily] | None:
    """Return the family of a page: the one that is surest of it, or None when none is.

    Args:
        page: Any page of a portal, a column's rather than the home page.
    """
    scores = [(family.recognise(page), family) for family in FAMILIES]
    best, family = max(scores, key=lambda scored: scored[0])
    return family if best >= THRESHOLD else None
