"""Rows of table 3 that a text prints without their label, put between the rows that have one.

The rule: exactly as many unlabelled rows as the form has between two labelled ones, and the sums
hold: each row's own, and in every column the results' and the stated identity. Every row so placed
is flagged; what does not fit stays unread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract import formats
from extract.checks.sums import sums as check_sums
from extract.record import Row
from extract.tables.found import column_keys, make_cell
from extract.tables.labels import T3
from extract.tables.loose.sheet import Requests, Sheet, Unplaced
from extract.tables.loose.values import adds_up

_IDENTITY_ROWS = ("new_received", "carried_over", "carried_forward")


@dataclass(frozen=True, slots=True)
class _Placed:
    """An unlabelled row and its key; ``named`` when its own label stands just above it."""

    row: Unplaced
    key: str
    named: bool


def fill(sheet: Sheet) -> None:
    """Place the unlabelled rows of every table 3; what stays unplaced becomes an issue."""
    for third in sheet.closed:
        rows = [event for event in third.events if isinstance(event, Unplaced)]
        if not rows:
            continue
        placed = [one for one in _placed(third) if adds_up(one.row.values)]
        sure = [one for one in placed if one.named]
        if len(sure) < len(placed) and not _columns_hold(sheet, third, placed):
            placed = sure
        for one in placed:
            _put(sheet, third, one)
        done = {id(one.row) for one in placed}
        for row in rows:
            if id(row) not in done:
                text = " | ".join(value.text for value in row.values)
                sheet.issue("unplaced_row", f"{T3}: {text}", row.values[0].at)
        # The rows stand in the order in which they are printed.
        third.table.rows = dict(sorted(third.table.rows.items(), key=_offset))


def _offset(item: tuple[str, Row]) -> int:
    first = next(iter(item[1].values()))
    return int(first.at.removeprefix("text:").split("+")[0])


def _placed(third: Requests) -> Iterator[_Placed]:
    orders = [order for order in _orders() if _has_all(third, order)]
    for before, gap, after in _gaps(third):
        fitting = {
            missing for order in orders
            if len(missing := _between(order, before, after)) == len(gap)
        }
        named = [row.labels[0] for row in gap if len(row.labels) == 1 and not row.torn]
        keys = next(iter(fitting)) if len(fitting) == 1 else ()
        if keys and list(keys) == named:
            yield from (_Placed(row, key, True) for row, key in zip(gap, keys, strict=True))
        elif keys and (_listed(third, gap, keys, after) or (
            _held(before, gap[0], keys[0]) and _held(after, gap[-1], keys[-1])
            and _agrees(gap, keys)
        )):
            yield from (_Placed(row, key, False) for row, key in zip(gap, keys, strict=True))
        elif len(named) == len(gap) and any(
            _rises(named, _between(order, before, after)) for order in orders
        ):
            for row, key in zip(gap, named, strict=True):
                yield _Placed(row, key, True)


def _orders() -> list[tuple[str, ...]]:
    """The rows with cells, in the order of each national form."""
    return [
        tuple(row.key for row in formats.forms()[form].tables[T3].rows if not row.heading)
        for form in formats.NATIONAL
    ]


def _has_all(third: Requests, order: Sequence[str]) -> bool:
    """Tell whether an order has every row that the text names, the labelled ones in their turn."""
    keys = [event for event in third.events if isinstance(event, str)]
    named = {key for event in third.events if isinstance(event, Unplaced) for key in event.labels}
    return _rises(keys, order) and named <= set(order)


def _listed(
    third: Requests, gap: Sequence[Unplaced], keys: Sequence[str], after: str | None
) -> bool:
    """Tell whether the rows of a gap are all named, in their order: above, or at the table's end.

    All labels first and then all numbers, page by page, as columns are torn out of a document.
    """
    blocks: list[list[Unplaced]] = []
    for row in gap:
        if row.labels or not blocks:
            blocks.append([])
        blocks[-1].append(row)
    named = [list(block[0].labels) for block in blocks]
    named[-1] += third.trailing if after is None else []
    even = all(len(names) == len(block) for names, block in zip(named, blocks, strict=True))
    return even and [name for names in named for name in names] == list(keys)


def _held(beyond: str | None, row: Unplaced, key: str) -> bool:
    """Tell whether a gap is held at one end: by a labelled row beyond it, or by its own label."""
    return beyond is not None or (row.labels == [key] and not row.torn)


def _agrees(gap: Sequence[Unplaced], keys: Sequence[str]) -> bool:
    """Tell whether no row has another one's label, and nothing else, just above it."""
    return all(row.torn or len(row.labels) != 1 or row.labels == [key]
               for row, key in zip(gap, keys, strict=True))


def _rises(keys: Sequence[str], order: Sequence[str]) -> bool:
    """Tell whether keys stand in an order, each once."""
    places = [order.index(key) if key in order else -1 for key in keys]
    return -1 not in places and places == sorted(set(places))


def _gaps(third: Requests) -> Iterator[tuple[str | None, list[Unplaced], str | None]]:
    """Runs of unlabelled rows with the labelled row before and behind (None: the table's end)."""
    before: str | None = None
    gap: list[Unplaced] = []
    for event in third.events:
        if isinstance(event, Unplaced):
            gap.append(event)
            continue
        if gap:
            yield before, gap, event
        before, gap = event, []
    if gap:
        yield before, gap, None


def _between(order: Sequence[str], before: str | None, after: str | None) -> tuple[str, ...]:
    start = order.index(before) + 1 if before else 0
    return tuple(order[start : order.index(after) if after else len(order)])


def _columns_hold(sheet: Sheet, third: Requests, placed: Sequence[_Placed]) -> bool:
    """Tell whether every column's sums hold once the rows stand where they were put."""
    keys = column_keys(T3)
    rows = dict(third.table.rows)
    for one in placed:
        rows[one.key] = {
            key: make_cell(value.text, value.at, table=T3, column=key, row_label="",
                           column_label="")
            for key, value in zip(keys, one.row.values, strict=True)
        }
    found = list(check_sums({T3: rows}, None))
    results = [one.verdict for one in found if one.id.startswith("T3.RESULT_SUM")]
    balance = [one.verdict for one in found if one.id == "T3.BALANCE"]
    if any(one.key in _IDENTITY_ROWS for one in placed) and set(balance) != {"pass"}:
        return False
    return set(results) == {"pass"} and "fail" not in balance


def _put(sheet: Sheet, third: Requests, one: _Placed) -> None:
    leaves = third.header
    if one.key in third.table.rows or not leaves:
        return
    third.table.headerless |= not third.named
    third.table.rows[one.key] = {
        str(key): make_cell(value.text, value.at, table=T3, column=str(key), row_label="",
                            column_label=label)
        for (key, label), value in zip(leaves, one.row.values, strict=True)
    }
    for key, label in leaves:
        third.table.columns.setdefault(str(key), label)
    sheet.found.lines.update(value.line for value in one.row.values)
    code = "label_above" if one.named else "bracketed_row"
    sheet.issue(code, f"{T3}/{one.key}", one.row.values[0].at)
