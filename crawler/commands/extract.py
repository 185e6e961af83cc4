"""``scrapy extract``: what documents say, one JSON record a line."""

from __future__ import annotations

import argparse
import asyncio
import json
import mimetypes
import stat
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.exceptions import UsageError

from crawler.command import GOOD, UNUSABLE
from crawler.command import Command as Base
from crawler.terminal import note, say

if TYPE_CHECKING:
    from archive.db import Archive
    from extract.record import Record, Source


class _UnreadableError(Exception):
    """An argument that cannot be read; the message says why."""


class Command(Base):
    """Read files, or archived addresses, without any network."""

    positional = (1, None)

    def syntax(self) -> str:
        """Return the usage."""
        return "FILE|ADDRESS … [--url URL] [--pretty]"

    def short_desc(self) -> str:
        """Return one line of help."""
        return "Print what documents say, one JSON record a line"

    def long_desc(self) -> str:
        """Return the help."""
        return (
            "Read pages, texts, PDF, Word, Excel, OFD files, archives of them and pictures, told "
            "apart by content, and print one JSON record a line. An http(s) address is looked up "
            "in the archive, never fetched. Exit code 1 when a file could not be read; the record "
            "of one that needs a package or a password says so."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the options."""
        super().add_options(parser)
        parser.add_argument("--url", help="the address the file came from")
        parser.add_argument("--pretty", action="store_true", help="indent the JSON, for reading")

    def work(self, args: list[str], opts: argparse.Namespace) -> int:
        """Read each argument; complain about the unreadable ones and go on."""
        if opts.url and len(args) > 1:
            raise UsageError("--url is the address of one file; give one file", print_help=False)
        for address in (opts.url or "", *args):
            _check_address(address)
        from extract.attachments.reading import why_unread

        code = GOOD
        for name in args:
            try:
                data, source = self._document(name, opts.url)
            except _UnreadableError as error:
                note(f"error: {name}: {error}")
                code = UNUSABLE
                continue
            records = self._read(data, source)
            for detail in filter(None, map(why_unread, records)):
                note(f"error: {name}: {detail}")
                code = UNUSABLE
            for record in records:
                indent = 2 if opts.pretty else None
                say(json.dumps(record.as_json(), ensure_ascii=False, indent=indent))
        return code

    def _read(self, data: bytes, source: Source) -> list[Record]:
        """Read a document; a file of unknown hands in a process with limits of time and memory."""
        from crawler.reading import ReaderDiedError, Readers
        from extract.attachments.reading import unread
        from extract.media import PAGES, media_kind
        from extract.read import read
        from extract.record import Issue

        kind = media_kind(data)
        if kind in PAGES:
            return read(data, source)
        readers = Readers(
            1, timeout=self.config.getfloat("READER_TIMEOUT"),
            memory=self.config.getint("READER_MEMORY"),
        )
        try:
            return asyncio.run(readers.read(data, source))
        except ReaderDiedError as error:
            return [unread(kind, source, Issue(error.code, str(error)))]
        finally:
            readers.close()

    def _document(self, name: str, url: str | None) -> tuple[bytes, Source]:
        from archive.errors import ArchiveError
        from extract.record import Source

        if name.startswith(("http://", "https://")):
            try:
                with self.open_to_read() as archive:
                    return _archived(archive, name)
            except ArchiveError as error:
                raise _UnreadableError(str(error)) from None
        kind = mimetypes.guess_type(name)[0]
        return _file(Path(name)), Source(url=url, content_type=kind)


def _check_address(text: str) -> None:
    """Refuse what cannot be an address, such as half an IPv6 one.

    Raises:
        UsageError: It cannot be meant.
    """
    try:
        _ = urlsplit(text).port if "://" in text else None
    except ValueError as error:
        raise UsageError(f"{text!r} is no address: {error}", print_help=False) from None


def _file(path: Path) -> bytes:
    """Return a file's bytes.

    Raises:
        _UnreadableError: It is missing, empty, or a folder.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():
            raise _UnreadableError("this is no file but a device or a pipe")
        data = path.read_bytes()
    except FileNotFoundError:
        raise _UnreadableError("there is no such file") from None
    except IsADirectoryError:
        raise _UnreadableError("this is a folder; name the files in it") from None
    except OSError as error:
        raise _UnreadableError(str(error.strerror or error)) from None
    if not data.strip():
        raise _UnreadableError("the file is empty")
    return data


def _archived(archive: Archive, url: str) -> tuple[bytes, Source]:
    """Return the latest archived bytes of an address, with what the list said of it.

    Raises:
        _UnreadableError: It was never fetched.
    """
    from archive import documents, payloads
    from archive.address import address
    from extract.record import Source

    row = archive.conn.execute(
        """SELECT payload_sha256, documents.id FROM fetches
        LEFT JOIN documents USING (payload_sha256, address)
        WHERE fetches.address = ? AND outcome = 'ok' ORDER BY fetches.id DESC""",
        [address(url)],
    ).fetchone()
    if row is None:
        raise _UnreadableError(f"not in {archive.path}; a crawl fetches it, this command does not")
    payload, document = row
    source = Source(url=url) if document is None else documents.source_of(archive, document)
    return payloads.get(archive, payload), source
