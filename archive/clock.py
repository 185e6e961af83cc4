"""The one clock of the archive. Fetch times are UTC; dates of documents are not times."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """Return the present instant as ``2026-01-31T08:15:00.123Z`` (UTC; sorts as text)."""
    instant = datetime.now(UTC)
    return instant.strftime("%Y-%m-%dT%H:%M:%S.") + f"{instant.microsecond // 1000:03d}Z"
