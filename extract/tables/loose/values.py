"""Which values stand with a label, and whether they are a whole row."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extract.tables.labels import T3, Match
from extract.tables.loose.pieces import Piece
from extract.tables.loose.sheet import Sheet
from extract.tables.number import read_number

COLUMNS = 7
"""The columns of table 3."""


def values_of(sheet: Sheet, at: int) -> list[Piece]:
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
        if cell.first and not cell.alone and len(sheet.line_values(at + index)) == COLUMNS:
            run = run[:index]  # a whole row in a line is a row of its own
            break
    # A line that goes on with words is not of values alone.
    while run and not run[-1].last:
        run.pop()
    mixed = any(not cell.alone for cell in run)
    if mixed and len(run) == COLUMNS and not adds_up(run):
        return []  # which of the line's numbers are one cell is anybody's guess
    return run


def lone(run: Sequence[Piece]) -> int:
    """How many pieces at the head of a run have a line of their own."""
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


def lost(kept: Sequence[Piece]) -> list[Piece]:
    """The blanks at the end of a row that is not all blank: loose text may have lost them."""
    end = len(kept)
    while end and not kept[end - 1].text:
        end -= 1
    return list(kept[end:]) if end else []


def adds_up(values: Sequence[Piece]) -> bool:
    """Tell whether a row of table 3 is whole: six numbers and their sum."""
    numbers = [read_number(value.text).value for value in values]
    if len(numbers) != COLUMNS or any(number is None for number in numbers):
        return False
    exact = [Decimal(str(number)) for number in numbers]
    return sum(exact[:-1]) == exact[-1]


def wrapped(
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


def next_line(sheet: Sheet, at: int) -> list[Piece]:
    """The seven values of the next line, if it has nothing else."""
    if at >= len(sheet.cells) or not sheet.cells[at].first:
        return []
    values = sheet.line_values(at)
    return values if len(values) == COLUMNS and values[-1].last else []


def split_digits(match: Match, values: Sequence[Piece], count: int) -> bool:
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
