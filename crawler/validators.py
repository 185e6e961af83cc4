"""Which of a page's own validators may be asked with, when the page is asked for again.

A 304 that is not true hides what a government altered, so a validator has to earn its trust:

- A page that its server forbids to keep (``Cache-Control: no-cache``) is had anew, and its bytes
  are compared.
- An ``ETag`` is made of the file or the text, and is believed.
- A ``Last-Modified`` alone is believed for reports, not for lists: it must be older than the
  answer that had it (a page made at that moment), and no older than the page itself; and the server
  must have shown that it compares dates at all (``middlewares/conditional.py``).
- One that stood over other bytes before is never believed again.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_ETAG = re.compile(r'(?:W/)?"[^"\x00-\x1f]+"')
_FORBIDS = re.compile(r"\b(?:no-cache|no-store)\b", re.I)
_MADE_NOW = timedelta(seconds=5)
_DAY = timedelta(days=1)

LONG_AGO = "Thu, 01 Jan 1970 00:00:01 GMT"
"""No page is as old as that: a server that answers 304 to it says 304 to everything."""


def condition(
    headers: Mapping[str, str],
    *,
    is_list: bool,
    dated: str | None = None,
    lies: Collection[str] = (),
) -> tuple[str, str] | None:
    """Return the header to ask with, as name and value; None: ask without a condition.

    Args:
        headers: Of the stored answer, names in lower case.
        is_list: The page lists reports; one that is missed is missed for good.
        dated: The date that the page or its row shows, ISO, None when unknown.
        lies: Names of validators that stood over other bytes before.
    """
    said = f"{headers.get('cache-control', '')},{headers.get('pragma', '')}"
    if _FORBIDS.search(said):
        return None
    tag = headers.get("etag", "").strip()
    if _ETAG.fullmatch(tag) and "etag" not in lies:
        return "If-None-Match", tag
    modified = headers.get("last-modified", "").strip()
    if is_list or "last-modified" in lies or not _is_credible(modified, headers.get("date"), dated):
        return None
    return "If-Modified-Since", modified


def _is_credible(modified: str, answered: str | None, dated: str | None) -> bool:
    when = _moment(modified)
    if when is None:
        return False
    now = _moment(answered or "") or datetime.now(UTC)
    if when > now - _MADE_NOW:
        return False
    try:
        shown = datetime.fromisoformat(dated).replace(tzinfo=UTC) if dated else None
    except ValueError:
        shown = None
    return shown is None or when >= shown - _DAY


def _moment(text: str) -> datetime | None:
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)
