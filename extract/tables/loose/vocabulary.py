"""The words of the forms as loose text prints them: whole, in parts, and what may begin one."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from extract import formats
from extract.normal import HAN, fold, simplify
from extract.tables import labels
from extract.tables.labels import T2, T3, T4, Match

HEAD = "信息内容"
LONGEST_MARKED = 400
"""No label of the forms is longer, however it is padded and whatever marks it carries."""

_NOISE = re.compile(r"[\\&<*_`@{]")
_ESCAPE = re.compile(r"\\(?=[^\w\s])")
_SPAN = re.compile(r"\[([^\[\]]*)\]\{[^{}]*\}")
_TAGS = re.compile(r"</?(?:br|b|strong|p|u|em|span|font)\b[^<>]{0,80}>|\*\*|__|`|@@+", re.I)
_REMARK = re.compile(r"\(.*\)$")
_YEAR = re.compile(r"^(?:20\d\d年度?|本报告期)")
_HAN = re.compile(f"[{HAN}]")
_FAMILIAR = 0.6  # of a label's characters are words of the forms, even when misprinted


@dataclass(frozen=True, slots=True)
class _Words:
    """The comparison forms of one kind of labels, and every beginning of one."""

    whole: frozenset[str]
    begun: frozenset[str]


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """A piece without the marks of markup that tools leave in a text; for comparison only."""
    if not text.isascii():
        text = fold(text)
    if not _NOISE.search(text):
        return text
    for _ in range(2):  # entities are often escaped twice
        if "&" in text:
            text = html.unescape(text)
    return _TAGS.sub("", _ESCAPE.sub("", _SPAN.sub(r"\1", text)))


@lru_cache(maxsize=20_000)
def form(text: str) -> str:
    """The comparison form of a label that may carry marks; empty for a text too long for one."""
    return labels.normal(plain(text)) if len(text) <= LONGEST_MARKED else ""


def row_words() -> _Words:
    """The labels of table 2's and table 3's rows, with and without their ordinals."""
    return _words("rows")


def header_words() -> _Words:
    """The labels of all columns, groups and captions."""
    return _words("headers")


@cache
def _words(kind: str) -> _Words:
    found: set[str] = set()
    for name in formats.NATIONAL:
        for key, spec in formats.forms()[name].tables.items():
            if kind == "rows" and key != T4:
                for row in spec.rows:
                    for printed in map(labels.normal, row.labels):
                        found |= {printed, labels.split_ordinal(printed)[1]}
            elif kind == "headers":
                found.update(labels.normal(one) for column in spec.columns for one in column.labels)
                found.update(labels.normal(one) for group in spec.header_labels.values()
                             for one in group)
                found.update(map(labels.normal, spec.captions))
    if kind == "headers":
        found.add(HEAD)
    found.discard("")
    begun = {word[:end] for word in found for end in range(1, len(word) + 1)}
    return _Words(frozenset(found), frozenset(begun))


@cache
def _all() -> str:
    return "\n".join(sorted(_words("rows").whole | _words("headers").whole))


@cache
def _letters() -> frozenset[str]:
    return frozenset(_HAN.findall(_all()))


@cache
def headings() -> str:
    """The words of the group headings and of the stated identity, which have no cells."""
    found: set[str] = set()
    for name in formats.NATIONAL:
        spec = formats.forms()[name].tables[T3]
        found.update(labels.normal(one) for row in spec.rows
                     if row.heading or row.key == "other" for one in row.labels)
        found.update(labels.normal(one) for group in spec.header_labels.values() for one in group)
    return "\n".join(sorted(found))


@cache
def review_letters() -> frozenset[str]:
    """Every character of table 4's header."""
    spec = formats.forms()[formats.NATIONAL[0]].tables[T4]
    printed = [one for column in spec.columns for one in column.labels]
    printed += [one for group in spec.header_labels.values() for one in group]
    printed += [one for row in spec.rows for one in row.labels if not one.startswith("(")]
    return frozenset("".join(map(labels.normal, printed)))


def is_fragment(text: str) -> bool:
    """Tell whether a text is a label of the forms or a part of one."""
    word = form(text)
    return bool(word) and word in _all()


def is_heading_fragment(text: str) -> bool:
    """Tell whether a text is a part of a heading, which may stand between parts of a label."""
    word = form(text)
    return bool(word) and word in headings()


def is_review_fragment(text: str) -> bool:
    """Tell whether a text is made of the characters of table 4's header and nothing else."""
    word = form(text)
    return bool(word) and set(word) <= review_letters()


@lru_cache(maxsize=20_000)
def familiar(text: str) -> bool:
    """Tell cheaply whether a text can be a label, even a misprinted one."""
    if len(text) > LONGEST_MARKED:
        return False
    han = _HAN.findall(plain(text))
    known = _letters()
    if sum(letter in known for letter in han) >= len(han) * _FAMILIAR:
        return bool(han)
    plain_han = simplify("".join(han))
    return sum(letter in known for letter in plain_han) >= len(han) * _FAMILIAR


def may_begin_label(text: str) -> bool:
    """Tell cheaply whether a label, or a part of one, may begin with a piece."""
    return familiar(text) or form(text) in row_words().begun


def _resembles(word: str) -> bool:
    """Tell cheaply whether a row label is near, remarks and years set aside.

    Wider than the rule of near labels, which is decided elsewhere.
    """
    for one in {word, _REMARK.sub("", word), _YEAR.sub("", word)}:
        body = labels.split_ordinal(one)[1]
        most = max(1, (len(body) + 8) // 3)
        if body and process.extractOne(
            body, _bodies(), scorer=Levenshtein.distance, processor=None, score_cutoff=most
        ):
            return True
    return False


@cache
def _bodies() -> tuple[str, ...]:
    return tuple(sorted({labels.split_ordinal(word)[1] for word in _words("rows").whole}))


@lru_cache(maxsize=20_000)
def row(text: str, parent: str | None) -> Match | None:
    """Match a row label; a misprinted one only below its heading.

    Loose text is full of words that look like labels.
    """
    if not familiar(text) or not _resembles(form(text)):
        return None
    bare = plain(text)
    under = labels.match_row(bare, (T3,), parent) if parent else None
    if under and under.quality != "near":
        return under
    match = labels.match_row(bare, (T3, *T2))
    if match and match.quality == "near" and (match.parent != parent or form(text)[-1:].isdigit()):
        return None  # a digit at the end may be the row's first value, run together with its label
    return match
