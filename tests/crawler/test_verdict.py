"""Exit codes are graded: good, trouble on some portals, unusable."""

from __future__ import annotations

from archive.expectations import Finding
from archive.summary import PortalNumbers
from crawler import verdict

PORTALS = [PortalNumbers("a", "a", listed=5), PortalNumbers("b", "b")]
TROUBLE = Finding("b", "unreachable", "trouble", 3, "http://b/1", "pages out of reach")
NOTICE = Finding("b", "cut_short", "notice", 1, None, "lists cut short")
KNOWN = Finding("b", "blocked", "trouble", 1, None, "pages blocked", is_news=False)


def judge(*findings: Finding, finished: bool = True, **bugs: int) -> int:
    return verdict.exit_code(PORTALS, findings, bugs, finished=finished)


def test_all_well() -> None:
    assert judge() == judge(a=0) == 0


def test_new_trouble_on_a_portal() -> None:
    assert judge(TROUBLE) == judge(KNOWN, TROUBLE) == 3


def test_notices_and_known_trouble_are_no_news() -> None:
    assert judge(NOTICE, KNOWN) == 0


def test_bug_of_ours_is_trouble() -> None:
    assert judge(a=1) == 3


def test_crawl_that_finds_nothing_is_unusable() -> None:
    assert verdict.exit_code(PORTALS[1:], [KNOWN], {}, finished=True) == 1


def test_crawl_that_was_stopped_is_not_good() -> None:
    assert judge(finished=False) == 1


def test_trouble_is_one_line_a_portal_with_count_and_first_address() -> None:
    assert verdict.troubles([TROUBLE, KNOWN, NOTICE], {"a": 2}) == {
        "b": "3 pages out of reach, first http://b/1; 1 pages blocked (known); 1 lists cut short",
        "a": "2 pages that our code could not handle (see the log)",
    }
