"""History: where a reading belongs that is not the newest word of a body.

Captures of others, older files and other archives bring pages that were fetched before what the
archive has. They never become current: they become versions in their place of the history, as if
they had been there in time. Fetches are numbered in the order of time (:mod:`archive.chronology`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from archive import changes, content, org_types, versions
from archive.clock import now
from archive.db import Archive
from extract.record import Record

Again = Callable[[int], Record | None]
"""Reads a document of the report once more, with today's reader; None: it is not in it."""

_SIGHTINGS = """SELECT fetches.id, documents.id, documents.payload_sha256 FROM report_documents
    JOIN reports ON reports.id = report_id
    JOIN documents ON documents.id = document_id AND documents.address = reports.address
    JOIN fetches ON fetches.payload_sha256 = documents.payload_sha256
    LEFT JOIN frontier ON frontier.id = fetches.frontier_id
    WHERE report_id = ? AND coalesce(frontier.url, fetches.url) = documents.url"""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A reading on its way into the history of a report.

    Attributes:
        fetch_id: The fetch that brought its bytes.
        document_id: Its document, which is the report's already.
        payload: Its bytes.
        extractor: The version of the reader.
        content: The hash over its content.
        is_read: Whether anything was read.
        made_at: When it was read.
        enter: Enters it as a version behind the others, for a reason, and returns the id.
        replace: Lets a version of the same content be the one that was seen first here.
    """

    fetch_id: int
    document_id: int
    payload: str
    extractor: str
    content: str
    is_read: bool
    made_at: str
    enter: Callable[[str], int]
    replace: Callable[[int], None]


@dataclass(frozen=True, slots=True)
class _Version:
    id: int
    extractor: str
    content: str
    is_read: bool
    made_at: str


@dataclass(frozen=True, slots=True)
class _Span:
    """The readings of one arrival: what a report said from then on until the next span."""

    fetch_id: int
    document_id: int
    payload: str
    versions: list[_Version]

    @property
    def last(self) -> _Version:
        return self.versions[-1]

    def says(self, hashed: str) -> bool:
        return any(version.content == hashed for version in self.versions)


def is_older(archive: Archive, report_id: int, fetch_id: int, payload: str) -> bool:
    """Tell whether other bytes than these were seen later as the report, so that these are no
    later word of the body. What the current version was read from is never old."""
    current = archive.conn.execute(
        """SELECT payload_sha256 FROM reports
        JOIN report_versions ON report_versions.id = current_version_id
        JOIN documents ON documents.id = document_id WHERE reports.id = ?""",
        [report_id],
    ).fetchone()
    if current is None or current[0] == payload:
        return False
    later = archive.conn.execute(
        f"{_SIGHTINGS} AND fetches.id > ? AND documents.payload_sha256 != ? LIMIT 1",
        [report_id, fetch_id, payload],
    )
    return later.fetchone() is not None


def reading(
    archive: Archive, report_id: int, record: Record, fetch_id: int, document_id: int
) -> Arrival:
    """Return a record as an arrival."""
    payload = archive.conn.execute(
        "SELECT payload_sha256 FROM documents WHERE id = ?", [document_id]
    ).fetchone()[0]
    return Arrival(
        fetch_id,
        document_id,
        payload,
        record.extractor,
        content.of(record).sha256,
        content.is_read(record),
        now(),
        enter=lambda reason: versions.enter(
            archive, report_id, document_id, record, reason=reason, arrival_id=fetch_id
        ),
        replace=lambda version: versions.refresh(
            archive, version, document_id, record, arrival_id=fetch_id
        ),
    )


def place(archive: Archive, report_id: int, arrival: Arrival, again: Again) -> bool:
    """Give a reading its place in the history of a report.

    What the versions round it say already makes none, nor does what only another reader of ours
    reads otherwise. Where the body said the earlier thing once more afterwards, that becomes a
    version too.

    Args:
        archive: The archive, open for writing, in a transaction.
        report_id: The report.
        arrival: The reading.
        again: Today's reader.

    Returns:
        Whether versions were made.
    """
    spans = _spans(archive, report_id)
    index = sum(span.fetch_id <= arrival.fetch_id for span in spans)
    before = spans[index - 1] if index else None
    after = spans[index] if index < len(spans) else None
    if before is not None and before.says(arrival.content):
        return False
    other = _other_between(archive, report_id, arrival, (before, after), again)
    if other is None and after is not None and after.says(arrival.content):
        _begin(archive, after, arrival)
        return False
    for span in (before, after):
        if span is not None and span.payload == arrival.payload and not span.says(arrival.content):
            return _read_otherwise(archive, report_id, span, arrival)
    if any(span is not None and span.last.extractor != arrival.extractor
           for span in (before, after)):  # fmt: skip
        told = _by_one_reader(archive, report_id, arrival, (before, after), again)
        if told is None:
            return False
        arrival, before = told
    new = arrival.enter("revised")
    order = [version.id for span in spans[:index] for version in span.versions]
    order += [] if before is None else [one.id for one in before.versions if one.id not in order]
    order += [new, *(version.id for span in spans[index:] for version in span.versions)]
    _arrange(archive, report_id, order)
    if other is not None:
        place(archive, report_id, other, again)  # and what was seen after that, in turn
    return True


def _spans(archive: Archive, report_id: int) -> list[_Span]:
    spans: list[_Span] = []
    for row in archive.conn.execute(
        """SELECT arrival_id, document_id, payload_sha256, report_versions.id,
        report_versions.extractor, content_sha256, body_sha256 IS NOT NULL, made_at
        FROM report_versions JOIN documents ON documents.id = document_id
        WHERE report_id = ? ORDER BY number""",
        [report_id],
    ):
        if not spans or spans[-1].fetch_id != row[0]:
            spans.append(_Span(row[0], row[1], row[2], []))
        spans[-1].versions.append(_Version(row[3], row[4], row[5], bool(row[6]), row[7]))
    return spans


def _begin(archive: Archive, span: _Span, arrival: Arrival) -> None:
    """What a span says was there earlier than anybody knew."""
    if len(span.versions) == 1 and span.last.extractor == arrival.extractor:
        arrival.replace(span.last.id)
    elif span.payload == arrival.payload:
        _seen_first(archive, span, arrival.fetch_id)


def _seen_first(archive: Archive, span: _Span, fetch_id: int) -> None:
    archive.conn.executemany(
        "UPDATE report_versions SET arrival_id = min(arrival_id, ?) WHERE id = ?",
        [(fetch_id, version.id) for version in span.versions],
    )


def _read_otherwise(archive: Archive, report_id: int, span: _Span, arrival: Arrival) -> bool:
    """The bytes of a span in another reading: the newer one has the last word."""
    _seen_first(archive, span, arrival.fetch_id)
    if not _is_newer(arrival, span.last):
        return False
    _append(archive, report_id, span, arrival.is_read, arrival.enter)
    return True


def _append(
    archive: Archive, report_id: int, span: _Span, is_read: bool, enter: Callable[[str], int]
) -> int:
    """Enter a reading as the last one of a span."""
    new = enter("recovered" if is_read and not span.last.is_read else "reextracted")
    archive.conn.execute(
        """UPDATE report_versions SET arrival_id = (SELECT arrival_id FROM report_versions
        WHERE id = ?) WHERE id = ?""",
        [span.last.id, new],
    )
    order = [version.id for one in _spans(archive, report_id) for version in one.versions]
    order.remove(new)
    order.insert(order.index(span.last.id) + 1, new)
    _arrange(archive, report_id, order)
    return new


def _is_newer(arrival: Arrival, known: _Version) -> bool:
    """Tell whether a reading of the same bytes was made by a later reader, or later by the same;
    and one that read something always stands before one that read nothing."""
    if arrival.is_read != known.is_read:
        return arrival.is_read
    one, other = (reader.zfill(9) for reader in (arrival.extractor, known.extractor))
    return (one, arrival.made_at) > (other, known.made_at)


def _by_one_reader(
    archive: Archive,
    report_id: int,
    arrival: Arrival,
    neighbours: tuple[_Span | None, _Span | None],
    again: Again,
) -> tuple[Arrival, _Span | None] | None:
    """Read an arrival and the spans beside it with one reader.

    Returns:
        The arrival and the span before it as today's reader has them; None when one of the spans
        says the same, and only our readers differed.
    """
    own = again(arrival.document_id)
    before, after = neighbours
    if own is None:
        return arrival, before
    hashed = content.of(own).sha256
    read = {}
    for span in neighbours:
        record = None if span is None else again(span.document_id)
        if span is not None and record is not None:
            read[span.fetch_id] = record
            if content.of(record).sha256 == hashed:
                return None
    if own.extractor != arrival.extractor:
        arrival = reading(archive, report_id, own, arrival.fetch_id, arrival.document_id)
    record = None if before is None else read.get(before.fetch_id)
    if before is not None and record is not None and not before.says(content.of(record).sha256):
        told = reading(archive, report_id, record, before.fetch_id, before.document_id)
        _append(archive, report_id, before, told.is_read, told.enter)
        before = next(one for one in _spans(archive, report_id) if one.fetch_id == before.fetch_id)
    return arrival, before


def _arrange(archive: Archive, report_id: int, order: Sequence[int]) -> None:
    """Number the versions of a report in this order, and note again what differs between them."""
    conn = archive.conn
    for sign in (-1, 1):  # no number stands twice at any moment
        conn.executemany(
            "UPDATE report_versions SET number = ? WHERE id = ?",
            [(sign * number, version) for number, version in enumerate(order, start=1)],
        )
    conn.execute("UPDATE report_versions SET reason = 'first' WHERE id = ?", [order[0]])
    conn.execute(
        """UPDATE report_versions SET reason = 'revised'
        WHERE report_id = ? AND number > 1 AND reason = 'first'""",
        [report_id],
    )
    conn.execute("DELETE FROM changes WHERE to_version = ?", [order[0]])
    for old, new in zip(order, order[1:], strict=False):
        noted = conn.execute(
            "SELECT DISTINCT from_version FROM changes WHERE to_version = ?", [new]
        ).fetchall()
        if noted != [(old,)]:
            conn.execute("DELETE FROM changes WHERE to_version = ?", [new])
            changes.note(archive, report_id, old, new)
    _show(archive, report_id, order[-1])


def _show(archive: Archive, report_id: int, version: int) -> None:
    """Make a version the current one, and let the report's row say what it says."""
    fields, org_type = archive.conn.execute(
        """SELECT fields, org_type FROM report_versions JOIN reports ON reports.id = report_id
        JOIN publishers ON publishers.id = publisher_id WHERE report_versions.id = ?""",
        [version],
    ).fetchone()
    said = json.loads(fields)
    said["due_on"] = org_types.due_on(org_type, said["year"])
    archive.conn.execute(
        """UPDATE reports SET current_version_id = ?1, title = ?2, format = ?3, kind = ?4,
        published_on = ?5, signed_on = ?6, agency = ?7, due_on = ?8,
        published_source = (SELECT source FROM claims WHERE version_id = ?1
            AND field = 'published_on' AND value = ?5 ORDER BY rowid LIMIT 1),
        is_primary = CASE WHEN year IS ?9 AND report_scope = ?10 THEN is_primary ELSE 0 END,
        year = ?9, report_scope = ?10 WHERE id = ?11""",
        [version, *(said[name] for name in ("title", "format", "kind", "published_on",
         "signed_on", "agency", "due_on", "year", "report_scope")), report_id],
    )  # fmt: skip


def _other_between(
    archive: Archive,
    report_id: int,
    arrival: Arrival,
    spans: tuple[_Span | None, _Span | None],
    again: Again,
) -> Arrival | None:
    """Return the first sighting between an arrival and the next span that says another thing.

    Until now it counted as what the earlier span says.
    """
    before, after = spans
    end = None if after is None else after.fetch_id
    for sighting in _sightings(archive, report_id, arrival.fetch_id, end):
        if sighting[2] != arrival.payload:
            found = _sighted(archive, report_id, sighting, before, again)
            if found is not None and found.content != arrival.content:
                return found
    return None


def _sightings(
    archive: Archive, report_id: int, after: int, end: int | None
) -> Iterator[tuple[int, int, str]]:
    limit = "" if end is None else f" AND fetches.id < {end:d}"
    yield from archive.conn.execute(
        f"{_SIGHTINGS} AND fetches.id > ?{limit} ORDER BY fetches.id", [report_id, after]
    ).fetchall()


def _sighted(
    archive: Archive,
    report_id: int,
    sighting: tuple[int, int, str],
    before: _Span | None,
    again: Again,
) -> Arrival | None:
    fetch_id, document_id, payload = sighting
    if before is not None and payload == before.payload:
        return stored(archive, before.last.id, archive, report_id, fetch_id, document_id)
    record = again(document_id)
    return None if record is None else reading(archive, report_id, record, fetch_id, document_id)


def stored(
    source: Archive,
    version: int,
    archive: Archive,
    report_id: int,
    fetch_id: int,
    document_id: int,
    *,
    document: Callable[[int], int] = lambda own: own,
    rebuild_id: int | None = None,
) -> Arrival:
    """Return a stored version, of this archive or another one, as an arrival.

    Args:
        source: Where it is stored.
        version: Its id there.
        archive: The archive it comes to.
        report_id: The report there.
        fetch_id: The fetch there.
        document_id: The document there.
        document: Says which document of the archive one of the source's is.
        rebuild_id: The rebuild of the archive that made it, if any did.
    """
    extractor, hashed, body, made_at = source.conn.execute(
        """SELECT extractor, content_sha256, body_sha256, made_at FROM report_versions
        WHERE id = ?""",
        [version],
    ).fetchone()
    payload = archive.conn.execute(
        "SELECT payload_sha256 FROM documents WHERE id = ?", [document_id]
    ).fetchone()[0]

    def enter(reason: str) -> int:
        told = {"reason": reason, "arrival_id": fetch_id, "rebuild_id": rebuild_id}
        return versions.copy(source, version, archive, report_id, document=document, told=told)

    def replace(target: int) -> None:
        versions.replace(source, version, archive, target, document=document, arrival_id=fetch_id)

    return Arrival(
        fetch_id, document_id, payload, extractor, hashed, body is not None, made_at, enter, replace
    )
