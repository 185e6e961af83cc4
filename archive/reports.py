"""Store what the reader found in one document: publishers, reports, versions, panel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from archive import (
    content,
    cross_years,
    documents,
    enclosures,
    history,
    lineage,
    org_types,
    panel,
    payloads,
    primary,
    versions,
)
from archive import publishers as bodies
from archive.address import address
from archive.db import Archive
from archive.documents import Fetch
from archive.enclosures import Place
from archive.lineage import Identity
from extract.record import Record, Source

#: Kinds of documents that are a report; of the others only the document is kept.
REPORT_KINDS = frozenset({"report", "attachment_only", "image_only"})

Reader = Callable[[bytes, Source], list[Record]]


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one report of a document.

    Attributes:
        report_id: The row in ``reports``.
        report_key: Its public name, never changed.
        version: The number of the version that was made, None when the content was known.
        reason: Why it was made: a code of formats.json ``version_reason``.
    """

    report_id: int
    report_key: str
    version: int | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class _Reading:
    """One record of a document, with all that its report needs."""

    found: Fetch
    document_id: int
    part: int
    record: Record
    identity: Identity
    source_rank: str


def store(
    archive: Archive,
    *,
    fetch_id: int,
    portal: str,
    records: Sequence[Record],
    source: Source,
    reread: Reader | None = None,
) -> list[Stored]:
    """Keep the reading of one fetched document, in one transaction.

    A version is made only when the content of a report changed. A change of the government's is
    told from a change of our code: when both the bytes and the reader differ from the current
    version's, the older bytes are read again first.

    Args:
        archive: The archive, open for writing.
        fetch_id: The fetch that brought the document.
        portal: The portal's first host.
        records: What ``extract.read.read`` returned.
        source: What it was given.
        reread: The reader for older bytes; None for ``extract.read.read``.

    Returns:
        One entry for each record that is a report, in order. Records that are none leave their
        document and its issues.

    Raises:
        ValueError: The fetch is unknown or has no payload.
    """
    with archive.atomic():
        found = documents.fetch(archive, fetch_id)
        document_id = documents.save(archive, found, source, records)
        enclosures.note(archive, document_id, records)
        place = Place(portal, found.division)
        others = [record for record in records if record.kind not in REPORT_KINDS]
        documents.save_issues(
            archive, document_id, [issue for record in others for issue in record.issues]
        )
        readings: list[_Reading] = []
        for alone in records:
            if alone.kind in REPORT_KINDS:
                record = enclosures.completed(archive, document_id, alone, place)
                publisher = bodies.resolve(
                    archive, record, portal, source=source, division=found.division
                )
                identity = Identity(publisher, record.year, record.report_scope)
                rank = primary.source_rank(archive, portal, publisher, found.host)
                part = len(readings)
                readings.append(_Reading(found, document_id, part, record, identity, rank))
                if found.column is not None:
                    bodies.lists_in(archive, publisher, portal, found.column, "report")
        known = lineage.match(
            archive, found.url, found.payload_sha256, [item.identity for item in readings]
        )
        return [
            _keep(archive, reading, report_id, reread or _read_again)
            for reading, report_id in zip(readings, known, strict=True)
        ]


def _read_again(data: bytes, source: Source) -> list[Record]:
    from extract.read import read  # heavy, and needed only after the reader changed

    return read(data, source)


def _keep(archive: Archive, reading: _Reading, known: int | None, reread: Reader) -> Stored:
    before = None if known is None else _identity(archive, known)
    report_id = _new(archive, reading) if known is None else known
    archive.conn.execute(
        "INSERT OR IGNORE INTO report_documents (report_id, document_id, part) VALUES (?, ?, ?)",
        [report_id, reading.document_id, reading.part],
    )
    found = reading.found
    if known is not None and history.is_older(archive, report_id, found.id, found.payload_sha256):
        version, reason = _earlier(archive, report_id, reading, reread)
    else:
        version, reason = _settle(archive, report_id, reading, reread)
        describe(
            archive,
            report_id,
            reading.record,
            reading.identity,
            source_rank=reading.source_rank,
            seen=reading.found.fetched_at,
        )
    stand(archive, {report_id}, {reading.identity, before or reading.identity})
    return Stored(report_id, _key(archive, report_id), version, reason)


def stand(archive: Archive, report_ids: Iterable[int], identities: Iterable[Identity]) -> None:
    """Decide again which reports of these bodies and years are primary, and write the panel.

    Args:
        archive: The archive, open for writing.
        report_ids: Reports that changed.
        identities: What they are, and what they were before.
    """
    stale = set(report_ids)
    bodies = {(one.publisher_id, one.year) for one in identities}
    for publisher, year in bodies:
        stale.update(primary.choose(archive, publisher, year))
    panel.write(archive, sorted(stale))
    cross_years.update(archive, bodies)


def _earlier(
    archive: Archive, report_id: int, reading: _Reading, reread: Reader
) -> tuple[int | None, str | None]:
    """Put what was fetched before other bytes of the report where it belongs in its history."""
    found = reading.found
    arrival = history.reading(archive, report_id, reading.record, found.id, reading.document_id)
    archive.conn.execute(
        "UPDATE reports SET first_seen = min(first_seen, ?) WHERE id = ?",
        [found.fetched_at, report_id],
    )
    if not history.place(archive, report_id, arrival, again(archive, report_id, reread)):
        return None, None
    row = archive.conn.execute(
        "SELECT number, reason FROM report_versions WHERE report_id = ? AND arrival_id = ?",
        [report_id, found.id],
    ).fetchone()
    return (None, None) if row is None else (int(row[0]), str(row[1]))


def _key(archive: Archive, report_id: int) -> str:
    row = archive.conn.execute("SELECT report_key FROM reports WHERE id = ?", [report_id])
    return str(row.fetchone()[0])


def _identity(archive: Archive, report_id: int) -> Identity:
    row = archive.conn.execute(
        "SELECT publisher_id, year, report_scope FROM reports WHERE id = ?", [report_id]
    ).fetchone()
    return Identity(*row)


def _new(archive: Archive, reading: _Reading) -> int:
    found = reading.found
    return int(
        archive.conn.execute(
            """INSERT INTO reports (report_key, publisher_id, year, report_scope, url, host, kind,
            first_seen, last_seen, address, source_rank)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""",
            [
                lineage.new_key(archive, reading.identity),
                reading.identity.publisher_id,
                reading.identity.year,
                reading.identity.report_scope,
                found.url,
                found.host,
                reading.record.kind,
                found.fetched_at,
                found.fetched_at,
                address(found.url),
                reading.source_rank,
            ],
        ).fetchone()[0]
    )


def _settle(
    archive: Archive, report_id: int, reading: _Reading, reread: Reader
) -> tuple[int | None, str | None]:
    """Make the versions that this reading calls for; return the last one's number and reason."""
    current = archive.conn.execute(
        """SELECT report_versions.id, content_sha256, report_versions.extractor, document_id,
        payload_sha256, body_sha256, arrival_id FROM reports
        JOIN report_versions ON report_versions.id = current_version_id
        JOIN documents ON documents.id = document_id WHERE reports.id = ?""",
        [report_id],
    ).fetchone()
    if current is None:
        return _version(archive, report_id, reading, "first")
    version_id, content_sha256, extractor, document_id, payload, body, arrival = current
    same_bytes = payload == reading.found.payload_sha256
    if content.of(reading.record).sha256 == content_sha256:
        is_new_reading = archive.rebuild_id is not None or extractor != reading.record.extractor
        if same_bytes and is_new_reading:
            versions.refresh(archive, version_id, document_id, reading.record)
        return None, None
    if same_bytes:
        recovered = body is None and content.is_read(reading.record)
        return _version(
            archive, report_id, reading, "recovered" if recovered else "reextracted", arrival
        )
    if extractor != reading.record.extractor:
        made = _reextract(archive, report_id, document_id, reread)
        if made is not None and made[2] == content.of(reading.record).sha256:
            return made[0], made[1]
    return _version(archive, report_id, reading, "revised")


def _version(
    archive: Archive, report_id: int, reading: _Reading, reason: str, arrival: int | None = None
) -> tuple[int | None, str | None]:
    _, number = versions.add(
        archive,
        report_id,
        reading.document_id,
        reading.record,
        reason=reason,
        arrival_id=arrival or reading.found.id,
    )
    return number, reason


def _reextract(
    archive: Archive, report_id: int, document_id: int, reread: Reader
) -> tuple[int, str, str] | None:
    """Read the current version's bytes with today's reader; a version only if it differs."""
    record = again(archive, report_id, reread)(document_id)
    if record is None:
        return None
    found = content.of(record).sha256
    current, arrival = archive.conn.execute(
        """SELECT content_sha256, arrival_id FROM report_versions JOIN reports
        ON current_version_id = report_versions.id WHERE reports.id = ?""",
        [report_id],
    ).fetchone()
    if found == current:
        return None
    _, number = versions.add(
        archive, report_id, document_id, record, reason="reextracted", arrival_id=arrival
    )
    return number, "reextracted", found


def again(archive: Archive, report_id: int, reread: Reader | None = None) -> history.Again:
    """Return what reads a document of a report once more, with today's reader.

    Args:
        archive: The archive.
        report_id: The report.
        reread: The reader; None for ``extract.read.read``.
    """

    def read(document_id: int) -> Record | None:
        payload, part = archive.conn.execute(
            """SELECT payload_sha256, part FROM documents JOIN report_documents
            ON document_id = documents.id WHERE documents.id = ? AND report_id = ?""",
            [document_id, report_id],
        ).fetchone()
        source = documents.source_of(archive, document_id)
        records = (reread or _read_again)(payloads.get(archive, payload), source)
        reports = [record for record in records if record.kind in REPORT_KINDS]
        if part >= len(reports):
            return None
        place = enclosures.place_of(archive, document_id)
        return enclosures.completed(archive, document_id, reports[part], place)

    return read


def describe(
    archive: Archive,
    report_id: int,
    record: Record,
    identity: Identity,
    *,
    source_rank: str,
    seen: str,
) -> None:
    """Bring the report's row up to its latest reading; its key and address stay.

    Args:
        archive: The archive, open for writing.
        report_id: The report.
        record: Its latest reading.
        identity: What that says it is.
        source_rank: How near its host is to the body.
        seen: When its bytes were fetched, UTC.
    """
    kind = archive.conn.execute(
        "SELECT org_type FROM publishers WHERE id = ?", [identity.publisher_id]
    ).fetchone()[0]
    published_source = next(
        (
            claim.source
            for claim in record.claims
            if claim.field == "published_on" and claim.value == record.published_on
        ),
        None,
    )
    archive.conn.execute(
        """UPDATE reports SET is_primary = CASE WHEN publisher_id = ?1 AND year IS ?2
            AND report_scope = ?3 THEN is_primary ELSE 0 END,
        publisher_id = ?1, year = ?2, report_scope = ?3, agency = ?4, title = ?5,
        published_on = ?6, published_source = ?7, signed_on = ?8, due_on = ?9, format = ?10,
        kind = ?11, source_rank = ?12, last_seen = max(last_seen, ?13) WHERE id = ?14""",
        [
            identity.publisher_id,
            identity.year,
            identity.report_scope,
            None if record.agency is None else record.agency.name,
            record.title,
            record.published_on,
            published_source,
            record.signed_on,
            org_types.due_on(kind, record.year),
            record.format,
            record.kind,
            source_rank,
            seen,
            report_id,
        ],
    )
