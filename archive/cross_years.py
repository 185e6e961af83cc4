"""Checks between the reports of two years: what one year hands on, the next one takes up.

The identities of the kind ``cross_year`` in formats.json. They hold between the primary reports of
one body and scope, also when the body was renamed between them, and never across a merger or a
split. They stand beside the checks of each report and never lower the quality of its reading. Only
what could be judged is kept: both sides printed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

from archive.db import Archive

#: Changed when the rules change: then all are judged anew.
EDITION = "1"

CARRY, VALID, ITEMS, PUBLISHED = "X.CARRY", "X.VALID_CHAIN", "X.ITEMS_CHAIN", "X.PUBLISHED_CHAIN"

#: Checks whose left side is what a year prints as the figure of the year before.
RESTATING = (CARRY, ITEMS)

_OLD_FORM, _NEW_FORM = "gbgkbh_2019_60", "gbgkbh_2021_30"
_T1, _T3 = "t2_art20_1", "t3_requests"
_COLUMNS = (
    "natural_person", "org_business", "org_research", "org_ngo", "org_legal_service", "org_other",
    "total",
)  # fmt: skip
_SERVICES = (
    ("t2_art20_5", "licence"), ("t2_art20_5", "other_services"), ("t2_art20_6", "penalty"),
    ("t2_art20_6", "coercion"), ("t2_art20_8", "admin_fee"),
)  # fmt: skip

Path = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Term:
    """A cell on the right side.

    Attributes:
        sign: 1 or -1.
        is_earlier: It stands in the report of the year before.
        path: Table, row, column.
        is_optional: Some forms do not have it.
    """

    sign: int
    is_earlier: bool
    path: Path
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One identity, applied to one column or row.

    Attributes:
        check_id: The identity.
        scope: The column or row.
        left: The cell of the later year.
        right: What it has to be.
    """

    check_id: str
    scope: str
    left: Path
    right: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class _Report:
    id: int
    year: int
    scope: str
    format: str | None
    cells: Mapping[Path, tuple[Any, str | None]]
    doubtful: frozenset[str]  # tables of which a sum fails, or a cell could not be read


def rules(year: int, form: str | None, earlier: str | None) -> Iterator[Rule]:
    """Yield what holds between a report and the one of the year before.

    Args:
        year: The later year.
        form: The form of the later report.
        earlier: The form of the earlier one.
    """
    known = (_OLD_FORM, _NEW_FORM)
    if form in known and earlier in known:  # before 2019 no form has such a row
        for column in _COLUMNS:
            yield Rule(
                CARRY, f"{_T3}/{column}", (_T3, "carried_over", column),
                (Term(1, True, (_T3, "carried_forward", column)),),
            )  # fmt: skip
    if year >= 2022 and form == earlier == _NEW_FORM:
        for row in ("rules", "normative_docs"):
            yield Rule(
                VALID, f"{_T1}/{row}", (_T1, row, "valid"),
                (Term(1, True, (_T1, row, "valid")), Term(1, False, (_T1, row, "issued")),
                 Term(-1, False, (_T1, row, "repealed")),
                 Term(-1, False, (_T1, row, "expired"), is_optional=True)),
            )  # fmt: skip
    if year == 2020 and form == earlier == _OLD_FORM:
        for table, row in _SERVICES:
            yield Rule(
                ITEMS, f"{table}/{row}", (table, row, "items_prev_year"),
                (Term(1, True, (table, row, "items_prev_year")),
                 Term(1, True, (table, row, "items_change"))),
            )  # fmt: skip
        for row in ("rules", "normative_docs", "other_active_docs"):
            yield Rule(
                PUBLISHED, f"{_T1}/{row}", (_T1, row, "published_total"),
                (Term(1, True, (_T1, row, "published_total")),
                 Term(1, False, (_T1, row, "published_new"))),
            )  # fmt: skip


def update(archive: Archive, bodies: Iterable[tuple[int, int | None]]) -> None:
    """Judge anew what touches the reports of these bodies and years, and of the years after them.

    Args:
        archive: The archive, open for writing, in a transaction.
        bodies: Publishers and years whose reports changed.
    """
    stale = set()
    for publisher, year in bodies:
        if year is not None:
            for own in (publisher, *_renamed(archive, publisher, "successor_id", "publisher_id")):
                stale |= {(own, year), (own, year + 1)}
    for publisher, year in sorted(stale):
        _judge(archive, publisher, year)


def follow(archive: Archive) -> None:
    """Judge anew what a change of the rules, or of who followed whom, may have changed.

    Args:
        archive: The archive, open for writing, in a transaction.
    """
    related = archive.conn.execute(
        """SELECT old.key, new.key, kind, since FROM publisher_relations
        JOIN publishers AS old ON old.id = publisher_relations.publisher_id
        JOIN publishers AS new ON new.id = successor_id ORDER BY 1, 2, 3"""
    ).fetchall()
    state = f"{EDITION} {sha256(json.dumps(related).encode()).hexdigest()}"
    known = archive.meta("cross_years") or ""
    if known == state:
        return
    of_all = "" if known.startswith(f"{EDITION} ") else " OR 1"
    archive.conn.execute(
        f"""DELETE FROM cross_checks WHERE report_id IN (SELECT id FROM reports
        WHERE publisher_id IN (SELECT publisher_id FROM publisher_relations
            UNION SELECT successor_id FROM publisher_relations){of_all})"""
    )
    bodies = archive.conn.execute(
        f"""SELECT DISTINCT publisher_id, year FROM reports WHERE is_primary
        AND (publisher_id IN (SELECT publisher_id FROM publisher_relations
            UNION SELECT successor_id FROM publisher_relations){of_all}) ORDER BY 1, 2"""
    ).fetchall()
    for publisher, year in bodies:
        _judge(archive, publisher, year)
    archive.conn.execute(
        "INSERT OR REPLACE INTO archive_meta (key, value) VALUES ('cross_years', ?)", [state]
    )


def _judge(archive: Archive, publisher: int, year: int) -> None:
    """Write the checks of a body's reports of one year against those of the year before."""
    archive.conn.execute(
        """DELETE FROM cross_checks WHERE report_id IN
        (SELECT id FROM reports WHERE publisher_id = ? AND year = ?)""",
        [publisher, year],
    )
    later = _primary(archive, publisher, year)
    if not later or _is_broken(archive, publisher, year):
        return
    for scope, report_id in later.items():
        earlier = _before(archive, publisher, year, scope)
        if earlier is not None:
            new, old = _report(archive, report_id), _report(archive, earlier)
            archive.conn.executemany(
                """INSERT INTO cross_checks (report_id, check_id, scope, earlier_id, left_value,
                right_value, verdict, assumes_blank_zero, cause)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                [
                    row
                    for rule in rules(year, new.format, old.format)
                    if (row := _checked(rule, new, old)) is not None
                ],
            )


def _primary(archive: Archive, publisher: int, year: int) -> dict[str, int]:
    """The primary reports of a body and year, by scope."""
    return dict(
        archive.conn.execute(
            """SELECT report_scope, id FROM reports
            WHERE publisher_id = ? AND year = ? AND is_primary ORDER BY report_scope""",
            [publisher, year],
        ).fetchall()
    )


def _before(archive: Archive, publisher: int, year: int, scope: str) -> int | None:
    """The report of the year before: the body's own, or that of the one it was before renaming."""
    own = _primary(archive, publisher, year - 1).get(scope)
    if own is not None:
        return own
    found = [
        report
        for body in _renamed(archive, publisher, "publisher_id", "successor_id")
        if (report := _primary(archive, body, year - 1).get(scope)) is not None
        and not _is_broken(archive, body, year)
    ]
    return found[0] if len(found) == 1 else None


def _renamed(archive: Archive, publisher: int, wanted: str, known: str) -> list[int]:
    """The bodies that a body was before it was renamed, or became by it."""
    return [
        int(body)
        for (body,) in archive.conn.execute(
            f"""SELECT {wanted} FROM publisher_relations
            WHERE {known} = ? AND kind = 'renamed' ORDER BY 1""",
            [publisher],
        )
    ]


def _is_broken(archive: Archive, publisher: int, year: int) -> bool:
    """Tell whether a body took another one in, or was split, between a year and the one before.

    Reforms were carried out a year earlier or later in some places.
    """
    row = archive.conn.execute(
        """SELECT 1 FROM publisher_relations WHERE kind IN ('merged', 'split')
        AND (successor_id = ?1 OR publisher_id = ?1)
        AND (since IS NULL OR abs(CAST(substr(since, 1, 4) AS INTEGER) - ?2) <= 1)""",
        [publisher, year],
    ).fetchone()
    return row is not None


def _report(archive: Archive, report_id: int) -> _Report:
    year, scope, form, version = archive.conn.execute(
        "SELECT year, report_scope, format, current_version_id FROM reports WHERE id = ?",
        [report_id],
    ).fetchone()
    cells = archive.conn.execute(
        """SELECT table_key, row_key, column_key, value, missing FROM cells
        WHERE version_id = ? AND occurrence = 0""",
        [version],
    ).fetchall()
    failing = archive.conn.execute(
        """SELECT scope FROM checks WHERE version_id = ? AND kind = 'sum' AND verdict = 'fail'
        AND cause IS NOT 'source'""",
        [version],
    ).fetchall()
    return _Report(
        report_id,
        year,
        scope,
        form,
        {row[:3]: row[3:] for row in cells},
        frozenset(scope.split("/")[0] for (scope,) in failing)
        | {row[0] for row in cells if row[4] in ("unparsed", "conflict")},
    )


def _checked(rule: Rule, new: _Report, old: _Report) -> Sequence[Any] | None:
    """Apply a rule; None when a cell is not there or says no number.

    A blank counts as zero only where that makes the sum hold: it says nothing against a number.
    """
    left = new.cells.get(rule.left)
    sides = [(old if term.is_earlier else new).cells.get(term.path) for term in rule.right]
    present = [
        (term.sign, cell)
        for term, cell in zip(rule.right, sides, strict=True)
        if cell is not None or not term.is_optional
    ]
    if left is None or any(cell is None for _, cell in present):
        return None
    cells = [left, *(cell for _, cell in present if cell is not None)]
    if any(missing not in (None, "blank") for _, missing in cells):
        return None
    if all(missing == "blank" for _, missing in cells):
        return None
    one = _number(left)
    other = sum((sign * _number(cell) for sign, cell in present if cell), Decimal(0))
    blank = any(missing == "blank" for _, missing in cells)
    if blank and one != other:
        return None
    tables = {rule.left[0], *(term.path[0] for term in rule.right)}
    doubtful = (new.doubtful | old.doubtful) & tables
    cause = None if one == other else "unknown" if doubtful else "source"
    verdict = "pass" if one == other else "fail"
    return (new.id, rule.check_id, rule.scope, old.id, _plain(one), _plain(other), verdict,
            blank, cause)  # fmt: skip


def _number(cell: tuple[Any, str | None]) -> Decimal:
    return Decimal(str(cell[0] or 0))


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
