"""Documents that we did not fetch: out of other people's WARC files, or loose files.

Each becomes an attempt with its bytes, as if it had been fetched, and is read like any other.
Imports have campaigns of their own, with numbers below zero, so that no crawl goes on with them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from archive import capture, frontier, payloads, portals
from archive.address import address, host
from archive.clock import now
from archive.db import Archive
from archive.unwarc import Strange
from spiders import registers
from spiders.discovery.portal import discovered
from spiders.domains import bare, is_government, registered_domain
from spiders.portal import Portal, by_host
from spiders.portals import leaves
from spiders.tasks import Task

# A page that does not even say these words is no annual report on disclosure.
_WORDS = ("信息公开", "信息公開")
_MARKS = tuple(word.encode(code) for word in _WORDS for code in ("utf-8", "gb18030"))


@dataclass(frozen=True, slots=True)
class Loose:
    """A file and where it came from.

    Attributes:
        path: The file.
        url: The address it was published under, None when nobody knows.
        fetched_at: When it was fetched, ISO; None for now.
    """

    path: Path
    url: str | None = None
    fetched_at: str | None = None


class Importing:
    """Enter documents into an archive.

    Args:
        archive: The archive, open for writing.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        lowest = archive.conn.execute("SELECT min(campaign) FROM frontier").fetchone()[0]
        self._campaign = min(lowest or 0, 0) - 1
        self._owners = _owners()

    def take(self, page: Strange) -> bool:
        """Enter a page of somebody's WARC file if it may be a report on an official host.

        Returns:
            False for what was refused: other hosts, errors, pages about something else.
        """
        name = host(page.url)
        if page.status != 200 or not is_government(name):
            return False
        if not any(mark in page.body for mark in _MARKS):
            return False
        self._enter(page.url, self._portal(page.url), page.body, page.fetched_at, page.headers)
        return True

    def file(self, loose: Loose) -> bool:
        """Enter a file; False when the archive has it already under that address.

        Raises:
            OSError: It cannot be read.
        """
        data = loose.path.read_bytes()
        url = loose.url or f"urn:sha256:{hashlib.sha256(data).hexdigest()}"
        known = self._archive.conn.execute(
            "SELECT 1 FROM fetches WHERE address = ? AND payload_sha256 = ?",
            [address(url), payloads.digest(data)],
        ).fetchone()
        if known is not None:
            return False
        self._enter(url, self._portal(url), data, loose.fetched_at or now(), ())
        return True

    def _enter(
        self,
        url: str,
        portal: str,
        body: bytes,
        fetched_at: str,
        headers: Iterable[tuple[str, str]],
    ) -> None:
        task = Task(portal, "article", url)
        with self._archive.atomic():
            campaign = self._campaign
            while not (added := frontier.add(self._archive, campaign, [task])):
                campaign -= 1  # a second capture of the same address
            capture.record(
                self._archive,
                capture.Attempt(
                    portal=portal,
                    url=url,
                    outcome="ok",
                    fetched_at=_instant(fetched_at),
                    status=200,
                    headers=list(headers),
                    body=body,
                    entry_id=added[0].id,
                    settles=True,
                ),
            )

    def _portal(self, url: str) -> str:
        """Return the portal of an address, after entering it; the host itself when nobody's."""
        name = host(url)
        enter = self._owners.get(bare(name)) or self._owners.get(registered_domain(name))
        return name if enter is None else enter(self._archive)


def _owners() -> dict[str, Callable[[Archive], str]]:
    """Who knows a host: its leaf, else the register; by bare host or registered domain."""
    owners: dict[str, Callable[[Archive], str]] = {}
    for one in registers.portals():
        owners[registered_domain(one.host)] = owners[bare(one.host)] = _registered(one)
    for name, leaf in by_host(leaves()).items():
        owners[bare(name)] = _leaf(leaf)
    return owners


def _leaf(leaf: type[Portal]) -> Callable[[Archive], str]:
    def enter(archive: Archive) -> str:
        portals.register(archive, [leaf()], ())
        return leaf.hosts[0]

    return enter


def _registered(one: registers.RegisteredPortal) -> Callable[[Archive], str]:
    def enter(archive: Archive) -> str:
        made = discovered(
            one.host,
            scheme=one.scheme,
            title=one.name,
            division=one.division,
            level=one.level,
            agency=None,
            evidence=one.evidence,
        )()
        portals.register(archive, [made], registers.history(), registers.changes())
        return one.host

    return enter


def _instant(text: str) -> str:
    """Return a time as the archive writes it: milliseconds and Z."""
    whole = text.removesuffix("Z")
    return (whole if "." in whole else f"{whole}.000")[:23] + "Z"


def listed(file: Path) -> list[Loose]:
    """Read a table of files: path, address and time of fetching, with tabs between them.

    Args:
        file: The table; paths are relative to its folder, address and time may be missing. Empty
            lines and lines that begin with ``#`` are left out.

    Raises:
        ValueError: A line is not of that shape; it says which.
    """
    found = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        parts = [part.strip() for part in line.split("\t")]
        if not line.strip() or line.startswith("#"):
            continue
        url, when = (*parts[1:], "", "")[:2]
        if len(parts) > 3 or (url and not urlsplit(url).scheme):
            raise ValueError(
                f"{file}:{number}: a line is FILE, ADDRESS and TIME, with tabs between"
            )
        found.append(Loose(file.parent / parts[0], url or None, when or None))
    return found
