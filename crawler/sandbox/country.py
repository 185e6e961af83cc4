"""The country: portals of many provinces, each served by the twin of its CMS.

Their hosts and divisions are those of the register; only what stands on them is invented.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from crawler.sandbox.country_portals import ENTRIES, PROVEN, Entry
from crawler.sandbox.country_ways import entrance, give_home
from crawler.sandbox.dice import dice
from crawler.sandbox.figures import YEARS
from crawler.sandbox.model import Body, BodyKind, Column, Place, Site
from crawler.sandbox.names import DEPARTMENTS, department, government, townships
from crawler.sandbox.plan import ANNUAL, Portal, Size, landing
from crawler.sandbox.twins import twin_of
from spiders import registers


def portals(seed: int, size: Size) -> list[Portal]:
    """Return the portals of the country besides those of the three regions."""
    hosts = [entry.host for entry in ENTRIES]
    return [
        portal_of(seed, size, entry, hosts[(place + 7) % len(hosts)])
        for place, entry in enumerate(ENTRIES)
    ]


@cache
def _places() -> dict[str, Place]:
    """Return a place for each registered host, without www."""
    divisions = {division.code: division for division in registers.divisions()}
    return {
        portal.host.removeprefix("www."): _place(divisions[portal.division])
        for portal in registers.portals()
    }


def _place(division: registers.Division) -> Place:
    name = division.name
    level = "county" if division.level == "county" else "prefecture"
    return Place(
        division.code, name, name, name[-1], division.code, level,
        f"0{dice(0, 'phone', division.code).randint(310, 998)}",
    )  # fmt: skip


def place_of(entry: Entry) -> Place:
    """Return the place of an entry: that of its host in the register, or of the code it names."""
    if not entry.division:
        return _places()[entry.host.removeprefix("www.")]
    return _place(next(one for one in registers.divisions() if one.code == entry.division))


def portal_of(seed: int, size: Size, entry: Entry, neighbour: str) -> Portal:
    """Build what an entry describes.

    Args:
        seed: The world's seed.
        size: How much stands on it.
        entry: The portal.
        neighbour: The host of another portal, for the links to friends.
    """
    place = place_of(entry)
    site = Site(
        entry.host, entry.scheme, entry.family, entry.host, place, f"{place.name}人民政府",
        f"{place.code}0001", entry.suffix, entry.skin, entry.article, code=entry.code,
        charset=entry.charset, robots=entry.robots, answers=entry.answers, variant=entry.variant,
    )  # fmt: skip
    portal = Portal(site)
    if entry.plan == "none":
        give_home(portal, "nothing", [], neighbour)
        return portal
    # Where the way is known there is less to see: fewer bodies.
    count = size.bodies - 1 if entry in PROVEN else size.bodies
    who = [government(place), *_departments(seed, place, count)]
    if entry.body:
        who = [_named(entry.body, place)]
    if entry.plan == "groups":
        who += townships(seed, place, 1)
    own = who[:1] if entry.plan == "sites" else who
    portal.roots = _PLANS[entry.plan](portal, entry.root, own, size)
    offices = []
    if entry.plan == "sites":
        offices = [_office(portal, entry, body, size) for body in who[1:]]
    give_home(portal, entry.way, offices, neighbour)
    return portal


def _named(name: str, place: Place) -> Body:
    """Return a body by its full name; titles call it by that."""
    kind: BodyKind = "department"
    if name.endswith("人民政府"):
        kind = "township" if name[-5] in "镇乡" else "government"
    return Body(f"{place.key}/{name}", name, (), "我单位", "own", kind, place, YEARS[0])


def _departments(seed: int, place: Place, count: int) -> list[Body]:
    chance = dice(seed, "country", place.key)
    proven = {entry.host.partition(".")[0] for entry in PROVEN}  # hosts of departments, some
    slugs = [slug for slug, _, _ in DEPARTMENTS[:28] if slug not in proven]
    slugs = chance.sample(slugs, count)
    return [department(place, slug, 2021 if chance.random() < 0.1 else 2019) for slug in slugs]


def _one(portal: Portal, root: str, who: list[Body], size: Size) -> list[Column]:
    """One list of all bodies and years."""
    column = Column(portal.site, root, ANNUAL, rows=size.rows)
    portal.file(column, who)
    return [column]


def _own(portal: Portal, root: str, who: list[Body], size: Size) -> list[Column]:
    """One list of one body."""
    (column,) = _one(portal, root, who, size)
    column.agency = who[0]
    return [column]


def _single(portal: Portal, root: str, who: list[Body], size: Size) -> list[Column]:
    """A column with one article, which stands in place of a list."""
    column = Column(portal.site, root, ANNUAL, who[0], single=True)
    portal.file(column, who, YEARS[-1:])
    return [column]


def _years(portal: Portal, root: str, who: list[Body], size: Size) -> list[Column]:
    """A landing of years, a list each."""
    return [landing(portal.site, root, ANNUAL, _lists_of_years(portal, root, who, size))]


def _tabs(portal: Portal, root: str, who: list[Body], size: Size) -> list[Column]:
    """The newest year's list, with the other years above its rows."""
    years = _lists_of_years(portal, root, who, size, until=YEARS[-2])
    column = Column(portal.site, root, ANNUAL, children=years, rows=size.rows)
    portal.file(column, who, [YEARS[-1]])
    return [column]


def _lists_of_years(
    portal: Portal, root: str, who: list[Body], size: Size, until: int = YEARS[-1]
) -> list[Column]:
    twin = twin_of(portal.site)
    columns = []
    for year in range(until, YEARS[0] - 1, -1):
        path = twin.below(root, str(year), YEARS[-1] - year + 1)
        column = Column(portal.site, path, f"{year}年", rows=size.rows)
        portal.file(column, who, [year])
        columns.append(column)
    return columns


def _bodies(portal: Portal, root: str, who: list[Body], size: Size) -> list[Column]:
    """A landing of bodies, a list each; a body with one report shows it in place of a list."""
    return [landing(portal.site, root, ANNUAL, _lists_of_bodies(portal, root, who, size))]


def _areas(portal: Portal, root: str, who: list[Body], size: Size) -> list[Column]:
    """A list a body, which no one page leads to."""
    return _lists_of_bodies(portal, root, who, size)


def _lists_of_bodies(portal: Portal, root: str, who: list[Body], size: Size) -> list[Column]:
    twin = twin_of(portal.site)
    columns = []
    for number, body in enumerate(who, start=1):
        name = body.shorts[0] if body.shorts else body.name
        path = twin.below(root, body.slug, number)
        column = Column(portal.site, path, f"{name}{ANNUAL}", body, rows=size.rows)
        portal.file(column, [body])
        columns.append(column)
    return columns


def _groups(portal: Portal, root: str, who: list[Body], size: Size) -> list[Column]:
    """A landing of governments, departments and towns, a list each."""
    twin = twin_of(portal.site)
    columns = []
    names = {"government": "政府年报", "department": "部门年报", "township": "乡镇（街道）年报"}
    for number, (kind, name) in enumerate(names.items(), start=1):
        column = Column(
            portal.site, twin.below(root, f"{kind[:2]}nb", number), name, rows=size.rows
        )
        portal.file(column, [body for body in who if body.kind == kind])
        columns.append(column)
    return [landing(portal.site, root, ANNUAL, columns)]


def _office(portal: Portal, entry: Entry, body: Body, size: Size) -> Column:
    """A department on a sub-host: a home page of its own, a menu, a list."""
    domain = portal.site.host.removeprefix("www.")
    site = replace(portal.site, host=f"{body.slug}.{domain}", title=body.name)
    column = Column(site, entry.root, ANNUAL, body, rows=size.rows)
    portal.file(column, [body])
    area = entrance(site, "/xxgk/index.html", "政府信息公开", "menu", [column])
    name = body.shorts[0] if body.shorts else body.name
    return entrance(site, "/", name, "home", [area])


_PLANS = {
    "one": _one, "years": _years, "tabs": _tabs, "bodies": _bodies, "areas": _areas,
    "groups": _groups, "sites": _one, "own": _own, "single": _single,
}  # fmt: skip
