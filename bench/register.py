"""A dry discovery over the whole register: ``python -m bench.register [--hosts 400,800]``.

Each registered portal is answered by the sandbox with a generated one, of which the crawl knows
nothing but the host. Dry: it explores, finds and pages the columns and judges their rows, and
fetches one report in all (``limit=1``). What is measured is how pace, memory and archive grow with
the number of hosts.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from archive.db import Archive
from spiders import registers

ROOT = Path(__file__).parents[1]
_LOOK = 0.2  # seconds between two looks at the crawl's memory
_COLUMNS = (
    "hosts", "requests", "seconds", "requests_a_second", "requests_a_host",
    "cpu_ms_a_request", "with_column",
    "rows", "memory_mb", "archive_mb", "left", "code",
)  # fmt: skip


def main() -> None:
    """Crawl each number of hosts, print a table and a line of JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.register", description=__doc__)
    parser.add_argument("--hosts", default="400,800,1600,3207", help="numbers of hosts, in order")
    options = parser.parse_args()
    results = []
    sys.stdout.write("  ".join(f"{name:>17}" for name in _COLUMNS) + "\n")
    for count in map(int, options.hosts.split(",")):
        results.append(measured(count))
        sys.stdout.write("  ".join(f"{results[-1][name]:>17}" for name in _COLUMNS) + "\n")
        sys.stdout.flush()
    sys.stdout.write(json.dumps(results) + "\n")


def measured(count: int) -> dict[str, Any]:
    """Explore so many portals, spread over the register, and return the measures.

    Args:
        count: How many hosts.
    """
    hosts = sorted({portal.host for portal in registers.portals()})
    chosen = [hosts[place * len(hosts) // count] for place in range(min(count, len(hosts)))]
    with TemporaryDirectory(prefix="gov_reports_register_") as name:
        folder = Path(name)
        (folder / "hosts.txt").write_text("\n".join(chosen) + "\n", encoding="utf-8")
        begun = time.monotonic()
        code, memory, cpu = _crawl(folder)
        seconds = time.monotonic() - begun
        lines = (json.loads(line) for line in (folder / "server.log").open(encoding="utf-8"))
        asked = sum(line["method"] != "CONNECT" for line in lines)
        return {
            "hosts": len(chosen), "requests": asked, "seconds": round(seconds, 1),
            "requests_a_second": round(asked / seconds, 1),
            "requests_a_host": round(asked / len(chosen), 1), "memory_mb": memory, "code": code,
            "cpu_ms_a_request": round(1000 * cpu / asked, 1),
            **_archived(folder / "sandbox.db"),
        }  # fmt: skip


def _crawl(folder: Path) -> tuple[int, int, float]:
    """Run the crawl as a user does.

    Returns:
        Its exit code, its peak memory in megabytes, and its processor time in seconds; readers
        and the sandbox are processes of their own and not counted.
    """
    command = [
        sys.executable, "-m", "scrapy", "crawl", "gov_reports", "-a", "hosts=hosts.txt",
        "-a", "limit=1", "-s", "SANDBOX=true", "-s", "SANDBOX_SIZE=register",
        "-s", "SANDBOX_LOG=server.log", "-s", "ARCHIVE=sandbox.db", "--loglevel", "ERROR",
    ]  # fmt: skip
    ours = {"SCRAPY_SETTINGS_MODULE": "crawler.settings", "PYTHONPATH": str(ROOT)}
    with (folder / "out").open("w") as out:
        crawl = subprocess.Popen(
            command, cwd=folder, env=os.environ | ours, stdout=out, stderr=subprocess.STDOUT
        )
        peak, cpu = 0, 0.0
        while crawl.poll() is None:
            peak, cpu = max(peak, _peak(crawl.pid)), max(cpu, _processor(crawl.pid))
            time.sleep(_LOOK)
    return crawl.returncode, peak // 1024, cpu


def _processor(process: int) -> float:
    """Return the processor time of a process alone, in seconds."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    user, system = fields.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _peak(process: int) -> int:
    """Return the peak memory of a process alone, in kilobytes."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    found = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")]
    return int(found[0]) if found else 0


def _archived(file: Path) -> dict[str, Any]:
    with Archive.open(file, write=False, world="sandbox") as archive:

        def count(sql: str) -> int:
            number: int = archive.conn.execute(sql).fetchone()[0]
            return number

        return {
            "with_column": count(
                "SELECT count(DISTINCT portal) FROM frontier WHERE role = 'column'"
            ),
            "rows": count("SELECT count(*) FROM listings"),
            "left": count(
                "SELECT count(*) FROM frontier WHERE state != 'done' AND role != 'article'"
            ),
            "archive_mb": file.stat().st_size // 2**20,
        }


if __name__ == "__main__":
    main()
