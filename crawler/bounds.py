"""How many list pages a column and a portal may have: calendars and queries have no end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from scrapy.settings import BaseSettings

from archive import frontier
from archive.db import Archive
from archive.frontier import Entry
from spiders.tasks import Task

_UNCOUNTED = frozenset({"article", "attachment", "explore"})
"""Roles of pages that are no lists; exploring has its own budget."""


class Bounds:
    """The list pages of a campaign, counted.

    Args:
        archive: Has the pages that earlier runs of the campaign found.
        campaign: The campaign.
        column: At most so many list pages below one root column.
        portal: At most so many list pages on one portal.
    """

    def __init__(self, archive: Archive, campaign: int, *, column: int, portal: int) -> None:
        self._archive, self._campaign = archive, campaign
        self._column, self._portal = column, portal
        self._columns: Counter[tuple[str, str | None]] = Counter(frontier.lists(archive, campaign))
        self._portals: Counter[str] = Counter()
        for (host, _), number in self._columns.items():
            self._portals[host] += number

    @classmethod
    def of(cls, settings: BaseSettings, archive: Archive, campaign: int) -> Bounds:
        """Build from LISTS_PER_COLUMN and LISTS_PER_PORTAL."""
        return cls(
            archive,
            campaign,
            column=settings.getint("LISTS_PER_COLUMN"),
            portal=settings.getint("LISTS_PER_PORTAL"),
        )

    def within(self, tasks: Iterable[Task]) -> tuple[list[Task], int]:
        """Return the tasks that may be queued, and how many new lists were left out."""
        kept: list[Task] = []
        left_out = 0
        added: Counter[tuple[str, str | None]] = Counter()
        for task in tasks:
            if task.role in _UNCOUNTED:
                kept.append(task)
                continue
            key = _key(task)
            is_full = (
                self._columns[key] + added[key] >= self._column
                or self._portals[task.portal] + added.total() >= self._portal
            )
            # Only at the bound is it worth asking whether the page is new.
            if is_full and not frontier.has(self._archive, self._campaign, task):
                left_out += 1
            else:
                kept.append(task)
                added[key] += not is_full
        return kept, left_out

    def count(self, entries: Iterable[Entry]) -> None:
        """Count rows that were added to the frontier."""
        for entry in entries:
            if entry.role not in _UNCOUNTED:
                self._columns[_key(entry)] += 1
                self._portals[entry.portal] += 1


def _key(page: Task | Entry) -> tuple[str, str | None]:
    column = page.args.get("column")
    return page.portal, column if isinstance(column, str) else None
