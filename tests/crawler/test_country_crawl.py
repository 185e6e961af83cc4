"""The country end to end: every reachable report, nothing else, and no request without reason."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from archive.db import Archive
from crawler.sandbox.portals import hosts
from crawler.sandbox.world import World
from spiders.gov_reports import GovReports
from spiders.portal import Portal
from tests.crawler import country
from tests.crawler.conftest import crawled_once
from tests.crawler.processes import column, crawl, opened

COUNTRY = ("-s", "SANDBOX_SIZE=country", "-s", "SANDBOX_LOG=server.log")
LEAVES = GovReports.portals()


@cache
def world() -> World:
    return World(seed=1, size="country")


@cache
def leaves_truth() -> country.Truth:
    return country.part(world().truth(), country.leaf_hosts())


@pytest.fixture(scope="session")
def leaves_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a crawl of all portals with a leaf."""
    return crawled_once(tmp_path_factory, "country_leaves", *COUNTRY)


@pytest.fixture(scope="module")
def of_leaves(leaves_run: Path) -> Iterator[Archive]:
    with opened(leaves_run) as archive:
        yield archive


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.hosts[0])
def test_every_leaf_has_a_site_in_the_country(leaf: type[Portal]) -> None:
    for listed in leaf.columns:
        parts = urlsplit(urljoin(f"{leaf.scheme}://{leaf.hosts[0]}/", listed.path))
        site = world().site(parts.hostname or "")
        assert site is not None, f"no twin of {parts.hostname}; see crawler/sandbox/country_portals"
        assert world().answer(site, parts.path, parts.query).status == 200, listed.path


def test_a_leaf_finds_every_reachable_report(leaves_run: Path, of_leaves: Archive) -> None:
    assert (leaves_run / "code").read_text() == "0", (leaves_run / "err").read_text()
    assert len(leaves_truth()["reports"]) > 100
    assert country.missing(of_leaves, leaves_truth()) == []


def test_no_row_of_the_leaves_is_wrong(of_leaves: Archive) -> None:
    assert country.wrong(of_leaves, leaves_truth()) == []
    assert country.misnamed(of_leaves, leaves_truth()) == []


def test_the_ledger_explains_every_publisher_year_of_the_leaves(of_leaves: Archive) -> None:
    assert country.misjudged(of_leaves, leaves_truth()) == []


def test_no_leaf_asks_a_foreign_host(leaves_run: Path) -> None:
    assert leaves_truth()["foreign"]
    assert country.foreign(leaves_run / "server.log", "country") == set()


def test_leaves_ask_for_nothing_without_reason(leaves_run: Path) -> None:
    lines = country.requests(leaves_run / "server.log")
    asked = [(line["method"], line["host"], line["path"], line.get("form")) for line in lines]
    again = {one for one in asked if asked.count(one) > 1}
    assert again == set(), "asked for twice"
    kinds = country.by_kind(lines, leaves_truth())
    assert len(lines) <= country.allowance(leaves_truth()), kinds


def test_a_second_crawl_asks_for_the_lists_and_for_what_is_missing(
    leaves_run: Path, tmp_path: Path
) -> None:
    import shutil

    folder = tmp_path / "again"
    shutil.copytree(leaves_run, folder)
    before = len((folder / "server.log").read_text("utf-8").splitlines())
    result = crawl(folder, *COUNTRY)
    assert result.returncode == 0, result.stderr
    lines = country.requests(folder / "server.log", since=before)
    kinds = country.by_kind(lines, leaves_truth())
    with opened(folder) as archive:
        unread = column(archive, "SELECT count(*) FROM reports WHERE current_version_id IS NULL")
    singles = sum(len(c.posts) for c in world().columns if c.single)
    assert kinds["rows"] <= unread[0] + singles, kinds
    assert kinds["pages"] <= country.allowance(leaves_truth())


@pytest.mark.parametrize("size", ["small", "medium"])
def test_smaller_worlds_say_which_hosts_they_serve(size: str) -> None:
    served = hosts(size)
    assert {"xzsp.xiangyang.gov.cn", "qy.gov.cn"} <= served < hosts("country")
    assert "nbjb.gov.cn" not in served
    assert {portal.site.host.removeprefix("www.") for portal in World(1, size).portals} <= served
