from __future__ import annotations

import pytest

from extract.checks.flags import flags
from extract.record import Cell, Check, Record


def amount(column: str, value: float, unit: str | None) -> Record:
    cell = Cell(str(value), value, None, unit, None, "html:t1/r1/c1")
    return Record("report", tables={"t2_art20_8": {"admin_fee": {column: cell}}})


@pytest.mark.parametrize(
    ("column", "value", "unit", "expected"),
    [
        ("fee_amount_wanyuan", 4166.24, "万元", set()),
        ("fee_amount_wanyuan", 251000, "元", {"UNIT_SUSPECT"}),
        ("fee_amount_wanyuan", 41_662_400, "万元", {"UNIT_SUSPECT"}),
        ("procurement_amount", 116408.28, None, {"UNIT_UNSTATED"}),
        ("procurement_amount", 251000, "元", set()),
        ("procurement_amount", 0, None, set()),
        ("decisions", 116408, None, set()),
    ],
)
def test_amounts_whose_unit_nobody_can_trust(
    column: str, value: float, unit: str | None, expected: set[str]
) -> None:
    assert set(flags(amount(column, value, unit))) == expected


@pytest.mark.parametrize(("kind", "expected"), [("prose", ["PROSE_TABLE_CONFLICT"]), ("sum", [])])
def test_a_text_against_its_table_is_flagged(kind: str, expected: list[str]) -> None:
    check = Check("N.RECEIVED", "prose/received", 1, 2, "fail", False, kind, False, "source", ())
    assert list(flags(Record("report", checks=[check]))) == expected
