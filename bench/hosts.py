"""Three thousand hosts in one crawl: start-up, memory, pace. ``python -m bench.hosts``.

Each host has a list and twenty reports; none waits (no delay), so what is measured is what so many
queues cost.
"""

from __future__ import annotations

import argparse
import json
import sys

from bench.crawls import measured
from bench.plain import plain_world


def main() -> None:
    """Crawl, print a table and a line of JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.hosts", description=__doc__)
    parser.add_argument("--hosts", type=int, default=3000)
    parser.add_argument("--reading", action="store_true", help="read the reports too")
    options = parser.parse_args()
    kind = "ours" if options.reading else "ours without reading"
    with plain_world() as proxy:
        result = measured(kind, proxy, hosts=options.hosts)
    for name in (
        "hosts", "pages", "pages_a_second", "cpu_ms_a_page", "ready_seconds", "first_of_all_hosts",
        "seconds", "lag_median_ms", "memory_mb", "left",
    ):  # fmt: skip
        sys.stdout.write(f"{name:>20}  {result[name]}\n")
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
