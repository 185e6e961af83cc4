"""Kill what writes an archive many times at random moments, and report what was lost or doubled.

``python -m bench.kill --kills 200 --minutes 40`` shares the kills out over a crawl, a rebuild, a
merge, a migration and a backup. It prints a line a sequence and a JSON report, ends by itself, and
exits with 1 when anything was lost, doubled, broken or asked for again.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.db import Archive
from archive.digest import content_digest
from crawler.sandbox.process import SandboxProcess
from tests.crawler import kill_jobs
from tests.crawler.killing import Victim, kill_again_and_again, moments
from tests.crawler.processes import crawl

SHARES = {"crawl": 0.5, "rebuild": 0.15, "merge": 0.2, "migration": 0.1, "backup": 0.05}
_OLD = "m0010_search"  # the migration before which old archives are made


@dataclass
class Tally:
    """What the kills of one command came to."""

    kills: int = 0
    missed: int = 0
    seconds: float = 0.0
    damage: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """Return it for the report."""
        kinds = Counter(line.partition(":")[0].partition(" ")[0] for line in self.damage)
        return {
            "kills": self.kills,
            "ended_before_their_kill": self.missed,
            **{kind: kinds[kind] for kind in ("lost", "doubled", "broken", "asked")},
            "seconds": round(self.seconds),
            "damage": self.damage,
        }


def crawls(base: Path, kills: int, seed: int) -> Iterator[Tally]:
    """Kill crawls in sequences of twenty, each over a new archive."""
    first = base / "undisturbed"
    first.mkdir()
    with SandboxProcess("small", 1, log=first / "log") as sandbox:
        victim = Victim(first, sandbox.proxy, first / "log", 0, 0)
        ended = victim.finish()
    if ended.returncode != 0:
        raise SystemExit(f"the undisturbed crawl failed:\n{ended.stderr}")
    with Archive.open(victim.file, write=False) as archive:
        pages = archive.conn.execute("SELECT count(*) FROM frontier").fetchone()[0]
        digest = content_digest(archive)
    while kills > 0:
        folder = base / f"crawl{seed}"
        folder.mkdir()
        with SandboxProcess("small", 1, log=folder / "log") as sandbox:
            victim = Victim(folder, sandbox.proxy, folder / "log", pages, seed)
            when = moments(min(kills, 20), seed)
            report = kill_again_and_again(victim, when, digest)
        killed = len(report.kills)
        yield Tally(killed, len(when) - killed, report.seconds, report.damage)
        kills -= len(when)
        seed += 1


def job(name: str, base: Path) -> kill_jobs.Job:
    """Return a command to kill, over archives of the small sandbox."""
    archives = {}
    for part, years in (("all", "2019-2025"), ("before", "2019-2022"), ("since", "2023-2025")):
        folder = base / part
        if not folder.exists():
            folder.mkdir()
            done = crawl(folder, "-a", f"years={years}")
            if done.returncode != 0:
                raise SystemExit(f"the undisturbed crawl failed:\n{done.stderr}")
        archives[part] = folder / "sandbox.db"
    if name == "merge":
        return kill_jobs.merge(archives["before"], archives["since"])
    if name == "migration":
        old = base / "old.db"
        if not old.exists():
            kill_jobs.made_older(archives["all"], old, _OLD)
        return kill_jobs.migration(old)
    return {"rebuild": kill_jobs.rebuild, "backup": kill_jobs.backup}[name](archives["all"])


def jobs(base: Path, name: str, kills: int, seed: int, until: float) -> Iterator[Tally]:
    """Kill a command on an archive."""
    folder = base / f"{name}{seed}"
    folder.mkdir()
    found = kill_jobs.kill_job(job(name, base), folder, kills, seed, until)
    yield Tally(found.kills, found.missed, found.seconds, found.damage)


def main() -> int:
    """Run, print, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.kill", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--what", default=",".join(SHARES), help="commands to kill")
    parser.add_argument("--minutes", type=float, default=40.0, help="begin no sequence after these")
    parser.add_argument("--seed", type=int, default=1, help="seed of the moments")
    options = parser.parse_args()
    names = options.what.split(",")
    whole = sum(SHARES[name] for name in names)
    end = time.monotonic() + 60 * options.minutes
    tallies = {name: Tally() for name in names}
    with TemporaryDirectory(prefix="gov_reports_kill_") as base:
        for name, total in tallies.items():
            kills = round(options.kills * SHARES[name] / whole)
            found = (
                crawls(Path(base), kills, options.seed)
                if name == "crawl"
                else jobs(Path(base), name, kills, options.seed, end)
            )
            for one in found:
                total.kills += one.kills
                total.missed += one.missed
                total.seconds += one.seconds
                total.damage += one.damage
                sys.stdout.write(
                    f"{name}: {one.kills} kills, {one.seconds:.0f} s, "
                    f"damage: {one.damage or 'none'}\n"
                )
                sys.stdout.flush()
                if time.monotonic() > end:
                    break
    result = {name: total.as_json() for name, total in tallies.items()}
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
    return 1 if any(total.damage for total in tallies.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
