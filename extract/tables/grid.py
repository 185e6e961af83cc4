"""An HTML table as a grid: spans laid out, each cell knowing where it stands in the document.

The rules of rowspan and colspan are those of the HTML standard (forming a table); ``rowspan=0``
reaches to the end. Bounded: a hostile table is cut at ``MAX_CELLS`` and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from extract.tree import BLOCKS, SILENT

MAX_COLUMNS = 400
MAX_CELLS = 200_000

# What a reader does not see: struck out text is not what the cell says.
_UNSEEN = SILENT | {"title", "head", "del", "s", "strike"}
# A mark set high or low is no digit of the number it stands behind.
_MARKS = frozenset({"sup", "sub"})
_HIDDEN = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|mso-hide\s*:\s*all)", re.I)
_INVISIBLE = re.compile(r"[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
# What shows something without being text: a cell that holds it is not blank.
_SHOWN = ("table", "img", "input", "select", "textarea", "object", "embed", "svg", "canvas")
_PARTS = frozenset({"td", "th", "tr", "table"})


@dataclass(slots=True, eq=False)  # not frozen: that makes it three times as slow to make
class GridCell:
    """One td or th.

    Attributes:
        text: Its text; blocks and line breaks are newlines, blanks inside a line are single.
        row: Grid row of its origin, from 0.
        column: Grid column of its origin, from 0.
        height: Rows that it spans.
        width: Columns that it spans.
        at: Locator ``html:t3/r5/c2``: table, tr and td counted from 1 in document order.
        hides: It has no text but a table, a picture or a field: what it shows is not read here.
    """

    text: str
    row: int
    column: int
    height: int
    width: int
    at: str
    hides: bool = False


@dataclass(slots=True)
class Grid:
    """One table: ``rows[r][c]`` is the cell that covers that place, or None."""

    number: int
    element: HtmlElement
    rows: list[list[GridCell | None]] = field(default_factory=list)
    cut: bool = False

    def cells(self, row: int) -> list[GridCell]:
        """The distinct cells covering a row, left to right, spanning ones from above included."""
        seen: list[GridCell] = []
        for cell in self.rows[row]:
            if cell is not None and (not seen or seen[-1] is not cell):
                seen.append(cell)
        return seen


def grids(root: HtmlElement) -> Iterator[Grid]:
    """Yield every table of a document in document order, nested ones after their outer one.

    A cell's text leaves out what stands in a table nested inside it.
    """
    for number, element in enumerate(root.iter("table"), start=1):
        yield _grid(element, number)


def cell_at(root: HtmlElement, at: str) -> str:
    """Return the text of the cell that a locator ``html:t3/r5/c2`` names.

    Raises:
        LookupError: The document has no such cell.
    """
    return text_of(element_at(root, at))


def element_at(root: HtmlElement, at: str) -> HtmlElement:
    """Return the td or th that a locator ``html:t3/r5/c2`` names; errors as of :func:`cell_at`."""
    table, row, column = (int(part[1:]) for part in at.removeprefix("html:").split("/"))
    for number, element in enumerate(root.iter("table"), start=1):
        if number == table:
            return list(_cells(list(_rows(element))[row - 1]))[column - 1]
    raise LookupError(f"no table {table} in the document")


def text_of(element: HtmlElement) -> str:
    """Return an element's visible text: a newline per block.

    Nested tables are read on their own and left out, but for one of a single cell, which only
    draws a frame. Hidden and struck out text is left out, invisible signs too; a mark set high
    or low stands apart, so that a footnote's number never lengthens the number before it.
    """
    single = _single(element)
    if single is not None:
        return " ".join((single if single.isascii() else _INVISIBLE.sub("", single)).split())
    parts: list[str] = []
    _collect(element, parts)
    text = _INVISIBLE.sub("", "".join(parts))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _single(element: HtmlElement) -> str | None:
    """The only piece of text in an element, as in most cells; None where structure matters."""
    single = element.text or ""
    if len(element):
        for node in element.iterdescendants():
            if _is_unseen(node):
                return None
            for piece in (node.text, node.tail):
                if piece and not piece.isspace():
                    if single and not single.isspace():
                        return None
                    single = piece
    return single


def _collect(element: HtmlElement, parts: list[str]) -> None:
    # Iterative: a hostile page nests thousands deep.
    stack: list[tuple[HtmlElement, bool]] = [(element, False)]
    while stack:
        node, leaving = stack.pop()
        tag = node.tag
        if leaving:
            if node is not element:
                parts.append(_around(tag))
                parts.append(_inline(node.tail))
            continue
        if node is not element and _is_unseen(node):
            parts.append(_inline(node.tail))
            continue
        if node is not element:
            parts.append(_around(tag))
        parts.append(_inline(node.text))
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))


def _around(tag: object) -> str:
    return "\n" if tag in BLOCKS else " " if tag in _MARKS else ""


def _is_unseen(node: HtmlElement) -> bool:
    tag = node.tag
    if not isinstance(tag, str) or tag in _UNSEEN:
        return True
    if tag == "table":
        return not _is_frame(node)
    return is_hidden(node)


def _is_frame(table: HtmlElement) -> bool:
    """Tell whether a table has text in a single cell: it frames it and has no rows to read."""
    if table.find(".//table") is not None:
        return False
    told = (cell for cell in table.iter("td", "th") if text_of(cell))
    return next(told, None) is not None and next(told, None) is None


def is_hidden(element: HtmlElement) -> bool:
    """Tell whether an element's own style hides it (``display:none``, Word's ``mso-hide``)."""
    style = element.get("style")
    if style and ("none" in (low := style.lower()) or "hide" in low) and _HIDDEN.search(style):
        return True
    return element.get("hidden") is not None


def _inline(text: str | None) -> str:
    # A line break in the source is a blank to a reader; only blocks make lines.
    return text.replace("\n", " ").replace("\r", " ") if text else ""


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    return _inside(table, ("tr",))


def _cells(row: HtmlElement) -> Iterator[HtmlElement]:
    return _inside(row, ("td", "th"))


def _inside(element: HtmlElement, tags: tuple[str, ...]) -> Iterator[HtmlElement]:
    """Rows or cells, also those that an editor wrapped (``form``, ``w:sdt``, ``thead``)."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag not in _PARTS and isinstance(child.tag, str):
            stack = [child]
            while stack:
                node = stack.pop()
                if node.tag in tags:
                    yield node
                elif node.tag not in _PARTS and isinstance(node.tag, str):
                    stack.extend(reversed(node))


def _span(element: HtmlElement, name: str) -> int:
    printed = element.get(name)
    if not printed:
        return 1
    digits = printed.strip().rstrip("px%")
    return int(digits) if digits.isdecimal() and len(digits) < 6 else 1


def _grid(table: HtmlElement, number: int) -> Grid:
    grid = Grid(number, table)
    trs = list(_rows(table))
    matrix: list[list[GridCell | None]] = [[] for _ in trs]
    total = 0
    for r, tr in enumerate(trs):
        column = 0
        if is_hidden(tr):
            continue
        for c, element in enumerate(_cells(tr), start=1):
            if is_hidden(element):
                continue  # editors leave the cells that a span covers, hidden
            while column < len(matrix[r]) and matrix[r][column] is not None:
                column += 1
            width = min(max(_span(element, "colspan"), 1), MAX_COLUMNS)
            height = _span(element, "rowspan") or len(trs)
            height = min(height, len(trs) - r)
            total += width * height
            if total > MAX_CELLS or column + width > MAX_COLUMNS:
                grid.cut = True
                break
            text = text_of(element)
            hides = not text and next(element.iter(*_SHOWN), None) is not None
            cell = GridCell(text, r, column, height, width, f"html:t{number}/r{r + 1}/c{c}", hides)
            for rr in range(r, r + height):
                line = matrix[rr]
                line.extend([None] * (column + width - len(line)))
                for cc in range(column, column + width):
                    if line[cc] is None:
                        line[cc] = cell
            column += width
    grid.rows = matrix
    return grid
