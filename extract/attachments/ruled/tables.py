"""Ruled tables: the signs of a page put into the cells of its lattices."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from extract.attachments.ruled.lattice import Lattice, LatticeCell
from extract.attachments.ruled.page import Leaf, Picture, Sign
from extract.attachments.ruled.typeset import Line, lines_of

# In type sizes: a place lower or narrower than this holds nothing.
_SLIVER = 0.35
# A line of digits that fills so much of its cell goes on in the next line.
_FULL = 0.8
# Text in a cell of its own, as wide as the table, of so many signs is prose and no caption.
_PROSE = 45
# So far below its cell a line of text still belongs to it.
_OVERFLOW = 0.6
# From the middle of one line to the next within a cell.
_PITCH = 1.5

_SIDES = frozenset({"left", "right"})
_DIGITS = re.compile(r"[\d.,]+")


@dataclass(slots=True, eq=False)
class RuledCell:
    """One cell of a table, with its place in a grid that may grow over pages.

    Attributes:
        text: Its lines, newlines between them.
        at: Its locator.
        row: Its first row.
        column: Its first column.
        height: Rows that it spans.
        width: Columns that it spans.
        sure: 0 where something is shown that could not be read.
    """

    text: str
    at: str
    row: int
    column: int
    height: int
    width: int
    sure: float = 1.0


@dataclass(slots=True, eq=False)
class RuledTable:
    """One table on one page, or joined over several.

    Attributes:
        top: Upper edge, on its first page.
        bottom: Lower edge, on its last page.
        xs: The places of its columns' edges.
        rows: How many rows it has.
        cells: Its cells.
    """

    top: float
    bottom: float
    xs: list[float]
    rows: int
    cells: list[RuledCell] = field(default_factory=list)

    @property
    def is_frame(self) -> bool:
        """Whether it has one column only: lines around prose, no table."""
        return len(self.xs) <= 2


@dataclass(slots=True, eq=False)
class Held:
    """What a lattice holds.

    Attributes:
        lattice: The lattice.
        signs: The signs in each of its cells.
        pictures: The pictures in each of its cells.
        torn: Cells in which a number stands that reaches over a rule.
    """

    lattice: Lattice
    signs: dict[LatticeCell, list[Sign]] = field(default_factory=dict)
    pictures: dict[LatticeCell, list[Picture]] = field(default_factory=dict)
    torn: set[LatticeCell] = field(default_factory=set)


def held(leaf: Leaf, lattices: Sequence[Lattice], unit: float) -> tuple[list[Held], list[Sign]]:
    """Put each sign and picture of a page into the innermost cell around it.

    Args:
        leaf: The page.
        lattices: Its lattices.
        unit: The usual type size.

    Returns:
        What each lattice holds, and the signs outside of all.
    """
    found = [Held(lattice) for lattice in lattices]
    inner = sorted(found, key=lambda one: one.lattice.area)
    outside: list[Sign] = []
    owners: dict[Sign, tuple[Held, LatticeCell]] = {}
    finders = [(one, _finder(one.lattice)) for one in inner]
    for sign in leaf.signs:
        for one, cell_at in finders:
            if one.lattice.holds(sign.center, sign.middle):
                cell = cell_at(sign.center, sign.middle)
                if cell is not None:
                    one.signs.setdefault(cell, []).append(sign)
                    owners[sign] = (one, cell)
                    break
        else:
            outside.append(sign)
    for picture in leaf.pictures:
        x, y = (picture.x0 + picture.x1) / 2, (picture.top + picture.bottom) / 2
        for one, cell_at in finders:
            if one.lattice.holds(x, y) and (cell := cell_at(x, y)) is not None:
                one.pictures.setdefault(cell, []).append(picture)
                break
    _mark_torn(leaf, owners, unit)
    lowest = max(found, key=lambda one: one.lattice.ys[-1], default=None)
    if lowest is not None:
        outside = _take_overflow(lowest, outside, unit)
    return found, outside


def _take_overflow(one: Held, outside: list[Sign], unit: float) -> list[Sign]:
    """Take in what hangs out of a cell below: a page's end may cut a cell and not its text.

    Returns:
        The signs that stay outside.
    """
    bottom, near = one.lattice.ys[-1], _OVERFLOW * unit
    hanging = [sign for sign in outside if bottom - near < sign.top < bottom + near
               and one.lattice.xs[0] < sign.center < one.lattice.xs[-1]]
    taken: set[Sign] = set()
    for line in lines_of(hanging):
        for cell in one.lattice.cells:
            lowest = max((sign.middle for sign in one.signs.get(cell, ())), default=0.0)
            if (cell.x0 - 1 < line.x0 and line.x1 < cell.x1 + 1
                    and cell.x1 - cell.x0 < one.lattice.xs[-1] - one.lattice.xs[0] - unit
                    and cell.bottom >= bottom
                    and line.signs[0].middle - lowest < _PITCH * line.size):
                one.signs[cell] += line.signs
                taken.update(line.signs)
    return [sign for sign in outside if sign not in taken] if taken else outside


def _finder(lattice: Lattice) -> Callable[[float, float], LatticeCell | None]:
    """A fast way from a place to its cell."""
    grid: dict[tuple[int, int], LatticeCell] = {}
    for cell in lattice.cells:
        for r in range(cell.row, cell.row + cell.height):
            for c in range(cell.column, cell.column + cell.width):
                grid[r, c] = cell

    def find(x: float, y: float) -> LatticeCell | None:
        row = min(max(bisect_right(lattice.ys, y) - 1, 0), len(lattice.ys) - 2)
        column = min(max(bisect_right(lattice.xs, x) - 1, 0), len(lattice.xs) - 2)
        return grid.get((row, column))

    return find


def _mark_torn(
    leaf: Leaf, owners: dict[Sign, tuple[Held, LatticeCell]], unit: float
) -> None:
    """Find numbers that a rule goes through: which cell they stand in is not certain."""
    digits = [sign for sign in leaf.signs if sign in owners and _DIGITS.fullmatch(sign.text)]
    digits.sort(key=lambda sign: (round(sign.middle / (0.3 * unit)), sign.x0))
    for before, sign in zip(digits, digits[1:], strict=False):
        if owners[before] == owners[sign] or owners[before][0] is not owners[sign][0]:
            continue
        near = abs(before.middle - sign.middle) < 0.2 * unit
        if near and sign.x0 - before.x1 < 0.08 * unit and sign.x0 > before.x0:
            one = owners[before][0]
            one.torn |= {owners[before][1], owners[sign][1]}


def table_of(one: Held, name: str, unit: float) -> RuledTable:
    """Return the table that a lattice holds.

    Args:
        one: The lattice with its signs.
        name: The locator of the table (``pdf:p3/t1``).
        unit: The usual type size.
    """
    lattice = one.lattice
    used = {side for cell in one.signs for side in cell.open}
    kept: list[LatticeCell] = []
    for cell in lattice.cells:
        thin = min(cell.x1 - cell.x0, cell.bottom - cell.top) < _SLIVER * unit
        # A place beside the table, which lines close on its inner side only.
        sides = cell.open & _SIDES
        beside = bool(sides) and not sides & used
        if cell in one.signs or cell in one.pictures or not (thin or beside):
            kept.append(cell)
    for cell in kept:
        cell.row, cell.height = _trimmed(cell.row, cell.height, lattice.ys, _SLIVER * unit)
        cell.column, cell.width = _trimmed(cell.column, cell.width, lattice.xs, _SLIVER * unit)
    rows = sorted({cell.row for cell in kept})
    columns = sorted({cell.column for cell in kept})
    row_of = {row: index for index, row in enumerate(rows)}
    column_of = {column: index for index, column in enumerate(columns)}
    table = RuledTable(
        lattice.ys[0], lattice.ys[-1],
        [lattice.xs[column] for column in columns] + [lattice.xs[-1]], len(rows),
    )
    numbers: dict[int, int] = {}
    for cell in kept:
        row, column = row_of[cell.row], column_of[cell.column]
        height = bisect_left(rows, cell.row + cell.height) - row
        width = bisect_left(columns, cell.column + cell.width) - column
        numbers[row] = numbers.get(row, 0) + 1
        text = _cell_text(one.signs.get(cell, []), cell)
        sure = 0.0 if cell in one.torn or (not text and cell in one.pictures) else 1.0
        at = f"{name}/r{row + 1}/c{numbers[row]}"
        table.cells.append(RuledCell(text, at, row, column, height, width, sure))
    return table


def _trimmed(first: int, count: int, edges: list[float], sliver: float) -> tuple[int, int]:
    """A span without the slivers at its ends: what a page's end leaves of a row is none."""
    while count > 1 and edges[first + 1] - edges[first] < sliver:
        first, count = first + 1, count - 1
    while count > 1 and edges[first + count] - edges[first + count - 1] < sliver:
        count -= 1
    return first, count


def _cell_text(signs: list[Sign], cell: LatticeCell) -> str:
    lines = lines_of(signs)
    if not lines:
        return ""
    text = lines[0].text
    for before, line in zip(lines, lines[1:], strict=False):
        text += ("" if _goes_on(before, line, cell) else "\n") + line.text
    return text


def _goes_on(before: Line, line: Line, cell: LatticeCell) -> bool:
    """Tell whether a number was too long for its cell and goes on in the next line."""
    return (
        _DIGITS.fullmatch(before.text) is not None
        and _DIGITS.fullmatch(line.text) is not None
        and len(before.text) > 2
        and before.x1 - before.x0 > _FULL * (cell.x1 - cell.x0)
    )


def is_prose(cell: RuledCell, table: RuledTable) -> bool:
    """Tell whether a cell as wide as its table holds a paragraph instead of a caption."""
    return cell.width == len(table.xs) - 1 and len(cell.text) > _PROSE
