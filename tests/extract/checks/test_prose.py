"""The running text against the tables: what contradicts fails, what may mean another passes by."""

from __future__ import annotations

import pytest

from extract import indicators
from extract.checks.prose import prose
from extract.record import Agency, Cell, Check, Record, Section, Tables


def cell(value: int | None) -> Cell:
    missing = "blank" if value is None else None
    return Cell("" if value is None else str(value), value, missing, "件", "form", "html:t1/r1/c1")


def tables(
    new: int | None = 31, over: int = 1, closed: int = 26, forward: int = 6,
    review: int = 2, direct: int = 1, after: int = 1,
) -> Tables:  # fmt: skip
    requests = {"new_received": new, "carried_over": over, "results_total": closed,
                "carried_forward": forward}
    cases = {"review_total": review, "litigation_direct_total": direct,
             "litigation_after_review_total": after}
    return {
        "t3_requests": {key: {"total": cell(value)} for key, value in requests.items()},
        "t4_review_litigation": {"cases": {key: cell(value) for key, value in cases.items()}},
        "t2_art20_5": {"licence": {"decisions": cell(9003)}},
        "t2_art20_1": {"normative_docs": {"issued": cell(4), "repealed": cell(1)}},
    }


def checks(
    text: str, number: int = 1, *, found: Tables | None = None, agency: str = "某县教育局",
    confirm: bool | None = True,
) -> dict[str, Check]:  # fmt: skip
    record = Record("report", year=2024, agency=Agency(agency, "title"),
                    tables=tables() if found is None else found,
                    sections=[Section(number, "", text)])
    record.indicators = indicators.find(record.sections, record.year)
    done = list(prose(record, lambda path, printed: confirm))
    assert {one.kind for one in done} <= {"prose"}
    assert not any(one.official for one in done)
    return {one.scope.removeprefix("prose/"): one for one in done}


def verdicts(text: str, number: int = 1, **more: object) -> dict[str, str]:
    return {key: one.verdict for key, one in checks(text, number, **more).items()}  # type: ignore[arg-type]


def test_a_correct_report_passes_whatever_received_means() -> None:
    text = "2024年,共收到申请公开政府信息{}件,上年结转1件,办结26件,结转下年度继续办理6件。"
    for received in (31, 32):
        assert verdicts(text.format(received)) == {
            "received": "pass", "carried_over": "pass", "closed": "pass", "carried_forward": "pass",
        }


@pytest.mark.parametrize(
    ("text", "failed"),
    [
        ("共收到政府信息公开申请45件。", "received"),
        ("2024年我局未收到政府信息公开申请。", "received"),
        ("收到政府信息公开申请31件,上年结转5件。", "carried_over"),
        ("收到政府信息公开申请31件,结转下年度继续办理2件。", "carried_forward"),
        ("因政府信息公开发生行政复议5件。", "review"),
        ("未发生因政府信息公开申请行政复议的情况。", "review"),
        ("因政府信息公开工作被提起行政诉讼7件。", "litigation"),
        ("本年度没有因政府信息公开提起的行政诉讼。", "litigation"),
    ],
)
def test_a_contradiction_fails(text: str, failed: str) -> None:
    one = checks(text)[failed]
    assert (one.verdict, one.cause) == ("fail", "source")
    assert one.left != one.right


@pytest.mark.parametrize(
    "text",
    [
        "全县共收到政府信息公开申请130件。",  # another subject
        "县政府办公室共收到政府信息公开申请130件。",  # another body, by its name
        "12345热线受理1234件。",  # no requests for information
        "2023年共收到政府信息公开申请130件。",  # another year
        "共收到政府信息公开申请近130件。",  # no exact number
        "收到政府信息公开申请130件。\n收到政府信息公开申请12件。",  # two subjects
        "收到信函申请13件,网络申请5件。",  # channels
        "共受理政府信息公开申请26件。",  # what was concluded
        "收到政府信息公开申请31件,已办结20件。",  # as of a day
        "其中行政复议维持1件,纠正1件。",  # outcomes
        "因政府信息公开被纠正的行政复议5件。",  # one outcome
        "办理行政复议案件214件。",  # as the authority that decides them
        "因政府信息公开未按时答复引发投诉,行政复议正在审理。",
        "无锡市因政府信息公开发生行政诉讼1件。",  # one of the two ways to court
        "因政府信息公开发生行政复议2件,均维持。",
        "作出行政许可决定812件。",  # outside section 2 the word has other meanings
    ],
)
def test_what_may_mean_something_else_never_fails(text: str) -> None:
    assert "fail" not in verdicts(text).values()


def test_table_2_is_held_to_its_own_section() -> None:
    text = "制发规范性文件5件,处理行政许可数量9003件、行政处罚0件。"
    assert verdicts(text, 2) == {"issued": "fail", "licence": "pass"}
    assert verdicts(text, 1) == {"issued": "not_assessable", "licence": "pass"}


def test_none_at_all_is_a_statement_too() -> None:
    none = tables(new=0, over=0, closed=0, forward=0, review=0, direct=0, after=0)
    text = "未收到政府信息公开申请。未发生因政府信息公开申请行政复议、提起行政诉讼的情况。"
    assert set(verdicts(text, found=none).values()) == {"pass"}


def test_a_table_that_was_not_read_gives_no_check() -> None:
    assert verdicts("收到政府信息公开申请31件。", found={}) == {}
    assert "received" not in verdicts("收到政府信息公开申请31件。", found=tables(new=None))


@pytest.mark.parametrize(
    ("confirm", "cause"), [(True, "source"), (False, "reading"), (None, "unknown")]
)
def test_the_cause_is_what_the_second_reading_says(confirm: bool | None, cause: str) -> None:
    one = checks("共收到政府信息公开申请45件。", confirm=confirm)["received"]
    assert one.cause == cause
