"""The start page: coverage by province and year, requests over time."""

from __future__ import annotations

from typing import Any

from archive.site.country import Country
from archive.site.draw import Line, lines
from archive.site.language import Words


def home(country: Country, words: Words) -> dict[str, Any]:
    """Return what the start page shows."""
    totals = country.totals
    return {
        "heat_rows": heat(country, country.children.get(None, [])),
        "years": country.years,
        "totals": totals,
        "chart": lines(
            words("over_time"),
            [str(total.year) for total in totals],
            [
                Line(words("received"), [total.received for total in totals]),
                Line(words("refused"), [total.refused for total in totals]),
            ],
        ),
        "counts": country.counts,
        "as_of": country.as_of,
    }


def heat(country: Country, codes: list[str]) -> list[dict[str, Any]]:
    """Return the rows of a heat map: a place, and its share for each year."""
    return [
        {
            "code": code,
            "name": country.names[code],
            "shares": [(year, country.share(code, year)) for year in country.years],
        }
        for code in codes
    ]
