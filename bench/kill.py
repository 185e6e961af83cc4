"""Kill a crawl of the sandbox many times, and report what it lost.

``python -m bench.kill --kills 200 --minutes 30`` ends by itself: after so many kills, or with the
last sequence that was begun in time. It prints a line a sequence and a JSON report, and exits with
1 when anything was lost, doubled or asked for again.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.db import Archive
from archive.digest import content_digest
from crawler.sandbox.process import SandboxProcess
from tests.crawler.killing import Report, Victim, kill_again_and_again, moments


def undisturbed(folder: Path, options: argparse.Namespace) -> tuple[int, str]:
    """Crawl once in peace; return the number of pages and the content digest."""
    with SandboxProcess(options.size, options.world, log=folder / "log") as sandbox:
        victim = Victim(folder, sandbox.proxy, folder / "log", 0, 0)
        ended = victim.finish()
    if ended.returncode != 0:
        raise SystemExit(f"the undisturbed crawl failed:\n{ended.stderr}")
    with Archive.open(victim.file, write=False) as archive:
        pages = archive.conn.execute("SELECT count(*) FROM frontier").fetchone()[0]
        return pages, content_digest(archive)


def sequences(options: argparse.Namespace) -> Iterator[tuple[list[float], Report]]:
    """Kill in sequences, each over a new archive, until the kills or the minutes are used up."""
    end = time.monotonic() + 60 * options.minutes
    with TemporaryDirectory(prefix="gov_reports_kill_") as base:
        first = Path(base, "undisturbed")
        first.mkdir()
        pages, digest = undisturbed(first, options)
        left, seed = options.kills, options.seed
        while left > 0 and time.monotonic() < end:
            folder = Path(base, str(seed))
            folder.mkdir()
            with SandboxProcess(options.size, options.world, log=folder / "log") as sandbox:
                victim = Victim(folder, sandbox.proxy, folder / "log", pages, seed)
                when = moments(min(left, options.each), seed)
                report = kill_again_and_again(victim, when, digest)
            left -= len(when)
            seed += 1
            yield when, report


def main() -> int:
    """Run, print, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.kill", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--each", type=int, default=20, help="kills of one sequence")
    parser.add_argument("--minutes", type=float, default=30.0, help="begin no sequence after these")
    parser.add_argument("--size", default="small", help="of the sandbox")
    parser.add_argument("--world", type=int, default=1, help="seed of the sandbox")
    parser.add_argument("--seed", type=int, default=1, help="seed of the moments")
    options = parser.parse_args()
    kills: Counter[str] = Counter()
    damage: list[str] = []
    resumed, seconds, due = 0, 0.0, 0
    for when, report in sequences(options):
        due += len(when)
        resumed += report.resumed
        seconds += report.seconds
        damage += report.damage
        for kill in report.kills:
            tenth = max(0, int(kill.moment * 10))
            kills["start" if kill.moment < 0 else f"{10 * tenth}-{10 * tenth + 10} %"] += 1
        sys.stdout.write(
            f"{len(report.kills)} kills, {report.resumed} runs resumed, "
            f"{report.seconds:.0f} s, damage: {report.damage or 'none'}\n"
        )
        sys.stdout.flush()
    result = {
        "kills": kills.total(),
        "ended_before_their_kill": due - kills.total(),
        "moments": dict(kills),
        "resumed": resumed,
        "lost": sum(line.startswith("lost") for line in damage),
        "doubled": sum(line.startswith("doubled") for line in damage),
        "asked_again": sum(line.startswith("asked") for line in damage),
        "damage": damage,
        "seconds": round(seconds),
    }
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
    return 1 if damage else 0


if __name__ == "__main__":
    sys.exit(main())
