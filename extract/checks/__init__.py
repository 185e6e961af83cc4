"""What a report can be held to: its own sums, its own words, and the date it was due.

Identities and their rules come from formats.json. Official is only what the form or the 条例
prints; all others are implied. Kinds ``definition``, ``derived`` and ``rule`` have no verdict.
"""

from __future__ import annotations

from extract.checks.deadline import deadline
from extract.checks.prose import prose
from extract.checks.ranges import ranges
from extract.checks.sums import Confirm, sums
from extract.record import Check, Record

__all__ = ["Confirm", "check"]


def check(record: Record, confirm: Confirm | None = None) -> list[Check]:
    """Apply all identities that one report can be held to.

    Args:
        record: The report, complete but for its checks.
        confirm: Asks a second, independent reading of a cell: True when it agrees, False when it
            differs, None when it has none. Decides the cause of a failure.

    Returns:
        One Check for each identity and column, row or statement that stands in the report. Only
        the kind ``sum`` speaks of the consistency of its tables.
    """
    agency = record.agency.name if record.agency else None
    return [
        *sums(record.tables, record.format, confirm),
        *ranges(record.tables, agency, confirm),
        *prose(record, confirm),
        *deadline(record),
    ]
