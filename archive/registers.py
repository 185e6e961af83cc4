"""The register of divisions in the archive: those of all years, and who followed whom."""

# Members of a protocol are described by its class.
# ruff: noqa: D102

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Protocol

from archive import panel, places
from archive.db import Archive


class DivisionRow(Protocol):
    """A division under one name; the years are those at whose end it was in force."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def parent(self) -> str | None: ...
    @property
    def valid_from(self) -> int: ...
    @property
    def valid_to(self) -> int | None: ...
    @property
    def successors(self) -> Sequence[str]: ...


class ChangeRow(Protocol):
    """A division that followed another; the year is the first one at whose end it had."""

    @property
    def year(self) -> int: ...
    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def to_code(self) -> str: ...
    @property
    def to_name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def evidence(self) -> str: ...


def save(
    archive: Archive, divisions: Iterable[DivisionRow], changes: Iterable[ChangeRow] = ()
) -> None:
    """Write divisions and changes, in place of what was known of the same codes.

    A register that was written before is not written again: thousands of rows, at each start.

    Args:
        archive: The archive, open for writing.
        divisions: Each division under each of its names; all names of a code, or none.
        changes: Who followed whom.
    """
    listed = [
        (item.code, item.name, item.level, item.parent or None, item.valid_from, item.valid_to,
         " ".join(item.successors) or None)
        for item in divisions
    ]  # fmt: skip
    followed = [
        (item.year, item.code, item.name, item.to_code, item.to_name, item.kind, item.evidence)
        for item in changes
    ]
    edition = sha256(json.dumps([listed, followed]).encode()).hexdigest()
    if not listed or archive.meta("divisions") == edition:
        return
    with archive.atomic():
        codes = sorted({(row[0],) for row in listed})
        archive.conn.executemany("DELETE FROM divisions WHERE code = ?", codes)
        archive.conn.executemany("INSERT INTO divisions VALUES (?, ?, ?, ?, ?, ?, ?)", listed)
        archive.conn.executemany("DELETE FROM division_changes WHERE code = ?", codes)
        archive.conn.executemany(
            "INSERT OR REPLACE INTO division_changes VALUES (?, ?, ?, ?, ?, ?, ?)", followed
        )
        archive.conn.execute(
            "INSERT OR REPLACE INTO archive_meta (key, value) VALUES ('divisions', ?)", [edition]
        )
        places.forget(archive)
        panel.relocate(archive)
