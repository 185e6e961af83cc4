"""Two archives that crawled different years become the one that crawled all."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from archive.db import Archive
from archive.digest import content_digest
from archive.verify import verify
from tests.archive.world import one
from tests.crawler.conftest import crawled_once
from tests.crawler.processes import environment


@pytest.fixture(scope="session")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of a crawl of the earlier years."""
    return crawled_once(tmp_path_factory, "years_before", "-a", "years=2019-2022") / "sandbox.db"


@pytest.fixture(scope="session")
def since(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of a crawl of the later years."""
    return crawled_once(tmp_path_factory, "years_since", "-a", "years=2023-2025") / "sandbox.db"


def merge(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", "merge", *words],
        cwd=folder, env=environment(), capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


def test_it_is_the_archive_of_one_crawl(
    archive: Archive, before: Path, since: Path, tmp_path: Path
) -> None:
    shutil.copy(before, tmp_path / "mine.db")
    shutil.copy(since, tmp_path / "theirs.db")
    here = ("-s", "ARCHIVE=mine.db", "-s", "SANDBOX=true")
    done = merge(tmp_path, "theirs.db", *here)
    assert done.returncode == 0, done.stderr
    assert "0 were known" in done.stdout
    with Archive.open(tmp_path / "mine.db", write=False, world="sandbox") as merged:
        assert content_digest(merged) == content_digest(archive)
        assert list(verify(merged)) == []
        everything = one(merged, "SELECT count(*) FROM fetches")
    done = merge(tmp_path, "theirs.db", *here)
    assert "0 attempts came in" in done.stdout
    assert "0 reports and 0 versions are new" in done.stdout
    with Archive.open(tmp_path / "mine.db", write=False, world="sandbox") as merged:
        assert content_digest(merged) == content_digest(archive)
        assert one(merged, "SELECT count(*) FROM fetches") == everything


def test_what_cannot_be_merged_says_so(since: Path, tmp_path: Path) -> None:
    shutil.copy(since, tmp_path / "theirs.db")
    for words, said in (
        (("theirs.db", "-s", "ARCHIVE=real.db"), "of the sandbox world"),
        (("theirs.db", "-s", "ARCHIVE=theirs.db", "-s", "SANDBOX=true"), "is the archive itself"),
        (("nothing.db", "-s", "ARCHIVE=new.db", "-s", "SANDBOX=true"), "no archive at nothing.db"),
    ):
        done = merge(tmp_path, *words)
        assert done.returncode == 1
        assert said in done.stderr
        assert "Traceback" not in done.stderr
