"""Two states of one archive: which cells are read otherwise, and whether that is right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from archive.db import Archive

Cells = dict[tuple[str, ...], tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Difference:
    """A report that the later state reads otherwise.

    Attributes:
        report_key: The report.
        gained: Cells with a value that had none, as path and the text as printed.
        lost: Cells without a value that had one.
        changed: Cells with another value.
        failed_before: How many sum checks failed in the earlier state.
        failed_after: And in the later one.
    """

    report_key: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    changed: tuple[str, ...]
    failed_before: int
    failed_after: int

    @property
    def verdict(self) -> str:
        """Why the later reading is right: ``better`` (more is read, or fewer sums fail, and
        nothing speaks against it), ``worse`` (cells are lost, or more sums fail), ``other``."""
        if self.lost or self.failed_after > self.failed_before:
            return "worse"
        if self.failed_after < self.failed_before or (self.gained and not self.changed):
            return "better"
        return "other"


def differences(before: Archive, after: Archive) -> Iterator[Difference]:
    """Yield the reports of the earlier state whose cells or sums differ in the later one.

    Args:
        before: The earlier state.
        after: The later state; reports that only it has are no difference.
    """
    states = """SELECT report_key, current_version_id, content_sha256 FROM reports
        JOIN report_versions ON report_versions.id = current_version_id ORDER BY report_key"""
    later = {key: (version, content) for key, version, content in after.conn.execute(states)}
    for key, version, content in before.conn.execute(states).fetchall():
        new, now = later.get(key, (None, None))
        found = _difference(key, before, version, after, new, same=content == now)
        if found is not None:
            yield found


def _difference(
    key: str, before: Archive, old: int, after: Archive, new: int | None, *, same: bool
) -> Difference | None:
    was = {} if same else _cells(before, old)
    now = {} if same or new is None else _cells(after, new)
    fails = _failed(before, old), 0 if new is None else _failed(after, new)
    if was == now and fails[0] == fails[1]:
        return None
    paths = sorted({*was, *now})

    def of(kind: str) -> tuple[str, ...]:
        return tuple(
            f"{'/'.join(path)}: {_shown(was.get(path))} → {_shown(now.get(path))}"
            for path in paths
            if _kind(was.get(path), now.get(path)) == kind
        )

    return Difference(key, of("gained"), of("lost"), of("changed"), *fails)


def _kind(was: tuple[Any, ...] | None, now: tuple[Any, ...] | None) -> str | None:
    old, new = (None if cell is None else cell[0] for cell in (was, now))
    if old is None and new is None:
        return "changed" if was != now else None
    if old is None:
        return "gained"
    if new is None:
        return "lost"
    return "changed" if was != now else None


def _shown(cell: tuple[Any, ...] | None) -> str:
    if cell is None:
        return "(not read)"
    return str(cell[0]) if cell[1] is None else f"({cell[1]})"


def _cells(archive: Archive, version: int | None) -> Cells:
    rows = archive.conn.execute(
        """SELECT table_key, row_key, column_key, value, missing FROM cells
        WHERE version_id = ? ORDER BY occurrence DESC""",
        [version],
    )
    return {tuple(row[:3]): tuple(row[3:]) for row in rows}


def _failed(archive: Archive, version: int | None) -> int:
    return int(
        archive.conn.execute(
            """SELECT count(*) FROM checks
            WHERE version_id = ? AND kind = 'sum' AND verdict = 'fail'""",
            [version],
        ).fetchone()[0]
    )
