from __future__ import annotations

import pytest

from archive import org_types, portals, publishers
from archive.db import Archive
from extract.record import Agency, Record, Source
from tests.archive.world import (
    BUREAU_COLUMN,
    BUREAU_HOST,
    COLUMN,
    HOST,
    PORTALS,
    Column,
    Portal,
    one,
    rows,
)


def key(
    archive: Archive,
    name: str | None,
    *,
    portal: str = HOST,
    column_agency: str | None = None,
    division: str | None = None,
) -> str:
    agency = None if name is None else Agency(name, "title", uscc="11420600MB0000000X")
    publisher = publishers.resolve(
        archive,
        Record("report", agency=agency),
        portal,
        source=Source(column_agency=column_agency),
        division=division,
    )
    return str(one(archive, "SELECT key FROM publishers WHERE id = ?", publisher))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("襄阳市财政局", "420600/财政局"),
        ("市财政局", "420600/财政局"),
        ("湖北省襄阳市财政局", "420600/财政局"),
        ("襄州区财政局", "420607/财政局"),
        ("襄阳市襄州区财政局", "420607/财政局"),
        ("襄阳市人民政府", "420600/人民政府"),
        ("襄州区", "420607/人民政府"),
    ],
)
def test_the_place_in_the_name_decides(archive: Archive, name: str, expected: str) -> None:
    assert key(archive, name) == expected


@pytest.mark.parametrize(
    ("name", "division", "expected"),
    [
        # A county's column on a city's portal lists its neighbours too.
        ("襄州区财政局", "420684", "420607/财政局"),
        ("襄州区人民政府", "420684", "420607/人民政府"),
        ("宜城市财政局", "420684", "420684/财政局"),
        ("财政局", "420684", "420684/财政局"),
    ],
)
def test_a_neighbour_keeps_its_own_place(
    archive: Archive, name: str, division: str, expected: str
) -> None:
    assert key(archive, name, division=division) == expected


def test_one_body_however_it_is_called(archive: Archive) -> None:
    names = ("襄阳市住房和城乡建设局", "襄阳市住建局", "市住建局")
    assert len({key(archive, name) for name in names}) == 1
    assert {row[0] for row in rows(archive, "SELECT name FROM publisher_names")} >= set(names)
    assert rows(
        archive,
        "SELECT name, org_type, admin_level, uscc FROM publishers WHERE key LIKE '%住房%'",
    ) == [("襄阳市住房和城乡建设局", "department", "prefecture", "11420600MB0000000X")]


def test_who_says_it_when_the_report_does_not(archive: Archive) -> None:
    assert key(archive, None, column_agency="襄阳市审计局") == "420600/审计局"
    assert key(archive, None, portal=BUREAU_HOST) == "420600/财政局"
    assert key(archive, None) == f"420600/unknown@{HOST}"
    assert key(archive, " ") == f"420600/unknown@{HOST}"
    assert key(archive, "财政局", division="420607") == "420607/财政局"
    assert key(archive, "财政局", portal="new.gov.cn") == "new.gov.cn/财政局"
    assert key(archive, None, portal="new.gov.cn") == "new.gov.cn/unknown@new.gov.cn"


def test_a_zone_is_run_by_its_committee(archive: Archive) -> None:
    archive.conn.execute(
        "INSERT INTO divisions (code, name, level, parent, valid_from) "
        "VALUES ('4206Z1', '东津新区', 'county', '420600', 2007)"
    )
    publisher = publishers.registered(archive, HOST, None, "4206Z1")
    found = rows(archive, "SELECT key, name, org_type FROM publishers WHERE id = ?", publisher)
    assert [tuple(row) for row in found] == [("4206Z1/管理委员会", "东津新区管理委员会", "zone")]


def test_find_enters_nothing(archive: Archive) -> None:
    before = one(archive, "SELECT count(*) FROM publishers")
    assert publishers.find(archive, HOST, "襄阳市审计局") is None
    assert publishers.find(archive, HOST, "襄阳市财政局") is not None
    assert one(archive, "SELECT count(*) FROM publishers") == before


def test_the_register_names_bodies_and_their_columns(archive: Archive) -> None:
    assert rows(
        archive,
        """SELECT key, portal, column_url, source FROM publisher_columns
        JOIN publishers ON id = publisher_id ORDER BY key""",
    ) == [
        ("420600/人民政府", HOST, COLUMN, "register"),
        ("420600/财政局", BUREAU_HOST, BUREAU_COLUMN, "register"),
    ]


def test_registering_again_updates(archive: Archive) -> None:
    more = Portal(
        (HOST,), "襄阳", "420600", "prefecture",
        (Column("/gknb/"), Column("/bm/", "襄阳市审计局"), Column("/xz/", None, "420607")),
    )  # fmt: skip
    portals.register(archive, [more, PORTALS[1]], [])
    portals.register(archive, [more, PORTALS[1]], [])
    assert one(archive, "SELECT title FROM portals WHERE host = ?", HOST) == "襄阳"
    keys = {row[0] for row in rows(archive, "SELECT key FROM publishers")}
    assert keys == {"420600/人民政府", "420600/财政局", "420600/审计局", "420607/人民政府"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("人民政府", "government"),
        ("人民政府办公室", "department"),
        ("住房和城乡建设局", "department"),
        ("税务局", "vertical"),
        ("黄集镇", "township"),
        ("王府街道", "township"),
        ("高新技术产业开发区管理委员会", "zone"),
        ("第一人民医院", "public_institution"),
    ],
)
def test_org_types(name: str, expected: str) -> None:
    assert org_types.org_type(name) == expected


@pytest.mark.parametrize(
    ("org_type", "year", "expected"),
    [
        ("department", 2023, "2024-01-31"),
        ("government", 2023, "2024-03-31"),
        ("vertical", 2019, "2020-01-31"),
        ("department", 2018, "2019-03-31"),
        ("government", 2008, "2009-03-31"),
        ("government", 2007, None),
        ("township", 2023, None),
        ("public_institution", 2023, None),
        ("unknown", 2023, None),
        ("department", None, None),
    ],
)
def test_due_dates(org_type: str, year: int | None, expected: str | None) -> None:
    assert org_types.due_on(org_type, year) == expected
