"""An archive as a WARC 1.1 file (ISO 28500): what libraries keep, and web archives replay.

Every answer is a ``response`` record, or a ``revisit`` when its bytes stand in the file already.
What WARC has no place for (who asked, which attempts failed, what lists said of a page) stands in
``metadata`` records as JSON: a few tables in front, and the row of each attempt beside its answer.
From them :mod:`archive.unwarc` makes the same archive again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from http.client import responses as phrases
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive import payloads, takedowns
from archive.db import Archive
from archive.errors import ArchiveError
from archive.revisits import NOT_MODIFIED

#: Tables whose rows the records of answers do not carry; parents before children.
TABLES = ("portals", "crawls", "frontier", "notes")
TABLE = "urn:gov-reports:table:"
FETCHED = "urn:gov-reports:fetch:"
FETCH_TYPE = "application/vnd.gov-reports.fetch+json"
TABLE_TYPE = "application/vnd.gov-reports.rows+json"

#: Columns of an attempt that its metadata record carries.
FETCH = (
    "id", "crawl_id", "portal", "url", "final_url", "host", "method", "fetched_at", "status",
    "outcome", "error", "payload_sha256", "headers", "elapsed_ms", "frontier_id", "address",
)  # fmt: skip

_ROWS = 500
_SAYS_SO = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
# The body stands decoded: what spoke of its transfer no longer holds.
_TRANSFER = frozenset({"content-encoding", "transfer-encoding", "content-length", "connection"})

Progress = Callable[[str, int, int], None]


def export(archive: Archive, path: str | Path, progress: Progress | None = None) -> int:
    """Write the whole archive to a ``.warc.gz`` file; bytes that were taken down are left out.

    Args:
        archive: The archive; reading is enough.
        path: The file to make.
        progress: Called with ``"fetches"``, how many are written, and of how many.

    Returns:
        How many records were written.

    Raises:
        ArchiveError: There is such a file, or it cannot be written; no half-made one is left.
        DamagedPayload: A body does not match its hash.
    """
    file = Path(path)
    if file.exists():
        raise ArchiveError(f"{file} exists. An export never replaces a file: name another one.")
    new = file.with_name(file.name + ".new")
    try:
        with new.open("wb") as stream:
            number = _Export(archive, stream).write(progress or (lambda *_: None))
        new.rename(file)
    except OSError as error:
        raise ArchiveError(f"{file} cannot be written: {error}.") from error
    finally:
        new.unlink(missing_ok=True)
    return number


class _Export:
    def __init__(self, archive: Archive, stream: BinaryIO) -> None:
        self._archive = archive
        self._writer = WARCWriter(stream, gzip=True, warc_version="WARC/1.1")
        self._first: dict[str, tuple[str, str, str]] = {}  # payload → its first record
        self._records = 0
        withheld = archive.conn.execute(f"SELECT * FROM {takedowns.PAYLOADS}")
        self._withheld = {row[0] for row in withheld}

    def write(self, progress: Progress) -> int:
        self._info()
        for table in TABLES:
            for columns, rows in _chunks(self._archive, table):
                self._json(TABLE + table, TABLE_TYPE, {"columns": columns, "rows": rows})
        total = self._archive.conn.execute("SELECT count(*) FROM fetches").fetchone()[0]
        attempts = self._archive.conn.execute(f"SELECT {', '.join(FETCH)} FROM fetches ORDER BY id")
        for done, values in enumerate(attempts, start=1):
            fetch = dict(zip(FETCH, values, strict=True))
            if fetch["payload_sha256"] in self._withheld:
                fetch["payload_sha256"] = None  # taken down: that it was fetched is all we say
            self._attempt(fetch)
            progress("fetches", done, total)
        return self._records

    def _info(self) -> None:
        about = {
            "software": "gov_reports",
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/"
            "warc-1.1/",
            "description": "annual reports on government information disclosure of China",
            "gov-reports-world": self._archive.meta("world") or "real",
        }
        self._put(self._writer.create_warcinfo_record("gov_reports.warc.gz", about))

    def _attempt(self, fetch: dict[str, Any]) -> None:
        url = fetch["final_url"] or fetch["url"]
        beside = {"WARC-Date": fetch["fetched_at"]}
        if fetch["status"] is not None and urlsplit(url).scheme in {"http", "https"}:
            answer = self._answer(fetch, url)
            beside["WARC-Concurrent-To"] = answer.rec_headers.get_header("WARC-Record-ID")
        # Not under the page's address: a replay would take it for a capture of the page.
        self._json(f"{FETCHED}{fetch['id']}", FETCH_TYPE, fetch, beside)

    def _answer(self, fetch: dict[str, Any], url: str) -> Any:
        name = fetch["payload_sha256"]
        body = b"" if name is None else payloads.get(self._archive, name)
        http = _http_headers(fetch, len(body))
        date = {"WARC-Date": fetch["fetched_at"]}
        known = self._first.get(name) if name else None
        if known is not None:
            digest, first_url, first_date = known
            is_304 = fetch["status"] == NOT_MODIFIED
            record = self._writer.create_revisit_record(
                url, digest, first_url, first_date,
                # A replay would answer 304 to a reader who has nothing: it is to show the page.
                http_headers=None if is_304 else http,
                warc_headers_dict=date,
            )  # fmt: skip
            if is_304:  # the server's word, not our comparison
                record.rec_headers.replace_header("WARC-Profile", _SAYS_SO)
        else:
            record = self._writer.create_warc_record(
                url,
                "response",
                payload=BytesIO(body),
                length=len(body),
                http_headers=http,
                warc_headers_dict=date,
            )
        self._put(record)
        if name and known is None:
            digest = record.rec_headers.get_header("WARC-Payload-Digest")
            self._first[name] = (digest, url, fetch["fetched_at"])
        return record

    def _json(self, uri: str, kind: str, value: Any, headers: dict[str, str] | None = None) -> None:
        body = json.dumps(value, ensure_ascii=False).encode()
        self._put(
            self._writer.create_warc_record(
                uri,
                "metadata",
                payload=BytesIO(body),
                length=len(body),
                warc_content_type=kind,
                warc_headers_dict=headers or {},
            )
        )

    def _put(self, record: Any) -> None:
        self._writer.write_record(record)
        self._records += 1


def _chunks(archive: Archive, table: str) -> Iterator[tuple[list[str], list[tuple[Any, ...]]]]:
    cursor = archive.conn.execute(f"SELECT * FROM {table} ORDER BY 1")
    columns = [column[0] for column in cursor.description]
    while rows := cursor.fetchmany(_ROWS):
        yield columns, rows


def _http_headers(fetch: dict[str, Any], length: int) -> StatusAndHeaders:
    kept = [
        (name, value)
        for name, value in json.loads(fetch["headers"])
        if name.lower() not in _TRANSFER
    ]
    status = fetch["status"]
    return StatusAndHeaders(
        f"{status} {phrases.get(status, '')}".strip(),
        [*kept, ("Content-Length", str(length))],
        protocol="HTTP/1.1",
    )
