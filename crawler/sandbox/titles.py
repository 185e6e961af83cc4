"""Titles of reports, and of what stands beside them and is none."""

from __future__ import annotations

from random import Random

from crawler.sandbox.model import Body, Place

_TITLES = (
    ("{name}{year}年政府信息公开工作年度报告", 50),
    ("{name}{year}年度政府信息公开工作年度报告", 12),
    ("{name}{year}年政府信息公开年度报告", 10),
    ("{name}{year}年度政府信息公开年度报告", 4),
    ("{year}年{name}政府信息公开工作年度报告", 6),
    ("{name} {year}年政府信息公开工作年度报告", 4),
    ("{name} {year} 年政府信息公开工作年度报告", 3),
    ("{name}{year}年政府信息公开工作 年度报告", 3),
    ("{name}{year}年度政府信息公开年度工作报告", 3),
    ("{name}{year}年度信息公开工作年度报告", 2),
    ("{name}{year}年政府信息公开工作年报", 3),
)

# Reason and title. {year} is the report year, {next} the year it is published in.
_LOOKALIKES = (
    ("notice", "关于做好{year}年政府信息公开工作年度报告编制和发布工作的通知"),
    ("notice", "{office}关于{year}年度政府信息公开年度报告有关事项的通知"),
    ("format", "{year}年政府信息公开工作年度报告格式"),
    ("meeting", "{place}召开{year}年度政府信息公开年度报告编制工作部署会"),
    ("training", "{place}举办政府信息公开工作年度报告编制培训班"),
    ("guide", "{short}{year}年政府信息公开指南"),
    ("rules", "{short}政府信息公开制度"),
    ("plan", "{office}关于印发{next}年{place}政务公开工作要点的通知"),
    ("site_report", "政府网站工作年度报表（{year}年度）"),
    ("site_report", "{short}政府网站监管{year}年度报表"),
    ("other_report", "{short}{year}年法治政府建设年度报告"),
    ("other_report", "{year}年{place}行政审判年度报告"),
    ("interpretation", "【文字解读】{place}{year}年政府信息公开工作年度报告解读"),
    ("school_year", "{place}职业技术学校{year}—{next}学年信息公开年度报告"),
    ("work_report", "{year}年{place}政府工作报告"),
    ("evaluation", "{place}{year}年政务公开考评办法"),
)

_NEWS = (
    "{place}召开安全生产工作会议",
    "{place}领导到企业调研",
    "{place}举办第{number}届文化旅游节",
    "{place}召开{year}年度政府信息公开年度报告编制工作部署会",
    "{place}{year}年政府信息公开工作获通报表扬",
    "{place}{year}年国民经济和社会发展统计公报",
    "{place}人民政府办公室关于做好{year}年政府信息公开工作年度报告编制和发布工作的通知",
)


def report_title(body: Body, year: int, chance: Random, *, full: bool) -> tuple[str, str]:
    """Return (title, agency): a report's title and the name of the body that it prints.

    Args:
        body: The body.
        year: The report year.
        chance: Dice.
        full: Print the full name; else any of the names in use.
    """
    named = (body.name, *body.shorts)
    agency = chance.choices(named, (3, *([1] * len(body.shorts))))[0]
    if full:
        agency = body.name
    pattern = chance.choices([text for text, _ in _TITLES], [weight for _, weight in _TITLES])[0]
    return pattern.format(name=agency, year=year), agency


def lookalike_title(place: Place, body: Body, year: int, chance: Random) -> tuple[str, str]:
    """Return (reason, title) of a page that shares the words of a report and is none."""
    reason, pattern = chance.choice(_LOOKALIKES)
    short = body.shorts[0] if body.shorts else body.name
    office = f"{place.short}人民政府办公室"
    return reason, pattern.format(
        year=year, next=year + 1, place=place.short, short=short, office=office
    )


def news_title(place: Place, year: int, chance: Random) -> str:
    """Return the title of a piece of news; the words of some are those of reports."""
    return chance.choice(_NEWS).format(place=place.short, year=year, number=chance.randint(2, 19))
