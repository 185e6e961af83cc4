import pytest
from lxml import html

from extract import formats
from extract.checks.ranges import ranges
from extract.checks.sums import sums
from extract.record import Check, Tables
from extract.tables.assemble import assemble
from extract.tables.grid import grids
from extract.tables.markup import read_grids
from extract.tables.second import SecondReading
from tests.extract import sheets
from tests.extract.sheets import NEW, OLD, Values


def checks(values: Values, form: str = NEW) -> dict[tuple[str, str], Check]:
    root = html.fromstring(f"<div>{sheets.report(values, form)}</div>")
    found = list(grids(root))
    body = assemble(read_grids(found))[0]
    second = SecondReading(found)
    done = sums(body.tables, body.format, second.agrees)
    done += ranges(body.tables, None, second.agrees)
    return {(one.id, one.scope): one for one in done}


@pytest.mark.parametrize(("form", "rows"), [(NEW, 25), (OLD, 23)])
def test_all_identities_of_a_sound_report_pass(form: str, rows: int) -> None:
    done = checks(sheets.numbers(form), form)
    assert {one.verdict for one in done.values()} == {"pass"}
    # Seven balances, seven result sums, a total a row, three sums of table 4.
    assert len(done) == 7 + 7 + rows + 3


def test_one_wrong_digit_fails_every_identity_that_it_is_part_of() -> None:
    values = sheets.numbers()
    row = values["t3_requests"]["granted"]
    row["natural_person"] = str(int(row["natural_person"]) + 1)
    failed = {key for key, one in checks(values).items() if one.verdict == "fail"}
    assert failed == {
        ("T3.RESULT_SUM_2021", "t3_requests/natural_person"),
        ("T3.ROW_TOTAL", "t3_requests/granted"),
    }


def test_a_printed_error_that_both_readings_see_is_the_source_s() -> None:
    values = sheets.numbers()
    values["t4_review_litigation"]["cases"]["review_total"] = "999"
    one = checks(values)["T4.REVIEW_SUM", "t4_review_litigation/review_total"]
    assert (one.verdict, one.cause, one.left) == ("fail", "source", 999)


def test_a_blank_counts_as_zero_in_a_sum_only_and_says_so() -> None:
    values = sheets.numbers()
    for column in values["t3_requests"]["carried_over"]:
        values["t3_requests"]["carried_over"][column] = ""
    done = checks(values)
    balance = done["T3.BALANCE", "t3_requests/total"]
    assert (balance.verdict, balance.assumes_blank_zero) == ("pass", True)
    assert done["T3.ROW_TOTAL", "t3_requests/carried_over"].verdict == "not_assessable"


@pytest.mark.parametrize("printed", ["/", "—", "无", "约3"])
def test_no_other_missing_cell_counts_as_zero(printed: str) -> None:
    values = sheets.numbers()
    values["t3_requests"]["granted"]["natural_person"] = printed
    done = checks(values)
    assert done["T3.ROW_TOTAL", "t3_requests/granted"].verdict == "not_assessable"
    assert done["T3.RESULT_SUM_2021", "t3_requests/natural_person"].verdict == "not_assessable"


def test_a_blank_total_is_no_contradiction() -> None:
    values = sheets.numbers()
    for row in values["t3_requests"].values():
        row["total"] = ""
    done = checks(values)
    assert not [one for one in done.values() if one.verdict == "fail"]


def test_an_absent_row_makes_its_sums_not_assessable() -> None:
    values = sheets.numbers()
    del values["t3_requests"]["denied_internal"]
    done = checks(values)
    assert done["T3.RESULT_SUM_2021", "t3_requests/total"].verdict == "not_assessable"


def test_a_group_printed_as_one_row_counts_once() -> None:
    values = sheets.numbers(OLD)
    done = checks(values, OLD)
    cells = done["T3.RESULT_SUM_2019", "t3_requests/total"].cells
    assert "t3_requests/other/total" in cells
    assert "t3_requests/other_other/total" not in cells


def test_a_negative_or_broken_count_fails_its_range() -> None:
    values = sheets.numbers()
    values["t2_art20_5"]["licence"]["decisions"] = "-4"
    values["t2_art20_6"]["penalty"]["decisions"] = "4.5"
    values["t2_art20_8"]["admin_fee"]["fee_amount_wanyuan"] = "7538.66"
    failed = {one.scope for one in checks(values).values() if one.id == "R.NONNEG"}
    assert failed == {"t2_art20_5/licence/decisions", "t2_art20_6/penalty/decisions"}


def test_official_is_what_the_form_prints() -> None:
    done = checks(sheets.numbers())
    official = {one.id for one in done.values() if one.official}
    assert official == {"T3.BALANCE"}


def test_no_tables_no_checks() -> None:
    nothing: Tables = {}
    assert sums(nothing, None) == [] == list(ranges(nothing, None, None))
    assert formats.identities()["T3.BALANCE"].official
