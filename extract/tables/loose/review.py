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
    if values is None:
        numbers = [one.text for one in sheet.values(end) if one.text]
        if len(letters) >= _TELLING and numbers:
            sheet.issue("row_shape", " | ".join((T4, *numbers)), cell.at)
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
    return sheet.took(at, end + len(values))


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
