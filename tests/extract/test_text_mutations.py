"""Loose text that has lost or gained a line: right, refused or flagged, never silently wrong."""

import os
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.read import read
from extract.record import Source
from tests.extract import sheets
from tests.extract.sheets import NEW, OLD
from tests.extract.tables.test_text import LAYOUTS, lines
from tests.extract.test_mutations import silently_wrong

EXAMPLES = int(os.environ.get("GOV_REPORTS_EXAMPLES", "120"))
HEAD = "某市水利局2024年政府信息公开工作年度报告\n一、总体情况\n2024年，全年工作有序开展。\n"


def lose_line(rows: list[str], chance: Random) -> None:
    del rows[chance.randrange(len(rows))]


def page_number(rows: list[str], chance: Random) -> None:
    rows.insert(chance.randrange(len(rows)), str(chance.randint(1, 6)))


def page_footer(rows: list[str], chance: Random) -> None:
    rows.insert(chance.randrange(len(rows)), f"— {chance.randint(1, 6)} —")


def join_lines(rows: list[str], chance: Random) -> None:
    at = chance.randrange(len(rows) - 1)
    rows[at : at + 2] = [rows[at] + rows[at + 1]]


def break_line(rows: list[str], chance: Random) -> None:
    at = chance.randrange(len(rows))
    if len(rows[at]) > 1:
        cut = chance.randrange(1, len(rows[at]))
        rows[at : at + 1] = [rows[at][:cut], rows[at][cut:]]


def double_line(rows: list[str], chance: Random) -> None:
    at = chance.randrange(len(rows))
    rows.insert(at, rows[at])


def swap_lines(rows: list[str], chance: Random) -> None:
    at = chance.randrange(len(rows) - 1)
    if not (rows[at].strip(" |").isdigit() and rows[at + 1].strip(" |").isdigit()):
        rows[at], rows[at + 1] = rows[at + 1], rows[at]


DAMAGES = (lose_line, page_number, page_footer, join_lines, break_line, double_line, swap_lines)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_text_is_never_silent(layout, damage) -> None:
    for seed in range(8):
        check(seed, NEW, layout, [damage])


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([NEW, OLD]), st.sampled_from(LAYOUTS),
       st.lists(st.sampled_from(DAMAGES), min_size=1, max_size=2, unique=True))
def test_damages_together_are_never_silent(seed: int, form: str, layout, damages) -> None:
    check(seed, form, layout, damages)


def check(seed: int, form: str, layout, damages) -> None:
    values = sheets.numbers(form, seed)
    rows = [row for row in layout(lines(values, form)).split("\n") if row.strip()]
    chance = Random(seed)
    for damage in damages:
        damage(rows, chance)
    for record in read((HEAD + "\n".join(rows)).encode(), Source()):
        wrong = silently_wrong(record, values)
        # A header in another order than the form's is believed, and said.
        assert wrong == [] or "column_order" in {issue.code for issue in record.issues}
