"""The country at a glance: what is counted over the whole file, once for each state of it."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

#: Statuses of reports that were due: the others say nothing about a body.
DUE = frozenset({"found", "found_unread", "gone", "not_listed", "blocked", "unreachable"})
FOUND = frozenset({"found", "found_unread"})

#: Scopes of reports that speak of one body; the others add up what single bodies report.
SINGLE = "('own_body', 'office_only', 'unknown')"

_NATION = None


@dataclass(slots=True)
class Share:
    """Found of due, of a place and year."""

    found: int = 0
    due: int = 0

    @property
    def percent(self) -> int | None:
        """Found of due in per cent, rounded down: 100 is all. None when nothing was due."""
        return self.found * 100 // self.due if self.due else None


@dataclass(frozen=True, slots=True)
class Total:
    """The requests of a year, over reports of single bodies."""

    year: int
    reports: int
    received: int | None
    concluded: int | None
    refused: int | None


@dataclass(slots=True)
class Country:
    """Counts over a whole archive.

    Attributes:
        names: A division's last name, by its code.
        parents: The division above, by code.
        under: The divisions that ever lay directly under one, by code.
        children: The divisions of today under one, by code; those of the nation under None.
        shares: By division (all levels, what lies below included) and year.
        years: The years that have any status.
        totals: Requests by year.
        counts: ``reports``, ``bodies``, ``cells``.
        as_of: The day of the last ledger.
    """

    names: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str | None] = field(default_factory=dict)
    under: dict[str, list[str]] = field(default_factory=dict)
    children: dict[str | None, list[str]] = field(default_factory=dict)
    shares: dict[tuple[str, int], Share] = field(default_factory=dict)
    years: list[int] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    as_of: str = ""

    def line(self, code: str | None) -> Iterator[str]:
        """Yield a division and those above it, the nearest first."""
        seen: set[str] = set()
        while code and code not in seen:
            seen.add(code)
            yield code
            code = self.parents.get(code)

    def below(self, code: str) -> list[str]:
        """Return a division and all that ever lay under it, under any of their codes."""
        found = [code]
        for place in found:  # it grows meanwhile
            found += self.under.get(place, ())
        return found

    def share(self, code: str, year: int) -> Share:
        """Return found of due in a place and all below it."""
        return self.shares.get((code, year)) or Share()


def count(conn: sqlite3.Connection) -> Country:
    """Count an archive."""
    country = Country()
    children: dict[str | None, set[str]] = defaultdict(set)
    for code, name, parent, valid_to in conn.execute(
        "SELECT code, name, parent, valid_to FROM divisions ORDER BY code, valid_from"
    ):
        country.names[code], country.parents[code] = name, parent
        if valid_to is None:
            children[parent].add(code)
        if parent and code not in country.under.setdefault(parent, []):
            country.under[parent].append(code)
    _ledger(conn, country)
    used = {code for code, _ in country.shares}
    country.children = {
        parent: sorted(code for code in codes if code in used) for parent, codes in children.items()
    }
    _totals(conn, country)
    return country


def _ledger(conn: sqlite3.Connection, country: Country) -> None:
    years: set[int] = set()
    for code, year, status, number in conn.execute(
        """SELECT division_code, year, status, count(*) FROM coverage
        JOIN publishers ON publishers.id = publisher_id GROUP BY 1, 2, 3"""
    ):
        if status not in DUE:
            continue
        years.add(year)
        for place in country.line(code):
            share = country.shares.setdefault((place, year), Share())
            share.due += number
            share.found += number if status in FOUND else 0
    country.years = sorted(years)
    row = conn.execute("SELECT max(as_of) FROM coverage").fetchone()
    country.as_of = row[0] or ""


def _totals(conn: sqlite3.Connection, country: Country) -> None:
    country.totals = [
        Total(*row)
        for row in conn.execute(
            f"""SELECT year, count(*), sum(r_new_tot), sum(r_done_tot), sum(d_refused) FROM panel
            WHERE report_scope IN {SINGLE} GROUP BY year ORDER BY year"""
        )
    ]
    for name, sql in (
        ("reports", "SELECT count(*) FROM reports WHERE duplicate_of IS NULL"),
        ("bodies", "SELECT count(DISTINCT publisher_id) FROM panel"),
    ):
        country.counts[name] = conn.execute(sql).fetchone()[0]
