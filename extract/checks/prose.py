"""The running text against the tables (N.RECEIVED, N.CARRIED, N.REVIEW, N.T2).

A statement that fits the table passes. One that does not fit fails only where it can mean nothing
else: one body, this year, requests for government information, all of them. Whatever may speak of
another subject, channel or time is not assessable. None of these checks says that a sum is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extract import formats
from extract.checks.statements import Statement, statements
from extract.checks.sums import Confirm, Path, cause_of
from extract.record import Cell, Check, Record, Tables, Verdict
from extract.tables.labels import T3, T4

_OWN = (None, "own_body")
_T2 = {
    "licence": ("t2_art20_5", "licence", "decisions"),
    "penalty": ("t2_art20_6", "penalty", "decisions"),
    "coercion": ("t2_art20_6", "coercion", "decisions"),
    "issued": ("t2_art20_1", "normative_docs", "issued"),
    "repealed": ("t2_art20_1", "normative_docs", "repealed"),
    "valid": ("t2_art20_1", "normative_docs", "valid"),
}


@dataclass(frozen=True, slots=True)
class _Target:
    """What a statement may be equal to: each reading is a sum of cells; others are not refuted."""

    identity: str
    readings: tuple[tuple[Path, ...], ...]
    tolerated: tuple[tuple[Path, ...], ...] = ()


def _total(row: str) -> Path:
    return (T3, row, "total")


def _case(column: str) -> Path:
    return (T4, "cases", column)


_TARGETS = {
    "received": _Target(
        "N.RECEIVED",
        ((_total("new_received"),), (_total("new_received"), _total("carried_over"))),
        # Somebody may call what was concluded what was handled.
        ((_total("results_total"),),),
    ),
    "carried_over": _Target("N.CARRIED", ((_total("carried_over"),),)),
    "carried_forward": _Target("N.CARRIED", ((_total("carried_forward"),),)),
    "closed": _Target("N.CARRIED", ((_total("results_total"),),)),
    "review": _Target("N.REVIEW", ((_case("review_total"),),)),
    "litigation": _Target(
        "N.REVIEW",
        ((_case("litigation_direct_total"), _case("litigation_after_review_total")),),
        ((_case("litigation_direct_total"),), (_case("litigation_after_review_total"),)),
    ),
    **{what: _Target("N.T2", ((path,),)) for what, path in _T2.items()},
}


def prose(record: Record, confirm: Confirm | None = None) -> Iterator[Check]:
    """Yield one check for each thing that the text states and a table counts.

    Args:
        record: The report with its sections, tables, indicators, year.
        confirm: Asks a second reading of a cell; decides the cause.
    """
    told: dict[str, list[Statement]] = {}
    for one in statements(record):
        told.setdefault(one.what, []).append(one)
    for what, found in told.items():
        done = _judge(what, found, record.tables, confirm)
        if done is not None:
            yield done


def _judge(
    what: str, found: list[Statement], tables: Tables, confirm: Confirm | None
) -> Check | None:
    target = _TARGETS[what]
    readings = [_value(tables, paths) for paths in target.readings]
    if readings[0] is None:
        return None
    rule = formats.identities()[target.identity]
    paths = tuple(dict.fromkeys(path for reading in target.readings for path in reading))
    fitting = [one for one in found if one.value in readings]
    one = (fitting or found)[0]
    verdict: Verdict = "pass" if fitting else "not_assessable"
    if not fitting and _refutes(found) and not _tolerated(one, target, tables):
        verdict = "fail"
    cells = [(path, _cell(tables, path)) for path in paths]
    cause = None
    if verdict == "fail":
        cause = cause_of([(path, cell) for path, cell in cells if cell is not None], confirm)
    return Check(rule.id, f"prose/{what}", one.value, readings[0], verdict, rule.official,
                 rule.kind, False, cause, tuple("/".join(path) for path in paths))


def _refutes(found: Iterable[Statement]) -> bool:
    """Tell whether the statements leave no other meaning: one number, of this body, of all."""
    return len({one.value for one in found}) == 1 and all(
        one.strict and one.subject in _OWN for one in found
    )


def _tolerated(one: Statement, target: _Target, tables: Tables) -> bool:
    return one.value in [_value(tables, paths) for paths in target.tolerated]


def _value(tables: Tables, paths: Iterable[Path]) -> float | None:
    values = []
    for path in paths:
        cell = _cell(tables, path)
        if cell is None or cell.value is None:
            return None
        values.append(cell.value)
    return sum(values)


def _cell(tables: Tables, path: Path) -> Cell | None:
    return tables.get(path[0], {}).get(path[1], {}).get(path[2])
