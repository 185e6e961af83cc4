"""How promising a link is: 0 to 100 points for its words, its address, and where it stands.

The way of nearly all portals is 政府信息公开 → 政府信息公开年报 → list; beside it stand the ways
over departments and towns (部门信息公开 → 市财政局 → 年报) and, where all else fails, the site
map.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from extract.titles import judge
from spiders import headings

FOLLOWED = 25
"""A link with fewer points is not followed."""

FIRM = 40
"""A portal that has shown a column is looked through for links of at least so many points."""

_BESIDE_THE_WAY = 33
"""Guides and rules of 政府信息公开 have the menu with the reports beside them: looked at while no
column is known."""

_DEPTH = 4  # points that each further step from the home page costs
_ELSEWHERE = 5  # points that another host costs

_DISCLOSURE_ANNUAL = re.compile(r"信息公开.{0,6}(?:年报|年度.{0,4}报告|工作报告)|公开年报")
_DISCLOSURE = re.compile(r"(?:政府|政务)?信息公开|政务公开|公开目录|法定主动公开|公开专栏|信息公示")
_SIDE = re.compile(r"指南|制度|依申请|申请公开|意见箱|投诉|举报|条例|公开规定|机构职能|领导")
_MAP = re.compile(r"网站地图|站点地图|网站导航|站点导航|sitemap", re.I)
_SITES = re.compile(
    r"(?:部门|单位|机关|机构|乡镇|街道|县区|区县)(?:子)?(?:网站|站点|导航|链接)|网站群|政府网站导航"
    r"|^(?:市|县|区|州|盟|旗)?(?:政府|直)(?:部门|单位|机关|机构)$"
)
_LONG = 16  # characters of a label; longer ones are titles more often than names of columns
_STEP = re.compile(r"[\[【«<]*(?:[上下前后]一?页|[首尾末]页|最后一?页|第?\d{1,3}页?|>+|»)[\]】>]*")
_NO_BODY = re.compile(
    r"^(?:新闻|视频|图片|资讯|信息|数据|互动|办事|下载|专题|媒体|公告|投资|招商|会员|个人|用户|帮助)"
    r"(?:发布|资讯|信息)?(?:中心|会|室|站|所|部|处|馆)?$|走进|魅力|美丽|印象|概况|首页|我的|智慧|云|友好|友情"
)
_BODIES = re.compile(r"部门|单位|机构|街道|乡镇|镇街|县区|区县|县市区|直属")
_ANNUAL_PATH = re.compile(
    r"(?:xx|zfxx|zw|zf)?gk_?(?:gz)?n(?:d)?b(?:g)?(?![a-z])|gknb|xxgknb|xxgkgznb|ndbg|nianbao"
    r"|annual_?report|/nb(?:/|\d|$)|type=3(?:&|$)",
    re.I,
)
_DISCLOSURE_PATH = re.compile(
    r"xxgk|zfxxgk|zwgk|gkml|gkmlpt|openness|/public/|govopen|zwxx|xxgs|gongkai|/gk/|infopublic"
    r"|zwxxgk|zhengwugongkai",
    re.I,
)


def points(url: str, label: str, *, disclosure: bool, depth: int, elsewhere: bool = False) -> int:
    """Return the points of a link.

    Args:
        url: Where it leads.
        label: What it says.
        disclosure: It was found on a page about 政府信息公开.
        depth: Steps from the page where the portal was entered.
        elsewhere: It leads to another host of the same body.
    """
    label = "".join(label.split())
    if _STEP.fullmatch(label) or _is_title(label):
        return 0  # another page of the same list; a document, which is no way to others
    said = _of_label(label, disclosure=disclosure)
    if elsewhere and not said:
        return 0
    if elsewhere and headings.is_agency(label) and not _NO_BODY.search(label):
        said = max(said, 60)  # the site of a department
    address = f"{urlsplit(url).path}?{urlsplit(url).query}"
    if _ANNUAL_PATH.search(address):
        said = max(said + 5, 62)
    elif _DISCLOSURE_PATH.search(address) and said < 60 and said != _BESIDE_THE_WAY:
        said += 12
    if not said:
        return 0
    cost = _DEPTH * max(0, depth - 1) + _ELSEWHERE * elsewhere
    return max(0, min(said, 100) - cost)


def leads_to_bodies(label: str) -> bool:
    """Tell whether a label is that of a directory of departments' sites (部门网站)."""
    return bool(_SITES.search("".join(label.split())))


def is_disclosure(text: str) -> bool:
    """Tell whether a heading or label is about 政府信息公开 or 政务公开."""
    return bool(_DISCLOSURE.search("".join(text.split())))


def names_the_reports(label: str) -> bool:
    """Tell whether a label names annual reports of 信息公开, not reports of another kind."""
    label = "".join(label.split())
    return bool(_DISCLOSURE_ANNUAL.search(label)) and headings.is_annual(label)


def is_annual_path(url: str) -> bool:
    """Tell whether an address names a column of annual reports (``/zwgk/gknb/``)."""
    return bool(_ANNUAL_PATH.search(f"{urlsplit(url).path}?{urlsplit(url).query}"))


def _is_title(label: str) -> bool:
    """Tell whether a label is the title of a document: a report, or a notice about reports."""
    verdict = judge(label).verdict
    return verdict == "report" or (len(label) > _LONG and verdict == "other")


def _of_label(label: str, *, disclosure: bool) -> int:
    if not label or len(label) > 60:
        return 0
    if names_the_reports(label):
        return 95
    if headings.is_annual(label):
        return 85 if disclosure else 55
    if _MAP.search(label):
        return 30
    if _SITES.search(label):
        return 48
    if _DISCLOSURE.search(label):
        if _SIDE.search(label):
            return _BESIDE_THE_WAY
        return 72 if "政府信息公开" in label else 66
    if disclosure and _SIDE.search(label):
        return 0
    if headings.is_agency(label) and not _NO_BODY.search(label):
        return 50 if disclosure else 20
    if _BODIES.search(label) and len(label) <= 16:
        return 58 if disclosure else 26
    if headings.is_year(label) and disclosure:
        return 20
    return 0
