"""A portal's name that leads into the operator's own network is not asked. No name is looked up."""

from __future__ import annotations

from typing import Any

import pytest
from scrapy.resolver import CachingThreadedResolver
from scrapy.settings import Settings
from twisted.internet import defer
from twisted.internet.error import DNSLookupError

from crawler import crawling
from crawler.resolver import PublicResolver


def looked_up(monkeypatch: pytest.MonkeyPatch, address: str) -> Any:
    """Return what the resolver answers for a name that has this address."""
    monkeypatch.setattr(
        CachingThreadedResolver, "getHostByName", lambda *_: defer.succeed(address)
    )
    resolver = PublicResolver.__new__(PublicResolver)
    answers: list[Any] = []
    resolver.getHostByName("www.qy.gov.cn").addBoth(answers.append)
    return answers[0]


@pytest.mark.parametrize("address", ["58.20.0.1", "2408:8000::1"])
def test_a_public_address_is_answered(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    assert looked_up(monkeypatch, address) == address


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.9.9", "169.254.169.254", "0.0.0.0",
     "100.64.0.1", "::1", "fe80::1", "fd00::1", "::ffff:10.0.0.1", "nonsense"],
)  # fmt: skip
def test_any_other_is_a_failed_lookup(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    answer = looked_up(monkeypatch, address)
    assert answer.check(DNSLookupError)
    assert "not a public address" in str(answer.value)


def prepared(monkeypatch: pytest.MonkeyPatch, **proxies: str) -> Settings:
    monkeypatch.setattr(crawling, "getproxies", lambda: proxies)
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.set("CONTACT", "you@example.org", priority="cmdline")
    crawling._prepare_real(settings, [])
    return settings


def test_real_crawls_use_it_unless_a_proxy_looks_names_up(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = "crawler.resolver.PublicResolver"
    assert prepared(monkeypatch)["TWISTED_DNS_RESOLVER"] == ours
    behind_proxy = prepared(monkeypatch, http="http://127.0.0.1:3128")
    assert behind_proxy["TWISTED_DNS_RESOLVER"] != ours
