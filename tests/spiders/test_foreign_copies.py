"""Copies on foreign domains: never asked for, listed with the reason, flagged when read by hand."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from extract.read import read
from extract.record import Source
from spiders.discovery.links import leads_on
from spiders.discovery.portal import discovered
from spiders.families.trs import Trs
from spiders.portal import Portal
from spiders.portals import leaves
from spiders.tasks import Column
from tests.corpus import CORPUS
from tests.spiders.sites import menu, page, rows, walk

COPIES = CORPUS / "foreign_copies.txt"
MADE = [
    "http://www.copies.com/gknb/202401/t20240117_1001.html",
    "http://www.a.gov.cn.copies.com/gknb/202401/t20240117_1001.html",
    "http://www-a-gov-cn.copies.cn/gknb/",
    "http://a.gov.cn@copies.com/gknb/",
    "http://www.agov.cn/gknb/202401/t20240117_1001.html",
    "http://www.a.gov.cn:8888/gknb/202401/t20240117_1001.html",
    "http://10.1.2.3/gknb/202401/t20240117_1001.html",
    "http://www.xa.gov.cn/gknb/202401/t20240117_1001.html",
]


def copies() -> list[str]:
    real = COPIES.read_text(encoding="utf-8").split() if COPIES.exists() else []
    return [*MADE, *real]


ELSEWHERE = [url for url in copies() if "a.gov.cn:" not in url and "xa.gov.cn" not in url]
"""Copies on hosts that are no government's at all."""


class County(Trs):
    """A leaf made for these tests."""

    hosts = ("www.a.gov.cn",)
    title, division, level = "甲县", "420684", "county"
    columns = (Column("/gknb/"),)


@pytest.mark.parametrize("url", copies())
def test_no_portal_takes_a_copy_for_its_own(url: str) -> None:
    portals: list[Portal] = [County(), discovered("www.a.gov.cn")(), *(leaf() for leaf in leaves())]
    own = [portal.name for portal in portals if portal.own_url(url) is not None]
    assert own == []


def test_a_list_of_copies_leads_nowhere_and_says_why() -> None:
    shown = [url for url in copies() if urlsplit(url).scheme]
    listed = rows(
        ("./202401/t20240117_1001.html", "甲县人民政府2023年政府信息公开工作年度报告"),
        *((url, f"甲县第{at}局2023年政府信息公开工作年度报告") for at, url in enumerate(shown)),
    )
    for portal in (County(), discovered("www.a.gov.cn")()):
        parsed = portal.parse_task(
            page("http://www.a.gov.cn/gknb/", listed), "column",
            {"column": "http://www.a.gov.cn/gknb/", "depth": 0, "annual": True},
            known=lambda url: False, years=None,
        )  # fmt: skip
        assert {urlsplit(task.url).hostname for task in parsed.tasks} == {"www.a.gov.cn"}
        assert parsed.hosts == ()
        others = [one for one in parsed.listings if one.verdict == "other"]
        assert 2 * len(others) > len(shown)
        assert all(one.reason.startswith("foreign_host: ") for one in others)


def test_a_way_over_copies_is_not_taken() -> None:
    site = {
        "http://www.a.gov.cn/": menu(*((url, "政府信息公开年报") for url in copies())),
    }
    found = walk(site)
    assert found.asked == ["http://www.a.gov.cn/"]
    assert found.hosts == []


@pytest.mark.parametrize("url", ELSEWHERE)
def test_a_copy_that_is_read_by_hand_is_flagged(url: str) -> None:
    text = "甲县人民政府2023年政府信息公开工作年度报告\n本年度报告按照条例编制。" * 3
    (record, *_) = read(f"<html><body><p>{text}</p></body></html>".encode(), Source(url=url))
    assert "MIRROR_HOST" in record.flags


def test_links_that_only_look_like_pages_are_known() -> None:
    assert not leads_on("http://www.a.gov.cn/gknb/202401/t20240117_1001.html")
    assert leads_on("http://www.a.gov.cn/gknb/")
