"""What follows from an outcome: one rule for each word of ``enums.fetch_outcome``."""

from __future__ import annotations

from enum import Enum


class Rule(Enum):
    """What is done about a page that was not had, and about the host that did not give it."""

    KEEP = "keep"
    """It was had, or is on its way."""
    RETRY = "retry"
    """Asked again at once, a few times. When that does not help, it counts against the host."""
    BACK_OFF = "back off"
    """Not asked again in this run. It counts against the host and its whole domain, which is left
    alone for a while that grows."""
    GIVE_UP = "give up for this run"
    """Not asked again in this run; ``scrapy retry`` asks again."""
    PERSON = "give up until a person looks"
    """Asking again changes nothing: ``scrapy retry`` leaves it alone."""


RULES: dict[str, Rule] = {
    "ok": Rule.KEEP,
    "unchanged": Rule.KEEP,
    "redirect": Rule.KEEP,
    "server_error": Rule.RETRY,
    "timeout": Rule.RETRY,
    "reset": Rule.RETRY,
    "dns": Rule.RETRY,
    "truncated": Rule.RETRY,
    "challenge": Rule.BACK_OFF,
    "block_page": Rule.BACK_OFF,
    "forbidden": Rule.BACK_OFF,  # 403 of a firewall, 429
    "tls": Rule.BACK_OFF,  # a handshake that failed will fail again
    "robots_denied": Rule.GIVE_UP,  # robots.txt itself is asked again by the next run
    "loop": Rule.GIVE_UP,
    "cancelled": Rule.GIVE_UP,
    "not_found": Rule.PERSON,  # an answer, not a failure
    "too_large": Rule.PERSON,  # DOWNLOAD_MAXSIZE is too small for it
    "foreign_host": Rule.PERSON,  # the host is no portal's: register it, or leave it
}

COUNTS_AGAINST_HOST = frozenset({Rule.RETRY, Rule.BACK_OFF})

TAKEN_AGAIN = tuple(
    outcome for outcome, rule in RULES.items() if rule not in (Rule.KEEP, Rule.PERSON)
)
"""The outcomes of pages that ``scrapy retry`` asks for again."""
