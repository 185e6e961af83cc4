"""Why a check fails: the source prints it so, our reading is wrong, or nobody can tell.

The second reading knows nothing of spans; the first is broken here on purpose, cell by cell.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html

from extract.checks.ranges import ranges
from extract.checks.sums import sums
from extract.read import read
from extract.record import Check, Source, Tables
from extract.tables.assemble import Body, assemble
from extract.tables.grid import Grid, grids
from extract.tables.markup import read_grids
from extract.tables.second import SecondReading
from tests.extract import sheets
from tests.extract.sheets import NEW, OLD, Values

# A cell for each identity that fails when it is one more.
PLACES = {
    "T3.BALANCE": ("t3_requests", "carried_forward", "natural_person"),
    "T3.RESULT_SUM": ("t3_requests", "granted", "org_business"),
    "T3.ROW_TOTAL": ("t3_requests", "partial", "org_other"),
    "T4.REVIEW_SUM": ("t4_review_litigation", "cases", "review_upheld"),
    "T4.DIRECT_SUM": ("t4_review_litigation", "cases", "litigation_direct_other"),
    "T4.AFTER_SUM": ("t4_review_litigation", "cases", "litigation_after_review_total"),
    "R.NONNEG": ("t2_art20_6", "penalty", "decisions"),
}


def found(values: Values, form: str) -> tuple[Body, list[Grid]]:
    tables = list(grids(html.fromstring(f"<div>{sheets.report(values, form)}</div>")))
    return assemble(read_grids(tables))[0], tables


def failed(tables: Tables, form: str | None, printed: list[Grid]) -> list[Check]:
    confirm = SecondReading(printed).agrees
    done = [*sums(tables, form, confirm), *ranges(tables, None, confirm)]
    return [one for one in done if one.verdict == "fail"]


def wrong(identity: str, text: str) -> str:
    return "-" + text if identity == "R.NONNEG" else str(int(text) + 1)


@pytest.mark.parametrize("form", [NEW, OLD])
@pytest.mark.parametrize("identity", PLACES)
def test_what_both_readings_see_is_the_sources(identity: str, form: str) -> None:
    table, row, column = PLACES[identity]
    values = sheets.numbers(form)
    values[table][row][column] = wrong(identity, values[table][row][column])
    body, tables = found(values, form)
    done = failed(body.tables, body.format, tables)
    assert any(one.id.startswith(identity) for one in done)
    assert {one.cause for one in done} == {"source"}


@pytest.mark.parametrize("form", [NEW, OLD])
@pytest.mark.parametrize("identity", PLACES)
def test_what_only_one_reading_sees_is_ours(identity: str, form: str) -> None:
    table, row, column = PLACES[identity]
    body, tables = found(sheets.numbers(form), form)
    cell = body.tables[table][row][column]
    assert isinstance(cell.value, int)
    body.tables[table][row][column] = replace(
        cell, value=int(wrong(identity, str(cell.value)))
    )
    done = failed(body.tables, body.format, tables)
    assert any(one.id.startswith(identity) for one in done)
    assert {one.cause for one in done} == {"reading"}


@pytest.mark.parametrize("identity", PLACES)
def test_what_the_second_reading_does_not_have_is_unknown(identity: str) -> None:
    table, row, column = PLACES[identity]
    values = sheets.numbers(NEW)
    values[table][row][column] = wrong(identity, values[table][row][column])
    body, _ = found(values, NEW)
    done = failed(body.tables, body.format, [])
    assert any(one.id.startswith(identity) for one in done)
    assert {one.cause for one in done} == {"unknown"}


def test_each_body_of_a_page_has_its_own_second_reading() -> None:
    wrong_one, sound = sheets.numbers(NEW), sheets.numbers(NEW, 3)
    cells = wrong_one["t3_requests"]["granted"]
    cells["natural_person"] = str(int(cells["natural_person"]) + 1)
    title = "某市{}2024年政府信息公开工作年度报告"

    def body(name: str, values: Values) -> str:
        return f"<p>{title.format(name)}</p><p>一、总体情况</p><p>甲。</p>{sheets.report(values)}"

    for order in ((wrong_one, sound), (sound, wrong_one)):
        page = body("教育局", order[0]) + body("水利局", order[1])
        head = f'<meta charset="utf-8"><title>{title.format("")}</title>'
        records = read(f"<html><head>{head}</head><body>{page}</body></html>".encode(), Source())
        failed = [[one.cause for one in record.checks if one.verdict == "fail"]
                  for record in records]
        assert sorted(failed) == [[], ["source", "source"]]
        assert failed[order.index(sound)] == []
