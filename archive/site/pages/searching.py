"""The search page."""

from __future__ import annotations

import sqlite3
from typing import Any

from archive.search.find import Within, search
from archive.site.country import Country
from archive.site.requests import Asked, number, text

PAGE = 20


def searching(conn: sqlite3.Connection, country: Country, asked: Asked) -> dict[str, Any]:
    """Return what the search page shows; without words, only the form."""
    words = text(asked, "q")
    section = number(asked, "section")
    first, last = number(asked, "from"), number(asked, "to")
    years = tuple(
        year for year in country.years
        if (first or 0) <= year <= (last or 9999)
    ) if first or last else ()  # fmt: skip
    division = text(asked, "division", 12)
    offset = min(number(asked, "offset") or 0, 10_000)
    within = Within(
        () if section is None else (section,),
        years,
        division if division in country.names else None,
    )
    nothing = bool(first or last) and not years
    found = search(conn, "" if nothing else words, within, limit=PAGE + 1, offset=offset)
    return {
        "q": words,
        "section": section,
        "first": first,
        "last": last,
        "division": division,
        "places": [(code, country.names[code]) for code in country.children.get(None, [])],
        "chosen": country.names.get(division),
        "hits": found.hits[:PAGE],
        "total": found.total,
        "is_more": found.is_more,
        "offset": offset,
        "next": offset + PAGE if len(found.hits) > PAGE else None,
        "previous": max(0, offset - PAGE) if offset else None,
        "years": country.years,
    }
