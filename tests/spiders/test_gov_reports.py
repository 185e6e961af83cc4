"""The main job visits the portals asked for; Scrapy knows every spider by name."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from scrapy.http import HtmlResponse
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader
from twisted.python.failure import Failure

from spiders import registers
from spiders.arguments import ArgumentError
from spiders.discovery.portal import Discovered
from spiders.gov_reports import GovReports
from spiders.portal import by_host
from spiders.portals import leaves
from spiders.portals.qiyang import Qiyang


def names(**given: str) -> list[str]:
    return [portal.name for portal in GovReports(**given).active_portals()]


def test_all_portals_by_default() -> None:
    assert names() == [leaf.hosts[0] for leaf in leaves()]
    tasks = GovReports().entry_tasks()
    assert len(tasks) == sum(len(leaf.columns) for leaf in leaves())


def test_portals_by_any_spelling() -> None:
    assert names(portals="qy.gov.cn,http://www.jzx.gov.cn/") == [
        "www.qy.gov.cn",
        "www.huaihua.gov.cn",
    ]


def test_portals_by_division() -> None:
    assert names(divisions="祁阳市") == ["www.qy.gov.cn"]
    with_leaf = {portal.name for portal in GovReports(divisions="湖北省/鄂州市").active_portals()
                 if not isinstance(portal, Discovered)}  # fmt: skip
    assert with_leaf >= {
        "lkjjq.ezhou.gov.cn", "www.ezhou.gov.cn", "www.hbhr.gov.cn", "www.echeng.gov.cn",
    }  # fmt: skip
    assert names(divisions="靖州苗族侗族自治县") == ["www.huaihua.gov.cn"], "by a column's division"
    both = names(divisions="祁阳市", portals="www.dx.gov.cn")
    assert both == ["www.dx.gov.cn", "www.qy.gov.cn"]


def test_governments_of_a_place_without_a_leaf_are_explored_from_home() -> None:
    known = by_host(leaves())
    place = next(
        registers.division_path(one.division)
        for one in registers.portals()
        if one.host not in known
        and not any(leaf.division == one.division for leaf in leaves())
        and len(registers.portals_of(registers.division_path(one.division))) == 1
    )
    (portal,) = GovReports(divisions=place).active_portals()
    assert isinstance(portal, Discovered)
    assert portal.title == place.rsplit("/", 1)[-1]
    (task,) = portal.start_tasks()
    assert (task.role, task.url) == ("explore", f"{portal.scheme}://{portal.name}/")
    assert portal.discovered_from is None


def test_a_division_without_a_portal_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registers, "portals_of", lambda path: ())
    monkeypatch.setattr(GovReports, "portals", staticmethod(lambda: [Qiyang]))
    with pytest.raises(ArgumentError, match="no portal of .*双牌县 is known"):
        GovReports(divisions="双牌县")


def test_hosts_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "hosts.txt"
    file.write_text("qy.gov.cn\nhttps://www.newhost.gov.cn/zwgk/  # a county\n", encoding="utf-8")
    leaf, explored = GovReports(hosts=str(file)).active_portals()
    assert isinstance(leaf, Qiyang), "a leaf where there is one"
    assert isinstance(explored, Discovered)
    assert [task.url for task in explored.start_tasks()] == [
        "https://www.newhost.gov.cn/zwgk/", "https://www.newhost.gov.cn/",
    ]  # fmt: skip
    assert explored.evidence == "named by the operator"


def test_years_reach_leaves_too() -> None:
    assert GovReports(years="2023").arguments.years == frozenset({2023})
    assert Qiyang(years="2023,2024").arguments.years == frozenset({2023, 2024})
    with pytest.raises(ArgumentError, match="unknown argument 'portals'"):
        Qiyang(portals="www.qy.gov.cn")


def test_scrapy_lists_every_spider() -> None:
    loader = SpiderLoader.from_settings(Settings({"SPIDER_MODULES": ["spiders"]}))
    assert sorted(loader.list()) == sorted(["gov_reports", *(leaf.hosts[0] for leaf in leaves())])


def test_start_yields_a_request_for_each_task() -> None:
    async def collect() -> list[Any]:
        return [request async for request in Qiyang().start()]

    requests = asyncio.run(collect())
    assert [request.meta["task"] for request in requests] == Qiyang().start_tasks()
    assert {request.dont_filter for request in requests} == {True}


def test_responses_and_failures_go_to_the_crawler() -> None:
    spider = Qiyang()
    response = HtmlResponse("https://www.qy.gov.cn/")
    with pytest.raises(RuntimeError, match="on_response"):
        spider.parse(response)
    with pytest.raises(RuntimeError, match="on_failure"):
        spider.failed(Failure(ValueError("x")))
    spider.on_response = spider.on_failure = lambda thing: ("seen", thing)
    assert spider.parse(response) == ("seen", response)
