"""How fast a crawl is, side by side with one that keeps nothing: ``python -m bench.speed``.

All ratios are of one run on one machine: the same pages, the same links parsed, the same server
(the sandbox, in its own process), the same concurrency, no delay. ``reading off`` keeps pages,
frontier and lists; ``reading on`` reads every report in two worker processes and keeps it.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from bench.crawls import measured
from crawler.sandbox.process import SandboxProcess

COLUMNS = (
    "pages", "pages_a_second", "cpu_ms_a_page", "reports_a_second", "lag_median_ms", "lag_p99_ms",
    "memory_mb",
)  # fmt: skip


def show(rows: dict[str, dict[str, Any]]) -> None:
    """Print a table, a row for each crawl."""
    sys.stdout.write("".join(f"{name:>18}" for name in ("", *COLUMNS)) + "\n")
    for name, row in rows.items():
        shown = [name, *(row.get(column, "") for column in COLUMNS)]
        sys.stdout.write("".join(f"{value!s:>18}" for value in shown) + "\n")


def main() -> None:
    """Crawl three ways, print a table and a line of JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=__doc__)
    parser.add_argument("--size", default="medium", help="small, medium or large sandbox")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rows: dict[str, dict[str, Any]] = {}
    with SandboxProcess(options.size, options.seed) as sandbox:
        measured("bare", sandbox.proxy)  # the server makes its pages and certificates
        rows["bare"] = measured("bare", sandbox.proxy)
        rows["reading off"] = measured("ours without reading", sandbox.proxy)
        rows["reading on"] = measured("ours", sandbox.proxy)
    show(rows)
    bare, off, on = rows["bare"], rows["reading off"], rows["reading on"]
    result = {
        "ratio_of_pages": round(off["pages_a_second"] / bare["pages_a_second"], 2),
        "ratio_of_cpu": round(bare["cpu_ms_a_page"] / off["cpu_ms_a_page"], 2),
        "reports_a_second": on["reports_a_second"],
        "lag_median_ms": on["lag_median_ms"],
        "runs": rows,
    }
    sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
