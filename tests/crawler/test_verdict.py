"""Exit codes are graded: good, trouble on some portals, unusable."""

from __future__ import annotations

from collections import Counter

import pytest

from archive.summary import PortalNumbers
from crawler import verdict


def numbers(host: str, *, listed: int = 5, **failed: int) -> PortalNumbers:
    return PortalNumbers(host, host, listed=listed, failed=Counter(failed))


def judge(*portals: PortalNumbers, finished: bool = True, **bugs: int) -> int:
    troubles = {
        portal.host: text
        for portal in portals
        if (text := verdict.trouble(portal, bugs.get(portal.host, 0)))
    }
    return verdict.exit_code(portals, troubles, finished=finished)


def test_all_well() -> None:
    assert judge(numbers("a"), numbers("b")) == 0


@pytest.mark.parametrize("outcome", ["challenge", "dns", "timeout", "robots_denied", "tls"])
def test_one_portal_in_trouble(outcome: str) -> None:
    assert judge(numbers("a"), numbers("b", **{outcome: 1})) == 3


@pytest.mark.parametrize("outcome", ["not_found", "foreign_host", "truncated"])
def test_what_one_page_says_is_no_trouble_of_the_portal(outcome: str) -> None:
    assert judge(numbers("a"), numbers("b", **{outcome: 1})) == 0


def test_portal_that_lists_nothing_is_trouble_and_says_why() -> None:
    empty = numbers("b", listed=0, not_found=1)
    assert judge(numbers("a"), empty) == 3
    assert verdict.trouble(empty) == "lists no report (1 not_found)"


def test_crawl_that_finds_nothing_is_unusable() -> None:
    assert judge(numbers("a", listed=0), numbers("b", listed=0, dns=1)) == 1


def test_crawl_that_was_stopped_is_not_good() -> None:
    assert judge(numbers("a"), finished=False) == 1


def test_bug_of_ours_is_trouble() -> None:
    assert judge(numbers("a"), a=1) == 3
