from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.sections import locate, split

HEADS = [
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
]


def report(heads: list[str]) -> list[str]:
    return [
        "现将情况报告如下。",
        *(line for head in heads for line in (head, f"本节讲{head[2:6]}。")),
    ]


def test_preamble_and_six_sections() -> None:
    sections = split(report(HEADS))
    assert [section.number for section in sections] == list(range(7))
    assert [section.heading for section in sections[1:]] == HEADS
    assert sections[0].text == "现将情况报告如下。"
    assert sections[6].text == "本节讲其他需要。"


@pytest.mark.parametrize(
    ("number", "heading"),
    [
        (1, "一、总体情况概述"),
        (1, "一　总 体 情 况"),
        (1, "一、總體情況"),
        (2, "二、行政机关主动公开政府信息情况"),
        (2, "三、主动公开政府信息情况："),
        (2, "## 二、主动公开政府信息情况"),
        (3, "三、收到和處理政府信息公開申請情況"),
        (3, "三．行政机关收到和处理政府信息公开申请情况"),
        (4, "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
        (4, "四、政府信息公開行政復(fù)議、行政訴訟情況"),
        (4, "四、政府信息公开行政复议和行政诉讼情况"),
        (4, "四、政府信息公开行政复议行政诉讼情况"),
        (5, "五、存在的主要问题及整改措施"),
        (5, "五、政府信息公开工作存在的问题及改进情况"),
        (5, "五、存在问题及改进情况"),
        (5, "四、存在的主要问题和下一步工作打算"),
        (6, "六、需要报告的其他事项"),
        (6, "七、其他需要报告的事项"),
        (6, "其他需要报告的事项"),
        (3, "三、依申请公开情况"),
        (4, "四、行政复议、行政诉讼情况"),
        (4, "四、因信息公开申请行政复议、提起行政诉讼的情况"),
        (1, "一、政府信息公开总体工作情况"),
        (2, "二、主动公开政府政府情况"),
        (3, "三、依申请公开和不予公开情况"),
        (5, "五、存在的主要问题及下一步计划"),
    ],
)
def test_the_label_decides_the_number(number: int, heading: str) -> None:
    (part,) = locate([heading, "正文。"])
    assert (part.number, part.text) == (number, "正文。")


@pytest.mark.parametrize(
    "line",
    [
        "(一)主动公开情况。重点公开机构概况。",
        "四、结转下年度继续办理",
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "三、本年度办理结果",
        "二、工作机制保障",
        "报告由总体情况、主动公开信息情况、存在的主要问题及改进情况六个部分组成。",
        "二是加强主动公开政府信息情况的督查。",
        "一、总体情况的说明见后",
    ],
)
def test_what_only_mentions_a_label_is_no_heading(line: str) -> None:
    assert [part.number for part in locate([line, "正文。"])] == [0]


def test_text_may_stand_behind_the_heading() -> None:
    (part,) = locate(["五、存在的主要问题及改进情况：2024年,我局认真整改,取得实效。"])
    assert part.heading == "五、存在的主要问题及改进情况"
    assert part.text == "2024年,我局认真整改,取得实效。"


def test_headings_inside_one_long_line() -> None:
    text = "".join(report(HEADS))
    parts = locate([text])
    assert [part.number for part in parts] == list(range(7))
    assert [part.heading for part in parts[1:]] == HEADS
    assert [text[part.start_at :].startswith(part.heading) for part in parts] == [True] * 7


def test_a_heading_over_two_lines() -> None:
    parts = locate(["四、因政府信息公开工作被申请行政复议、提起", "行政诉讼情况", "无。"])
    assert [(part.number, part.text) for part in parts] == [(4, "无。")]


def test_official_headings_win_over_loose_ones_and_restarts() -> None:
    lines = [
        "一、总体情况",
        "甲。",
        "二、工作机制保障",
        "乙。",
        "三、依申请公开情况",
        "丙。",
        "一、主动公开政府信息情况",
        "丁。",
        "二、收到和处理政府信息公开申请情况",
        "戊。",
        "三、政府信息公开行政复议、行政诉讼情况",
        "(一)主要问题",
        "己。",
        "五、其他需要报告的事项",
        "庚。",
    ]
    parts = locate(lines)
    assert [part.number for part in parts] == [1, 2, 3, 4, 5, 6]
    assert parts[0].text == "甲。\n二、工作机制保障\n乙。\n三、依申请公开情况\n丙。"
    assert parts[4].text == "(一)主要问题\n己。"


def test_a_table_of_contents_does_not_take_the_sections() -> None:
    sections = split([*HEADS, *report(HEADS)])
    assert [section.text for section in sections[1:]] == [
        line for line in report(HEADS)[1:] if line not in HEADS
    ]


@given(st.lists(st.sampled_from([*HEADS, "正文。", "七、附表", "", "| 0 | 1 |"]), max_size=20))
def test_no_character_is_lost(lines: list[str]) -> None:
    parts = locate(lines)
    kept = "".join(part.heading + part.text for part in parts).replace("\n", "")
    assert kept == "".join(lines)
    assert [part.start for part in parts] == sorted(part.start for part in parts)


@pytest.mark.corpus
def test_the_sections_of_the_real_texts(corpus: Path) -> None:
    texts = sorted([*corpus.glob("seeds/*.txt"), *corpus.glob("reports/*.txt")])
    texts += sorted(corpus.glob("reports/*.md"))
    assert len(texts) == 7
    for path in texts:
        lines = path.read_text("utf-8").splitlines()
        numbers = [part.number for part in locate(lines) if part.number]
        assert numbers == [1, 2, 3, 4, 5, 6], path.name


HAN = "一二三四五六"
LABELS = [head[2:] for head in HEADS]
ORDINALS = {
    "bracketed": "（{han}）{label}",
    "half-width brackets": "({han}){label}",
    "arabic": "{digit}.{label}",
    "arabic, full-width": "{wide}．{label}",
    "arabic, Chinese comma": "{digit}、{label}",
    "no ordinal": "{label}",
    "glued": "{han}{label}",
    "part": "第{han}部分{label}",
    "part, colon": "第{han}部分：{label}",
    "bold": "**{han}、{label}**",
    "framed": "【{han}、{label}】",
    "quoted": "{han}、“{label}”",
    "roman": "{roman}、{label}",
    "circled": "{circled}{label}",
    "blank": "{han} {label}",
    "comma": "{han}，{label}",
    "full stop": "{han}、{label}。",
}


def headings(pattern: str) -> list[str]:
    return [
        pattern.format(han=HAN[at], digit=at + 1, wide="１２３４５６"[at], roman="ⅠⅡⅢⅣⅤⅥ"[at],
                       circled="①②③④⑤⑥"[at], label=label)
        for at, label in enumerate(LABELS)
    ]


@pytest.mark.parametrize("style", ORDINALS)
def test_any_ordinal_on_a_line_of_its_own(style: str) -> None:
    texts = [f"本节讲第{digit}件事。" for digit in HAN]
    pairs = zip(headings(ORDINALS[style]), texts, strict=True)
    sections = split(["前言。", *(line for pair in pairs for line in pair)])
    assert [section.number for section in sections] == list(range(7))
    assert [section.text for section in sections] == ["前言。", *texts]


@pytest.mark.parametrize("style", ORDINALS)
def test_any_ordinal_with_its_text_behind_it(style: str) -> None:
    heads = headings(ORDINALS[style])
    sections = split(["前言。", *(f"{head}　{head[-2:]}的正文。" for head in heads)])
    assert [section.number for section in sections] == list(range(7))
    assert sections[2].text.endswith("的正文。")


@pytest.mark.parametrize("style", ["glued", "part", "arabic", "comma", "bracketed", "full stop"])
def test_any_ordinal_in_one_paragraph(style: str) -> None:
    text = "前言。" + "".join(f"{head}本节正文。" for head in headings(ORDINALS[style]))
    sections = split([text])
    assert [section.number for section in sections] == list(range(7))
    assert {section.text for section in sections[1:]} == {"本节正文。"}


def test_two_of_one_ordinal_and_a_late_count() -> None:
    heads = [f"{han}、{label}" for han, label in zip("一二三三四五", LABELS, strict=True)]
    assert [part.number for part in split(report(heads))] == list(range(7))


@pytest.mark.parametrize("caption", ["表{}：{}", "表{} {}", "附表{}、{}"])
def test_a_caption_stands_for_its_heading(caption: str) -> None:
    heads = [HEADS[0], *(caption.format("二三四"[at], LABELS[at + 1]) for at in range(3)),
             *HEADS[4:]]
    assert [section.number for section in split(report(heads))] == list(range(7))


def test_a_caption_out_of_order_is_none() -> None:
    lines = [f"表四：{LABELS[3]}", *report(HEADS)]
    lines.remove(HEADS[3])
    assert [section.number for section in split(lines)] == [0, 1, 2, 3, 5, 6]


def test_sub_headings_with_the_labels_of_sections_are_none() -> None:
    under = ["（一）主动公开政府信息情况", "公开了三条。", "（二）依申请公开情况", "没有。"]
    lines = [HEADS[0], *under, *report(HEADS)[3:]]
    sections = split(lines)
    assert [section.number for section in sections] == [1, 2, 3, 4, 5, 6]
    assert "公开了三条。" in sections[0].text
    without_second = [line for line in lines if line not in (HEADS[1], "本节讲主动公开。")]
    assert [section.number for section in split(without_second)] == [1, 3, 4, 5, 6]


SIGNATURES = [
    ["某县教育局", "2025年1月16日"],
    ["某县教育局 2025年1月16日"],
    ["二〇二五年一月十六日"],
    ["某县人民政府办公室", "2025-01-16", "附件：指标统计表"],
]


@pytest.mark.parametrize("signature", SIGNATURES)
def test_the_signature_is_no_part_of_the_last_section(signature: list[str]) -> None:
    last = split([*report(HEADS), *signature])[-1]
    assert last.text.split("\n") == [
        "本节讲其他需要。", *(line for line in signature if line.startswith("附件"))
    ]


@pytest.mark.parametrize("line", ["截至2025年1月16日，仍在整改。", "某县教育局负责解释。"])
def test_a_sentence_with_a_date_or_a_body_is_no_signature(line: str) -> None:
    assert split([*report(HEADS), line])[-1].text.endswith(line)


PIECES = [
    *HEADS, *headings(ORDINALS["bracketed"]), *headings(ORDINALS["glued"]),
    "表二：主动公开政府信息情况", "我局公开信息三条。", "（一）主动公开情况。公开五条。",
    "本节正文。二、主动公开政府信息情况　详见下表。", "| 0 | 1 |",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=24))
def test_the_sections_partition_the_prose(lines: list[str]) -> None:
    """No sentence is lost, none told twice, and their order stays."""
    kept = "".join(part.heading + part.text for part in locate(lines))

    def bare(text: str) -> str:
        return "".join(sign for sign in text if sign not in "\n \u3000|。：.:#*")

    assert bare(kept) == bare("".join(lines))
    numbers = [part.number for part in locate(lines)]
    assert len(numbers) == len(set(numbers))
    assert len(split(lines)) == len(numbers)
