"""Each outcome has one rule, and what is retried, given up and taken again follows from it."""

from __future__ import annotations

from crawler.rules import RULES, TAKEN_AGAIN, Rule
from extract import formats


def test_every_outcome_has_a_rule() -> None:
    assert RULES.keys() == set(formats.enum("fetch_outcome"))


def test_what_a_later_try_may_change_is_taken_again() -> None:
    assert {"timeout", "reset", "challenge", "block_page", "robots_denied"} <= set(TAKEN_AGAIN)
    assert not {"ok", "not_found", "foreign_host", "too_large"} & set(TAKEN_AGAIN)


def test_challenges_are_never_tried_again_at_once() -> None:
    for outcome in ("challenge", "block_page", "forbidden"):
        assert RULES[outcome] is Rule.BACK_OFF
