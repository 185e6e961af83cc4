"""What the ledger must say of every publisher and year after a crawl of an open world."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crawler.sandbox.model import Body

if TYPE_CHECKING:
    from crawler.sandbox.world import World


def expected(world: World) -> list[dict[str, Any]]:
    """Return a status for each body and year.

    Returns:
        ``found`` for a report that a list shows, ``found_unread`` for one that is only a file,
        ``not_looked`` where a list hides rows (it was not read to its end), else ``not_listed``,
        for townships ``not_obliged``. That no status says "not published" is a promise.
        ``doubt``: an empty list or a stub stands among the portal's lists, so that a careful
        crawl may say ``not_looked`` where this says ``not_listed``.
    """
    statuses: dict[tuple[str, int], str] = {}
    bodies: dict[str, Body] = {}
    hidden: set[str] = set()
    for post in [*(post for report in world.reports for post in report.posts), *world.others]:
        if post.kind not in ("report", "attachment") or post.why == "pdf_version":
            continue
        key = post.body.key, post.year
        if not world.is_shown(post):
            hidden.add(post.body.key)
        elif post.kind == "report":
            unread = world.files.truth(post).get("unread")
            statuses[key] = "found_unread" if unread else "found"
        else:
            read = world.files.of_row(post) is not None
            statuses.setdefault(key, "found" if read else "found_unread")
    doubtful: set[str] = set()
    for portal in world.portals:
        bodies |= {slot.body.key: slot.body for slot in portal.slots}
        if any(not slot.column.posts or slot.column.site.stub_tail for slot in portal.slots):
            doubtful |= {slot.body.key for slot in portal.slots}
    years = sorted({slot.year for portal in world.portals for slot in portal.slots})
    return [
        {
            "publisher": body.name, "division": body.place.code, "year": year,
            "status": statuses.get((body.key, year)) or _absent(body, hidden),
            "doubt": body.key in doubtful,
        }
        for body in bodies.values()
        for year in years
    ]  # fmt: skip


def _absent(body: Body, hidden: set[str]) -> str:
    if body.kind == "township":
        return "not_obliged"
    return "not_looked" if body.key in hidden else "not_listed"


def foreign(world: World) -> list[str]:
    """Return the addresses on other hosts that pages of the world link to."""
    rows = [post.href for post in world.others if post.href]
    links = [address for column in world.columns for _, address in column.links]
    own = {column.site.root for column in world.columns}
    return sorted({url for url in [*rows, *links] if not any(url.startswith(one) for one in own)})
