"""What a column is called, and what the label of a list promises."""

from __future__ import annotations

import re

from w3lib.html import remove_tags, replace_entities

from extract.agency import looks_like_body
from spiders.page import Page

_CRUMBS = " | ".join(
    f"//*[contains(concat(' ', @class, ' '), '{name}')]"
    for name in ("crumb", " loc ", "location", "position", "article_site", " path ", "dqwz")
)
_STEPS = re.compile(r"[>»›＞]|::|当前位置|您的位置|[:：]")
SEPARATOR = " > "
_DISCLOSURE = re.compile(r"信息公开(?:工作)?(?:年度)?(?:工作)?(?:报告|年报)")
_ANNUAL = re.compile(r"年\s*报|年度\s*(?:工作)?\s*报告")
_NOT_ANNUAL = re.compile(r"报表|法治|统计|预算|决算|财务|审计报告|质量|监测|指南|制度|通知|解读")
_GROUP = re.compile(r"部门|乡镇|单位|直属|各|县市区|县（市|县\(市|镇街|镇办|市直|县直|区直")
_YEAR = re.compile(r"(?:19|20)\d{2}\s*(?:年度?)?")
_IDLE = re.compile(r"[>»+\s]*(?:更多|more|详情|详细|查看|进入|点击进入|首页)?[>»+\s]*", re.I)


def heading(page: Page) -> str:
    """Return the name the page gives its column, or "".

    Sources in order: the ColumnName meta field, the last step of the breadcrumb, the title
    element up to its first separator.
    """
    tree = page.selector
    name = tree.xpath("//meta[@name='ColumnName' or @name='columnname']/@content").get("").strip()
    if name:
        return _clean(name)
    for crumb in tree.xpath(_CRUMBS).getall():
        steps = [
            step
            for step in _STEPS.split(_clean(replace_entities(remove_tags(crumb))))
            if step.strip()
        ]
        if len(steps) > 1:
            return _clean(steps[-1])
    title = tree.xpath("//title/text()").get("")
    return _clean(re.split(r"[-_|－—]", title)[0])


def joined(outer: str, inner: str) -> str:
    """Return a column's name with the name of a list below it (``政府信息公开年报 > 2025年``).

    A step that says nothing (更多) or is already there is left out.
    """
    steps = [step for step in outer.split(SEPARATOR) if step]
    inner = _clean(inner)
    if inner and not is_idle(inner) and inner not in steps:
        steps.append(inner)
    return SEPARATOR.join(steps)


def is_annual(label: str) -> bool:
    """Tell whether a label promises annual disclosure reports (政府信息公开年报)."""
    label = "".join(label.split())
    if _DISCLOSURE.search(label):
        return True
    return bool(_ANNUAL.search(label)) and not _NOT_ANNUAL.search(label)


def is_agency(label: str) -> bool:
    """Tell whether a label names one body (市财政局), not a group of them (市直部门)."""
    label = _clean(label)
    return looks_like_body(label) and not _GROUP.search(label) and len(label) <= 30


def is_group(label: str) -> bool:
    """Tell whether a label names a group of bodies (市直部门, 乡镇街道)."""
    return bool(_GROUP.search(label)) and len(label) <= 30


def is_year(label: str) -> bool:
    """Tell whether a label is a year (2024, 2024年, 2024年度)."""
    return bool(_YEAR.fullmatch(_clean(label)))


def is_idle(label: str) -> bool:
    """Tell whether a label says nothing about where it leads (更多, more>>)."""
    return bool(_IDLE.fullmatch(label))


def _clean(text: str) -> str:
    return " ".join(text.replace("\u3000", " ").split())
