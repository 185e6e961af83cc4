"""The files that a stored page names, as pages to fetch."""

from __future__ import annotations

from dataclasses import fields
from typing import Final
from urllib.parse import urlsplit

from archive import enclosures, frontier, listings, notes
from archive.enclosures import Named
from archive.frontier import Entry
from crawler import neighbours
from crawler.run import Run
from extract.record import Source
from spiders.domains import is_government, registered_domain
from spiders.portal import Portal
from spiders.tasks import JSON, SubHost, Task

ATTACHMENT: Final = "attachment"
_SAID = ({field.name for field in fields(Source)} - {"url", "content_type"}) | {
    "column", "depth", "division", "trail",
}  # fmt: skip
_HOPS = 1  # a viewer may stand between a page and its file


def enqueue(run: Run, portal: Portal, entry: Entry, fetch_id: int) -> list[Entry]:
    """Enter the files of a page into the frontier, in the page's transaction.

    Args:
        run: The crawl; its archive is open for writing.
        portal: The portal of the page.
        entry: The page's row; of the role ``attachment`` for a viewer in a file's place.
        fetch_id: Its fetch.

    Returns:
        The rows that are new. A file that is known is not fetched again, unless the crawl
        rechecks everything; one on a foreign host never.
    """
    hops = int(str(entry.args.get("hops", 0)))
    if hops > _HOPS:
        return []
    tasks: list[Task] = []
    foreign: list[str] = []
    for file in enclosures.named_in(run.archive, fetch_id):
        url = _own_url(run, portal, entry, file)
        if url is None:
            foreign.append(f"foreign_file: {file.url}")
        elif not _is_known(run, file.address):
            tasks.append(_task(entry, file, url, hops))
    notes.save(run.archive, entry, fetch_id, tuple(foreign))
    return frontier.add(run.archive, run.crawl.campaign, tasks, parent=entry.id)


def _task(entry: Entry, file: Named, url: str, hops: int) -> Task:
    said: dict[str, JSON] = {name: entry.args[name] for name in _SAID & entry.args.keys()}
    page = str(entry.args.get("page") or entry.url)
    own: dict[str, JSON] = {
        "row_title": file.title, "file": file.address, "page": page, "hops": hops + 1,
    }  # fmt: skip
    return Task(entry.portal, ATTACHMENT, url, said | own)


def _own_url(run: Run, portal: Portal, entry: Entry, file: Named) -> str | None:
    """Return the address to ask, None when its host is foreign.

    A host of the portal's registered domain becomes official by the page that links to it.
    """
    try:
        parts = urlsplit(file.url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or port not in (None, 80, 443):
        return None
    owner = run.owner_of(host)
    if owner is None:
        own_domain = {registered_domain(one) for one in portal.hosts}
        if not is_government(host) or registered_domain(host) not in own_domain:
            return None
        neighbours.enter(run, portal, SubHost(host, parts.scheme, file.name, entry.url))
        owner = run.owner_of(host)
    if owner is None:
        return None
    return owner.own_url(file.url) or file.url.partition("#")[0]


def _is_known(run: Run, where: str) -> bool:
    if frontier.has_address(run.archive, run.crawl.campaign, where):
        return True
    return not run.recheck and listings.known(run.archive, f"https://{where}")
