"""Restatements: a report that prints another figure for the year before than that year's did."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from archive.cross_years import RESTATING
from archive.db import Archive


@dataclass(frozen=True, slots=True)
class Restatement:
    """One figure of which two reports say different things.

    Attributes:
        report_key: The later report.
        publisher: Its body's name.
        year: Its year.
        earlier_key: The report of the year before.
        check_id: The identity: ``X.CARRY`` or ``X.ITEMS_CHAIN``.
        scope: The column or row.
        said: What the earlier report said, or what follows from it.
        says: What the later one says.
        cause: ``source``; ``unknown`` where a table of one of them may be misread.
    """

    report_key: str
    publisher: str
    year: int
    earlier_key: str
    check_id: str
    scope: str
    said: float
    says: float
    cause: str


def restatements(
    archive: Archive, *, years: Collection[int] | None = None
) -> Iterator[Restatement]:
    """Yield the restatements, by year and body.

    Args:
        archive: The archive; reading is enough.
        years: Years of the later report, None for all.
    """
    marks = ", ".join("?" * len(RESTATING))
    rows = archive.conn.execute(
        f"""SELECT new.report_key, publishers.name, new.year, old.report_key, check_id, scope,
        right_value, left_value, cause FROM cross_checks
        JOIN reports AS new ON new.id = report_id JOIN reports AS old ON old.id = earlier_id
        JOIN publishers ON publishers.id = new.publisher_id
        WHERE verdict = 'fail' AND check_id IN ({marks})
        ORDER BY new.year, publishers.key, new.report_key, check_id, scope""",
        RESTATING,
    )
    for row in rows:
        if years is None or row[2] in years:
            yield Restatement(*row)
