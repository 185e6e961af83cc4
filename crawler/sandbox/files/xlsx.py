"""Reports as workbooks, made by openpyxl in the ways that bodies write them."""

from __future__ import annotations

import io
from random import Random
from typing import Any

from crawler.sandbox.files.docx import dateless, laid_out
from crawler.sandbox.files.printed import Printed, Table
from crawler.sandbox.grids import Grid

_WIDEST = 12  # columns that a paragraph is merged over


def make(printed: Printed, chance: Random) -> bytes:
    """Return a report as XLSX.

    Args:
        printed: What it shows.
        chance: Decides how it was written: all on one sheet or a sheet for each table, numbers as
            numbers or as text, number formats, borders, hidden rows and sheets.

    Returns:
        The file; the same dice give the same bytes.
    """
    from openpyxl import Workbook

    book: Any = Workbook()
    sheet = book.active
    sheet.title = "年度报告"
    writer = _Writer(sheet, chance)
    writer.text(printed.title)
    apart = chance.random() < 0.3
    tables = 0
    for block in printed.blocks:
        if isinstance(block, Table):
            tables += 1
            if apart:
                other = book.create_sheet(f"表{tables}")
                _Writer(other, chance).table(block.grid)
            else:
                writer.table(block.grid)
        else:
            writer.text(block.text)
    for line in printed.signature:
        writer.text(line)
    if chance.random() < 0.3:
        hidden = book.create_sheet("模板")
        _Writer(hidden, chance).table(next(b.grid for b in printed.blocks if isinstance(b, Table)))
        hidden.sheet_state = "hidden"
    book.properties.title = chance.choice((None, printed.title, "工作簿1"))
    held = io.BytesIO()
    book.save(held)
    return dateless(held.getvalue())


class _Writer:
    """Writes rows down a sheet."""

    def __init__(self, sheet: Any, chance: Random) -> None:
        self._sheet, self._chance = sheet, chance
        self._row = 1
        self._merge_text = chance.random() < 0.7
        self._as_text = chance.random() < 0.3
        self._borders = chance.random() < 0.8
        self._format = chance.choice(("General", "0", "0_ ", "#,##0", "@"))
        if self._format == "#,##0":
            self._format = "0"  # what is printed must stay what the truth says

    def text(self, text: str) -> None:
        self._sheet.cell(self._row, 1, text)
        if self._merge_text:
            self._sheet.merge_cells(start_row=self._row, end_row=self._row, start_column=1,
                                    end_column=_WIDEST)
        self._row += 1

    def table(self, grid: Grid) -> None:
        places = laid_out(grid)
        width = 1 + max(column for _, column in places)
        for r, row in enumerate(grid):
            column = -1
            for box in row:
                column = next(c for c in range(column + 1, width) if places.get((r, c)) is box)
                self._cell(self._row + r, column + 1, box)
                column += box.columns - 1
        self._row += len(grid)
        if self._chance.random() < 0.3:  # a row for oneself, put out of sight
            for column in range(1, width + 1):
                self._sheet.cell(self._row, column, 99)
            self._sheet.row_dimensions[self._row].hidden = True
            self._row += 1
        self._row += 1

    def _cell(self, row: int, column: int, box: Any) -> None:
        from openpyxl.styles import Border, Side

        cell = self._sheet.cell(row, column)
        text = box.text
        if text is not None and not box.label and not self._as_text and _is_plain(text):
            cell.value = float(text) if "." in text else int(text)
            cell.number_format = "0." + "0" * len(text.partition(".")[2]) if "." in text else (
                self._format)
        else:
            cell.value = text
        if self._borders:
            side = Side(style="thin")
            for r in range(row, row + box.rows):
                for c in range(column, column + box.columns):
                    self._sheet.cell(r, c).border = Border(side, side, side, side)
        if box.rows > 1 or box.columns > 1:
            self._sheet.merge_cells(start_row=row, end_row=row + box.rows - 1, start_column=column,
                                    end_column=column + box.columns - 1)


def _is_plain(text: str) -> bool:
    whole, _, part = text.partition(".")
    return whole.isdecimal() and whole.isascii() and whole == str(int(whole)) and (
        not part or part.isdecimal())
