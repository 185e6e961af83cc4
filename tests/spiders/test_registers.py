"""The registers are whole: divisions of every year, their changes, their portals."""

from __future__ import annotations

import csv
import re
from collections import Counter
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.formats import enum
from spiders import registers
from spiders.registers import Division, changes, division_path, divisions, history, portals

YEARS = range(2007, 2027)
#: 民政部, 社会服务(民政事业)发展统计公报 of each year: units at county and prefecture level.
COUNTIES = {2007: 2859, 2008: 2859, 2009: 2858, 2010: 2856, 2011: 2853, 2012: 2852, 2013: 2853,
            2014: 2854, 2015: 2850, 2016: 2851, 2017: 2851, 2018: 2851, 2019: 2846, 2020: 2844,
            2021: 2843, 2022: 2843, 2023: 2844}  # fmt: skip
PREFECTURES = {2010: 333, 2011: 332, 2012: 333, 2014: 333, 2015: 334, 2017: 334, 2018: 333,
               2020: 333, 2023: 333}  # fmt: skip


def standard(year: int) -> list[Division]:
    return [item for item in divisions(year) if item.code.isdigit()]


def test_codes_are_unique_and_parents_come_first() -> None:
    for year in (*YEARS, None):
        seen: dict[str, Division] = {}
        for division in divisions(year):
            assert len(division.code) == 6
            assert division.code.isdigit() or re.fullmatch(r"\d{4}Z\d", division.code)
            assert division.code not in seen, f"{division.code} twice in {year}"
            assert division.level in enum("admin_level")
            assert (division.parent is None) == (division.level == "province")
            if division.parent:
                assert division.parent in seen, f"{division} has no parent in {year}"
                significant = division.parent.rstrip("0")
                assert division.code.startswith(significant), "a code begins with its parent's"
            seen[division.code] = division


def test_a_code_has_one_name_at_a_time() -> None:
    spans: dict[str, list[tuple[int, int]]] = {}
    for item in history():
        spans.setdefault(item.code, []).append((item.valid_from, item.valid_to or 9999))
    for code, found in spans.items():
        found.sort()
        for (first, last), (following, _) in zip(found, found[1:], strict=False):
            assert first <= last < following, code


@pytest.mark.parametrize("year", COUNTIES)
def test_as_many_counties_as_the_ministry_counts(year: int) -> None:
    assert sum(item.level == "county" for item in standard(year)) == COUNTIES[year]


@pytest.mark.parametrize("year", PREFECTURES)
def test_as_many_prefectures_as_the_ministry_counts(year: int) -> None:
    levels = Counter(item.level for item in standard(year))
    assert levels["prefecture"] + levels["sub_province"] == PREFECTURES[year]
    assert levels["province"] == 31
    assert levels["sub_province"] == 15


def test_who_ended_has_a_successor_and_every_successor_exists() -> None:
    began = {(item.code, item.valid_from) for item in history()}
    for item in history():
        if item.valid_to is None:
            assert not item.successors, item
            continue
        assert item.successors, item
        for code in item.successors:
            assert any(
                other.code == code and other.is_valid(item.valid_to + 1) for other in history()
            ), f"{item} → {code}"
            if code == item.code:
                assert (code, item.valid_to + 1) in began
        assert registers.successors(item.code)


def test_changes_are_between_divisions_of_their_years() -> None:
    names = {(item.code, item.name): item for item in history()}
    for change in changes():
        old, new = names[change.code, change.name], names[change.to_code, change.to_name]
        assert new.is_valid(change.year), change
        assert old.is_valid(change.year - 1), change
        assert old.valid_to == change.year - 1 or change.kind == "split", change
        assert change.kind in ("renamed", "merged", "split")
        assert change.evidence
        assert change.code[:2] == change.to_code[:2]
    for (code, name), kinds in _kinds().items():
        assert len(kinds) == 1 or set(kinds) == {"split"}, (code, name)


def _kinds() -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for change in changes():
        found.setdefault((change.code, change.name), []).append(change.kind)
    return found


def test_qiyang() -> None:
    (change,) = (item for item in changes() if item.code == "431121")
    assert (change.year, change.to_code, change.to_name) == (2021, "431181", "祁阳市")
    assert registers.successors("431121") == ("431181",)
    codes = [{item.code for item in divisions(year)} & {"431121", "431181"} for year in YEARS]
    assert codes == [{"431121"} if year < 2021 else {"431181"} for year in YEARS]


@pytest.mark.parametrize(
    ("code", "year", "name"),
    [
        ("420600", 2009, "襄樊市"),
        ("420600", 2010, "襄阳市"),
        ("371200", 2017, "莱芜市"),
        ("371200", 2018, None),
        ("500110", 2010, "万盛区"),
        ("500110", 2011, "綦江区"),
        ("130604", 2015, None),
        ("659005", 2011, "北屯市"),
    ],
)
def test_the_name_of_a_year(code: str, year: int, name: str | None) -> None:
    assert {item.code: item.name for item in divisions(year)}.get(code) == name


def test_one_becomes_several_and_several_become_one() -> None:
    assert registers.successors("341400") == ("340100", "340200", "340500")
    assert registers.successors("320602") == registers.successors("320611") == ("320613",)
    assert registers.successors("370684") == registers.successors("370634") == ("370614",)


@given(st.sampled_from(history()))
def test_every_division_lives_on_in_those_of_today(item: Division) -> None:
    today = {division.code for division in divisions()}
    assert set(registers.successors(item.code)) <= today
    assert division_path(item.code).split("/")[-1]


def test_division_path() -> None:
    assert division_path("431229") == "湖南省/怀化市/靖州苗族侗族自治县"
    assert division_path("429004") == "湖北省/仙桃市"
    assert division_path("431121") == "湖南省/永州市/祁阳县"
    with pytest.raises(KeyError):
        division_path("000000")
    with pytest.raises(ValueError, match="2007"):
        divisions(2006)


def test_each_portal_has_one_division_and_each_host_one_portal() -> None:
    today = {item.code: item for item in divisions()}
    assert not [host for host, n in Counter(item.host for item in portals()).items() if n > 1]
    assert not [code for code, n in Counter(item.division for item in portals()).items() if n > 1]
    for portal in portals():
        assert (portal.name, portal.level) == (
            today[portal.division].name,
            today[portal.division].level,
        )
        assert portal.scheme in ("http", "https")
        assert portal.host.endswith(".gov.cn")
        assert portal.evidence


def test_what_is_joined_to_no_division_says_why() -> None:
    text = files("spiders").joinpath("data/portals_unjoined.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert len(portals()) + len(rows) == 3209, "the list's portals, none lost"
    assert all(row["reason"] for row in rows)


@pytest.mark.parametrize(
    ("host", "path"),
    [
        ("www.qy.gov.cn", "湖南省/永州市/祁阳市"),
        ("www.xp.gov.cn", "湖南省/怀化市/溆浦县"),
        ("www.putuo.gov.cn", "浙江省/舟山市/普陀区"),
        ("www.shpt.gov.cn", "上海市/普陀区"),
        ("www.yanbian.gov.cn", "吉林省/延边朝鲜族自治州"),
        ("www.hunchun.gov.cn", "吉林省/延边朝鲜族自治州/珲春市"),
        ("www.jiyuan.gov.cn", "河南省/济源市"),
    ],
)
def test_names_that_collide(host: str, path: str) -> None:
    (portal,) = (item for item in portals() if item.host == host)
    assert division_path(portal.division) == path


def test_portals_of_a_division_and_all_under_it() -> None:
    found = {division_path(item.division) for item in registers.portals_of("湖北省/襄阳市")}
    assert found == {
        division_path(item.code)
        for item in divisions()
        if division_path(item.code).startswith("湖北省/襄阳市")
    }
    with pytest.raises(KeyError):
        registers.portals_of("湖北省/襄樊市")


def test_the_divisions_without_a_portal_are_known() -> None:
    """New counties, islands, and one place without a government; a lost portal would show here."""
    with_one = {portal.division for portal in portals()}
    without = {item.name for item in divisions() if item.code not in with_one}
    assert without == {
        "金门县", "西沙区", "南沙区", "岑岭县", "和康县", "和安县", "草湖市", "临空经济区",
    }  # fmt: skip
