"""Bodies belong to the division of the year they report on, and are joined through time."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from archive import divisions, portals, publishers, reforms
from archive.db import Archive
from extract.record import Agency, Record
from tests.archive.test_docs import blocks
from tests.archive.world import Column, Division, Portal, Run, one, reading, rows

QIYANG = "www.qy.gov.cn"
CHAOHU = "www.hf.gov.cn"


@dataclass(frozen=True)
class Change:
    year: int
    code: str
    name: str
    to_code: str
    to_name: str
    kind: str
    evidence: str = "一号文"


DIVISIONS = (
    Division("430000", "湖南省", "province", None),
    Division("431100", "永州市", "prefecture", "430000"),
    Division("431121", "祁阳县", "county", "431100", 2007, 2020, ("431181",)),
    Division("431181", "祁阳市", "county", "431100", 2021),
    Division("340000", "安徽省", "province", None),
    Division("340100", "合肥市", "prefecture", "340000"),
    Division("341400", "巢湖市", "prefecture", "340000", 2007, 2010, ("340100",)),
    Division("341402", "居巢区", "county", "341400", 2007, 2010, ("340181",)),
    Division("340181", "巢湖市", "county", "340100", 2011),
    Division("420000", "湖北省", "province", None),
    Division("420600", "襄樊市", "prefecture", "420000", 2007, 2009, ("420600",)),
    Division("420600", "襄阳市", "prefecture", "420000", 2010),
    Division("232700", "大兴安岭地区", "prefecture", None),
)
CHANGES = (
    Change(2010, "420600", "襄樊市", "420600", "襄阳市", "renamed"),
    Change(2011, "341400", "巢湖市", "340100", "合肥市", "merged"),
    Change(2011, "341402", "居巢区", "340181", "巢湖市", "renamed"),
    Change(2021, "431121", "祁阳县", "431181", "祁阳市", "renamed"),
)
PORTALS = (
    Portal((QIYANG,), "祁阳市", "431181", "county", (Column("/gknb/"),)),
    Portal((CHAOHU,), "合肥市", "340100", "prefecture", (Column("/gknb/"),)),
    Portal(("www.xf.gov.cn",), "襄阳市", "420600", "prefecture", (Column("/gknb/"),)),
    Portal(("www.dxal.gov.cn",), "大兴安岭地区", "232700", "prefecture", (Column("/gknb/"),)),
)


@pytest.fixture
def places(archive: Archive) -> Archive:
    portals.register(archive, PORTALS, DIVISIONS, CHANGES)
    return archive


def key(archive: Archive, name: str, year: int | None, portal: str = QIYANG) -> str:
    record = Record("report", year=year, agency=Agency(name, "title"))
    publisher = publishers.resolve(archive, record, portal)
    return str(one(archive, "SELECT key FROM publishers WHERE id = ?", publisher))


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("祁阳县财政局", 2019, "431121/财政局"),
        ("祁阳市财政局", 2020, "431121/财政局"),  # posted in 2021
        ("祁阳市财政局", 2021, "431181/财政局"),
        ("祁阳县财政局", 2022, "431181/财政局"),  # an old template
        ("县财政局", 2019, "431121/财政局"),
        ("财政局", 2024, "431181/财政局"),
        ("祁阳县", 2019, "431121/人民政府"),
        ("祁阳市财政局", None, "431181/财政局"),
    ],
)
def test_a_place_that_was_renamed(
    places: Archive, name: str, year: int | None, expected: str
) -> None:
    assert key(places, name, year) == expected


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("巢湖市财政局", 2009, "341400/财政局"),  # the prefecture
        ("巢湖市财政局", 2012, "340181/财政局"),  # the county-level city
        ("合肥市财政局", 2009, "340100/财政局"),
    ],
)
def test_one_name_for_two_places(places: Archive, name: str, year: int, expected: str) -> None:
    portal = "www.ch.gov.cn" if expected.startswith("3414") else CHAOHU
    more = Portal(("www.ch.gov.cn",), "巢湖市", "341400", "prefecture", (Column("/gknb/"),))
    portals.register(places, [more], [])
    assert key(places, name, year, portal) == expected


def test_the_same_code_under_another_name_is_one_body(places: Archive) -> None:
    names = (("襄樊市财政局", 2008), ("襄阳市财政局", 2012), ("襄樊市财政局", 2009))
    assert {key(places, name, year, "www.xf.gov.cn") for name, year in names} == {"420600/财政局"}
    assert rows(
        places,
        """SELECT publisher_names.name, since, until, publishers.name FROM publisher_names
        JOIN publishers ON publishers.id = publisher_id WHERE key = '420600/财政局' ORDER BY 1""",
    ) == [
        ("襄樊市财政局", 2008, 2009, "襄阳市财政局"),
        ("襄阳市财政局", 2012, 2012, "襄阳市财政局"),
    ]


def test_a_government_has_the_names_of_its_place_with_their_years(places: Archive) -> None:
    assert key(places, "襄樊市", 2008, "www.xf.gov.cn") == "420600/人民政府"
    assert rows(
        places,
        """SELECT publisher_names.name, source, since, until FROM publisher_names
        JOIN publishers ON publishers.id = publisher_id WHERE key = '420600/人民政府' ORDER BY 3""",
    ) == [
        ("襄樊市人民政府", "register", 2007, 2009),
        ("襄樊市", "title", 2008, 2008),
        ("襄阳市人民政府", "register", 2010, None),
    ]


@pytest.mark.parametrize("name", ["大兴安岭地区", "大兴安岭地区行政公署", "大兴安岭地区行署"])
def test_a_prefecture_without_a_peoples_government(places: Archive, name: str) -> None:
    assert key(places, name, 2023, "www.dxal.gov.cn") == "232700/人民政府"
    assert rows(places, "SELECT name, org_type FROM publishers WHERE division_code = '232700'") == [
        ("大兴安岭地区行政公署", "government")
    ]


def test_a_merged_place_is_not_guessed(places: Archive) -> None:
    merged = divisions.get(places, "341400")
    assert divisions.at(places, merged, 2015) == merged
    assert divisions.at(places, divisions.get(places, "431181"), 2015).name == "祁阳县"
    assert divisions.is_same(places, "431121", "431181")
    assert divisions.is_same(places, "431181", "431121")
    assert not divisions.is_same(places, "341400", "340100")
    assert not divisions.is_same(places, None, None)


def test_old_reports_on_the_new_places_portal_are_of_the_issuing_host(places: Archive) -> None:
    run = Run(places)
    url = f"http://{QIYANG}/gknb/2019.html"
    record = reading(year=2019, agency=Agency("祁阳县财政局", "title"))
    run.article(url, [record], portal=QIYANG, column=f"http://{QIYANG}/gknb/")
    assert rows(places, "SELECT report_key, source_rank FROM reports") == [
        ("431121/财政局:2019:own_body:1", "issuing_host")
    ]


def test_the_way_back_through_the_relations(places: Archive) -> None:
    run = Run(places)
    for year in (2019, 2023):
        record = reading(year=year, agency=Agency("祁阳市财政局", "title"))
        run.article(f"http://{QIYANG}/{year}.html", [record], portal=QIYANG)
    reforms.relate(places)
    reforms.relate(places)
    relations = "SELECT kind, since, evidence FROM publisher_relations"
    assert rows(places, relations) == [("renamed", "2021", "一号文")]
    line, _ = blocks("sql")
    assert [row[1] for row in rows(places, line)] == [2019, 2023]


def test_bodies_that_a_reform_renamed_or_merged(places: Archive) -> None:
    for name in ("国土资源局", "自然资源局", "工商行政管理局", "质量技术监督局", "市场监督管理局",
                 "财政局", "乡村振兴局", "农业局", "农牧局", "农业农村局"):  # fmt: skip
        key(places, f"祁阳市{name}", 2023)
    key(places, "合肥市国土资源局", 2012, CHAOHU)  # of another place
    reforms.relate(places)
    assert set(
        rows(
            places,
            """SELECT old.key, new.key, kind, since FROM publisher_relations
            JOIN publishers AS old ON old.id = publisher_id
            JOIN publishers AS new ON new.id = successor_id""",
        )
    ) == {
        ("431181/国土资源局", "431181/自然资源局", "renamed", "2019"),
        ("431181/工商行政管理局", "431181/市场监督管理局", "merged", "2019"),
        ("431181/质量技术监督局", "431181/市场监督管理局", "merged", "2019"),
        ("431181/乡村振兴局", "431181/农业农村局", "merged", "2024"),
        ("431181/农业局", "431181/农业农村局", "renamed", "2019"),
        ("431181/农牧局", "431181/农业农村局", "renamed", "2019"),
    }
    assert one(places, "SELECT count(*) FROM publisher_relations WHERE evidence = ''") == 0


@pytest.mark.parametrize(
    ("body", "year"),
    [("自然资源局", 2019), ("卫生健康委员会", 2019), ("数据局", 2024), ("财政局", None),
     ("市场监督管理局", None), ("大数据管理局", None)],
)  # fmt: skip
def test_since_when_there_is_such_a_body(body: str, year: int | None) -> None:
    assert reforms.founded(body) == year


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("南京市鼓楼区人民政府", "320106/人民政府"),
        ("江苏省徐州市鼓楼区财政局", "320302/财政局"),
        ("鼓楼区财政局", "320000/鼓楼区财政局"),  # nobody knows which
        ("玄武区财政局", "320102/财政局"),
        ("江苏省财政厅", "320000/财政厅"),
        ("财政厅", "320000/财政厅"),
    ],
)
def test_a_name_that_two_places_of_a_province_share(
    archive: Archive, name: str, expected: str
) -> None:
    province = (
        Division("320000", "江苏省", "province", None),
        Division("320100", "南京市", "sub_province", "320000"),
        Division("320102", "玄武区", "county", "320100"),
        Division("320106", "鼓楼区", "county", "320100"),
        Division("320300", "徐州市", "prefecture", "320000"),
        Division("320302", "鼓楼区", "county", "320300"),
    )
    host = "www.js.gov.cn"
    portal = Portal((host,), "江苏省", "320000", "province", (Column("/gknb/"),))
    portals.register(archive, [portal], province)
    assert key(archive, name, 2023, host) == expected


def test_the_register_is_written_once(places: Archive) -> None:
    before = places.conn.total_changes
    portals.register(places, [], DIVISIONS, CHANGES)
    assert places.conn.total_changes == before
    later = [*DIVISIONS[:4], Division("431182", "道州市", "county", "431100", 2026)]
    portals.register(places, [], later, CHANGES)
    assert one(places, "SELECT count(*) FROM divisions WHERE code = '431182'") == 1
    assert one(places, "SELECT count(*) FROM divisions WHERE code = '431121'") == 1


def test_the_year_of_a_listed_title_decides_for_its_body(places: Archive) -> None:
    named = publishers.named(places, QIYANG, "祁阳市财政局", None, "listing", 2019)
    assert publishers.find(places, QIYANG, "县财政局", None, 2018) == named
    assert publishers.find(places, QIYANG, "祁阳市财政局", None, 2023) is None
