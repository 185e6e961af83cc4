"""kill -9 at any moment loses nothing, doubles nothing, and asks for nothing twice.

Twenty kills here, in two sequences; ``bench/kill.py`` does two hundred.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.db import Archive
from archive.digest import content_digest
from crawler.sandbox.process import SandboxProcess
from tests.crawler.killing import Victim, kill_again_and_again, moments
from tests.crawler.processes import column


@pytest.mark.parametrize("seed", [1, 2])
def test_ten_kills_and_a_run_to_the_end(archive: Archive, tmp_path: Path, seed: int) -> None:
    (pages,) = column(archive, "SELECT count(*) FROM frontier")
    with SandboxProcess("small", log=tmp_path / "log") as sandbox:
        victim = Victim(tmp_path, sandbox.proxy, tmp_path / "log", pages, seed)
        report = kill_again_and_again(victim, moments(10, seed), content_digest(archive))
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
