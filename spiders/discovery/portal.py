"""Portals without a file of their own: a host is all that is known, the rest is found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import ClassVar
from urllib.parse import urlsplit

from spiders.discovery.explore import entry, explore, hosts_of
from spiders.domains import bare, is_government, registered_domain
from spiders.families import Plain, recognise
from spiders.links import without_session
from spiders.page import Page
from spiders.portal import Portal
from spiders.recheck import Before
from spiders.tasks import JSON, Found, Link, Parsed, Task


class Discovered(Portal):
    """A portal whose columns are found from its home page; its family is told page by page.

    Attributes:
        entries: Where it is entered; the home page when there are none.
        discovered_from: The official page that linked to it, None when an operator or the register
            named it.
    """

    entries: ClassVar[tuple[str, ...]] = ()
    discovered_from: ClassVar[str | None] = None

    def start_tasks(self) -> list[Task]:
        """Return the pages where it is entered."""
        home = f"{self.scheme}://{self.hosts[0]}/"
        urls = (self.own_url(url) or home for url in (*self.entries, home))
        return [entry(self, url) for url in dict.fromkeys(urls)]

    def own_url(self, url: str) -> str | None:
        """Return an address of its own hosts in its own spelling, of another host of its domain
        as it is, and None for any other.

        A host of the same registered domain that its pages link to is official, as it is the same
        body that gives out the names.
        """
        own = super().own_url(url)
        if own is not None:
            return own
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        if not is_government(host) or parts.port not in (None, 80, 443):
            return None
        if registered_domain(host) != registered_domain(self.hosts[0]):
            return None
        return without_session(parts._replace(netloc=host, fragment="").geturl())

    @classmethod
    def look(cls, page: Page) -> Found:
        """Return what the page's own family sees in it."""
        return (recognise(page) or Plain).look(page)

    @classmethod
    def catalogue(cls, page: Page) -> tuple[tuple[str, str], ...]:
        """Return what the page's own family sees in a catalogue."""
        return (recognise(page) or Plain).catalogue(page)

    @classmethod
    def annual_entries(cls, page: Page) -> tuple[tuple[Link, str], ...]:
        """Return the direct ways to annual reports that the page's family knows."""
        family = recognise(page)
        return family.annual_entries(page) if family else ()

    def parse_task(
        self,
        page: Page,
        role: str,
        args: Mapping[str, JSON],
        *,
        known: Callable[[str], bool],
        years: frozenset[int] | None,
        before: Before | None = None,
    ) -> Parsed:
        """Say what a fetched page asks for next, and which hosts that needs; pure."""
        if role == "explore":
            parsed = explore(self, page, args, known=known, years=years)
        else:
            parsed = super().parse_task(
                page, role, args, known=known, years=years, before=before
            )
        return replace(parsed, hosts=hosts_of(self, page, parsed.tasks))


def discovered(
    host: str,
    *,
    scheme: str = "http",
    title: str = "",
    division: str = "",
    level: str = "unknown",
    agency: str | None = None,
    evidence: str = "inferred",
    entries: tuple[str, ...] = (),
    discovered_from: str | None = None,
) -> type[Discovered]:
    """Return a portal of which nothing but a host is known.

    Args:
        host: Its host; it names the portal.
        scheme: ``http`` or ``https``.
        title: The body's or the place's name, the host when unknown.
        division: GB/T 2260 code, "" when unknown.
        level: ``enums.admin_level``.
        agency: The body whose site it is, None when it holds many.
        evidence: Why the host is taken for official.
        entries: Pages where it is entered besides its home page.
        discovered_from: The official page that linked to it.
    """
    return type(
        f"Discovered_{bare(host).replace('.', '_').replace('-', '_')}",
        (Discovered,),
        {
            "__doc__": f"{title or host}: found, not written down.",
            "hosts": (host,),
            "scheme": scheme,
            "title": title or host,
            "division": division,
            "level": level,
            "agency": agency,
            "evidence": evidence,
            "entries": entries,
            "discovered_from": discovered_from,
        },
    )
