"""The whole register: each registered portal, served as one of the country's portals is.

Which CMS a portal runs is drawn, not known; this world is for measuring, not for truth.
"""

from __future__ import annotations

from dataclasses import replace

from crawler.sandbox.country import portal_of
from crawler.sandbox.country_portals import UNKNOWN, Entry
from crawler.sandbox.dice import dice
from crawler.sandbox.plan import Portal, Size
from spiders import registers


def portals(seed: int, size: Size) -> list[Portal]:
    """Return a portal for each host of the register."""
    registered = registers.portals()
    chance = dice(seed, "register")
    return [
        portal_of(
            seed, size, _entry(one, chance.choice(UNKNOWN), place),
            registered[place - 7].host,
        )
        for place, one in enumerate(registered)
    ]  # fmt: skip


def hosts() -> frozenset[str]:
    """Return the registered hosts, without www, and the one service that serves others."""
    registered = (portal.host.removeprefix("www.") for portal in registers.portals())
    return frozenset((*registered, "api.hunan.gov.cn"))


def _entry(portal: registers.RegisteredPortal, model: Entry, place: int) -> Entry:
    """Return an entry like the model's for another portal."""
    return replace(
        model, host=portal.host, scheme="http" if model.answers == "http" else portal.scheme,
        answers="http" if model.answers == "http" else "both",
        body=f"{portal.name}人民政府" if model.body else "",
        code=str(80_000 + place) if model.family == "hunan_api" else model.code,
    )  # fmt: skip
