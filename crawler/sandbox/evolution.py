"""What became of a world since it was last seen: pages that were altered, moved or taken away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from crawler.sandbox.dice import dice
from crawler.sandbox.figures import Figures
from crawler.sandbox.forms import T3
from crawler.sandbox.model import Post, Report
from crawler.sandbox.twins import twin_of

if TYPE_CHECKING:
    from crawler.sandbox.world import World

_DAYS = 30


@dataclass
class Changed:
    """What became of one report.

    Attributes:
        kind: A key of ``KINDS``.
        url: Its address before.
        to: Its address now; empty when it has none.
        cell: (table, row, column, before, after) of the altered cell.
        date: The date that it shows now, ISO.
    """

    kind: str
    url: str
    to: str = ""
    cell: tuple[str, str, str, str, str] | None = None
    date: str = ""


@dataclass
class Evolution:
    """The changes that a world has seen.

    Attributes:
        noise: The number of the world's noise; 0 is none.
        changed: What became of single reports.
        figures: Figures of altered reports, by body and year.
        unlisted: Posts whose page answers though no list has a row for it.
        dead: Posts whose row stands though their page does not answer.
        moved: (post, its former path) of pages that an old address redirects to.
    """

    noise: int = 0
    changed: list[Changed] = field(default_factory=list)
    figures: dict[tuple[str, int], Figures] = field(default_factory=dict)
    unlisted: list[Post] = field(default_factory=list)
    dead: list[Post] = field(default_factory=list)
    moved: list[tuple[Post, str]] = field(default_factory=list)


def evolve(world: World, plan: str) -> Evolution:
    """Change a world whose posts have their addresses, and return what was done.

    Args:
        world: The world; its pages are not entered yet.
        plan: ``NAME[=ADDRESS],…`` with names of ``KINDS``; ``noise[=NUMBER]`` besides. Without an
            address the report is drawn; a name may come several times.

    Raises:
        ValueError: An unknown change, or no report stands at an address.
    """
    found = Evolution()
    taken: set[Report] = set()
    for number, part in enumerate(part for part in plan.split(",") if part):
        name, _, where = part.partition("=")
        if name == "noise":
            found.noise = _number(where)
            continue
        if name not in KINDS:
            choices = ", ".join(("noise", *KINDS))
            raise ValueError(f"unknown change {name!r} of the sandbox; there are {choices}")
        report = _at(world, where) if where else _drawn(world, taken, name, number)
        taken.add(report)
        KINDS[name](world, found, report)
    world.reports = [report for report in world.reports if report.posts]
    return found


def _number(text: str) -> int:
    if text and not text.isdecimal():
        raise ValueError(f"noise is a number, not {text!r}")
    return int(text or 1)


def _at(world: World, url: str) -> Report:
    for report in world.reports:
        if any(post.url == url for post in report.posts):
            return report
    raise ValueError(f"no report of the sandbox stands at {url}")


def _drawn(world: World, taken: set[Report], name: str, number: int) -> Report:
    fits = sorted(
        (report for report in world.reports if report not in taken and _is_plain(world, report)),
        key=lambda report: report.posts[0].url,
    )
    if not fits:
        raise ValueError(f"this world has no report left for the change {name!r}")
    return dice(world.seed, "evolution", name, number).choice(fits)


def _is_plain(world: World, report: Report) -> bool:
    """Tell whether a report stands at one address, in a list that shows it among others."""
    if len(report.posts) != 1:
        return False
    (post,) = report.posts
    column = post.column
    return (
        len(column.posts) > 3
        and not (column.single or twin_of(column.site).reports_only)
        and not (post.is_spelt or post.enclosed)
        and not twin_of(column.site).also(post)
        and world.is_shown(post)
    )


def _digit(world: World, found: Evolution, report: Report) -> None:
    """One digit of one cell is another."""
    shown = world.figures(report.body, report.year)
    table, row, column = T3, "new_received", "natural_person"
    before = shown.tables[table][row][column] or "0"
    after = before[:-1] + str((int(before[-1]) + 1) % 10)
    tables = {key: {name: dict(cells) for name, cells in rows.items()}
              for key, rows in shown.tables.items()}  # fmt: skip
    tables[table][row][column] = after
    found.figures[report.body.key, report.year] = replace(shown, tables=tables)
    url = report.posts[0].url
    found.changed.append(Changed("digit", url, url, (table, row, column, before, after)))


def _removed(world: World, found: Evolution, report: Report) -> None:
    """Row and page are gone."""
    (post,) = report.posts
    post.column.posts.remove(post)
    report.posts = []
    found.changed.append(Changed("removed", post.url))


def _dead(world: World, found: Evolution, report: Report) -> None:
    """The row stands, and leads nowhere."""
    (post,) = report.posts
    found.dead.append(post)
    report.posts = []
    found.changed.append(Changed("dead", post.url))


def _unlisted(world: World, found: Evolution, report: Report) -> None:
    """The row is gone, and the page answers."""
    (post,) = report.posts
    post.column.posts.remove(post)
    found.unlisted.append(post)
    report.posts, report.written = [], post.shown
    found.changed.append(Changed("unlisted", post.url, post.url))


def _moved(world: World, found: Evolution, report: Report) -> None:
    """The page has another address, and nothing stands at the old one."""
    (post,) = report.posts
    before, _ = _move(world, post)
    found.changed.append(Changed("moved", before, post.url))


def _redirected(world: World, found: Evolution, report: Report) -> None:
    """The page has another address, and the old one leads there."""
    (post,) = report.posts
    before, path = _move(world, post)
    found.moved.append((post, path))
    found.changed.append(Changed("redirected", before, post.url))


def _move(world: World, post: Post) -> tuple[str, str]:
    before, path = post.url, post.path
    chance = dice(world.seed, "evolution", "address", before)
    post.first_url = before
    post.path = twin_of(post.column.site).address(
        post, 9_000_000 + chance.randrange(10**6), f"{chance.getrandbits(128):032x}"
    )
    return before, path


def _redated(world: World, found: Evolution, report: Report) -> None:
    """Row and page show a later date; the list puts it where that belongs."""
    (post,) = report.posts
    report.written = post.shown
    post.shown += timedelta(days=_DAYS)
    post.column.posts.sort(key=lambda one: one.shown, reverse=True)
    found.changed.append(Changed("redated", post.url, post.url, date=post.shown.isoformat()))


KINDS: dict[str, Callable[[World, Evolution, Report], None]] = {
    "digit": _digit,
    "removed": _removed,
    "dead": _dead,
    "unlisted": _unlisted,
    "moved": _moved,
    "redirected": _redirected,
    "redated": _redated,
}
