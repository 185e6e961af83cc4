"""A portal: one government site (or several that share their columns) as ten lines of data."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from typing import Any, ClassVar
from urllib.parse import urljoin, urlsplit, urlunsplit

import scrapy
from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from spiders import arguments
from spiders.links import without_session
from spiders.page import Page
from spiders.parse import parse_task
from spiders.recheck import Before
from spiders.tasks import (
    JSON,
    Column,
    Found,
    Link,
    Listing,
    Parsed,
    Post,
    Role,
    Row,
    Task,
    form_type,
)

__all__ = [
    "Column", "Found", "Link", "Listing", "Page", "Parsed", "Portal", "Post", "ReportSpider",
    "Role", "Row", "Task",
]  # fmt: skip


SERVICES: Mapping[str, str] = {"api.hunan.gov.cn": "43"}
"""Interfaces on a host of their own, of a registered domain, and the divisions they serve."""


class ReportSpider(scrapy.Spider):
    """What every spider of ours shares: tasks in, one callback, one errback.

    The crawler sets ``on_response`` and ``on_failure``; the spiders know no archive.
    """

    arguments: arguments.Arguments
    on_response: Callable[[Response], Any] | None = None
    on_failure: Callable[[Failure], Any] | None = None

    def entry_tasks(self) -> list[Task]:
        """Return the tasks a new crawl starts with."""
        raise NotImplementedError

    def active_portals(self) -> list[Portal]:
        """Return the portals this crawl visits."""
        raise NotImplementedError

    def request(self, task: Task) -> Request:
        """Return the request for a task; its ``meta["task"]`` is the task."""
        return Request(
            task.url,
            method=task.method,
            body=task.body,
            headers={"Content-Type": form_type(task.body)} if task.body else None,
            callback=self.parse,
            errback=self.failed,
            meta={"task": task},
            dont_filter=True,  # the frontier in the archive is the filter
        )

    async def start(self) -> AsyncIterator[Request]:
        """Yield the request of each entry task."""
        for task in self.entry_tasks():
            yield self.request(task)

    def parse(self, response: Response, **kwargs: Any) -> Any:
        """Hand a response to the crawler: the one callback."""
        if self.on_response is None:
            raise RuntimeError(f"{self.name}: the crawler has not set on_response")
        return self.on_response(response)

    def failed(self, failure: Failure) -> Any:
        """Hand a failure to the crawler: the one errback."""
        if self.on_failure is None:
            raise RuntimeError(f"{self.name}: the crawler has not set on_failure")
        return self.on_failure(failure)


class Portal(ReportSpider):
    """Base of the families; a leaf only fills in the data.

    Attributes:
        hosts: Official hosts, the first canonical (it names the spider). www and bare are one.
        scheme: ``http`` or ``https``, as the proven addresses have it.
        title: The body's name, or the place's for a portal of many bodies.
        division: GB/T 2260 code of the place.
        level: ``enums.admin_level``.
        agency: The body all columns belong to, None when they hold many.
        column: Path of the only column, of which ``evidence`` is a report; instead of columns.
        columns: Where reports are listed.
        host_settings: Settings for these hosts, such as ``{"DOWNLOAD_DELAY": 5}``.
        evidence: A report address that was seen, or ``inferred``.
    """

    hosts: ClassVar[tuple[str, ...]] = ()
    scheme: ClassVar[str] = "http"
    title: ClassVar[str] = ""
    division: ClassVar[str] = ""
    level: ClassVar[str] = "unknown"
    agency: ClassVar[str | None] = None
    column: ClassVar[str] = ""
    columns: ClassVar[tuple[Column, ...]] = ()
    host_settings: ClassVar[Mapping[str, JSON]] = {}
    evidence: ClassVar[str] = "inferred"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.hosts:
            cls.name = cls.hosts[0]
        if cls.column:
            cls.columns = (Column(cls.column, evidence=cls.evidence),)

    def __init__(self, name: str | None = None, **given: str) -> None:
        """Start a portal alone.

        Args:
            name: Ignored by leaves, whose name is their first host.
            given: The ``-a`` arguments as typed.

        Raises:
            ArgumentError: Unknown or impossible; names the choices.
        """
        super().__init__(name)
        self.arguments = arguments.parse(given, arguments.LEAF)

    def entry_tasks(self) -> list[Task]:
        """Return the tasks of its columns."""
        return self.start_tasks()

    def active_portals(self) -> list[Portal]:
        """Return itself."""
        return [self]

    def start_tasks(self) -> list[Task]:
        """Return one task for each column."""
        return [self._column_task(column) for column in self.columns]

    def _column_task(self, column: Column) -> Task:
        url = urljoin(f"{self.scheme}://{self.hosts[0]}/", column.path)
        args: dict[str, JSON] = {
            "column": url,
            "depth": 0,
            "column_name": column.name,
            "column_agency": column.agency or self.agency,
            "division": column.division or self.division,
            "annual": column.annual,
        }
        return Task(self.name, "column", url, args)

    def own_url(self, url: str) -> str | None:
        """Return an address in the portal's own spelling, or None when it is on another host.

        The scheme becomes the portal's and ``www.`` as registered, so that a page linked in two
        spellings is fetched once; a session number is taken off. A staging port is another host.
        """
        parts = urlsplit(url)
        if parts.port not in (None, 80, 443):
            return None
        bare = (parts.hostname or "").removeprefix("www.")
        for host in self.hosts:
            if host.removeprefix("www.") == bare:
                own = urlunsplit((self.scheme, host, parts.path or "/", parts.query, ""))
                return without_session(own)
        return parts._replace(fragment="").geturl() if bare in self.services() else None

    @classmethod
    def services(cls) -> tuple[str, ...]:
        """Return the hosts of interfaces that its province's platform fills its lists from."""
        return tuple(host for host, code in SERVICES.items() if cls.division.startswith(code))

    # What a family must know; all pure functions of the page.

    @staticmethod
    def recognise(page: Page) -> float:
        """Return how sure the family is that the page is of its CMS, 0 to 1."""
        raise NotImplementedError

    @classmethod
    def look(cls, page: Page) -> Found:
        """Return everything the family sees in a page of a column."""
        raise NotImplementedError

    @classmethod
    def catalogue(cls, page: Page) -> tuple[tuple[str, str], ...]:
        """Return (URL, label) of the columns and bodies a catalogue leads to."""
        raise NotImplementedError

    @classmethod
    def annual_entries(cls, page: Page) -> tuple[tuple[Link, str], ...]:
        """Return (page, label) of direct ways to annual reports that any page of the CMS gives
        away; none where the CMS has no such habit."""
        return ()

    def parse_task(
        self,
        page: Page,
        role: str,
        args: Mapping[str, JSON],
        *,
        known: Callable[[str], bool],
        years: frozenset[int] | None,
        before: Before | None = None,
    ) -> Parsed:
        """Say what a fetched page asks for next; pure.

        Args:
            page: The page.
            role: Of the task that fetched it.
            args: Of the task that fetched it.
            known: Tells whether an article was read before.
            years: Report years wanted, None for all.
            before: The list as it was when it was last seen whole, None when it never was.
        """
        return parse_task(self, page, role, args, known=known, years=years, before=before)


def by_host(portals: Iterable[type[Portal]]) -> dict[str, type[Portal]]:
    """Return the portals by every spelling of their hosts, with and without ``www.``."""
    named: dict[str, type[Portal]] = {}
    for portal in portals:
        for host in portal.hosts:
            bare = host.removeprefix("www.")
            named |= {bare: portal, f"www.{bare}": portal}
    return named
