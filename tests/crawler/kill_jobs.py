"""Commands on an archive that are killed again and again, and what they may not have done then."""

from __future__ import annotations

import json
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from archive import schema
from archive.db import APPLICATION_ID, Archive
from archive.digest import content_digest
from archive.verify import verify
from tests.crawler.processes import ROOT, environment

COUNTED = ("crawls", "frontier", "fetches", "payloads", "dictionaries", "listings", "documents",
           "reports", "report_documents", "report_versions", "cells", "checks", "sections",
           "changes", "issues", "publishers", "coverage")  # fmt: skip
"""Tables that must have as many rows as after an undisturbed run: nothing is there twice."""

_ROUND = 5  # kills between two looks at everything
_MADE_AT_OPENING = ("codebook", "sectors")


@dataclass
class Outcome:
    """What a sequence of kills of one job came to.

    Attributes:
        kills: How many met a living process.
        missed: How many came when the work was done.
        damage: What is wrong, one line each.
        seconds: How long all of it took.
    """

    kills: int = 0
    missed: int = 0
    damage: list[str] = field(default_factory=list)
    seconds: float = 0.0


@dataclass(frozen=True)
class Job:
    """A command over the archive of a folder, ``in.db``.

    Attributes:
        name: What it is called.
        words: The command's words.
        prepare: Puts the archive, as it is before, into an empty folder.
        after_kill: Looks at the folder after each kill, for what is wrong.
        result: The file that the undisturbed and the last run leave.
    """

    name: str
    words: tuple[str, ...]
    prepare: Callable[[Path], None]
    after_kill: Callable[[Path], list[str]]
    result: str = "in.db"


class Runner:
    """Runs commands in forks of one process that has everything loaded; a context manager."""

    def __enter__(self) -> Runner:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.crawler.killed"],
            env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        )  # fmt: skip
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def run(
        self, folder: Path, words: tuple[str, ...], kill_after: float | None = None
    ) -> tuple[int, str, float]:
        """Run a command, killed after so many seconds or not; return code, output, seconds."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        asked = {"folder": str(folder), "words": words, "kill_after": kill_after}
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        said = (folder / "said").read_text() if (folder / "said").exists() else ""
        return answer["code"], said, answer["seconds"]


def state(file: Path) -> tuple[str, dict[str, int]]:
    """Return the content digest of an archive, and how many rows its tables have."""
    with Archive.open(file, write=False, world=None) as archive:
        counts = {
            table: archive.conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in COUNTED
        }
        return content_digest(archive), counts


def kill_job(job: Job, folder: Path, kills: int, seed: int, until: float | None = None) -> Outcome:
    """Kill a job so many times, each time going on with what the last one left; then let it end.

    Args:
        job: The job.
        folder: An empty folder.
        kills: How many kills; each has to meet a living process.
        seed: Of the dice.
        until: Begin no further round after this moment of ``time.monotonic``.
    """
    outcome, start, dice = Outcome(), time.monotonic(), random.Random(seed)
    with Runner() as runner:
        peace = folder / "peace"
        peace.mkdir()
        job.prepare(peace)
        code, said, work = runner.run(peace, job.words)
        assert code == 0, said
        expected = state(peace / job.result)
        while outcome.kills < kills and outcome.missed < 3 * kills:
            victim = folder / "victim"
            victim.mkdir()
            job.prepare(victim)
            _round(runner, job, victim, outcome, min(_ROUND, kills - outcome.kills), work, dice)
            outcome.damage += compared(victim / job.result, expected)
            shutil.rmtree(victim)
            if until is not None and time.monotonic() > until:
                break
    outcome.seconds = time.monotonic() - start
    return outcome


def _round(
    runner: Runner, job: Job, victim: Path, outcome: Outcome, kills: int, work: float,
    dice: random.Random,
) -> None:  # fmt: skip
    """Kill a job some times in one folder, and let it end."""
    for _ in range(kills):
        code, said, _ = runner.run(victim, job.words, dice.uniform(0.0, work))
        if code != -signal.SIGKILL:
            outcome.missed += 1
            outcome.damage += [f"broken: {said[-800:]}"] if code else []
            break
        outcome.kills += 1
        outcome.damage += job.after_kill(victim)
    if job.result != "in.db":
        (victim / job.result).unlink(missing_ok=True)
    code, said, _ = runner.run(victim, job.words)
    if code:
        outcome.damage.append(f"broken: the last run ended with {code}: {said[-800:]}")


def compared(file: Path, expected: tuple[str, dict[str, int]]) -> list[str]:
    """Return what is wrong with an archive that has to be as an undisturbed run leaves it."""
    digest, counts = state(file)
    damage = []
    if digest != expected[0]:
        damage.append("lost: the content digest is not that of an undisturbed run")
    damage += [
        f"{'doubled' if number > expected[1][table] else 'lost'}: {table} has {number} rows, "
        f"not {expected[1][table]}"
        for table, number in counts.items()
        if number != expected[1][table]
    ]
    with Archive.open(file, write=False, world=None) as archive:
        damage += [f"broken: {fault}" for fault in verify(archive)]
    return damage


def sound(folder: Path) -> list[str]:
    """Return what is wrong with an archive that a killed writer left, as far as can be told."""
    with closing(sqlite3.connect(folder / "in.db")) as conn:
        found = [said for (said,) in conn.execute("PRAGMA quick_check") if said != "ok"]
        found += [f"link {row}" for row in conn.execute("PRAGMA foreign_key_check")]
    return [f"broken: {one}" for one in found]


def unchanged(expected: str) -> Callable[[Path], list[str]]:
    """Return what says whether the archive's content is as it was before."""

    def look(folder: Path) -> list[str]:
        is_same = state(folder / "in.db")[0] == expected
        return [] if is_same else ["lost: a killed command changed what the archive says"]

    return look


def copied(*files: tuple[Path, str]) -> Callable[[Path], None]:
    """Return what copies files into a folder under names."""

    def prepare(folder: Path) -> None:
        for file, name in files:
            shutil.copy(file, folder / name)

    return prepare


def rebuild(file: Path) -> Job:
    """Everything made anew: until that is done, the archive says what it said."""
    words = ("rebuild", "--jobs", "1", "-s", "ARCHIVE=in.db")
    return Job("rebuild", words, copied((file, "in.db")), unchanged(state(file)[0]))


def merge(file: Path, other: Path) -> Job:
    """Another archive taken in."""
    words = ("merge", "other.db", "-s", "ARCHIVE=in.db", "-s", "SANDBOX=true")
    return Job("merge", words, copied((file, "in.db"), (other, "other.db")), sound)


def migration(old: Path) -> Job:
    """An archive of an earlier version brought up to date by a command that writes."""
    words = ("rebuild", "--pending", "-s", "ARCHIVE=in.db")
    return Job("migration", words, copied((old, "in.db")), sound)


def backup(file: Path) -> Job:
    """A copy: the name is not there, or a whole archive has it."""
    expected = state(file)

    def look(folder: Path) -> list[str]:
        damage = unchanged(expected[0])(folder)
        if (folder / "copy.db").exists():
            damage += compared(folder / "copy.db", expected)
            (folder / "copy.db").unlink()
        return damage

    words = ("backup", "copy.db", "-s", "ARCHIVE=in.db")
    return Job("backup", words, copied((file, "in.db")), look, result="copy.db")


def made_older(file: Path, old: Path, stop_before: str) -> None:
    """Write what an archive holds as an earlier version of this project would have.

    Args:
        file: The archive.
        old: The file to make.
        stop_before: The first migration that the old file lacks.
    """
    with closing(sqlite3.connect(old, isolation_level=None)) as conn:
        conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        conn.execute("BEGIN")
        schema.apply(conn, stop_before=stop_before)
        conn.execute("COMMIT")
        conn.execute("ATTACH ? AS new", [str(file)])
        conn.execute("BEGIN")
        tables = conn.execute(
            """SELECT name FROM main.sqlite_schema
            WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_%' ESCAPE '\\'"""
        ).fetchall()
        for (table,) in tables:
            old_columns = [row[1] for row in conn.execute(f"PRAGMA main.table_info({table})")]
            new_columns = {row[1] for row in conn.execute(f"PRAGMA new.table_info({table})")}
            names = ", ".join(f'"{name}"' for name in old_columns if name in new_columns)
            if names and table not in _MADE_AT_OPENING:
                conn.execute(f"DELETE FROM main.{table}")
                conn.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM new.{table}")
        conn.execute("COMMIT")
