from __future__ import annotations

import pytest

from extract.checks.deadline import deadline
from extract.record import Agency, Claim, Record


def verdict(
    agency: str, year: int, published: str | None, source: str = "list_row",
    signed: str | None = None,
) -> tuple[str, float | None] | None:  # fmt: skip
    record = Record("report", year=year, agency=Agency(agency, "title"), published_on=published,
                    signed_on=signed)
    if published:
        record.claims = [Claim("published_on", published, source, published)]
    done = list(deadline(record))
    assert len(done) < 2
    for one in done:
        assert (one.kind, one.official, one.right) == ("deadline", True, 0)
    return (done[0].verdict, done[0].left) if done else None


@pytest.mark.parametrize(
    ("agency", "year", "published", "expected"),
    [
        ("某县教育局", 2023, "2024-01-31", ("pass", 0)),
        ("某县教育局", 2023, "2024-02-01", ("fail", 1)),
        ("某县人民政府", 2023, "2024-03-31", ("pass", 0)),
        ("某县人民政府", 2023, "2024-04-02", ("fail", 2)),
        ("某县教育局", 2018, "2019-03-20", ("pass", -11)),  # the old rule: one date for all
        ("某县人民政府办公室", 2023, "2024-01-20", ("pass", -71)),
        ("某县人民政府办公室", 2023, "2024-02-20", ("not_assessable", -40)),
        ("某县人民政府办公室", 2023, "2024-04-20", ("fail", 20)),
        ("某镇人民政府", 2023, "2024-05-01", None),
        ("某街道办事处", 2023, "2024-05-01", None),
        ("某市人民医院", 2023, "2024-05-01", None),
        ("某开发区管理委员会", 2023, "2024-05-01", None),
    ],
)
def test_the_date_of_the_law(
    agency: str, year: int, published: str, expected: tuple[str, float] | None
) -> None:
    assert verdict(agency, year, published) == expected


def test_the_pages_own_date_may_be_that_of_a_move() -> None:
    assert verdict("某县教育局", 2020, "2023-06-01", "meta") == ("not_assessable", 851)
    assert verdict("某县教育局", 2020, "2021-01-05", "meta") == ("pass", -26)


def test_a_late_signature_is_late_whatever_the_page_says() -> None:
    assert verdict("某县教育局", 2020, "2023-06-01", "meta", "2021-03-02") == ("fail", 851)
    assert verdict("某县教育局", 2020, None, signed="2021-03-02") == ("fail", 30)
    assert verdict("某县教育局", 2020, None, signed="2021-01-02") == ("not_assessable", -29)


def test_no_date_no_check() -> None:
    assert verdict("某县教育局", 2020, None) is None
