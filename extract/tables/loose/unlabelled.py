"""Lines of values that begin without a label."""

from __future__ import annotations

from extract.tables.labels import T3, Match
from extract.tables.loose.rows import place
from extract.tables.loose.sheet import Sheet
from extract.tables.loose.values import COLUMNS, lone


def unlabelled(sheet: Sheet, at: int) -> int:
    """Read a line of values that begins without a label; returns the index behind it, or ``at``."""
    cell = sheet.cells[at]
    if not cell.first or not (cell.value or cell.garbled) or at in sheet.consumed:
        return at
    values = sheet.values(at) if cell.alone else sheet.line_values(at)
    if cell.alone:
        values = values[: lone(values)]
    end = at + len(values)
    if not cell.alone and end < len(sheet.cells) and sheet.cells[end].line == cell.line:
        return at
    kept = list(values)
    while kept and not kept[0].text:
        kept.pop(0)
    while kept and not kept[-1].text:
        kept.pop()
    if not kept:
        return at
    # One number may be a page's; several are a row's.
    sheet.orphan |= sheet.fresh and (len(kept) > 1 or len(sheet.active) == 1)
    if sheet.third is not None and not len(kept) % COLUMNS and (
        cell.alone or len(kept) == COLUMNS
    ):
        sheet.unplaced(kept)
        return end
    if len(sheet.pending) == 1 and not sheet.torn and not cell.alone:
        table, key, label, where = sheet.pending[0]
        leaves = sheet.leaves(Match(table, key, False, None, "exact"))
        if table != T3 and len(leaves) == len(kept) > 1:
            place(sheet, table, key, label, kept, at)
            sheet.below.append((sheet.table_of(table), key))
            sheet.issue("label_above", f"{table}/{key} at {where}", kept[0].at)
            return sheet.took(at, end)
    return at
