import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import formats
from extract.tables import labels
from extract.tables.labels import T2, T3, match_column, match_row

TABLES = (T3, *T2)


def rows() -> list[tuple[str, str, str, str | None]]:
    return [
        (table, row.key, label, row.parent)
        for form in formats.NATIONAL
        for table, spec in formats.forms()[form].tables.items()
        if table in TABLES
        for row in spec.rows
        for label in row.labels
    ]


def columns() -> list[tuple[str, str, str]]:
    return [
        (table, column.key, label)
        for form in formats.NATIONAL
        for table, spec in formats.forms()[form].tables.items()
        if table in TABLES
        for column in spec.columns
        for label in column.labels
    ]


@pytest.mark.parametrize(("table", "key", "label", "parent"), rows())
def test_every_label_of_the_forms_matches_its_row(
    table: str, key: str, label: str, parent: str | None
) -> None:
    match = match_row(label, TABLES, parent)
    assert match is not None
    assert (match.table, match.key, match.quality) == (table, key, "exact")


@pytest.mark.parametrize(("table", "key", "label"), columns())
def test_every_label_of_the_forms_matches_its_column(table: str, key: str, label: str) -> None:
    match = match_column(label, table)
    assert match is not None
    assert match.key == key


def damages(label: str) -> list[str]:
    """Every loss of one character, and every swap of two neighbours."""
    lost = [label[:i] + label[i + 1 :] for i in range(len(label))]
    swapped = [label[:i] + label[i + 1] + label[i] + label[i + 2 :] for i in range(len(label) - 1)]
    return lost + swapped


def test_no_damaged_label_is_taken_for_another_row() -> None:
    exact = {labels.split_ordinal(labels.normal(label))[1] for _, _, label, _ in rows()}
    for table, key, label, _ in rows():
        for damaged in damages(label):
            match = match_row(damaged, TABLES)
            body = labels.split_ordinal(labels.normal(damaged))[1]
            if match and body not in exact and match.quality != "remark":
                assert (match.table, match.key) == (table, key), (label, damaged, match)


def test_no_two_labels_of_one_axis_are_near_each_other() -> None:
    for _, key, label, parent in rows():
        for _, other, text, other_parent in rows():
            if key != other and parent == other_parent:
                match = match_row(text, TABLES, parent)
                assert match is None or match.key != key, (label, text)


def test_a_misprint_needs_its_ordinal_its_parent_and_the_margin() -> None:
    near = match_row("2.其他法律行政止公开", (T3,), "denied")
    assert near is not None
    assert (near.key, near.quality) == ("denied_law_forbidden", "near")
    assert match_row("3.其他法律行政止公开", (T3,), "denied") is None
    assert match_row("2.其他法律行政止公开", (T3,), "unavailable") is None
    # One edit from 予以公开 and one from 不予公开: nobody may decide.
    assert match_row("(一)某予公开", (T3,), "results") is None
    assert match_row("行政许司", T2) is None


def test_a_denial_is_no_misprint() -> None:
    for text in ("非规范性文件", "二、未上年结转政府信息公开申请数量"):
        assert match_row(text, TABLES) is None
    near = match_row("规范性文件数", T2)
    assert near is not None
    assert near.quality == "near"


def test_remarks_in_brackets_are_set_aside_not_lost() -> None:
    for text, key in [("规章（县市区无）", "rules"), ("行政许可（含备案）", "licence")]:
        match = match_row(text, T2)
        assert match is not None
        assert match.key == key
    match = match_column("现行有效件数（不含予以修改）", "t2_art20_1")
    assert match is not None
    assert match.key == "valid"


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("第二十条第（一）项", "t2_art20_1"),
        ("第二十條第(八)項", "t2_art20_8"),
        (" 第 二十条 第（九）项 ", "t2_art20_9"),
        ("第二十条第（五）项：行政许可和其他对外管理服务事项", "t2_art20_5"),
        ("第二十条第（六）项（处罚、强制）", "t2_art20_6"),
        ("第二十条第（六）项规定的信息应当公开", None),
        ("第二十一条第（一）项", None),
        ("规章", None),
    ],
)
def test_captions(text: str, table: str | None) -> None:
    assert labels.caption(text) == table


@given(st.text(max_size=60))
def test_matching_never_fails(text: str) -> None:
    match_row(text, TABLES)
    match_column(text, T3)
    labels.caption(text)
    labels.is_review_header(text)
