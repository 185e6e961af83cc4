"""What differs between two public files: added, changed, withdrawn, and so the version's number."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

_REPORTS = """SELECT report_key, content_sha256 FROM reports
    LEFT JOIN report_versions ON report_versions.id = current_version_id"""
_ERRATA = "SELECT count(*) FROM errata"
_TAKEN = "SELECT count(*) FROM takedowns"


@dataclass(frozen=True, slots=True)
class Differences:
    """A release against the one before.

    Attributes:
        added: Keys of reports that the earlier one did not have.
        changed: Keys of reports that say something else now.
        withdrawn: Keys of reports that are not there any more, or were taken down.
        meaning: Columns of the panel and tables that came or went.
        is_other: Anything differs, also what no report shows (the ledger, errata, our own checks).
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    withdrawn: tuple[str, ...]
    meaning: tuple[str, ...]
    is_other: bool

    def version(self, before: str) -> str:
        """Return the number of the release that follows: major when names or their meaning
        changed, minor for new reports, patch for corrections alone."""
        major, minor, patch = map(int, before.split("."))
        if self.meaning:
            return f"{major + 1}.0.0"
        if self.added:
            return f"{major}.{minor + 1}.0"
        return f"{major}.{minor}.{patch + 1}"


def compare(before: Path, after: Path) -> Differences:
    """Compare two public files."""
    old, new = _open(before), _open(after)
    try:
        was, now = dict(old.execute(_REPORTS)), dict(new.execute(_REPORTS))
        gone = {key for key, content in now.items() if content is None}
        return Differences(
            added=tuple(sorted(now.keys() - was.keys())),
            changed=tuple(
                sorted(key for key in now.keys() & was.keys() - gone if now[key] != was[key])
            ),
            withdrawn=tuple(
                sorted((was.keys() - now.keys()) | {key for key in gone if was.get(key)})
            ),
            meaning=tuple(sorted(_names(old) ^ _names(new))),
            is_other=_said(old) != _said(new),
        )
    finally:
        old.close()
        new.close()


def _open(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)


def _names(conn: sqlite3.Connection) -> set[str]:
    """The public names: tables, views and the columns of the panel."""
    tables = {
        row[0]
        for row in conn.execute(
            "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') "
            "AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'search%' AND name NOT LIKE '\\_%' "
            "ESCAPE '\\'"
        )
    }
    return tables | {f"panel.{row[1]}" for row in conn.execute("PRAGMA table_xinfo(panel)")}


def _said(conn: sqlite3.Connection) -> tuple[object, ...]:
    """Marks of what a release says beside its reports."""
    return (
        conn.execute(_ERRATA).fetchone(),
        conn.execute(_TAKEN).fetchone(),
        tuple(
            conn.execute(
                "SELECT year, status, count(*) FROM coverage GROUP BY 1, 2 ORDER BY 1, 2"
            )
        ),
        tuple(conn.execute("SELECT verdict, count(*) FROM checks GROUP BY 1 ORDER BY 1")),
        conn.execute("SELECT count(*), sum(number) FROM report_versions").fetchone(),
        conn.execute("SELECT count(*) FROM indicators").fetchone(),
    )
