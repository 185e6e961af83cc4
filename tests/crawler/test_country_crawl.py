"""The country end to end: every reachable report, nothing else, and no request without reason."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from archive.db import Archive
from crawler.sandbox.portals import hosts
from crawler.sandbox.process import SandboxProcess
from crawler.sandbox.twins import twin_of
from crawler.sandbox.world import World
from spiders.gov_reports import GovReports
from spiders.portal import Portal
from tests.crawler import country
from tests.crawler.conftest import crawled_once
from tests.crawler.processes import BEHIND_PROXY, COMMAND, column, crawl, environment, opened

LEAVES = GovReports.portals()


@cache
def leaves_truth() -> country.Truth:
    return country.part(country.world().truth(), country.leaf_hosts())


@pytest.fixture(scope="session")
def leaves_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a crawl of all portals with a leaf."""
    return crawled_once(tmp_path_factory, "country_leaves", *country.COUNTRY)


@pytest.fixture(scope="module")
def of_leaves(leaves_run: Path) -> Iterator[Archive]:
    with opened(leaves_run) as archive:
        yield archive


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.hosts[0])
def test_every_leaf_has_a_site_in_the_country(leaf: type[Portal]) -> None:
    for listed in leaf.columns:
        parts = urlsplit(urljoin(f"{leaf.scheme}://{leaf.hosts[0]}/", listed.path))
        site = country.world().site(parts.hostname or "")
        assert site is not None, f"no twin of {parts.hostname}; see crawler/sandbox/country_portals"
        assert country.world().answer(site, parts.path, parts.query).status == 200, listed.path


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
    folder = tmp_path / "again"
    shutil.copytree(leaves_run, folder)
    before = len((folder / "server.log").read_text("utf-8").splitlines())
    result = crawl(folder, *country.COUNTRY)
    assert result.returncode == 0, result.stderr
    lines = country.requests(folder / "server.log", since=before)
    kinds = country.by_kind(lines, leaves_truth())
    with opened(folder) as archive:
        unread = column(archive, "SELECT count(*) FROM reports WHERE current_version_id IS NULL")
    # Columns that show a report in place of a list are lists to us: looked at every time.
    shown = [c for c in country.world().columns if c.single or twin_of(c.site).reports_only]
    assert kinds["rows"] <= unread[0] + sum(len(c.posts) for c in shown), kinds
    assert kinds["pages"] <= country.allowance(leaves_truth())


# One portal of each kind of list that has a leaf; each shows a new year in its own way.
SOME = (
    "xzsp.xiangyang.gov.cn", "www.hbhr.gov.cn", "www.dx.gov.cn", "www.yandu.gov.cn",
    "www.anzhou.gov.cn", "www.tsqs.gov.cn", "shanghai.gov.cn", "www.qishan.gov.cn",
)  # fmt: skip


def test_a_new_year_costs_its_rows_and_the_lists(tmp_path: Path) -> None:
    """The first crawl sees the world before the reports of 2025 were published."""
    some = f"portals={','.join(SOME)}"
    logs = [tmp_path / "before.log", tmp_path / "after.log"]
    for log, until in zip(logs, (2024, None), strict=True):
        with SandboxProcess("country", until=until, log=log) as sandbox:
            result = subprocess.run(
                [*COMMAND, *BEHIND_PROXY, "-a", some], cwd=tmp_path,
                env=environment(sandbox.proxy), capture_output=True, text=True, check=False,
            )  # fmt: skip
        assert result.returncode == 0, result.stderr
    truth = country.part(country.world().truth(), {host.removeprefix("www.") for host in SOME})
    with Archive.open(tmp_path / "gov_reports.db", write=False, world="real") as archive:
        assert country.missing(archive, truth) == []
        assert country.wrong(archive, truth) == []
    first, second = (country.requests(log) for log in logs)
    asked, known = country.asked(second), country.rows(truth)
    new, files = country.rows(truth, 2025), {country.spot(e["url"]) for e in truth["attachments"]}
    assert new & set(asked)
    assert (set(asked) & known) - new - files == set(), "read before, and no file that waits"
    pages = [url for url in asked if url not in known and not url.endswith("/robots.txt")]
    budget = Counter[str]()
    for portal in truth["portals"]:
        budget.update(portal["budget"])
    assert len(pages) <= budget["lists"] + budget["landings"]
    assert len(second) < len(first) / 2


@pytest.mark.parametrize("size", ["small", "medium"])
def test_smaller_worlds_say_which_hosts_they_serve(size: str) -> None:
    served = hosts(size)
    assert {"xzsp.xiangyang.gov.cn", "qy.gov.cn"} <= served < hosts("country")
    assert "nbjb.gov.cn" not in served
    assert {portal.site.host.removeprefix("www.") for portal in World(1, size).portals} <= served
