"""Days of documents are days in China."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

FIRST_YEAR = 2019
"""The first report year of the national form."""


def today() -> date:
    """Return today's date in Asia/Shanghai."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def default_years(as_of: date) -> frozenset[int]:
    """Return the report years that matter on a date: from the first form to the year before."""
    return frozenset(range(FIRST_YEAR, as_of.year))
