"""Cells between lines, however the lines are drawn."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.attachments.ruled.lattice import Lattice, lattices
from extract.attachments.ruled.page import Rule, rules_of_box

UNIT = 10.0


def lying(y: float, x0: float = 0, x1: float = 300) -> Rule:
    return Rule(x0, y, x1, y)


def standing(x: float, y0: float = 0, y1: float = 60) -> Rule:
    return Rule(x, y0, x, y1)


def shape(lattice: Lattice) -> list[tuple[int, int, int, int]]:
    return [(one.row, one.column, one.height, one.width) for one in lattice.cells]


GRID = [lying(0), lying(30), lying(60), standing(0), standing(100), standing(200), standing(300)]
SIX = [(r, c, 1, 1) for r in range(2) for c in range(3)]


def one(rules: list[Rule]) -> Lattice:
    (found,) = lattices(rules, UNIT)
    return found


def test_places_between_lines_are_cells() -> None:
    assert shape(one(GRID)) == SIX


def test_a_missing_line_joins_two_places() -> None:
    assert shape(one([lying(0), lying(30), lying(60), standing(0), standing(100, 30, 60),
                      standing(200), standing(300)])) == [
        (0, 0, 1, 2), (0, 2, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1), (1, 2, 1, 1)
    ]


def test_dashes_and_dots_are_lines() -> None:
    dashes = [Rule(x, 30, x + 2, 30.5) for x in range(0, 300, 5)]
    dots = [Rule(100, y, 101, y + 1) for y in range(0, 60, 3)]
    rest = [rule for index, rule in enumerate(GRID) if index not in (1, 4)]
    assert shape(one([*rest, *dashes, *dots])) == SIX


def test_a_double_line_is_one() -> None:
    assert shape(one([*GRID, lying(2), lying(32), standing(102), standing(298)])) == SIX


def test_thick_bars_are_lines() -> None:
    bars = [Rule(min(r.x0, r.x1) - 0.5, r.top - 0.5, r.x1 + 0.5, r.bottom + 0.5) for r in GRID]
    assert shape(one(bars)) == SIX


def test_lines_missing_at_the_edges_do_no_harm() -> None:
    """As at the sides of an open table, and at the foot of a page that cuts one."""
    inner = [lying(0), lying(30), standing(100), standing(200)]
    lattice = one(inner)
    assert shape(lattice) == SIX
    assert {side for cell in lattice.cells for side in cell.open} == {"left", "right", "bottom"}


def test_a_caption_row_of_an_open_table_belongs_to_it() -> None:
    rules = [lying(0), lying(30), lying(60), lying(90), standing(100, 0, 30),
             standing(150, 60, 90)]
    assert shape(one(rules)) == [
        (0, 0, 1, 1), (0, 1, 1, 2), (1, 0, 1, 3), (2, 0, 1, 2), (2, 2, 1, 1)
    ]


def test_a_cell_that_is_no_rectangle_is_cut_and_counted() -> None:
    rules = [lying(0), lying(60), lying(30, 100, 300), standing(0), standing(300),
             standing(100, 30, 60), standing(200)]
    lattice = one(rules)
    assert lattice.ragged
    assert sum(cell.height * cell.width for cell in lattice.cells) == 6


def test_tables_apart_are_apart_and_a_frame_holds_them() -> None:
    frame = rules_of_box(-50, -50, 400, 400)
    below = [Rule(r.x0, r.top + 120, r.x1, r.bottom + 120) for r in GRID]
    found = lattices([*frame, *GRID, *below], UNIT)
    assert [len(lattice.cells) for lattice in found] == [1, 6, 6]


def test_a_page_of_hatching_is_no_table() -> None:
    assert lattices([lying(y / 50) for y in range(50_000)], UNIT) == []


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.floats(8, 60), min_size=1, max_size=6),
    st.lists(st.floats(15, 90), min_size=1, max_size=6),
    st.floats(0.3, 40),
    st.randoms(use_true_random=False),
)
def test_every_grid_is_found(
    heights: list[float], widths: list[float], scale: float, dice: object
) -> None:
    """Rows and columns of any size in any unit, the lines drawn in pieces and in any order."""
    ys = [sum(heights[:n]) for n in range(len(heights) + 1)]
    xs = [sum(widths[:n]) for n in range(len(widths) + 1)]
    pieces = [rule for top, bottom in zip(ys, ys[1:], strict=False)
              for left, right in zip(xs, xs[1:], strict=False)
              for rule in rules_of_box(left, top, right, bottom)]
    dice.shuffle(pieces)  # type: ignore[attr-defined]  # hypothesis gives a Random
    scaled = [Rule(r.x0 * scale, r.top * scale, r.x1 * scale, r.bottom * scale) for r in pieces]
    (found,) = lattices(scaled, UNIT * scale)
    assert shape(found) == [(r, c, 1, 1) for r in range(len(heights)) for c in range(len(widths))]
