from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.normal import has_pinyin, is_traditional, match_form


@pytest.mark.parametrize(
    ("printed", "form"),
    [
        ("發(fā)布", "发布"),
        ("結(jié)轉(zhuǎn)下年度", "结转下年度"),
        ("公（gong）開", "公开"),
        ("復(fù)議", "复议"),
        ("本機(jī)關(guān)", "本机关"),
        ("數(shù)據(jù)的勾稽關(guān)系", "数据的勾稽关系"),
        ("綠(lǜ)化", "绿化"),
        ("业务（ＡＢＣ）", "业务(ABC)"),
        ("情况(a)", "情况(a)"),
        ("微信公众号(wechat)", "微信公众号(wechat)"),
        ("商业 企业", "商业企业"),
        ("总\n计", "总计"),
        ("法\u3000律\xa0服 务\u200b机 构", "法律服务机构"),
        ("（一）予以公开", "(一)予以公开"),
        ("1．属于国家秘密", "1.属于国家秘密"),
        ("1、属于国家秘密", "1.属于国家秘密"),
        ("一．总体情况", "一、总体情况"),
        ("3.危及‘三安全一稳定’", '3.危及"三安全一稳定"'),
        ("3.危及「三安全一稳定」", '3.危及"三安全一稳定"'),
        ("⼀、总体情况", "一、总体情况"),
        ("2896.904", "2896.904"),
        ("１２.5", "12.5"),
        ("", ""),
    ],
)
def test_one_form_for_the_spellings_of_a_label(printed: str, form: str) -> None:
    assert match_form(printed) == form


def test_labels_that_differ_stay_different() -> None:
    labels = ["同意公开", "不同意公开", "予以公开", "不予公开", "结果维持", "结果纠正"]
    assert len({match_form(label) for label in labels}) == len(labels)


@given(st.text())
def test_the_form_is_stable_and_has_no_blanks(text: str) -> None:
    form = match_form(text)
    assert match_form(form) == form
    assert not any(char.isspace() for char in form)


@given(st.text(alphabet="公开(gōng)新xin的 \n（ū́）一、.1"))
def test_the_form_is_stable_round_annotations(text: str) -> None:
    form = match_form(text)
    assert match_form(form) == form


def test_pinyin_is_noticed() -> None:
    assert has_pinyin("發(fā)布時間")
    assert has_pinyin("新(xin)条例公(gong)開")
    assert not has_pinyin("微信公众号(wechat)、客户端(app)和一体机(he)")
    assert not has_pinyin("情况(a)和情况(b)")


def test_script_is_told_by_share() -> None:
    assert is_traditional("隨州市2013年政府信息公開工作年度報告")
    assert not is_traditional("随州市2013年政府信息公开工作年度报告")
    assert not is_traditional("乾县" + "随州市2013年政府信息公开工作年度报告" * 20)
    assert not is_traditional("")
