"""The plan of a portal: its size, its columns, and who files what in which column."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from crawler.sandbox.figures import YEARS
from crawler.sandbox.model import Body, Column, Site, walk
from crawler.sandbox.names import PLACES, government

ANNUAL = "政府信息公开年报"


@dataclass(frozen=True)
class Size:
    """How much stands on the portals.

    Attributes:
        bodies: Bodies on a portal of many.
        governments: Whether cities and districts file reports of the whole government too.
        counties: Counties whose reports stand on the host of 怀化.
        rows: Rows on a list page.
    """

    bodies: int
    governments: bool
    counties: int
    rows: int


@dataclass(frozen=True)
class Slot:
    """In this column this body files the report of this year, and ``copied`` ones once more."""

    column: Column
    body: Body
    year: int
    copies: tuple[Column, ...] = ()


@dataclass
class Portal:
    """A site, the columns a crawler starts from, and what is to be filed in which column.

    Attributes:
        home: The home page and all that it leads to, the roots too; None for the plainest one.
        news: Columns of news, which hold no reports.
        way: How the home page leads to the roots.
    """

    site: Site
    roots: list[Column] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    home: Column | None = None
    news: list[Column] = field(default_factory=list)
    way: str = ""

    def columns(self) -> list[Column]:
        """Return every column and entrance once, those above before those below."""
        tops = [self.home] if self.home else []
        every = [column for top in (*tops, *self.roots) for column in walk(top)]
        return list({id(column): column for column in every}.values())

    def file(self, column: Column, who: Iterable[Body], years: Iterable[int] = YEARS) -> None:
        """Enter slots for these bodies and years."""
        wanted = list(years)
        self.slots += [Slot(column, body, year) for body in who for year in wanted]


def landing(site: Site, path: str, name: str, children: list[Column]) -> Column:
    """Return a column that only leads to others."""
    return Column(site, path, name, children=children)


def _brief(body: Body) -> str:
    return body.shorts[0] if body.shorts else body.name


def seat(place: str, size: Size) -> list[Body]:
    """Return the government of a place, where worlds of this size have governments."""
    return [government(PLACES[place])] if size.governments else []


def departments(portal: Portal, root: str, tail: str, who: list[Body], rows: int) -> list[Column]:
    """Return a column for each department, under ``root/<slug>/tail``; each is filed in its own."""
    columns = []
    for body in who:
        column = Column(portal.site, f"{root}{body.slug}/{tail}", _brief(body), body, rows=rows)
        column.single = body.first_year == YEARS[-1]
        portal.file(column, [body])
        columns.append(column)
    return columns


def by_year(
    site: Site, root: str, folders: dict[int, str], who: list[Body], size: Size
) -> list[Portal]:
    """Return a portal: a landing of years, and in each year one list of all bodies."""
    portal = Portal(site)
    years = []
    for year in reversed(YEARS):
        column = Column(site, f"{root}{folders[year]}/", f"{year}年", rows=size.rows)
        portal.file(column, who, [year])
        years.append(column)
    portal.roots = [landing(site, root, ANNUAL, years)]
    return [portal]
