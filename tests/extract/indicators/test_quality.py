"""How right the indicators are: measured on labelled sentences, and never less right than before.

The rules were written with the development half in view; the held-out half was only counted.
"""

from __future__ import annotations

import csv

import pytest

from extract import formats
from extract.indicators.rules import specs, statuses
from tests.extract.indicators.labelled import FOLDER, Counts, measure, sentences

PRECISION = 0.98  # formats.json, meta.indicators_note
CLAIMS = 10  # fewer labelled claims prove nothing


def pinned() -> list[dict[str, str]]:
    with (FOLDER / "quality.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_there_are_as_many_sentences_without_a_claim_as_with_one() -> None:
    labelled = sentences()
    assert len(labelled) > 350
    with_claims = [one for one in labelled if one.claims]
    assert len(with_claims) <= len(labelled) - len(with_claims)
    assert len({(one.section, one.text) for one in labelled}) == len(labelled)


@pytest.mark.parametrize("half", ["development", "held_out"])
def test_precision_and_recall_only_rise(half: str) -> None:
    measured = measure(half)
    floor = {row["key"]: row for row in pinned() if row["half"] == half}
    assert set(floor) == set(measured)
    for key, row in floor.items():
        one = measured[key]
        assert round(one.precision, 3) >= float(row["precision"]), (key, one)
        assert round(one.recall, 3) >= float(row["recall"]), (key, one)


def test_the_status_is_what_was_measured() -> None:
    measured = measure()
    for item in specs():
        one = measured.get(item["key"], Counts())
        good = one.precision >= PRECISION and one.right + one.wrong >= CLAIMS
        assert statuses()[item["key"]] == ("shipped" if good else "experimental"), item["key"]


def test_units_are_the_printed_ones() -> None:
    for one in sentences():
        for found in one.found():
            assert found.unit == (one.units.get(found.key) or found.unit), one.text


def test_every_basis_and_status_is_a_known_code() -> None:
    found = [one for sentence in sentences() for one in sentence.found()]
    assert {one.basis for one in found} == set(formats.enum("indicator_basis"))
    assert {one.status for one in found} == set(formats.enum("indicator_status"))
