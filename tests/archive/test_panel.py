from __future__ import annotations

import pytest

from archive import panel, quality
from archive.db import Archive
from archive.panel_names import TABLES, VARIABLES
from archive.quality import Sum
from archive.variables import meanings
from extract.record import Cell, Check, Issue
from tests.archive.world import HOST, Run, number, one, reading, rows

URL = f"http://{HOST}/1.html"


def test_values_and_codes_are_twins(archive: Archive) -> None:
    Run(archive).article(URL)
    for item in VARIABLES:
        ((value, missing),) = rows(
            archive,
            f"""SELECT panel.{item.name}, panel_missing.{item.name}
            FROM panel JOIN panel_missing USING (report_id)""",
        )
        assert (value is None) == (missing is not None), item.name


def test_why_a_value_is_missing(archive: Archive) -> None:
    Run(archive).article(URL)
    names = "r_new_nat, r_carry_out_nat, r_carry_out_tot, r_done_tot, s_received"
    found = rows(archive, f"SELECT {names} FROM panel_missing")
    assert found == [(None, "blank", "col_absent", "row_absent", "not_in_format")]
    assert rows(archive, f"SELECT {names} FROM panel") == [(5, None, None, None, None)]
    name = next(item.name for item in VARIABLES if item.table == "t4_review_litigation")
    assert one(archive, f"SELECT {name} FROM panel_missing") == "table_absent"


def test_a_picture_has_one_reason_for_all(archive: Archive) -> None:
    Run(archive).article(URL, [reading(kind="image_only", tables={}, format=None)])
    assert rows(archive, "SELECT r_new_nat, s_received FROM panel_missing") == [
        ("image_only", "image_only")
    ]
    assert rows(archive, "SELECT r_new_nat, q_t3_requests FROM panel") == [(None, "unread")]


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (251000, "元", (25.1, None)),
        (12.5, "万元", (12.5, None)),
        (20000, "元", (2, None)),
        (1, "亿元", (10000, None)),
        (116408.28, None, (None, "unit_unknown")),
        (3, "美元", (None, "unit_unknown")),
    ],
)
def test_money_is_converted_only_when_its_unit_is_known(
    archive: Archive, value: float, unit: str | None, expected: tuple[float | None, str | None]
) -> None:
    record = reading(format="gbgkbh_2019_60", year=2020)
    source = "cell" if unit else None
    (variable,) = [item for item in VARIABLES if item.column == "procurement_amount"]
    name = variable.name
    cell = Cell(str(value), value, None, unit, source, "html:t9/r1/c2")
    record.tables[variable.table] = {variable.row: {variable.column: cell}}
    Run(archive).article(URL, [record])
    assert rows(
        archive,
        f"""SELECT panel.{name}, panel_missing.{name}
        FROM panel JOIN panel_missing USING (report_id)""",
    ) == [expected]
    assert one(archive, "SELECT value FROM cells WHERE column_key = 'procurement_amount'") == value
    assert meanings()[name].unit == "万元"


def test_identity_and_lateness(archive: Archive) -> None:
    Run(archive).article(URL, [reading(published_on="2024-02-05")])
    assert rows(
        archive,
        """SELECT report_key, publisher, org_type, admin_level, division_code, year, days_late,
        source_rank, source_consistency, sums_checked FROM panel""",
    ) == [
        ("420600/财政局:2023:own_body:1", "襄阳市财政局", "department", "prefecture", "420600",
         2023, 5, "issuing_host", 0, 1)
    ]  # fmt: skip


def test_a_failed_sum_of_the_source_lowers_consistency_only(archive: Archive) -> None:
    record = reading()
    record.checks.append(
        Check("T3.BALANCE", "t3_requests/total", 5, 6, "fail", True, "sum", False, "source", ())
    )
    record.checks.append(
        Check("D.DEADLINE", "report", None, None, "fail", True, "deadline", False, "source", ())
    )
    Run(archive).article(URL, [record])
    assert rows(archive, "SELECT source_consistency, sums_checked, q_t3_requests FROM panel") == [
        (1, 2, "clean")
    ]


@pytest.mark.parametrize(
    ("missing", "sums", "expected"),
    [
        ([], [], "unread"),
        ([None, "blank"], [], "clean"),
        ([None], [("pass", None)], "proven"),
        ([None], [("pass", None), ("not_assessable", None)], "clean"),
        ([None], [("pass", None), ("fail", "source")], "clean"),
        ([None], [("pass", None), ("fail", "unknown")], "flagged"),
        ([None], [("fail", "reading")], "flagged"),
        ([None, "unparsed"], [("pass", None)], "flagged"),
        ([None, "conflict"], [("pass", None)], "flagged"),
    ],
)
def test_read_quality(
    missing: list[str | None], sums: list[tuple[str, str | None]], expected: str
) -> None:
    table = TABLES[0]
    judged = quality.judge(
        [(table, code) for code in missing], [Sum(table, *found) for found in sums]
    )
    assert judged.tables[table] == expected
    assert {judged.tables[other] for other in TABLES[1:]} == {"unread"}


def test_what_a_picture_showed_is_flagged_until_sums_prove_it(archive: Archive) -> None:
    told = [
        Issue("unproven_table", "附件.zip: t3_requests: read from a picture, no sum proves it"),
        Issue("unsure_cell", "t2_art20_5/licence/decisions: 7, read with confidence 0.41"),
    ]
    run = Run(archive)
    run.article(URL, [reading(issues=told[:1])])
    quality_now = "SELECT q_t3_requests, q_t2_art20_5 FROM panel"
    assert rows(archive, quality_now) == [("flagged", "clean")]
    other = URL.replace("1.html", "2.html")
    run.article(other, [reading(issues=told[1:], year=2022)])
    assert rows(archive, f"{quality_now} WHERE year = 2022") == [("proven", "flagged")]


def test_the_panel_can_be_written_again_from_the_archive(archive: Archive) -> None:
    (stored,) = Run(archive).article(URL)
    before = rows(archive, "SELECT * FROM panel"), rows(archive, "SELECT * FROM panel_missing")
    with archive.atomic():
        archive.conn.execute("DELETE FROM panel")
        panel.write(archive, [stored.report_id])
    after = rows(archive, "SELECT * FROM panel"), rows(archive, "SELECT * FROM panel_missing")
    assert after == before


def test_a_zero_is_a_zero(archive: Archive) -> None:
    record = reading()
    record.tables["t3_requests"]["new_received"]["total"] = number(0)
    Run(archive).article(URL, [record])
    assert rows(archive, "SELECT r_new_tot FROM panel") == [(0,)]
