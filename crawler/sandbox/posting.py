"""Filling the columns: reports on time and late, once and twice, and what stands beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from crawler.sandbox.dice import dice
from crawler.sandbox.figures import YEARS
from crawler.sandbox.model import Body, Column, Post, Report
from crawler.sandbox.names import government
from crawler.sandbox.plan import Portal, Slot
from crawler.sandbox.provinces import PROVINCES
from crawler.sandbox.titles import lookalike_title, news_title, report_title
from crawler.sandbox.twins import twin_of

_FOREIGN = ("www.baogaoku.example", "m.nianbaowang.example", "zhengwu.copyhub.example")


@dataclass
class Filed:
    """What was posted, and what was not.

    Attributes:
        skips: Body, report year and why: ``skipped`` or ``not_founded``.
        named: Keys of the bodies whose full name a title printed. The first title does, so that
            the full names of all bodies stand somewhere.
    """

    reports: list[Report] = field(default_factory=list)
    others: list[Post] = field(default_factory=list)
    skips: list[tuple[Body, int, str]] = field(default_factory=list)
    named: set[str] = field(default_factory=set)


class _Turns:
    """Says yes every ``period`` turns, from a drawn start: a share that even a small world has."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._turns: dict[str, int] = {}

    def comes(self, what: str, period: int) -> bool:
        turn = self._turns.get(what, self._chance.randrange(period)) + 1
        self._turns[what] = turn
        return turn % period == 0


def fill(seed: int, portals: list[Portal]) -> Filed:
    """Post everything into the columns of the portals, newest first; return what was posted."""
    chance = dice(seed, "posting")
    filed, turns = Filed(), _Turns(chance)
    columns: dict[int, Column] = {}
    for portal in portals:
        for slot in portal.slots:
            columns[id(slot.column)] = slot.column
            _file(slot, filed, turns, chance)
            if portal.way:
                _vary(slot, filed, turns, chance)
    for column in columns.values():
        if not column.single and not twin_of(column.site).reports_only:
            _surround(column, filed, chance)
    for portal in portals:
        for column in portal.news:
            _report_news(column, filed, chance)
    for portal in portals:
        for slot in portal.slots:
            for column in (slot.column, *slot.copies):
                column.posts.sort(key=lambda post: post.shown, reverse=True)
    for column in columns.values():
        if column.site.charset == "gb2312":
            for post in column.posts:
                post.charset, post.encoding = "gb2312", "gb18030"
    return filed


def _file(slot: Slot, filed: Filed, turns: _Turns, chance: Random) -> None:
    """Post one report, or leave it out."""
    column, body, year = slot.column, slot.body, slot.year
    if year < body.first_year:
        filed.skips.append((body, year, "not_founded"))
        return
    if not column.single and turns.comes("skip", 15):
        filed.skips.append((body, year, "skipped"))
        return
    shown, posted = _dates(slot, chance)
    title, agency = report_title(body, year, chance, full=body.key not in filed.named)
    if "/gknb2025/bmnb" in column.path:
        title = agency = body.shorts[0] if body.shorts else body.name
    alone = column.single or twin_of(column.site).reports_only
    if not alone and turns.comes("attachment", 33):
        post = Post("attachment", title, shown, posted, body, year, column, why="attachment")
        column.posts.append(post)
        filed.others.append(post)
        return
    report = Report(body, year, title, agency)
    post = Post("report", title, shown, posted, body, year, column, report=report)
    _mislead(post, turns)
    post.doubled = turns.comes("double slash", 40) and not alone
    report.posts.append(post)
    filed.reports.append(report)
    if agency == body.name:
        filed.named.add(body.key)
    column.posts.append(post)
    if alone:
        return
    later = timedelta(days=chance.randint(1, 9))
    if turns.comes("twice", 25):
        again = Post(
            "report", title, shown + later, posted + later, body, year, column, report=report
        )
        report.posts.append(again)
        column.posts.append(again)
    if turns.comes("companion", 20):
        companion = Post(
            "companion", f"{title}(图解版本)", shown + later, posted + later, body, year, column,
            why="companion",
        )  # fmt: skip
        column.posts.append(companion)
        filed.others.append(companion)
    for copy in slot.copies:
        twin = Post("report", title, shown + later, posted + later, body, year, copy, report=report)
        report.posts.append(twin)
        copy.posts.append(twin)


def _vary(slot: Slot, filed: Filed, turns: _Turns, chance: Random) -> None:
    """Write some rows of the country in other spellings, and file some reports as files too."""
    column = slot.column
    report = filed.reports[-1] if filed.reports else None
    if column.single or twin_of(column.site).reports_only or report is None:
        return
    if (report.body, report.year) != (slot.body, slot.year):
        return
    first = report.posts[0]
    if not first.doubled and turns.comes("www", 19) and column.site.host.startswith("www."):
        first.spelt = "www"
    elif not first.doubled and turns.comes("scheme", 17) and column.site.answers == "both":
        first.spelt = "scheme"
    file = Post(
        "attachment", report.title, first.shown, first.posted, slot.body, slot.year, column,
        why="pdf_version",
    )  # fmt: skip
    if turns.comes("enclosed", 9):
        first.enclosed = file
        column.files.append(file)
        filed.others.append(file)
    elif turns.comes("row of the file", 21):
        column.posts.append(file)
        filed.others.append(file)


def _dates(slot: Slot, chance: Random) -> tuple[date, date]:
    """Return (date shown, date in the address): on time, late, or entered after a move."""
    after, host = slot.year + 1, slot.column.site.host
    if slot.body.kind == "government":
        shown = date(after, 1, 20) + timedelta(days=chance.randint(0, 68))
    else:
        shown = date(after, 1, 5) + timedelta(days=chance.randint(0, 26))
    if chance.random() < 0.1:
        shown += timedelta(days=chance.randint(40, 130))
    if host == "www.echeng.gov.cn" and slot.year == 2019:
        return date(2021, 5, 6), date(2021, 5, 14)  # filed in bulk more than a year late
    if host == "www.hbhr.gov.cn" and slot.year == 2020:
        return date(2021, 5, 13), date(2021, 5, 13)
    if host == "lkjjq.ezhou.gov.cn" and slot.year <= 2020:
        return shown, date(2022, 1, 24)  # addresses made anew when the site moved
    return shown, shown


def _mislead(post: Post, turns: _Turns) -> None:
    """Let a page of a UTF-8 TRS site now and then declare another charset than it is in."""
    site = post.column.site
    if site.family != "trs" or site.charset != "utf-8":
        return
    if turns.comes("declared utf-8", 23):
        post.encoding = "gb18030"
    elif turns.comes("declared gb2312", 31):
        post.charset = "gb2312"


def _surround(column: Column, filed: Filed, chance: Random) -> None:
    """Put about as many look-alikes into a column as it has reports."""
    reports = [post for post in column.posts if post.kind == "report"]
    for model in reports:
        body, year = model.body, model.year
        reason, title = lookalike_title(column.site.place, body, year, chance)
        shown = date(year + 1, 1, 2) + timedelta(days=chance.randint(0, 300))
        post = Post("lookalike", title, shown, shown, body, year, column, why=reason)
        column.posts.append(post)
        filed.others.append(post)
        if chance.random() < 0.12:
            elsewhere = _elsewhere(model, chance)
            column.posts.append(elsewhere)
            filed.others.append(elsewhere)


def _report_news(column: Column, filed: Filed, chance: Random) -> None:
    """Fill a column of news; some of it speaks of annual reports."""
    body = government(column.site.place)
    for number in range(column.rows):
        year = YEARS[-1] - number % 3
        shown = date(year + 1, 1, 6) + timedelta(days=chance.randint(0, 200))
        title = news_title(column.site.place, year, chance)
        post = Post("lookalike", title, shown, shown, body, year, column, why="news")
        column.posts.append(post)
        filed.others.append(post)
    column.posts.sort(key=lambda post: post.shown, reverse=True)


def _elsewhere(model: Post, chance: Random) -> Post:
    """Return a row that leads to another host: a copy on a foreign domain, or the province."""
    column, year = model.column, model.year
    tail = f"zwgk/xxgknb/{year + 1}01/t{year + 1}0120_{chance.randint(10**6, 10**7)}.html"
    own = PROVINCES[column.site.place.code[:2]].host.endswith(column.site.host)
    if chance.random() < 0.6 or own:
        host, why = f"http://{chance.choice(_FOREIGN)}", "foreign_copy"
        title = model.title
    else:
        province = PROVINCES[column.site.place.code[:2]]
        host, why = f"https://{province.host}", "other_host"
        title = f"{province.name}{year}年政府信息公开工作年度报告"
    return Post(
        "elsewhere", title, model.shown, model.shown, model.body, year, column, why=why,
        href=f"{host}/{tail}",
    )  # fmt: skip
