"""From what a family sees in a page to what is fetched next and what is put on record."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from extract.titles import judge
from spiders import emptiness, headings, recheck
from spiders.page import Page, directory
from spiders.paging import MAX_PAGES, PAGES_AHEAD
from spiders.recheck import Before
from spiders.tasks import (
    JSON,
    Found,
    Link,
    Listing,
    ListPage,
    Parsed,
    Post,
    Role,
    Row,
    Task,
    address,
)

if TYPE_CHECKING:
    from spiders.portal import Portal

MAX_DEPTH = 4  # column → year → group → department → its own years


def parse_task(
    portal: Portal,
    page: Page,
    role: str,
    args: Mapping[str, JSON],
    *,
    known: Callable[[str], bool],
    years: frozenset[int] | None,
    before: Before | None = None,
) -> Parsed:
    """Say what a fetched page asks for next.

    Args:
        portal: The leaf the page belongs to.
        page: The page.
        role: ``column``, ``list`` or ``article``.
        args: As in ``Task.args``.
        known: Tells whether the article at a URL was read before.
        years: Report years wanted, None for all. An article is left out only when its title
            names another year.
        before: The list as it was when it was last seen whole; pages on which nothing can have
            changed are left out then. None asks for all of them.

    Returns:
        Tasks, listings and notes. A page that is neither list nor article gives a note.
    """
    if role == "article" or page.is_file:
        return Parsed(read_as_article=True, last_page=role == "column")
    step = _Step(portal, page, args)
    if step.is_lost():
        return Parsed(notes=(f"column_lost: {step.column} shows {page.url}",))
    annual = bool(args.get("annual", True))
    found = portal.look(page) if annual else step.catalogue(page)
    notes = list(found.notes)
    listings = [step.listing(row, annual) for row in found.rows] if annual else []
    shown = [(row.url, recheck.mark(row.title, row.date)) for row in listings]
    changed = recheck.changed(before, shown)
    tasks = [
        step.article(listing, changed=listing.url in changed)
        for listing in listings
        if listing.verdict != "other"
        and (listing.url in changed or not known(listing.url))
        and (years is None or listing.year is None or listing.year in years)
    ]
    number, total = _place(found, role, args)
    pages, bounded = step.pages(found, role, number, total)
    vouched: tuple[recheck.Mark, ...] = ()
    if (plan := step.plan(found, before, shown, number, total)) is not None:
        pages, vouched = step.planned(found, plan, number, total), plan.vouched
    if role == "list" and found.rows and args.get("first_rows") == _mark(found.rows):
        # A server that ignores which page is asked for: what it lists further on stays unseen.
        notes.append(f"page_repeated: page {number} shows the rows of page 1")
        pages, vouched = [], ()
    lists, refused, too_deep = step.sublists(found) if role == "column" else ([], [], 0)
    if page.cut:
        notes.append(f"page_cut: {page.cut}")
    if bounded:
        notes.append(f"pages_bounded: {total} pages, {MAX_PAGES} fetched")
    if too_deep:
        notes.append(f"depth_limit: {too_deep} lists below depth {MAX_DEPTH} left out")
    if found.shift and role == "list" and number == 2:
        notes.append(f"page_shift: page 2 says {2 + found.shift}")
        pages = [*pages, *step.shifted(found.shift, number, total)]
    reads = found.is_article and annual
    ended = role == "list" and bool(args.get("open_end")) and not found.rows
    if annual and not (listings or lists or refused or reads or page.is_stub or ended):
        honest = step.depth > 0 and emptiness.is_honest(page, found.total)
        code = "empty_list" if honest else "empty_page"
        notes.append(f"{code}: {len(page.data)} bytes, no rows and no lists")
    return Parsed(
        tasks=(*pages, *lists, *tasks),
        listings=(*listings, *refused),
        read_as_article=reads and not known(step.here),
        notes=tuple(notes),
        last_page=ended or (number >= total and not bounded),
        list_page=ListPage(number, total, tuple(shown), vouched) if shown else None,
    )


def _place(found: Found, role: str, args: Mapping[str, JSON]) -> tuple[int, int]:
    """Return which page of how many this is."""
    number, said = args.get("page"), args.get("pages")
    if role == "list" and isinstance(number, int) and isinstance(said, int):
        return number, max(said, found.total or 1)
    return 1, max(found.total or 1, len(found.pages) + 1)


def _mark(rows: tuple[Row, ...]) -> str:
    """Return a mark of a page's rows, by which another page with the very same is known."""
    urls = "\n".join(row.url for row in rows)
    return hashlib.blake2b(urls.encode(), digest_size=8).hexdigest()


class _Step:
    """The values that every task and listing made from one page shares."""

    def __init__(self, portal: Portal, page: Page, args: Mapping[str, JSON]) -> None:
        self.portal = portal
        self.here = portal.own_url(page.url) or page.url
        self.args = args
        self.is_answer = isinstance(page.asked, Post) or page.text.lstrip()[:1] in ("{", "[")
        self.column = str(args.get("column", page.url))
        depth = args.get("depth", 0)
        self.depth = depth if isinstance(depth, int) else 0
        self.name = headings.joined(str(args.get("column_name") or ""), headings.heading(page))

    def is_lost(self) -> bool:
        """Tell whether a redirect led out of the column to a page above it, such as the home
        page, whose every link would look like a list of the column. An interface answers where
        it stands."""
        if self.is_answer:
            return False
        root = directory(self.column)
        here = directory(self.here)
        return root != here and root.startswith(here)

    def catalogue(self, page: Page) -> Found:
        """Return what a catalogue leads to; the bodies it names are asked for their annual
        reports only, not for the bodies they name in turn."""
        links = self.portal.catalogue(page)
        return Found(
            sublists=tuple(
                (url, label)
                for url, label in links
                if self.depth == 0 or not label or headings.is_annual(label)
            )
        )

    def listing(self, row: Row, annual: bool) -> Listing:
        url = self.portal.own_url(row.url)
        if url is None:
            return self._foreign(row.url, row.title, row.date)
        judged = judge(row.title, column_is_annual=annual)
        return Listing(
            self.portal.name, self.column, url, row.title, row.date,
            judged.verdict, judged.reason, judged.year,
        )  # fmt: skip

    def _foreign(self, url: str, title: str, date: str | None) -> Listing:
        reason = f"foreign_host: {urlsplit(url).netloc}"
        return Listing(self.portal.name, self.column, url, title, date, "other", reason, None)

    def article(self, listing: Listing, *, changed: bool = False) -> Task:
        own: dict[str, JSON] = {"changed": True} if changed else {}
        return self._task(
            "article", listing.url, row_title=listing.title, row_date=listing.date, **own
        )

    def plan(
        self, found: Found, before: Before | None, rows: list[recheck.Mark], number: int, total: int
    ) -> recheck.Plan | None:
        """Return what is left to ask for of a list that was seen before, None for any other.

        The end of the list must be known, and page 1 must lead to every page.
        """
        if before is None or not before.settled or found.open_end or total > MAX_PAGES:
            return None
        if number == 1 and len(self._links(found, number)) != total - 1:
            return None
        return recheck.plan(before, rows, number, total, self.args)

    def planned(self, found: Found, plan: recheck.Plan, number: int, total: int) -> list[Task]:
        """Return the tasks of a plan; each is told where all pages are, as page 1 says."""
        links = self._links(found, number)
        if len(links) < total - 1:  # it has grown since page 1 was seen
            links = max(links, self._links(found, 1), key=len)
        first = _mark(found.rows) if number == 1 else self.args.get("first_rows")
        shared: dict[str, JSON] = {"pages": total, "first_rows": first}
        if plan.args:
            shared |= {**plan.args, "links": list(links)}
        return [
            self._task("list", links[page - 2], page=page, **shared)
            for page in plan.ask
            if page - 2 < len(links)
        ]

    def _links(self, found: Found, number: int) -> list[str]:
        """Return the addresses of page 2 and on, none when any is a form or foreign."""
        told = self.args.get("links")
        if number > 1 and isinstance(told, list):
            return [link for link in told if isinstance(link, str)]
        own = [self.own(link) for link in found.pages]
        links = [link for link in own if isinstance(link, str)]
        return links if len(links) == len(own) else []

    def pages(self, found: Found, role: str, number: int, total: int) -> tuple[list[Task], bool]:
        """Return the further pages, and whether the list has more than are ever fetched.

        Page 1 asks for all of them, so that none hangs on another. A long list is asked for in
        runs of ``PAGES_AHEAD``: the last page of a run asks for the next one if it has rows, for
        a pager may go on for ever over empty pages. Later pages add those that are new.
        """
        said, queued = self.args.get("pages"), self.args.get("queued")
        asked = said if role == "list" and isinstance(said, int) else 1
        if role == "list" and isinstance(queued, int):
            if number != queued or not found.rows:
                return [], total > MAX_PAGES
            asked = queued
        last = min(total, MAX_PAGES)
        until = min(last, asked + (1 if found.open_end else PAGES_AHEAD))
        first = _mark(found.rows) if role != "list" else self.args.get("first_rows")
        own: dict[str, JSON] = {"pages": last, "first_rows": first}
        if found.open_end:
            own["open_end"] = True
        if until < last:
            own["queued"] = until
        wanted = [
            self._task("list", own_link, page=k, **own)
            for k, link in enumerate(found.pages, start=2)
            if asked < k <= until
            and (own_link := self.own(link)) is not None
            and own_link != self.here
        ]
        return wanted, total > MAX_PAGES

    def shifted(self, shift: int, number: int, total: int) -> list[Task]:
        """Return the page that a wrong guess of the first counter has left out.

        A page 2 that says it is page 3 has page 2 in the file before; one that says it is page 1
        has the last page behind the last file.
        """
        step = -shift if shift > 0 else total - number - shift
        url = re.sub(r"_(\d+)(\.\w+)$", lambda file: f"_{int(file[1]) + step}{file[2]}", self.here)
        return [self._task("list", url, page=number if shift > 0 else total, pages=total)]

    def sublists(self, found: Found) -> tuple[list[Task], list[Listing], int]:
        """Return tasks for the lists below, listings for those on other hosts, and how many
        were too deep."""
        tasks: list[Task] = []
        refused: list[Listing] = []
        too_deep = 0
        for link, label in found.sublists:
            own_link = self.own(link)
            if own_link is None:
                refused.append(self._foreign(address(link), label, None))
            elif own_link in (self.here, self.column):
                continue
            elif self.depth >= MAX_DEPTH:
                too_deep += 1
            else:
                tasks.append(self._sublist(own_link, label))
        return tasks, refused, too_deep

    def own(self, link: Link) -> Link | None:
        """Return a page to ask for in the portal's own spelling, None when it is foreign."""
        url = self.portal.own_url(address(link))
        return Post(url, link.body) if url and isinstance(link, Post) else url

    def _sublist(self, link: Link, label: str) -> Task:
        own: dict[str, JSON] = {
            "depth": self.depth + 1,
            "column_name": headings.joined(self.name, label),
            "annual": bool(self.args.get("annual", True)) or headings.is_annual(label),
        }
        if headings.is_agency(label):
            own["column_agency"] = label
        return self._task("column", link, **own)

    def _task(self, role: Role, link: Link, **own: JSON) -> Task:
        args: dict[str, JSON] = {
            "column": self.column,
            "depth": self.depth,
            "column_name": self.name,
            "column_agency": self.args.get("column_agency"),
            "division": self.args.get("division") or self.portal.division,
        }
        if role != "article":
            args["annual"] = self.args.get("annual", True)
        if "trail" in self.args:
            args["trail"] = self.args["trail"]
        if isinstance(link, Post):
            return Task(self.portal.name, role, link.url, args | own, "POST", link.body)
        return Task(self.portal.name, role, link, args | own)
