"""What tools make of a report, damaged: right, refused or flagged, never silently wrong.

``GOV_REPORTS_EXAMPLES=5000 pytest tests/extract/loose/test_damages.py`` tries thousands.
"""

import os
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.read import read
from extract.record import Record, Source, cells
from tests.extract import sheets
from tests.extract.loose import printed
from tests.extract.loose.damages import DAMAGES, Damage, split_digits
from tests.extract.loose.tools import TORN, WHOLE, Tool
from tests.extract.sheets import NEW, OLD, Values

EXAMPLES = int(os.environ.get("GOV_REPORTS_EXAMPLES", "150"))
HEAD = "某市水利局2024年政府信息公开工作年度报告\n一、总体情况\n2024年，全年工作有序开展。\n"
# Issues that speak of a whole row.
ROW_ISSUES = ("doubtful_row", "bracketed_row", "label_above", "wrapped_row", "near_label",
              "short_header")


def name(one: object) -> str:
    return getattr(one, "__name__", str(one))


def silently_wrong(record: Record, values: Values) -> list[str]:
    """Cells with another value than was printed, that no issue and no failed check points at."""
    suspect = {path for one in record.checks if one.verdict != "pass" for path in one.cells}
    places = {issue.at for issue in record.issues}
    rows = {issue.detail.split(" ")[0] for issue in record.issues if issue.code in ROW_ISSUES}
    rows |= {f" {issue.detail.split(' ')[-1]}" for issue in record.issues
             if issue.code == "near_label"}
    wrong = []
    for table, row, column, cell in cells(record.tables):
        expected = values.get(table, {}).get(row, {}).get(column)
        flagged = (f"{table}/{row}/{column}" in suspect or cell.at in places
                   or f"{table}/{row}" in rows or f" {row}" in rows)
        if cell.missing is None and cell.raw != expected and not flagged:
            wrong.append(f"{table}/{row}/{column}: {cell.raw} for {expected} at {cell.at}")
    return wrong


@pytest.mark.parametrize("tool", WHOLE, ids=name)
@pytest.mark.parametrize("damage", DAMAGES, ids=name)
def test_a_damaged_text_is_never_silent(tool: Tool, damage: Damage) -> None:
    for seed in range(4):
        check(seed, NEW, tool, [damage])


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([NEW, OLD]), st.sampled_from(WHOLE + TORN),
       st.lists(st.sampled_from(DAMAGES), min_size=1, max_size=3))
def test_damages_together_are_never_silent(
    seed: int, form: str, tool: Tool, damages: list[Damage]
) -> None:
    check(seed, form, tool, damages)


def check(seed: int, form: str, tool: Tool, damages: list[Damage]) -> None:
    values = sheets.numbers(form, seed)
    chance = Random(seed)
    rows = [row for row in tool(list(printed.report(values, form)), chance).split("\n")
            if row.strip()]
    # Half a number whose other half was lost is a good number to any reader.
    for damage in sorted(damages, key=lambda one: one is split_digits):
        if len(rows) > 1:
            damage(rows, chance)
    for record in read((HEAD + "\n".join(rows)).encode(), Source()):
        wrong = silently_wrong(record, values)
        # A header in another order than the form's is believed, and said.
        assert wrong == [] or "column_order" in {issue.code for issue in record.issues}
