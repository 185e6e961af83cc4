"""Dictionaries: the pages of one portal share most of their bytes, which are kept once.

A dictionary is made of whole pages of the portal, with the statistics of more of them
(``ZDICT_finalizeDictionary``): trained ones need more pages than most portals have, and were half
as good on them. It is stored in the archive, compressed, and never changed or taken away; a
payload hangs on its dictionary and on nothing else, so there are no chains from page to page.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from weakref import WeakKeyDictionary

from backports import zstd

from archive.clock import now
from archive.db import Archive
from archive.errors import DamagedPayload

#: Where time and size met when measured (bench/storage.py); 19 would save 5 % more, ten times
#: as slow.
LEVEL = 10

#: Bytes of a page that may become part of a dictionary; larger ones share little with others.
LARGEST_PAGE = 1 << 18

_BASES = 3  # whole pages in a dictionary, such as a report, a list and a department's page
_CANDIDATES = 4
_TRIED = 6  # pages on which candidates are tried
_TRIAL = 3  # a quicker level: only the order of the candidates matters
_TABLES = 1 << 12  # bytes for the statistics

# Each weighs a megabyte once it is ready for compressing, and a crawl visits thousands of portals.
_KEPT = 48
_loaded: WeakKeyDictionary[Archive, dict[int, zstd.ZstdDict]] = WeakKeyDictionary()


def load(archive: Archive, number: int) -> zstd.ZstdDict:
    """Return a dictionary, ready for use.

    Raises:
        DamagedPayload: There is none of that number, or its bytes do not match its hash.
    """
    mine = _loaded.setdefault(archive, {})
    if number not in mine:
        row = archive.conn.execute(
            "SELECT data, sha256 FROM dictionaries WHERE id = ?", [number]
        ).fetchone()
        try:
            content = b"" if row is None else zstd.decompress(row[0])
        except zstd.ZstdError:
            content = b""
        if row is None or sha256(content).hexdigest() != row[1]:
            raise DamagedPayload(
                f"The dictionary {number} in {archive.path} is missing or damaged: no payload "
                "compressed with it can be read. Take the file from a backup."
            )
        mine[number] = zstd.ZstdDict(content)
        if len(mine) > _KEPT:
            del mine[next(iter(mine))]  # the one that was loaded first
    return mine[number]


def latest(archive: Archive, portal: str) -> int | None:
    """Return the number of a portal's newest dictionary, or None."""
    row = archive.conn.execute(
        "SELECT max(id) FROM dictionaries WHERE portal = ?", [portal]
    ).fetchone()
    return None if row[0] is None else int(row[0])


def sound(archive: Archive, portal: str) -> int | None:
    """Return the number of a portal's newest dictionary, or None when that cannot be used."""
    number = latest(archive, portal)
    if number is not None:
        try:
            load(archive, number)
        except DamagedPayload:
            return None  # verify names it; a page that arrives today must not be lost for it
    return number


def save(archive: Archive, portal: str, content: bytes) -> int:
    """Keep a dictionary for ever, and return its number."""
    return int(
        archive.conn.execute(
            """INSERT INTO dictionaries (portal, made_at, sha256, size, data)
            VALUES (?, ?, ?, ?, ?) RETURNING id""",
            [portal, now(), sha256(content).hexdigest(), len(content), stored(content)],
        ).fetchone()[0]
    )


def stored(content: bytes) -> bytes:
    """Return a dictionary as it is kept: compressed, without a dictionary."""
    return zstd.compress(content, level=19)


def make(pages: Sequence[bytes]) -> bytes:
    """Make a dictionary of pages of one portal.

    Of the candidates the one is taken that makes the sample smallest, then a second and third as
    long as they save more than they weigh.

    Args:
        pages: A sample of the portal's pages, none larger than ``LARGEST_PAGE``; not empty.

    Returns:
        The dictionary's bytes.
    """
    candidates = pages[:: max(len(pages) // _CANDIDATES, 1)][:_CANDIDATES]
    tried = pages[1 :: max(len(pages) // _TRIED, 1)][:_TRIED] or pages
    content = b""
    best = float(_total(content, tried))
    for _ in range(_BASES):
        grown = [candidate + content for candidate in candidates]
        # What a base weighs is shared by all pages, and only some of them are tried.
        weights = [len(zstd.compress(one, level=_TRIAL)) * len(tried) / len(pages) for one in grown]
        totals = [_total(one, tried) + weight for one, weight in zip(grown, weights, strict=True)]
        if min(totals) >= best and content:
            break
        best = min(totals)
        content = grown[totals.index(best)]
    return zstd.finalize_dict(
        zstd.ZstdDict(content, is_raw=True), list(pages), len(content) + _TABLES, LEVEL
    ).dict_content


def compress(data: bytes, shared: zstd.ZstdDict | None) -> bytes:
    """Return bytes as one zstd frame, made with a dictionary or without."""
    if shared is None:
        return zstd.compress(data, level=LEVEL)
    return zstd.compress(data, level=LEVEL, zstd_dict=shared.as_digested_dict)


def _total(content: bytes, pages: Sequence[bytes]) -> int:
    if not content:
        return sum(len(zstd.compress(page, level=_TRIAL)) for page in pages)
    shared = zstd.ZstdDict(content, is_raw=True).as_digested_dict
    return sum(len(zstd.compress(page, level=_TRIAL, zstd_dict=shared)) for page in pages)
