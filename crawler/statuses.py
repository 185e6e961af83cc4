"""The statuses of an archive, computed again for the years and the day that they had."""

from __future__ import annotations

from datetime import date

from archive import coverage
from archive.db import Archive
from crawler.calendar import default_years, today


def cover(archive: Archive, *others: Archive) -> None:
    """Compute the statuses again.

    Args:
        archive: The archive, open for writing.
        others: Archives whose years count as well, and whose day if it is a later one.
    """
    years: set[int] = set()
    days: list[str] = []
    for one in (archive, *others):
        rows = one.conn.execute("SELECT DISTINCT year, as_of FROM coverage").fetchall()
        years.update(year for year, _ in rows)
        days += [day for _, day in rows]
    as_of = max(days, default=today().isoformat())
    with archive.atomic():
        coverage.update(archive, sorted(years) or default_years(date.fromisoformat(as_of)), as_of)
