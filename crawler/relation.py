"""Whether a page is what its address promised: a home page under a wrong address is no list.

Portals answer 200 and their home page for a column that was moved or a report that was taken down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extract.record import Record
from extract.titles import judge
from spiders import headings
from spiders.page import Page, directory
from spiders.tasks import JSON, Parsed

UNRELATED = "unrelated_page"
_FEW = 3  # rows that may lack a date without a note


def notes(page: Page, role: str, args: Mapping[str, JSON], parsed: Parsed) -> list[str]:
    """Return what is remarkable about a list beyond what its family noted.

    Args:
        page: The page.
        role: ``column`` or ``list``.
        args: Of the task that fetched it.
        parsed: What the family saw in it.

    Returns:
        ``unrelated_page`` when nothing in the page speaks for the column; ``undated_rows`` when
        no row of the list has a date.
    """
    found = []
    annual = bool(args.get("annual", True))
    if annual and role == "column" and not parsed.read_as_article:
        heading = headings.heading(page)
        if heading and not (_is_asked_for(heading, args) or _has_own(page, parsed)):
            found.append(f"{UNRELATED}: its heading is {heading[:60]!r}")
    own = [row for row in parsed.listings if not row.reason.startswith("foreign_host")]
    if len(own) >= _FEW and not any(row.date for row in own):
        found.append(f"undated_rows: none of {len(own)} rows has a date")
    return found


def is_wrong_article(page: Page, row_title: str, records: Sequence[Record]) -> bool:
    """Tell whether a page that a list calls a report is another page altogether.

    Args:
        page: The page.
        row_title: What the list said of it.
        records: What the reader made of it.
    """
    if page.is_file or any(record.kind not in ("index", "not_report") for record in records):
        return False
    heading = headings.heading(page)
    return (
        judge(row_title, column_is_annual=True).verdict == "report"
        and bool(heading)
        and judge(heading).reason == "no_core"
        and "".join(row_title.split()) not in "".join(page.visible_text.split())
    )


def _is_asked_for(heading: str, args: Mapping[str, JSON]) -> bool:
    """Tell whether a page's heading is what a link to a list of reports promised."""
    if headings.is_annual(heading) or headings.is_year(heading) or "公开" in heading:
        return True
    if heading in str(args.get("column_name") or "").split(headings.SEPARATOR):
        return True
    return bool(args.get("depth")) and (headings.is_agency(heading) or headings.is_group(heading))


def _has_own(page: Page, parsed: Parsed) -> bool:
    """Tell whether a page lists a report, or anything in its own directory."""
    if any(row.verdict == "report" for row in parsed.listings):
        return True
    urls = [task.url for task in parsed.tasks] + [row.url for row in parsed.listings]
    return any(directory(url).startswith(page.directory) for url in urls if page.directory != "/")
