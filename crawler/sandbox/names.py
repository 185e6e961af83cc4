"""Places and the bodies in them."""

from __future__ import annotations

from crawler.sandbox.dice import dice
from crawler.sandbox.model import Body, Place

PLACES = {
    place.key: place
    for place in (
        Place("xiangyang", "襄阳市", "襄阳市", "市", "420600", "prefecture", "0710"),
        Place("yicheng", "宜城市", "宜城市", "市", "420684", "county", "0710"),
        Place("xiangzhou", "襄州区", "襄州区", "区", "420607", "county", "0710"),
        Place("xiangcheng", "襄城区", "襄城区", "区", "420602", "county", "0710"),
        Place("ezhou", "鄂州市", "鄂州市", "市", "420700", "prefecture", "0711"),
        Place("huarong", "华容区", "华容区", "区", "420703", "county", "0711"),
        Place("echeng", "鄂城区", "鄂城区", "区", "420704", "county", "0711"),
        Place("linkong", "鄂州临空经济区", "临空经济区", "区", "420700", "county", "0711"),
        Place("huaihua", "怀化市", "怀化市", "市", "431200", "prefecture", "0745"),
        Place("jingzhou", "靖州苗族侗族自治县", "靖州县", "县", "431229", "county", "0745"),
        Place("zhijiang", "芷江侗族自治县", "芷江县", "县", "431228", "county", "0745"),
        Place("tongdao", "通道侗族自治县", "通道县", "县", "431230", "county", "0745"),
        Place("huitong", "会同县", "会同县", "县", "431225", "county", "0745"),
        Place("xupu", "溆浦县", "溆浦县", "县", "431224", "county", "0745"),
        Place("chenxi", "辰溪县", "辰溪县", "县", "431223", "county", "0745"),
        Place("qiyang", "祁阳市", "祁阳市", "市", "431181", "county", "0746"),
        Place("daoxian", "道县", "道县", "县", "431124", "county", "0746"),
    )
}

# slug, full name, names in use
DEPARTMENTS = (
    ("xzsp", "行政审批局", ()),
    ("jxj", "经济和信息化局", ("经信局",)),
    ("sjj", "审计局", ()),
    ("szsj", "招商局", ()),
    ("slj", "水利局", ()),
    ("qzjj", "住房和城乡建设局", ("住建局",)),
    ("czj", "财政局", ()),
    ("fgj", "发展和改革局", ("发改局",)),
    ("sjuj", "数据局", ()),
    ("jyj", "教育局", ()),
    ("nyncj", "农业农村局", ()),
    ("wjj", "卫生健康局", ("卫健局",)),
    ("scjgj", "市场监督管理局", ("市场监管局",)),
    ("rsj", "人力资源和社会保障局", ("人社局",)),
    ("zrzyj", "自然资源和规划局", ("自规局",)),
    ("jtj", "交通运输局", ("交通局",)),
    ("wlj", "文化和旅游局", ("文旅局",)),
    ("mzj", "民政局", ()),
    ("sfj", "司法局", ()),
    ("gaj", "公安局", ()),
    ("swj", "商务局", ()),
    ("yjj", "应急管理局", ()),
    ("tyjrj", "退役军人事务局", ()),
    ("ybj", "医疗保障局", ("医保局",)),
    ("tjj", "统计局", ()),
    ("cgj", "城市管理局", ("城管局",)),
    ("lyj", "林业局", ()),
    ("xfj", "信访局", ()),
    ("xczx", "乡村振兴局", ()),
    ("sthj", "生态环境分局", ()),
    ("ggzy", "公共资源交易中心", ()),
    ("jgsw", "机关事务服务中心", ()),
)

_FIRST = "青白金石龙云清长新太永安东西南北大双松柳梅竹桃枫古黄红平福文"
_SECOND = "溪山桥塘湾坪岭河泉铺店口沟岗林田坝洲渡水"
_TOWNSHIP = (("镇", "镇政府"), ("镇", "镇政府"), ("乡", "乡政府"), ("街道办事处", "办事处"))


def government(place: Place, first_year: int = 2019) -> Body:
    """Return the government of a place (its report is compiled by the office)."""
    return Body(
        f"{place.key}/zf",
        f"{place.name}人民政府",
        (place.short, f"{place.short}人民政府"),
        f"{place.mark}政府",
        "zf",
        "government",
        place,
        first_year,
    )


def office(place: Place, first_year: int = 2019) -> Body:
    """Return the office of a government, which publishes a report of its own."""
    return Body(
        f"{place.key}/zfb",
        f"{place.name}人民政府办公室",
        (f"{place.mark}政府办公室",),
        "我办",
        "zfb",
        "department",
        place,
        first_year,
    )


def department(place: Place, slug: str, first_year: int = 2019) -> Body:
    """Return a department by its slug; raises StopIteration for a slug that is not listed."""
    _, full, briefs = next(entry for entry in DEPARTMENTS if entry[0] == slug)
    # A city has commissions (委) where a county has bureaus.
    stems = list(briefs or (full,))
    if place.level == "prefecture" and slug in ("fgj", "wjj"):
        full, stems = f"{full[:-1]}委员会", [f"{stem[:-1]}委" for stem in stems]
    shorts = tuple(f"{prefix}{stem}" for stem in stems for prefix in (place.mark, place.short))
    name = f"{place.name}{full}"
    own = {"会": "我委", "心": "本中心"}.get(full[-1], "我局")
    return Body(
        f"{place.key}/{slug}",
        name,
        tuple(short for short in shorts if short != name),
        own,
        slug,
        "department",
        place,
        first_year,
    )


def townships(seed: int, place: Place, count: int) -> list[Body]:
    """Return invented towns, townships and streets of a place, all names different."""
    chance = dice(seed, "townships", place.key)
    names = [a + b for a in _FIRST for b in _SECOND]
    chance.shuffle(names)
    bodies = []
    for index, stem in enumerate(names[:count]):
        kind, own = _TOWNSHIP[chance.randrange(4)]
        full = stem + kind if kind == "街道办事处" else f"{stem}{kind}人民政府"
        bodies.append(
            Body(
                f"{place.key}/xz{index}",
                place.short + full,
                tuple(dict.fromkeys((stem + kind, full))),
                own,
                f"xz{index:02d}",
                "township",
                place,
                2019,
            )
        )
    return bodies


def bodies(seed: int, place: Place, count: int, *, skip: tuple[str, ...] = ()) -> list[Body]:
    """Return up to ``count`` bodies: departments in the order above; in a county, townships too.

    About a tenth of the departments were founded in 2021, so their first report is of that year.
    """
    rural = count // 4 if place.level == "county" else 0
    chance = dice(seed, "bodies", place.key)
    slugs = [slug for slug, _, _ in DEPARTMENTS if slug not in skip]
    found = [
        department(place, slug, 2021 if chance.random() < 0.1 else 2019)
        for slug in slugs[: count - rural]
    ]
    if place.level == "prefecture":
        return found  # its townships belong to its districts
    return found + townships(seed, place, count - len(found))
