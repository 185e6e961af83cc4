"""What counts as the content of a report, so that only a change of content makes a version.

Content is what the document says: its identity, sections, cells and attachments. Not content are
the places where it stands (locators move when an advertisement is inserted) and what our code makes
of it (checks, claims, indicators, issues).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

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
    sections = sorted([section.number, section.text] for section in record.sections)
    printed = sorted(
        [table, row, column, cell.raw, cell.value, cell.missing, cell.unit]
        for table, row, column, cell in cells(record.tables)
    )
    headings = sorted([section.number, section.heading] for section in record.sections)
    body = [sections, printed]
    return Content(
        _hash([fields, headings, body]),
        _hash(body) if sections or printed else None,
        fields,
    )


def is_read(record: Record) -> bool:
    """Say whether anything of a report was read: a printed cell or a section's text."""
    return record.kind == "report" and bool(record.sections or any(record.tables.values()))


def _hash(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("utf-8")).hexdigest()
