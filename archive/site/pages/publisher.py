"""A body: its years side by side, what is missing and why, what it altered after publishing."""

from __future__ import annotations

import sqlite3
from typing import Any

from archive.site.country import Country
from archive.site.draw import Line, lines
from archive.site.language import Language, Words

#: The rows of the years side by side, in the order of the form.
VARIABLES = (
    "r_new_tot", "r_carry_in_tot", "r_granted_tot", "r_partial_tot", "d_refused", "d_unable",
    "d_not_processed", "d_other", "r_done_tot", "r_carry_out_tot", "d_refused_share",
    "j_review_total", "j_direct_total", "j_after_total", "d_disputes_corrected",
    "a1_norm_issued", "a5_licence_decisions", "a6_penalty_decisions", "a6_coercion_decisions",
    "a8_fee_wan",
)  # fmt: skip


def publisher(
    conn: sqlite3.Connection, country: Country, key: str, words: Words, language: Language
) -> dict[str, Any] | None:
    """Return what a body's page shows, None when there is no such body."""
    row = conn.execute(
        """SELECT id, name, org_type, sector, admin_level, division_code FROM publishers
        WHERE key = ?""",
        [key],
    ).fetchone()
    if row is None:
        return None
    reports = _reports(conn, row[0])
    years = sorted({report["year"] for report in reports})
    newest = {report["year"]: report for report in reversed(reports)}  # one scope a year
    axis = range(years[0], years[-1] + 1) if years else range(0)
    return {
        "key": key,
        "name": row[1],
        "org_type": row[2],
        "above": [(place, country.names[place]) for place in list(country.line(row[5]))[::-1]
                  if place in country.names],
        "reports": reports,
        "years": years,
        "rows": _rows(conn, newest, years, language),
        "statuses": _statuses(conn, row[0], set(years)),
        "relations": _relations(conn, row[0]),
        "changes": _changes(conn, row[0]),
        "chart": lines(
            words("over_time"),
            [str(year) for year in axis],
            [
                Line(words(name), [newest.get(year, {}).get(variable) for year in axis])
                for name, variable in (("received", "r_new_tot"), ("refused", "d_refused"))
            ],
        ),
    }


def _dicts(cursor: sqlite3.Cursor) -> list[dict[str, Any]]:
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _reports(conn: sqlite3.Connection, publisher_id: int) -> list[dict[str, Any]]:
    return _dicts(
        conn.execute(
            f"""SELECT report_key, year, report_scope, format, published_on, days_late,
            source_consistency, q_t3_requests, {', '.join(VARIABLES)}
            FROM panel WHERE publisher_id = ? ORDER BY year, report_scope""",
            [publisher_id],
        )
    )


def _rows(
    conn: sqlite3.Connection, newest: dict[int, dict[str, Any]], years: list[int],
    language: Language,
) -> list[dict[str, Any]]:
    column = "label" if language == "zh" else "label_en"
    marks = ", ".join("?" * len(VARIABLES))
    labels = dict(
        conn.execute(f"SELECT name, {column} FROM codebook WHERE name IN ({marks})", VARIABLES)
    )
    return [
        {
            "name": name,
            "label": labels.get(name, name),
            "values": [(newest[year]["report_key"], newest[year][name]) for year in years],
        }
        for name in VARIABLES
    ]


def _statuses(
    conn: sqlite3.Connection, publisher_id: int, years: set[int]
) -> list[dict[str, Any]]:
    rows = _dicts(
        conn.execute(
            """SELECT year, coverage.status AS status, detail, as_of, fetches.url AS url,
            fetched_at FROM coverage
            LEFT JOIN fetches ON fetches.id = evidence_fetch_id
            WHERE publisher_id = ? ORDER BY year""",
            [publisher_id],
        )
    )
    return [row for row in rows if row["year"] not in years]


def _relations(conn: sqlite3.Connection, publisher_id: int) -> list[dict[str, Any]]:
    return _dicts(
        conn.execute(
            """SELECT publishers.key AS key, publishers.name AS name, kind,
            publisher_relations.since AS since, successor_id != ?1 AS is_later
            FROM publisher_relations
            JOIN publishers ON publishers.id = CASE WHEN successor_id = ?1
            THEN publisher_id ELSE successor_id END
            WHERE publisher_id = ?1 OR successor_id = ?1""",
            [publisher_id],
        )
    )


def _changes(conn: sqlite3.Connection, publisher_id: int) -> list[dict[str, Any]]:
    return _dicts(
        conn.execute(
            """SELECT reports.report_key AS report_key, year, changes.kind AS kind, table_key,
            row_key, column_key, old_raw, new_raw FROM reports
            JOIN report_versions ON report_versions.report_id = reports.id AND reason = 'revised'
            JOIN changes ON changes.report_id = reports.id AND to_version = report_versions.id
            WHERE publisher_id = ? ORDER BY year, report_versions.number LIMIT 200""",
            [publisher_id],
        )
    )
