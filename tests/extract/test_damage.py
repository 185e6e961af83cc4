"""Every harm is flagged, and a sound text carries no flag."""

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import damage, formats
from extract.damage import host_rank, text_flags
from extract.dates import first_date
from extract.read import read
from extract.record import Source, cells
from tests.extract import sheets
from tests.extract.loose import printed, tools
from tests.extract.sheets import NEW
from tests.extract.tables.test_markup import raws

TITLE = "某市水利局2024年政府信息公开工作年度报告"
PROSE = (
    "2024年，我局认真贯彻落实条例，全年主动公开信息218条，办理依申请公开6件，均按时答复。"
    "截至2024年12月31日，网站访问量36.5万次，全年365日畅通，联系电话0731-5555555。"
)
SOUND = f"{TITLE}\n一、总体情况\n{PROSE}\n"

HARMS = [
    ("TXT_PINYIN", SOUND.replace("公开", "公(gong)开")),
    ("TXT_PINYIN", SOUND.replace("制", "制").replace("落实", "落實(shí)")),
    ("TXT_PINYIN", SOUND.replace("报告", "报（bào）告")),
    ("TXT_KEYWORD_SWAP", SOUND.replace("政府信息公开", "澳門賭場推薦")),
    ("TXT_KEYWORD_SWAP", SOUND.replace("政府信息公开", "买球网站")),
    ("TXT_KEYWORD_SWAP", SOUND.replace("某市", "365bet(中国)官方网站")),
    ("TXT_KEYWORD_SWAP", SOUND.replace("某市", "政府足球比分网,即时比分")),
    ("TXT_NUM_GLUE", SOUND.replace("2024年12月31日", "20241231日")),
    ("TXT_NUM_GLUE", SOUND.replace("2024年12月31日", "202419日")),
    ("TXT_NUM_GLUE", SOUND.replace("2024年12月31日", "202412月31日")),
    ("TXT_MOJIBAKE", SOUND.replace("贯彻", "\ufffd\ufffd")),
    ("TXT_MOJIBAKE", SOUND.replace("贯彻", "锟斤拷")),
    ("TXT_MOJIBAKE", SOUND.replace("一、", "????一、")),
    ("TXT_MOJIBAKE", SOUND.encode().decode("latin-1")),
    ("TXT_MOJIBAKE", SOUND.encode().decode("gb18030", errors="replace")),
    ("TXT_MOJIBAKE", SOUND.encode("gb18030").decode("latin-1")),
    ("TXT_MOJIBAKE", SOUND.replace(PROSE[:30], PROSE[:30].encode().decode("latin-1"))),
    ("TXT_INSERTED", SOUND.replace("信息", "信@@息")),
    ("TXT_INVISIBLE", SOUND.replace("信息", "信\u200b息")),
    ("TXT_ENTITIES", SOUND.replace("，", "&amp;nbsp;")),
    ("TXT_TRAD", "某市水利局2024年政府信息公開工作年度報告\n全年主動公開信息，辦理申請。"),
]


def test_a_sound_text_has_no_flag() -> None:
    assert text_flags(SOUND) == []
    assert text_flags("") == []


@pytest.mark.parametrize(("flag", "text"), HARMS)
def test_a_harm_is_flagged(flag: str, text: str) -> None:
    assert flag in text_flags(text)
    (record,) = read(text.encode(), Source())
    # A wrong encoding of the whole is undone when the bytes are decoded.
    assert flag in record.flags or record.sections[0].text == TITLE


@given(st.sampled_from(HARMS), st.integers(0, 200), st.integers(1, 40))
def test_a_harm_is_flagged_wherever_it_stands(harm, before: int, behind: int) -> None:
    flag, text = harm
    mixed = PROSE[:before] + "\n" + text + "\n" + PROSE[:behind]
    assert flag == "TXT_TRAD" or flag in text_flags(mixed)


@pytest.mark.parametrize("text", [
    "体育彩票销售网点2家；打击网络赌博3起；查处棋牌室2家；皇冠社区、太阳城小区、金沙县。",
    "本单位网站（www.gov.cn）、客户端（APP）和公众号（ID：shuili）。",
    "2024年1月9日；2024年12月31日；20240109号文；联系电话：02024193；国办发〔2021〕30号。",
    "对内、对外（含①②）××局，“双随机”——“一公开”……",
    "Café Müller",
])
def test_what_a_body_writes_itself_is_no_harm(text: str) -> None:
    assert text_flags(text) == []


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=60))
def test_any_characters_of_chinese_are_no_wrong_encoding(text: str) -> None:
    assert "TXT_MOJIBAKE" not in text_flags(f"。{'，'.join(text)}。")


def test_every_flag_is_one_of_the_list() -> None:
    known = {entry.split(" ")[0] for entry in formats.raw()["quality_flags"]}
    assert {flag for flag, _ in HARMS} <= known


@pytest.mark.parametrize("text", ["202419日", "20171231日", "202412月31日"])
def test_a_fused_date_stays_unknown(text: str) -> None:
    assert first_date(text) is None


CHANGES = [
    lambda text: text.replace("制发", "制(zhì)发").replace("结转", "结(jié)转(zhuǎn)"),
    lambda text: text.replace("公开", "公(gong)开").replace("行政", "行(xing)政"),
    lambda text: text.replace("行政复议", "行政覆議").replace("属于", "屬於").replace("只", "衹"),
    lambda text: text.replace("本年", "本@@年").replace("总计", "总@@计"),
    lambda text: text.replace("年", "\u200b年").replace("计", "计\ufeff"),
    lambda text: "\n".join(f"&nbsp;{line}&nbsp;" for line in text.split("\n")),
    lambda text: text.replace("(", "（").replace(")", "）").replace(":", "："),
    lambda text: text.replace("商业企业", "商 业 企 业").replace("总计", "总&nbsp;计"),
]


@pytest.mark.parametrize("number", range(len(CHANGES)))
@pytest.mark.parametrize("tool", [tools.row_a_line, tools.markdown, tools.soup_lines,
                                  tools.pdf_rows, tools.word_copy])
def test_harmed_labels_are_still_read(tool, number: int) -> None:
    """What harms labels and no number loses no cell."""
    values = sheets.numbers(NEW, number)
    text = tool(list(printed.report(values)), Random(number))
    (record,) = read((SOUND + CHANGES[number](text)).encode(), Source())
    assert raws(record.tables) == values


@given(st.integers(0, 10**6))
def test_a_lost_character_in_a_number_leaves_it_unread(seed: int) -> None:
    values = sheets.numbers(NEW, seed)
    text = "\n".join(" | ".join(row.texts) + " |" for row in printed.report(values))
    at = text.index("(七)总计")
    harmed = text[:at] + text[at:].replace(" | ", " | \ufffd", 1)
    (record,) = read((SOUND + harmed).encode(), Source())
    row = [cell for table, key, _, cell in cells(record.tables)
           if table == "t3_requests" and key == "results_total"]
    assert [cell.missing for cell in row] == ["unparsed", *[None] * 6]
    assert "TXT_MOJIBAKE" in record.flags or "CELL_GARBLED" in record.flags


@pytest.mark.parametrize(("url", "issuing", "rank"), [
    ("https://www.xiangyang.gov.cn/a.html", True, "issuing_host"),
    ("https://www.xiangyang.gov.cn/a.html", False, "other_gov_host"),
    ("gov.cn", False, "other_gov_host"),
    ("http://gov.cn.example.com/", False, "copy"),
    ("http://notgov.cn/", False, "copy"),
    ("http://example.com/www.gov.cn", False, "copy"),
    (None, False, "copy"),
])
def test_the_rank_of_a_host(url: str | None, issuing: bool, rank: str) -> None:
    assert host_rank(url, issuing=issuing) == rank


@given(st.from_regex(re.compile(damage._SITES, re.I), fullmatch=True))
def test_whatever_is_a_site_is_found_by_its_trace(site: str) -> None:
    assert "TXT_KEYWORD_SWAP" in text_flags(SOUND.replace("某市", f"某市{site}"))
