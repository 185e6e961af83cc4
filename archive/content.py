"""What counts as the content of a report, so that only a change of content makes a version.

Content is what the document says: its identity, sections, cells and attachments. Not content are
the places where it stands (locators move when an advertisement is inserted) and what our code makes
of it (checks, claims, indicators, issues).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from archive.compact import plain
from archive.db import Archive
from extract.record import Record, cells

#: The fields of a report whose change is a change of the report.
FIELDS = ("kind", "title", "year", "format", "report_scope", "published_on", "signed_on")


@dataclass(frozen=True, slots=True)
class Content:
    """The comparison form of a record.

    Attributes:
        sha256: Over all content.
        body_sha256: Over cells and section texts alone: equal for copies under other addresses.
            None when there are neither.
        fields: The identity, by name.
    """

    sha256: str
    body_sha256: str | None
    fields: dict[str, Any]


def of(record: Record) -> Content:
    """Return the content of a record."""
    fields: dict[str, Any] = {name: getattr(record, name) for name in FIELDS}
    fields["agency"] = None if record.agency is None else record.agency.name
    # Gateways put expiring tokens into the query of an attachment's address.
    fields["attachments"] = "\n".join(
        sorted(f"{item.name} {urlsplit(item.url).path}" for item in record.attachments)
    )
    sections, printed = _sections(record), _printed(record)
    return Content(
        _whole(fields, sections, printed),
        _hash(_body(sections, printed)) if sections or printed else None,
        fields,
    )


def stored(archive: Archive, version_id: int) -> str:
    """Return the hash over all content of a version, from its rows: equal to its content_sha256."""
    fields = archive.conn.execute(
        "SELECT fields FROM report_versions WHERE id = ?", [version_id]
    ).fetchone()[0]
    sections = archive.conn.execute(
        "SELECT number, heading, text FROM sections WHERE version_id = ?", [version_id]
    )
    printed = archive.conn.execute(
        """SELECT table_key, row_key, column_key, raw, value, missing, unit FROM cells
        WHERE version_id = ? ORDER BY table_key, row_key, column_key, occurrence""",
        [version_id],
    )
    return _whole(json.loads(fields), sections.fetchall(), printed.fetchall())


def _sections(record: Record) -> list[tuple[int, str, str]]:
    return [(section.number, section.heading, section.text) for section in record.sections]


def _printed(record: Record) -> list[tuple[Any, ...]]:
    return [
        (table, row, column, cell.raw, plain(cell.value), cell.missing, cell.unit)
        for table, row, column, cell in cells(record.tables)
    ]


def _whole(
    fields: dict[str, Any],
    sections: Sequence[tuple[int, str, str]],
    printed: Iterable[tuple[Any, ...]],
) -> str:
    headings = sorted([number, heading] for number, heading, _ in sections)
    return _hash([fields, headings, _body(sections, printed)])


def _body(
    sections: Sequence[tuple[int, str, str]], printed: Iterable[tuple[Any, ...]]
) -> list[Any]:
    return [sorted([number, text] for number, _, text in sections), sorted(map(list, printed))]


def is_read(record: Record) -> bool:
    """Say whether anything of a report was read: a printed cell or a section's text."""
    return record.kind == "report" and bool(record.sections or any(record.tables.values()))


def _hash(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("utf-8")).hexdigest()
