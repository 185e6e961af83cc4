"""Every leaf and every family has pages with golden rows, and reads them so."""

from __future__ import annotations

import pytest

from spiders.families.trs import Trs
from tests.spiders import samples

CASES = {"article", "single", "landing", "jump", "stub", "catalogue"}


@pytest.mark.parametrize("name", samples.names())
def test_sees_what_the_golden_record_says(name: str) -> None:
    golden = samples.golden(name)
    assert samples.seen(name, golden["url"]) == golden


def test_each_leaf_has_a_page_with_golden_rows() -> None:
    for host in samples.LEAVES:
        assert (samples.FOLDER / f"{host}.html").exists(), f"no page for {host}"
        golden = samples.golden(host)
        assert golden["rows"] or golden["sublists"], f"nothing found in the page of {host}"


def test_each_family_has_its_cases() -> None:
    names = samples.names()
    for family in samples.FAMILIES:
        cases = {name.removeprefix(f"{family}-") for name in names if name.startswith(family)}
        assert {"article", "single"} <= cases
    assert {name.rpartition("-")[2] for name in names} >= CASES


def test_golden_records_and_pages_come_in_pairs() -> None:
    records = sorted(path.stem for path in samples.FOLDER.glob("*.json"))
    assert records == samples.names()


@pytest.mark.parametrize(
    "name", [name for name in samples.names() if samples.golden(name).get("rows")]
)
def test_a_page_with_rows_is_recognised_by_its_own_family(name: str) -> None:
    page = samples.page(name)
    own = samples.family(name)
    if name == "ucap-json":  # an answer of an interface carries no sign of the CMS
        return
    others = [family for family in samples.FAMILIES.values() if not issubclass(own, family)]
    assert own.recognise(page) > max(family.recognise(page) for family in others)


def test_the_public_functions_agree_with_look() -> None:
    page = samples.page("xzsp.xiangyang.gov.cn")
    found = Trs.look(page)
    assert Trs.rows(page) == found.rows
    assert Trs.pages(page) == found.pages
    assert Trs.sublists(page) == found.sublists
