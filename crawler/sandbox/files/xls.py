"""Reports as workbooks of Excel 97-2003, made by xlwt."""

from __future__ import annotations

import io
from random import Random
from typing import Any

from crawler.sandbox.files.docx import laid_out
from crawler.sandbox.files.printed import Printed, Table
from crawler.sandbox.grids import Grid

_WIDEST = 11  # the last of the columns that a paragraph is merged over


def make(printed: Printed, chance: Random) -> bytes:
    """Return a report as XLS.

    Args:
        printed: What it shows.
        chance: Decides whether numbers are written as numbers or as text.

    Returns:
        The file; the same dice give the same bytes.
    """
    import xlwt

    book: Any = xlwt.Workbook()
    sheet = book.add_sheet("年度报告")
    framed = xlwt.easyxf("borders: left thin, right thin, top thin, bottom thin")
    framed.num_format_str = chance.choice(("General", "0", "0_ "))
    plain = xlwt.easyxf("")
    row = 0

    def text(line: str) -> None:
        nonlocal row
        sheet.write_merge(row, row, 0, _WIDEST, line, plain)
        row += 1

    text(printed.title)
    as_text = chance.random() < 0.4
    for block in printed.blocks:
        if isinstance(block, Table):
            _table(sheet, block.grid, row, framed, as_text=as_text)
            row += len(block.grid) + 1
        else:
            text(block.text)
    for line in printed.signature:
        text(line)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _table(sheet: Any, grid: Grid, first: int, style: Any, *, as_text: bool) -> None:
    places = laid_out(grid)
    width = 1 + max(column for _, column in places)
    for r, row in enumerate(grid):
        column = -1
        for box in row:
            column = next(c for c in range(column + 1, width) if places.get((r, c)) is box)
            text, value = box.text, None
            if text is not None:
                number = not box.label and not as_text and text.isdecimal() and text.isascii()
                value = int(text) if number and text == str(int(text)) else text
            sheet.write_merge(first + r, first + r + box.rows - 1, column,
                              column + box.columns - 1, value, style)
            column += box.columns - 1
