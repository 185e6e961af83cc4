"""鄂州: the city, 华容, 鄂城 and the airport zone (TRS), by year and then by body."""

from __future__ import annotations

from crawler.sandbox import sites
from crawler.sandbox.figures import YEARS
from crawler.sandbox.model import Column
from crawler.sandbox.names import PLACES, bodies, department, office
from crawler.sandbox.plan import ANNUAL, Portal, Size, by_year, landing, seat


def _huarong(seed: int, size: Size) -> list[Portal]:
    who = bodies(seed, PLACES["huarong"], size.bodies + 1, skip=("szsj",))
    folders = {year: str(year) for year in YEARS}
    return by_year(sites.HUARONG, "/hrqxxgk/xxgknb/", folders, seat("huarong", size) + who, size)


def _echeng(seed: int, size: Size) -> list[Portal]:
    place = PLACES["echeng"]
    who = [department(place, "zrzyj")]
    who += bodies(seed, place, size.bodies - 1, skip=("zrzyj", "szsj"))
    folders = {year: f"{year}year" for year in YEARS}
    return by_year(sites.ECHENG, "/ecqxxgk/xxgknb/", folders, seat("echeng", size) + who, size)


def _ezhou(seed: int, size: Size) -> list[Portal]:
    """The folders' names changed over the years: 2020year/szfnb, gknb2025/bmnb2025."""
    site, root = sites.EZHOU, "/gk/xxgknb/"
    portal = Portal(site)
    who = [office(site.place)]
    who += bodies(seed, site.place, size.bodies - 1)
    years = []
    for year in reversed(YEARS):
        folder = f"{root}{year}year/" if year <= 2021 else f"{root}gknb{year}/"
        tail = "/" if year <= 2021 else f"{year}/"
        column = Column(site, f"{folder}bmnb{tail}", f"{year}年部门年报", rows=size.rows)
        portal.file(column, who, [year])
        groups = [column]
        if size.governments:
            own = Column(site, f"{folder}szfnb{tail}", f"{year}年市政府年报", rows=size.rows)
            portal.file(own, seat("ezhou", size), [year])
            groups.insert(0, own)
        years.append(landing(site, folder, f"{year}年", groups))
    portal.roots = [landing(site, root, ANNUAL, years)]
    return [portal]


def _linkong(seed: int, size: Size) -> list[Portal]:
    """Early years are lists, later ones lead to a list of the zone's departments."""
    site, root = sites.LINKONG, "/xxgk/zfxxgknb/"
    portal = Portal(site)
    who = bodies(seed, site.place, min(size.bodies, 14), skip=("szsj",))
    years = []
    for year in reversed(YEARS):
        path = f"{root}{year}/" if year <= 2022 else f"{root}{year}/qzbmnb/"
        name = f"{year}年" if year <= 2022 else "区直部门年报"
        column = Column(site, path, name, rows=size.rows)
        portal.file(column, who, [year])
        if year > 2022:
            column = landing(site, f"{root}{year}/", f"{year}年", [column])
        years.append(column)
    portal.roots = [landing(site, root, ANNUAL, years)]
    return [portal]


def portals(seed: int, size: Size) -> list[Portal]:
    """Return the portals of the region."""
    builders = (_huarong, _ezhou, _echeng, _linkong)
    return [portal for builder in builders for portal in builder(seed, size)]
