"""The whole country, crawled with its leaves and by discovery: ``python -m bench.country``.

Prints, for each portal, what was found of what its lists show, and what it cost beside what there
is reason for; then the totals and a line of JSON. ``--seed`` makes another country.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from archive.db import Archive
from crawler.sandbox.country_portals import UNKNOWN
from crawler.sandbox.world import World
from tests.crawler import country
from tests.crawler.processes import crawl


def main() -> None:
    """Crawl twice, print tables and a line of JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.country", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    truth = World(options.seed, "country").truth()
    leaves = country.leaf_hosts()
    unknown = [one.host for one in UNKNOWN if one.host.removeprefix("www.") not in leaves]
    results = {}
    with TemporaryDirectory(prefix="gov_reports_country_") as name:
        for kind, hosts in (("leaves", sorted(leaves)), ("discovery", unknown)):
            folder = Path(name, kind)
            folder.mkdir()
            (folder / "hosts.txt").write_text("\n".join(hosts) + "\n", encoding="utf-8")
            asked = ("-a", "hosts=hosts.txt") if kind == "discovery" else ()
            run = crawl(folder, *country.COUNTRY, "-s", f"SANDBOX_SEED={options.seed}", *asked)
            sys.stdout.write(f"\n{kind}: exit code {run.returncode}\n")
            bare = {host.removeprefix("www.") for host in hosts}
            results[kind] = _compared(folder, country.part(truth, bare), kind)
    sys.stdout.write(json.dumps(results, ensure_ascii=False) + "\n")


def _compared(folder: Path, truth: country.Truth, kind: str) -> dict[str, Any]:
    lines = country.requests(folder / "server.log")
    asked = Counter(line["host"].removeprefix("www.") for line in lines)
    with Archive.open(folder / "sandbox.db", write=False, world="sandbox") as archive:
        lost = set(country.missing(archive, truth))
        found = {
            "wrong": country.wrong(archive, truth),
            "misnamed": country.misnamed(archive, truth),
            "misjudged": country.misjudged(archive, truth),
        }
    for portal in truth["portals"]:
        one = country.part(truth, {host.removeprefix("www.") for host in portal["hosts"]})
        wanted = [report["url"] for report in one["reports"] if report["reachable"]]
        cost = sum(asked[host.removeprefix("www.")] for host in portal["hosts"])
        allowed = country.allowance(one, discovery=kind == "discovery")
        sys.stdout.write(
            f"{portal['host']:30} {portal['family']:14} {portal['way']:8} "
            f"{len(wanted) - len(lost & set(wanted)):4} of {len(wanted):4} found, "
            f"{cost:4} requests of {allowed:6.1f}\n"
        )
    for name, entries in found.items():
        sys.stdout.write(f"{name}: {len(entries)}\n" + "".join(f"  {one}\n" for one in entries))
    return {
        "portals": len(truth["portals"]),
        "reachable": sum(report["reachable"] for report in truth["reports"]),
        "missing": len(lost),
        "requests": len(lines),
        "allowed": round(country.allowance(truth, discovery=kind == "discovery")),
        "foreign": sorted(country.foreign(folder / "server.log", "country")),
        **{name: len(entries) for name, entries in found.items()},
    }


if __name__ == "__main__":
    main()
