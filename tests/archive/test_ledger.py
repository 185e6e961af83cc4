"""The ledger: every body and year of the register has one status, and they add up to it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import coverage, frontier, notes, population, portals, reforms, tallies
from archive.coverage import Coverage
from archive.db import Archive
from extract import formats
from extract.record import Agency
from tests.archive.test_places import CHANGES, DIVISIONS, PORTALS, QIYANG
from tests.archive.world import (
    BUREAU_COLUMN,
    BUREAU_HOST,
    Listing,
    Portal,
    Run,
    Task,
    one,
    reading,
    rows,
)

AS_OF = "2024-06-30"
YEARS = range(2017, 2025)
LIST = f"http://{QIYANG}/gknb/"


@pytest.fixture
def places(archive: Archive) -> Archive:
    portals.register(archive, PORTALS, DIVISIONS, CHANGES)
    return archive


def ledger(archive: Archive, years: Any = YEARS) -> list[Coverage]:
    return list(coverage.ledger(archive, years, AS_OF))


def of(archive: Archive, key: str, years: Any = YEARS) -> dict[int, str]:
    return {row.year: row.status for row in ledger(archive, years) if row.publisher == key}


def read(run: Run, agency: str, year: int, portal: str = QIYANG, column: str = LIST) -> None:
    url = f"http://{portal}/{agency}{year}.html"
    run.article(url, [reading(year=year, agency=Agency(agency, "title"))], portal=portal,
                column=column)  # fmt: skip


def test_governments_are_in_it_before_anybody_looked(places: Archive) -> None:
    found = ledger(places)
    assert {row.publisher for row in found if row.publisher_id is None} >= {
        "340000/人民政府",  # a province without a portal
        "431121/人民政府",
    }
    assert {row.register for row in found if row.org_type == "government"} == {"governments"}
    unmet = next(row for row in found if row.publisher == "340000/人民政府")
    assert (unmet.status, unmet.name, unmet.sector) == ("not_looked", "安徽省人民政府", "general")
    assert [row.publisher for row in found] == sorted(row.publisher for row in found)


def test_no_status_for_years_before_a_place_or_after_it(places: Archive) -> None:
    assert set(of(places, "431121/人民政府")) == {2017, 2018, 2019, 2020}
    assert set(of(places, "431181/人民政府")) == {2021, 2022, 2023, 2024}
    assert set(of(places, "341400/人民政府", range(2007, 2013))) == {2007, 2008, 2009, 2010}
    assert set(of(places, "420600/人民政府", range(2008, 2012))) == {2008, 2009, 2010, 2011}


@pytest.mark.parametrize("year", [2008, 2010, 2011, 2020, 2021])
def test_the_statuses_add_up_to_the_register(places: Archive, year: int) -> None:
    found = [row for row in ledger(places, [year]) if row.register == population.GOVERNMENTS]
    expected = one(
        places,
        """SELECT count(DISTINCT code) FROM divisions WHERE valid_from <= ?1
        AND coalesce(valid_to, 9999) >= ?1""",
        year,
    )
    assert len(found) == len({row.publisher for row in found}) == expected


def test_what_was_found_counts_more_than_the_register(places: Archive) -> None:
    run = Run(places)
    record = reading(year=2016, agency=Agency("祁阳市自然资源局", "title"))  # not before 2019
    run.article(f"http://{QIYANG}/1.html", [record], portal=QIYANG, column=LIST)
    key = "431121/自然资源局"
    assert of(places, key)[2020] == "not_looked"
    assert 2017 not in of(places, key)
    assert of(places, key, [2016]) == {2016: "found"}


def test_a_predecessor_is_looked_for_in_its_successors_column(places: Archive) -> None:
    run = Run(places)
    run.page(LIST, (Listing(LIST + "1.html", "祁阳市2023年政府信息公开年度报告", 2023,
                            portal=QIYANG, column=LIST),), column=LIST, portal=QIYANG)  # fmt: skip
    read(run, "祁阳市人民政府", 2023)
    found = {row.year: row for row in ledger(places) if row.publisher == "431121/人民政府"}
    assert found[2019].status == "not_listed"
    assert found[2019].publisher_id is None
    assert found[2019].evidence_fetch_id is not None


def test_a_body_that_a_reform_ended(places: Archive) -> None:
    run = Run(places)
    run.page(LIST, (), column=LIST, portal=QIYANG)
    for agency, year in (("祁阳县国土资源局", 2017), ("祁阳县自然资源局", 2019)):
        read(run, agency, year)
    old, new = "431121/国土资源局", "431121/自然资源局"
    coverage.update(places, YEARS, AS_OF)
    assert set(of(places, old)) == {2017, 2018}
    assert set(of(places, new)) == {2019, 2020}
    read(run, "祁阳县自然资源局", 2018)  # the successor reported for the last year of the old body
    coverage.update(places, YEARS, AS_OF)
    assert set(of(places, old)) == {2017}
    assert of(places, new)[2018] == "found"
    read(run, "祁阳县国土资源局", 2018)  # and so did the old one: both count
    assert of(places, old)[2018] == "found"


def test_nobody_ends_by_a_reform_whose_outcome_was_never_met(places: Archive) -> None:
    read(Run(places), "祁阳县粮食局", 2017)
    coverage.update(places, YEARS, AS_OF)
    assert 2020 in of(places, "431121/粮食局")


def test_townships_owe_nothing(places: Archive) -> None:
    read(Run(places), "祁阳县黄泥塘镇", 2018)
    found = of(places, "431121/黄泥塘镇")
    assert (found[2018], found[2019]) == ("found", "not_obliged")


def test_a_portal_that_was_explored_in_vain(places: Archive) -> None:
    host = "www.ah.gov.cn"
    home = f"http://{host}/"
    portals.register(places, [Portal((host,), "安徽省", "340000", "province", ())], [])
    run = Run(places)
    entry = run.entry(Task(home, "explore", host))
    fetch_id = run.fetch(entry, "ok", b"<html>home</html>")
    frontier.done(places, entry.id, "ok")
    notes.save(places, entry, fetch_id, ["no_column: 1 pages"])
    row = next(item for item in ledger(places, [2020]) if item.publisher == "340000/人民政府")
    assert (row.status, row.evidence_fetch_id) == ("not_looked", fetch_id)
    assert "no column of annual reports among 1 pages" in row.detail
    again = Run(places, arguments={"n": 2})
    entry = again.entry(Task(home, "explore", host))
    blocked = again.fetch(entry, "challenge", b"")
    frontier.done(places, entry.id, "challenge")
    row = next(item for item in ledger(places, [2020]) if item.publisher == "340000/人民政府")
    assert (row.status, row.evidence_fetch_id) == ("blocked", blocked)


@pytest.mark.parametrize("outcome", ["truncated", "challenge"])
def test_the_list_of_a_year_hides_only_that_year(archive: Archive, outcome: str) -> None:
    run = Run(archive)
    run.page(BUREAU_COLUMN, (Listing(f"http://{BUREAU_HOST}/1.html", "2020年政府信息公开年度报告",
             2020, portal=BUREAU_HOST, column=BUREAU_COLUMN),), column=BUREAU_COLUMN,
             portal=BUREAU_HOST)  # fmt: skip
    run.article(f"http://{BUREAU_HOST}/1.html", [reading(year=2020)], portal=BUREAU_HOST,
                column=BUREAU_COLUMN)  # fmt: skip
    args = {"column": BUREAU_COLUMN, "depth": 1, "column_name": "年报 > 2022年 > 部门"}
    entry = run.entry(Task(BUREAU_COLUMN + "2022/", "column", BUREAU_HOST, args))
    run.fetch(entry, outcome, b"")
    frontier.done(archive, entry.id, outcome)
    found = of(archive, "420600/财政局", range(2019, 2024))
    hidden = "blocked" if outcome == "challenge" else "not_looked"
    assert found == {2019: "not_listed", 2020: "found", 2021: hidden, 2022: hidden,
                     2023: "not_listed"}  # fmt: skip


def test_the_table_holds_the_publishers_and_nothing_stale(places: Archive) -> None:
    read(Run(places), "祁阳县国土资源局", 2017)
    coverage.update(places, YEARS, AS_OF)
    before = one(places, "SELECT count(*) FROM coverage")
    assert before == len(coverage.compute(places, YEARS, AS_OF))
    read(Run(places, arguments={"n": 2}), "祁阳县自然资源局", 2019)
    coverage.update(places, YEARS, "2024-07-01")
    assert rows(places, "SELECT DISTINCT as_of FROM coverage") == [("2024-07-01",)]
    assert rows(
        places,
        """SELECT count(*) FROM coverage JOIN publishers ON publishers.id = publisher_id
        WHERE key = '431121/国土资源局' AND year > 2018""",
    ) == [(0,)]


@pytest.mark.parametrize("by", [None, *tallies.BY])
def test_the_sums_of_all_groups_are_the_ledger(places: Archive, by: str | None) -> None:
    run = Run(places)
    read(run, "祁阳县国土资源局", 2017)
    read(run, "祁阳市财政局", 2023)
    found = ledger(places)
    sums = tallies.add_up(places, found, by)
    assert len({(item.register, item.group) for item in sums}) == len(sums)
    for register in (population.GOVERNMENTS, population.SEEN):
        own = [item for item in sums if item.register == register]
        statuses = sum((item.statuses for item in own), Counter[str]())
        assert statuses == Counter(row.status for row in found if row.register == register)
        assert sum(item.total for item in own) == statuses.total()
        bodies = {row.publisher for row in found if row.register == register}
        if by != "year":  # a body is in one group, but in several years
            assert sum(item.publishers for item in own) == len(bodies)


def test_the_divisions_of_a_tally_go_down_from_the_one_asked_for(places: Archive) -> None:
    found = ledger(places, [2020])
    groups = [item.group for item in tallies.add_up(places, found, "division")]
    assert groups[:3] == ["大兴安岭地区", "安徽省", "湖北省"]
    below = tallies.add_up(places, found, "division", "湖南省")
    assert [(item.group, item.publishers) for item in below] == [
        ("湖南省", 1),
        ("湖南省/永州市", 2),
    ]
    levels = tallies.add_up(places, found, "level", "湖南省/永州市")
    assert {item.group: item.total for item in levels} == {"county": 1, "prefecture": 1}


@dataclass(frozen=True)
class _Event:
    kind: str
    year: int
    agency: str


_EVENTS = st.lists(
    st.builds(
        _Event,
        st.sampled_from(("read", "listed", "failed", "page")),
        st.integers(2015, 2024),
        st.sampled_from(("祁阳县财政局", "祁阳市财政局", "祁阳县国土资源局", "祁阳市自然资源局",
                         "祁阳县", "永州市", "黄泥塘镇", "")),
    ),
    max_size=8,
)  # fmt: skip


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(_EVENTS)
def test_whatever_happens_every_body_and_year_has_one_status(
    tmp_path_factory: pytest.TempPathFactory, events: list[_Event]
) -> None:
    with Archive.open(tmp_path_factory.mktemp("ledger") / "a.db", world="sandbox") as archive:
        portals.register(archive, PORTALS, DIVISIONS, CHANGES)
        for number, event in enumerate(events):
            _happen(Run(archive, arguments={"n": number}), event)
        coverage.update(archive, YEARS, AS_OF)
        found = ledger(archive)
        assert len({(row.publisher, row.year) for row in found}) == len(found)
        assert {row.status for row in found} <= set(formats.enum("coverage_status"))
        assert all(row.detail or row.status == "found" for row in found)
        expected = {
            (body.key, year)
            for body in population.bodies(archive)
            for year in YEARS
            if body.is_in(year)
        }
        missing = expected - {(row.publisher, row.year) for row in found}
        ended = set(rows(archive, "SELECT DISTINCT key FROM publishers JOIN publisher_relations "
                         "ON publisher_id = publishers.id"))  # fmt: skip
        assert {(key,) for key, _ in missing} <= ended
        read_years = rows(
            archive, "SELECT key, year FROM reports JOIN publishers ON publishers.id = publisher_id"
        )
        assert {pair for pair in read_years if pair[1] in YEARS} <= {
            (row.publisher, row.year) for row in found if row.status != "not_listed"
        }


def _happen(run: Run, event: _Event) -> None:
    url = f"http://{QIYANG}/{event.agency}{event.year}.html"
    title = f"{event.agency}{event.year}年政府信息公开年度报告"
    row = Listing(url, title, event.year, portal=QIYANG, column=LIST)
    run.page(LIST, () if event.kind == "page" else (row,), column=LIST, portal=QIYANG)
    if event.kind == "read":
        read(run, event.agency or "祁阳市", event.year)
    elif event.kind == "failed":
        run.article(url, outcome="timeout", portal=QIYANG, column=LIST)


def test_the_cost_grows_with_the_bodies_and_not_faster(places: Archive) -> None:
    """Statements are counted: none is made for each body or year."""
    counted: list[int] = []
    for number in (4, 40):
        run = Run(places, arguments={"n": number})
        for body in range(number):
            read(run, f"祁阳市第{body}管理局", 2021)
        statements: list[str] = []
        places.conn.set_trace_callback(statements.append)
        ledger(places)
        places.conn.set_trace_callback(None)
        counted.append(len(statements))
    assert counted[0] == counted[1] < 40


def test_a_relation_needs_both_bodies(places: Archive) -> None:
    read(Run(places), "祁阳县国土资源局", 2017)
    reforms.relate(places)
    assert one(places, "SELECT count(*) FROM publisher_relations") == 0
