"""What a page is asked with, and what a site answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl


@dataclass(frozen=True)
class Reply:
    """One answer of a site.

    Attributes:
        status: HTTP status.
        body: The bytes, before any compression.
        content_type: The Content-Type header; without a charset where the page must tell.
        location: Where a redirect leads, or empty.
        mark: Tells this state of the page from others (``freshness``), or empty.
    """

    status: int
    body: bytes
    content_type: str = "text/html"
    location: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Ask:
    """What comes with the path of a request.

    Attributes:
        values: The query's values and those of a form, by name; the form's win.
        posted: Whether it is a POST.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    posted: bool = False

    def number(self, name: str, default: int = 1) -> int:
        """Return a value as a whole number, the default where there is none."""
        text = self.values.get(name, "")
        return int(text) if text.isdecimal() else default

    def has(self, query: str) -> bool:
        """Tell whether all values of a query are asked for."""
        return all(self.values.get(name) == value for name, value in parse_qsl(query))


Answer = Callable[[Ask], Reply | str | None]
"""Answers one address: a reply, a page's HTML, or None for values that are not meant for it."""


def ask(query: str = "", form: bytes | None = None) -> Ask:
    """Read the query of an address and the body of a POST."""
    values = dict(parse_qsl(query, keep_blank_values=True))
    if form is not None:
        values |= parse_qsl(form.decode("utf-8", "replace"), keep_blank_values=True)
    return Ask(values, posted=form is not None)
