"""Reports of several documents: a page, and the files that it names as its report.

What a report says is made of all its documents that were read, whichever came first. So the page's
reading and those of its files are kept (:mod:`archive.readings`), and put together anew whenever
one of them arrives.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields

from archive import publishers, readings
from archive.address import address
from archive.db import Archive
from extract.attachments.addresses import same_file
from extract.attachments.compose import REPORT_KINDS, belongs, compose
from extract.attachments.links import title_of, wanted
from extract.normal import match_form
from extract.record import Attachment, Record

_SHOWN = 3  # files that a viewer may show


@dataclass(slots=True)
class Composed(Record):
    """A report of several documents.

    Attributes:
        documents: Table key to the document that its cells were read from, where that is not the
            version's own.
    """

    documents: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands, which says whom a name means there.

    Attributes:
        portal: The portal's first host.
        division: The division of the column, None for the portal's.
    """

    portal: str
    division: str | None


def place_of(archive: Archive, document_id: int) -> Place:
    """Return where a document stands."""
    row = archive.conn.execute(
        """SELECT fetches.portal, args ->> '$.division' FROM documents
        JOIN fetches ON fetches.id = documents.fetch_id
        LEFT JOIN frontier ON frontier.id = fetches.frontier_id WHERE documents.id = ?""",
        [document_id],
    ).fetchone()
    return Place(*row)


@dataclass(frozen=True, slots=True)
class _File:
    """A file that a page names: its name there, its document, and what was read in it."""

    name: str
    document_id: int
    records: list[Record]


@dataclass(frozen=True, slots=True)
class Named:
    """A file as a page names it.

    Attributes:
        address: Its address in comparison form.
        url: Its address as linked today.
        name: What the link says.
        title: The title to read it under, if it prints none.
    """

    address: str
    url: str
    name: str
    title: str


def note(
    archive: Archive, document_id: int, records: Sequence[Record], *, is_viewer: bool = False
) -> None:
    """Keep which files a page names, and what was read of the page itself.

    Args:
        archive: The archive, open for writing.
        document_id: The page.
        records: What was read in it, before any file is put to it.
        is_viewer: It stands where a file should be, and shows that file.
    """
    archive.conn.execute("DELETE FROM enclosed WHERE document_id = ?", [document_id])
    named = {
        file_address(one.url): one
        for record in records
        for one in (record.attachments[:_SHOWN] if is_viewer else wanted(record))
    }
    if not named:
        return
    archive.conn.executemany(
        """INSERT INTO enclosed (document_id, place, address, url, name, type)
        VALUES (?, ?, ?, ?, ?, ?)""",
        [
            (document_id, place, where, one.url, one.name, one.type)
            for place, (where, one) in enumerate(named.items(), start=1)
        ],
    )
    readings.save(archive, document_id, records)


def named_in(archive: Archive, fetch_id: int) -> list[Named]:
    """Return the files that the page of a fetch names, in its order."""
    row = archive.conn.execute(
        """SELECT documents.id FROM fetches JOIN frontier ON frontier.id = frontier_id
        JOIN documents ON documents.payload_sha256 = fetches.payload_sha256
            AND documents.url = frontier.url WHERE fetches.id = ?""",
        [fetch_id],
    ).fetchone()
    if row is None:
        return []
    rows = archive.conn.execute(
        "SELECT address, url, name, type FROM enclosed WHERE document_id = ? ORDER BY place", row
    ).fetchall()
    page = next(iter(readings.load(archive, row[0]) or ()), None) if rows else None
    return [
        Named(where, url, name, title_of(page, Attachment(url, name, kind)) if page else name)
        for where, url, name, kind in rows
    ]


def file_address(url: str) -> str:
    """Return the comparison form of a file's address: without a gateway's passing token."""
    return address(same_file(url))


def reports_naming(archive: Archive, where: str) -> list[int]:
    """Return the reports whose current page names a file, or names a viewer that shows it.

    Args:
        archive: The archive.
        where: The file's address in comparison form.
    """
    return [
        int(report)
        for (report,) in archive.conn.execute(
            """WITH RECURSIVE named (address, depth) AS (
                SELECT ?1, 0 UNION SELECT documents.address, depth + 1 FROM named
                JOIN enclosed ON enclosed.address = named.address
                JOIN documents ON documents.id = enclosed.document_id
                WHERE depth < 1 AND EXISTS (SELECT 1 FROM enclosed AS own
                    WHERE own.address = documents.address))
            SELECT DISTINCT reports.id FROM named
            JOIN enclosed ON enclosed.address = named.address
            JOIN report_versions ON report_versions.document_id = enclosed.document_id
            JOIN reports ON current_version_id = report_versions.id ORDER BY reports.id""",
            [where],
        )
    ]


def current_file(archive: Archive, where: str) -> int | None:
    """Return the document that was fetched last at a file's address, None without any."""
    row = archive.conn.execute(
        """SELECT documents.id FROM documents
        JOIN fetches ON fetches.payload_sha256 = documents.payload_sha256
        JOIN frontier ON frontier.id = fetches.frontier_id AND frontier.url = documents.url
        WHERE documents.address = ? ORDER BY fetches.id DESC LIMIT 1""",
        [where],
    ).fetchone()
    return None if row is None else int(row[0])


def completed(archive: Archive, document_id: int, record: Record, place: Place) -> Record:
    """Return the report of a page with all of its files that were read.

    Args:
        archive: The archive.
        document_id: The page.
        record: One of its records.
        place: Where it stands.

    Returns:
        The record itself when the page names no file, or none was read.
    """
    files = _files(archive, document_id)
    if not files or record.kind not in REPORT_KINDS:
        return record
    theirs = _belonging(record, files, _same_body(archive, place, record.year))
    if not theirs:
        return record
    whole = compose(record, [(one, file.name) for file, one in theirs])
    ids = [document_id, *(file.document_id for file, _ in theirs)]
    said = {item.name: getattr(whole.record, item.name) for item in fields(Record)}
    return Composed(**said, documents={key: ids[at] for key, at in whole.origin.items()})


def is_anyones(archive: Archive, where: str, file: Record) -> bool:
    """Tell whether a reading of a file is taken for the report of a page that names the file."""
    for report in reports_naming(archive, where):
        document_id, part, portal, division = page_of(archive, report)
        records = _of_reports(readings.load(archive, document_id))
        if part >= len(records):
            continue
        place = Place(portal, division)
        page, files = records[part], _files(archive, document_id)
        if any(
            one == file for _, one in _belonging(page, files, _same_body(archive, place, page.year))
        ):
            return True
    return False


def page_of(archive: Archive, report_id: int) -> tuple[int, int, str, str | None]:
    """Return the page of a report's current version: document, part, portal, division."""
    row = archive.conn.execute(
        """SELECT documents.id, part, fetches.portal, args ->> '$.division'
        FROM reports JOIN report_versions ON report_versions.id = current_version_id
        JOIN documents ON documents.id = report_versions.document_id
        JOIN report_documents ON report_documents.document_id = documents.id
            AND report_documents.report_id = reports.id
        JOIN fetches ON fetches.id = documents.fetch_id
        LEFT JOIN frontier ON frontier.id = fetches.frontier_id
        WHERE reports.id = ?""",
        [report_id],
    ).fetchone()
    return int(row[0]), int(row[1]), str(row[2]), row[3]


def page_record(archive: Archive, report_id: int) -> Record | None:
    """Return what was read of a report's page alone; None when that was not kept."""
    document_id, part, _, _ = page_of(archive, report_id)
    records = _of_reports(readings.load(archive, document_id))
    return records[part] if part < len(records) else None


def _of_reports(records: Sequence[Record] | None) -> list[Record]:
    return [record for record in records or () if record.kind in REPORT_KINDS]


def _files(archive: Archive, document_id: int, *, is_viewer: bool = False) -> list[_File]:
    """Return the files of a page, and in a viewer's place what it shows."""
    found: list[_File] = []
    for where, name in archive.conn.execute(
        "SELECT address, name FROM enclosed WHERE document_id = ? ORDER BY place", [document_id]
    ).fetchall():
        file = current_file(archive, where)
        shown = [] if file is None or is_viewer else _files(archive, file, is_viewer=True)
        records = None if file is None else readings.load(archive, file)
        if shown:
            found += shown
        elif file is not None and records is not None:
            found.append(_File(name, file, records))
    return found


def _belonging(
    page: Record, files: Sequence[_File], same_body: Callable[[str, str], bool]
) -> list[tuple[_File, Record]]:
    may_be = [
        (file, record) for file in files for record in file.records if record.kind in REPORT_KINDS
    ]
    alone = sum(record.kind == "report" for _, record in may_be) <= 1
    return [
        (file, record) for file, record in may_be if belongs(page, record, same_body, alone=alone)
    ]


def _same_body(archive: Archive, place: Place, year: int | None) -> Callable[[str, str], bool]:
    def same(one: str, other: str) -> bool:
        if match_form(one) == match_form(other):
            return True
        keys = {
            publishers.key(archive, place.portal, name, place.division, year)
            for name in (one, other)
        }
        return len(keys) == 1

    return same
