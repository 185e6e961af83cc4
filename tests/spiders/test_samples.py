"""Every leaf and every family has pages with golden rows, and reads them so.

One test walks all leaves and families: what has no page, no golden record, no rows in it, no code
in the register of divisions, fails it. A leaf is not there before its page is.
"""

from __future__ import annotations

import pytest

from spiders import families
from spiders.families.trs import Trs
from spiders.registers import divisions
from tests.spiders import samples

CASES = {"article", "single", "landing", "jump", "stub", "catalogue", "answer", "hidden"}
CODES = {division.code for division in divisions()}


@pytest.mark.parametrize("name", samples.names())
def test_sees_what_the_golden_record_says(name: str) -> None:
    golden = samples.golden(name)
    assert samples.seen(name, golden["url"], golden.get("form")) == golden


@pytest.mark.parametrize("host", samples.LEAVES)
def test_a_leaf_has_its_page_its_golden_rows_and_its_code(host: str) -> None:
    leaf = samples.LEAVES[host]
    assert (samples.FOLDER / f"{host}.html").exists(), f"no page for {host}"
    assert (samples.FOLDER / f"{host}.json").exists(), f"no golden rows for {host}"
    golden = samples.golden(host)
    assert golden["rows"] or golden["sublists"], f"nothing found in the page of {host}"
    folders = [task.url.rpartition("/")[0] for task in leaf().start_tasks()]
    assert any(golden["url"].startswith(one) for one in folders), "a page of no column of its own"
    assert {leaf.division, *(one.division or leaf.division for one in leaf.columns)} <= CODES


@pytest.mark.parametrize("name", samples.FAMILIES)
def test_each_family_has_its_cases(name: str) -> None:
    cases = {one.rpartition("-")[2] for one in samples.names() if one.startswith(f"{name}-")}
    assert {"article", "single"} <= cases
    assert len(cases) >= 4


def test_the_cases_of_all_families() -> None:
    assert {name.rpartition("-")[2] for name in samples.names()} >= CASES


def test_golden_records_and_pages_come_in_pairs() -> None:
    records = sorted(path.stem for path in samples.FOLDER.glob("*.json"))
    assert records == samples.names()


def test_no_page_is_of_a_leaf_or_family_that_is_gone() -> None:
    for name in samples.names():
        assert name in samples.LEAVES or name.split("-")[0] in samples.FAMILIES, name


@pytest.mark.parametrize(
    "name",
    [name for name in samples.names() if samples.golden(name).get("rows")],
)
def test_a_page_with_rows_is_recognised_by_its_own_family(name: str) -> None:
    own = samples.family(name)
    found = families.recognise(samples.page(name))
    if issubclass(own, families.Plain):
        assert found is None, "a page of no CMS is claimed by one"
    else:
        assert found is not None
        assert issubclass(own, found)


def test_the_public_functions_agree_with_look() -> None:
    page = samples.page("xzsp.xiangyang.gov.cn")
    found = Trs.look(page)
    assert Trs.rows(page) == found.rows
    assert Trs.pages(page) == found.pages
    assert Trs.sublists(page) == found.sublists
