"""What the spiders speak of: columns, rows, tasks, listings. Plain data, no engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

JSON: TypeAlias = str | int | float | bool | None | list["JSON"] | dict[str, "JSON"]
Role = Literal["column", "list", "article", "attachment", "explore"]


@dataclass(frozen=True, slots=True)
class Column:
    """Where a portal lists annual reports.

    Attributes:
        path: Absolute path on the portal's first host (``/zwgk/gknb/``) or a full URL.
        agency: The body whose reports it lists, or None when it lists many bodies.
        division: GB/T 2260 code when it differs from the portal's.
        name: Its heading, when the page does not print one.
        annual: It is a column of annual reports, so that its rows may have bare labels (an
            agency, a year). False: a catalogue, of which only the links to columns of annual
            reports are followed.
        evidence: A report known to stand in it, or ``inferred``.
    """

    path: str
    agency: str | None = None
    division: str | None = None
    name: str = ""
    annual: bool = True
    evidence: str = "inferred"


@dataclass(frozen=True, slots=True)
class Post:
    """A request that an address alone does not make: a form sent to it.

    Attributes:
        url: Absolute.
        body: The form, URL-encoded, or JSON.
    """

    url: str
    body: str


Link: TypeAlias = str | Post
"""A page to ask for: its address, or a form sent to one."""


def address(link: Link) -> str:
    """Return where a request goes."""
    return link if isinstance(link, str) else link.url


def form_type(body: str) -> str:
    """Return the Content-Type of a request's body: JSON is told by its first character."""
    if body.lstrip().startswith(("{", "[")):
        return "application/json; charset=UTF-8"
    return "application/x-www-form-urlencoded; charset=UTF-8"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list as printed: absolute URL, full title, ISO date or None."""

    url: str
    title: str
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a family sees in one page.

    Attributes:
        rows: The rows of this list, in printed order, each URL once.
        pages: The other pages of this list, in order: page 2 comes first.
        sublists: (page, label) of the lists this page leads to.
        is_article: The page renders one article.
        total: How many pages the list has as the page says; None when it does not.
        shift: By how much the page's own counter is ahead of the number in its file name.
        open_end: The number of pages is not known, or not to be trusted: each is asked for after
            the one before it, and one that is empty or missing (404) is the end of the list, and
            no failure.
        notes: What a reader of the log should know, each ``code: detail``.
    """

    rows: tuple[Row, ...] = ()
    pages: tuple[Link, ...] = ()
    sublists: tuple[tuple[Link, str], ...] = ()
    is_article: bool = False
    total: int | None = None
    shift: int = 0
    open_end: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """One page to fetch, and what to do with it.

    Attributes:
        portal: Name of the portal (its first host).
        role: ``column`` (a list, a landing of lists, or the report itself), ``list`` (a further
            page of a list), ``article``, ``attachment`` (a file that an
            article names), or ``explore`` (a page that may show the way to a column).
        url: Absolute, in the portal's own spelling of scheme and host.
        args: JSON. Always ``column`` (root column URL), ``depth``, ``column_name``,
            ``column_agency``, ``division``, ``annual``; a list also ``page``, ``pages``,
            ``first_rows`` (a mark of the rows of page 1) and ``open_end``; an article also
            ``row_title`` and ``row_date``. What discovery found has its ``trail``: [URL, label,
            points] of each step from the home page on; ``explore`` has little else.
        method: HTTP method.
        body: Request body or None.
    """

    portal: str
    role: Role
    url: str
    args: Mapping[str, JSON] = field(default_factory=dict)
    method: str = "GET"
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A row with its judgement.

    Attributes:
        portal: Name of the portal.
        column: Root URL of the column that listed it.
        url: Where the row leads.
        title: As printed.
        date: ISO date printed beside it, or None.
        verdict: ``report``, ``undecided`` or ``other``.
        reason: Why: of ``extract.titles.judge``, or ``foreign_host: HOST``.
        year: The report year its title names, or None.
    """

    portal: str
    column: str
    url: str
    title: str
    date: str | None
    verdict: str
    reason: str
    year: int | None


@dataclass(frozen=True, slots=True)
class ListPage:
    """What one page of a list showed, for the next crawl to compare with.

    Attributes:
        number: Which page, from 1.
        pages: How many pages the list has.
        rows: Address and mark (``recheck.mark``) of each row, as printed.
        vouched: Rows on pages that were not asked for: this last page proves that they stand.
    """

    number: int
    pages: int
    rows: tuple[tuple[str, str], ...]
    vouched: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SubHost:
    """Another host of a portal's registered domain, that a page of the portal links to.

    Attributes:
        host: Its name, lower case.
        scheme: Of the link.
        label: What the link says, mostly the body whose site it is.
        seen_on: The official page with the link: the evidence that the host is official too.
    """

    host: str
    scheme: str
    label: str
    seen_on: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """What one fetched page asks for next.

    Attributes:
        tasks: Pages to fetch.
        listings: Every row with its judgement.
        read_as_article: The page itself is to be read as a report.
        notes: Each ``code: detail``.
        last_page: No page of this list is known beyond this one. A column was seen to its end
            when every task of it was fetched, one of them said so, and no note of
            ``PARTIAL_NOTES`` was made.
        column: The explored page is a column of annual reports: the ``args`` it has as such, under
            which everything else was parsed. None for any other page.
        hosts: Hosts that the tasks need and the portal does not have: they become portals first.
        list_page: What the page showed as one of a list, None for a page without rows.
    """

    tasks: tuple[Task, ...] = ()
    listings: tuple[Listing, ...] = ()
    read_as_article: bool = False
    notes: tuple[str, ...] = ()
    last_page: bool = False
    column: Mapping[str, JSON] | None = None
    hosts: tuple[SubHost, ...] = ()
    list_page: ListPage | None = None


PARTIAL_NOTES = frozenset(
    {
        "stub_page",
        "page_cut",
        "pages_bounded",
        "depth_limit",
        "empty_page",
        "column_lost",
        "page_repeated",
        "rows_hidden",
    }  # fmt: skip
)
"""Codes of notes after which a column must not be called seen to its end."""
