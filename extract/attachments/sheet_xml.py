"""Workbooks in the XML of Excel 2003, which web systems still export under the name .xls."""

from __future__ import annotations

from extract.attachments.excel import formats
from extract.attachments.excel.layout import paper
from extract.attachments.excel.leaf import MAX_COLUMNS, Leaf, Told
from extract.attachments.paper import Paper, UnreadableError
from extract.attachments.safe_xml import parse
from extract.attachments.word.parts import Element, attribute, child, local
from extract.record import Issue

_NAMED = {
    "General Number": formats.GENERAL, "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%",
    "Short Date": "yyyy/m/d", "Medium Date": "d-mmm-yy", "Long Date": 'yyyy"年"m"月"d"日"',
    "General Date": "yyyy/m/d h:mm", "Scientific": "0.00E+00",
}  # fmt: skip
_MOST_CELLS = 500_000


def read(data: bytes) -> Paper:
    """Read a workbook.

    Args:
        data: SpreadsheetML as Excel 2003 defined it.

    Returns:
        As ``xlsx.read``, with the same locators.

    Raises:
        UnreadableError: It is no XML, or no workbook.
    """
    root = parse(data, "the workbook")
    if local(root) != "Workbook":
        raise UnreadableError("broken", "the XML holds no workbook")
    reader = _Reader(root)
    whole = paper(reader.leaves, "xlsx")
    if reader.hidden:
        whole.issues.append(Issue("hidden_sheet", ", ".join(reader.hidden)[:300]))
    return whole


class _Reader:
    def __init__(self, root: Element) -> None:
        self.leaves: list[Leaf] = []
        self.hidden: list[str] = []
        self._left = _MOST_CELLS
        self._styles: dict[str, tuple[str, bool]] = {}
        for one in root:
            if local(one) == "Styles":
                self._styles = {attribute(style, "ID") or "": _style(style) for style in one}
            elif local(one) == "Worksheet":
                name = attribute(one, "Name") or str(len(self.leaves) + 1)
                if child(one, "WorksheetOptions", "Visible") is not None:
                    self.hidden.append(name)
                else:
                    self.leaves.append(self._leaf(name, child(one, "Table")))

    def _leaf(self, name: str, table: Element | None) -> Leaf:
        leaf = Leaf(name)
        row = column = -1
        for one in table if table is not None else ():
            if local(one) == "Column":
                column = _next(one, column)
                more = _number(attribute(one, "Span"))
                if attribute(one, "Hidden") == "1":
                    leaf.hidden_columns |= set(range(column, column + min(more, 20_000) + 1))
                column += more
            elif local(one) == "Row":
                row = _next(one, row)
                if attribute(one, "Hidden") == "1":
                    leaf.hidden_rows.add(row)
                self._row(leaf, one, row)
                row += _number(attribute(one, "Span"))
        return leaf

    def _row(self, leaf: Leaf, line: Element, row: int) -> None:
        column = -1
        for cell in line:
            self._left -= 1
            if local(cell) != "Cell" or self._left < 0 or column > MAX_COLUMNS:
                continue
            column = _next(cell, column)
            across, down = (_number(attribute(cell, name)) for name in ("MergeAcross", "MergeDown"))
            if across or down:
                leaf.merges.append((row, column, row + down, column + across))
            code, framed = self._styles.get(attribute(cell, "StyleID") or "Default",
                                            (formats.GENERAL, False))
            told = _told(child(cell, "Data"), code)
            if told.text:
                leaf.cells[row, column] = told
            elif framed:
                leaf.framed.add((row, column))
            column += across


def _told(data: Element | None, code: str) -> Told:
    if data is None:
        return Told("")
    text = "".join(str(piece) for piece in data.itertext())
    kind = attribute(data, "Type")
    if kind != "Number":
        day = kind == "DateTime"
        return Told(text[:10].replace("-", "/") if day else text.strip())
    try:
        value = float(text)
    except ValueError:
        return Told(text.strip())
    shown = formats.printed(value, code)
    return Told(formats.general(value) if shown is None else shown)


def _style(style: Element) -> tuple[str, bool]:
    """The number format of a style, and whether it draws a border."""
    code = attribute(child(style, "NumberFormat"), "Format") or formats.GENERAL
    borders = child(style, "Borders")
    return _NAMED.get(code, code), borders is not None and len(borders) > 0


def _next(element: Element, before: int) -> int:
    """The place of a row, column or cell: the one it names, else the next one."""
    named = attribute(element, "Index")
    return _number(named) - 1 if named else before + 1


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 8 else 0
