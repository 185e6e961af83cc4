"""Judging the pages of lists, in the crawl and in reading processes alike: no engine is needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from archive.frontier import Entry
from archive.portals import KnownPortal
from crawler import relation
from crawler.known_portals import made
from spiders.page import Page
from spiders.portal import Portal
from spiders.recheck import Before
from spiders.tasks import Link, Parsed, Post

LIST_ROLES = frozenset({"column", "list"})


def asked(entry: Entry) -> Link:
    """Return what a frontier row asks for."""
    return Post(entry.url, entry.body) if entry.body else entry.url


def parse(
    portal: Portal,
    entry: Entry,
    page: Page,
    *,
    known: Callable[[str], bool],
    years: frozenset[int] | None,
    before: Before | None = None,
) -> Parsed:
    """Return what a page leads to, with what is remarkable about it.

    Args:
        portal: The portal of the page.
        entry: Its frontier row.
        page: The page.
        known: Tells whether the article at a URL was read before.
        years: Report years wanted, None for all.
        before: The list that the page belongs to, as it was when it was last seen whole.
    """
    role, args = entry.role, entry.args
    parsed = portal.parse_task(page, role, args, known=known, years=years, before=before)
    noted = relation.notes(page, role, args, parsed) if role in LIST_ROLES else []
    if any(note.startswith(relation.UNRELATED) for note in noted):
        parsed = Parsed(notes=parsed.notes, column=parsed.column)  # its links lead all over
    return replace(parsed, notes=(*parsed.notes, *noted))


def judged(name: str, known: KnownPortal | None, entry: Entry, page: Page) -> Parsed | None:
    """Judge a list in a reading process; None when its portal is not known any more."""
    portal = made(name, known)
    if portal is None:
        return None
    return parse(portal, entry, page, known=lambda _: False, years=None)
