"""What another archive read: documents, reports, and the versions of their histories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archive import content, history, lineage, reports
from archive.arrivals import Numbers
from archive.db import Archive
from archive.lineage import Identity
from archive.merged_rows import Row, insert, rows

#: Columns of a report that its latest reading says; its key, address and standing stay.
_SAID = (
    "publisher_id", "agency", "year", "report_scope", "title", "published_on", "published_source",
    "signed_on", "due_on", "format", "kind", "source_rank",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sighting:
    """Bytes of a document of the other archive, each time that they were fetched.

    Attributes:
        fetch: The number of the attempt there.
        document: The number of the document there.
    """

    fetch: int
    document: int


class Readings:
    """Take the documents and reports of another archive over.

    Args:
        other: The other archive.
        archive: The archive to write; attempts are in already, numbered in the order of time.
        numbers: Which numbers the other's attempts have.
        publishers: Which numbers the other's bodies have.
        reread: Today's reader; None for ``extract.read.read``.
    """

    def __init__(
        self,
        other: Archive,
        archive: Archive,
        numbers: Numbers,
        publishers: Mapping[int, int],
        reread: reports.Reader | None = None,
    ) -> None:
        self._other = other
        self._archive = archive
        self._numbers = numbers
        self._publishers = publishers
        self._reread = reread
        self._reports: dict[int, int] = {}
        self.renamed: list[tuple[str, str]] = []
        self.total = 0

    def sightings(self) -> Iterator[Sighting]:
        """Yield the sightings in the order of time."""
        found = self._other.conn.execute(
            """SELECT fetches.id, documents.id FROM documents
            JOIN fetches ON fetches.payload_sha256 = documents.payload_sha256
            LEFT JOIN frontier ON frontier.id = fetches.frontier_id
            WHERE coalesce(frontier.url, fetches.url) = documents.url"""
        ).fetchall()
        found.sort(key=lambda one: (self._numbers.fetches[one[0]], one[1]))
        self.total = len(found)
        for fetch, document in found:
            yield Sighting(fetch, document)

    def take(self, sightings: Iterable[Sighting]) -> None:
        """Take over what was read at these sightings, in the caller's transaction."""
        touched: set[int] = set()
        identities: set[Identity] = set()
        for sighting in sightings:
            for report, was in self._one(sighting):
                touched.add(report)
                identities |= {was, self._identity(report)}
        reports.stand(self._archive, touched, identities)

    def _one(self, sighting: Sighting) -> Iterator[tuple[int, Identity]]:
        document = self._document(sighting.document)
        fetch = self._numbers.fetches[sighting.fetch]
        (seen,) = self._archive.conn.execute(
            "SELECT fetched_at FROM fetches WHERE id = ?", [fetch]
        ).fetchone()
        for theirs, report, part in self._reports_of(sighting.document):
            was = self._identity(report)
            self._archive.conn.execute(
                """INSERT OR IGNORE INTO report_documents (report_id, document_id, part)
                VALUES (?, ?, ?)""",
                [report, document, part],
            )
            self._archive.conn.execute(
                """UPDATE reports SET first_seen = min(first_seen, ?1),
                last_seen = max(last_seen, ?1) WHERE id = ?2""",
                [seen, report],
            )
            again = reports.again(self._archive, report, self._reread)
            for version in self._versions(theirs["id"], sighting):
                arrival = self._arrival(version, report, fetch, document, again)
                made = history.place(self._archive, report, arrival, again)
                if made and version == theirs["current_version_id"]:
                    self._own(report, theirs, arrival.content)
            yield report, was

    def _arrival(
        self, version: int, report: int, fetch: int, document: int, again: history.Again
    ) -> history.Arrival:
        arrival = history.stored(
            self._other, version, self._archive, report, fetch, document, document=self._document
        )
        if document == self._document(self._read_from(version)):
            return arrival

        # Other bytes said the same: a version that begins with them is read from them.
        record = again(document)
        if record is None or content.of(record).sha256 != arrival.content:
            return arrival
        return history.reading(self._archive, report, record, fetch, document)

    def _read_from(self, version: int) -> int:
        row = self._other.conn.execute(
            "SELECT document_id FROM report_versions WHERE id = ?", [version]
        ).fetchone()
        return int(row[0])

    def _versions(self, report: int, sighting: Sighting) -> list[int]:
        """The versions that came with a sighting; else the one that it said once more."""
        own = self._other.conn.execute(
            """SELECT id FROM report_versions WHERE report_id = ? AND arrival_id = ?
            ORDER BY number""",
            [report, sighting.fetch],
        ).fetchall()
        if not own:
            own = self._other.conn.execute(
                """SELECT id FROM report_versions WHERE report_id = ? AND arrival_id < ?
                ORDER BY number DESC LIMIT 1""",
                [report, sighting.fetch],
            ).fetchall()
        return [version for (version,) in own]

    def _document(self, number: int) -> int:
        (theirs,) = rows(self._other, "SELECT * FROM documents WHERE id = ?", [number])
        del theirs["id"]
        theirs["fetch_id"] = self._numbers.fetches[theirs["fetch_id"]]
        known = self._archive.conn.execute(
            "SELECT id, fetch_id FROM documents WHERE payload_sha256 = ? AND url = ?",
            [theirs["payload_sha256"], theirs["url"]],
        ).fetchone()
        if known is not None:
            if theirs["fetch_id"] < known[1]:
                self._archive.conn.execute(
                    "UPDATE documents SET fetch_id = ? WHERE id = ?", [theirs["fetch_id"], known[0]]
                )
            return int(known[0])
        own = insert(self._archive, "documents", theirs)
        assert own is not None
        for issue in rows(
            self._other,
            "SELECT * FROM issues WHERE document_id = ? AND version_id IS NULL",
            [number],
        ):
            insert(self._archive, "issues", issue | {"document_id": own})
        for table in ("enclosed", "readings"):  # the files that a page names
            for row in rows(self._other, f"SELECT * FROM {table} WHERE document_id = ?", [number]):
                insert(self._archive, table, row | {"document_id": own}, "ON CONFLICT DO NOTHING")
        return own

    def _reports_of(self, document: int) -> list[tuple[Row, int, int]]:
        """The reports that were read from a document: there, here, and which part of it."""
        found = list(
            rows(
                self._other,
                """SELECT reports.*, part FROM report_documents JOIN reports ON id = report_id
                WHERE document_id = ? ORDER BY part, id""",
                [document],
            )
        )
        for row in found:
            row["publisher_id"] = self._publishers[row["publisher_id"]]
        unknown = [row for row in found if row["id"] not in self._reports]
        if unknown:
            # A report is known by the address of its page, also when this is one of its files.
            said = [Identity(row["publisher_id"], row["year"], row["report_scope"])
                    for row in unknown]  # fmt: skip
            (payload,) = self._other.conn.execute(
                "SELECT payload_sha256 FROM documents WHERE id = ?", [document]
            ).fetchone()
            known = lineage.match(self._archive, unknown[0]["url"], payload, said)
            for row, report, identity in zip(unknown, known, said, strict=True):
                own = self._new(row, identity) if report is None else report
                self._reports[row["id"]] = own
        return [(row, self._reports[row["id"]], row["part"]) for row in found]

    def _new(self, theirs: Row, identity: Identity) -> int:
        conn = self._archive.conn
        key = theirs["report_key"]
        if conn.execute("SELECT 1 FROM reports WHERE report_key = ?", [key]).fetchone():
            key = lineage.new_key(self._archive, identity)
            self.renamed.append((theirs["report_key"], key))
        said: dict[str, Any] = {name: theirs[name] for name in _SAID}
        for name in ("url", "host", "address", "first_seen", "last_seen"):
            said[name] = theirs[name]
        number = insert(self._archive, "reports", said | {"report_key": key})
        assert number is not None
        return number

    def _own(self, report: int, theirs: Row, content: str) -> None:
        """Let a report be the body's that the other archive has found in its latest version."""
        (current,) = self._archive.conn.execute(
            """SELECT content_sha256 FROM reports
            JOIN report_versions ON report_versions.id = current_version_id WHERE reports.id = ?""",
            [report],
        ).fetchone()
        if current == content:
            self._archive.conn.execute(
                """UPDATE reports SET source_rank = ?1, publisher_id = ?2,
                is_primary = CASE WHEN publisher_id = ?2 THEN is_primary ELSE 0 END
                WHERE id = ?3""",
                [theirs["source_rank"], theirs["publisher_id"], report],
            )

    def _identity(self, report: int) -> Identity:
        row = self._archive.conn.execute(
            "SELECT publisher_id, year, report_scope FROM reports WHERE id = ?", [report]
        ).fetchone()
        return Identity(*row)

    def corrections(self) -> None:
        """Take over errata and takedowns, which nobody can compute again."""
        for table in ("errata", "takedowns"):
            for row in rows(self._other, f"SELECT * FROM {table} ORDER BY id"):
                del row["id"]
                if row["report_id"] is not None:
                    row["report_id"] = self._reports[row["report_id"]]
                same = " AND ".join(f"{name} IS ?" for name in row)
                if self._archive.conn.execute(
                    f"SELECT 1 FROM {table} WHERE {same}", list(row.values())
                ).fetchone() is None:  # fmt: skip
                    insert(self._archive, table, row)
