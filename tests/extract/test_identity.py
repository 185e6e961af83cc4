from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import chrome, page, sections
from extract.decode import decode
from extract.identity import Identity, identify
from extract.normal import match_form
from extract.page import PageFields
from extract.record import Claim, Source


def identified(lines: list[str], source: Source | None = None, **claims: str) -> Identity:
    """Identify a text; claims are field=value, of the meta tags."""
    fields = PageFields(tuple(Claim(name, value, "meta", value) for name, value in claims.items()))
    return identify(fields, sections.split(lines), lines, source or Source())


def writer(lines: list[str], source: Source | None = None, **claims: str) -> tuple[str, str] | None:
    agency = identified(lines, source, **claims).agency
    return (agency.name, agency.source) if agency else None


TITLE = "临江市财政局2023年政府信息公开工作年度报告"
OURS = ["2023年,我局认真贯彻落实条例,切实做好政府信息公开工作。", "我局网站发布信息20条。"]


def test_the_title_names_the_body_whoever_posted_it() -> None:
    assert writer(OURS, title=TITLE, publisher="临江市人民政府办公室") == ("临江市财政局", "title")
    assert writer(
        ["我县政务公开工作取得成效。"],
        title="靖州縣2024年政府信息公開工作年度報告",
        content_source="靖州县政务服务中心",
    ) == ("靖州县", "title")


def test_a_title_is_printed_without_the_site_behind_it() -> None:
    titles = (f"{TITLE}-某某官网入口", TITLE)
    claims = tuple(Claim("title", title, "heading", title) for title in titles)
    assert identify(PageFields(claims), [], OURS, Source()).title == TITLE
    assert identified(OURS, title=titles[0]).title == titles[0], "nothing cleaner is printed"


def test_a_label_that_is_a_body_names_it_and_a_site_name_does_not() -> None:
    lines = ["2023年,我办认真落实条例。"]
    assert writer(lines, Source(row_title="市政府办公室")) == ("市政府办公室", "title")
    assert writer(lines, title="市政府办公室", content_source="临江日报") == (
        "市政府办公室",
        "title",
    )
    site = PageFields((Claim("title", "临江市人民政府", "title_element", ""),))
    assert identify(site, [], lines, Source()).agency is None


def test_the_signature_names_the_body() -> None:
    signed = [*OURS, "临江市财政局", "2024年1月14日"]
    assert writer(signed) == ("临江市财政局", "signature")
    assert identified(signed).signed_on == "2024-01-14"
    assert writer([*OURS, "临江市财政局 二〇二四年一月十四日"]) == ("临江市财政局", "signature")
    assert writer(signed, publisher="临江市人民政府") == ("临江市财政局", "signature")


def test_the_index_table_names_the_body_unless_the_text_speaks_otherwise() -> None:
    assert writer(OURS, publisher="临江市财政局") == ("临江市财政局", "index_table")
    column = Source(column_agency="临江市财政局", column_name="年报")
    assert writer(OURS, column, publisher="临江市人民政府办公室") == ("临江市财政局", "column")


@pytest.mark.parametrize(
    "posted", ["临江日报", "临江发布微信公众号", "临江市政务服务中心", "临江政府网", "新华社"]
)
def test_whoever_posted_it_is_not_the_body(posted: str) -> None:
    assert writer(OURS, content_source=posted) is None


def test_a_source_the_text_bears_out_is_the_body() -> None:
    assert writer(OURS, content_source="临江市财政局") == ("临江市财政局", "meta")
    assert writer(["全年公开信息20条,由市财政局汇总。"], content_source="市财政局") == (
        "市财政局",
        "meta",
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2024年,临江市行政审批局始终坚持以人民为中心的发展思想。", "临江市行政审批局"),
        ("现将区行政审批局2020年度政府信息公开工作报告如下。", "区行政审批局"),
        ("现向社会公布临江县发展和改革局2023年度政府信息公开年度报告。", "临江县发展和改革局"),
        ("2020年度临江区行政审批局政府信息公开工作严格落实条例。", "临江区行政审批局"),
        ("本报告由临江市人民政府办公室编制。", "临江市人民政府办公室"),
        (
            "特编制临江市人民政府地方志办公室2023年政府信息公开工作年度报告。",
            "临江市人民政府地方志办公室",
        ),
        ("现特向社会公布建新镇2021年度本级政府信息公开年度报告。", "建新镇"),
        (
            "按照要求,清水镇积极加强信息公开工作,编制2021年度清水镇人民政府信息公开年度报告。",
            "清水镇",
        ),
        ("如有疑问,请与临江市清水镇人民政府联系(电话:0537-5770001)。", "临江市清水镇人民政府"),
        (
            "特向社会公布2022年度我局政府信息公开工作年度报告。"
            "本报告涵盖了2022年清水区教育局政府信息公开工作。",
            "清水区教育局",
        ),
    ],
)
def test_the_first_sentences_name_the_body(text: str, name: str) -> None:
    identity = identified([text, "一、总体情况", "无。"])
    assert identity.agency is not None
    assert (identity.agency.name, identity.agency.source) == (name, "inferred")
    assert "AGENCY_INFERRED" in identity.flags


def test_of_two_spellings_the_fuller_one() -> None:
    lines = [
        "现将区行政审批局2020年度政府信息公开工作报告如下。",
        "一、总体情况",
        "2020年度临江区行政审批局政府信息公开工作严格落实《条例》。",
    ]
    assert writer(lines) == ("临江区行政审批局", "inferred")


@pytest.mark.parametrize(
    "text",
    [
        "特向社会公布2022年度我局政府信息公开工作年度报告。",
        "2024年,我局严格按照祁阳市2024年政务公开重点工作任务分工方案要求开展工作。",
        "2024年,市政府高度重视,县委、县政府坚持公开。",
        "如有疑问,请与临江市政府信息公开工作领导小组办公室联系。",
        "为深入贯彻落实国务院、省、市、县关于政务公开的工作要求,现将工作总结如下:",
        "根据《临江市人民政府办公室关于做好2023年政府信息公开工作年度报告的通知》,我单位编制本报告。",
    ],
)
def test_nobody_named_stays_unknown(text: str) -> None:
    assert writer([text]) is None


def test_the_footer_is_the_site_and_not_the_body() -> None:
    assert writer(OURS, host_unit="临江市人民政府") is None
    assert writer(["我县依法公开。"], host_unit="临江县人民政府") == ("临江县人民政府", "footer")


def test_codes_come_with_the_body() -> None:
    agency = identified(
        OURS,
        title="华容区财政局2023年政府信息公开工作年度报告",
        index_number="11341702486344515H/202110-00013",
        site_id_code="4207030001",
        host_unit="华容区人民政府",
    ).agency
    assert agency is not None
    assert agency.uscc == "11341702486344515H"
    assert agency.org_code == "486344515"
    assert agency.site_id_code == "4207030001"
    assert agency.division_code == "420703"


def test_a_site_of_another_place_gives_no_division() -> None:
    for title in ("靖州县", "怀化市靖州县"):
        agency = identified(
            OURS,
            title=f"{title}财政局2023年政府信息公开工作年度报告",
            site_id_code="4312000001",
            site_name="怀化市人民政府",
        ).agency
        assert agency is not None
        assert agency.division_code is None


@pytest.mark.parametrize(
    ("lines", "claims", "year"),
    [
        (OURS, {"title": TITLE.replace("2023", "2022")}, 2022),
        (["本报告数据统计期限自2021年1月1日起至2021年12月31日止。", "2020年,我局…"], {}, 2021),
        (["所列数据的统计时限为 2023 年 1 月 1 日至 12 月 31 日。"], {}, 2023),
        (["现将区行政审批局2020年度政府信息公开工作报告如下。"], {}, 2020),
        (
            [
                "一、总体情况",
                "2024年,我局坚持公开。",
                "五、存在的主要问题",
                "2025年,将改进。2025年,再改。",
            ],
            {},
            2024,
        ),
        (["文中数字的统计期限自2025年1月1日起，至2025年12月31日止。"], {}, 2025),
        (["我办编写了2025年的年度报告。"], {}, 2025),
        (["我办2025年度没有收取信息处理费。"], {}, 2025),
        (["无。"], {"column": "2025年部门年报"}, 2025),
        (["2024年,我局坚持公开。"], {"column": "2025年部门年报"}, 2024),
        (["无。"], {}, None),
        (["按照国办公开办函〔2021〕30号编制。"], {}, None),
    ],
)
def test_the_year_comes_from_title_period_and_text(
    lines: list[str], claims: dict[str, str], year: int | None
) -> None:
    assert identified(lines, **claims).year == year


def test_the_address_never_gives_a_year() -> None:
    assert (
        identified(["无。"], Source(url="http://a.gov.cn/2023/202401/t20240117_1.html")).year
        is None
    )


def test_years_that_disagree_are_flagged() -> None:
    lines = ["数据统计期限自2022年1月1日至2022年12月31日。"]
    identity = identified(lines, title=TITLE)
    assert identity.year == 2023
    assert "YEAR_MISMATCH" in identity.flags
    assert {claim.value for claim in identity.claims if claim.field == "year"} == {"2023", "2022"}


def test_dates_have_an_order_and_the_list_row_is_the_last() -> None:
    row = Source(row_date="2024-02-02", row_title=TITLE)
    assert identified(OURS, row, published_on="2024-01-17").published_on == "2024-01-17"
    identity = identified(OURS, row)
    assert (identity.published_on, identity.title) == ("2024-02-02", TITLE)
    assert "UNDATED" in identified(OURS).flags


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("本报告数据涵盖全市各县(市、区)和市直各部门。", "whole_territory"),
        ("汇总临江市各县(市、区)、市政府各有关部门工作情况编制而成。", "whole_territory"),
        ("本报告中所列数据包括区政府各部门、各单位。", "government_with_departments"),
        ("数据仅包括市政府办公室本级。", "office_only"),
        ("我局认真开展工作。", "unknown"),
    ],
)
def test_the_scope_is_unknown_unless_the_text_says(text: str, scope: str) -> None:
    assert identified([text]).report_scope == scope


def test_a_copy_on_another_domain_is_flagged() -> None:
    assert "MIRROR_HOST" in identified(OURS, Source(url="http://a.example.com/1")).flags
    assert "MIRROR_HOST" not in identified(OURS, Source(url="http://a.gov.cn/1")).flags


@given(st.lists(st.text(max_size=60), max_size=8), st.text(max_size=40))
def test_any_text_is_identified(lines: list[str], title: str) -> None:
    identified(lines, title=title, publisher=title, content_source=title)


def real(path: Path) -> Identity:
    text = decode(path.read_bytes()).text
    if page.is_html(text):
        root = page.parse(text)
        article = page.container(root)
        fields = page.fields(root, article)
        for table in list(article.iter("table")):
            parent = table.getparent()
            assert parent is not None
            parent.remove(table)
        lines = chrome.prose(article)
    else:
        fields = page.text_fields(text)
        lines = chrome.filter_lines(text.splitlines())
    return identify(fields, sections.split(lines), lines, Source())


def compared(value: Any) -> str | None:
    return None if value is None else match_form(str(value))


@pytest.mark.corpus
def test_the_real_documents_are_whose_they_are(corpus: Path) -> None:
    wrong, read = [], 0
    for truth_path in sorted([*corpus.glob("seeds/*.truth.json"), *corpus.glob("reports/*.json")]):
        truth = json.loads(truth_path.read_text("utf-8"))
        stem = truth_path.name.removesuffix(".truth.json")
        paths = [
            p for p in truth_path.parent.glob(f"{stem}.*") if p.suffix in {".txt", ".md", ".html"}
        ]
        for path in paths:
            read += 1
            identity = real(path)
            got = {
                "agency": identity.agency.name if identity.agency else None,
                "year": identity.year,
                "title": identity.title,
                "published_on": identity.published_on,
            }
            if "signed_on" in truth:
                got["signed_on"] = identity.signed_on
            wrong += [
                (stem, key, value, truth[key])
                for key, value in got.items()
                if compared(value) != compared(truth[key])
            ]
    assert wrong == []
    assert read == 9
