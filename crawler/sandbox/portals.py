"""The portals: a site with the columns that its proven addresses show, still empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from crawler.sandbox import sites
from crawler.sandbox.figures import YEARS
from crawler.sandbox.model import Body, Column, Site
from crawler.sandbox.names import PLACES, bodies, department, government, office

ANNUAL = "政府信息公开年报"


@dataclass(frozen=True)
class Size:
    """How much stands on the portals.

    Attributes:
        bodies: Bodies on a portal of many.
        governments: Whether cities and districts file reports of the whole government too.
        counties: Counties whose reports stand on the host of 怀化.
        rows: Rows on a list page.
    """

    bodies: int
    governments: bool
    counties: int
    rows: int


SIZES = {
    "small": Size(bodies=1, governments=False, counties=1, rows=8),
    "medium": Size(bodies=13, governments=True, counties=6, rows=15),
    "large": Size(bodies=130, governments=True, counties=6, rows=20),
}


@dataclass(frozen=True)
class Slot:
    """In this column this body files the report of this year, and ``copied`` ones once more."""

    column: Column
    body: Body
    year: int
    copies: tuple[Column, ...] = ()


@dataclass
class Portal:
    """A site, the columns a crawler starts from, and what is to be filed in which column."""

    site: Site
    roots: list[Column] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)

    def file(self, column: Column, who: Iterable[Body], years: Iterable[int] = YEARS) -> None:
        """Enter slots for these bodies and years."""
        wanted = list(years)
        self.slots += [Slot(column, body, year) for body in who for year in wanted]


Builder = Callable[[int, Size], list[Portal]]


def build(seed: int, size: Size) -> list[Portal]:
    """Return all portals of the world."""
    builders: tuple[Builder, ...] = (
        _own_hosts, _xiangyang, _yicheng, _xiangzhou, _xiangcheng, _huarong, _ezhou, _echeng,
        _linkong, _huaihua_and_jingzhou, _qiyang, _daoxian,
    )  # fmt: skip
    return [portal for builder in builders for portal in builder(seed, size)]


def _landing(site: Site, path: str, name: str, children: list[Column]) -> Column:
    return Column(site, path, name, children=children)


def _brief(body: Body) -> str:
    return body.shorts[0] if body.shorts else body.name


def _seat(place: str, size: Size) -> list[Body]:
    return [government(PLACES[place])] if size.governments else []


def _own_hosts(seed: int, size: Size) -> list[Portal]:
    """Departments with a host of their own; all use the column /zwgk/gknb/."""
    portals = []
    for site, slug in ((sites.XZSP, "xzsp"), (sites.JXJ, "jxj"), (sites.SJJ, "sjj")):
        body = department(site.place, slug)
        column = Column(site, "/zwgk/gknb/", "公开年报", body, rows=size.rows)
        portal = Portal(site, [column])
        portal.file(column, [body])
        portals.append(portal)
    return portals


def _departments(portal: Portal, root: str, tail: str, who: list[Body], rows: int) -> list[Column]:
    """A column for each department, under ``root/<slug>/tail``; each is filed in its own."""
    columns = []
    for body in who:
        column = Column(portal.site, f"{root}{body.slug}/{tail}", _brief(body), body, rows=rows)
        column.single = body.first_year == YEARS[-1]
        portal.file(column, [body])
        columns.append(column)
    return columns


def _xiangyang(seed: int, size: Size) -> list[Portal]:
    """The city host: three landings deep, departments that have no host."""
    site, place = sites.XIANGYANG, PLACES["xiangyang"]
    portal, root = Portal(site), "/szf/zfxxgk/zfxxgknb/"
    elsewhere = ("xzsp", "jxj", "sjj")
    who = [department(place, "szsj")]
    who += bodies(seed, place, size.bodies - 1, skip=(*elsewhere, "szsj"))
    lists = _departments(portal, f"{root}zfnbhz/szbm/", "", who, size.rows)
    group = _landing(site, f"{root}zfnbhz/szbm/", "市直部门", lists)
    group.links = [("市行政审批局", f"{sites.XZSP.root}/zwgk/gknb/")]
    groups = [group]
    if size.governments:
        own = Column(site, f"{root}zfnbhz/szf/", "市政府", rows=size.rows)
        portal.file(own, _seat("xiangyang", size))
        groups.insert(0, own)
    collected = _landing(site, f"{root}zfnbhz/", "政府年报汇总", groups)
    portal.roots = [_landing(site, root, ANNUAL, [collected])]
    return [portal]


def _yicheng(seed: int, size: Size) -> list[Portal]:
    """Years, then groups of bodies."""
    site, root = sites.YICHENG, "/xxgk/xxgknb/"
    portal = Portal(site)
    who = bodies(seed, site.place, size.bodies, skip=("szsj",))
    years = []
    for year in reversed(YEARS):
        column = Column(site, f"{root}{year}/xzbm/", "行政部门", rows=size.rows)
        portal.file(column, who, [year])
        groups = [column]
        if size.governments:
            own = Column(site, f"{root}{year}/szf/", "市政府", rows=size.rows)
            portal.file(own, _seat("yicheng", size), [year])
            groups.insert(0, own)
        years.append(_landing(site, f"{root}{year}/", f"{year}年", groups))
    portal.roots = [_landing(site, root, ANNUAL, years)]
    return [portal]


def _xiangzhou(seed: int, size: Size) -> list[Portal]:
    """A folder for each department, the annual reports inside it."""
    site = sites.XIANGZHOU
    portal = Portal(site)
    who = [department(site.place, "slj")]
    who += bodies(seed, site.place, size.bodies - 1, skip=("slj", "szsj"))
    lists = _departments(portal, "/bmxz/bm/", "zfxxgknb/", who, size.rows)
    for column in lists:
        column.name = f"{column.name}{ANNUAL}"
    portal.roots = [_landing(site, "/bmxz/bm/", "部门信息公开", lists)]
    return [portal]


def _xiangcheng(seed: int, size: Size) -> list[Portal]:
    """Departments below a column whose name carries a number; one has a single report."""
    site, root = sites.XIANGCHENG, "/zwgk/xxgknb/"
    portal = Portal(site)
    who = [department(site.place, "qzjj"), department(site.place, "sjuj", YEARS[-1])]
    who += bodies(seed, site.place, size.bodies - 1, skip=("qzjj", "sjuj", "szsj"))
    lists = _departments(portal, f"{root}xcqnbzl/bm_xc3322/", "", who, size.rows)
    group = _landing(site, f"{root}xcqnbzl/bm_xc3322/", "区直部门", lists)
    special = _landing(site, f"{root}xcqnbzl/", "襄城区年报专栏", [group])
    portal.roots = [_landing(site, root, ANNUAL, [special])]
    return [portal]


def _by_year(
    site: Site, root: str, folders: dict[int, str], who: list[Body], size: Size
) -> list[Portal]:
    """A landing of years, and in each year one list of all bodies."""
    portal = Portal(site)
    years = []
    for year in reversed(YEARS):
        column = Column(site, f"{root}{folders[year]}/", f"{year}年", rows=size.rows)
        portal.file(column, who, [year])
        years.append(column)
    portal.roots = [_landing(site, root, ANNUAL, years)]
    return [portal]


def _huarong(seed: int, size: Size) -> list[Portal]:
    who = bodies(seed, PLACES["huarong"], size.bodies + 1, skip=("szsj",))
    folders = {year: str(year) for year in YEARS}
    return _by_year(sites.HUARONG, "/hrqxxgk/xxgknb/", folders, _seat("huarong", size) + who, size)


def _echeng(seed: int, size: Size) -> list[Portal]:
    place = PLACES["echeng"]
    who = [department(place, "zrzyj")]
    who += bodies(seed, place, size.bodies - 1, skip=("zrzyj", "szsj"))
    folders = {year: f"{year}year" for year in YEARS}
    return _by_year(sites.ECHENG, "/ecqxxgk/xxgknb/", folders, _seat("echeng", size) + who, size)


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
            portal.file(own, _seat("ezhou", size), [year])
            groups.insert(0, own)
        years.append(_landing(site, folder, f"{year}年", groups))
    portal.roots = [_landing(site, root, ANNUAL, years)]
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
            column = _landing(site, f"{root}{year}/", f"{year}年", [column])
        years.append(column)
    portal.roots = [_landing(site, root, ANNUAL, years)]
    return [portal]


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
    library = _landing(sites.JINGZHOU, "/jzx/c137345/zcwjk.shtml", "政策文件库", [own])
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
    lists = _departments(portal, "/qy/", "ndbg/bmlist2.shtml", who, size.rows)
    for column in lists:
        column.name = f"{column.name}{ANNUAL}"
    catalogue = _landing(site, "/qy/xhtml/gkml.html", "政府信息公开目录", lists)
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
