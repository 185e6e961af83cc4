"""Workbooks of Excel 97-2003 (XLS), which WPS writes as ET too."""

from __future__ import annotations

import io
from typing import Any

from extract.attachments.excel import formats
from extract.attachments.excel.layout import paper
from extract.attachments.excel.leaf import Leaf, Told
from extract.attachments.paper import Paper, UnreadableError
from extract.record import Issue

_MOST_SHEETS = 100
_MOST_CELLS = 500_000
_OWN = 164  # number formats from here on are the workbook's


def read(data: bytes) -> Paper:
    """Read a workbook.

    Args:
        data: An OLE file with a Workbook stream; macros are not looked at.

    Returns:
        As ``xlsx.read``, the cells named ``xls:Sheet1/E7``.

    Raises:
        UnreadableError: The package is missing, or the workbook is encrypted or broken.
    """
    try:
        import xlrd
    except ModuleNotFoundError:
        detail = "reading XLS needs xlrd: pip install 'gov-reports[files]'"
        raise UnreadableError("needs_extra", detail) from None
    try:
        book: Any = xlrd.open_workbook(
            file_contents=data, formatting_info=True, logfile=io.StringIO(), on_demand=True,
            ragged_rows=True,  # a damaged cell far out would fill the memory with blanks
            ignore_workbook_corruption=True,  # of the file's own table of sectors; Excel opens it
        )
    except Exception as error:  # noqa: BLE001
        # Its own error, or whatever a damaged record made it stumble over.
        code = "encrypted" if "encrypted" in str(error).lower() else "broken"
        raise UnreadableError(code, f"the workbook cannot be opened: {error}"[:300]) from None
    try:
        return _paper(book)
    except Exception as error:  # noqa: BLE001
        raise UnreadableError("broken", f"the workbook is damaged: {error}"[:300]) from None


def _paper(book: Any) -> Paper:
    leaves: list[Leaf] = []
    hidden: list[str] = []
    odd: set[str] = set()
    left = _MOST_CELLS
    for number in range(min(book.nsheets, _MOST_SHEETS)):
        sheet = book.sheet_by_index(number)
        if sheet.visibility:
            hidden.append(sheet.name)
        elif left > 0:
            left -= sheet.nrows * sheet.ncols
            leaves.append(_leaf(book, sheet, odd))
        book.unload_sheet(number)
    whole = paper(leaves, "xls")
    if hidden:
        whole.issues.append(Issue("hidden_sheet", ", ".join(hidden)[:300]))
    if odd:
        whole.issues.append(Issue("number_format", ", ".join(sorted(odd))[:300]))
    if book.nsheets > _MOST_SHEETS or left <= 0:
        whole.issues.append(Issue("page_cut", "sheets or cells beyond the limit were not read"))
    return whole


def _leaf(book: Any, sheet: Any, odd: set[str]) -> Leaf:
    leaf = Leaf(sheet.name)
    leaf.merges = [(r, c, rr - 1, cc - 1) for r, rr, c, cc in sheet.merged_cells]
    leaf.hidden_rows = {r for r, told in sheet.rowinfo_map.items() if told.hidden}
    leaf.hidden_columns = {c for c, told in sheet.colinfo_map.items() if told.hidden}
    for r in range(sheet.nrows):
        for c in range(sheet.row_len(r)):
            style = book.xf_list[sheet.cell_xf_index(r, c)]
            told = _told(book, sheet, style, sheet.cell(r, c), odd)
            if told.text or told.hides:
                leaf.cells[r, c] = told
            elif _is_framed(style.border):
                leaf.framed.add((r, c))
    return leaf


def _is_framed(border: Any) -> bool:
    return bool(border.left_line_style or border.right_line_style or border.top_line_style
                or border.bottom_line_style)


def _told(book: Any, sheet: Any, style: Any, cell: Any, odd: set[str]) -> Told:
    import xlrd

    if cell.ctype in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}:
        return Told("")
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return Told(str(cell.value).strip())
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return Told("TRUE" if cell.value else "FALSE")
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Told(xlrd.error_text_from_code.get(cell.value, "#ERROR"))
    if cell.value == 0 and not sheet.show_zero_values:
        return Told("")
    key = style.format_key
    known = book.format_map.get(key)
    code = formats.BUILT_IN.get(key) if key < _OWN else None
    code = code or (known.format_str if known else formats.GENERAL)
    shown = formats.printed(cell.value, code, since_1904=bool(book.datemode))
    if shown is None:
        odd.add(code)
        return Told(formats.general(cell.value))
    return Told(shown)
