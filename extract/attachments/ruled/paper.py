"""Laid-out pages become paper: paragraphs and tables in reading order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby

from extract.attachments.paper import Block, Box, Paper, Paragraph, Sheet
from extract.attachments.ruled.columns import in_columns
from extract.attachments.ruled.furniture import Margins, furniture
from extract.attachments.ruled.joining import doubt, join, may_go_on
from extract.attachments.ruled.lattice import lattices
from extract.attachments.ruled.page import Leaf, Picture, usual_size
from extract.attachments.ruled.paragraphs import column_of, paragraphs, text_of
from extract.attachments.ruled.tables import RuledCell, RuledTable, held, is_prose, table_of
from extract.attachments.ruled.typeset import Line, lines_of, once
from extract.attachments.ruled.unruled import loose_texts
from extract.record import Issue
from extract.tables.labels import is_aside

Look = Callable[[int, Picture], list[Block]]
"""Reads a picture that stands on a page, by the page's number: what it shows."""

# Of a page: a picture so wide and so high may show a table. Signs on it make it a background.
_WIDE = 0.3
_HIGH = 0.05
_ON_IT = 5


@dataclass(slots=True, eq=False)
class _Page:
    number: int
    height: float
    unit: float
    lines: list[Line]
    tables: list[RuledTable]
    ragged: int
    pictures: list[Picture]


@dataclass(slots=True, eq=False)
class _Flow:
    """What was set so far: prose lines that wait for more, or blocks."""

    scheme: str
    blocks: list[Block] = field(default_factory=list)
    table: RuledTable | None = None  # the last block, while it may go on
    unit: float = 0.0
    lines: list[tuple[int, int, Line]] = field(default_factory=list)  # page, number, line
    texts: dict[Line, str] = field(default_factory=dict)  # of lines without a paragraph


def paper_of(leaves: Iterable[Leaf], scheme: str, look: Look | None = None) -> Paper:
    """Return what laid-out pages show.

    Args:
        leaves: The pages, in order.
        scheme: What locators begin with (``pdf``, ``ofd``): ``pdf:p3/t1/r5/c2`` names page, table
            on the page, row, and cell in it; ``pdf:p3/l7`` the line that a paragraph begins with.
        look: Reads the large pictures between the text; without it they are passed over.

    Returns:
        Paragraphs and tables in reading order, tables joined over pages. Page numbers, running
        heads and signs drawn twice are left out.
    """
    pages = [_page(leaf, scheme) for leaf in leaves]
    left_out = furniture([Margins(page.number, page.height, page.lines, _inner(page))
                          for page in pages])
    paper = Paper()
    flow = _Flow(scheme)
    for page in pages:
        page.lines = [line for line in page.lines if line not in left_out]
    flow.texts = loose_texts([line for page in pages for line in page.lines])
    for page in pages:
        _set(page, flow, look)
    _end_table(flow)
    _end_prose(flow)
    paper.blocks = flow.blocks
    ragged = sum(page.ragged for page in pages)
    if ragged:
        detail = f"{ragged} cells of ruled tables are no rectangles"
        paper.issues.append(Issue("rules_unclear", detail))
    return paper


def _page(leaf: Leaf, scheme: str) -> _Page:
    leaf.signs = once(leaf.signs)
    unit = usual_size(leaf.signs)
    kept, outside = held(leaf, lattices(leaf.rules, unit), unit)
    tables: list[RuledTable] = []
    ragged = 0
    for one in kept:
        table = table_of(one, f"{scheme}:p{leaf.number}/t{len(tables) + 1}", unit)
        if table.is_frame or not one.signs:
            outside += [sign for signs in one.signs.values() for sign in signs]
            continue
        tables.append(table)
        ragged += one.lattice.ragged
    pictures = large_pictures(leaf)
    in_cells = {picture for one in kept for some in one.pictures.values() for picture in some}
    free = [picture for picture in pictures if picture not in in_cells]
    lines = in_columns(lines_of(outside), leaf.width)
    return _Page(leaf.number, leaf.height, unit, lines, tables, ragged, free)


def large_pictures(leaf: Leaf) -> list[Picture]:
    """Return the pictures of a page that may show a table: large, and no ground below text."""
    return [
        one for one in leaf.pictures
        if one.x1 - one.x0 > _WIDE * leaf.width and one.bottom - one.top > _HIGH * leaf.height
        and sum(one.x0 < sign.center < one.x1 and one.top < sign.middle < one.bottom
                for sign in leaf.signs) < _ON_IT
    ]


def _inner(page: _Page) -> tuple[float, float] | None:
    if not page.tables:
        return None
    return (min(table.top for table in page.tables), max(table.bottom for table in page.tables))


def _set(page: _Page, flow: _Flow, look: Look | None) -> None:
    """Set one page behind the others."""
    items: list[tuple[float, int, Line | RuledTable | Picture]] = [
        (line.middle if line.place is None else line.place, index, line)
        for index, line in enumerate(page.lines)
    ]
    items += [(table.top, index, table) for index, table in enumerate(page.tables)]
    if look is not None:
        items += [(picture.top, index, picture) for index, picture in enumerate(page.pictures)]
    items.sort(key=lambda item: (item[0], isinstance(item[2], Line), item[1]))
    for index, (_, number, item) in enumerate(items):
        if isinstance(item, Line):
            if index == 0 and flow.table is not None and is_aside(item.text):
                items[0] = items[0][0], -1, item  # 续表: the table goes on below it
                continue
            _end_table(flow)
            flow.lines.append((page.number, number + 1, item))
            continue
        if isinstance(item, Picture):
            _end_table(flow)
            _end_prose(flow)
            flow.blocks += look(page.number, item) if look is not None else ()
            continue
        first = index == 0 or (index == 1 and items[0][1] == -1)
        if first and flow.table is not None:
            if may_go_on(flow.table, item, page.unit):
                flow.table = join(flow.table, item, page.unit)
                continue
            doubt(flow.table, item)
        _end_table(flow)
        _end_prose(flow)
        flow.table, flow.unit = item, page.unit


def _end_prose(flow: _Flow) -> None:
    if not flow.lines:
        return
    names = {line: f"{flow.scheme}:p{page}/l{number}" for page, number, line in flow.lines}
    for _, run in groupby(names, key=lambda line: line.column):
        lines = list(run)
        for paragraph in paragraphs(lines, column_of(lines)):
            first = paragraph[0]
            alone = flow.texts.get(first) if len(paragraph) == 1 else None
            flow.blocks.append(Paragraph(alone or text_of(paragraph), names[first]))
    flow.lines.clear()


def _end_table(flow: _Flow) -> None:
    """Set the table that goes on no further; prose in cells as wide as it becomes paragraphs."""
    table, flow.table = flow.table, None
    if table is None:
        return
    rows: list[tuple[Box, ...]] = []
    begins: dict[int, list[RuledCell]] = defaultdict(list)
    for cell in table.cells:
        begins[cell.row].append(cell)
    for number in range(table.rows):
        begun = sorted(begins[number], key=lambda cell: cell.column)
        if len(begun) == 1 and is_prose(begun[0], table):
            _end_sheet(flow, rows)
            flow.blocks.append(Paragraph("".join(begun[0].text.split("\n")), begun[0].at))
            continue
        rows.append(tuple(
            Box(cell.text, cell.at, cell.width, cell.height, cell.sure) for cell in begun
        ))
    _end_sheet(flow, rows)


def _end_sheet(flow: _Flow, rows: list[tuple[Box, ...]]) -> None:
    if any(rows):
        flow.blocks.append(Sheet(tuple(rows)))
    rows.clear()
