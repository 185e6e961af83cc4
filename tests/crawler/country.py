"""A crawl of the country beside its truth: what is missing, wrong, foreign, or asked in vain."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from archive.address import address
from archive.db import Archive
from crawler.sandbox.portals import hosts
from crawler.sandbox.world import World
from spiders.gov_reports import GovReports

Truth = dict[str, Any]
COUNTRY = ("-s", "SANDBOX_SIZE=country", "-s", "SANDBOX_LOG=server.log")


@cache
def world() -> World:
    """Return the country that the crawls of the tests see."""
    return World(seed=1, size="country")


def leaf_hosts() -> set[str]:
    """Return the hosts of all leaves, without www."""
    return {host.removeprefix("www.") for leaf in GovReports.portals() for host in leaf.hosts}


def part(truth: Truth, wanted: Collection[str]) -> Truth:
    """Return the truth about the portals that have one of these hosts."""
    portals = [
        portal
        for portal in truth["portals"]
        if any(host.removeprefix("www.") in wanted for host in portal["hosts"])
    ]
    own = {host for portal in portals for host in portal["hosts"]}
    reports = [report for report in truth["reports"] if report["host"] in own]
    others = {
        key: [entry for entry in truth[key] if urlsplit(entry["url"]).hostname in own]
        for key in ("lookalikes", "companions", "attachments")
    }
    return truth | others | {"portals": portals, "reports": reports, "hosts": own}


def missing(archive: Archive, truth: Truth) -> list[str]:
    """Return the reachable reports that the archive has at none of their addresses."""
    found = _years(archive)
    return [
        report["url"]
        for report in truth["reports"]
        if report["reachable"]
        and report["year"] not in {found.get(address(url)) for url in _pages(report)}
    ]


def _pages(report: dict[str, Any]) -> list[str]:
    """Return all addresses of a report's text, those that no row writes too."""
    return [entry["url"] for entry in report["documents"] if entry["part"] == "page"]


def wrong(archive: Archive, truth: Truth) -> list[str]:
    """Return the reports of the archive that the truth does not know, or knows with another year.

    A picture version or a file of a report is no report of its own, but its address is known.
    """
    years = {
        address(document["url"]): report["year"]
        for report in truth["reports"]
        for document in report["documents"]
    }
    years |= {address(entry["url"]): entry["year"] for entry in truth["attachments"]}
    return [
        f"{where}: {year}, not {years.get(where)}"
        for where, year in _years(archive).items()
        if years.get(where) != year
    ]


def _years(archive: Archive) -> dict[str, int]:
    return dict(archive.conn.execute("SELECT address, year FROM reports"))


def misnamed(archive: Archive, truth: Truth) -> list[str]:
    """Return publishers that hold reports of two bodies."""
    writers: dict[int, set[tuple[str, str]]] = defaultdict(set)
    by_address = {
        address(url): (report["publisher"], report["division"])
        for report in truth["reports"]
        for url in _pages(report)
    }
    for where, publisher in archive.conn.execute("SELECT address, publisher_id FROM reports"):
        if where in by_address:
            writers[publisher].add(by_address[where])
    return [str(sorted(names)) for names in writers.values() if len(names) > 1]


def misjudged(archive: Archive, truth: Truth) -> list[str]:
    """Return the publisher-years whose status in the ledger is not the expected one.

    A body that the archive has nothing of cannot be judged here; ``missing`` tells of it.
    """
    publishers: dict[tuple[str, str], set[int]] = defaultdict(set)
    owners = dict(archive.conn.execute("SELECT address, publisher_id FROM reports"))
    for report in truth["reports"]:
        ids = {owners[address(url)] for url in _pages(report) if address(url) in owners}
        publishers[report["publisher"], report["division"]] |= ids
    ledger: dict[tuple[int, int], str] = {
        (publisher, year): status
        for publisher, year, status in archive.conn.execute(
            "SELECT publisher_id, year, status FROM coverage"
        )
    }
    found = []
    for entry in truth["coverage"]:
        ids = publishers.get((entry["publisher"], entry["division"]), set())
        statuses = {ledger[one, entry["year"]] for one in ids if (one, entry["year"]) in ledger}
        allowed = {entry["status"]} | ({"not_looked"} if entry["doubt"] else set())
        if statuses and not statuses & allowed:
            found.append(f"{entry['publisher']} {entry['year']}: {statuses}, not {allowed}")
    return found


def requests(log: Path, since: int = 0) -> list[dict[str, Any]]:
    """Return the requests of the server's log; a CONNECT is none."""
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()[since:]]
    return [line for line in lines if line["method"] != "CONNECT"]


def foreign(log: Path, size: str) -> set[str]:
    """Return the hosts that were asked for and are not of the world, tunnels included."""
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    own = hosts(size)
    asked = {line["host"].rsplit(":", 1)[0] for line in lines}
    return {host for host in asked if host.removeprefix("www.") not in own}


def allowance(truth: Truth, *, discovery: bool = False) -> float:
    """Return how many requests there is reason for: 1.02 x rows, and the pages that lead there."""
    total: Counter[str] = Counter()
    for portal in truth["portals"]:
        total.update(portal["budget"])
    pages = total["lists"] + total["landings"] + (total["entrances"] if discovery else 0)
    return 1.02 * total["rows"] + pages + total["hosts"]


def spot(url: str) -> str:
    """Return the comparison form of an address in the log, which knows no double slashes."""
    return address(url).replace("//", "/")


def asked(lines: Iterable[dict[str, Any]]) -> list[str]:
    """Return the addresses that requests asked for."""
    return [spot(f"{line['scheme']}://{line['host']}{line['path']}") for line in lines]


def rows(truth: Truth, year: int | None = None) -> set[str]:
    """Return the addresses of all that a list shows as a report, of one year or of all."""
    entries = [*truth["reports"], *truth["attachments"], *truth["companions"]]
    return {
        spot(document["url"])
        for entry in entries
        if year in (None, entry["year"])
        for document in entry.get("documents", [entry])
    }


def by_kind(lines: Iterable[dict[str, Any]], truth: Truth) -> Counter[str]:
    """Return how many requests went where: robots, rows, redirects, errors, other pages."""
    known, lines = rows(truth), list(lines)
    kinds: Counter[str] = Counter()
    for line, url in zip(lines, asked(lines), strict=True):
        if line["path"] == "/robots.txt":
            kinds["robots"] += 1
        elif line["status"] in (301, 302):
            kinds["redirects"] += 1
        elif line["status"] != 200:
            kinds["errors"] += 1
        else:
            kinds["rows" if url in known else "pages"] += 1
    return kinds
