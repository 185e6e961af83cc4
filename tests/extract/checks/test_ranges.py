from __future__ import annotations

import pytest

from extract.checks.ranges import ranges
from extract.record import Cell, Check, Tables


def found(value: int | float, agency: str | None, confirm: bool | None = True) -> list[Check]:
    cell = Cell(str(value), value, None, "件", "form", "html:t1/r1/c1")
    tables: Tables = {"t2_art20_1": {"rules": {"issued": cell}}}
    return list(ranges(tables, agency, lambda path, printed: confirm))


@pytest.mark.parametrize(
    "agency", ["某县人民政府", "某区教育局", "某镇人民政府", "某县人民政府办公室"]
)
def test_few_bodies_make_rules(agency: str) -> None:
    (one,) = found(3, agency)
    assert (one.id, one.kind, one.official, one.verdict) == (
        "R.RULES_AUTHORITY", "range", False, "fail",
    )
    assert found(0, agency) == []


@pytest.mark.parametrize("agency", [None, "某市人民政府", "某省人民政府", "某州人民政府", "某部"])
def test_who_may_make_rules_or_is_not_known_is_not_judged(agency: str | None) -> None:
    assert found(3, agency) == []


@pytest.mark.parametrize(("confirm", "cause"), [(True, "source"), (False, "reading"),
                                                (None, "unknown")])
def test_the_cause_of_a_broken_count(confirm: bool | None, cause: str) -> None:
    (one,) = found(-4, None, confirm)
    assert (one.id, one.cause) == ("R.NONNEG", cause)
