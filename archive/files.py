"""Store what was read in a file that a page names: a part of that page's report, or its own."""

from __future__ import annotations

from collections.abc import Sequence

from archive import content, documents, enclosures, primary, readings, reports, versions
from archive import publishers as bodies
from archive.db import Archive
from archive.documents import Fetch
from archive.enclosures import Place
from archive.lineage import Identity
from archive.reports import Reader
from archive.schema.m0015_enclosed import ATTACHMENT
from extract.record import Record, Source


def store(
    archive: Archive,
    *,
    fetch_id: int,
    portal: str,
    records: Sequence[Record],
    source: Source,
    reread: Reader | None = None,
) -> int:
    """Keep the reading of one fetched document: of a page, of a file in a list, of a page's file.

    Args:
        archive: The archive, open for writing.
        fetch_id: The fetch that brought it.
        portal: The portal's first host.
        records: What ``extract.read.read`` returned.
        source: What it was given.
        reread: The reader for older bytes; None for ``extract.read.read``.

    Returns:
        How many reports were read in it, or completed by it.

    Raises:
        ValueError: The fetch is unknown or has no payload.
    """
    with archive.atomic():
        found = documents.fetch(archive, fetch_id)
        if found.role != ATTACHMENT:
            reports.store(
                archive, fetch_id=fetch_id, portal=portal, records=records, source=source,
                reread=reread,
            )  # fmt: skip
            if is_file(records):  # a row of a list, which a page may name too
                document_id = documents.save(archive, found, source, records)
                readings.save(archive, document_id, records)
                _complete_pages(archive, found, document_id)
            return sum(record.kind == "report" for record in records)
        document_id = documents.save(archive, found, source, records)
        readings.save(archive, document_id, records)
        documents.save_issues(
            archive, document_id, [issue for record in records for issue in record.issues]
        )
        if not is_file(records):
            enclosures.note(archive, document_id, records, is_viewer=True)
        pages = _complete_pages(archive, found, document_id)
        own = [one for one in records if _is_own(archive, found, one, is_named=bool(pages))]
        if own:
            reports.store(archive, fetch_id=fetch_id, portal=portal, records=own, source=source)
        return max(sum(record.kind == "report" for record in own), len(pages))


def is_file(records: Sequence[Record]) -> bool:
    """Tell whether a document is a file: what is decoded as a page has an encoding."""
    return bool(records) and not records[0].encoding


def _complete_pages(archive: Archive, found: Fetch, document_id: int) -> list[int]:
    """Complete the reports of the pages that name a file, and return them."""
    if enclosures.current_file(archive, found.address) != document_id:
        return []  # read again out of its turn: a later file stands in its place
    pages = enclosures.reports_naming(archive, found.address)
    for report_id in pages:
        _complete(archive, report_id, document_id, found)
    return pages


def _is_own(archive: Archive, found: Fetch, record: Record, *, is_named: bool) -> bool:
    """Tell whether a file holds a report that no page stands for."""
    if not is_named:
        return record.kind in reports.REPORT_KINDS
    if record.kind != "report" or record.year is None or record.agency is None:
        return False
    return not enclosures.is_anyones(archive, found.address, record)


def _complete(archive: Archive, report_id: int, document_id: int, found: Fetch) -> None:
    """Put a report together anew, now that one of its files has arrived."""
    page_id, _, portal, division = enclosures.page_of(archive, report_id)
    page = enclosures.page_record(archive, report_id)
    if page is None:
        return
    whole = enclosures.completed(archive, page_id, page, Place(portal, division))
    new = archive.conn.execute(
        """INSERT OR IGNORE INTO report_documents (report_id, document_id, part)
        VALUES (?, ?, 0) RETURNING 1""",
        [report_id, document_id],
    ).fetchone()
    _settle(archive, report_id, whole, found, is_new=new is not None)
    host, before = _standing(archive, report_id)
    page_source = documents.source_of(archive, page_id)
    publisher = bodies.resolve(archive, whole, portal, source=page_source, division=division)
    identity = Identity(publisher, whole.year, whole.report_scope)
    reports.describe(
        archive,
        report_id,
        whole,
        identity,
        source_rank=primary.source_rank(archive, portal, publisher, host),
        seen=found.fetched_at,
    )
    reports.stand(archive, {report_id}, {identity, before})


def _standing(archive: Archive, report_id: int) -> tuple[str, Identity]:
    host, *identity = archive.conn.execute(
        "SELECT host, publisher_id, year, report_scope FROM reports WHERE id = ?", [report_id]
    ).fetchone()
    return str(host), Identity(*identity)


def _settle(archive: Archive, report_id: int, whole: Record, found: Fetch, *, is_new: bool) -> None:
    """Make the version that an arrived file calls for.

    A file completes the version that its page made in the same campaign: they are one publication,
    whichever of them was fetched first. Later ones make a version of their own.
    """
    version_id, hashed, document_id, kind, rebuild, campaign, arrival = archive.conn.execute(
        """SELECT report_versions.id, content_sha256, document_id, reports.kind, rebuild_id,
        frontier.campaign, arrival_id
        FROM reports JOIN report_versions ON report_versions.id = current_version_id
        LEFT JOIN fetches ON fetches.id = arrival_id
        LEFT JOIN frontier ON frontier.id = fetches.frontier_id WHERE reports.id = ?""",
        [report_id],
    ).fetchone()
    if content.of(whole).sha256 == hashed:
        versions.refresh(archive, version_id, document_id, whole)
        return
    if archive.rebuild_id is not None:
        is_open = rebuild == archive.rebuild_id
    else:
        is_open = is_new and campaign is not None and campaign == _campaign(archive, found)
    if is_open:
        versions.refill(archive, version_id, whole)
        return
    recovered = kind != "report" and content.is_read(whole)
    if not is_new:
        reason = "recovered" if recovered else "reextracted"
    else:
        reason = "revised" if _was_other(archive, report_id, found) else "recovered"
        arrival = found.id
    versions.add(archive, report_id, document_id, whole, reason=reason, arrival_id=arrival)


def _campaign(archive: Archive, found: Fetch) -> int | None:
    row = archive.conn.execute(
        """SELECT campaign FROM fetches JOIN frontier ON frontier.id = frontier_id
        WHERE fetches.id = ?""",
        [found.id],
    ).fetchone()
    return None if row is None else int(row[0])


def _was_other(archive: Archive, report_id: int, found: Fetch) -> bool:
    """Tell whether the report had other bytes under the file's address before."""
    row = archive.conn.execute(
        """SELECT 1 FROM report_documents JOIN documents ON documents.id = document_id
        WHERE report_id = ? AND address = ? AND payload_sha256 != ?""",
        [report_id, found.address, found.payload_sha256],
    ).fetchone()
    return row is not None
