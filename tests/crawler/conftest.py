"""One undisturbed crawl for all tests that need its archive."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.db import Archive
from tests.crawler.processes import crawl, opened


def crawled_once(factory: pytest.TempPathFactory, name: str, *arguments: str) -> Path:
    """Return the folder of a crawl that is run once, however many processes run the tests."""
    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent  # that of the session; each worker has its own below
    folder = shared / name
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            working = shared / f"{name}.working"
            working.mkdir()
            result = crawl(working, *arguments)
            (working / "code").write_text(str(result.returncode))
            (working / "out").write_text(result.stdout)
            (working / "err").write_text(result.stderr)
            working.rename(folder)
    return folder


@pytest.fixture(scope="session")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one undisturbed crawl of the small sandbox."""
    return crawled_once(tmp_path_factory, "first_run")


@pytest.fixture(scope="module")
def archive(first_run: Path) -> Iterator[Archive]:
    """The archive of the undisturbed crawl."""
    with opened(first_run) as archive:
        yield archive


@pytest.fixture
def copy_of(first_run: Path, tmp_path: Path) -> Path:
    """A folder with a copy of the first run's archive."""
    shutil.copytree(first_run, tmp_path / "copy")
    return tmp_path / "copy"
