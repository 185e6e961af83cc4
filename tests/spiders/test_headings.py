"""What a column is called, and what a label promises."""

from __future__ import annotations

import pytest

from spiders import headings
from tests.spiders.samples import html


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ('<meta name="ColumnName"content="政府信息公开年报">', "政府信息公开年报"),
        ('<nav class="loc"><a>首页</a> &gt; <a>公开</a> &gt; <a>年报</a></nav>', "年报"),
        ('<div class="crumbs">当前位置：<a>首页</a>&nbsp;&gt;&nbsp;2025年</div>', "2025年"),
        ('<meta name="ColumnName" content=""><title>公开年报-襄阳市人民政府</title>', "公开年报"),
        ('<div class="block"><p>a &gt; b</p></div>', ""),
    ],
)
def test_heading(body: str, name: str) -> None:
    assert headings.heading(html(body)) == name


def test_joined() -> None:
    assert headings.joined("", "年报") == "年报"
    assert headings.joined("年报", "2025年") == "年报 > 2025年"
    assert headings.joined("年报 > 2025年", "年报") == "年报 > 2025年"
    assert headings.joined("年报", "更多>>") == "年报"
    assert headings.joined("年报", "") == "年报"


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("政府信息公开年报", "annual"),
        ("区审计局政府信息公开工作年度报告", "annual"),
        ("财政局年度报告", "annual"),
        ("区统计局政府信息公开年报", "annual"),
        ("2024年", "year"),
        ("2024", "year"),
        ("2024年度", "year"),
        ("市财政局", "agency"),
        ("靖州苗族侗族自治县人民政府", "agency"),
        ("市直部门", "group"),
        ("乡镇街道", "group"),
        ("县（市）区", "group"),
        ("更多>>", "idle"),
        ("MORE", "idle"),
        ("法治政府建设年度报告", None),
        ("网站工作年度报表", None),
        ("统计年报", None),
        ("政府信息公开指南", None),
        ("20245", None),
    ],
)
def test_kinds_of_labels(label: str, kind: str | None) -> None:
    kinds = {
        "annual": headings.is_annual(label),
        "year": headings.is_year(label),
        "agency": headings.is_agency(label),
        "group": headings.is_group(label),
        "idle": headings.is_idle(label),
    }
    assert [name for name, holds in kinds.items() if holds] == ([kind] if kind else [])
