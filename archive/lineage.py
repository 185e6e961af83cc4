"""Which report is this? The same address read again is the same report, with the same key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from archive.address import address
from archive.db import Archive


@dataclass(frozen=True, slots=True)
class Identity:
    """What a reading says a report is."""

    publisher_id: int
    year: int | None
    report_scope: str


@dataclass(frozen=True, slots=True)
class _Known:
    id: int
    identity: Identity
    parts: dict[str, int]  # payload -> which record of it the report was


def match(
    archive: Archive, url: str, payload_sha256: str, identities: Sequence[Identity]
) -> list[int | None]:
    """Find the reports that the records of one document continue.

    In this order: the same identity at the same address; the same bytes at the same address (our
    reading of them changed); the same year at the same address, or one of the two unknown (the
    body was renamed, the year was missing). A page that shows another year is another report: some
    columns always show the newest report under one address.

    Args:
        archive: The archive.
        url: The document's address.
        payload_sha256: The document's bytes.
        identities: What each record of the document says it is.

    Returns:
        For each record the id of its report, or None when it is new.
    """
    known = _known(archive, url)
    found: list[int | None] = [None] * len(identities)
    rules: tuple[Callable[[int, _Known], bool], ...] = (
        lambda part, report: report.identity == identities[part],
        lambda part, report: report.parts.get(payload_sha256) == part,
        lambda part, report: _same_year(report.identity, identities[part]),
    )
    for rule in rules:
        for part in range(len(identities)):
            if found[part] is None:
                free = [report for report in known if report.id not in found]
                found[part] = next((report.id for report in free if rule(part, report)), None)
    return found


def new_key(archive: Archive, identity: Identity) -> str:
    """Return a report key that was never given: ``<publisher key>:<year>:<scope>:<n>``."""
    publisher = archive.conn.execute(
        "SELECT key FROM publishers WHERE id = ?", [identity.publisher_id]
    ).fetchone()[0]
    prefix = f"{publisher}:{identity.year or 'unknown'}:{identity.report_scope}:"
    given: list[tuple[Any, ...]] = archive.conn.execute(
        "SELECT report_key FROM reports WHERE substr(report_key, 1, ?) = ? "
        "AND report_key >= ? AND report_key < ?",
        [len(prefix), prefix, prefix, prefix + "\U0010ffff"],
    ).fetchall()
    number = 1 + max((int(key.removeprefix(prefix)) for (key,) in given), default=0)
    return f"{prefix}{number}"


def _same_year(one: Identity, other: Identity) -> bool:
    return one.year == other.year or one.year is None or other.year is None


def _known(archive: Archive, url: str) -> list[_Known]:
    rows = archive.conn.execute(
        "SELECT id, publisher_id, year, report_scope FROM reports WHERE address = ? ORDER BY id",
        [address(url)],
    ).fetchall()
    return [_Known(row[0], Identity(*row[1:]), _parts(archive, row[0])) for row in rows]


def _parts(archive: Archive, report_id: int) -> dict[str, int]:
    rows = archive.conn.execute(
        """SELECT payload_sha256, part FROM report_documents
        JOIN documents ON documents.id = document_id WHERE report_id = ?""",
        [report_id],
    )
    return dict(rows.fetchall())
