"""What a family sees in a page, as the golden record beside a saved page has it."""

from __future__ import annotations

from typing import Any

from spiders.page import Page
from spiders.portal import Portal
from spiders.tasks import Link


def record(family: type[Portal], page: Page, url: str, form: str | None = None) -> dict[str, Any]:
    """Return the record of a column's page, JSON types.

    Args:
        family: The page's family, or a leaf of it.
        page: The page.
        url: Its address as asked, with the fragment.
        form: The body it was asked for with, None for a plain GET.
    """
    found = family.look(page)
    return {
        **({"url": url, "form": form} if form else {"url": url}),
        "rows": [[row.url, row.title, row.date] for row in found.rows],
        "pages": [_plain(link) for link in found.pages],
        "total": found.total,
        "sublists": [[_plain(link), label] for link, label in found.sublists],
        "is_article": found.is_article,
        "notes": list(found.notes),
    }


def _plain(link: Link) -> str | dict[str, str]:
    return link if isinstance(link, str) else {"url": link.url, "form": link.body}
