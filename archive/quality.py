"""How well each table was read, and whether the source agrees with itself: two things."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from archive.panel_names import TABLES

_DOUBTFUL = frozenset({"unparsed", "conflict"})


@dataclass(frozen=True, slots=True)
class Sum:
    """One sum check of a version: its table, verdict and, when it fails, the cause."""

    table: str
    verdict: str
    cause: str | None


@dataclass(frozen=True, slots=True)
class Quality:
    """The quality columns of a report's panel row.

    Attributes:
        tables: Table key to a code of formats.json ``read_quality``: ``proven`` (all its sums
            were checked and hold), ``clean`` (nothing speaks against it, and not all is proven),
            ``flagged`` (a cell could not be read, or a sum fails and it may be our reading, or it
            was read from a picture and no sum proves it),
            ``unread`` (no cell).
        source_consistency: How many of the source's own sums fail.
        sums_checked: How many sums could be checked.
    """

    tables: dict[str, str]
    source_consistency: int
    sums_checked: int


def judge(
    cells: Sequence[tuple[str, str | None]], sums: Sequence[Sum], doubted: Collection[str] = ()
) -> Quality:
    """Judge the reading of one version.

    Args:
        cells: Table key and missingness code of each cell.
        sums: Its checks of the kind ``sum``.
        doubted: The tables that an issue calls unproven or unsure.
    """
    return Quality(
        {
            key: _table(
                [missing for table, missing in cells if table == key],
                [item for item in sums if item.table == key],
                doubted=key in doubted,
            )
            for key in TABLES
        },
        sum(item.verdict == "fail" and item.cause != "reading" for item in sums),
        sum(item.verdict != "not_assessable" for item in sums),
    )


def _table(missing: Sequence[str | None], sums: Sequence[Sum], *, doubted: bool) -> str:
    if not missing:
        return "unread"
    if doubted or any(code in _DOUBTFUL for code in missing):
        return "flagged"
    if any(item.verdict == "fail" and item.cause != "source" for item in sums):
        return "flagged"
    return "proven" if sums and all(item.verdict == "pass" for item in sums) else "clean"
