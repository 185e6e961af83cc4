"""Table 4 of a loose text: fifteen cells in the form's order below a header of its own words.

The header is often torn, cut or short of its halves; the order of the cells is fixed.
"""

from __future__ import annotations

from extract.tables import labels
from extract.tables.found import column_keys, make_cell
from extract.tables.labels import T4
from extract.tables.loose.joining import reach
from extract.tables.loose.pieces import Piece
from extract.tables.loose.sheet import LONGEST_RUN, Sheet
from extract.tables.loose.vocabulary import form, header_words, is_review_fragment, plain
from extract.tables.number import read_number

_HEADER_PIECES = 120
_LETTERS = "行政复议诉讼结果维持纠正尚未审直接起后"  # a header cut in the middle of its words
_TELLING = 12  # characters of the header; fewer may be two words of prose


def review(sheet: Sheet, at: int) -> int:
    """Read table 4; returns the index behind it, or ``at``."""
    cell = sheet.cells[at]
    if at < sheet.reviewed or not cell.text or cell.value or len(cell.text) > 60:
        return at
    start = reach(sheet, at, header_words(), between=0)
    text = start.text if start.whole else cell.text
    named = labels.is_review_header(plain(text), whole=True)
    if not named and not (cell.first and is_review_fragment(text)):
        return at
    end, letters = max(start.whole, at + 1), form(text)
    while end < min(len(sheet.cells), at + _HEADER_PIECES):
        piece = sheet.cells[end]
        if piece.text and (piece.value or not is_review_fragment(piece.text)):
            break
        letters += form(piece.text)
        end += 1
    sheet.reviewed = end
    if not named and not set(_LETTERS) <= set(letters):
        return at
    keys = column_keys(T4)
    values = _run(sheet, end, len(keys))
    behind = end + len(values or ())
    if values is None and len(letters) >= _TELLING:
        # The header stands here, whatever can be read below it: table 3 is over.
        sheet.turn()
        sheet.end_requests()
        values, behind = _scattered(sheet, end, len(keys))
    if values is None:
        return at
    sheet.turn()
    sheet.end_requests()
    if any(one.garbled for one in values):
        sheet.found.flags.add("CELL_GARBLED")
    table = sheet.table(T4, "cases", at)
    table.rows["cases"] = {
        key: make_cell(one.text, one.at, table=T4, column=key, row_label="", column_label="")
        for key, one in zip(keys, values, strict=True)
    }
    sheet.found.labels.update(form(one.text) for one in sheet.cells[at:end])
    return sheet.took(at, behind)


def _scattered(sheet: Sheet, at: int, count: int) -> tuple[list[Piece] | None, int]:
    """The cells of a row that stand in several runs, words of the header between them.

    As columns are torn out of a page. There must be exactly as many, and each of the three groups
    must add up; they are flagged.

    Returns:
        The cells, None if it is not so, and the index behind them.
    """
    values: list[Piece] = []
    end = at
    while end < min(len(sheet.cells), at + _HEADER_PIECES) and len(values) <= count:
        piece = sheet.cells[end]
        if piece.text and piece.value:
            values.append(piece)
        elif piece.text and not is_review_fragment(piece.text):
            break
        end += 1
    if len(values) == count and all(_adds_up(values[group : group + 5]) for group in (0, 5, 10)):
        sheet.issue("bracketed_row", f"{T4}/cases", values[0].at)
        return values, end
    text = " | ".join((T4, *(value.text for value in values)))
    sheet.issue("row_shape", text, sheet.cells[min(at, len(sheet.cells) - 1)].at)
    return None, at


def _adds_up(group: list[Piece]) -> bool:
    numbers = [read_number(piece.text).value for piece in group]
    whole = [number for number in numbers if isinstance(number, int)]
    return len(whole) == len(group) and sum(whole[:-1]) == whole[-1]


def _run(sheet: Sheet, end: int, count: int) -> list[Piece] | None:
    """Exactly so many value cells at a place, blanks before and behind set aside."""
    start = end
    while end - LONGEST_RUN < start and start > 0 and not sheet.cells[start - 1].text:
        start -= 1
    run = sheet.values(start)
    while len(run) > count and not run[0].text:
        run = run[1:]
    while len(run) > count and not run[-1].text:
        run = run[:-1]
    return run if len(run) == count and any(cell.text for cell in run) else None
