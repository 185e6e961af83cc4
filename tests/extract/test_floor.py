"""The quality floor: no figure falls below the pinned one (how to raise it: ``floor``)."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.extract import floor
from tests.extract.floor import Figures

RAISE = (
    "The reader got worse than data/floor.json. Mend it; the floor is not lowered. To raise it:\n"
    "python -m tests.extract.floor CORPUS --raise"
)


@pytest.mark.corpus
def test_the_corpus_is_read_as_well_as_it_was(corpus: Path) -> None:
    reached = floor.corpus_figures(corpus)
    assert not list(floor.worse(floor.pinned()["corpus"], reached)), RAISE


def test_the_sandbox_is_read_as_well_as_it_was() -> None:
    reached = floor.sandbox_figures()
    assert not list(floor.worse(floor.pinned()["sandbox"], reached)), RAISE


def test_the_pinned_figures_are_of_a_reader_that_invents_nothing() -> None:
    for figures in floor.pinned().values():
        assert (figures.wrong, figures.invented, figures.chrome) == (0, 0, 0)
        assert figures.cells > 1000
        assert figures.sentences > 200


@pytest.mark.parametrize(
    ("figure", "change"),
    [("right", -1), ("refused", 1), ("wrong", 1), ("invented", 1), ("kept", -1), ("chrome", 1)],
)
def test_a_worse_figure_is_told_and_never_pinned(figure: str, change: int) -> None:
    for name, before in floor.pinned().items():
        fallen = replace(before, **{figure: getattr(before, figure) + change})
        (sentence,) = floor.worse(before, fallen)
        assert sentence.startswith(figure)
        with pytest.raises(ValueError, match=figure):
            floor.raised({name: before}, {name: fallen})


def test_a_better_figure_is_pinned() -> None:
    before = Figures(cells=100, right=90, refused=10, sentences=50, kept=40, chrome=3)
    after = replace(before, right=95, refused=5, kept=41, chrome=0)
    assert floor.raised({"corpus": before}, {"corpus": after}) == {"corpus": after}


def test_a_document_more_is_no_fall() -> None:
    before = Figures(cells=100, right=90, refused=10, sentences=50, kept=50)
    assert not list(floor.worse(before, replace(before, cells=200, right=190)))
