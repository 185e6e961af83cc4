"""Matching printed labels to the keys of the forms, by label and parent.

The vocabulary of a table is the union of the two national forms: hybrids are real (（六）其他处理
as one row in a 2021 report, a 2019 form used in 2022); the form is told afterwards by what matched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from rapidfuzz.distance import Levenshtein

from extract import formats
from extract.normal import fold, match_form

Quality = Literal["exact", "remark", "near"]

T3 = "t3_requests"
T4 = "t4_review_litigation"
T2 = ("t2_art20_1", "t2_art20_5", "t2_art20_6", "t2_art20_8", "t2_art20_9")

# formats.json, meta.near_labels_note: a misprinted label needs this margin to the second best.
_MARGIN = 2
# A body this short needs its ordinal or its heading, where the form prints one.
_BARE = 2
# Definitions are printed into labels (规范性文件（行政机关制定发布的…）); longer texts are prose.
_LONGEST = 300
_HAN_DIGITS = "[一二三四五六七八九十]{1,3}"
_ORDINAL = re.compile(
    rf"^(?:\({_HAN_DIGITS}\)|{_HAN_DIGITS}[、.,]|\(?\d{{1,2}}\)?[.、,)]|\d(?=[^\d.]))"
)
_REMARK = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)$")
_YEAR = re.compile(r"^(?:20\d\d年度?|本报告期)")
_CAPTION = re.compile(r"第?(?:二十|20)条第?[(]?([一五六八九])[)]?[项項]?")
# What stands beside a table's title: its unit, its number, that it goes on.
_ASIDE = re.compile(
    r"(?:计量)?单位:.*|\(?续表?[\d\)]*|.*\(续表?\)|(?:附|附件|附表|表)[一二三四五六\d]*:?"
)
_CAPTION_TABLE = {"一": "t2_art20_1", "五": "t2_art20_5", "六": "t2_art20_6",
                  "八": "t2_art20_8", "九": "t2_art20_9"}


@dataclass(frozen=True, slots=True)
class Match:
    """A printed label's place in the forms.

    Attributes:
        table: Table key, or "" for a column label that several tables share.
        key: Row or column key.
        heading: A group heading, which has no cells of its own in the form.
        parent: Key of the heading above, None at the top.
        quality: ``exact``; ``remark`` when a bracketed remark was set aside; ``near`` when
            misprinted.
    """

    table: str
    key: str
    heading: bool
    parent: str | None
    quality: Quality


def normal(text: str) -> str:
    """Return the comparison form of a label (cached: the same labels stand in every report)."""
    return _normal(text) if len(text) <= _LONGEST else ""


@lru_cache(maxsize=20_000)
def _normal(text: str) -> str:
    return fold(match_form(text)).strip(":;,。")


def split_ordinal(label: str) -> tuple[str, str]:
    """Split ``1.属于国家秘密`` (normalised) into ordinal and body; the ordinal may be empty."""
    found = _ORDINAL.match(label)
    return (found[0], label[found.end() :]) if found else ("", label)


def caption(text: str) -> str | None:
    """Return the table-2 key that a caption such as 第二十条第（五）项 announces."""
    return _caption(normal(text))


@lru_cache(maxsize=20_000)
def _caption(label: str) -> str | None:
    found = _CAPTION.match(label) if len(label) <= 40 else None
    rest = label[found.end() :] if found else ""
    # What an item is about may stand behind it, set apart; a sentence that quotes it is no caption.
    return _CAPTION_TABLE[found[1]] if found and (not rest or rest[0] in ":(,、") else None


def is_aside(text: str) -> bool:
    """Tell whether a text only stands beside a table: 单位：件, 续表, 附表2."""
    return bool(_ASIDE.fullmatch(normal(text)))


def find_column(text: str, tables: Iterable[str]) -> str | None:
    """Return the key of a column in the first table that knows its label, a near one last."""
    found = [match for table in tables if (match := match_column(text, table))]
    sure = [match for match in found if match.quality != "near"]
    return (sure or found)[0].key if found else None


def match_joined(text: str) -> Match | None:
    """Match a row of table 3 behind its heading in one cell: （三）不予公开1.属于国家秘密."""
    return _match_joined(normal(text))


@lru_cache(maxsize=20_000)
def _match_joined(label: str) -> Match | None:
    for heading in _rows(T3):
        for body in heading.bodies if heading.heading else ():
            for start in (*(ordinal + body for ordinal in heading.ordinals), body):
                if label.startswith(start) and len(label) > len(start):
                    rest = label[len(start) :].lstrip("-—:、/")
                    match = _match_row(rest, (T3,), heading.key)
                    if match and match.quality != "near":
                        return match
    return None


def match_row(text: str, tables: Iterable[str], parent: str | None = None) -> Match | None:
    """Match a printed row label.

    Args:
        text: The label as printed.
        tables: The table keys it may belong to.
        parent: The heading it stands under, when known; a row of another heading is no match.

    Returns:
        The match, or None. Two rows are never confused: a label that fits two is no match.
    """
    return _match_row(normal(text), tuple(tables), parent)


@lru_cache(maxsize=20_000)
def _match_row(label: str, tables: tuple[str, ...], parent: str | None) -> Match | None:
    if not label:
        return None
    for quality, form in _forms_of(label):
        found = _lookup(form, tables, parent)
        if found:
            return _as_match(found, quality)
    near = _near(label, [row for table in tables for row in _rows(table)], parent)
    return _as_match(near, "near") if near else None


def match_column(text: str, table: str) -> Match | None:
    """Match a printed column label of one table; group (super) headers do not match."""
    return _match_column(normal(text), table)


@lru_cache(maxsize=20_000)
def _match_column(label: str, table: str) -> Match | None:
    if not label:
        return None
    for quality, form in _forms_of(label):
        keys = _columns(table).get(form, ())
        if len(keys) == 1:
            return Match(table, keys[0], False, None, quality)
        if keys:  # table 4: the same word stands under three groups
            return Match(table, "", False, None, quality)
    near = _near_column(label, table)
    return Match(table, near, False, None, "near") if near else None


def header_label(text: str, table: str) -> str | None:
    """Return the key of a spanning header (org_super, litigation_direct …), or None."""
    return _header_labels(table).get(normal(text))


@dataclass(frozen=True, slots=True)
class _Row:
    table: str
    key: str
    heading: bool
    parent: str | None
    bodies: tuple[str, ...]
    ordinals: frozenset[str]


def _as_match(row: _Row, quality: Quality) -> Match:
    return Match(row.table, row.key, row.heading, row.parent, quality)


def _forms_of(label: str) -> list[tuple[Quality, str]]:
    """The label itself, then without a trailing bracketed remark or a leading year."""
    tried: list[tuple[Quality, str]] = [("exact", label)]
    bare = _REMARK.sub("", label)
    if bare and bare != label:
        tried.append(("remark", bare))
    dated = _YEAR.sub("", label)
    if dated and dated != label:
        tried.append(("remark", dated))
        tried.append(("remark", "本年" + dated))
    return tried


@cache
def _rows(table: str) -> tuple[_Row, ...]:
    merged: dict[str, _Row] = {}
    for form_id in formats.NATIONAL:
        spec = formats.forms()[form_id].tables.get(table)
        for row in spec.rows if spec else ():
            split = [split_ordinal(normal(label)) for label in row.labels]
            before = merged.get(row.key)
            bodies = {body for _, body in split} | set(before.bodies if before else ())
            ordinals = {o for o, _ in split if o} | set(before.ordinals if before else ())
            heading = before.heading if before else row.heading
            merged[row.key] = _Row(
                table, row.key, heading, row.parent, tuple(sorted(bodies)), frozenset(ordinals)
            )
    return tuple(merged.values())


@cache
def _row_index(tables: tuple[str, ...]) -> dict[str, tuple[_Row, ...]]:
    index: dict[str, list[_Row]] = {}
    for table in tables:
        for row in _rows(table):
            for body in row.bodies:
                index.setdefault(body, []).append(row)
    return {body: tuple(rows) for body, rows in index.items()}


def _lookup(label: str, tables: tuple[str, ...], parent: str | None) -> _Row | None:
    ordinal, body = split_ordinal(label)
    found = [row for row in _row_index(tables).get(body, ()) if _fits(row, parent)]
    if len(body) <= _BARE and not ordinal and parent is None:
        # 其他 and 总计 stand in many a table: without ordinal and heading they say nothing.
        found = [row for row in found if not row.ordinals]
    if len(found) > 1:
        found = [row for row in found if ordinal in row.ordinals]
    return found[0] if len(found) == 1 else None


def _fits(row: _Row, parent: str | None) -> bool:
    return parent is None or row.parent == parent


def _near(label: str, rows: list[_Row], parent: str | None) -> _Row | None:
    """The nearest row by edit distance, if ordinal and parent fit and the margin is there."""
    ordinal, body = split_ordinal(label)
    if len(body) < 4:
        return None
    scored = sorted(
        (min(Levenshtein.distance(body, one) for one in row.bodies), row.key, row)
        for row in rows
        if _fits(row, parent)
    )
    if not scored:
        return None
    distance, _, best = scored[0]
    second = scored[1][0] if len(scored) > 1 else len(body)
    longest = max(len(one) for one in best.bodies)
    if distance > max(1, longest // 4) or second - distance < _MARGIN:
        return None
    if best.ordinals and ordinal not in best.ordinals:
        return None
    return best if any(_denies(body) == _denies(one) for one in best.bodies) else None


def _denies(label: str) -> int:
    """Count the words of denial: 非规范性文件 is no misprint of 规范性文件."""
    return sum(label.count(word) for word in "非不未无")


@cache
def _columns(table: str) -> dict[str, tuple[str, ...]]:
    index: dict[str, dict[str, None]] = {}
    for form_id in formats.NATIONAL:
        spec = formats.forms()[form_id].tables.get(table)
        for column in spec.columns if spec else ():
            for label in column.labels:
                index.setdefault(normal(label), {})[column.key] = None
                if column.unit_in_label or "单位" in label:
                    index.setdefault(normal(_REMARK.sub("", label)), {})[column.key] = None
    return {label: tuple(keys) for label, keys in index.items() if label}


def _near_column(label: str, table: str) -> str | None:
    """The nearest column of a table, if all others of its axis are further off by the margin.

    The columns of all items of table 2 are one axis: a cell does not say which item it heads.
    """
    if len(label) < 4 or table == T4:
        return None
    scored: dict[str, int] = {}
    for one in T2 if table in T2 else (table,):
        for text, keys in _columns(one).items():
            for key in keys:
                distance = Levenshtein.distance(label, text)
                scored[key] = min(distance, scored.get(key, distance))
    ranked = sorted((distance, key) for key, distance in scored.items())
    if not ranked:
        return None
    distance, key = ranked[0]
    second = ranked[1][0] if len(ranked) > 1 else len(label)
    if distance > max(1, len(label) // 5) or second - distance < _MARGIN:
        return None
    return key if any(key in keys for keys in _columns(table).values()) else None


@cache
def _header_labels(table: str) -> dict[str, str]:
    index: dict[str, str] = {}
    for form_id in formats.NATIONAL:
        spec = formats.forms()[form_id].tables.get(table)
        for key, labels in (spec.header_labels if spec else {}).items():
            for label in labels:
                index[normal(label)] = key
    return index


def review_label(text: str) -> tuple[Literal["group", "outcome"], str] | None:
    """Tell what a label of table 4 names: a group (review, litigation_direct …) or an outcome."""
    return _review_labels().get(normal(text))


@cache
def _review_labels() -> dict[str, tuple[Literal["group", "outcome"], str]]:
    told: dict[str, tuple[Literal["group", "outcome"], str]] = {}
    for label, key in _header_labels(T4).items():
        told[label] = ("group", key)
    for column in formats.forms()[formats.NATIONAL[0]].tables[T4].columns:
        for label in column.labels:
            told[normal(label)] = ("outcome", column.key.rsplit("_", 1)[1])
    return told


@cache
def review_row_labels() -> frozenset[str]:
    """Return the labels that table 4's only row may bear (件数 …), normalised."""
    row = formats.forms()[formats.NATIONAL[0]].tables[T4].rows[0]
    return frozenset(map(normal, row.labels))


@cache
def _review_words() -> tuple[frozenset[str], re.Pattern[str]]:
    spec = formats.forms()[formats.NATIONAL[0]].tables[T4]
    whole = {normal(label) for column in spec.columns for label in column.labels}
    groups = frozenset(_header_labels(T4))
    # The halves that are left when a label was broken over two lines and one was lost.
    halves = {word[:2] for word in whole} | {word[2:] for word in whole if len(word) > 2}
    words = sorted(whole | halves | groups, key=len, reverse=True)
    return groups, re.compile(f"(?:{'|'.join(map(re.escape, words))})+")


def is_review_header(text: str, whole: bool = False) -> bool:
    """Tell whether a text is made of nothing but words of table 4's header.

    Args:
        text: A cell, perhaps several labels run together.
        whole: Ask for one of its groups (行政复议, 行政诉讼 …) in it.
    """
    label = normal(text) if len(text) <= 60 else ""
    groups, words = _review_words()
    if not label or not words.fullmatch(label):
        return False
    return not whole or any(label.startswith(group) for group in groups)
