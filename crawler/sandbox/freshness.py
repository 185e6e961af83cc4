"""What a server says of a page's age, truly or not, and whether it answers 304."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256

from crawler.sandbox.model import Site

KEEPS = ("etag", "date", "none", "no_cache", "now", "frozen")
"""How servers speak of the age of their pages.

``etag`` and ``date`` are honest. ``none`` says nothing. ``no_cache`` forbids to keep a page.
``now`` dates every answer to the moment it is given. ``frozen`` gives all pages one date, and says
304 to whoever asks with a date at all, whatever has changed.
"""

_SINCE = datetime(2026, 6, 1, tzinfo=UTC)  # after everything that is posted
_SPAN = 100 * 24 * 3600


def mark(body: bytes) -> str:
    """Return what tells a page from another; the body is without its view counter."""
    return sha256(body).hexdigest()[:16]


def keeps(site: Site) -> str:
    """Return how a site speaks of the age of its pages."""
    if site.keeps:
        return site.keeps
    return KEEPS[int(sha256(site.host.encode()).hexdigest(), 16) % len(KEEPS)]


def headers(site: Site, marked: str) -> dict[str, str]:
    """Return the headers that speak of the age of a page with this mark."""
    how = keeps(site)
    if how == "etag":
        # Weak: its view counter changes, and the page does not.
        return {"ETag": f'W/"{marked}"', "Last-Modified": _date(marked)}
    if how == "date":
        return {"Last-Modified": _date(marked)}
    if how == "no_cache":
        return {"Cache-Control": "no-cache, no-store", "Last-Modified": _date(marked)}
    if how == "now":
        return {"Last-Modified": format_datetime(datetime.now(UTC), usegmt=True)}
    if how == "frozen":
        return {"Last-Modified": format_datetime(_SINCE, usegmt=True)}
    return {}


def is_not_modified(site: Site, marked: str, asked: Mapping[str, str]) -> bool:
    """Tell whether the server answers 304.

    Args:
        site: The site.
        marked: The mark of the page as it is now.
        asked: The headers of the request.
    """
    how, since = keeps(site), asked.get("If-Modified-Since")
    if how == "etag" and "If-None-Match" in asked:
        return asked["If-None-Match"] == f'W/"{marked}"'
    if how in ("etag", "date"):
        return since == _date(marked)
    return how == "frozen" and since is not None


def _date(marked: str) -> str:
    when = _SINCE + timedelta(seconds=int(marked, 16) % _SPAN)
    return format_datetime(when, usegmt=True)
