"""The truth about a world, as plain data: what a perfect crawl finds and a perfect reader reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crawler.sandbox.articles import author_of
from crawler.sandbox.figures import YEARS
from crawler.sandbox.forms import form_of
from crawler.sandbox.model import Body, Post, Report

if TYPE_CHECKING:
    from crawler.sandbox.world import World


def truth(world: World) -> dict[str, Any]:
    """Return the truth of a world.

    Returns:
        ``reports``: url (first filing) and urls (all), host, publisher, agency (as printed in the
        title), year, format, title, published_on, signature, signed_on, kind ``report``, flaws,
        and ``tables``: TABLE → ROW → COLUMN → the cell as printed, None for a blank cell. Keys are
        those of formats.json; what a page does not have is absent.
        ``lookalikes``: url, title and why of every row that is no report.
        ``companions``: picture versions of a report. ``attachments``: reports that are a file only.
        ``publishers``: key, name, kind, place, division, level, first_year, hosts.
        ``skips``: publisher and year without any filing, with why (skipped, not_founded).
        ``portals``: host, scheme and the columns to start from. ``years``: the report years.
    """
    others = {
        kind: [_other(post) for post in world.others if post.kind == kind]
        for kind in ("companion", "attachment")
    }
    return {
        "seed": world.seed,
        "size": world.size,
        "years": list(YEARS),
        "portals": [
            {
                "host": portal.site.host,
                "scheme": portal.site.scheme,
                "family": portal.site.family,
                "columns": [root.site.root + root.path for root in portal.roots],
            }
            for portal in world.portals
        ],
        "publishers": _publishers(world),
        "reports": [_report(world, report) for report in world.reports],
        "lookalikes": [
            {"url": post.url, "title": post.title, "why": post.why, "year": post.year}
            for post in world.lookalikes
        ],
        "companions": others["companion"],
        "attachments": others["attachment"],
        "skips": [
            {"publisher": body.name, "year": year, "why": why} for body, year, why in world.skips
        ],
    }


def _report(world: World, report: Report) -> dict[str, Any]:
    first = report.posts[0]
    shown = world.figures(report.body, report.year)
    author = author_of(world.seed, report)
    return {
        "url": first.url,
        "urls": [post.url for post in report.posts],
        "host": first.column.site.host,
        "publisher": report.body.name,
        "agency": report.agency,
        "year": report.year,
        "format": form_of(report.year).id,
        "title": report.title,
        "published_on": first.shown.isoformat(),
        "signature": author.signature,
        "signed_on": author.signed_on.isoformat() if author.signed_on else None,
        "kind": "report",
        "flaws": list(shown.flaws),
        "tables": shown.tables,
    }


def _other(post: Post) -> dict[str, Any]:
    return {
        "url": post.url, "title": post.title, "why": post.why,
        "publisher": post.body.name, "year": post.year,
    }  # fmt: skip


def _publishers(world: World) -> list[dict[str, Any]]:
    hosts: dict[str, set[str]] = {}
    bodies: dict[str, Body] = {}
    for portal in world.portals:
        for slot in portal.slots:
            bodies[slot.body.key] = slot.body
            for column in (slot.column, *slot.copies):
                hosts.setdefault(slot.body.key, set()).add(column.site.host)
    return [
        {
            "key": body.key, "name": body.name, "kind": body.kind, "place": body.place.name,
            "division": body.place.code, "level": body.place.level,
            "first_year": body.first_year, "hosts": sorted(hosts[body.key]),
        }
        for body in bodies.values()
    ]  # fmt: skip
