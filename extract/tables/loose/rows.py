"""Rows of a loose text that print their label: beside the values, above them, or around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract import formats
from extract.tables.found import make_cell
from extract.tables.labels import T3, Match
from extract.tables.loose import vocabulary
from extract.tables.loose.columns import LOCAL, is_remark
from extract.tables.loose.joining import halves, reach
from extract.tables.loose.pieces import Piece
from extract.tables.loose.sheet import Sheet, Unplaced
from extract.tables.loose.vocabulary import (
    form,
    is_fragment,
    is_heading_fragment,
    row_words,
)
from extract.tables.number import read_number

_COLUMNS = 7
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
    values = _values(sheet, end) or (_next_line(sheet, end) if label.tail else [])
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
    whole = fit(values, len(leaves)) or _wrapped(sheet, match, values, end, len(leaves))
    if below and match.table != T3 and any(not one.alone for one in values):
        whole = None  # no sum could tell two cells in a line from one number cut in two
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
    lost = _lost(values)
    for (key, column_label), value in zip(leaves, values, strict=True):
        if key is None:
            continue
        table.columns.setdefault(key, column_label)
        row[key] = make_cell(
            value.text, value.at, table=table_key, column=key, row_label=label,
            column_label=column_label, missing="unparsed" if value in lost else None,
        )


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
        values = _values(sheet, start) or _next_line(sheet, start)
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


def _next_line(sheet: Sheet, at: int) -> list[Piece]:
    """The seven values of the next line, if it has nothing else."""
    if at >= len(sheet.cells) or not sheet.cells[at].first:
        return []
    values = sheet.line_values(at)
    return values if len(values) == _COLUMNS and values[-1].last else []


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


def _values(sheet: Sheet, at: int) -> list[Piece]:
    """The values that belong to the label just before ``at``."""
    cells = sheet.cells
    if not 0 < at < len(cells):
        return []
    line = cells[at - 1].line
    same = sheet.line_values(at) if cells[at].line == line else []
    if any(cell.text for cell in same):
        return same
    behind = at + len(same)
    if behind < len(cells) and cells[behind].line == line:
        return []  # another label follows in the line
    return _following(sheet, behind) or same


def _following(sheet: Sheet, at: int) -> list[Piece]:
    """The values of the lines that follow, where they begin with one cell a line."""
    if at >= len(sheet.cells) or not sheet.cells[at].alone:
        return []
    run = sheet.values(at)
    for index, cell in enumerate(run):
        if cell.first and not cell.alone and len(sheet.line_values(at + index)) == _COLUMNS:
            run = run[:index]  # a whole row in a line is a row of its own
            break
    # A line that goes on with words is not of values alone.
    while run and not run[-1].last:
        run.pop()
    mixed = any(not cell.alone for cell in run)
    if mixed and len(run) == _COLUMNS and not adds_up(run):
        return []  # which of the line's numbers are one cell is anybody's guess
    return run


def _lone(run: Sequence[Piece]) -> int:
    return next((index for index, cell in enumerate(run) if not cell.alone), len(run))


def fit(values: Sequence[Piece], count: int) -> list[Piece] | None:
    """The ``count`` values of a row, blanks that spans left behind taken off; None if they differ.

    Where spans leave blanks at the end of rows, a row that needs one of them to be complete may
    have lost a cell anywhere: it is refused, unless all of it is blank or its marks are a markdown
    row's, which has no spans.
    """
    kept = list(values)
    while len(kept) > count and not kept[-1].text:
        kept.pop()
    full = [value for value in values if value.text]
    if len(kept) != count and len(full) == count:
        kept = full  # every column has its number: the blanks are what spans left
    if len(kept) != count or not kept:
        return None
    if not kept[-1].text and any(value.text for value in kept) and not kept[0].ruled:
        return None
    return kept


def _lost(kept: Sequence[Piece]) -> list[Piece]:
    """The blanks at the end of a row that is not all blank: loose text may have lost them."""
    end = len(kept)
    while end and not kept[end - 1].text:
        end -= 1
    return list(kept[end:]) if end else []


def adds_up(values: Sequence[Piece]) -> bool:
    """Tell whether a row of table 3 is whole: six numbers and their sum."""
    numbers = [read_number(value.text).value for value in values]
    if len(numbers) != _COLUMNS or any(number is None for number in numbers):
        return False
    exact = [Decimal(str(number)) for number in numbers]
    return sum(exact[:-1]) == exact[-1]


def _wrapped(
    sheet: Sheet, match: Match, values: Sequence[Piece], at: int, count: int
) -> list[Piece] | None:
    """A row of table 3 whose cells go on in the next line; its own sum must hold."""
    if match.table != T3 or not values or not values[0].marked or len(values) >= count:
        return None
    end = at + len(values)
    if values[0].alone or end >= len(sheet.cells) or not sheet.cells[end].first:
        return None
    rest = sheet.line_values(end)
    joined = [*values, *rest]
    if len(joined) != count or not adds_up(joined):
        return None
    sheet.issue("wrapped_row", f"{match.table}/{match.key}", values[0].at)
    return joined


def _refuse(
    sheet: Sheet, at: int, label: _Label, values: Sequence[Piece], below: bool
) -> int:
    """Say why a row was not read; whole rows whose labels are lost may still find their place."""
    match = label.match
    end = label.end + len(values)
    if (match.table == T3 and below and sheet.third is not None and not match.heading
            and len(values) > _COLUMNS and not len(values) % _COLUMNS):
        sheet.pending.append((T3, match.key, label.text, sheet.cells[at].at))
        unplaced(sheet, list(values))
        return sheet.took(at, end)
    leaves = sheet.leaves(match)
    text = " | ".join((label.text, *(value.text for value in values)))
    sheet.issue("no_header" if not leaves else "row_shape", text, sheet.cells[at].at)
    if leaves and match.table != T3:
        sheet.doubted.add(match.table)
    if leaves and len(values) > len(leaves) and _split_digits(match, values, len(leaves)):
        sheet.found.flags.add("CELL_SPLIT_DIGITS")
    sheet.torn = True
    return sheet.took(at, end)


def unplaced(sheet: Sheet, values: Sequence[Piece]) -> None:
    """Keep rows of table 3 that stand without their label, seven values each."""
    if sheet.third is None:
        return
    for start in range(0, len(values), _COLUMNS):
        names = [key for table, key, _, _ in sheet.pending if table == T3] if not start else []
        row = Unplaced(list(values[start : start + _COLUMNS]), names, sheet.torn)
        sheet.third.events.append(row)
    sheet.unvalued += sheet.pending
    sheet.pending, sheet.torn = [], False


def _split_digits(match: Match, values: Sequence[Piece], count: int) -> bool:
    """Tell whether a row has the right count once two neighbours are one number."""
    texts = [value.text for value in values if value.text]
    if len(texts) != count + 1 or not all(text.isdigit() for text in texts):
        return False
    if match.table != T3:
        return True
    for index in range(count):
        numbers = [int(one) for one in
                   (*texts[:index], texts[index] + texts[index + 1], *texts[index + 2 :])]
        if sum(numbers[:-1]) == numbers[-1]:
            return True
    return False


def _doubt_end(sheet: Sheet, kept: Sequence[Piece], behind: int) -> None:
    """Flag the last value of a line when a number without a label begins the next line.

    A line may have been broken inside the number.
    """
    if behind < len(sheet.cells) and kept:
        last, after = kept[-1], sheet.cells[behind]
        if last.alone or after.line <= last.line or not after.text or not after.value:
            return
        if len(sheet.line_values(behind)) != _COLUMNS:
            sheet.issue("stray_value", f"{last.text} before {after.text}", last.at)


def unlabelled(sheet: Sheet, at: int) -> int:
    """Read a line of values that begins without a label; returns the index behind it, or ``at``."""
    cell = sheet.cells[at]
    if not cell.first or not (cell.value or cell.garbled) or at in sheet.consumed:
        return at
    values = sheet.values(at) if cell.alone else sheet.line_values(at)
    if cell.alone:
        values = values[: _lone(values)]
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
    if sheet.third is not None and not len(kept) % _COLUMNS and (
        cell.alone or len(kept) == _COLUMNS
    ):
        unplaced(sheet, kept)
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
