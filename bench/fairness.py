"""One slow host does not hold the others back: ``python -m bench.fairness``.

Ten hosts, twenty-two pages each, one connection a host as in a real crawl; once all are quick, once
one of them takes its time for each answer. The others should end as early as before.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from typing import Any

from bench.crawls import measured
from bench.plain import host, plain_world
from crawler.politeness import slot_of

HOSTS = 10
# With no delay at all, Scrapy 2.19 starts everything that waits for a host at once.
POLITE = {"CONCURRENT_REQUESTS_PER_DOMAIN": 1, "CONCURRENT_REQUESTS": 4, "DOWNLOAD_DELAY": 0.02}
SLOW = slot_of(f"http://{host(0)}/")


def ends(result: dict[str, Any]) -> tuple[float, float]:
    """Return when the slow host and when the median other host had its last answer, in seconds."""
    others = [at for slot, at in result["last_of"].items() if slot != SLOW]
    return result["last_of"][SLOW], statistics.median(others)


def main() -> None:
    """Crawl twice, print a table and a line of JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.fairness", description=__doc__)
    parser.add_argument("--delay", type=float, default=0.5, help="seconds the slow host takes")
    options = parser.parse_args()
    rows: dict[str, tuple[float, float]] = {}
    for name, delay in (("all quick", 0.0), ("one slow", options.delay)):
        with plain_world(host(0), delay) as proxy:
            kind = "ours without reading"
            rows[name] = ends(measured(kind, proxy, hosts=HOSTS, settings=POLITE))
    sys.stdout.write(f"{'':>12}{'that host ends':>18}{'the others end':>18}\n")
    for name, (slow, others) in rows.items():
        sys.stdout.write(f"{name:>12}{slow:>16} s{others:>16} s\n")
    (_, before), (slow, after) = rows["all quick"], rows["one slow"]
    said = {"others_before": before, "others_beside_a_slow_one": after, "slow_one": slow}
    sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main()
