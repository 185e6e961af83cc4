"""What reports said before and after, in words: alterations by their bodies, and by our reader."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from archive.db import Archive

_SENTENCE = re.compile(r"[^。;；\n]+[。;；]?")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that differs.

    Attributes:
        place: Where: the labels of the row and the column as printed, a section's number, or the
            name of a field.
        old: What stood there, None if nothing did.
        new: What stands there now, None if nothing does.
    """

    place: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Alteration:
    """A later version of a report.

    Attributes:
        report_key: The report.
        publisher: The body's name.
        year: The report year.
        url: Where it stands.
        number: The version's number.
        reason: ``revised`` (the body altered it), ``reextracted`` or ``recovered`` (we read
            the same bytes better).
        seen_before: When the earlier bytes were fetched, UTC.
        seen: When the later ones were.
        items: What differs, cells first.
    """

    report_key: str
    publisher: str
    year: int | None
    url: str
    number: int
    reason: str
    seen_before: str
    seen: str
    items: tuple[Item, ...]


def alterations(
    archive: Archive,
    *,
    reasons: Collection[str] = ("revised",),
    years: Collection[int] | None = None,
) -> Iterator[Alteration]:
    """Yield the later versions of reports, oldest first, each with all that differs.

    Args:
        archive: The archive; reading is enough.
        reasons: Codes of formats.json ``version_reason``; an alteration by the body is never
            mixed with one by our own code.
        years: Report years, None for all.
    """
    marks = ", ".join("?" * len(reasons))
    found = archive.conn.execute(
        f"""SELECT report_versions.id, report_id, report_key, publishers.name, year, reports.url,
        number, reason, after.fetched_at FROM report_versions
        JOIN reports ON reports.id = report_id
        JOIN publishers ON publishers.id = publisher_id
        JOIN documents ON documents.id = report_versions.document_id
        JOIN fetches AS after ON after.id = documents.fetch_id
        WHERE number > 1 AND reason IN ({marks}) ORDER BY report_versions.id""",
        list(reasons),
    ).fetchall()
    for version, report, key, publisher, year, url, number, reason, seen in found:
        if years is not None and year not in years:
            continue
        before = archive.conn.execute(
            """SELECT report_versions.id, fetched_at FROM report_versions
            JOIN documents ON documents.id = document_id JOIN fetches ON fetches.id = fetch_id
            WHERE report_id = ? AND number = ?""",
            [report, number - 1],
        ).fetchone()
        items = tuple(_items(archive, report, before[0], version))
        yield Alteration(key, publisher, year, url, number, reason, before[1], seen, items)


def _items(archive: Archive, report: int, before: int, after: int) -> Iterator[Item]:
    rows = archive.conn.execute(
        """SELECT kind, table_key, row_key, column_key, old_raw, new_raw FROM changes
        WHERE report_id = ? AND to_version = ? ORDER BY kind NOT LIKE 'cell%', rowid""",
        [report, after],
    )
    for kind, table, row, column, old, new in rows.fetchall():
        if kind.startswith("cell"):
            yield Item(_words(archive, (before, after), (table, row, column)), old, new)
        elif kind == "section_changed":
            yield Item(f"section {row}", *_differing(old, new))
        else:
            yield Item(f"section {row}" if kind.startswith("section") else row, old, new)


def _words(archive: Archive, versions: tuple[int, int], path: tuple[Any, ...]) -> str:
    """The labels that a cell is printed under, in the later version if it is there."""
    labels = archive.conn.execute(
        """SELECT row_label, column_label FROM cells WHERE version_id IN (?, ?)
        AND table_key = ? AND row_key = ? AND column_key = ? ORDER BY version_id DESC LIMIT 1""",
        [*versions, *path],
    ).fetchone()
    shown = "" if labels is None else " / ".join("".join(label.split()) for label in labels)
    return f"{shown} ({'/'.join(path)})".strip()


def _differing(old: str, new: str) -> tuple[str | None, str | None]:
    """The sentences of two texts that the other one does not have."""
    before, after = _SENTENCE.findall(old), _SENTENCE.findall(new)
    gone: list[str] = []
    come: list[str] = []
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            gone += before[a:b]
            come += after[c:d]
    return "".join(gone).strip() or None, "".join(come).strip() or None
