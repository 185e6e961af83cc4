"""Quality flags that follow from a report's checks and from the units of its amounts."""

from __future__ import annotations

from collections.abc import Iterator

from extract.record import Cell, Record, cells

_AMOUNTS = frozenset({"fee_amount_wanyuan", "procurement_amount"})
_HEADER_UNIT = {"fee_amount_wanyuan": "万元"}
# No government collects 100 billion yuan of administrative fees: the number was meant in 元.
_LARGEST_WANYUAN = 10_000_000


def flags(record: Record) -> Iterator[str]:
    """Yield ``PROSE_TABLE_CONFLICT``, ``UNIT_UNSTATED`` and ``UNIT_SUSPECT`` where they hold.

    Args:
        record: The report with its tables and checks. No value is changed for its unit.
    """
    if any(one.kind == "prose" and one.verdict == "fail" for one in record.checks):
        yield "PROSE_TABLE_CONFLICT"
    for _, _, column, cell in cells(record.tables):
        if column not in _AMOUNTS or not cell.value:
            continue
        if cell.unit is None:
            yield "UNIT_UNSTATED"
        elif _is_suspect(column, cell):
            yield "UNIT_SUSPECT"


def _is_suspect(column: str, cell: Cell) -> bool:
    """Tell whether an amount can hardly be meant in the unit that its column prints."""
    wanted = _HEADER_UNIT.get(column)
    if wanted is not None and cell.unit != wanted:
        return True
    return cell.unit == "万元" and float(cell.value or 0) > _LARGEST_WANYUAN
