"""Politeness, proven by the server's own record: one request at a time for a whole city."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

from tests.crawler.processes import ROOT

DELAY = 0.05
CITY = "xzsp.xiangyang.gov.cn,jxj.xiangyang.gov.cn,sjj.xiangyang.gov.cn,www.xiangyang.gov.cn"


def crawl(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scrapy", "crawl", "gov_reports", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False,
                          timeout=120)  # fmt: skip


def test_hosts_of_one_city_share_one_slow_connection(tmp_path: Path) -> None:
    log = tmp_path / "log"
    done = crawl(
        tmp_path, "-a", f"portals={CITY}", "-a", "limit=12", "-s", "SANDBOX=true",
        "-s", "SANDBOX_SIZE=small", "-s", f"SANDBOX_LOG={log}", "-s", f"DOWNLOAD_DELAY={DELAY}",
        "-s", f"ARCHIVE={tmp_path / 'a.db'}",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    asked = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    asked = sorted((one for one in asked if one["method"] == "GET"), key=lambda one: one["start"])
    assert len({one["host"] for one in asked}) == 4
    assert len(asked) > 20
    assert all(after["start"] >= before["end"] for before, after in pairwise(asked))
    # A lower bound over the whole crawl: a busy machine makes it longer, never shorter.
    assert asked[-1]["start"] - asked[0]["start"] >= (len(asked) - 1) * DELAY * 0.9


def test_a_real_crawl_without_a_pause_is_refused(tmp_path: Path) -> None:
    # Behind a proxy no name is looked up, so that the pause is what is judged.
    command = [sys.executable, "-m", "scrapy", "crawl", "xzsp.xiangyang.gov.cn",
               "-s", "CONTACT=you@example.org", "-s", "DOWNLOAD_DELAY=0",
               "-s", f"ARCHIVE={tmp_path / 'a.db'}"]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False,
                          timeout=60, env={"http_proxy": "http://127.0.0.1:9"})  # fmt: skip
    assert done.returncode == 2
    assert "DOWNLOAD_DELAY" in done.stderr
    assert not (tmp_path / "a.db").exists()
