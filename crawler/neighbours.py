"""Hosts that a portal's pages link to: official when they are of the same registered domain.

They become portals of the crawl, entered in the archive with the page that linked to them, before
anything on them is asked for. Everything else stays foreign.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from urllib.parse import urlsplit

from archive import exploration, portals
from archive.address import address
from crawler.known_portals import KnownPortals
from crawler.run import Run
from extract.agency import looks_like_body
from spiders import headings
from spiders.discovery.portal import Discovered, discovered
from spiders.domains import bare
from spiders.portal import Portal, by_host
from spiders.portals import leaves
from spiders.registers import portals as registered
from spiders.tasks import Parsed, SubHost, Task

_PLACE = ("省", "市", "县", "区", "州", "盟", "旗", "乡", "镇")


def reachable(run: Run, portal: Portal, parsed: Parsed) -> list[Task]:
    """Return the tasks of a page whose hosts may be asked, after admitting the hosts they need.

    Args:
        run: The crawl; its archive is open for writing.
        portal: The portal of the page.
        parsed: What the page asks for.
    """
    if not isinstance(portal, Discovered):
        return list(parsed.tasks)
    tasks = [task for found in parsed.hosts for task in admit(run, portal, found)]
    for task in parsed.tasks:
        owned = _owned(run, task)
        if owned is not None and not _is_taken(run, owned):
            tasks.append(owned)
    return tasks


def admit(run: Run, parent: Portal, found: SubHost) -> Iterator[Task]:
    """Make a host a portal of the crawl, and yield what it is entered with.

    A host that has a leaf is crawled by it. One that the register gives to another place is left
    alone: nobody asked for that place.

    Args:
        run: The crawl; its archive is open for writing.
        parent: The portal that links to it.
        found: The host, and the page with the link.
    """
    if run.is_official(found.host):
        return
    leaf = by_host(leaves()).get(found.host)
    if leaf is not None:
        own = leaf()
        _enter(run, own)
        yield from own.start_tasks()
    elif bare(found.host) not in _registered_hosts():
        _enter(run, _portal(parent, found)())


def enter(run: Run, parent: Portal, found: SubHost) -> None:
    """Make the host of a file official, by the page that links to it; nothing else there is asked.

    Args:
        run: The crawl; its archive is open for writing.
        parent: The portal of the page.
        found: The host, of the portal's registered domain.
    """
    leaf = by_host(leaves()).get(found.host)
    _enter(run, leaf() if leaf is not None else _portal(parent, found)())


def restored(run: Run) -> None:
    """Admit the portals that an earlier run of the campaign discovered."""
    known = KnownPortals(run.archive)
    for host in portals.discovered(run.archive, run.crawl.campaign):
        portal = None if host in run.portals else known.of(host)
        if portal is not None:
            run.admit(portal)


def _enter(run: Run, portal: Portal) -> None:
    portals.register(run.archive, [portal], ())
    run.admit(portal)


def _portal(parent: Portal, found: SubHost) -> type[Discovered]:
    label = found.label
    names_body = headings.is_agency(label) and not label.endswith(_PLACE)
    return discovered(
        found.host,
        scheme=found.scheme,
        title=label if looks_like_body(label) else found.host,
        division=parent.division,
        level=parent.level,
        agency=label if names_body else None,
        evidence=f"linked on {found.seen_on} as {label!r}",
        discovered_from=found.seen_on,
    )


def _owned(run: Run, task: Task) -> Task | None:
    """Return a task under the name of the portal it belongs to, None when its host is nobody's.

    What a column lists stays the column's, wherever it stands; a page to explore belongs to the
    portal of its host, unless that one has a leaf, which knows its columns.
    """
    owner = run.owner_of(urlsplit(task.url).hostname or "")
    if owner is None or (task.role == "explore" and not isinstance(owner, Discovered)):
        return None
    return replace(task, portal=owner.name) if task.role == "explore" else task


def _is_taken(run: Run, task: Task) -> bool:
    return task.role == "article" and exploration.taken_elsewhere(
        run.archive, run.crawl.campaign, task.portal, address(task.url)
    )


@cache
def _registered_hosts() -> frozenset[str]:
    return frozenset(bare(portal.host) for portal in registered())
