"""What may happen to a crawl besides kill -9: it ends in order, says why, and goes on later."""

from __future__ import annotations

import signal
from pathlib import Path

from archive.db import Archive
from archive.digest import content_digest
from tests.crawler.processes import column, crawl, crawl_and_signal, opened


def assert_goes_on(folder: Path, archive: Archive) -> None:
    """Assert that the next run in a folder completes the archive to what it would have been."""
    result = crawl(folder)
    assert result.returncode == 0, result.stderr
    assert "Going on" in result.stderr
    with opened(folder) as resumed:
        assert content_digest(resumed) == content_digest(archive)


def test_polite_stop_ends_in_order_and_can_go_on(archive: Archive, tmp_path: Path) -> None:
    code, log = crawl_and_signal(tmp_path, 60, signal.SIGTERM)
    assert code == 1, "stopped before its end"
    assert "the same command goes on where it stopped" in log
    assert "Traceback" not in log
    with opened(tmp_path) as stopped:
        assert column(stopped, "SELECT reason FROM crawls") == ["shutdown"]
        assert column(stopped, "SELECT exit_code FROM crawls") == [1]
        assert not column(stopped, "SELECT id FROM frontier WHERE state = 'fetched'")
    assert_goes_on(tmp_path, archive)
