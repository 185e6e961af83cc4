"""Packing: payloads are made smaller by what the pages of their portal share.

A crawl packs what it brought when it ends. Every step is a transaction, so that a packing may be
killed at any moment; the next one goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from backports import zstd

from archive import dictionaries, payloads
from archive.db import Archive
from archive.errors import DamagedPayload

_FEWEST = 8  # pages of a portal that are worth a dictionary
_SAMPLE = 32
_BATCH = 64
_NEW_DESIGN = (
    1.5  # pages that a dictionary leaves so much larger than its first ones are of another
)
_MANY = 4 * _SAMPLE


def pack(archive: Archive, portals: Iterable[str] | None = None) -> int:
    """Compress payloads with their portal's dictionary, making one where there are pages enough.

    A portal whose pages changed their design gets a further dictionary; older pages keep theirs.

    Args:
        archive: The archive, open for writing.
        portals: The portals that a crawl visited, None for all.

    Returns:
        How many bytes were saved, after what the new dictionaries weigh.
    """
    if portals is None:
        rows = archive.conn.execute("SELECT DISTINCT portal FROM fetches").fetchall()
        portals = [portal for (portal,) in rows]
    return sum(_pack(archive, portal) for portal in portals)


def _pack(archive: Archive, portal: str) -> int:
    saved = 0
    number = dictionaries.sound(archive, portal)
    waiting = _alone(archive, portal)
    strange = [] if number is None else _strange(archive, number)
    if (made := _dictionary(archive, portal, waiting + strange, number)) is not None:
        number, weight = made
        waiting += strange
        saved -= weight
    return saved if number is None else saved + _repack(archive, waiting, number)


def _alone(archive: Archive, portal: str) -> list[str]:
    """The payloads of a portal that are compressed without a dictionary."""
    rows = archive.conn.execute(
        """SELECT sha256 FROM fetches JOIN payloads ON sha256 = payload_sha256
        WHERE portal = ? AND dictionary IS NULL GROUP BY sha256 ORDER BY min(fetches.id)""",
        [portal],
    )
    return [name for (name,) in rows]


def _strange(archive: Archive, number: int) -> list[str]:
    """The newest pages that came after a dictionary was made, if they are unlike those before."""
    sizes = """SELECT sha256, size, length(data) FROM payloads WHERE dictionary = ?
        ORDER BY rowid"""
    first = archive.conn.execute(f"{sizes} LIMIT ?", [number, _SAMPLE]).fetchall()
    last = archive.conn.execute(f"{sizes} DESC LIMIT ?", [number, _MANY]).fetchall()
    newest = last[:_SAMPLE]
    if len(last) < _MANY or _share(newest) < _NEW_DESIGN * _share(first):
        return []
    return [name for name, *_ in reversed(newest)]


def _share(rows: Sequence[tuple[str, int, int]]) -> float:
    """What is left of pages after compression, as a share of their size."""
    return sum(row[2] for row in rows) / max(sum(row[1] for row in rows), 1)


def _dictionary(
    archive: Archive, portal: str, waiting: Sequence[str], current: int | None
) -> tuple[int, int] | None:
    """Make a dictionary if it saves more than it weighs: (number, weight), or None."""
    if len(waiting) < _FEWEST:
        return None
    step = max(len(waiting) // _SAMPLE, 1)
    sample = [page for name in waiting[::step][:_SAMPLE] if (page := _page(archive, name))]
    if len(sample) < _FEWEST:
        return None
    # Made of one half and tried on the other: pages that are in it say nothing of the rest.
    content, others = dictionaries.make(sample[::2]), sample[1::2]
    shared = zstd.ZstdDict(content)
    before = sum(len(payloads.compressed(archive, page, current)) for page in others)
    after = sum(len(dictionaries.compress(page, shared)) for page in others)
    weight = len(dictionaries.stored(content))
    if (before - after) * len(waiting) / len(others) <= weight:
        return None
    with archive.atomic():
        return dictionaries.save(archive, portal, content), weight


def _page(archive: Archive, name: str) -> bytes | None:
    """A payload as a sample: no file of megabytes, and nothing that is damaged."""
    size = archive.conn.execute("SELECT size FROM payloads WHERE sha256 = ?", [name]).fetchone()[0]
    if not 0 < size <= dictionaries.LARGEST_PAGE:
        return None
    try:
        return payloads.get(archive, name)
    except DamagedPayload:
        return None  # verify names it


def _repack(archive: Archive, names: Sequence[str], number: int) -> int:
    saved = 0
    for start in range(0, len(names), _BATCH):
        with archive.atomic():
            saved += sum(
                _repack_one(archive, name, number) for name in names[start : start + _BATCH]
            )
    return saved


def _repack_one(archive: Archive, name: str, number: int) -> int:
    old = archive.conn.execute(
        "SELECT length(data) FROM payloads WHERE sha256 = ?", [name]
    ).fetchone()[0]
    try:
        data = payloads.get(archive, name)
    except DamagedPayload:
        return 0
    new = payloads.compressed(archive, data, number)
    if len(new) >= old:
        return 0
    archive.conn.execute(
        "UPDATE payloads SET data = ?, dictionary = ? WHERE sha256 = ?", [new, number, name]
    )
    if payloads.get(archive, name) != data:  # the only copy there is: proven before it counts
        raise DamagedPayload(f"The payload {name} did not survive its compression.")
    return int(old - len(new))
