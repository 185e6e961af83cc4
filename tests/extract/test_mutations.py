"""Every layout reads whole; every damage ends right or flagged, never silently wrong.

``GOV_REPORTS_EXAMPLES=5000`` tries thousands; ``bench/mutations.py`` prints what became of them.
"""

import os

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from extract.tables import number, places, requests
from extract.tables.labels import Match
from extract.tables.number import Number
from tests.extract import sources
from tests.extract.mutations import (
    DAMAGES,
    LAYOUTS,
    PRINTINGS,
    WRITINGS,
    Outcome,
    clashes,
    judge,
    mutate,
    reading,
    unaccounted,
)
from tests.extract.sheets import NEW, OLD
from tests.extract.sources import Report

EXAMPLES = int(os.environ.get("GOV_REPORTS_EXAMPLES", "120"))
# The same cases for every commit; a long run looks for new ones.
FIXED = "GOV_REPORTS_EXAMPLES" not in os.environ
CLEAN = (*LAYOUTS, *PRINTINGS)
# A failing case names its mutations; making it smaller would read hundreds of pages.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
SEEDS = st.integers(0, 10**6)


def name(one) -> str:
    return one.__name__


def report(seed: int) -> Report:
    """A plain sheet of either form, or a report of the sandbox's."""
    kinds = (lambda: sources.plain(NEW, seed), lambda: sources.plain(OLD, seed),
             lambda: sources.generated(seed))
    return kinds[seed % 3]()


def together(drawn: list) -> list:
    """The mutations that can be on one page, in their order."""
    kept: list = []
    for one in sorted(drawn, key=(*CLEAN, *DAMAGES).index):
        if not any(clashes(one, other) for other in kept):
            kept.append(one)
    return kept


def assert_whole(outcome: Outcome) -> None:
    """All that the page prints was read as it stands."""
    assert set(outcome.counts) <= {"right", "refused"}, outcome
    assert outcome.counts["refused"] == 0, outcome


@pytest.mark.parametrize("mutation", [*CLEAN, *DAMAGES], ids=name)
def test_a_mutation_changes_the_page(mutation) -> None:
    pages = [(mutate(one, [mutation], 5), mutate(one, [], 5)) for one in map(report, range(6))]
    assert any(page.data != before.data for page, before in pages)


@pytest.mark.parametrize("clean", CLEAN, ids=name)
@pytest.mark.parametrize("seed", range(3))
def test_a_layout_or_a_printing_is_read_whole(clean, seed: int) -> None:
    page = mutate(report(seed), [clean], seed)
    records = reading(page.data)
    assert len(records) == 1
    assert_whole(judge(records, page))


@pytest.mark.parametrize("writing", WRITINGS, ids=name)
@pytest.mark.parametrize("seed", range(6))
def test_word_and_careless_markup_is_read_whole(writing, seed: int) -> None:
    page = mutate(report(seed), [], seed, writing)
    assert_whole(judge(reading(page.data), page))


@settings(max_examples=EXAMPLES // 2, deadline=None, phases=PHASES, derandomize=FIXED)
@given(SEEDS, st.lists(st.sampled_from(LAYOUTS), min_size=1, max_size=3, unique=True),
       st.lists(st.sampled_from(PRINTINGS), max_size=2, unique=True),
       st.sampled_from([None, *WRITINGS]))
def test_layouts_and_printings_together_are_read_whole(seed, layouts, printings, writing) -> None:
    page = mutate(report(seed), together([*layouts, *printings]), seed, writing)
    records = reading(page.data)
    assert len(records) == 1
    assert_whole(judge(records, page))


@pytest.mark.parametrize("damage", DAMAGES, ids=name)
@pytest.mark.parametrize("seed", range(6))
def test_a_damage_is_never_silent(damage, seed: int) -> None:
    page = mutate(report(seed), [damage], seed)
    records = reading(page.data)
    assert len(records) == 1
    assert judge(records, page).silent == []
    assert unaccounted(records, page) == []


@settings(max_examples=EXAMPLES, deadline=None, phases=PHASES, derandomize=FIXED)
@given(SEEDS, st.lists(st.sampled_from(CLEAN), max_size=3, unique=True),
       st.lists(st.sampled_from(DAMAGES), min_size=1, max_size=3),
       st.sampled_from([None, *WRITINGS]))
def test_damages_together_are_never_silent(seed, clean, damages, writing) -> None:
    page = mutate(report(seed), [*together(clean), *damages], seed, writing)
    records = reading(page.data)
    assert len(records) == 1
    assert judge(records, page).silent == []
    assert unaccounted(records, page) == []


# --- a broken reader is caught ----------------------------------------------------------------


def shift_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every value goes one column to the right."""
    sound = places.place

    def shifted(grid, r, values, leaves, **given):
        placed = sound(grid, r, values, leaves, **given)
        return placed and [(leaf, placed[i - 1][1], merged)
                           for i, (leaf, _, merged) in enumerate(placed)]

    for module in ("active", "requests"):
        monkeypatch.setattr(f"extract.tables.{module}.place", shifted)


def count_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows of table 3 are known by their number, as the peers do."""
    sound, order = requests.RequestReader.row, list(sources.plain(NEW, 3).values["t3_requests"])
    met: list[int] = []

    def counted(self, grid, r, cells, match, at):
        met.append(r)
        key = order[(len(met) - 1) % len(order)]
        sound(self, grid, r, cells, Match(match.table, key, False, match.parent, "exact"), at)

    monkeypatch.setattr(requests.RequestReader, "row", counted)


def blank_as_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not printed is a zero."""
    sound = number.read_number
    monkeypatch.setattr("extract.tables.found.read_number",
                        lambda text: sound(text) if text else Number(0, None))


def merged_as_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A number over a whole row is every column's."""
    for module in ("store", "review"):
        monkeypatch.setattr(f"extract.tables.{module}.missing_code", lambda cell, merged: None)


def mute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is said of what was not placed."""
    monkeypatch.setattr("extract.tables.leftovers.account", lambda grids, found: None)
    monkeypatch.setattr("extract.tables.store.Store.issue", lambda self, code, detail, at: None)


@pytest.mark.parametrize(
    "breakage", [shift_columns, count_rows, blank_as_zero, merged_as_numbers, mute], ids=name
)
def test_a_broken_reader_is_caught(breakage, monkeypatch: pytest.MonkeyPatch) -> None:
    breakage(monkeypatch)
    assert any(_catches(mutation, seed) for seed in range(6) for mutation in (*DAMAGES, *CLEAN))


def _catches(mutation, seed: int) -> bool:
    page = mutate(report(seed), [mutation], seed)
    records = reading(page.data)
    return bool(judge(records, page).silent or unaccounted(records, page))
