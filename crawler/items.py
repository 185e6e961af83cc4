"""What the one callback and the one errback hand to the pipelines."""

from __future__ import annotations

from dataclasses import dataclass, field

from archive.frontier import Entry
from extract.record import Issue, Record, Source
from spiders.portal import Parsed, Portal


@dataclass
class Fetched:
    """A page that arrived and whose bytes are archived.

    The pipelines fill the second half: ``parsed`` when it is a list, ``source`` and ``records``
    when it is an article, both when a column shows its only article. ``unread`` says why an article
    has no records: it killed its reader, or held it up. ``known`` is the document of an article
    whose bytes this reader has read before, told the same of it: it is not read again.
    ``deferred`` is a file, which is read beside the crawl.
    """

    entry: Entry
    portal: Portal
    fetch_id: int
    url: str
    data: bytes = field(repr=False)
    content_type: str | None = None
    parsed: Parsed | None = field(default=None, repr=False)
    source: Source | None = None
    records: list[Record] | None = field(default=None, repr=False)
    unread: Issue | None = None
    known: int | None = None
    deferred: bool = False


@dataclass(frozen=True)
class Failed:
    """A page that did not arrive, after all tries."""

    entry: Entry
    outcome: str
    error: str
    fetch_id: int | None
