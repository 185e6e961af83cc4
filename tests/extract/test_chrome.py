from __future__ import annotations

import copy
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import chrome, page
from extract.decode import decode

FURNITURE = [
    "扫一扫在手机上查看当前页面",
    "扫描二维码,手机浏览本页",
    "主办单位:华容区人民政府 Copyright 2008-2017 承办:区政府办 网站标识:4207030001 点击总量: |",
    "鄂ICP备17005844号-1",
    "公安备案号：35012899001-19002",
    "网站标识码：3590000001",
    "版权所有：临江市人民政府",
    "浏览次数：123",
    "点击量: 20次",
    "阅读 35",
    "【打印本页】 【关闭窗口】",
    "字体：[大 中 小] 打印 分享到：",
    "微信 微博 QQ空间",
    "上一篇：临江市财政局2022年政府信息公开工作年度报告",
    "下一篇: 没有了",
    "相关附件：",
    "附件下载",
    "当前位置：首页 > 政务公开 > 年报",
    "来源：区住建局 发布日期：2021年05月13日",
    "發(fā)布時間:2025-02-18 16:52信息來源:靖州縣政務(wù)服務(wù)中心",
    "![](/images/qr.png)",
    "![二维码](data:image/png;base64,AAAA) |",
    "|---|---|",
    "",
]
PROSE = [
    "我局在窗口张贴“扫一扫”二维码,群众可扫码查看办事指南,全年扫码1200人次。",
    "六是按要求在网站底部规范设置网站标识码、公安备案号、ICP备案号等标识,主办单位名称与实际一致。",
    "一、总体情况",
    "(一)主动公开",
    "无。",
    "临江市财政局",
    "2024年1月17日",
    "附件：临江市财政局2023年政府信息公开工作年度报告附表",
    "联系电话：0527-83593059",
    "政府网站总访问量414.7万人次;",
    "时间紧、任务重,人手不足。",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_goes(line: str) -> None:
    assert chrome.filter_lines([line]) == []


@pytest.mark.parametrize("line", PROSE)
def test_prose_stays(line: str) -> None:
    assert chrome.filter_lines([line]) == [line]


def test_furniture_behind_a_sentence_is_cut_off() -> None:
    assert chrome.filter_lines(["2021年,无收取信息处理费情况。 附件下载"]) == [
        "2021年,无收取信息处理费情况。"
    ]


@given(st.lists(st.text(max_size=80), max_size=5))
def test_the_filter_is_stable(rows: list[str]) -> None:
    once = chrome.filter_lines(rows)
    assert chrome.filter_lines(once) == once


def prose_of(html: str) -> list[str]:
    article = copy.deepcopy(page.container(page.parse(html)))
    return chrome.prose(article)


def test_paragraphs_headings_and_signature_survive_and_furniture_does_not() -> None:
    body = "".join(f"<p>{line}</p>" for line in PROSE)
    furniture = "".join(f"<div>{line}</div>" for line in FURNITURE)
    html = f"<html><body><div id=zoom>{body}{furniture}</div></body></html>"
    assert prose_of(html) == PROSE


def test_a_body_in_a_layout_table_and_font_soup_survives() -> None:
    text = "".join(
        f"<p><font><span>{line[:3]}</span></font><b>{line[3:]}</b></p>" for line in PROSE
    )
    html = f"<html><body><table><tr><td><div id=x>{text}</div></td></tr></table></body></html>"
    assert prose_of(html) == PROSE


def test_text_without_paragraphs_survives() -> None:
    html = f"<html><body><div id=zoom>{'<br>'.join(PROSE)}</div></body></html>"
    assert prose_of(html) == PROSE


def test_a_huge_article_is_read_without_judgement() -> None:
    rows = "".join(f"<p>第{number}项工作已经按时完成并向社会公开。</p>" for number in range(21_000))
    assert len(prose_of(f"<html><body><div id=zoom>{rows}</div></body></html>")) == 21_000


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["shuyang-fgj_2023", "pingtan-czj_2018"])
def test_no_character_of_a_real_report_is_lost(corpus: Path, name: str) -> None:
    root = page.parse(decode((corpus / f"reports/{name}.html").read_bytes()).text)
    article = copy.deepcopy(page.container(root))
    for table in list(article.iter("table")):
        parent = table.getparent()
        assert parent is not None
        parent.remove(table)
    wanted = squeezed("".join(line.plain for line in page.lines(article)))
    assert squeezed("".join(chrome.prose(article))) == wanted


@pytest.mark.corpus
def test_no_line_of_the_real_texts_is_lost_but_furniture(corpus: Path) -> None:
    lost = {}
    for path in sorted(corpus.glob("seeds/*.txt")):
        rows = path.read_text("utf-8").splitlines()
        kept = {squeezed(row) for row in chrome.filter_lines(rows)}
        lost[path.name[:3]] = [
            row[:12] for row in rows if squeezed(row).strip("|-") and squeezed(row) not in kept
        ]
    assert lost == {
        "000": ["扫一扫在手机上查看当前页"],
        "001": ["發(fā)布時間:202"],
        "002": [],
        "003": ["![]() |", "主办单位:华容区人民政府"],
        "004": [],
    }
