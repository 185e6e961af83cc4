"""Is an explored page a column of annual reports? What it shows decides, not its link alone."""

from __future__ import annotations

from collections.abc import Sequence

from extract.titles import judge
from spiders import headings
from spiders.discovery import scores
from spiders.discovery.links import is_article
from spiders.page import Page
from spiders.tasks import Found

_SELF_EVIDENT = 2  # rows titled as reports in full, which stand together nowhere but in a column


def why_column(page: Page, found: Found, label: str, *, disclosure: bool) -> str | None:
    """Return why a page is a column of annual reports, or None when it is none.

    A link's label is a promise. It is kept when the page's own heading, its address or its rows
    agree: a wrong path shows the home page, and 年度报告 in a menu may lead to 网站年度报表.

    Args:
        page: The page.
        found: What its family sees in it.
        label: What the link to it said.
        disclosure: The way here led over 政府信息公开.
    """
    if page.is_file or is_article(page.url) or _is_home(page):
        return None
    heading = headings.heading(page)
    verdicts = [judge(row.title).verdict for row in found.rows]
    titled = verdicts.count("report")
    if titled >= _SELF_EVIDENT and 2 * titled >= len(verdicts):
        return f"{titled} of {len(verdicts)} rows are titled as reports"
    if not (found.rows or found.sublists or found.is_article):
        return None
    if not titled and _is_of_others(found):
        return None
    if found.is_article and not found.rows and not _is_report(page, label):
        return None
    if scores.names_the_reports(heading):
        return f"its heading is {heading!r}"
    promised = scores.names_the_reports(label) or (headings.is_annual(label) and disclosure)
    if promised and scores.is_annual_path(page.url):
        return f"its link is {label!r} and its address speaks of annual reports"
    if promised and (titled or _is_of_reports(heading) or _leads_to_reports(found.sublists)):
        return f"its link is {label!r}"
    if headings.is_annual(heading) and disclosure and (titled or scores.is_annual_path(page.url)):
        return f"its heading is {heading!r}, below 政府信息公开"
    return None


def _is_report(page: Page, label: str) -> bool:
    """Tell whether a page that renders an article is a column with a single report: the column's
    name stands on all its articles too, a notice about reports among them."""
    title = page.selector.xpath("//meta[@name='ArticleTitle']/@content").get("").strip()
    if not title:
        return headings.is_annual(label)
    return judge(title, column_is_annual=True).verdict != "other"


def _is_home(page: Page) -> bool:
    return page.directory == "/" and page.url.rstrip("/").count("/") == 2


def _is_of_reports(heading: str) -> bool:
    """Tell whether a heading is one that a list of reports may have: 年报, 2024年, 市财政局."""
    return (
        headings.is_annual(heading) or headings.is_year(heading) or headings.is_agency(heading)
    ) and not headings.is_idle(heading)


def _leads_to_reports(sublists: Sequence[tuple[object, str]]) -> bool:
    return any(
        headings.is_annual(label) or headings.is_year(label) for _, label in sublists if label
    )


def _is_of_others(found: Found) -> bool:
    """Tell whether most rows are certainly no reports, even in a column of reports."""
    others = [judge(row.title, column_is_annual=True).verdict for row in found.rows]
    return bool(others) and 2 * others.count("other") > len(others)
