"""A sound archive has no fault, and each kind of damage is named with its place."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from backports import zstd

from archive.db import Archive
from archive.verify import Fault, verify
from crawler.sandbox.files import docx
from crawler.sandbox.files.samples import sample
from extract.attachments import kinds
from extract.attachments.paper import FileReader, UnreadableError
from extract.read import read
from extract.record import Source
from tests.archive.world import HOST, Run, one

PAGE = (Path(__file__).parents[1] / "data" / "report.html").read_bytes()
URL = f"http://{HOST}/gknb/202501/t20250117_1.shtml"
COPY = f"http://{HOST}/gknb/202501/t20250118_2.shtml"


@pytest.fixture
def kept(archive: Archive) -> Archive:
    """One report in two versions, read from real bytes, and a copy of it."""
    revised = PAGE.replace("有序开展".encode(), "稳步开展".encode())
    for day, url, data in (
        ("2025-02-01", URL, PAGE),
        ("2025-02-02", COPY, PAGE),
        ("2025-03-01", URL, revised),
    ):
        run = Run(archive, day)
        run.article(url, read(data, Source(url=url)), data=data)
        run.finish()
    assert one(archive, "SELECT count(*) FROM report_versions") == 3
    assert one(archive, "SELECT count(*) FROM cells") > 300
    return archive


def faults(archive: Archive) -> list[Fault]:
    return list(verify(archive))


def test_a_sound_archive_is_proven(kept: Archive) -> None:
    told: dict[str, tuple[int, int]] = {}
    found = list(verify(kept, lambda what, done, total: told.update({what: (done, total)})))
    assert found == []
    assert told == {"payloads": (2, 2), "versions": (3, 3), "documents": (3, 3)}


@pytest.mark.parametrize(
    ("damage", "code", "where"),
    [
        ("UPDATE payloads SET size = size + 1", "payload", ""),
        ("UPDATE cells SET raw = raw || '0' WHERE at LIKE 'html:%'", "content", "report_versions"),
        ("UPDATE cells SET at = 'html:t1/r99/c1' WHERE version_id = 1", "locator", "cells 1 "),
        ("UPDATE cells SET at = 'html:t99/r1/c1' WHERE version_id = 1", "locator", "cells 1 "),
        ("UPDATE cells SET at = 'nowhere' WHERE version_id = 1", "locator", "cells 1 "),
        ("UPDATE cells SET value = value + 1 WHERE value > 0", "content", "report_versions"),
        ("DELETE FROM cells WHERE table_key = 't3_requests'", "content", "report_versions"),
        ("UPDATE sections SET text = '' WHERE version_id = 2", "content", "report_versions 2"),
        ("UPDATE report_versions SET number = 7 WHERE id = 3", "count", "report_versions 3"),
        ("UPDATE report_versions SET reason = 'first' WHERE id = 3", "count", "report_versions 3"),
        ("UPDATE reports SET current_version_id = NULL WHERE id = 1", "count", "reports 1"),
        ("UPDATE reports SET current_version_id = 1 WHERE id = 1", "count", "reports 1"),
        ("UPDATE reports SET current_version_id = 2 WHERE id = 1", "count", "reports 1"),
        ("DELETE FROM report_documents WHERE document_id = 3", "count", "report_versions 3"),
        ("DELETE FROM panel", "count", "reports"),
        ("UPDATE reports SET duplicate_of = id WHERE id = 2", "count", "reports 2"),
        ("UPDATE frontier SET state = 'fetched', outcome = NULL", "count", "frontier"),
    ],
)
def test_damage_is_named_with_its_place(kept: Archive, damage: str, code: str, where: str) -> None:
    if "frontier" in damage:
        kept.conn.execute("UPDATE fetches SET payload_sha256 = NULL")
    kept.conn.execute(damage)
    found = [fault for fault in faults(kept) if fault.code == code]
    assert found, f"no {code} after: {damage}"
    assert all(fault.where.startswith(where) and fault.what for fault in found)


@pytest.fixture
def filed(archive: Archive) -> Archive:
    """A report that is a Word document."""
    printed, _ = sample(3)
    data = docx.make(printed, Random(3))
    run = Run(archive, "2025-02-01")
    run.article(URL, read(data, Source(url=URL)), data=data)
    run.finish()
    assert one(archive, "SELECT count(*) FROM cells WHERE at LIKE 'docx:%'") > 150
    return archive


def test_cells_of_a_file_are_proven_by_its_bytes(filed: Archive) -> None:
    assert faults(filed) == []
    at = one(filed, "SELECT min(at) FROM cells")
    filed.conn.execute("UPDATE cells SET at = 'docx:t99/r1/c1' WHERE at = ?", [at])
    assert "no docx:t99/r1/c1 in the document" in [fault.what for fault in faults(filed)]


def test_a_file_that_cannot_be_read_here_is_said_once(
    filed: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reader(name: str) -> FileReader:
        raise UnreadableError("needs_extra", "pip install 'gov-reports[files]'")

    monkeypatch.setattr(kinds, "_reader", reader)
    (fault,) = faults(filed)
    assert fault.code == "locator" and "cannot be proven here: pip install" in fault.what


def test_bytes_that_are_not_those_of_the_hash(kept: Archive) -> None:
    kept.conn.execute("UPDATE payloads SET data = ?", [zstd.compress(b"other bytes")])
    assert {fault.code for fault in faults(kept)} == {"payload"}
    kept.conn.execute("UPDATE payloads SET data = x'00'")
    assert len([fault for fault in faults(kept) if fault.code == "payload"]) == 2


def test_a_row_that_names_nothing(kept: Archive) -> None:
    kept.conn.execute("PRAGMA foreign_keys = OFF")
    kept.conn.execute("UPDATE documents SET fetch_id = 99 WHERE id = 1")
    (fault,) = faults(kept)
    assert (fault.code, fault.where) == ("link", "documents 1")
    assert "fetches" in fault.what
