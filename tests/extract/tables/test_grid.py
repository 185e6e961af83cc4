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
    root = html.fromstring("<div><table><tr><td>outer<table><tr><td>in<td>ner</tr></table></table>")
    assert [grid.rows[0][0].text for grid in grids(root)] == ["outer", "in"]


def test_a_table_that_only_frames_a_value_belongs_to_its_cell() -> None:
    markup = "<table><tr><td><table><tr><td>5</td></tr></table></td><td>6</td></tr></table>"
    root = html.fromstring(f"<div>{markup}</div>")
    assert [cell.text for cell in next(grids(root)).cells(0)] == ["5", "6"]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("12<sup>1</sup>", "12 1"),  # a footnote never lengthens a number
        ("<s>12</s>13", "13"),
        ("1<del>2</del>3", "13"),
        ("5<span style='DISPLAY: none'>9</span>", "5"),
        ("5<span style='mso-hide:all'>9</span>", "5"),
        ("5<span hidden>9</span>", "5"),
        ("&#8203;5&#65279;", "5"),
        ("&#8203;", ""),
        ("总&nbsp;计", "总 计"),
        ("<o:p>7</o:p>", "7"),
    ],
)
def test_a_cell_says_what_a_reader_sees(inside: str, text: str) -> None:
    assert texts(f"<table><tr><td>{inside}</td></tr></table>") == [[text]]


def test_hidden_cells_and_rows_take_no_place() -> None:
    markup = (
        "<table><tr><td colspan=2>a</td><td style='display:none'></td><td>b</td></tr>"
        "<tr style='display:none'><td>0</td><td>0</td><td>0</td></tr>"
        "<tr><td>c</td><td>d</td><td>e</td></tr></table>"
    )
    assert texts(markup) == [["a", "a", "b"], [], ["c", "d", "e"]]
    root = html.fromstring(f"<div>{markup}</div>")
    cells = next(grids(root)).cells(0)
    assert [cell_at(root, cell.at) for cell in cells] == ["a", "b"]


def test_rows_and_cells_inside_wrappers_are_found() -> None:
    markup = "<table><tbody><tr><sdt><td>a</td></sdt><td>b</td></tr></tbody></table>"
    assert texts(markup) == [["a", "b"]]


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
