"""An HTML table as a grid: spans laid out, each cell knowing where it stands in the document.

The rules of rowspan and colspan are those of the HTML standard (forming a table); ``rowspan=0``
reaches to the end. Bounded: a hostile table is cut at ``MAX_CELLS`` and says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from extract.tree import BLOCKS, SILENT

MAX_COLUMNS = 400
MAX_CELLS = 200_000

# A nested table is read on its own.
_UNSEEN = SILENT | {"table", "title", "head"}


@dataclass(frozen=True, slots=True, eq=False)
class GridCell:
    """One td or th.

    Attributes:
        text: Its text; blocks and line breaks are newlines, blanks inside a line are single.
        row: Grid row of its origin, from 0.
        column: Grid column of its origin, from 0.
        height: Rows that it spans.
        width: Columns that it spans.
        at: Locator ``html:t3/r5/c2``: table, tr and td counted from 1 in document order.
    """

    text: str
    row: int
    column: int
    height: int
    width: int
    at: str


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
    table, row, column = (int(part[1:]) for part in at.removeprefix("html:").split("/"))
    for number, element in enumerate(root.iter("table"), start=1):
        if number == table:
            cells = list(_cells(list(_rows(element))[row - 1]))
            return text_of(cells[column - 1])
    raise LookupError(f"no table {table} in the document")


def text_of(element: HtmlElement) -> str:
    """Return an element's visible text: a newline per block, nested tables left out."""
    parts: list[str] = []
    _collect(element, parts)
    lines = (" ".join(line.split()) for line in "".join(parts).replace("\xa0", " ").split("\n"))
    return "\n".join(line for line in lines if line)


def _collect(element: HtmlElement, parts: list[str]) -> None:
    # Iterative: a hostile page nests thousands deep.
    stack: list[tuple[HtmlElement, bool]] = [(element, False)]
    while stack:
        node, leaving = stack.pop()
        tag = node.tag
        if leaving:
            if tag in BLOCKS and node is not element:
                parts.append("\n")
            if node is not element:
                parts.append(_inline(node.tail))
            continue
        if not isinstance(tag, str) or (tag in _UNSEEN and node is not element):
            parts.append(_inline(node.tail))
            continue
        if tag in BLOCKS and node is not element:
            parts.append("\n")
        parts.append(_inline(node.text))
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))


def _inline(text: str | None) -> str:
    # A line break in the source is a blank to a reader; only blocks make lines.
    return text.replace("\n", " ").replace("\r", " ") if text else ""


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _cells(row: HtmlElement) -> Iterator[HtmlElement]:
    return (cell for cell in row if cell.tag in ("td", "th"))


def _span(element: HtmlElement, name: str) -> int:
    digits = (element.get(name) or "1").strip().rstrip("px%")
    return int(digits) if digits.isdecimal() and len(digits) < 6 else 1


def _grid(table: HtmlElement, number: int) -> Grid:
    grid = Grid(number, table)
    trs = list(_rows(table))
    matrix: list[list[GridCell | None]] = [[] for _ in trs]
    total = 0
    for r, tr in enumerate(trs):
        column = 0
        for c, element in enumerate(_cells(tr), start=1):
            while column < len(matrix[r]) and matrix[r][column] is not None:
                column += 1
            width = min(max(_span(element, "colspan"), 1), MAX_COLUMNS)
            height = _span(element, "rowspan") or len(trs)
            height = min(height, len(trs) - r)
            total += width * height
            if total > MAX_CELLS or column + width > MAX_COLUMNS:
                grid.cut = True
                break
            cell = GridCell(text_of(element), r, column, height, width,
                            f"html:t{number}/r{r + 1}/c{c}")
            for rr in range(r, r + height):
                line = matrix[rr]
                line.extend([None] * (column + width - len(line)))
                for cc in range(column, column + width):
                    if line[cc] is None:
                        line[cc] = cell
            column += width
    grid.rows = matrix
    return grid
