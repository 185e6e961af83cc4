import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from extract.tables.grid import cell_at, grids


def only(markup: str):
    return next(iter(grids(html.fromstring(f"<div>{markup}</div>"))))


def texts(markup: str) -> list[list[str | None]]:
    return [[cell.text if cell else None for cell in row] for row in only(markup).rows]


def test_spans_are_laid_out_as_the_html_standard_says() -> None:
    rows = texts(
        "<table><tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d<tr><td rowspan=0>e<td>f</table>"
    )
    assert rows == [["a", "b", "b"], ["a", "c", "d"], ["e", "f"]]


def test_blocks_make_lines_and_inline_markup_does_not() -> None:
    markup = "<table><tr><td><p>&nbsp;</p><p><span>2</span><font>6</font></p></td></tr></table>"
    assert texts(markup) == [["26"]]
    assert texts("<table><tr><td>商业<br>企业</td></tr></table>") == [["商业\n企业"]]


def test_a_nested_table_is_not_part_of_its_outer_cell() -> None:
    root = html.fromstring(
        "<div><table><tr><td>outer<table><tr><td>inner</td></tr></table></td></tr></table></div>"
    )
    assert [grid.rows[0][0].text for grid in grids(root)] == ["outer", "inner"]


def test_every_cell_leads_back_to_its_text() -> None:
    root = html.fromstring(
        "<div><table><tr><td>x</td></tr></table><table><tbody><tr><td rowspan=2>1<td>2"
        "<tr><td>3</table></div>"
    )
    for grid in grids(root):
        for row in grid.rows:
            for cell in row:
                assert cell is not None
                assert cell_at(root, cell.at) == cell.text


def test_a_locator_of_nothing_is_an_error() -> None:
    root = html.fromstring("<div><table><tr><td>x</td></tr></table></div>")
    for at in ("html:t2/r1/c1", "html:t1/r9/c1", "html:t1/r1/c9"):
        with pytest.raises(LookupError):
            cell_at(root, at)


def test_a_hostile_table_is_cut_and_says_so() -> None:
    rows = "".join(f"<tr>{'<td rowspan=900 colspan=300>x' * 3}</tr>" for _ in range(900))
    grid = only(f"<table>{rows}</table>")
    assert grid.cut
    assert sum(len(row) for row in grid.rows) <= 400_000


@given(st.lists(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 4)), max_size=5), max_size=6))
def test_any_spans_make_a_grid_in_which_cells_keep_their_order(spans) -> None:
    markup = "".join(
        "<tr>"
        + "".join(f"<td colspan={w} rowspan={h}>{r}.{c}</td>" for c, (w, h) in enumerate(row))
        + "</tr>"
        for r, row in enumerate(spans)
    )
    grid = only(f"<table>{markup}</table>")
    for r in range(len(grid.rows)):
        own = [cell for cell in grid.cells(r) if cell.row == r]
        assert [cell.column for cell in own] == sorted(cell.column for cell in own)
