"""Find reports by words, and show where the words stand."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from archive.search.index import COLUMNS, SPAN
from archive.search.words import Query, fold, query

#: Up to so many hits the best come first; above it, the newest: a word that stands everywhere
#: ranks nothing, and ranking it takes half a second.
MOST_RANKED = 1000

_AROUND = 40  # characters shown on either side of the first mark
_WEIGHTS = ", ".join(["4.0"] + ["1.0"] * 7)

Piece = tuple[str, bool]  # a stretch of text, and whether it is marked


@dataclass(frozen=True, slots=True)
class Hit:
    """One report that was found.

    Attributes:
        report_key: Its public name.
        publisher: Its body.
        year: The year it reports on.
        title: Its title.
        section: The number of the section shown, None when only the title has the words.
        heading: That section's heading.
        snippet: The text round the first word found, marked and unmarked stretches in turn.
    """

    report_key: str
    publisher: str
    year: int | None
    title: str
    section: int | None
    heading: str
    snippet: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to one search.

    Attributes:
        hits: The reports of the page asked for.
        total: How many there are; ``MOST_RANKED`` when there are more.
        is_more: There are more than ``total``.
        terms: The words that were looked for, folded.
    """

    hits: tuple[Hit, ...]
    total: int
    is_more: bool
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """Where to look.

    Attributes:
        sections: Numbers of sections (0 to 6); empty for all and the title.
        years: Report years; empty for all.
        division: A division's code; its own bodies and those below it.
        level: A code of ``admin_level``.
        sector: A key of ``sectors``.
    """

    sections: Collection[int] = ()
    years: Collection[int] = ()
    division: str | None = None
    level: str | None = None
    sector: str | None = None


def search(
    conn: sqlite3.Connection,
    typed: str,
    within: Within | None = None,
    *,
    limit: int = 20,
    offset: int = 0,
) -> Found:
    """Find the reports that have all the words.

    Args:
        conn: A connection to an archive or a release.
        typed: What the user typed, as in :func:`archive.search.words.query`.
        within: Where to look; everywhere when None.
        limit: Reports a page.
        offset: Reports to leave out before it.

    Returns:
        The best first up to ``MOST_RANKED``, the newest first above that.
    """
    within = within or Within()
    asked = query(typed)
    if asked is None:
        return Found((), 0, False, ())
    where, values = _where(asked, within)
    total = conn.execute(
        f"SELECT count(*) FROM (SELECT 1 {where} LIMIT {MOST_RANKED + 1})", values
    ).fetchone()[0]
    is_more = total > MOST_RANKED
    order = "search.rowid DESC" if is_more else f"bm25(search, {_WEIGHTS}), search.rowid DESC"
    entries = conn.execute(
        f"SELECT search.rowid {where} ORDER BY {order} LIMIT ? OFFSET ?", [*values, limit, offset]
    ).fetchall()
    hits = tuple(_hit(conn, entry % SPAN, asked, within.sections) for (entry,) in entries)
    return Found(hits, min(total, MOST_RANKED), is_more, asked.terms)


def _where(asked: Query, within: Within) -> tuple[str, list[object]]:
    match = asked.match
    if within.sections:
        columns = " ".join(COLUMNS[number + 1] for number in sorted(set(within.sections)))
        match = f"{{{columns}}} : ({match})"
    where, values = ["search MATCH ?"], [match]  # type: tuple[list[str], list[object]]
    if within.years:
        ranges = " OR ".join("search.rowid BETWEEN ? AND ?" for _ in within.years)
        where.append(f"({ranges})")
        for year in within.years:
            values += [year * SPAN, (year + 1) * SPAN - 1]
    tables = "FROM search"
    if within.division or within.level or within.sector:
        tables += f""" JOIN reports ON reports.id = search.rowid % {SPAN}
            JOIN publishers ON publishers.id = publisher_id"""
    if within.division:
        code = within.division
        stem = code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
        where.append("publishers.division_code >= ? AND publishers.division_code < ?")
        values += [stem, stem + "\U0010ffff"]
    for column, value in (("admin_level", within.level), ("sector", within.sector)):
        if value:
            where.append(f"publishers.{column} = ?")
            values.append(value)
    return f"{tables} WHERE {' AND '.join(where)}", values


def _hit(
    conn: sqlite3.Connection, report_id: int, asked: Query, sections: Collection[int]
) -> Hit:
    key, publisher, year, title, version = conn.execute(
        """SELECT report_key, publishers.name, year, title, current_version_id FROM reports
        JOIN publishers ON publishers.id = publisher_id WHERE reports.id = ?""",
        [report_id],
    ).fetchone()
    rows = conn.execute(
        "SELECT number, heading, text FROM sections WHERE version_id = ? ORDER BY number, rowid",
        [version],
    ).fetchall()
    best: tuple[int, int | None, str, tuple[Piece, ...]] = (0, None, "", ())
    for number, heading, text in rows:
        if sections and number not in sections:
            continue
        pieces = marked(text, asked.terms)
        count = len({fold(piece) for piece, is_marked in pieces if is_marked})
        if count > best[0]:
            best = (count, number, heading, shortened(pieces))
    return Hit(key, publisher, year, title or "", *best[1:])


def marked(text: str, terms: Sequence[str]) -> tuple[Piece, ...]:
    """Cut a text into stretches: those that are one of the terms, and what stands between.

    Args:
        text: A text as printed.
        terms: Folded terms, such as ``Found.terms``.
    """
    if not terms:
        return ((text, False),) if text else ()
    pieces: list[Piece] = []
    at = 0
    for hit in _pattern(tuple(terms)).finditer(fold(text)):
        if hit.start() > at:
            pieces.append((text[at : hit.start()], False))
        pieces.append((text[hit.start() : hit.end()], True))
        at = hit.end()
    if at < len(text):
        pieces.append((text[at:], False))
    return tuple(pieces)


@cache
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    # A line of print may break inside a word.
    longest_first = sorted(terms, key=len, reverse=True)
    return re.compile("|".join(
        r"[\W_]*".join(r"\s*".join(map(re.escape, run)) for run in term.split(" "))
        for term in longest_first
    ))


def shortened(pieces: Sequence[Piece], around: int = _AROUND) -> tuple[Piece, ...]:
    """Return what stands round the first mark, with ``…`` where something was left out."""
    first = next((at for at, piece in enumerate(pieces) if piece[1]), 0)
    kept: list[Piece] = []
    if first:
        before = pieces[first - 1][0]
        cut = len(before) > around or first > 1
        kept.append((("…" if cut else "") + before[-around:], False))
    room = 2 * around
    for text, is_marked in pieces[first:]:
        if len(text) > room:
            kept.append((text[:room] + "…", is_marked))
            break
        kept.append((text, is_marked))
        room -= len(text)
    return tuple((" ".join(text.split("\n")), is_marked) for text, is_marked in kept)
