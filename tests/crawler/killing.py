"""Kill a crawl again and again, let it end, and say what it lost, doubled or asked for twice."""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from archive import payloads
from archive.db import Archive
from archive.digest import content_digest
from tests.crawler.processes import BEHIND_PROXY, COMMAND, environment, served

_START_SECONDS = 1.5
_JITTER_SECONDS = 0.03
_PATIENCE = 120.0


@dataclass(frozen=True)
class Kill:
    """One SIGKILL.

    Attributes:
        moment: When it was due: share of the world's pages stored; negative while starting.
        states: Rows of the frontier by state, as the file says afterwards.
        settled: Addresses whose bytes were in the file.
        served: Answers that the sandbox had given.
    """

    moment: float
    states: dict[str, int]
    settled: frozenset[str]
    served: int


@dataclass
class Report:
    """What a sequence of kills came to.

    Attributes:
        kills: Those that met a living process.
        resumed: Runs that took up where another was killed.
        damage: What is wrong, one line each; empty is what we promise.
        seconds: How long all of it took.
    """

    kills: list[Kill] = field(default_factory=list)
    resumed: int = 0
    damage: list[str] = field(default_factory=list)
    seconds: float = 0.0


def moments(number: int, seed: int) -> list[float]:
    """Return so many moments in order, spread over a crawl from its start to its end.

    One lies in each of as many equal parts, at random; the first lies before the first page.
    """
    dice = random.Random(seed)
    width = 1.05 / number
    return [-0.07 + width * (part + dice.random()) for part in range(number)]


class Victim:
    """A crawl that is killed and started again, in one folder, against one sandbox.

    Args:
        folder: An empty folder for the archive.
        proxy: The sandbox's address; nobody else may use it.
        log: The sandbox's log.
        pages: How many pages an undisturbed crawl has.
        seed: Of the dice.
    """

    def __init__(self, folder: Path, proxy: str, log: Path, pages: int, seed: int) -> None:
        self.file = folder / "gov_reports.db"
        self._command = [*COMMAND, *BEHIND_PROXY, *served()]
        self._where = {"cwd": folder, "env": environment(proxy)}
        self._log = log
        self._pages = pages
        self._dice = random.Random(seed)

    def kill_at(self, moment: float) -> Kill | None:
        """Start the crawl and kill it; None when it ended before."""
        with subprocess.Popen(
            self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **self._where
        ) as process:
            if moment < 0:
                time.sleep(self._dice.uniform(0.1, _START_SECONDS))
            else:
                self._wait(process, round(moment * self._pages))
            time.sleep(self._dice.uniform(0, _JITTER_SECONDS))
            process.kill()
        if process.returncode == 0:
            return None
        states, settled = self._stored()
        return Kill(moment, states, settled, len(self.served()))

    def _wait(self, process: subprocess.Popen[bytes], rows: int) -> None:
        """Wait until so many rows have their bytes in the file, and at least one that is new."""
        first, end = self._settled_rows(), time.monotonic() + _PATIENCE
        while process.poll() is None and self._settled_rows() < max(rows, first + 1):
            assert time.monotonic() < end, "the crawl stands still"
            time.sleep(0.01)

    def _settled_rows(self) -> int:
        return sum(number for state, number in self._states().items() if state != "pending")

    def _states(self) -> dict[str, int]:
        try:
            with closing(sqlite3.connect(f"{self.file.as_uri()}?mode=ro", uri=True)) as conn:
                rows = conn.execute("SELECT state, count(*) FROM frontier GROUP BY 1")
                return dict(rows.fetchall())
        except sqlite3.OperationalError:
            return {}  # killed before the file was there

    def _stored(self) -> tuple[dict[str, int], frozenset[str]]:
        states = self._states()
        if not states:
            return {}, frozenset()
        with closing(sqlite3.connect(f"{self.file.as_uri()}?mode=ro", uri=True)) as conn:
            rows = conn.execute("SELECT url, min(state != 'pending') FROM frontier GROUP BY url")
            return states, frozenset(url for url, settled in rows if settled)

    def finish(self) -> subprocess.CompletedProcess[str]:
        """Run the crawl to its end."""
        return subprocess.run(
            self._command, capture_output=True, text=True, check=False, timeout=300, **self._where
        )

    def served(self) -> list[str]:
        """Return the addresses that the sandbox was asked for, in order."""
        lines = map(json.loads, self._log.read_text().splitlines())
        return [
            f"{line['scheme']}://{line['host']}{line['path']}"
            for line in lines
            if line["method"] == "GET"
        ]


def kill_again_and_again(victim: Victim, when: Iterable[float], digest: str) -> Report:
    """Kill a crawl at the moments given, let it end, and look for damage.

    Args:
        victim: The crawl.
        when: The moments, in order.
        digest: The content digest of an undisturbed crawl.
    """
    report, start = Report(), time.monotonic()
    for moment in when:
        kill = victim.kill_at(moment)
        if kill is not None:
            report.kills.append(kill)
    ended = victim.finish()
    if ended.returncode != 0 or "Traceback" in ended.stderr:
        report.damage.append(f"the last run ended with {ended.returncode}: {ended.stderr[-2000:]}")
    with Archive.open(victim.file, write=False) as archive:
        report.resumed = archive.conn.execute(
            "SELECT count(*) FROM crawls WHERE campaign < id"
        ).fetchone()[0]
        report.damage += damage(archive, report.kills, victim.served(), digest)
    report.seconds = time.monotonic() - start
    return report


def damage(
    archive: Archive, kills: Sequence[Kill], served: Sequence[str], digest: str
) -> list[str]:
    """Return what is wrong with an archive after kills and a run to the end."""

    def rows(sql: str) -> list[tuple[object, ...]]:
        return archive.conn.execute(sql).fetchall()

    found = []
    if content_digest(archive) != digest:
        found.append("lost: the content digest is not that of an undisturbed crawl")
    found += [f"lost: {row} is not done" for row in rows(_UNFINISHED)]
    found += [f"doubled: {row} was stored twice" for row in rows(_STORED_TWICE)]
    found += [f"doubled: {row}" for row in rows(_VERSIONS)]
    for number, kill in enumerate(kills, 1):
        again = Counter(served[kill.served :]).keys() & kill.settled
        found += [f"asked again after kill {number}: {url}" for url in sorted(again)]
    found += [f"broken: {row}" for row in rows("PRAGMA integrity_check") if row != ("ok",)]
    found += [f"broken: {row}" for row in rows("PRAGMA foreign_key_check")]
    for (name,) in rows("SELECT sha256 FROM payloads"):
        payloads.get(archive, str(name))  # raises if the bytes are not those of the name
    return found


_UNFINISHED = "SELECT role, url, state FROM frontier WHERE state != 'done'"
_STORED_TWICE = """SELECT url, count(*) FROM fetches WHERE outcome = 'ok' AND frontier_id NOT NULL
    GROUP BY frontier_id, url HAVING count(*) > 1"""
_VERSIONS = """SELECT report_id, count(*) || ' versions' FROM report_versions
    GROUP BY report_id HAVING count(*) > 1"""
