"""A crawl of troubled portals ends by itself, names each trouble, and is taken up by a retry."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.digest import content_digest
from tests.crawler.processes import crawl, environment, opened

JXJ, ECHENG, HBHR = "jxj.xiangyang.gov.cn", "www.echeng.gov.cn", "www.hbhr.gov.cn"
QY, DX = "www.qy.gov.cn", "www.dx.gov.cn"
PORTALS = ["-a", f"portals={JXJ},{ECHENG},{HBHR},{QY},{DX}"]
TROUBLES = (
    f"reset_always={JXJ},challenge_412={ECHENG},block_stub={HBHR}/hrqxxgk/xxgknb/20,"
    f"home_page={DX}/dx/ndbg/2025,redirect_metadata={QY}/qy/gknb/2025"
)


def scrapy(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *words, "-s", "SANDBOX=true"],
        cwd=folder, env=environment(), capture_output=True, text=True, check=False, timeout=200,
    )  # fmt: skip


@pytest.fixture(scope="module")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """One crawl of five troubled portals, then a retry when the trouble is over."""
    folder = tmp_path_factory.mktemp("troubled")
    plan = ["-s", f"SANDBOX_OBSTACLES={TROUBLES}", "-s", "SANDBOX_LOG=asked.log",
            "-s", "BACK_OFF_AFTER=3", "-s", "DOWNLOAD_DELAY=0.01"]  # fmt: skip
    first = crawl(folder, *PORTALS, *plan, "-s", "REPORT=first.json")
    asked = [json.loads(line) for line in (folder / "asked.log").read_text().splitlines()]
    status = scrapy(folder, "status")
    again = scrapy(folder, "retry", "-s", "REPORT=again.json")
    yield {
        "folder": folder, "first": first, "asked": asked, "status": status, "again": again,
        "report": json.loads((folder / "first.json").read_text()),
        "after": json.loads((folder / "again.json").read_text()),
    }  # fmt: skip


def findings(report: dict[str, Any]) -> set[tuple[str, str]]:
    return {(one["portal"], one["name"]) for one in report["findings"]}


def test_each_trouble_is_named_with_count_and_address(troubled: dict[str, Any]) -> None:
    assert troubled["first"].returncode == 3
    assert "Traceback" not in troubled["first"].stderr
    wanted = {(JXJ, "unreachable"), (ECHENG, "blocked"), (HBHR, "blocked")}
    assert wanted <= findings(troubled["report"])
    lines = [one for one in troubled["first"].stdout.splitlines() if one.startswith("Trouble")]
    assert {line.split()[1].rstrip(":") for line in lines} >= {JXJ, ECHENG, HBHR}
    assert all("first http" in line for line in lines)
    with opened(troubled["folder"]) as archive:
        stored = archive.conn.execute("SELECT summary FROM crawls WHERE id = 1").fetchone()[0]
    assert json.loads(stored)["findings"] == troubled["report"]["findings"]


def test_walls_are_not_hammered_and_foreign_places_never_asked(troubled: dict[str, Any]) -> None:
    times = Counter(one["host"] for one in troubled["asked"] if "robots" not in one["path"])
    assert times[ECHENG] == 1, "a challenge is asked once"
    assert times[JXJ] <= 6, "three tries in each scheme"
    walls = sum(one["obstacle"] == "block_stub" for one in troubled["asked"])
    assert 3 <= walls <= 5, "two more may be on their way when the third tells"
    with opened(troubled["folder"]) as archive:
        found = archive.conn.execute(
            "SELECT outcome, count(*) FROM fetches WHERE host = '169.254.169.254' GROUP BY 1"
        ).fetchall()
    assert [outcome for outcome, _ in found] == ["foreign_host"]


def test_status_says_what_to_do(troubled: dict[str, Any]) -> None:
    out = troubled["status"].stdout
    assert "block_page (back off), first https://www.hbhr.gov.cn/" in out
    assert "scrapy retry -s SANDBOX=true" in out


def test_retry_takes_exactly_the_failed_part(troubled: dict[str, Any]) -> None:
    assert troubled["again"].returncode in (0, 3), troubled["again"].stderr
    assert not {JXJ, ECHENG, HBHR} & {portal for portal, _ in findings(troubled["after"])}
    with opened(troubled["folder"]) as archive:
        assert archive.conn.execute("SELECT campaign FROM crawls").fetchall() == [(1,), (1,)]
        twice = archive.conn.execute(
            """SELECT url FROM fetches WHERE crawl_id = 2 AND url NOT LIKE '%robots.txt'
            AND frontier_id IN (SELECT frontier_id FROM fetches WHERE crawl_id = 1
                AND outcome IN ('ok', 'not_found', 'foreign_host'))
            AND url NOT LIKE '%index_%' AND url NOT LIKE '%list_%'"""
        ).fetchall()
        assert twice == []


def test_what_the_retry_brought_is_what_a_clean_crawl_brings(
    troubled: dict[str, Any], tmp_path: Path
) -> None:
    only = ["-a", f"portals={JXJ},{ECHENG},{HBHR}"]
    assert crawl(tmp_path, *only).returncode == 0
    keys = f"SELECT report_key FROM reports WHERE host IN ('{JXJ}', '{ECHENG}', '{HBHR}')"
    with opened(tmp_path) as clean, opened(troubled["folder"]) as retried:
        assert content_digest(clean)
        wanted = {row[0] for row in clean.conn.execute(keys)}
        assert wanted == {row[0] for row in retried.conn.execute(keys)}
