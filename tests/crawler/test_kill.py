"""kill -9 at any moment loses nothing, doubles nothing, and asks for nothing twice.

Twenty kills here, four of them in ``test_rebuilding.py``; ``bench/kill.py`` does two hundred.
"""

from __future__ import annotations

from pathlib import Path

from archive.db import Archive
from archive.digest import content_digest
from crawler.sandbox.process import SandboxProcess
from tests.crawler import kill_jobs
from tests.crawler.killing import Victim, kill_again_and_again, moments
from tests.crawler.processes import column
from tests.crawler.test_merge import before, since  # noqa: F401  (fixtures)


def test_ten_kills_of_a_crawl_and_a_run_to_the_end(archive: Archive, tmp_path: Path) -> None:
    (pages,) = column(archive, "SELECT count(*) FROM frontier")
    with SandboxProcess("small", log=tmp_path / "log") as sandbox:
        victim = Victim(tmp_path, sandbox.proxy, tmp_path / "log", pages, 1)
        report = kill_again_and_again(victim, moments(10, 1), content_digest(archive))
    assert report.damage == []
    assert len(report.kills) == 10
    assert report.resumed >= 8, "a kill before the first page leaves nothing to resume"
    settled = [len(kill.settled) for kill in report.kills]
    assert settled == sorted(settled)
    assert settled[0] < pages / 5
    assert settled[-1] > pages / 2


def test_moments_are_spread_over_the_whole_crawl() -> None:
    found = moments(20, 7)
    assert found == sorted(found) == moments(20, 7)
    assert found[0] < 0
    assert all(late - early < 0.11 for early, late in zip(found, found[1:], strict=False))
    assert 0.9 < found[-1] < 1


def test_kills_of_a_merge(before: Path, since: Path, tmp_path: Path) -> None:  # noqa: F811
    outcome = kill_jobs.kill_job(kill_jobs.merge(before, since), tmp_path, 3, seed=1)
    assert (outcome.kills, outcome.damage) == (3, [])


def test_kills_of_a_migration(first_run: Path, tmp_path: Path) -> None:
    kill_jobs.made_older(first_run / "sandbox.db", tmp_path / "old.db", "m0010_search")
    (tmp_path / "jobs").mkdir()
    job = kill_jobs.migration(tmp_path / "old.db")
    outcome = kill_jobs.kill_job(job, tmp_path / "jobs", 2, seed=1)
    assert (outcome.kills, outcome.damage) == (2, [])


def test_kills_of_a_backup(first_run: Path, tmp_path: Path) -> None:
    job = kill_jobs.backup(first_run / "sandbox.db")
    outcome = kill_jobs.kill_job(job, tmp_path, 1, seed=1)
    assert (outcome.kills, outcome.damage) == (1, [])
