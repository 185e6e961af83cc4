"""A real crawl introduces itself, is slow where it must be, and runs the sandbox's very code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from scrapy.settings import Settings

from archive.db import Archive
from crawler import crawling
from crawler.sandbox.process import SandboxProcess
from spiders.portal import Portal
from spiders.portals.xiangyang_jxj import XiangyangJxj
from spiders.portals.xiangyang_xzsp import XiangyangXzsp

ROOT = Path(__file__).parents[2]


def prepared(*portals: Portal, **given: Any) -> Settings:
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.setdict({"CONTACT": "you@example.org", **given}, priority="cmdline")
    crawling._prepare_real(settings, list(portals))
    return settings


def test_user_agent_says_what_and_whose_it_is() -> None:
    agent = prepared(XiangyangXzsp())["USER_AGENT"]
    assert agent.startswith("gov_reports/")
    assert agent.endswith("(+you@example.org)")


def test_slowest_portal_sets_the_pace_of_its_domain() -> None:
    class Slow(XiangyangJxj):
        host_settings = {"DOWNLOAD_DELAY": 9}

    slots = prepared(XiangyangXzsp(), Slow())["DOWNLOAD_SLOTS"]
    assert slots == {"xiangyang.gov.cn": {"delay": 9}}


def test_portals_wish_never_makes_us_faster() -> None:
    class Hasty(XiangyangJxj):
        host_settings = {"DOWNLOAD_DELAY": 0.1}

    settings = prepared(Hasty())
    assert settings["DOWNLOAD_SLOTS"]["xiangyang.gov.cn"]["delay"] == settings["DOWNLOAD_DELAY"] > 0
    assert settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") == 1


def test_real_crawl_is_the_same_crawl(tmp_path: Path) -> None:
    """Without SANDBOX, behind a proxy as an operator may have it (here the sandbox's)."""
    with SandboxProcess("small", log=tmp_path / "log") as sandbox:
        proxies = {"http_proxy": sandbox.proxy, "https_proxy": sandbox.proxy}
        words = ["crawl", "www.hbhr.gov.cn", "-a", "limit=2", "-s", "DOWNLOAD_DELAY=0.01"]
        result = subprocess.run(
            [sys.executable, "-m", "scrapy", *words, "-s", "CONTACT=you@example.org"],
            cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120,
            env=os.environ | proxies
            | {"SCRAPY_SETTINGS_MODULE": "crawler.settings", "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
    assert result.returncode == 0, result.stderr
    with Archive.open(tmp_path / "gov_reports.db", write=False, world="real") as archive:
        kept = [row[0] for row in archive.conn.execute("SELECT url FROM fetches ORDER BY id")]
    served = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    # Without a delay, answers may be written in another order than the server's.
    assert sorted(kept) == sorted(
        f"{one['scheme']}://{one['host']}{one['path']}" for one in served if one["method"] == "GET"
    )
