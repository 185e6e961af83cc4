from __future__ import annotations

import re
from typing import Any

import pytest

from archive.db import Archive
from archive.derived import DERIVED
from archive.panel_names import VARIABLES
from tests.archive.world import HOST, Run, number, one, reading, rows

URL = f"http://{HOST}/1.html"
GROUNDS = {
    "denied_state_secret": 1, "denied_law_forbidden": 0, "denied_three_securities": 0,
    "denied_third_party": 2, "denied_internal": 0, "denied_deliberative": 0,
    "denied_enforcement_file": 3, "denied_admin_query": 0,
}  # fmt: skip


def stored(archive: Archive, totals: dict[str, int], **changed: Any) -> None:
    """A report of which only the column 总计 of table 3 is printed."""
    table = {row: {"total": number(value)} for row, value in totals.items()}
    Run(archive).article(URL, [reading(tables={"t3_requests": table}, **changed)])


def requests(count: int) -> dict[str, Any]:
    return {"t3_requests": {"new_received": {"total": number(count)}}}


def test_refusals_are_the_eight_grounds_and_nothing_else(archive: Archive) -> None:
    stored(archive, {**GROUNDS, "unavailable_not_held": 40, "results_total": 12})
    assert rows(archive, "SELECT d_refused, d_refused_share, c_denied, d_unable FROM panel") == [
        (6, 0.5, 6, None)
    ]


def test_a_part_that_is_missing_makes_the_whole_null(archive: Archive) -> None:
    stored(archive, {row: value for row, value in GROUNDS.items() if value})
    assert rows(archive, "SELECT d_refused, d_refused_share FROM panel") == [(None, None)]


def test_nothing_concluded_has_no_shares(archive: Archive) -> None:
    stored(archive, {**GROUNDS, "results_total": 0})
    assert one(archive, "SELECT d_refused_share FROM panel") is None


@pytest.mark.parametrize(
    ("form", "year", "tables", "expected"),
    [
        ("gbf_2014_32", 2016, {"t_stat_2014": {"received": {"value": number(9)}}}, (9, 2014)),
        ("gbgkbh_2019_60", 2019, requests(8), (8, 2019)),
        ("gbgkbh_2021_30", 2023, requests(7), (7, 2021)),
        ("local", 2010, {}, (None, None)),
    ],
)
def test_series_run_over_forms_and_say_where_they_break(
    archive: Archive, form: str, year: int, tables: Any, expected: tuple[int, int]
) -> None:
    Run(archive).article(URL, [reading(format=form, year=year, tables=tables)])
    assert rows(archive, "SELECT c_received, c_break FROM panel") == [expected]


def test_formulas_name_variables_and_those_before_them() -> None:
    known = {item.name for item in VARIABLES} | {"format"}
    for item in DERIVED:
        bare = re.sub(r"'[^']*'", "", item.formula)
        names = set(re.findall(r"\b[a-z]\w*\b", bare)) - {"nullif"}
        assert names <= known, item.name
        known.add(item.name)
        assert len(item.name) <= 28


def test_the_codebook_knows_every_column_of_the_panel(archive: Archive) -> None:
    described = {
        row[0]: row[1:]
        for row in rows(
            archive,
            """SELECT name, label, label_en FROM codebook
            WHERE kind IN ('column', 'variable', 'derived')""",
        )
    }
    columns = [row[1] for row in rows(archive, "PRAGMA table_xinfo(panel)")]
    assert set(columns) == set(described)
    assert all(all(labels) for labels in described.values())
    assert len(columns) == len(set(columns))


def test_every_entry_of_the_codebook_has_both_languages(archive: Archive) -> None:
    assert rows(archive, "SELECT name FROM codebook WHERE label_en IS NULL OR label = ''") == []
    assert one(archive, "SELECT count(*) FROM codebook WHERE kind = 'indicator'") == 27
    assert rows(
        archive,
        "SELECT unit, years, comparable FROM codebook WHERE name = 'a8_fee_wan'",
    ) == [("万元", "2021-", "gbgkbh_2021_30")]
    assert one(archive, "SELECT label FROM codebook WHERE name = 'j_after_upheld'") == (
        "复议后起诉 · 结果维持"
    )


def test_no_name_is_a_word_of_sql(archive: Archive) -> None:
    names = [row[1] for row in rows(archive, "PRAGMA table_xinfo(panel)")]
    archive.conn.execute(f"CREATE TEMP TABLE words ({', '.join(names)})")
