"""No two labels of one axis are ever confused, over all pairs and all edits between them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations

import pytest
from rapidfuzz.distance import Levenshtein

from extract import formats
from extract.tables import labels
from extract.tables.labels import T2, T3, find_column, match_column, match_row, normal

Axis = dict[str, set[str]]  # key → its printed labels in comparison form


def row_axes() -> dict[str, tuple[tuple[str, ...], str | None, Axis]]:
    """Axis name → tables, parent, keys: the rows that one cell may be compared with."""
    axes: dict[str, tuple[tuple[str, ...], str | None, Axis]] = {"t2": (T2, None, {})}
    for form in formats.NATIONAL:
        for table, spec in formats.forms()[form].tables.items():
            for row in spec.rows:
                if table == T3:
                    name = f"{T3}/{row.parent}"
                    axes.setdefault(name, ((T3,), row.parent, {}))
                elif table in T2:
                    name = "t2"
                else:
                    continue
                axes[name][2].setdefault(row.key, set()).update(map(normal, row.labels))
    return axes


def column_axes() -> dict[str, Axis]:
    axes: dict[str, Axis] = {T3: {}, "t2": {}}
    for form in formats.NATIONAL:
        for table, spec in formats.forms()[form].tables.items():
            if table in (T3, *T2):
                axis = axes[T3 if table == T3 else "t2"]
                for column in spec.columns:
                    axis.setdefault(column.key, set()).update(map(normal, column.labels))
    return axes


def on_the_way(one: str, other: str, most: int = 2) -> Iterator[str]:
    """Every text that up to two edits of a shortest way make of one label, towards the other."""
    edits = list(Levenshtein.editops(one, other))
    for count in range(1, min(most, len(edits)) + 1):
        for chosen in combinations(edits, count):
            yield _apply(one, other, chosen)


def _apply(one: str, other: str, edits: tuple) -> str:
    text, moved = list(one), 0
    for edit in edits:
        at = edit.src_pos + moved
        if edit.tag == "replace":
            text[at] = other[edit.dest_pos]
        elif edit.tag == "insert":
            text.insert(at, other[edit.dest_pos])
            moved += 1
        else:
            del text[at]
            moved -= 1
    return "".join(text)


@pytest.mark.parametrize("name", row_axes())
def test_no_row_becomes_another_on_the_way_to_it(name: str) -> None:
    tables, parent, axis = row_axes()[name]
    parents = {parent, None} if parent else {None}
    for one, other in permutations(axis, 2):
        for label in axis[one]:
            for text in {t for goal in axis[other] for t in on_the_way(label, goal)}:
                for under in parents:
                    match = match_row(text, tables, under)
                    read_as_other = match is not None and match.key == other
                    assert not read_as_other or _is_own(text, axis[other]), (label, text, under)


@pytest.mark.parametrize("name", column_axes())
def test_no_column_becomes_another_on_the_way_to_it(name: str) -> None:
    axis = column_axes()[name]
    for one, other in permutations(axis, 2):
        for label in axis[one]:
            for text in {t for goal in axis[other] for t in on_the_way(label, goal)}:
                if name == T3:
                    match = match_column(text, T3)
                    key = match.key if match else None
                else:
                    key = find_column(text, T2)
                assert key != other or _is_own(text, axis[other]), (label, text)


def _is_own(text: str, printed: set[str]) -> bool:
    """Tell whether a text is a label of the row, but for its ordinal and its remark."""
    def bare(label: str) -> str:
        body = labels.split_ordinal(normal(label))[1]
        return labels._REMARK.sub("", body)

    return bare(text) in {bare(label) for label in printed}


@pytest.mark.parametrize("name", row_axes())
def test_rows_of_one_axis_have_no_label_in_common(name: str) -> None:
    _, _, axis = row_axes()[name]
    for one, other in combinations(axis, 2):
        assert not axis[one] & axis[other], (one, other)


def test_the_alike_labels_that_the_margin_is_for_are_refused_halfway() -> None:
    halfway = ("本年废发件数", "本年制止件数", "行政处制", "行政强罚", "采一项目数量", "某予公开")
    for text in halfway:
        assert find_column(text, T2) is None
        assert match_row(text, (T3, *T2)) is None
