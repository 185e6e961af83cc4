"""What the parts of one crawl share: the archive, the portals and what is wanted.

Scrapy builds its components from the crawler object alone; ``attach`` and ``of`` tie the run to it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler

from archive.crawls import Crawl
from archive.db import Archive
from spiders.domains import bare
from spiders.portal import Portal


@dataclass
class Run:
    """One crawl, from the command that starts it to the summary at its end.

    Attributes:
        archive: The open archive, the only place where anything is kept.
        crawl: Its row in ``crawls``.
        portals: The portals of this crawl by name (their first host); discovery adds to them.
        years: The report years wanted, or None for all.
        limit: At most so many report pages are fetched, or None.
        recheck: Reports that were read before are fetched again.
        sandbox: The address of the sandbox's proxy, or None in a real crawl.
        tally: Counts of this process for the progress line.
        exit_code: What the command returns; set by the summary at the end.
    """

    archive: Archive
    crawl: Crawl
    portals: dict[str, Portal]
    years: frozenset[int] | None = None
    limit: int | None = None
    recheck: bool = False
    sandbox: str | None = None
    tally: Counter[str] = field(default_factory=Counter)
    exit_code: int = 1

    def __post_init__(self) -> None:
        """Take the hosts of the portals for official."""
        self._owners: dict[str, Portal] = {}
        for portal in list(self.portals.values()):
            self.admit(portal)

    def admit(self, portal: Portal) -> None:
        """Make a portal part of this crawl: its hosts may be asked from now on."""
        self.portals[portal.name] = portal
        self._owners.update((bare(host), portal) for host in portal.hosts)
        for host in portal.services():
            self._owners.setdefault(host, portal)

    def owner_of(self, host: str) -> Portal | None:
        """Return the portal of this crawl that a host belongs to, None when it is foreign."""
        return self._owners.get(bare(host))

    def is_official(self, host: str) -> bool:
        """Tell whether a host is one of this crawl's portals', ``www.`` or not."""
        return self.owner_of(host) is not None


_RUNS: WeakKeyDictionary[Crawler, Run] = WeakKeyDictionary()


def attach(crawler: Crawler, run: Run) -> None:
    """Tie a run to the crawler whose components will ask for it."""
    _RUNS[crawler] = run


def of(crawler: Crawler) -> Run:
    """Return the run tied to a crawler.

    Raises:
        KeyError: The crawler was not started by our ``crawl`` command.
    """
    return _RUNS[crawler]
