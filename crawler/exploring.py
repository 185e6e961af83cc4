"""Which page of a portal is looked at next on the way to its annual reports: the best one known.

A portal has one explored page on its way at a time, so that what this page shows can change what
comes next; all others wait in the frontier, and here as pairs of numbers. Portals do not wait for
each other. A portal's budget counts the pages that led nowhere: each column found earns some back,
so a county with fifty departments is not cut short, and one that shows nothing costs no more.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace

from scrapy.settings import BaseSettings

from archive import exploration, frontier
from archive.errors import ArchiveFailed
from archive.exploration import Explored
from archive.frontier import Entry
from crawler.run import Run
from spiders.discovery import scores
from spiders.discovery.explore import trail_of
from spiders.discovery.links import plain_form
from spiders.discovery.portal import Discovered
from spiders.tasks import Task

EXPLORE = "explore"
_EARNED = 3  # pages that each column found gives back: the steps that led to it


class Exploring:
    """The pages that wait to be explored, for the portals of one run.

    Args:
        run: The crawl.
        send: Sends the request of a frontier row on its way.
        budget: Fruitless pages that a portal may cost.
        budget_below: The same for a host that was found on another one's pages.
    """

    def __init__(
        self, run: Run, send: Callable[[Entry], None], *, budget: int, budget_below: int
    ) -> None:
        self._run, self._send = run, send
        self._budget, self._budget_below = budget, budget_below
        campaign = run.crawl.campaign
        self._explored = defaultdict(Explored, exploration.states(run.archive, campaign))
        self._seen: dict[str, set[str]] = defaultdict(set)
        for portal, urls in exploration.addresses(run.archive, campaign).items():
            self._seen[portal] = {plain_form(url) for url in urls}
        self._waiting: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._on_the_way: Counter[str] = Counter()

    @classmethod
    def of(cls, settings: BaseSettings, run: Run, send: Callable[[Entry], None]) -> Exploring:
        """Build from EXPLORE_PAGES and EXPLORE_PAGES_BELOW."""
        return cls(
            run,
            send,
            budget=settings.getint("EXPLORE_PAGES"),
            budget_below=settings.getint("EXPLORE_PAGES_BELOW"),
        )

    def new(self, tasks: Iterable[Task]) -> list[Task]:
        """Return the tasks without pages to explore that the campaign has under another spelling.

        Columns and lists are remembered, so that they are not explored on top.
        """
        kept = []
        for task in tasks:
            form = plain_form(task.url)
            if task.role == EXPLORE and task.method == "GET" and form in self._seen[task.portal]:
                continue
            if task.role != "article" and task.method == "GET":
                self._seen[task.portal].add(form)
            kept.append(task)
        return kept

    def take(self, entries: Iterable[Entry]) -> None:
        """Let pages wait, and send the best of each portal that has none on its way."""
        portals: dict[str, None] = {}
        for entry in entries:
            score = trail_of(entry.args, entry.url)[-1][2]
            heapq.heappush(self._waiting[entry.portal], (-score, entry.id))
            portals[entry.portal] = None
        for portal in portals:
            self._next(portal)

    def sent(self, entry: Entry) -> None:
        """Count a page that is on its way without having waited here (it was fetched before)."""
        self._on_the_way[entry.portal] += 1

    def ended(self, entry: Entry, *, is_column: bool = False) -> None:
        """Take note that a page was looked at, or could not be had; the next one may go."""
        state = self._explored[entry.portal]
        self._explored[entry.portal] = (
            replace(state, columns=state.columns + 1)
            if is_column
            else replace(state, spent=state.spent + 1)
        )
        self._on_the_way[entry.portal] -= 1
        self._next(entry.portal)

    def _next(self, portal: str) -> None:
        waiting = self._waiting[portal]
        if self._on_the_way[portal] > 0 or not waiting:
            return
        score = -waiting[0][0]
        if not self._is_worth(portal, score):
            waiting.clear()
            try:
                exploration.forget(self._run.archive, self._run.crawl.campaign, portal)
            except ArchiveFailed:
                return  # the crawl is ending
            return
        _, entry_id = heapq.heappop(waiting)
        self._on_the_way[portal] += 1
        self._send(frontier.get(self._run.archive, entry_id))

    def _is_worth(self, portal: str, score: int) -> bool:
        state = self._explored[portal]
        if state.columns and score < scores.FIRM:
            return False
        owner = self._run.portals.get(portal)
        is_below = isinstance(owner, Discovered) and owner.discovered_from is not None
        budget = self._budget_below if is_below else self._budget
        return state.spent - _EARNED * state.columns < budget
