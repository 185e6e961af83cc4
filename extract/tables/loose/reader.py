"""The form tables of a loose text.

A label must stand as a cell of its own, or be put together from pieces that make it up to the last
character. Its values are the cells of its own line or, where the text has a cell a line, the cells
of the lines that follow; there must be exactly as many as the table has columns. What is not
certain becomes an issue, and the number stays unread.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from extract.bounds import MAX_PIECES
from extract.record import Issue
from extract.tables.found import Found
from extract.tables.loose import active_header, gaps, request_header, review, rows, unlabelled
from extract.tables.loose.pieces import Piece, pieces
from extract.tables.loose.sheet import Sheet
from extract.tables.loose.vocabulary import (
    is_fragment,
    is_heading_fragment,
    may_begin_label,
)

# Without any of these words a text holds no form table, however it is damaged.
_ANY = re.compile(
    "[规規]章|[规規]范|制[发發作]|[许許]可|[处處][罚罰]|收[费費]|公[开開]|[维維]持|自然|[复複覆復][议議]|[组組][织織]"
)
_PROSE = 30

Step = Callable[[Sheet, int], int]
_LABELS: tuple[Step, ...] = (
    active_header.caption, review.review, request_header.requests, active_header.active,
    active_header.torn_active, rows.labelled,
)
_VALUES: tuple[Step, ...] = (unlabelled.unlabelled,)


def read_text(text: str) -> Found:
    """Read all form tables of a loose text; locators are ``text:OFFSET+LENGTH`` into it."""
    if not _ANY.search(text):
        return Found()
    cells = pieces(text)
    found = _read(cells[:MAX_PIECES])
    if len(cells) > MAX_PIECES:
        detail = f"{MAX_PIECES} of {len(cells)} pieces of text were looked at"
        found.issues.append(Issue("table_cut", detail, None))
    return found


def _read(cells: list[Piece]) -> Found:
    sheet = Sheet(cells)
    at = 0
    while at < len(cells):
        # Each step returns the index behind what it read, or the same index: not mine.
        end = next((end for step in _steps(cells[at]) if (end := step(sheet, at)) > at), at)
        if end == at:
            _pass(sheet, at)
            end = at + 1
        at = end
    sheet.turn()
    sheet.close()
    gaps.fill(sheet)
    _name_the_empty(sheet)
    _doubt(sheet)
    found = sheet.found
    found.tables = [table for table in found.tables if table.rows]
    return found


def _steps(cell: Piece) -> tuple[Step, ...]:
    """The steps that may read what begins with a piece: none for prose."""
    if not cell.text or cell.value or cell.garbled:
        return _VALUES
    return _LABELS if may_begin_label(cell.text) else ()


def _pass(sheet: Sheet, at: int) -> None:
    """Pass a piece that nobody read: prose ends the header of table 2."""
    cell = sheet.cells[at]
    if not cell.text or at in sheet.consumed:
        return
    if not is_heading_fragment(cell.text):
        sheet.torn = True
    if len(cell.text) > _PROSE and not is_fragment(cell.text):
        sheet.active = []


def _name_the_empty(sheet: Sheet) -> None:
    """Say which rows were named and found no values."""
    have = {(table.key, row) for table in sheet.found.tables for row in table.rows}
    for table, key, label, at in sheet.unvalued:
        if (table, key) not in have:
            sheet.issue("no_values", label, at)


def _doubt(sheet: Sheet) -> None:
    """Flag rows beside one that did not fit: no sum could tell that they are torn too.

    So are rows whose values stand below their label, in a text that has them above it elsewhere.
    """
    rows = [(table, key) for table in sheet.found.tables if table.key in sheet.doubted
            for key in table.rows]
    rows += sheet.all_below if sheet.values_first else []
    for table, key in rows:
        if row := table.rows.get(key):
            sheet.issue("doubtful_row", f"{table.key}/{key}", next(iter(row.values())).at)
