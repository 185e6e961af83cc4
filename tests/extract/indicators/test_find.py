from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.indicators import find
from extract.indicators.rules import rules, specs, statuses
from extract.indicators.sentence import mentions, sentences
from extract.read import read as read_document
from extract.record import Indicator, Section, Source
from tests.extract.indicators.labelled import FOLDER, Labelled
from tests.extract.indicators.labelled import sentences as labelled


def read(text: str, year: int | None = 2024, number: int = 1) -> list[Indicator]:
    return find([Section(number, "", text)], year)


def values(text: str, year: int | None = 2024) -> dict[str, float]:
    return {one.key: one.value for one in read(text, year)}


def test_an_indicator_carries_its_sentence_as_printed() -> None:
    (one,) = read("前一句。我局微信公众号　推送信息１，２０４ 条。后一句。")
    assert one == Indicator("wechat_items", 1204, "条", "own_body", "stated",
                            "我局微信公众号　推送信息１，２０４ 条。", 1, "shipped")


def test_every_rule_is_of_a_known_key_and_every_key_has_a_status() -> None:
    keys = {item["key"] for item in specs()}
    assert {rule.key for rule in rules()} <= keys == set(statuses())
    assert set(statuses().values()) == {"shipped", "experimental"}


@pytest.mark.parametrize(
    ("text", "year", "found"),
    [
        ("2023年收到政府信息公开申请5件。", 2024, {}),
        ("2023年收到政府信息公开申请5件。", 2023, {"requests_received_prose": 5}),
        ("2023年收到政府信息公开申请5件。", None, {"requests_received_prose": 5}),
        ("2022年和2023年收到政府信息公开申请5件。", None, {}),
        ("公布《2019年要点》,收到政府信息公开申请5件。", 2024, {"requests_received_prose": 5}),
    ],
)
def test_numbers_of_other_years_are_not_claimed(
    text: str, year: int | None, found: dict[str, float]
) -> None:
    assert values(text, year) == found


def test_a_statement_made_twice_is_there_once() -> None:
    text = "收到政府信息公开申请5件。\n收到政府信息公开申请5件,已办结。"
    assert len(read(text)) == 1
    assert len(read(text.replace("5件,", "6件,"))) == 2


def test_problems_and_plans_are_not_read() -> None:
    assert read("收到政府信息公开申请5件。", number=5) == []


def test_traditional_script_and_pinyin_are_read() -> None:
    (one,) = read("門戶網(wǎng)站全年共發(fā)布各類信息3946條。")
    assert (one.key, one.value) == ("site_items_published", 3946)
    assert one.quote.startswith("門戶網(wǎng)站")


@pytest.mark.parametrize("broken", ["1 2", "1*", "第12", "3-12", "12.", "2024年"])
def test_half_a_number_is_none(broken: str) -> None:
    assert values(f"收到政府信息公开申请{broken}件。") == {}


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [("1.18万条", 11800, "条"), ("4.5亿次", 450_000_000, "次"), ("0.04万元", 400, "元"),
     ("12,345件", 12345, "件"), ("2896.904万元", 28969040, "元")],
)
def test_large_units_are_multiplied_in(text: str, value: float, unit: str) -> None:
    (one,) = mentions(text)
    assert (one.value, one.unit) == (value, unit)


@pytest.mark.parametrize("piece", ["收到申请5件,", "网站发布信息{}条,", "微信", "(", "《", "1,234"])
def test_a_text_without_an_end_is_bounded(piece: str) -> None:
    text = "".join(piece.format(at) for at in range(60_000))
    assert read(text) == []
    lines = "\n".join(f"网站发布信息{at}条。" for at in range(3000))
    assert len(read(lines)) == 3000


# Words that the rules repeat: two ways to spell one text would be tried in all their mixtures.
REPEATED = (
    "公开并", "发布并", "共计", "主动公开", "公开共", "收到并公开", "了共", "依申请公开", "的",
    "解读政策",
)  # fmt: skip


@pytest.mark.parametrize("words", REPEATED)
def test_words_repeated_without_end_are_bounded(words: str) -> None:
    for opening in ("网站", "微信", "视频号", "未收到", "收到", "主动公开", "信息处理费"):
        assert read(f"{opening}{words * 30}无5条。") == []


@given(st.lists(st.sampled_from(labelled()), min_size=1, max_size=6))
def test_each_printed_number_is_claimed_once(drawn: list[Labelled]) -> None:
    """Sentences one after the other say what each of them says: nothing leaks from one to the next.

    A number claimed by two keys, or a year carried into the next sentence, breaks it.
    """
    text = "".join(one.text for one in drawn)
    alone = {
        (found.key, found.value)
        for one in drawn
        for found in read(one.text, number=1)
    }
    together = read(text)
    assert {(found.key, found.value) for found in together} == alone
    for sentence in sentences(text):
        printed = len(mentions(sentence.plain))
        stated = [one for one in together
                  if one.quote == sentence.printed and one.basis != "stated_none"]
        assert len(stated) <= printed


@pytest.mark.corpus
def test_the_indicators_of_the_real_reports(corpus: Path) -> None:
    """The truth is in truth.tsv: document, key, value; all that the reader may say, and no more."""
    rows = (FOLDER / "truth.tsv").read_text(encoding="utf-8").splitlines()
    wanted: dict[str, list[str]] = {}
    for row in rows:
        document, _, told = row.partition("\t")
        wanted.setdefault(document, []).append(told)
    for document, told in wanted.items():
        record = read_document((corpus / document).read_bytes(), Source())[0]
        found = [f"{one.key}\t{one.value}" for one in record.indicators]
        assert sorted(found) == sorted(told), document
