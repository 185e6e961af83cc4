"""Find the indicators of a report: each printed number is claimed once, by one key, or by none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extract.indicators.context import Before, is_of_year, subject
from extract.indicators.rules import Rule, any_word, rules
from extract.indicators.sentence import Mention, Sentence, mentions, sentences
from extract.record import Indicator, Section

# What may stand behind a number that belongs to the words before it; else it counts what follows.
_ENDS = re.compile(
    r"$|[,。;、:()!?“”\"'.]|和|及|与|以及|并|均|已|全部|其中|占|较|比|同比|皆|都|被|按|转|办结|属|分别|未|无|左右"
)
# Section 5 speaks of problems and plans: its numbers are examples, last year's or next year's.
_UNREAD = frozenset({5})
_NONE = re.compile("[无未零没不]|为0")
_QUOTE = 400
# How many characters before a number its words begin at most.
_REACH = 70
_TITLES = re.compile(r"《[^》]*》")


def find(sections: Sequence[Section], year: int | None) -> list[Indicator]:
    """Read the indicators of a report's sections.

    Args:
        sections: The sections, as printed; tables taken out.
        year: The report's year, None when unknown; numbers of other years are not claimed.

    Returns:
        The indicators in the order of the text. The same statement made twice is there once; a key
        that one sentence gives two numbers is not there at all.
    """
    found: list[Indicator] = []
    for section in sections:
        if section.number in _UNREAD:
            continue
        for sentence in sentences(section.text):
            found += _of(sentence, section.number, year)
    return _once(found)


def _once(found: Iterable[Indicator]) -> list[Indicator]:
    """Keep a statement that is made twice once; the one that says whose number it is wins."""
    told: dict[tuple[str, float], dict[str | None, Indicator]] = {}
    for one in found:
        told.setdefault((one.key, one.value), {}).setdefault(one.subject, one)
    for by_subject in told.values():
        if len(by_subject) > 1:
            by_subject.pop(None, None)
    return [one for by_subject in told.values() for one in by_subject.values()]


def _of(sentence: Sentence, section: int, year: int | None) -> list[Indicator]:
    plain = sentence.plain
    if not any_word().search(plain):
        return []
    asked = [rule for rule in rules() if any(word in plain for word in rule.words)
             and (not rule.sections or section in rule.sections)]
    found: dict[str, list[tuple[Indicator, Rule, str]]] = {}
    previous = 0
    for mention in mentions(plain):
        fitting = [rule for rule in asked if mention.unit in rule.units]
        start, previous = previous, mention.end
        if not fitting:
            continue
        around = Before(plain, mention.start, start)
        rule = _claims(plain, mention, around, fitting)
        if rule is not None and is_of_year(
            plain, mention.start, mention.end, year, stock=rule.stock
        ):
            basis = "approximate" if mention.about else "stated"
            one = _indicator(rule, sentence, mention, basis, section)
            found.setdefault(one.key, []).append((one, rule, around.own))
    kept = [told for claims in found.values() if (told := _one_of(claims)) is not None]
    return kept + list(_none(sentence, asked, set(found), section, year))


def _one_of(claims: Sequence[tuple[Indicator, Rule, str]]) -> Indicator | None:
    """Return what a sentence says of a key: its one number, or the sum over named levels.

    Two numbers for one key are two things that we cannot tell apart, unless each names its level
    (省人大代表建议3件、市人大代表建议5件): then neither is the total, and their sum is.
    """
    first, rule, _ = claims[0]
    if len(claims) == 1:
        return first
    levels = [hit[0] if rule.split and (hit := rule.split.search(own)) else ""
              for _, _, own in claims]
    if "" in levels or len(set(levels)) < len(levels):
        return None
    return replace(first, value=sum(one.value for one, _, _ in claims), basis="sum")


def _claims(
    plain: str, mention: Mention, around: Before, fitting: Iterable[Rule]
) -> Rule | None:
    rest = plain[mention.end :]
    own = around.own[-_REACH:]
    for rule in fitting:
        if rule.before is None:
            continue
        if not rule.before.search(own):
            continue
        if (around.part and not rule.part) or (around.sent and rule.channel):
            continue
        if not _speaks_of(rule.channel, around, topic=rule.topic):
            continue
        heard = _TITLES.sub("", around.own[around.own.rfind(":") + 1 :])
        if rule.reject and rule.reject.search(heard):
            continue
        if rule.unless and rule.unless.search(around.sofar):
            continue
        if not (rule.after.match(rest) if rule.after else _ENDS.match(rest)):
            continue
        if rule.context is None or rule.context.search(plain):
            return rule
    return None


def _speaks_of(channel: str | None, around: Before, *, topic: bool) -> bool:
    if channel is None:
        return True
    if channel == "none":
        return around.channel in (None, "several")
    return channel == (around.topic if topic else around.channel)


def _none(
    sentence: Sentence, asked: Iterable[Rule], claimed: set[str], section: int, year: int | None
) -> Iterable[Indicator]:
    """Statements that there was none: the value is 0, and the basis says that no 0 is printed."""
    plain = sentence.plain
    stated: set[str] = set()
    if not _NONE.search(plain):
        return
    for rule in asked:
        if rule.flag in stated:
            yield _statement(rule, sentence, len(plain), section)
            continue
        if rule.none is None or rule.key in claimed:
            continue
        hit = rule.none.search(plain)
        if hit is not None and is_of_year(plain, hit.end(), hit.end(), year):
            stated.add(rule.key)
            yield _statement(rule, sentence, hit.end(), section)


def _statement(rule: Rule, sentence: Sentence, end: int, section: int) -> Indicator:
    flag = rule.unit == "flag"
    return Indicator(rule.key, 1 if flag else 0, rule.unit, subject(sentence.plain, end),
                     "stated_none", sentence.printed[:_QUOTE], section, rule.status)


def _indicator(
    rule: Rule, sentence: Sentence, mention: Mention, basis: str, section: int
) -> Indicator:
    return Indicator(
        rule.key,
        mention.value,
        mention.unit or rule.unit,
        subject(sentence.plain, mention.start),
        basis,
        sentence.printed[:_QUOTE],
        section,
        rule.status,
    )
