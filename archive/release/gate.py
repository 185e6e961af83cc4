"""What a release must have: a bad one never takes the place of a good one."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

#: A release may lose so many of the reports of the one before, by withdrawal or new reading.
MOST_LOST = 0.02
#: Tables of requests that their sums prove, of those that were read: not much below the last time.
MOST_UNPROVEN_MORE = 0.03
#: Reports that wait to be read, of all.
MOST_WAITING = 0.05


@dataclass(frozen=True, slots=True)
class Measures:
    """What a public file amounts to."""

    reports: int
    read: int
    cells: int
    bodies: int
    first_year: int | None
    last_year: int | None
    tables3: int
    proven: int
    flagged: int
    source_errors: int


def measure(conn: sqlite3.Connection) -> Measures:
    """Measure a public file."""
    reports, read = conn.execute(
        """SELECT count(*), sum(kind = 'report') FROM reports WHERE duplicate_of IS NULL
        AND current_version_id IS NOT NULL"""
    ).fetchone()
    cells = conn.execute(
        """SELECT count(*) FROM compact_cells JOIN reports ON current_version_id = version_id"""
    ).fetchone()[0]
    row = conn.execute(
        """SELECT count(DISTINCT publisher_id), min(year), max(year),
        sum(q_t3_requests != 'unread'), sum(q_t3_requests = 'proven'),
        sum(q_t3_requests = 'flagged'), sum(source_consistency > 0) FROM panel"""
    ).fetchone()
    return Measures(
        reports, read or 0, cells, row[0], row[1], row[2], *(value or 0 for value in row[3:])
    )


def refusals(archive: sqlite3.Connection, new: Measures, last: Path | None) -> list[str]:
    """Return why there can be no release; an empty list when there can.

    Args:
        archive: The archive it was built from.
        new: What was built.
        last: The public file of the last release, None when this is the first.
    """
    found: list[str] = []
    if not new.reports:
        found.append("there is no report in the archive: crawl first")
    waiting = archive.execute(
        """SELECT count(*) FROM frontier WHERE state = 'fetched'
        AND campaign = (SELECT max(campaign) FROM frontier)"""
    ).fetchone()[0]
    if waiting > MOST_WAITING * max(1, new.reports):
        found.append(f"{waiting} pages wait to be read: scrapy rebuild --pending")
    if last is not None:
        found += _against(new, last)
    return found


def _against(new: Measures, last: Path) -> list[str]:
    conn = sqlite3.connect(f"{last.resolve().as_uri()}?mode=ro", uri=True)
    try:
        old = measure(conn)
    finally:
        conn.close()
    found: list[str] = []
    for name, was, now in (
        ("reports", old.reports, new.reports),
        ("reports that were read", old.read, new.read),
        ("cells", old.cells, new.cells),
        ("bodies", old.bodies, new.bodies),
    ):
        if now < was * (1 - MOST_LOST):
            found.append(f"{name} fell from {was:,} to {now:,}")
    if old.tables3 and new.tables3:
        was_share, share = old.proven / old.tables3, new.proven / new.tables3
        if share < was_share - MOST_UNPROVEN_MORE:
            found.append(
                f"tables of requests proven by their sums fell from {was_share:.1%} to {share:.1%}"
            )
    return found
