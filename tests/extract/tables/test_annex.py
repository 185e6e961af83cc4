"""The annex of 2014: its rows by their labels, a place's additions apart, its sums."""

import pytest
from lxml import html

from extract import formats
from extract.checks.sums import sums
from extract.tables.annex import ANNEX, FORM
from extract.tables.assemble import Body, assemble
from extract.tables.found import Found
from extract.tables.grid import grids
from extract.tables.local import read_local
from tests.extract.sheets import cell, table

HEADER = cell("统 计 指 标") + cell("单位") + cell("统 计 数")


def printed() -> dict[str, str]:
    """A value for each row of the annex that has one, with sums that hold."""
    spec = formats.forms()[FORM].tables[ANNEX]
    values = {row.key: "1" for row in spec.rows if not row.heading}
    values |= {"received": "4", "concluded": "2", "answered": "13", "answer_denied": "6",
               "review": "3", "litigation": "3", "staff": "2"}
    return values


def rows(values: dict[str, str]) -> list[str]:
    spec = formats.forms()[FORM].tables[ANNEX]
    return [HEADER] + [
        cell(row.label) + (cell("——") + cell("——") if row.heading
                           else cell("件") + cell(values[row.key]))
        for row in spec.rows
    ]


def read(lines: list[str]) -> Body:
    found = Found()
    read_local(list(grids(html.fromstring(f"<div>{table(lines)}</div>"))), found)
    return assemble(found)[0]


def test_every_row_of_the_annex_is_read_under_its_key() -> None:
    values = printed()
    body = read(rows(values))
    assert body.format == FORM
    assert {key: row["value"].raw for key, row in body.tables[ANNEX].items()} == values
    assert list(body.tables) == [ANNEX]


def test_its_sums_are_checked() -> None:
    values = printed()
    assert {one.verdict for one in sums(read(rows(values)).tables, FORM)} == {"pass"}
    values["received_fax"] = "5"
    failed = [one.scope for one in sums(read(rows(values)).tables, FORM) if one.verdict == "fail"]
    assert failed == [f"{ANNEX}/received/value"]


def test_a_place_s_additions_stay_local() -> None:
    lines = rows(printed())
    lines.insert(4, cell("其中：制度建设文件数") + cell("件") + cell("8"))
    body = read(lines)
    assert body.format == FORM
    (local,) = body.tables["t_local"].values()
    assert (local["value"].row_label, local["value"].raw) == ("其中：制度建设文件数", "8")
    assert len(body.tables[ANNEX]) == len(printed())


@pytest.mark.parametrize("kept", [3, 14])
def test_a_table_with_a_few_of_its_words_stays_local(kept: int) -> None:
    own = [cell(f"本地指标{number}") + cell("条") + cell("2") for number in range(20)]
    body = read([*rows(printed())[: kept + 4], *own])
    assert body.format == "local"
    assert ANNEX not in body.tables
