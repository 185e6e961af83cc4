"""What may happen to a crawl besides kill -9: it ends in order, says why, and goes on later."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

from archive import documents
from archive.db import Archive
from archive.digest import content_digest
from crawler.sandbox.process import SandboxProcess
from extract.record import Issue, Source
from tests.crawler.processes import (
    BEHIND_PROXY,
    COMMAND,
    SANDBOX,
    column,
    crawl,
    crawl_and_signal,
    environment,
    opened,
    served,
)


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


def test_reports_whose_bytes_are_kept_are_read_again_and_not_fetched(copy_of: Path) -> None:
    """Two pages of the first run: one killed its reader, one our own code could not handle."""
    with Archive.open(copy_of / "sandbox.db", world="sandbox") as archive:
        before = content_digest(archive)
        (died, died_at, url), (failed, failed_at, _) = archive.conn.execute(
            """SELECT frontier.id, frontier.fetch_id, frontier.url FROM frontier
            JOIN reports USING (address) WHERE role = 'article' AND reports.kind = 'report'
            AND is_primary LIMIT 2"""
        ).fetchall()
        documents.keep_unread(archive, died_at, Source(url=url), Issue("reader_timeout", "slow"))
        archive.conn.execute(
            "UPDATE frontier SET state = 'fetched', outcome = NULL WHERE id = ?", [failed]
        )
    result = crawl(copy_of)
    assert result.returncode == 0, result.stderr
    with opened(copy_of) as archive:
        assert content_digest(archive) == before
        carried = "SELECT fetch_id FROM frontier WHERE campaign = 2 AND fetch_id IN (?, ?)"
        found = column(archive, carried, died_at, failed_at)
        assert sorted(found) == sorted([died_at, failed_at])
        assert not column(archive, "SELECT code FROM issues WHERE code = 'reader_timeout'")
        again = """SELECT url FROM fetches WHERE crawl_id = 2
            AND address IN (SELECT address FROM frontier WHERE id IN (?, ?))"""
        assert column(archive, again, died, failed) == []


def test_killed_readers_lose_nothing(archive: Archive, tmp_path: Path) -> None:
    killed = 0
    with subprocess.Popen(
        [*COMMAND, *SANDBOX, "--loglevel", "DEBUG"],
        cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        seen = 0
        for line in process.stdout:
            seen += "DEBUG: Crawled (200)" in line
            if seen in (60, 140) and "DEBUG: Crawled (200)" in line:
                for reader in readers_of(process.pid):
                    killed += 1
                    os.kill(reader, signal.SIGKILL)
    assert process.returncode in (0, 3)
    assert killed >= 2
    # A page whose second reader was killed too is kept for the next run.
    subprocess.run([*COMMAND, *SANDBOX], cwd=tmp_path, env=environment(), check=False,
                   capture_output=True, timeout=120)  # fmt: skip
    with opened(tmp_path) as disturbed:
        assert content_digest(disturbed) == content_digest(archive)


def readers_of(crawl: int) -> list[int]:
    """Return the processes that read for a crawl: the children of its forkserver."""
    return [reader for child in children_of(crawl) for reader in children_of(child)]


def children_of(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(word) for task in tasks for word in (task / "children").read_text().split()]
    except OSError:
        return []  # it ended meanwhile


def test_full_disk_ends_the_crawl_in_order(archive: Archive, tmp_path: Path) -> None:
    """No file may pass a size; the kernel's own refusal, as of a quota."""
    limit = 1_500_000
    stopped = crawl(
        tmp_path, "--loglevel", "INFO",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip
    assert stopped.returncode == 1
    assert "error: sandbox.db could not be written" in stopped.stderr
    assert "Make room" in stopped.stderr
    assert "Traceback" not in stopped.stderr + stopped.stdout
    assert "Closing spider (shutdown)" in stopped.stderr, "what cannot be kept is not fetched"
    with opened(tmp_path) as full:
        assert column(full, "SELECT count(*) FROM frontier WHERE state != 'pending'")[0] > 0
        assert column(full, "SELECT finished_at FROM crawls") == [None]
    assert_goes_on(tmp_path, archive)


def as_anyone() -> None:
    """Give up root's right to write what may not be written, as in a user's own process."""
    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP; refused if not root


def test_read_only_file_is_refused_and_left_alone(copy_of: Path) -> None:
    file = copy_of / "sandbox.db"
    file.chmod(0o444)
    before = file.read_bytes()
    refused = crawl(copy_of, preexec_fn=as_anyone)
    assert refused.returncode == 1
    assert refused.stderr.startswith("error: sandbox.db may be read but not written.")
    assert "Traceback" not in refused.stderr
    assert file.read_bytes() == before


def test_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o555)
    refused = crawl(tmp_path, "-s", "ARCHIVE=locked/a.db", preexec_fn=as_anyone)
    assert refused.returncode == 1
    assert refused.stderr.startswith("error: Cannot write in the folder locked.")
    assert list(folder.iterdir()) == []


def test_second_crawl_is_refused_and_the_first_unharmed(archive: Archive, tmp_path: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, *SANDBOX, "--loglevel", "DEBUG"],
        cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True,
    ) as first:  # fmt: skip
        assert first.stdout is not None
        next(line for line in first.stdout if "DEBUG: Crawled (200)" in line)
        second = crawl(tmp_path)
        first.stdout.read()
    assert second.returncode == 1
    assert f"sandbox.db is being written by process {first.pid}" in second.stderr
    assert "Traceback" not in second.stderr
    assert first.returncode == 0
    with opened(tmp_path) as undisturbed:
        assert column(undisturbed, "SELECT count(*) FROM crawls") == [1]
        assert content_digest(undisturbed) == content_digest(archive)


JUMPING = """
import random, sys, time
from datetime import datetime
import archive.clock, crawler.calendar
from scrapy.cmdline import execute
dice, right = random.Random(1), time.time
time.time = lambda: right() + dice.choice([-2, -1, 0, 1, 2]) * 86400
class Jumping(datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)
archive.clock.datetime = crawler.calendar.datetime = Jumping
execute(["scrapy", "crawl", "gov_reports", *sys.argv[1:]])
"""


def test_clock_that_jumps_by_days_changes_nothing(archive: Archive, tmp_path: Path) -> None:
    """Nor does it stop the crawl: each pause between two requests is of the monotonic clock."""
    jumped = subprocess.run(
        [sys.executable, "-c", JUMPING, *SANDBOX, "-s", "DOWNLOAD_DELAY=0.01"],
        cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False, timeout=200,
    )  # fmt: skip
    assert jumped.returncode == 0, jumped.stderr
    with opened(tmp_path) as disturbed:
        days = column(disturbed, "SELECT DISTINCT substr(fetched_at, 1, 10) FROM fetches")
        assert len(days) >= 5
        assert content_digest(disturbed) == content_digest(archive)


def test_network_that_goes_away_ends_the_crawl_with_its_reasons(
    archive: Archive, tmp_path: Path
) -> None:
    """The sandbox dies in the middle: what is left gets an outcome, and the next run has it all."""
    words = [*COMMAND, *BEHIND_PROXY, *served(), "--loglevel", "DEBUG"]
    with (
        SandboxProcess("small") as sandbox,
        subprocess.Popen(
            words, cwd=tmp_path, env=environment(sandbox.proxy), text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        ) as process,
    ):  # fmt: skip
        assert process.stdout is not None
        fetched = (line for line in process.stdout if "DEBUG: Crawled (200)" in line)
        for _ in zip(range(80), fetched, strict=False):
            pass
        os.kill(sandbox.pid, signal.SIGKILL)
        rest = process.stdout.read()
    assert process.returncode in (1, 3)
    assert "Traceback" not in rest
    assert "reset" in rest, "the summary says what was wrong"
    with Archive.open(tmp_path / "gov_reports.db", write=False) as cut:
        lost = column(cut, "SELECT outcome FROM frontier WHERE outcome NOT IN ('ok', 'not_found')")
        assert "reset" in lost
    with SandboxProcess("small") as sandbox:
        again = subprocess.run(
            [*COMMAND, *BEHIND_PROXY, *served()], cwd=tmp_path, env=environment(sandbox.proxy),
            capture_output=True, text=True, check=False, timeout=200,
        )  # fmt: skip
    # 3: a list may look changed beside the run that was cut off.
    assert again.returncode in (0, 3), again.stderr
    with Archive.open(tmp_path / "gov_reports.db", write=False) as whole:
        assert content_digest(whole) == content_digest(archive)
        stored = """SELECT fetches.url FROM fetches JOIN frontier ON frontier.id = frontier_id
            WHERE role = 'article' AND fetches.outcome = 'ok' GROUP BY 1 HAVING count(*) > 1"""
        assert column(whole, stored) == [], "no report that was stored is fetched again"


def test_second_signal_stops_at_once_and_loses_nothing(archive: Archive, tmp_path: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, *SANDBOX, "--loglevel", "DEBUG"],
        cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        fetched = (line for line in process.stdout if "DEBUG: Crawled (200)" in line)
        for _ in zip(range(60), fetched, strict=False):
            pass
        process.send_signal(signal.SIGTERM)
        next(line for line in process.stdout if "shutting down gracefully" in line)
        process.send_signal(signal.SIGTERM)
        rest = process.stdout.read()
    assert process.returncode == 1
    assert "Traceback" not in rest
    assert_goes_on(tmp_path, archive)
