"""Rows of a loose text that print their label: beside the values, above them, or around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract import formats
from extract.tables.found import make_cell
from extract.tables.labels import T3, Match
from extract.tables.loose import vocabulary
from extract.tables.loose.active_header import LOCAL
from extract.tables.loose.headers import is_remark
from extract.tables.loose.joining import halves, reach
from extract.tables.loose.pieces import Piece
from extract.tables.loose.sheet import Leaf, Sheet
from extract.tables.loose.values import (
    COLUMNS,
    fit,
    lost,
    next_line,
    split_digits,
    values_of,
    wrapped,
)
from extract.tables.loose.vocabulary import (
    form,
    is_fragment,
    is_heading_fragment,
    row_words,
)

_SECTION = "一二三四五六"


@dataclass(frozen=True, slots=True)
class _Label:
    """A row's label: what it matched, its text, the index behind it, its half behind the values."""

    match: Match
    text: str
    end: int
    tail: range = range(0)


def labelled(sheet: Sheet, at: int) -> int:
    """Read a row that begins with its label; returns the index behind it, or ``at``."""
    label = _label(sheet, at)
    if label is None or not _begins(sheet, at):
        return at
    match, end = label.match, label.end
    text = label.text
    while end < len(sheet.cells) and is_remark(sheet.cells[end].text):
        text += sheet.cells[end].text
        end += 1
    if match.table == T3 and match.heading:
        sheet.parent = match.key
    values = values_of(sheet, end) or (next_line(sheet, end) if label.tail else [])
    below = bool(values) and values[0].line != sheet.cells[end - 1].line
    if below and match.heading and match.key != "other":
        # Only (六)其他处理 is a row of its own in a form; here a leaf's label is lost.
        return sheet.took(at, end)
    if not values:
        if not match.heading:
            sheet.pending.append((match.table, match.key, text, sheet.cells[at].at))
            sheet.fresh = False
        return sheet.took(at, end)
    leaves = sheet.leaves(match)
    whole = fit(values, len(leaves)) or wrapped(sheet, match, values, end, len(leaves))
    if below and match.table != T3 and any(not one.alone for one in values):
        whole = None  # no sum could tell two cells in a line from one number cut in two
    if whole and not _spread_alike(leaves, whole):
        whole = None
    if not leaves or whole is None:
        return _refuse(sheet, at, _Label(match, text, end), values, below)
    behind = end + max(len(values), len(whole))
    if not below and not _ends(sheet, behind):
        return at
    sheet.consumed.update(label.tail)
    for index in label.tail:
        sheet.found.lines.add(sheet.cells[index].line)
    if len(whole) <= len(values):
        _doubt_end(sheet, whole, behind)
    if match.parent is None and not match.heading:
        sheet.parent = None
    if match.quality == "near":
        sheet.issue("near_label", f"{text} read as {match.key}", sheet.cells[at].at)
    if below and sheet.pending:
        # Another row was named and has no values: these may be its.
        sheet.issue("doubtful_row", f"{match.table}/{match.key}", whole[0].at)
    place(sheet, match.table, match.key, text, whole, at)
    if below and not whole[0].alone:
        sheet.issue("label_above", f"{match.table}/{match.key}", whole[0].at)
    if below:
        sheet.below.append((sheet.table_of(match.table), match.key))
        sheet.found.flags.add("TBL_CELL_PER_LINE")
    return sheet.took(at, behind)


def place(
    sheet: Sheet, table_key: str, row_key: str, label: str, values: Sequence[Piece], at: int
) -> None:
    """Put a row's values under the columns of the header that holds."""
    table = sheet.table(table_key, row_key, at)
    third = table_key == T3
    sheet.fresh = False
    leaves = sheet.leaves(Match(table_key, row_key, False, None, "exact"))
    table.headerless |= third and not sheet.requests
    if third and sheet.third is not None:
        sheet.third.events.append(row_key)
    sheet.unvalued += sheet.pending
    sheet.pending, sheet.torn = [], False
    if not third and not _whole_header(table_key, [key for key, _ in leaves]):
        sheet.issue("short_header", f"{table_key}/{row_key}", values[0].at)
    sheet.found.labels.add(form(label))
    if any(value.garbled for value in values):
        sheet.found.flags.add("CELL_GARBLED")
    row = table.rows.setdefault(row_key, {})
    gone = lost(values)
    for (key, column_label), value in zip(leaves, values, strict=True):
        if key is None:
            continue
        table.columns.setdefault(key, column_label)
        row[key] = make_cell(
            value.text, value.at, table=table_key, column=key, row_label=label,
            column_label=column_label, missing="unparsed" if value in gone else None,
        )


def _spread_alike(leaves: Sequence[Leaf], values: Sequence[Piece]) -> bool:
    """Tell whether columns that a header repeats side by side hold the same in this row."""
    seen: dict[str | None, str] = {}
    return all(seen.setdefault(key, value.text) == value.text
               for (key, _), value in zip(leaves, values, strict=True))


def _whole_header(table: str, columns: Sequence[str | None]) -> bool:
    """Tell whether a header names all columns that a national form gives the table."""
    for name in formats.NATIONAL:
        spec = formats.forms()[name].tables.get(table)
        if spec and {one.key for one in spec.columns} - {*LOCAL} <= set(columns):
            return True
    return False


def _label(sheet: Sheet, at: int) -> _Label | None:
    """The row label that begins at a place, put together where it was cut."""
    cell = sheet.cells[at]
    if not cell.text or cell.value or cell.garbled or at in sheet.consumed:
        return None
    joined = reach(sheet, at, row_words())
    if joined.begun > joined.whole:
        start = _behind_heading(sheet, joined.begun)
        values = values_of(sheet, start) or next_line(sheet, start)
        rest = halves(sheet, joined.part, start + len(values)) if values else None
        match = vocabulary.row(rest.text, sheet.parent) if rest else None
        if rest and match and match.quality != "near":
            return _Label(match, rest.text, start, rest.pieces)
    if joined.whole:
        match = vocabulary.row(joined.text, sheet.parent)
        if match and match.quality != "near":
            return _Label(match, joined.text, joined.whole)
    match = vocabulary.row(cell.text, sheet.parent)
    return _Label(match, cell.text, at + 1) if match else None


def _behind_heading(sheet: Sheet, at: int) -> int:
    """Pass the pieces of a heading that stand between a label's first half and its values."""
    end = at
    while end < min(at + 2, len(sheet.cells)) and (
        not sheet.cells[end].value and is_heading_fragment(sheet.cells[end].text)
    ):
        end += 1
    return end


def _begins(sheet: Sheet, at: int) -> bool:
    """Tell whether a row can begin here: not in the middle of a line of prose."""
    cell = sheet.cells[at]
    if cell.first or cell.marked:
        return True
    before = sheet.cells[at - 1]
    return before.value or before.garbled or is_fragment(before.text) or is_remark(before.text)


def _ends(sheet: Sheet, behind: int) -> bool:
    """Tell whether a row can end here: 行政许可 97 件 in a line of prose is no row."""
    if behind >= len(sheet.cells):
        return True
    after = sheet.cells[behind]
    if after.marked or after.first or is_fragment(after.text):
        return True
    word = form(after.text[:20])
    return word[:1] in _SECTION and word[1:2] == "、"


def _refuse(
    sheet: Sheet, at: int, label: _Label, values: Sequence[Piece], below: bool
) -> int:
    """Say why a row was not read; whole rows whose labels are lost may still find their place."""
    match = label.match
    end = label.end + len(values)
    if (match.table == T3 and below and sheet.third is not None and not match.heading
            and len(values) > COLUMNS and not len(values) % COLUMNS):
        sheet.pending.append((T3, match.key, label.text, sheet.cells[at].at))
        sheet.unplaced(list(values))
        return sheet.took(at, end)
    leaves = sheet.leaves(match)
    text = " | ".join((label.text, *(value.text for value in values)))
    sheet.issue("no_header" if not leaves else "row_shape", text, sheet.cells[at].at)
    if leaves and match.table != T3:
        sheet.doubted.add(match.table)
    if leaves and len(values) > len(leaves) and split_digits(match, values, len(leaves)):
        sheet.found.flags.add("CELL_SPLIT_DIGITS")
    sheet.torn = True
    return sheet.took(at, end)


def _doubt_end(sheet: Sheet, kept: Sequence[Piece], behind: int) -> None:
    """Flag the last value of a line when a number without a label begins the next line.

    A line may have been broken inside the number.
    """
    if behind < len(sheet.cells) and kept:
        last, after = kept[-1], sheet.cells[behind]
        if last.alone or after.line <= last.line or not after.text or not after.value:
            return
        if len(sheet.line_values(behind)) != COLUMNS:
            sheet.issue("stray_value", f"{last.text} before {after.text}", last.at)
