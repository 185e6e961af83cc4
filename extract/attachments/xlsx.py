"""Workbooks as XLSX: what their cells print, in the sheets and rows that are shown.

The package is read here and by no library: what a cell prints is not what it stores, and the
libraries give either the stored number or no merged cells. Needs no package beyond those of a
plain installation.
"""

from __future__ import annotations

from extract.attachments.excel.layout import paper
from extract.attachments.excel.package import opened
from extract.attachments.paper import Paper
from extract.record import Issue


def read(data: bytes) -> Paper:
    """Read a workbook.

    Args:
        data: An XLSX or XLSM package; macros and links to other files are not looked at.

    Returns:
        The rows of its sheets as tables and paragraphs, each cell named as in the workbook
        (``xlsx:Sheet1/E7``); results of formulas are those that were saved.

    Raises:
        UnreadableError: It is encrypted, broken or a bomb.
    """
    book = opened(data)
    whole = paper(book.leaves, "xlsx")
    whole.title = book.title
    if book.hidden:
        whole.issues.append(Issue("hidden_sheet", ", ".join(book.hidden)[:300]))
    if book.odd:
        whole.issues.append(Issue("number_format", ", ".join(sorted(book.odd))[:300]))
    if book.cut:
        whole.issues.append(Issue("page_cut", "sheets or cells beyond the limit were not read"))
    return whole
