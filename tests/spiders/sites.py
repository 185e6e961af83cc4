"""Sites made of strings, and a crawl of them that follows the best link first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from spiders.discovery.explore import trail_of
from spiders.discovery.portal import Discovered, discovered
from spiders.page import Page
from spiders.portal import Portal
from spiders.tasks import Listing, SubHost, Task


@dataclass
class Walk:
    """What a crawl of a site came to."""

    asked: list[str] = field(default_factory=list)
    columns: dict[str, Mapping[str, object]] = field(default_factory=dict)
    listings: list[Listing] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)
    hosts: list[SubHost] = field(default_factory=list)
    trails: dict[str, list[tuple[str, str, int]]] = field(default_factory=dict)


def page(url: str, body: str, head: str = "") -> Page:
    return Page(url, f"<html><head>{head}</head><body>{body}</body></html>".encode())


def menu(*links: tuple[str, str]) -> str:
    items = "".join(f'<li><a href="{url}">{label}</a></li>' for url, label in links)
    return f"<ul>{items}</ul>"


def rows(*titles: tuple[str, str]) -> str:
    items = "".join(
        f'<li><a href="{url}">{title}</a><span>2024-01-{15 + at}</span></li>'
        for at, (url, title) in enumerate(titles)
    )
    return f'<div class="list"><ul>{items}</ul></div>'


def walk(
    site: Mapping[str, str], host: str = "www.a.gov.cn", *, most: int = 100, **given: str
) -> Walk:
    """Explore a site whose pages stand in a mapping; what is missing there answers nothing."""
    portals: dict[str, Portal] = {host: discovered(host, **given)()}  # type: ignore[arg-type]
    left: list[Task] = list(portals[host].start_tasks())
    done, seen = Walk(), set()
    while left and len(done.asked) < most:
        left.sort(key=lambda task: (task.role == "explore", -trail_of(task.args, "")[-1][2]))
        task = left.pop(0)
        if task.url in seen:
            continue
        seen.add(task.url)
        if task.role == "article":
            done.articles.append(task.url)
            continue
        done.asked.append(task.url)
        if task.url not in site:
            continue
        portal = portals[task.portal]
        parsed = portal.parse_task(
            page(task.url, site[task.url]), task.role, task.args,
            known=lambda url: False, years=None,
        )  # fmt: skip
        done.listings += parsed.listings
        if parsed.column is not None:
            done.columns[task.url] = parsed.column
            done.trails[task.url] = trail_of(task.args, task.url)
        for found in parsed.hosts:
            done.hosts.append(found)
            if found.host not in portals:
                portals[found.host] = _sub(found)
        left += parsed.tasks
    return done


def _sub(found: SubHost) -> Discovered:
    return discovered(found.host, scheme=found.scheme, title=found.label)()
