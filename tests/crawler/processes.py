"""Crawls as a user runs them: each in its own process, over the small sandbox."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

from archive.db import Archive
from crawler.sandbox.portals import hosts
from crawler.sandbox.world import World
from spiders.domains import bare
from spiders.portals import leaves

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "scrapy", "crawl", "gov_reports"]
SANDBOX = ["-s", "SANDBOX=true", "-s", "SANDBOX_SIZE=small", "-s", "ARCHIVE=sandbox.db"]
BEHIND_PROXY = [
    "-s", "CONTACT=you@example.org", "-s", "DOWNLOAD_DELAY=0.001", "-s", "BACK_OFF_PAUSE=0",
]  # fmt: skip
"""A crawl of the real world; a proxy stands for the network, so many crawls share a sandbox."""


@cache
def served() -> list[str]:
    """Return the argument that names the portals of the small sandbox: it has no others."""
    known = hosts("small")
    names = [leaf.hosts[0] for leaf in leaves() if any(bare(host) in known for host in leaf.hosts)]
    return ["-a", f"portals={','.join(names)}"]


def environment(proxy: str | None = None) -> dict[str, str]:
    """Return the variables of a crawl, behind a proxy if one is given."""
    proxies = {"http_proxy": proxy, "https_proxy": proxy} if proxy else {}
    ours = {"SCRAPY_SETTINGS_MODULE": "crawler.settings", "PYTHONPATH": str(ROOT)}
    return os.environ | ours | proxies


def crawl(folder: Path, *more: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the crawl in a folder to its end."""
    return subprocess.run(
        [*COMMAND, *SANDBOX, *more],
        cwd=folder, env=environment(), capture_output=True, text=True, check=False, timeout=300,
        **options,
    )  # fmt: skip


def crawl_and_signal(folder: Path, pages: int, how: signal.Signals) -> tuple[int, str]:
    """Run the crawl until so many pages were fetched, then signal it; return code and output."""
    seen, log = 0, []
    with subprocess.Popen(
        [*COMMAND, *SANDBOX, "--loglevel", "DEBUG"],
        cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        for line in process.stdout:
            log.append(line)
            seen += "DEBUG: Crawled (200)" in line
            if seen == pages:
                process.send_signal(how)
                break
        log += process.stdout.readlines()
    return process.returncode, "".join(log)


@cache
def truth() -> dict[str, Any]:
    """Return what the small world's reports say."""
    return World(seed=1, size="small").truth()


def opened(folder: Path) -> Archive:
    """Open the sandbox's archive in a folder, for reading."""
    return Archive.open(folder / "sandbox.db", write=False, world="sandbox")


def column(archive: Archive, sql: str, *values: object) -> list[Any]:
    """Return the first column of a query."""
    return [row[0] for row in archive.conn.execute(sql, values)]
