"""The truth about a world, as plain data: what a perfect crawl finds and a perfect reader reads."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from crawler.sandbox.articles import author_of
from crawler.sandbox.budgets import budget
from crawler.sandbox.expected import expected, foreign
from crawler.sandbox.figures import YEARS
from crawler.sandbox.forms import form_of
from crawler.sandbox.model import Body, Post, Report
from crawler.sandbox.twins import twin_of

if TYPE_CHECKING:
    from crawler.sandbox.world import World


def truth(world: World) -> dict[str, Any]:
    """Return the truth of a world.

    Returns:
        ``reports``: url (first filing) and urls (all), host, publisher, agency (as printed in the
        title), year, format, title, published_on, signature, signed_on, kind ``report``, flaws,
        ``reachable`` and, where it is not, ``why``; ``documents``: url and part (page, pdf,
        pictures) of all that shows the same report; ``guise`` and ``files`` of one that is no plain
        page (``files.serving``); and ``tables``: TABLE → ROW → COLUMN → the
        cell as printed, None for a blank cell. Keys are those of formats.json; what a page does
        not have is absent.
        ``lookalikes``: url, title and why of every row that is no report.
        ``companions``: picture versions of a report. ``attachments``: reports that are a file only.
        ``publishers``: key, name, kind, place, division, level, first_year, hosts.
        ``skips``: publisher and year without any filing, with why (skipped, not_founded).
        ``portals``: host, scheme, division, the columns to start from, all ``hosts`` with those of
        departments, how the home page leads there (``way``, empty for the plainest), and the
        ``budget`` of a crawl (``budgets``). ``years``: the report years.
        ``foreign``: the addresses on other hosts that pages link to.
        ``coverage``: publisher, division, year and the status that a crawl of an open world
        finds (``expected``). ``changes``: kind, url before, ``to`` (address now), cell and date of
        each report that was changed since the world was last seen (``evolution``).
    """
    others = {
        kind: [_other(post) for post in world.others if post.kind == kind and post.why == kind]
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
                "division": portal.site.place.code,
                "columns": [root.url for root in portal.roots],
                "hosts": sorted({column.site.host for column in portal.columns()}),
                "way": portal.way,
                "budget": budget(portal),
            }
            for portal in world.portals
        ],
        "foreign": foreign(world),
        "coverage": expected(world),
        "publishers": _publishers(world),
        "reports": [_report(world, report) for report in world.reports],
        "lookalikes": [
            {"url": post.url, "title": post.title, "why": post.why, "year": post.year}
            for post in world.lookalikes
        ],
        "companions": others["companion"],
        "attachments": others["attachment"],
        "changes": [asdict(changed) for changed in world.evolution.changed],
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
        "division": report.body.place.code,
        "agency": report.agency,
        "year": report.year,
        "format": form_of(report.year).id,
        "title": report.title,
        "published_on": first.shown.isoformat(),
        "signature": author.signature,
        "signed_on": author.signed_on.isoformat() if author.signed_on else None,
        "kind": "report",
        **_reach(world, report),
        "documents": _documents(world, report),
        "flaws": list(shown.flaws),
        "tables": shown.tables,
        **world.files.truth(first),
    }


def _reach(world: World, report: Report) -> dict[str, Any]:
    if any(world.is_shown(post) for post in report.posts):
        return {"reachable": True}
    column = report.posts[0].column
    return {"reachable": False, "why": f"{column.url} never shows its row"}


def _documents(world: World, report: Report) -> list[dict[str, str]]:
    found = [(post.url, "page") for post in report.posts]
    found += [
        (f"{post.column.site.root}{other}", "page")
        for post in report.posts
        if (other := twin_of(post.column.site).also(post))
    ]
    found += [(post.enclosed.url, "pdf") for post in report.posts if post.enclosed]
    parts = {"companion": "pictures", "pdf_version": "pdf"}
    found += [
        (post.url, parts[post.why])
        for post in report.posts[0].column.posts
        if post.why in parts and (post.body, post.year) == (report.body, report.year)
    ]
    return [{"url": url, "part": part} for url, part in dict.fromkeys(found)]


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
