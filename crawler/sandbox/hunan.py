"""怀化 with 靖州, 祁阳 and 道县 (UCAP)."""

from __future__ import annotations

from crawler.sandbox import sites
from crawler.sandbox.model import Column
from crawler.sandbox.names import PLACES, bodies, department, government
from crawler.sandbox.plan import ANNUAL, Portal, Size, Slot, departments, landing


def _huaihua_and_jingzhou(seed: int, size: Size) -> list[Portal]:
    """Counties file on the city's host; 靖州 shows some reports on its own host as well."""
    site = sites.HUAIHUA
    city, county = Portal(site), Portal(sites.JINGZHOU)
    places = ("jingzhou", "zhijiang", "tongdao", "huitong", "xupu", "chenxi")[: size.counties]
    own = Column(
        sites.JINGZHOU, "/jzx/c137350/list.shtml", ANNUAL, government(PLACES["jingzhou"]),
        rows=size.rows,
    )  # fmt: skip
    for channel, years in (
        ("c138775", range(2025, 2026)), ("c138129", range(2021, 2025)),
        ("c116287", range(2019, 2021)),
    ):  # fmt: skip
        column = Column(site, f"/huaihua/{channel}/list.shtml", "县市区年报", rows=size.rows)
        city.roots.append(column)
        city.file(column, [government(PLACES[place]) for place in places[1:]], years)
        city.slots += [
            Slot(column, government(PLACES["jingzhou"]), year, (own,) if year % 2 else ())
            for year in years
        ]
    library = landing(sites.JINGZHOU, "/jzx/c137345/zcwjk.shtml", "政策文件库", [own])
    county.roots = [library]
    return [city, county]


def _qiyang(seed: int, size: Size) -> list[Portal]:
    """The city's own column, and a catalogue that leads to the columns of the departments."""
    site = sites.QIYANG
    portal = Portal(site)
    own = Column(site, "/qy/gknb/list.shtml", ANNUAL, government(site.place), rows=size.rows)
    portal.file(own, [government(site.place)])
    who = [department(site.place, "qzjj")]
    who += bodies(seed, site.place, size.bodies - 1, skip=("qzjj", "szsj"))
    lists = departments(portal, "/qy/", "ndbg/bmlist2.shtml", who, size.rows)
    for column in lists:
        column.name = f"{column.name}{ANNUAL}"
    catalogue = landing(site, "/qy/xhtml/gkml.html", "政府信息公开目录", lists)
    portal.roots = [own, catalogue]
    return [portal]


def _daoxian(seed: int, size: Size) -> list[Portal]:
    """One long list of all bodies and years."""
    site = sites.DAOXIAN
    portal = Portal(site)
    column = Column(site, "/dx/ndbg/list.shtml", "年度报告", rows=size.rows)
    who = bodies(seed, site.place, size.bodies + 1, skip=("szsj",))
    portal.file(column, who)
    portal.roots = [column]
    return [portal]


def portals(seed: int, size: Size) -> list[Portal]:
    """Return the portals of the region."""
    builders = (_huaihua_and_jingzhou, _qiyang, _daoxian)
    return [portal for builder in builders for portal in builder(seed, size)]
