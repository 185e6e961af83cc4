"""A report laid out on sheets of paper: lines of text and rules, each in its place.

For kinds of files that know no paragraphs and no tables. All lengths are millimetres, the origin
is the upper left corner of the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random

from crawler.sandbox.files.printed import Heading, Printed, Table
from crawler.sandbox.grids import Grid

_POINT = 25.4 / 72
_LEADING = 1.5  # from one line to the next, in ems
_PADDING = 0.8  # inside a cell
_ASCENT = 0.88
_FEET = ("— {page} —", "{page}", "第 {page} 页 共 {pages} 页", "- {page} -", "")


@dataclass(frozen=True)
class Style:
    """How a report is set.

    Attributes:
        width: Of the sheet.
        height: Of the sheet.
        margin: On all four sides.
        text: Size of prose in points.
        cell: Size in tables in points.
        foot: Page number with ``{page}`` and ``{pages}``, or empty.
        head: Line that stands on top of every sheet, or empty.
        left: Cells are set flush left instead of centred.
        repeats: The header of a table stands on each sheet that it goes on to.
        cuts: A row is cut by the end of a sheet: its label is begun on one and ended on the next.
        late: The figures of a row that is cut stand on the second sheet.
    """

    width: float = 210.0
    height: float = 297.0
    margin: float = 26.0
    text: float = 16.0
    cell: float = 9.0
    foot: str = "— {page} —"
    head: str = ""
    left: bool = False
    repeats: bool = False
    cuts: bool = False
    late: bool = False


@dataclass(frozen=True)
class Run:
    """One line of text; ``y`` is the line that it stands on, ``size`` the em."""

    text: str
    x: float
    y: float
    size: float
    font: str


@dataclass(frozen=True)
class Frame:
    """The part of a cell that is on one sheet."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass
class Sheet:
    """One sheet of paper."""

    runs: list[Run] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)


@dataclass(frozen=True)
class _Cell:
    text: str
    row: int
    column: int
    rows: int
    columns: int


def style(chance: Random) -> Style:
    """Draw a manner of setting reports."""
    wide = chance.random() < 0.1
    return Style(
        width=297.0 if wide else 210.0,
        height=210.0 if wide else 297.0,
        margin=chance.choice((20.0, 25.4, 28.0, 31.8)),
        text=chance.choice((12.0, 14.0, 16.0)),
        cell=chance.choice((7.5, 9.0, 10.5)),
        foot=chance.choice(_FEET),
        head="" if chance.random() < 0.7 else "政府信息公开工作年度报告",
        left=chance.random() < 0.3,
    )


def width(text: str, size: float) -> float:
    """The width of a line: Chinese signs fill an em, others half of it."""
    return sum(1.0 if ord(sign) > 0xFF else 0.5 for sign in text) * size


def sheets(printed: Printed, manner: Style) -> list[Sheet]:
    """Lay a report out.

    Args:
        printed: The report.
        manner: How it is set.

    Returns:
        Its sheets. A row that does not fit goes to the next one; a cell that spans rows of two
        sheets is drawn on both, with its text where it begins.
    """
    setter = _Setter(manner)
    setter.lines(printed.title, 22.0, "方正小标宋简体", centred=True)
    for block in printed.blocks:
        if isinstance(block, Table):
            setter.table(block.grid)
        elif isinstance(block, Heading):
            setter.lines(block.text, manner.text, "黑体", indent=2)
        else:
            setter.lines(block.text, manner.text, "仿宋", indent=2)
    for line in printed.signature:
        setter.lines(line, manner.text, "仿宋", right=True)
    return setter.finished()


class _Setter:
    def __init__(self, manner: Style) -> None:
        self._manner = manner
        self._sheets = [Sheet()]
        self._y = manner.margin
        self._bottom = manner.height - manner.margin
        self._room = manner.width - 2 * manner.margin
        self._held: set[_Cell] = set()  # cells of a cut row that stand on the second sheet

    def lines(
        self, text: str, points: float, font: str, *, indent: int = 0, centred: bool = False,
        right: bool = False,
    ) -> None:
        size = points * _POINT
        first = "\u3000" * indent + text
        for number, line in enumerate(_broken(first, size, self._room)):
            if self._y + size * _LEADING > self._bottom:
                self._turn()
            shown = line.lstrip("\u3000") if number == 0 else line
            x = self._manner.margin + width(line, size) - width(shown, size)
            free = self._room - width(shown, size)
            x += free / 2 if centred else free if right else 0.0
            self._sheets[-1].runs.append(Run(shown, x, self._y + size * 1.1, size, font))
            self._y += size * _LEADING

    def table(self, grid: Grid) -> None:
        cells = _cells(grid)
        size = self._manner.cell * _POINT
        edges = _columns(cells, self._room, self._manner.margin, size)
        texts = {
            cell: _broken(cell.text, size, edges[cell.column + cell.columns] - edges[cell.column]
                          - 2 * _PADDING) if cell.text else []
            for cell in cells
        }
        heights = _rows(cells, texts, size)
        header = _header(grid) if self._manner.repeats else 0
        kept = {cell: list(texts[cell]) for cell in cells if cell.row < header}
        self._y += 2.0
        begin, tops, row = 0, [0.0], 0
        while row < len(heights):
            room = self._bottom - self._y - tops[-1]
            if heights[row] > room and self._manner.cuts and row > header:
                cut = _cut(cells, texts, heights, row, room, size)
                if cut is not None:
                    cells, texts = cut
                    if self._manner.late:
                        self._held |= {cell for cell in cells if cell.row == row and cell.rows == 2
                                       and len(texts[cell]) == 1}
            if heights[row] > room and (tops[-1] or self._y > 60):
                self._part(cells, texts, edges, begin, tops)
                self._turn()
                begin, tops = row, [0.0]
                if 0 < header < row:
                    self._part(list(kept), dict(kept), edges, 0, _tops(heights[:header]))
                    self._y += sum(heights[:header])
            tops.append(tops[-1] + heights[row])
            row += 1
        self._part(cells, texts, edges, begin, tops)
        self._y += tops[-1] + 4.0

    def _part(
        self, cells: list[_Cell], texts: dict[_Cell, list[str]], edges: list[float], begin: int,
        tops: list[float],
    ) -> None:
        """Draw the rows from ``begin`` on that ``tops`` has the upper edges of."""
        end = begin + len(tops) - 1
        size = self._manner.cell * _POINT
        for cell in cells:
            first, last = max(cell.row, begin), min(cell.row + cell.rows, end)
            if first >= last:
                continue
            y0, y1 = self._y + tops[first - begin], self._y + tops[last - begin]
            x0, x1 = edges[cell.column], edges[cell.column + cell.columns]
            self._sheets[-1].frames.append(Frame(x0, y0, x1, y1))
            lines = texts[cell]
            fitting = max(1, int((y1 - y0 - _PADDING) / (size * 1.25)))
            if cell in self._held and last < cell.row + cell.rows:
                fitting = 0
            now, texts[cell] = lines[:fitting], lines[fitting:]
            y = (y0 + y1 - len(now) * size * 1.25) / 2 + size * _ASCENT + size * 0.1
            for line in now:
                free = x1 - x0 - width(line, size)
                x = x0 + (_PADDING if self._manner.left and len(now) > 1 else free / 2)
                self._sheets[-1].runs.append(Run(line, x, y, size, "宋体"))
                y += size * 1.25

    def finished(self) -> list[Sheet]:
        manner, size = self._manner, 10.5 * _POINT
        for number, sheet in enumerate(self._sheets, start=1):
            foot = manner.foot.format(page=number, pages=len(self._sheets))
            for text, y in ((foot, manner.height - 14.0), (manner.head, 14.0)):
                if text:
                    x = (manner.width - width(text, size)) / 2
                    sheet.runs.append(Run(text, x, y, size, "宋体"))
        return self._sheets

    def _turn(self) -> None:
        self._sheets.append(Sheet())
        self._y = self._manner.margin


def rules(sheet: Sheet) -> Iterator[Frame]:
    """Yield the lines of a sheet's tables, each once, as frames without thickness."""
    seen: set[Frame] = set()
    for frame in sheet.frames:
        for edge in (
            replace(frame, y1=frame.y0), replace(frame, y0=frame.y1),
            replace(frame, x1=frame.x0), replace(frame, x0=frame.x1),
        ):
            if edge not in seen:
                seen.add(edge)
                yield edge


def _broken(text: str, size: float, room: float) -> list[str]:
    """Break a text into lines that fit; a number or a word is not broken."""
    lines: list[str] = []
    line = ""
    for part in _parts(text):
        if line and width(line + part, size) > room:
            lines.append(line)
            line = ""
        line += part
    return [*lines, line] if line else lines


def _parts(text: str) -> Iterator[str]:
    word = ""
    for sign in text:
        if sign.isascii() and sign.isalnum():
            word += sign
            continue
        if word:
            yield word
            word = ""
        yield sign
    if word:
        yield word


def _cells(grid: Grid) -> list[_Cell]:
    taken: set[tuple[int, int]] = set()
    cells: list[_Cell] = []
    for row, boxes in enumerate(grid):
        column = 0
        for box in boxes:
            while (row, column) in taken:
                column += 1
            rows = min(box.rows, len(grid) - row)
            taken |= {(row + r, column + c) for r in range(rows) for c in range(box.columns)}
            cells.append(_Cell(box.text or "", row, column, rows, box.columns))
            column += box.columns
    return cells


def _columns(cells: list[_Cell], room: float, left: float, size: float) -> list[float]:
    """The edges of the columns: wide enough for their numbers, the rest shared by their words."""
    count = max(cell.column + cell.columns for cell in cells)
    wants = [2.0] * count
    for cell in cells:
        if cell.columns == 1:
            wants[cell.column] = max(wants[cell.column], min(len(cell.text), 9.0) + 1)
    scale = room / sum(wants)
    edges = [left]
    for want in wants:
        edges.append(edges[-1] + want * scale)
    return edges


def _rows(cells: list[_Cell], texts: dict[_Cell, list[str]], size: float) -> list[float]:
    count = max(cell.row + cell.rows for cell in cells)
    heights = [size * 1.25 + 2 * _PADDING] * count
    for cell in sorted(cells, key=lambda one: one.rows):
        need = len(texts[cell]) * size * 1.25 + 2 * _PADDING
        have = sum(heights[cell.row : cell.row + cell.rows])
        if need > have:
            heights[cell.row + cell.rows - 1] += need - have
    return heights


def _header(grid: Grid) -> int:
    """How many rows of labels a table begins with."""
    count = 0
    while count < len(grid) and all(box.label for box in grid[count]):
        count += 1
    return count if count < len(grid) else 0


def _tops(heights: list[float]) -> list[float]:
    tops = [0.0]
    for height in heights:
        tops.append(tops[-1] + height)
    return tops


def _cut(
    cells: list[_Cell], texts: dict[_Cell, list[str]], heights: list[float], row: int,
    room: float, size: float,
) -> tuple[list[_Cell], dict[_Cell, list[str]]] | None:
    """Make two rows of one, the first as high as ``room``; None where a line does not fit in."""
    line = size * 1.25
    own = [len(texts[cell]) for cell in cells if cell.row == row and cell.rows == 1]
    if room < line + 2 * _PADDING or max(own, default=0) < 2:
        return None
    height = heights[row]
    first = (int((room - 2 * _PADDING) / line)) * line + 2 * _PADDING
    heights[row : row + 1] = [first, max(height - first, line) + 2 * _PADDING]
    moved = {
        cell: replace(cell, row=cell.row + (cell.row > row),
                      rows=cell.rows + (cell.row <= row < cell.row + cell.rows))
        for cell in cells
    }
    return list(moved.values()), {moved[cell]: lines for cell, lines in texts.items()}
