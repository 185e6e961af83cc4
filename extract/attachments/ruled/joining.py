"""Tables that go on on the next page are one table, and rows that the page cuts are one row.

A program that breaks a table repeats its header or does not; it breaks between two rows, or within
one, and then a label may be begun on one page and ended on the next, its numbers standing with
either half. What was one cell is told by the forms' own labels: two halves are one label only if
they make a better one together.
"""

from __future__ import annotations

from dataclasses import replace

from extract.attachments.ruled.tables import RuledCell, RuledTable
from extract.tables import labels
from extract.tables.number import read_number

# In type sizes: the edges of one table's columns may stand so far apart on two pages.
_EDGE = 0.5
_WIDTHS = 1.5
# So many figures make a row of them.
_FIGURES = 2
_RANK = {"near": 1, "remark": 2, "exact": 3}


def may_go_on(above: RuledTable, below: RuledTable, unit: float) -> bool:
    """Tell whether the first table of a page can continue the last one of the page before."""
    wide = above.xs[-1] - above.xs[0], below.xs[-1] - below.xs[0]
    return abs(wide[0] - wide[1]) <= _WIDTHS * unit


def join(above: RuledTable, below: RuledTable, unit: float) -> RuledTable:
    """Return one table made of two, ``below`` standing on the next page.

    Args:
        above: The table, or what was joined of it so far.
        below: What follows on the next page.
        unit: The usual type size.
    """
    xs = _edges(above, below, unit)
    cells = above.cells
    if xs != above.xs:
        cells = [_moved(cell, above.xs, xs, 0.0) for cell in cells]
    shift = above.xs[0] - below.xs[0]
    tail = [_moved(cell, below.xs, xs, shift) for cell in below.cells]
    repeated = _repeated_header(cells, tail, above.rows, below.rows)
    tail = [replace(cell, row=cell.row - repeated) for cell in tail if cell.row >= repeated]
    whole = RuledTable(above.top, below.bottom, xs, above.rows + below.rows - repeated, cells)
    if not tail:
        return whole
    last = above.rows - 1
    pairs = _pairs(cells, tail, last)
    cut = _is_cut(cells, tail, last, pairs)
    if not cut:
        _doubt(_row(cells, last), _row(tail, 0))
    down = last if cut else above.rows
    gone: set[int] = set()
    for upper, lower in pairs:
        if cut or _is_one(upper, lower, tail):
            _merge(upper, lower, down)
            gone.add(id(lower))
    whole.rows -= cut
    whole.cells += [
        replace(cell, row=cell.row + down) for cell in tail if id(cell) not in gone
    ]
    return whole


def _edges(above: RuledTable, below: RuledTable, unit: float) -> list[float]:
    shift = above.xs[0] - below.xs[0]
    edges = list(above.xs)
    for x in below.xs:
        if all(abs(x + shift - one) > _EDGE * unit for one in edges):
            edges.append(x + shift)
    edges.sort()
    return edges


def _moved(cell: RuledCell, old: list[float], new: list[float], shift: float) -> RuledCell:
    """The cell in a grid of more columns."""

    def nearest(x: float) -> int:
        return min(range(len(new)), key=lambda index: abs(new[index] - x - shift))

    start, end = nearest(old[cell.column]), nearest(old[cell.column + cell.width])
    return replace(cell, column=start, width=max(1, end - start))


def _row(cells: list[RuledCell], number: int) -> list[RuledCell]:
    covering = [one for one in cells if one.row <= number < one.row + one.height]
    return sorted(covering, key=lambda one: one.column)


def _repeated_header(
    cells: list[RuledCell], tail: list[RuledCell], above: int, below: int
) -> int:
    """How many rows at the head of a page repeat those at the head of the table."""
    count = 0
    for number in range(min(above, below)):
        ours, theirs = _row(cells, number), _row(tail, number)
        texts = [labels.normal(cell.text) for cell in ours]
        if texts != [labels.normal(cell.text) for cell in theirs] or not any(texts):
            break
        if any(read_number(cell.text).value is not None for cell in theirs):
            break
        count += 1
    # A cell that reaches from the header into the rows is cut by neither.
    while count and any(one.row < count < one.row + one.height for one in (*tail, *cells)):
        count -= 1
    return count


def doubt(above: RuledTable, below: RuledTable) -> None:
    """Doubt the blank cells of a page's last row if the next page's first row has lost its label.

    Its figures may be theirs: then the row was cut, and in a way that could not be told.
    """
    _doubt(_row(above.cells, above.rows - 1), _row(below.cells, 0))


def _doubt(last: list[RuledCell], first: list[RuledCell]) -> None:
    if sum(map(_is_number, first)) < _FIGURES or any(map(_is_number, last)):
        return
    label = next((cell.text for cell in reversed(first) if cell.text and not _is_number(cell)), "")
    blank = [cell for cell in last if not cell.text]
    if not _rank(label) and len(blank) < len(last):
        for cell in blank:
            cell.sure = 0.0


Pair = tuple[RuledCell, RuledCell]


def _pairs(cells: list[RuledCell], tail: list[RuledCell], last: int) -> list[Pair]:
    """The cells of the last row and of the next page's first one that have the same columns."""
    upper = {(cell.column, cell.width): cell for cell in _row(cells, last)}
    return [
        (upper[cell.column, cell.width], cell)
        for cell in _row(tail, 0) if (cell.column, cell.width) in upper
    ]


def _is_cut(
    cells: list[RuledCell], tail: list[RuledCell], last: int, pairs: list[Pair]
) -> bool:
    """Tell whether the page cuts a row: its halves are two rows to the eye, but one to the form."""
    if len(pairs) < len(_row(tail, 0)) or len(pairs) < len(_row(cells, last)):
        return False
    both = [(upper.text, lower.text) for upper, lower in pairs if upper.text and lower.text]
    if any(_is_number(cell) for pair in pairs if pair[0].text and pair[1].text for cell in pair):
        return False
    halves = [pair for pair in both if labels.normal(pair[0]) != labels.normal(pair[1])]
    made = [pair for pair in halves if _makes_one(*pair)]
    if any(_rank(pair[1]) for pair in halves if pair not in made):
        return False  # a label of its own
    if made or halves:
        return bool(made)
    if not all(any(pair[side].text for pair in pairs) for side in (0, 1)):
        return True  # an empty strip of a row that ends or begins with the page
    return _is_shared(pairs)


def _is_shared(pairs: list[Pair]) -> bool:
    """Tell whether a label stands on one page and its figures on the other."""
    numbers = [index for index, pair in enumerate(pairs) if any(map(_is_number, pair))]
    if not numbers:
        return False
    sides = {side for index in numbers for side in (0, 1) if pairs[index][side].text}
    if sides == {0, 1}:
        return True  # no figure stands on both
    named = [pair for pair in pairs[: numbers[0]] if pair[0].text or pair[1].text]
    if not named:
        return False
    upper, lower = pairs[numbers[0] - 1] if numbers[0] else named[-1]
    if upper.text or lower.text:
        return (0 if upper.text else 1) not in sides
    return True


def _is_one(upper: RuledCell, lower: RuledCell, tail: list[RuledCell]) -> bool:
    """Tell whether a cell that spans rows goes on on the next page."""
    beside = [one for one in _row(tail, 0) if one.column > lower.column]
    label = next((one for one in beside if one.text), None)
    if label is None or _is_number(label) or _is_number(upper) or _is_number(lower):
        return False
    if not lower.text or not upper.text:
        return lower.text != upper.text or lower.height > 1
    same = labels.normal(lower.text) == labels.normal(upper.text)
    return (same and upper.height > 1) or _makes_one(upper.text, lower.text)


def _merge(upper: RuledCell, lower: RuledCell, down: int) -> None:
    upper.height = max(upper.height, down + lower.row + lower.height - upper.row)
    upper.sure = min(upper.sure, lower.sure)
    if not lower.text or labels.normal(lower.text) == labels.normal(upper.text):
        return
    upper.at = f"{upper.at}+{lower.at.split(':', 1)[1]}" if upper.text else lower.at
    upper.text = f"{upper.text}\n{lower.text}".strip()


def _is_number(cell: RuledCell) -> bool:
    # Whatever stands for a number counts as one: 无, /, —.
    return bool(cell.text) and read_number(cell.text).missing != "unparsed"


def _makes_one(head: str, tail: str) -> bool:
    """Tell whether two texts are a better label of the forms together than either is alone."""
    parts = _rank(head), _rank(tail)
    return 0 < _rank(head + tail) >= max(parts) and min(parts) == 0


def _rank(text: str) -> int:
    tables = (labels.T3, *labels.T2)
    found = labels.match_row(text, tables) or labels.match_row(text, (labels.T3,), None)
    columns = [labels.match_column(text, table) for table in tables]
    ranks = [_RANK[match.quality] for match in (found, *columns) if match]
    header = (
        labels.header_label(text, labels.T3) or labels.review_label(text) or labels.caption(text)
    )
    return max(ranks, default=3 if header else 0)
