"""The arithmetic of one report: what its form prints or implies, applied to every column and row.

Identities and their rules come from formats.json. A blank counts as zero inside a sum only, and the
check then says ``assumes_blank_zero``; any other missing cell makes a check not assessable. A cell
is never filled in, whatever a check says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from extract import formats
from extract.record import Cell, Check, Table, Tables, Verdict
from extract.tables import annex
from extract.tables.labels import T3, T4

Path = tuple[str, str, str]
Confirm = Callable[[Path, Cell], bool | None]

_COLUMNS = ("natural_person", "org_business", "org_research", "org_ngo", "org_legal_service",
            "org_other", "total")
_REVIEW = {"T4.REVIEW_SUM": "review", "T4.DIRECT_SUM": "litigation_direct",
           "T4.AFTER_SUM": "litigation_after_review"}
_ANNEX_SUMS = {
    "received": ("received_in_person", "received_fax", "received_online", "received_letter"),
    "concluded": ("concluded_on_time", "concluded_extended"),
    "answered": ("answer_already_public", "answer_granted", "answer_partial", "answer_denied",
                 "answer_not_competent", "answer_not_exist", "answer_amend",
                 "answer_other_channel"),
    "answer_denied": ("denied_state_secret", "denied_trade_secret", "denied_privacy",
                      "denied_security", "denied_not_gov_info", "denied_other_law"),
    "review": ("review_upheld", "review_corrected", "review_other"),
    "litigation": ("litigation_upheld", "litigation_corrected", "litigation_other"),
    "staff": ("staff_full", "staff_part"),
}
_OUTCOMES = ("upheld", "corrected", "other", "pending")


@dataclass(frozen=True, slots=True)
class _Side:
    """The cells that one side of an identity adds up; an absent one is None."""

    paths: tuple[Path, ...]
    cells: tuple[Cell | None, ...]


def sums(tables: Tables, form: str | None, confirm: Confirm | None = None) -> list[Check]:
    """Apply the identities of the kind ``sum``.

    Args:
        tables: The tables of one body.
        form: The id of their form; decides which leaves make up the results.
        confirm: Asks a second, independent reading of a cell: True when it agrees, False when it
            differs, None when it has none. Decides the cause of a failure.

    Returns:
        One Check for each identity and column or row that stands in the tables.
    """
    done: list[Check] = []
    rows = tables.get(T3)
    if rows:
        done += [_judge(*one, confirm) for one in _requests(rows, form)]
    review = tables.get(T4, {}).get("cases")
    if review:
        done += [_judge(*one, confirm) for one in _reviews(review)]
    done += [_judge(*one, confirm) for one in _annex(tables.get(annex.ANNEX, {}))]
    return done


def _annex(rows: Table) -> Iterator[tuple[str, str, _Side, _Side]]:
    """The sums that the annex's indented items imply (S.2014.REQ)."""
    for total, parts in _ANNEX_SUMS.items():
        for column in rows.get(total, {}):
            paths = tuple((annex.ANNEX, part, column) for part in parts)
            yield (
                "S.2014.REQ",
                f"{annex.ANNEX}/{total}/{column}",
                _Side(((annex.ANNEX, total, column),), (rows[total].get(column),)),
                _Side(paths, tuple(rows.get(part, {}).get(column) for part in parts)),
            )


def _requests(rows: Table, form: str | None) -> Iterator[tuple[str, str, _Side, _Side]]:
    result_sum = "T3.RESULT_SUM_2019" if form == formats.NATIONAL[1] else "T3.RESULT_SUM_2021"
    leaves = list(_result_rows(rows))
    for column in _COLUMNS:
        if not any(column in row for row in rows.values()):
            continue

        def side(keys: Iterable[str], column: str = column) -> _Side:
            paths = tuple((T3, key, column) for key in keys)
            return _Side(paths, tuple(rows.get(key, {}).get(column) for _, key, _ in paths))

        scope = f"{T3}/{column}"
        yield ("T3.BALANCE", scope, side(("new_received", "carried_over")),
               side(("results_total", "carried_forward")))
        yield result_sum, scope, side(("results_total",)), side(leaves)
    for key, row in rows.items():
        total = _Side(((T3, key, "total"),), (row.get("total"),))
        parts = tuple((T3, key, column) for column in _COLUMNS[:-1])
        yield ("T3.ROW_TOTAL", f"{T3}/{key}", total,
               _Side(parts, tuple(row.get(column) for _, _, column in parts)))


def _result_rows(rows: Table) -> Iterator[str]:
    """The rows that make up (七)总计: per group the printed leaves, else the group's own row.

    Never both: hybrids print (六)其他处理 as one row, and some bodies print subtotals in the
    heading rows (formats.json, rule of T3.RESULT_SUM).
    """
    yield from ("granted", "partial")
    groups: dict[str, list[str]] = {}
    for form in formats.NATIONAL:
        for row in formats.forms()[form].tables[T3].rows:
            if row.parent and row.parent != "results" and row.key not in groups.get(row.parent, ()):
                groups.setdefault(row.parent, []).append(row.key)
    for group, leaves in groups.items():
        printed = [leaf for leaf in leaves if leaf in rows]
        if not printed and (group in rows or group == "other"):
            yield group
        else:
            yield from leaves


def _reviews(row: dict[str, Cell]) -> Iterator[tuple[str, str, _Side, _Side]]:
    for identity, prefix in _REVIEW.items():
        total = (T4, "cases", f"{prefix}_total")
        parts = tuple((T4, "cases", f"{prefix}_{outcome}") for outcome in _OUTCOMES)
        yield (identity, f"{T4}/{prefix}_total", _Side((total,), (row.get(total[2]),)),
               _Side(parts, tuple(row.get(column) for _, _, column in parts)))


def _judge(
    identity: str, scope: str, left: _Side, right: _Side, confirm: Confirm | None
) -> Check:
    rule = formats.identities()[identity]
    paths = tuple("/".join(path) for path in (*left.paths, *right.paths))
    cells = (*left.cells, *right.cells)
    verdict: Verdict = "not_assessable"
    totals: tuple[Decimal | None, Decimal | None] = (None, None)
    blank = any(cell is not None and cell.missing == "blank" for cell in cells)
    cause = None
    if _assessable(cells):
        totals = (_sum(left), _sum(right))
        verdict = "pass" if totals[0] == totals[1] else "fail"
        alone = left.cells[0] if len(left.cells) == 1 else None
        if verdict == "fail" and alone is not None and alone.missing == "blank":
            # A total that was left out says nothing against its parts.
            verdict, totals = "not_assessable", (None, None)
    if verdict == "fail":
        cause = cause_of(zip((*left.paths, *right.paths), cells, strict=True), confirm)
    assumes = blank and verdict != "not_assessable"
    return Check(identity, scope, _number(totals[0]), _number(totals[1]), verdict, rule.official,
                 rule.kind, assumes, cause, paths)


def _assessable(cells: Iterable[Cell | None]) -> bool:
    known = False
    for cell in cells:
        if cell is None or cell.missing not in (None, "blank"):
            return False
        known |= cell.value is not None
    return known


def _sum(side: _Side) -> Decimal:
    values = [cell.value for cell in side.cells if cell and cell.value is not None]
    if all(type(value) is int for value in values):
        return Decimal(sum(values))
    # Decimal over the printed digits: 0.1 + 0.2 must be 0.3.
    return sum((Decimal(str(value)) for value in values), Decimal(0))


def _number(value: Decimal | None) -> float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def cause_of(cells: Iterable[tuple[Path, Cell | None]], confirm: Confirm | None) -> str:
    """Say what a failed check speaks against.

    Args:
        cells: The cells that took part, with their paths.
        confirm: Asks a second, independent reading of a cell.

    Returns:
        ``source`` when the second reading agrees on every cell, ``reading`` when it differs on
        one, ``unknown`` when there is none of a cell.
    """
    if confirm is None:
        return "unknown"
    answers = [confirm(path, cell) for path, cell in cells if cell is not None]
    if False in answers:
        return "reading"
    return "source" if all(answers) else "unknown"
