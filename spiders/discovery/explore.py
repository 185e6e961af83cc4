"""One explored page: the column it is, or the links that lead on, best first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from spiders import headings
from spiders.discovery import scores
from spiders.discovery.columns import why_column
from spiders.discovery.links import links
from spiders.domains import bare
from spiders.landings import jump
from spiders.page import Page, directory
from spiders.parse import parse_task
from spiders.tasks import JSON, Link, Parsed, Post, SubHost, Task, address

if TYPE_CHECKING:
    from spiders.portal import Portal

MAX_STEPS = 8
"""No column stands further than so many links from the page where its portal was entered."""

MOST_FOLLOWED = 200
"""Links of one page that are followed at most, the best ones."""

_DIRECT = 97  # points of an address that the CMS itself is known to have annual reports at
_BESIDE = 50  # points from which on the links of a page that is a column are followed too


def entry(portal: Portal, url: str, label: str = "") -> Task:
    """Return the task with which a portal without columns is entered.

    Args:
        portal: The portal.
        url: Its home page, or a page nearer to the reports.
        label: Why it is entered there.
    """
    return Task(portal.name, "explore", url, {"trail": [[url, label, 100]]})


def explore(
    portal: Portal,
    page: Page,
    args: Mapping[str, JSON],
    *,
    known: Callable[[str], bool],
    years: frozenset[int] | None,
) -> Parsed:
    """Say what an explored page is, and what is to be looked at next.

    Args:
        portal: The portal the page belongs to.
        page: The page.
        args: Of its task; ``trail`` says how it was reached.
        known: As for :func:`spiders.parse.parse_task`.
        years: As there.

    Returns:
        For a column what it lists (``column`` then has its args, ``why`` it is one among them);
        for any page the links worth following, as tasks of the role ``explore``.
    """
    if page.is_file:
        return Parsed(notes=("explored_file: no page",))
    trail = trail_of(args, page.url)
    _, label, _ = trail[-1]
    disclosure = _is_disclosure(page, trail)
    found = portal.look(page)
    why = why_column(page, found, label, disclosure=disclosure)
    if why is None:
        tasks = _onward(portal, page, trail, disclosure=disclosure, least=scores.FOLLOWED)
        return Parsed(tasks=tuple(tasks))
    column = {**_column_args(portal, page, trail), "why": why}
    parsed = parse_task(portal, page, "column", column, known=known, years=years)
    # A row of the list, look-alikes included, was judged by its title: it is no way to a list.
    below = {task.url for task in parsed.tasks} | {row.url for row in parsed.listings}
    beside = [
        task
        for task in _onward(portal, page, trail, disclosure=True, least=_BESIDE)
        if task.url not in below
    ]
    return replace(parsed, tasks=(*parsed.tasks, *beside), column=column)


def hosts_of(portal: Portal, page: Page, tasks: tuple[Task, ...]) -> tuple[SubHost, ...]:
    """Return the hosts of tasks that are not the portal's own, each with its evidence."""
    own = {bare(host) for host in portal.hosts}
    found: dict[str, SubHost] = {}
    for task in tasks:
        parts = urlsplit(task.url)
        host = (parts.hostname or "").lower()
        if bare(host) not in own:
            label = "" if task.role != "explore" else trail_of(task.args, task.url)[-1][1]
            found.setdefault(host, SubHost(host, parts.scheme, label, page.url))
    return tuple(found.values())


def trail_of(args: Mapping[str, JSON], url: str) -> list[tuple[str, str, int]]:
    """Return the steps that led to a page: (URL, label, points), the entry first, itself last."""
    trail = args.get("trail")
    steps = [
        (str(step[0]), str(step[1]), step[2])
        for step in (trail if isinstance(trail, list) else ())
        if isinstance(step, list) and len(step) == 3 and isinstance(step[2], int)
    ]
    return steps or [(url, "", 100)]


def _onward(
    portal: Portal, page: Page, trail: list[tuple[str, str, int]], *, disclosure: bool, least: int
) -> list[Task]:
    if len(trail) >= MAX_STEPS:
        return []
    visited = {step[0] for step in trail}
    best: dict[Link, Task] = {}
    scored = _scored(
        portal, page, trail[-1][1:], disclosure=disclosure, depth=len(trail)
    )  # fmt: skip
    for link, label, score in scored:
        url = address(link)
        if score < least or url in visited:
            continue
        steps: list[JSON] = [list(step) for step in (*trail, (url, label, score))]
        host = (urlsplit(url).hostname or "").lower()
        own = bare(host) in {bare(one) for one in portal.hosts}
        task = Task(portal.name if own else host, "explore", url, {"trail": steps})
        if isinstance(link, Post):
            task = replace(task, method="POST", body=link.body)
        best.setdefault(link, task)
    ranked = sorted(best.values(), key=lambda task: -trail_of(task.args, task.url)[-1][2])
    return ranked[:MOST_FOLLOWED]


def _scored(
    portal: Portal, page: Page, reached: tuple[str, int], *, disclosure: bool, depth: int
) -> Iterator[tuple[Link, str, int]]:
    for link, label in portal.annual_entries(page):
        url = portal.own_url(address(link))
        if url is not None:
            yield (Post(url, link.body) if isinstance(link, Post) else url), label, _DIRECT
    target = portal.own_url(jump(page, to_home=True) or "")
    if target is not None:
        yield target, *reached  # the same page, at another address
    own = {bare(host) for host in portal.hosts}
    for one in links(page):
        url = portal.own_url(one.url)
        if url is None or url == page.url:
            continue
        elsewhere = bare(urlsplit(url).hostname or "") not in own
        yield url, one.label, scores.points(
            url, one.label, disclosure=disclosure, depth=depth, elsewhere=elsewhere
        )  # fmt: skip


def _is_disclosure(page: Page, trail: list[tuple[str, str, int]]) -> bool:
    """Tell whether a page is about 政府信息公开, or a directory of bodies: by its heading, or by
    the way that led to it."""
    said = [headings.heading(page), *(label for _, label, _ in trail)]
    return scores.leads_to_bodies(trail[-1][1]) or any(map(scores.is_disclosure, said))


def _column_args(portal: Portal, page: Page, trail: list[tuple[str, str, int]]) -> dict[str, JSON]:
    here = portal.own_url(page.url) or page.url
    label = trail[-1][1]
    return {
        "column": here,
        "depth": 0,
        "column_name": label if headings.is_annual(label) else "",
        "column_agency": portal.agency or _agency(here, trail),
        "division": portal.division,
        "annual": True,
        "trail": [list(step) for step in trail],
    }


def _agency(here: str, trail: list[tuple[str, str, int]]) -> str | None:
    """Return the body below whose own pages a column stands, None when the way does not say.

    A menu on a department's page may lead to the column of the whole county, so the label of a
    department counts only for what lies in its directory.
    """
    for url, label, _ in reversed(trail):
        folder = directory(url)
        if headings.is_agency(label) and folder != "/" and directory(here).startswith(folder):
            return label
    return None
