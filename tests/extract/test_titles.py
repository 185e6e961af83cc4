from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.titles import judge, title_year

WANTED = {"pos": "report", "neg": "other", "companion": "other", "context": "undecided"}


@pytest.mark.corpus
@pytest.mark.parametrize("column_is_annual", [False, True])
def test_every_labelled_title_is_told_right(corpus: Path, *, column_is_annual: bool) -> None:
    rows = [line.split("\t") for line in (corpus / "titles.tsv").read_text("utf-8").splitlines()]
    wrong = [
        (label, title, judge(title, column_is_annual=column_is_annual))
        for label, title, _ in rows[1:]
        if judge(title, column_is_annual=column_is_annual).verdict != WANTED[label]
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("title", "year", "agency"),
    [
        ("2016年清水乡政府信息公开工作年度报告", 2016, "清水乡"),
        ("临江市 2025 年政府信息公开工作\n年度报告", 2025, "临江市"),
        ("临江市财政局２０２３年度政府信息公开年度工作报告", 2023, "临江市财政局"),
        ("临江市教育局二〇二四年政府信息公开工作年度报告", 2024, "临江市教育局"),
        ("臨江市2013年政府信息公開工作年度報告", 2013, "临江市"),
        ("临江市人民政府信息公开工作年度报告(2023年)", 2023, "临江市人民政府"),
        ("临江市政府信息公开2020年度报告", 2020, "临江市"),
        ("临江市财政局关于2023年政府信息公开工作的年度报告", 2023, "临江市财政局"),
        ("2023年政府信息公开工作年度报告(临江市招商局)", 2023, "临江市招商局"),
        ("2023年政府信息公开工作年度报告-临江市招商局", 2023, "临江市招商局"),
        (
            "临江市招商局2023年政府信息公开工作年度报告_年报_临江市人民政府",
            2023,
            "临江市招商局",
        ),
        ("临江市培训中心2023年政府信息公开工作年度报告.docx", 2023, "临江市培训中心"),
        ("临江市会议中心(展览馆)2020年政府信息公开年报", 2020, "临江市会议中心(展览馆)"),
        (
            "临江区政府办公室(临江区外事办公室)2022年政府信息公开工作年度报告(文字版)",
            2022,
            "临江区政府办公室(临江区外事办公室)",
        ),
        ("(2020年度)临江区人民政府信息公开工作年度报告", 2020, "临江区人民政府"),
    ],
)
def test_a_report_names_its_year_and_body(title: str, year: int, agency: str) -> None:
    verdict = judge(title)
    assert (verdict.verdict, verdict.year, verdict.agency) == ("report", year, agency)


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("临江大学2023—2024学年信息公开年度报告", "school_year"),
        ("政府网站工作年度报表（2023年度）", "site_form"),
        ("临江县2024年政府信息公开工作年度报告(图解版本)", "companion"),
        ("临江县2024年政府信息公开工作年度报告（超链版）", "companion"),
        ("图解:临江县2024年政府信息公开工作年度报告", "companion"),
        ("临江市司法局2021年法治政府建设年度报告", "rule_of_law"),
        ("关于做好2023年政府信息公开工作年度报告编制工作的通知", "about_reports"),
        ("全市召开2023年政府信息公开工作年度报告编制培训会", "about_reports"),
        ("临江市2023年政府信息公开工作年度报告解读", "about_reports"),
        ("关于印发《中华人民共和国政府信息公开工作 年度报告格式》的通知", "about_reports"),
        ("临江市政府信息公开指南", "other_kind"),
        ("2022年行政审判年度报告", "other_report"),
        ("临江市2013年政府工作报告", "other_report"),
        ("临江市召开经济工作座谈", "no_core"),
    ],
)
def test_look_alikes_are_refused_with_the_reason(title: str, reason: str) -> None:
    verdict = judge(title)
    assert (verdict.verdict, verdict.reason) == ("other", reason)


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("2014年度政府信息公开工作报告", "no_agency"),
        ("市政府办公室", "bare_body"),
        ("临江市商务局2023年年报", "bare_body"),
        ("临江市商务局政府信息公开年度报告", "no_year"),
        ("关于公布临江市商务局2023年政府信息公开工作年度报告的公告", "announced"),
        ("关于印发《城关镇2020年政府信息公开工作年度报告》的通知", "announced"),
        ("临江市商务局2009年度政府信息公开工作总结", "unknown_tail"),
    ],
)
def test_what_the_title_cannot_tell_is_left_to_the_page(title: str, reason: str) -> None:
    verdict = judge(title)
    assert (verdict.verdict, verdict.reason) == ("undecided", reason)


def test_a_bare_label_counts_only_in_an_annual_column() -> None:
    for label in ("2023年", "2023年度", "2023年年报"):
        assert judge(label).verdict == "other"
        assert judge(label, column_is_annual=True).verdict == "undecided"
    assert judge("政府信息公开指南", column_is_annual=True).verdict == "other"


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("2024 年政府信息公开工作年度报告", 2024),
        ("20 24年政府信息公开工作年度报告", 2024),
        ("关于发布2022年政府信息公开工作年度报告的公告(2023年1月9日)", 2022),
        ("2021—2022学年信息公开年度报告", None),
        ("政府信息公开年报", None),
        ("电话12023年1", None),
        ("1949年政府信息公开工作年度报告", None),
    ],
)
def test_the_year_of_a_title(title: str, year: int | None) -> None:
    assert title_year(title) == year


@given(st.text(max_size=200), st.booleans())
def test_no_title_breaks_it(title: str, column_is_annual: bool) -> None:
    verdict = judge(title, column_is_annual=column_is_annual)
    assert verdict.verdict in {"report", "other", "undecided"}
    assert verdict.year == title_year(title)


@pytest.mark.parametrize(
    "piece",
    [
        "政府信息公开工作年度",
        "2023年",
        "(",
        "《",
        "信息公开情况",
        "年度年度",
        "关于发布",
        "\u3000",
        "公开",
    ],
)
def test_a_long_title_is_judged_by_its_beginning(piece: str) -> None:
    assert judge(piece * 200_000 + "报告") == judge((piece * 300)[:300])
