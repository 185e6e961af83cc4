"""From a checked command line to a finished crawl."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Collection, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import getproxies

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from archive import crawls, frontier, portals
from archive.db import Archive
from crawler import neighbours, preflight
from crawler import run as runs
from crawler.command import UNUSABLE, WRONG_USAGE, Command, CommandError
from crawler.politeness import registered_domain
from crawler.run import Run
from crawler.terminal import note
from crawler.version import project_version
from spiders import registers
from spiders.domains import bare
from spiders.portal import Portal, ReportSpider

_CONTACT = r"\S+@\S+|https?://\S+"
_SANDBOX_HINT = "To see it work without a network: scrapy crawl {spider} -s SANDBOX=true"


@dataclass(frozen=True)
class Again:
    """A campaign whose failed pages are to be taken again.

    Attributes:
        campaign: The campaign.
        arguments: What its first run was asked, as recorded.
        outcomes: The outcomes of the pages that are asked for again.
    """

    campaign: int
    arguments: Mapping[str, Any]
    outcomes: tuple[str, ...]


def crawl(
    spider: ReportSpider, given: dict[str, str], command: Command, again: Again | None = None
) -> int:
    """Run a spider and return the exit code.

    Args:
        spider: An instance made only to check the arguments; the engine makes its own.
        given: The arguments as typed.
        command: Its settings decide the world, the archive and the pace.
        again: The campaign to continue with what failed in it; None for the usual crawl.
    """
    settings: Settings = command.config
    size, seed = command.sandbox_world()
    if settings.getint("READERS") < 1:
        note("error: READERS is how many processes read reports; it takes at least 1.")
        return WRONG_USAGE
    obstacles, faults = command.sandbox_obstacles(size, seed)
    refusal = None if command.in_sandbox else _check_real_crawl(spider, settings)
    if refusal is not None:
        return refusal
    _check_report(settings["REPORT"])
    with ExitStack() as stack:
        archive = stack.enter_context(Archive.open(command.archive_path, world=command.world))
        if command.in_sandbox:
            sandbox = command.sandbox(size, seed, obstacles=obstacles, faults=faults)
            proxy = stack.enter_context(sandbox).proxy
            _prepare_sandbox(settings)
            world = {"sandbox_size": size, "sandbox_seed": seed}
            if obstacles or faults:
                world |= {"sandbox_obstacles": obstacles, "sandbox_faults": faults}
            state = command.sandbox_state().items()
            world |= {f"sandbox_{name}": value for name, value in state if value}
            note(
                f"Sandbox ({size}, seed {seed}): generated portals on this machine, nothing "
                "leaves it; no delay between requests."
            )
        else:
            proxy, world = None, {}
            _prepare_real(settings, spider.active_portals())
        active = spider.active_portals()
        if command.in_sandbox:
            active = _served(active, size, named=spider.arguments.portals or ())
        run = _begin(archive, spider, active, {**given, **world}, proxy, again)
        return _run_engine(spider, given, settings, run)


def _served(active: list[Portal], size: str, *, named: Collection[str] = ()) -> list[Portal]:
    """Return the portals that a sandbox of this size answers for.

    Raises:
        CommandError: There is none among those asked for, or one that was named is not among them.
    """
    from crawler.sandbox.portals import hosts

    served = hosts(size)
    found = [one for one in active if any(bare(host) in served for host in one.hosts)]
    unserved = [one for one in active if one not in found and (one.name in named or not found)]
    if unserved:
        asked = ", ".join(portal.name for portal in unserved[:5])
        raise CommandError(
            f"the {size} sandbox does not answer for {asked}, which was asked for; another "
            "SANDBOX_SIZE may"
        )
    return found


def _check_report(file: str | None) -> None:
    """Find out before the crawl that the run report has no place.

    Raises:
        CommandError: It is a folder, or stands in none.
    """
    if file and (Path(file).is_dir() or not Path(file).absolute().parent.is_dir()):
        raise CommandError(f"REPORT={file} is no place for a file; name one in a folder that is")


def _check_real_crawl(spider: ReportSpider, settings: Settings) -> int | None:
    """Return an exit code when a crawl of the real portals makes no sense, else None."""
    active = spider.active_portals()
    # Behind a proxy, names are looked up by the proxy.
    if not getproxies():
        failures = preflight.lookup_failures(portal.hosts[0] for portal in active)
        if failures:
            for portal in active:
                note(f"{portal.hosts[0]}  {portal.title}: {failures[portal.hosts[0]]}")
            note("No portal's name could be looked up: there seems to be no network.")
            note(_SANDBOX_HINT.format(spider=spider.name))
            return UNUSABLE
    if not re.fullmatch(_CONTACT, settings["CONTACT"] or ""):
        note(
            "error: a crawl of the real portals needs a contact, so that they can reach you. Add "
            "-s CONTACT=you@example.org (or -s CONTACT=https://… of a page about your project)."
        )
        return WRONG_USAGE
    if settings.getfloat("DOWNLOAD_DELAY") <= 0:
        # Without one, Scrapy sends all that waits for a host at once, whatever its concurrency.
        note("error: a crawl of the real portals needs a pause: set DOWNLOAD_DELAY above 0.")
        return WRONG_USAGE
    return None


def _prepare_real(settings: Settings, active: list[Portal]) -> None:
    """Set the honest name, and the pace of the domains that need a slower one."""
    settings.set("USER_AGENT", user_agent(settings["CONTACT"]), priority="cmdline")
    default = settings.getfloat("DOWNLOAD_DELAY")
    slots: dict[str, dict[str, float]] = {}
    for portal in active:
        delay = portal.host_settings.get("DOWNLOAD_DELAY")
        if isinstance(delay, int | float):
            for host in portal.hosts:
                slot = slots.setdefault(registered_domain(host), {"delay": default})
                slot["delay"] = max(slot["delay"], delay)
    settings.set("DOWNLOAD_SLOTS", slots, priority="spider")
    if not getproxies():  # behind one, names are looked up by it
        resolver = "crawler.resolver.PublicResolver"
        settings.set("TWISTED_DNS_RESOLVER", resolver, priority="spider")


def _prepare_sandbox(settings: Settings) -> None:
    """Take the delay away; what the command line says still wins."""
    settings.set("USER_AGENT", user_agent("sandbox"), priority="cmdline")
    settings.set("DOWNLOAD_DELAY", 0, priority="spider")
    settings.set("BACK_OFF_PAUSE", 0, priority="spider")


def user_agent(contact: str) -> str:
    """Return the name by which the crawler introduces itself: what it is and whose."""
    return f"gov_reports/{project_version()} (+{contact})"


def _begin(
    archive: Archive,
    spider: ReportSpider,
    active: list[Portal],
    arguments: Mapping[str, Any],
    proxy: str | None,
    again: Again | None,
) -> Run:
    asked = spider.arguments
    with archive.atomic():
        portals.register(archive, active, registers.history(), registers.changes())
        crawl = crawls.begin(
            archive,
            spider=spider.name,
            arguments=again.arguments if again else arguments,
            campaign=again.campaign if again else None,
        )
        if again:
            hosts = [portal.name for portal in active]
            number = frontier.reopen(archive, crawl.campaign, hosts, again.outcomes)
            note(f"Asking again for {number} pages that failed in crawl {crawl.campaign}.")
        if not crawl.resumed and asked.recheck != "all":
            frontier.carry_over(archive, crawl.campaign, [portal.name for portal in active])
    if crawl.resumed and not again:
        note(f"Going on with the crawl that was interrupted (number {crawl.campaign}).")
    run = Run(
        archive=archive,
        crawl=crawl,
        portals={portal.name: portal for portal in active},
        years=asked.years,
        limit=asked.limit,
        recheck=asked.recheck == "all",
        sandbox=proxy,
    )
    neighbours.restored(run)
    return run


def _run_engine(
    spider: ReportSpider, given: dict[str, str], settings: Settings, run: Run
) -> int:
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(type(spider))
    runs.attach(crawler, run)
    stopping: list[asyncio.Task[None]] = []
    run.archive.on_failure = lambda failure: stopping.append(
        asyncio.get_running_loop().create_task(crawler.stop_async())
    )
    process.crawl(crawler, **given)
    process.start()
    if run.archive.failure is not None:
        raise run.archive.failure
    return UNUSABLE if process.bootstrap_failed else run.exit_code
