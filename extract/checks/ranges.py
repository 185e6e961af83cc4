"""What a single cell may hold: counts are whole and not negative; few bodies make 规章."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract import formats
from extract.checks.sums import Confirm, cause_of
from extract.record import Cell, Check, Tables

_SIGNED = frozenset({"items_change"})
_DECIMAL = frozenset({"fee_amount_wanyuan", "procurement_amount"})
_RULES = ("t2_art20_1", "rules")
# 立法法 lets State Council departments and governments from the prefecture up make 规章. Whether a
# 市 is one of the county level its name does not say, so only these names are judged.
_NO_RULES = re.compile(
    r"(?:县|旗|乡|镇|街道|苏木)(?:人民政府|办事处)(?:办公室)?$"
    r"|[县区旗镇][^省市县区旗州盟]{2,20}局$"
)


def ranges(tables: Tables, agency: str | None, confirm: Confirm | None) -> Iterator[Check]:
    """Yield what is out of range, cell by cell; a cell that is fine gives no check of its own.

    Args:
        tables: The tables of one body.
        agency: Its name, None when unknown.
        confirm: Asks a second reading of a cell; decides the cause.
    """
    rule = formats.identities()["R.NONNEG"]
    for table, rows in tables.items():
        for key, row in rows.items():
            for column, cell in row.items():
                if cell.value is None or column in _SIGNED:
                    continue
                whole = column in _DECIMAL or isinstance(cell.value, int) or cell.value.is_integer()
                if cell.value < 0 or not whole:
                    yield _failed(rule, (table, key, column), cell, confirm)
    if agency and _NO_RULES.search(agency):
        yield from _authority(tables, confirm)


def _authority(tables: Tables, confirm: Confirm | None) -> Iterator[Check]:
    rule = formats.identities()["R.RULES_AUTHORITY"]
    table, row = _RULES
    for column, cell in tables.get(table, {}).get(row, {}).items():
        if cell.value is not None and cell.value > 0:
            yield _failed(rule, (table, row, column), cell, confirm)


def _failed(
    rule: formats.Identity, path: tuple[str, str, str], cell: Cell, confirm: Confirm | None
) -> Check:
    name = "/".join(path)
    cause = cause_of([(path, cell)], confirm)
    return Check(rule.id, name, cell.value, 0, "fail", rule.official, rule.kind, False, cause,
                 (name,))
