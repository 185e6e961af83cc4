"""The full title of a link, and the date that belongs to it alone."""

from __future__ import annotations

import re

import pytest

from spiders.anchors import Anchor, anchors
from spiders.families.trs import Trs
from tests.spiders.samples import html


def found(body: str) -> list[Anchor]:
    return anchors(html(body), lambda url: bool(re.search(r"/t\d+_\d+\.shtml$", url)))


@pytest.mark.parametrize(
    ("link", "title"),
    [
        ('<a href="t1_1.shtml">市财政局2024年年报</a>', "市财政局2024年年报"),
        ('<a href="t1_1.shtml" title="市财政局2024年年报">市财政局202…</a>', "市财政局2024年年报"),
        ('<a href="t1_1.shtml" title="市财政局2024年年报">市财政局20...</a>', "市财政局2024年年报"),
        ('<a href="t1_1.shtml" title="市财政局2024年年报">市财政局</a>', "市财政局2024年年报"),
        ('<a href="t1_1.shtml" title="点击查看">市财政局2024年年报</a>', "市财政局2024年年报"),
        ('<a href="t1_1.shtml" title="市财政局"><img src="a.png"></a>', "市财政局"),
        (
            '<a href="t1_1.shtml" title="标题：市财政局年报\n发布时间：2025-01-01">市…</a>',
            "市财政局年报",
        ),
        (
            '<a href="t1_1.shtml">市财政局2024年年报<span>[2025-01-17]</span></a>',
            "市财政局2024年年报",
        ),
        ('<a href="t1_1.shtml">市财政局2024年年报 2025-01-17</a>', "市财政局2024年年报"),
        ('<a href="t1_1.shtml">·\u3000市财政局\n 2024年年报</a>', "市财政局 2024年年报"),
        ('<a href="t1_1.shtml">2024年<script>var x</script>年报</a>', "2024年年报"),
    ],
)
def test_title(link: str, title: str) -> None:
    assert [one.title for one in found(link)] == [title]


A, B = '<a href="t1_1.shtml">甲局年报</a>', '<a href="t1_2.shtml">乙局年报</a>'


@pytest.mark.parametrize(
    "body",
    [
        f"<ul><li>{A}<span>2025-01-17</span></li><li>{B}<span>2024-01-16</span></li></ul>",
        f"<ul><li><i>2025/01/17</i>{A}</li><li><i>2024/1/16</i>{B}</li></ul>",
        f"<ul><li>{A}<b>[2025年01月17日]</b></li><li>{B}<b>[2024年1月16日]</b></li></ul>",
        f"<table><tr><td>1<td>{A}<td>发布：2025-01-17 09:30<tr><td>2<td>{B}<td>2024-01-16</table>",
        f"<div><p>{A}</p><em>2025-01-17</em></div><div><p>{B}</p><em>2024-01-16</em></div>",
        f"<dl><dt>{A}</dt><dd>2025-01-17</dd><dt>{B}</dt><dd>2024-01-16</dd></dl>",
        f"<div>{A} 2025-01-17<br>{B} 2024-01-16</div>",
        f"<div><i>2025-01-17</i>{A}<i>2024-01-16</i>{B}</div>",
        f"<li><h4>{A}</h4><p class=date>2025-01-17</p></li><li><h4>{B}</h4><p>2024-01-16</p></li>",
        f"<div>{A}<table><tr><td>日期<td>2025-01-17</table></div>"
        f"<div>{B}<table><tr><td>日期<td>2024-01-16</table></div>",
        f"<div><b>17</b><i>2025-01</i>{A}</div><div><b>16</b><i>2024-01</i>{B}</div>",
        # The whole page in a layout table, today's date in it.
        f"<table><tr><td>今天是 2026-11-22<a href='/'>首页</a><a href='/a/'>政务</a>"
        f"<a href='/b/'>公开</a><a href='/c/'>互动</a><a href='/d/'>服务</a></td></tr>"
        f"<tr><td><ul><li>{A}<span>2025-01-17</span></li><li>{B}<span>2024-01-16</span></li></ul></td></tr></table>",
    ],
)
def test_dates_of_two_rows(body: str) -> None:
    articles = [one for one in found(body) if one.article]
    assert [one.date for one in articles] == ["2025-01-17", "2024-01-16"]
    assert len({one.home for one in articles}) == 1, "rows of one list stand in one place"


def test_no_date_is_borrowed() -> None:
    header = '<div class="top">2026-11-22 <a href="/">首页</a></div>'
    assert [one.date for one in found(f"{header}<ul><li>{A}</li></ul>") if one.article] == [None]


def test_a_layout_cell_lends_no_date_to_its_links() -> None:
    menu = "".join(f'<a href="/{n}/">栏目</a>' for n in range(8))
    cell = f"<table><tr><td><i>2026-11-22</i>{menu}<p>{A}</p></td></tr></table>"
    assert [one.date for one in found(cell) if one.article] == [None]


def test_a_row_borrows_no_date_from_a_row_nested_in_it() -> None:
    nested = f"<ul><li>{A}<ul><li>{B}<span>2024-01-16</span></li></ul></li></ul>"
    assert [(one.title, one.date) for one in found(nested)] == [
        ("甲局年报", None),
        ("乙局年报", "2024-01-16"),
    ]


def test_a_date_in_a_sentence_is_none() -> None:
    row = f"<li>{A}<p>自2021年5月13日起施行，至2022年1月1日</p></li>"
    assert [one.date for one in found(row)] == [None]


def test_rows_nested_in_a_row_keep_off_its_date() -> None:
    nested = f"<ul><li>{A}<div><ul><li>{B}</li></ul></div><span>2025-01-17</span></li></ul>"
    assert [(one.title, one.date) for one in found(nested)] == [
        ("甲局年报", "2025-01-17"),
        ("乙局年报", None),
    ]


@pytest.mark.parametrize(
    "step",
    [
        f"<p>上一篇：{A}</p>",
        f"<p><span>下一条</span>：<em>{A}</em></p>",
        f"<div><label>【上一篇】</label><div>{A}</div></div>",
        '<a href="t1_1.shtml">上一篇：甲局年报</a>',
    ],
)
def test_the_article_before_and_after_is_no_link(step: str) -> None:
    assert found(step) == []


def test_empty_and_unusable_links_are_left_out() -> None:
    assert (
        found('<a href="t1_1.shtml"></a><a>x</a><a href="javascript:;">y</a><a href="./">z</a>')
        == []
    )


def test_chrome() -> None:
    third = A.replace("t1", "t2")
    body = f'<div class="crumbs">{A}</div><nav>{B}</nav><div class="list_left">{third}</div>'
    assert [one.chrome for one in found(body)] == [True, True, False]


def test_a_link_round_a_whole_row_is_titled_by_its_heading() -> None:
    row = (
        '<li><a href="./202501/t20250117_1.shtml"><h4>某局2024年政府信息公开工作年度报告</h4>'
        '<p class="date">2025-01-17</p><p>根据条例，现公布……</p></a></li>'
    )
    (only,) = Trs.rows(html(f"<ul>{row}</ul>"))
    assert (only.title, only.date) == ("某局2024年政府信息公开工作年度报告", "2025-01-17")
