"""Every layout reads whole; every damage ends right or flagged, never silently wrong.

``GOV_REPORTS_EXAMPLES=5000 pytest tests/extract/test_mutations.py`` tries thousands.
"""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.read import read
from extract.record import Record, Source, cells
from tests.extract import sheets
from tests.extract.mutations import DAMAGES, LAYOUTS, Mutation, mutate
from tests.extract.sheets import NEW, OLD, Values
from tests.extract.tables.test_markup import raws
from tests.extract.test_read import page

EXAMPLES = int(os.environ.get("GOV_REPORTS_EXAMPLES", "120"))


def name(mutation: Mutation) -> str:
    return mutation.__name__


def record_of(values: Values, form: str, mutations: list[Mutation], seed: int) -> Record:
    (record,) = read(page(mutate(sheets.report(values, form), mutations, seed)), Source())
    return record


def silently_wrong(record: Record, values: Values) -> list[str]:
    """Cells with another value than the truth's, that no issue and no failed check points at."""
    suspect = {path for one in record.checks if one.verdict != "pass" for path in one.cells}
    places = {issue.at.rsplit("/", 1)[0] for issue in record.issues if issue.at}
    doubtful = {issue.detail for issue in record.issues if issue.code == "doubtful_row"}
    wrong = []
    for table, row, column, cell in cells(record.tables):
        expected = values.get(table, {}).get(row, {}).get(column)
        path = f"{table}/{row}/{column}"
        flagged = (path in suspect or cell.at.rsplit("/", 1)[0] in places
                   or f"{table}/{row}" in doubtful)
        if cell.missing is None and cell.raw != expected and not flagged:
            wrong.append(f"{path}: {cell.raw} for {expected} at {cell.at}")
    return wrong


@pytest.mark.parametrize("form", [NEW, OLD])
@pytest.mark.parametrize("layout", LAYOUTS, ids=name)
@pytest.mark.parametrize("seed", range(3))
def test_a_layout_changes_nothing(layout: Mutation, form: str, seed: int) -> None:
    values = sheets.numbers(form, seed)
    record = record_of(values, form, [layout], seed)
    assert raws(record.tables) == values
    assert not [one for one in record.checks if one.verdict != "pass"]


@settings(max_examples=EXAMPLES // 2, deadline=None)
@given(st.integers(0, 10**6), st.lists(st.sampled_from(LAYOUTS), min_size=2, max_size=4,
                                       unique=True))
def test_layouts_together_change_nothing(seed: int, layouts: list[Mutation]) -> None:
    values = sheets.numbers(NEW, seed)
    record = record_of(values, NEW, sorted(layouts, key=LAYOUTS.index), seed)
    assert raws(record.tables) == values


@pytest.mark.parametrize("damage", DAMAGES, ids=name)
@pytest.mark.parametrize("seed", range(12))
def test_a_damage_is_never_silent(damage: Mutation, seed: int) -> None:
    values = sheets.numbers(NEW, seed)
    assert silently_wrong(record_of(values, NEW, [damage], seed), values) == []


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([NEW, OLD]), st.sampled_from([None, *LAYOUTS]),
       st.lists(st.sampled_from(DAMAGES), min_size=1, max_size=3))
def test_damages_together_are_never_silent(
    seed: int, form: str, layout: Mutation | None, damages: list[Mutation]
) -> None:
    values = sheets.numbers(form, seed)
    mutations = [*([layout] if layout else []), *damages]
    assert silently_wrong(record_of(values, form, mutations, seed), values) == []
