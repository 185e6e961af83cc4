"""襄阳: departments with hosts of their own, the city, 宜城, 襄州, 襄城 (TRS)."""

from __future__ import annotations

from crawler.sandbox import sites
from crawler.sandbox.figures import YEARS
from crawler.sandbox.model import Column
from crawler.sandbox.names import PLACES, bodies, department
from crawler.sandbox.plan import ANNUAL, Portal, Size, departments, landing, seat


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


def _xiangyang(seed: int, size: Size) -> list[Portal]:
    """The city host: three landings deep, departments that have no host."""
    site, place = sites.XIANGYANG, PLACES["xiangyang"]
    portal, root = Portal(site), "/szf/zfxxgk/zfxxgknb/"
    elsewhere = ("xzsp", "jxj", "sjj")
    who = [department(place, "szsj")]
    who += bodies(seed, place, size.bodies - 1, skip=(*elsewhere, "szsj"))
    lists = departments(portal, f"{root}zfnbhz/szbm/", "", who, size.rows)
    group = landing(site, f"{root}zfnbhz/szbm/", "市直部门", lists)
    group.links = [("市行政审批局", f"{sites.XZSP.root}/zwgk/gknb/")]
    groups = [group]
    if size.governments:
        own = Column(site, f"{root}zfnbhz/szf/", "市政府", rows=size.rows)
        portal.file(own, seat("xiangyang", size))
        groups.insert(0, own)
    collected = landing(site, f"{root}zfnbhz/", "政府年报汇总", groups)
    portal.roots = [landing(site, root, ANNUAL, [collected])]
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
            portal.file(own, seat("yicheng", size), [year])
            groups.insert(0, own)
        years.append(landing(site, f"{root}{year}/", f"{year}年", groups))
    portal.roots = [landing(site, root, ANNUAL, years)]
    return [portal]


def _xiangzhou(seed: int, size: Size) -> list[Portal]:
    """A folder for each department, the annual reports inside it."""
    site = sites.XIANGZHOU
    portal = Portal(site)
    who = [department(site.place, "slj")]
    who += bodies(seed, site.place, size.bodies - 1, skip=("slj", "szsj"))
    lists = departments(portal, "/bmxz/bm/", "zfxxgknb/", who, size.rows)
    for column in lists:
        column.name = f"{column.name}{ANNUAL}"
    portal.roots = [landing(site, "/bmxz/bm/", "部门信息公开", lists)]
    return [portal]


def _xiangcheng(seed: int, size: Size) -> list[Portal]:
    """Departments below a column whose name carries a number; one has a single report."""
    site, root = sites.XIANGCHENG, "/zwgk/xxgknb/"
    portal = Portal(site)
    who = [department(site.place, "qzjj"), department(site.place, "sjuj", YEARS[-1])]
    who += bodies(seed, site.place, size.bodies - 1, skip=("qzjj", "sjuj", "szsj"))
    lists = departments(portal, f"{root}xcqnbzl/bm_xc3322/", "", who, size.rows)
    group = landing(site, f"{root}xcqnbzl/bm_xc3322/", "区直部门", lists)
    special = landing(site, f"{root}xcqnbzl/", "襄城区年报专栏", [group])
    portal.roots = [landing(site, root, ANNUAL, [special])]
    return [portal]


def portals(seed: int, size: Size) -> list[Portal]:
    """Return the portals of the region."""
    builders = (_own_hosts, _xiangyang, _yicheng, _xiangzhou, _xiangcheng)
    return [portal for builder in builders for portal in builder(seed, size)]
