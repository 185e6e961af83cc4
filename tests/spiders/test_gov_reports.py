"""The main job visits the portals asked for; Scrapy knows every spider by name."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from scrapy.http import HtmlResponse
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader
from twisted.python.failure import Failure

from spiders.arguments import ArgumentError
from spiders.gov_reports import GovReports
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
    assert set(names(divisions="湖北省/鄂州市")) == {
        "lkjjq.ezhou.gov.cn", "www.ezhou.gov.cn", "www.hbhr.gov.cn", "www.echeng.gov.cn",
    }  # fmt: skip
    assert names(divisions="靖州苗族侗族自治县") == ["www.huaihua.gov.cn"], "by a column's division"
    both = names(divisions="祁阳市", portals="www.dx.gov.cn")
    assert both == ["www.dx.gov.cn", "www.qy.gov.cn"]


def test_a_division_without_a_portal_is_an_error() -> None:
    with pytest.raises(ArgumentError, match="there are portals of"):
        GovReports(divisions="双牌县")


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
