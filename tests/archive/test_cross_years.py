"""What one year hands on, the next one takes up; else a later report restates an earlier one."""

from __future__ import annotations

from typing import Any

import pytest

from archive import cross_years
from archive.coverage import update
from archive.db import Archive
from archive.digest import content_digest
from archive.restated import Restatement, restatements
from archive.verify import verify
from extract.record import Agency, Cell, Record
from tests.archive.world import FORM, HOST, Run, blank, number, one, reading, rows

OLD = "gbgkbh_2019_60"
BUREAU = "420600/财政局"


def report(year: int, tables: dict[str, Any], **changed: Any) -> Record:
    """A report; tables as {table: {row: {column: value}}}, None is a blank."""
    return reading(
        year=year,
        title=f"襄阳市财政局{year}年政府信息公开工作年度报告",
        published_on=f"{year + 1}-01-20",
        checks=[],
        tables={
            table: {
                row: {
                    column: value if isinstance(value, Cell)
                    else blank() if value is None else number(value)
                    for column, value in columns.items()
                }
                for row, columns in found.items()
            }
            for table, found in tables.items()
        },
        **{"format": OLD if year < 2021 else FORM} | changed,
    )  # fmt: skip


def t3(before: Any, after: Any) -> dict[str, Any]:
    return {"t3_requests": {"carried_over": {"natural_person": before},
                            "carried_forward": {"natural_person": after}}}  # fmt: skip


def put(archive: Archive, *records: Record, day: str = "2024-06-01") -> None:
    run = Run(archive, day)
    for record in records:
        name = f"{record.agency.name if record.agency else ''}{record.year}{record.report_scope}"
        run.article(f"http://{HOST}/{name}.html", [record], data=f"{day}{record.tables}".encode())
    run.finish()


def found(archive: Archive) -> list[tuple[Any, ...]]:
    return rows(
        archive,
        """SELECT check_id, scope, year, left_value, right_value, verdict FROM cross_checks
        JOIN reports ON reports.id = report_id ORDER BY year, check_id, scope""",
    )


CARRY = ("X.CARRY", "t3_requests/natural_person")


def test_what_is_carried_over_was_carried_forward(archive: Archive) -> None:
    put(archive, report(2021, t3(0, 3)), report(2022, t3(3, 5)), report(2023, t3(4, 0)))
    assert found(archive) == [(*CARRY, 2022, 3, 3, "pass"), (*CARRY, 2023, 4, 5, "fail")]
    assert list(restatements(archive)) == [
        Restatement(f"{BUREAU}:2023:own_body:1", "襄阳市财政局", 2023, f"{BUREAU}:2022:own_body:1",
                    *CARRY, 5, 4, "source")
    ]  # fmt: skip
    assert list(restatements(archive, years={2022})) == []


def test_the_order_of_arrival_does_not_matter(archive: Archive) -> None:
    for year, tables in ((2023, t3(4, 0)), (2021, t3(0, 3)), (2022, t3(3, 5))):
        put(archive, report(year, tables))
    assert found(archive) == [(*CARRY, 2022, 3, 3, "pass"), (*CARRY, 2023, 4, 5, "fail")]


def test_a_report_that_changes_is_judged_anew_with_its_neighbours(archive: Archive) -> None:
    put(archive, report(2021, t3(0, 3)), report(2022, t3(3, 5)), report(2023, t3(4, 0)))
    before = content_digest(archive)
    put(archive, report(2022, t3(2, 4)), day="2024-07-01")
    assert found(archive) == [(*CARRY, 2022, 2, 3, "fail"), (*CARRY, 2023, 4, 4, "pass")]
    assert content_digest(archive) != before


def test_quality_is_never_lowered(archive: Archive) -> None:
    put(archive, report(2021, t3(0, 3)))
    put(archive, report(2022, t3(9, 5)))
    assert found(archive)[0][-1] == "fail"
    assert rows(archive, "SELECT DISTINCT source_consistency FROM panel") == [(0,)]
    assert "flagged" not in str(rows(archive, "SELECT * FROM panel"))


@pytest.mark.parametrize(
    ("before", "after", "verdicts"),
    [
        (0, None, ["pass"]),  # a blank that holds as zero
        (3, None, []),  # and one that says nothing against a number
        (None, None, []),
        (3, Cell("/", None, "slash", None, None, "html:t3/r1/c1"), []),
    ],
)
def test_blanks_prove_nothing(
    archive: Archive, before: Any, after: Any, verdicts: list[str]
) -> None:
    put(archive, report(2021, t3(0, before)), report(2022, t3(after, 0)))
    assert [row[-1] for row in found(archive)] == verdicts
    if verdicts:
        assert one(archive, "SELECT assumes_blank_zero FROM cross_checks") == 1


def test_a_table_that_may_be_misread_is_no_proof(archive: Archive) -> None:
    doubtful = report(2022, t3(4, 0))
    doubtful.tables["t3_requests"]["new_received"] = {
        "total": Cell("1O", None, "unparsed", None, None, "html:t3/r1/c7")
    }
    put(archive, report(2021, t3(0, 3)), doubtful)
    assert rows(archive, "SELECT verdict, cause FROM cross_checks") == [("fail", "unknown")]


def test_only_the_same_scope_and_the_year_before(archive: Archive) -> None:
    put(archive, report(2020, t3(0, 3)), report(2022, t3(9, 0)))
    put(archive, report(2021, t3(0, 3), report_scope="whole_territory"))
    assert found(archive) == []


def test_documents_in_force(archive: Archive) -> None:
    def documents(**cells: int) -> dict[str, Any]:
        return {"t2_art20_1": {"normative_docs": cells}}

    put(
        archive,
        report(2020, {"t2_art20_1": {"normative_docs": {"published_total": 50}}}),
        report(2021, documents(issued=1, repealed=0, valid=10)),
        report(2022, documents(issued=3, repealed=1, valid=12)),
        report(2023, documents(issued=2, repealed=1, expired=4, valid=9)),
        report(2024, documents(issued=2, repealed=1, valid=9)),
    )
    assert [(row[2], row[3], row[4], row[5]) for row in found(archive)] == [
        (2022, 12, 12, "pass"), (2023, 9, 9, "pass"), (2024, 9, 10, "fail"),
    ]  # fmt: skip
    assert list(restatements(archive)) == [], "a clearing-up is none"


def test_items_and_published_documents_of_the_old_form(archive: Archive) -> None:
    def tables(prev: int, change: int, new: int, total: int) -> dict[str, Any]:
        return {
            "t2_art20_6": {"penalty": {"items_prev_year": prev, "items_change": change}},
            "t2_art20_1": {"rules": {"published_new": new, "published_total": total}},
        }

    put(archive, report(2019, tables(10, -2, 1, 5)), report(2020, tables(9, 0, 2, 7)))
    assert found(archive) == [
        ("X.ITEMS_CHAIN", "t2_art20_6/penalty", 2020, 9, 8, "fail"),
        ("X.PUBLISHED_CHAIN", "t2_art20_1/rules", 2020, 7, 7, "pass"),
    ]
    assert [row.check_id for row in restatements(archive)] == ["X.ITEMS_CHAIN"]


def relate(archive: Archive, kind: str, since: str | None = "2022") -> None:
    ids = dict(rows(archive, "SELECT key, id FROM publishers"))
    archive.conn.execute(
        "INSERT INTO publisher_relations VALUES (?, ?, ?, ?, 'a decision')",
        [ids[BUREAU], ids["420600/金融局"], kind, since],
    )


def renamed(year: int, tables: dict[str, Any]) -> Record:
    return report(year, tables, agency=Agency("襄阳市金融局", "title"))


@pytest.mark.parametrize(
    ("kind", "since", "judged"),
    [("renamed", "2022", 1), ("merged", "2022", 0), ("split", "2022", 0), ("merged", None, 0)],
)
def test_bodies_that_followed_another(
    archive: Archive, kind: str, since: str | None, judged: int
) -> None:
    put(archive, report(2021, t3(0, 3)), renamed(2022, t3(3, 0)))
    assert found(archive) == [], "nobody knew that they are one"
    relate(archive, kind, since)
    with archive.atomic():
        cross_years.follow(archive)
    assert len(found(archive)) == judged
    put(archive, renamed(2023, t3(0, 0)), day="2024-08-01")
    put(archive, report(2021, t3(0, 4)), day="2024-09-01")
    assert [row[3:] for row in found(archive)][:1] == [(3, 4, "fail")] * judged
    assert [fault for fault in verify(archive) if fault.code != "locator"] == []


def test_a_body_that_took_another_in_hands_on_more_than_it_had(archive: Archive) -> None:
    put(archive, report(2021, t3(0, 3)), renamed(2021, t3(0, 3)), renamed(2022, t3(6, 2)),
        renamed(2023, t3(2, 0)), renamed(2024, t3(1, 0)))  # fmt: skip
    relate(archive, "merged")
    with archive.atomic():
        cross_years.follow(archive)
    assert [row[2] for row in found(archive)] == [2024], "reforms came a year sooner or later"


def test_an_archive_of_an_earlier_version_gets_its_checks(archive: Archive) -> None:
    put(archive, report(2021, t3(0, 3)), report(2022, t3(3, 5)))
    update(archive, [2021, 2022], "2024-06-01")
    before = found(archive)
    archive.conn.execute("DELETE FROM cross_checks")
    archive.conn.execute("DELETE FROM archive_meta WHERE key = 'cross_years'")
    update(archive, [2021, 2022], "2024-06-01")
    assert found(archive) == before != []
