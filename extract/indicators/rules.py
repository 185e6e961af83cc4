"""The rules of the indicators, as data: ``data/indicators.toml``, its patterns compiled once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from extract import formats

Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which a report prints an indicator; see the head of indicators.toml.

    Attributes:
        key: The indicator, a key of ``narrative_indicators`` in formats.json.
        status: ``shipped`` or ``experimental``.
        unit: The unit that is meant when none is printed.
        words: One of them stands in every sentence that the rule can read.
        before: Ends where the number begins; None for a key that is only stated as none.
        after: Begins behind the unit.
        units: The printed units that fit.
        channel: The one channel that may be named, ``none`` for no single one, or None.
        topic: The channel may have been named earlier in the sentence.
        stock: It is what there is at a day, not what came in a year.
        part: May be counted below a total (其中).
        context: Words that the sentence must have.
        reject: Words before the number that speak of something else.
        unless: The same, anywhere before the number back to a semicolon.
        split: What each of several numbers of a sentence must name for their sum (levels).
        none: Statements that there was none.
        sections: The only sections it is read in; empty for all.
        flag: The key whose statement of none it repeats as a flag.
    """

    key: str
    status: str
    unit: str
    words: tuple[str, ...]
    before: Pattern | None = None
    after: Pattern | None = None
    units: frozenset[str] = frozenset()
    channel: str | None = None
    topic: bool = False
    stock: bool = False
    part: bool = False
    context: Pattern | None = None
    reject: Pattern | None = None
    unless: Pattern | None = None
    split: Pattern | None = None
    none: Pattern | None = None
    sections: frozenset[int] = frozenset()
    flag: str | None = None


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules in the order in which they may claim a number."""
    units = {item["key"]: item["unit"].split("/")[0] for item in specs()}
    return tuple(_rule(item, units) for item in _data()["rule"])


@cache
def statuses() -> dict[str, str]:
    """Return the status of every indicator of formats.json; one without a rule is experimental."""
    told = {rule.key: rule.status for rule in rules()}
    return {item["key"]: told.get(item["key"], "experimental") for item in specs()}


@cache
def channels() -> dict[str, Pattern]:
    """Return the words for each channel; ``several`` tells a list of channels."""
    return {name: re.compile(words) for name, words in _data()["channels"].items()}


@cache
def any_word() -> Pattern:
    """Return what a sentence must have to be read at all."""
    words = {word for rule in rules() for word in rule.words}
    return re.compile("|".join(sorted(words)))


def specs() -> list[dict[str, Any]]:
    """Return the indicators of formats.json: key, label, unit, section, examples."""
    found: list[dict[str, Any]] = formats.raw()["narrative_indicators"]
    return found


@cache
def _data() -> dict[str, Any]:
    text = (files("extract") / "data" / "indicators.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _rule(item: dict[str, Any], units: dict[str, str]) -> Rule:
    return Rule(
        item["key"],
        item["status"],
        units[item["key"]],
        tuple(item["words"]),
        before=_any(item.get("before"), r"\Z"),
        after=_any([item["after"]] if "after" in item else None),
        units=frozenset(item.get("units", ())),
        channel=item.get("channel"),
        topic=item.get("topic", False),
        stock=item.get("stock", False),
        part=item.get("part", False),
        context=_any([item["context"]] if "context" in item else None),
        reject=_any([item["reject"]] if "reject" in item else None),
        unless=_any([item["unless"]] if "unless" in item else None),
        split=_any([item["split"]] if "split" in item else None),
        none=_any(item.get("none")),
        sections=frozenset(item.get("sections", ())),
        flag=item.get("flag"),
    )


def _any(patterns: list[str] | None, end: str = "") -> Pattern | None:
    if patterns is None:
        return None
    return re.compile("(?:" + "|".join(_filled(pattern) for pattern in patterns) + ")" + end)


def _filled(pattern: str) -> str:
    """Put the fragments in; they may name each other."""
    for _ in range(4):
        for name, words in _data()["fragments"].items():
            pattern = pattern.replace("{" + name + "}", words)
    return pattern
