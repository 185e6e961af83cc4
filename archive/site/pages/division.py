"""A place in a year: what its bodies received, what they refused and why, and who is missing."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from archive.site.country import SINGLE, Country
from archive.site.language import Language
from archive.site.pages.home import heat
from archive.site.requests import Asked, number

#: What is shown of each group of bodies: the key of its text, and the panel's column.
MEASURES = (
    ("received", "r_new_tot"),
    ("concluded", "r_done_tot"),
    ("disclosed", "d_disclosed"),
    ("refused", "d_refused"),
    ("unable", "d_unable"),
    ("not_processed", "d_not_processed"),
    ("other", "d_other"),
    ("carried_out", "r_carry_out_tot"),
)
GROUNDS = (
    "r_denied_secret_tot", "r_denied_law_tot", "r_denied_security_tot", "r_denied_third_tot",
    "r_denied_internal_tot", "r_denied_deliber_tot", "r_denied_casefile_tot", "r_denied_query_tot",
)  # fmt: skip
_SHARED = frozenset({"disclosed", "refused", "unable", "not_processed", "other"})
_GROUPS = (
    ("departments", frozenset({"department", "vertical"})),
    ("governments", frozenset({"government"})),
    ("others", frozenset[str]()),  # all else
)


@dataclass(frozen=True, slots=True)
class Sum:
    """A number over some reports: those that print all of its parts.

    Attributes:
        name: The key of its text, or a variable of the panel.
        value: The sum; None when no report has it.
        reports: How many reports it is of.
        share: Of the requests concluded by the same reports, in per cent.
    """

    name: str
    value: int | None
    reports: int
    share: float | None


def division(
    conn: sqlite3.Connection, country: Country, code: str, asked: Asked, language: Language
) -> dict[str, Any] | None:
    """Return what a division's page shows, None when there is no such division."""
    if code not in country.names:
        return None
    years = country.years
    year = number(asked, "year") or (years[-1] if years else 0)
    below = asked.get("below") == "1"
    where, values = _within(country, code, below=below)
    return {
        "code": code,
        "name": country.names[code],
        "above": [(place, country.names[place]) for place in list(country.line(code))[1:]][::-1],
        "heat_rows": heat(country, country.children.get(code, [])),
        "own": heat(country, [code]),
        "years": years,
        "year": year,
        "below": below,
        "groups": _groups(conn, where, [*values, year]),
        "labels": _labels(conn, language),
        "bodies": _bodies(conn, where, values, year),
    }


def _within(country: Country, code: str, *, below: bool) -> tuple[str, list[str]]:
    """The bodies of a place; its codes of earlier years are those of its renamed places."""
    if not below:
        return "division_code = ?", [code]
    codes = country.below(code)
    return f"division_code IN ({', '.join('?' * len(codes))})", codes


def _groups(conn: sqlite3.Connection, where: str, values: list[Any]) -> list[dict[str, Any]]:
    """Add up the reports of single bodies, by kind of body.

    Added up here: SQLite would work out each derived column anew for each sum it stands in.
    """
    names = [*MEASURES, *((ground, ground) for ground in GROUNDS)]
    rows: dict[str, list[tuple[Any, ...]]] = {group: [] for group, _ in _GROUPS}
    for org_type, *row in conn.execute(
        f"""SELECT org_type, r_done_tot, {", ".join(column for _, column in names)} FROM panel
        WHERE {where} AND year = ? AND report_scope IN {SINGLE}""",
        values,
    ):
        rows[next(group for group, kinds in _GROUPS if org_type in kinds or not kinds)].append(
            tuple(row)
        )
    return [_group(group, names, found) for group, found in rows.items() if found]


def _group(
    group: str, names: list[tuple[str, str]], rows: list[tuple[Any, ...]]
) -> dict[str, Any]:
    found: list[Sum] = []
    for at, (key, _) in enumerate(names, start=1):
        printed = [(row[at], row[0]) for row in rows if row[at] is not None]
        value = sum(part for part, _ in printed) if printed else None
        whole = sum(done for _, done in printed if done is not None)
        share = _percent(value, whole) if key in _SHARED or key in GROUNDS else None
        found.append(Sum(key, value, len(printed), share))
    return {
        "name": group,
        "reports": len(rows),
        "measures": found[: len(MEASURES)],
        "grounds": found[len(MEASURES) :],
    }


def _percent(part: float | None, whole: float | None) -> float | None:
    return round(100 * part / whole, 1) if part is not None and whole else None


def _labels(conn: sqlite3.Connection, language: Language) -> dict[str, str]:
    column = "label" if language == "zh" else "label_en"
    rows = conn.execute(
        f"SELECT name, {column} FROM codebook WHERE name IN ({', '.join('?' * len(GROUNDS))})",
        GROUNDS,
    )
    return {name: label.removesuffix(" · 总计").removesuffix(" · Total") for name, label in rows}


def _bodies(
    conn: sqlite3.Connection, where: str, values: list[str], year: int
) -> list[dict[str, Any]]:
    cursor = conn.execute(
        f"""SELECT publishers.key AS publisher_key, publishers.name AS name, status,
        panel.report_key AS report_key, r_new_tot AS received, r_done_tot AS concluded,
        d_refused AS refused, d_refused_share AS refused_share, days_late
        FROM publishers
        LEFT JOIN coverage ON coverage.publisher_id = publishers.id AND coverage.year = ?
        -- "+": a body has few years, and a year has many bodies
        LEFT JOIN panel ON panel.publisher_id = publishers.id AND +panel.year = ?
        WHERE publishers.{where} AND (status IS NOT NULL OR report_key IS NOT NULL)
        ORDER BY publishers.org_type != 'government', publishers.division_code, publishers.name
        LIMIT 600""",
        [year, year, *values],
    )
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
