"""Portals without a leaf, crawled from nothing but their hosts, in the sandbox's country."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from archive.db import Archive
from archive.digest import content_digest
from crawler.sandbox.world import World
from tests.crawler import country
from tests.crawler.processes import COMMAND, column, environment

LOOK = ["-s", "SANDBOX=true", "-s", "SANDBOX_SIZE=country", "-s", "SANDBOX_LOG=log"]
# A prefecture with a department on a sub-host, a county, and one that publishes nothing.
HOSTS = ("www.putian.gov.cn", "www.cqsdj.gov.cn", "www.linxian.gov.cn")


def crawl(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    (folder / "hosts.txt").write_text("\n".join(HOSTS), encoding="utf-8")
    return subprocess.run(
        [*COMMAND, "-a", "hosts=hosts.txt", *LOOK, *more],
        cwd=folder, env=environment(), capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


def killed(folder: Path, moment: str) -> bool:
    """Kill the crawl as soon as a query of its archive has a row; tell whether it lived so long."""
    (folder / "hosts.txt").write_text("\n".join(HOSTS), encoding="utf-8")
    with subprocess.Popen(
        [*COMMAND, "-a", "hosts=hosts.txt", *LOOK, "--loglevel", "DEBUG"],
        cwd=folder, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stderr is not None
        for line in process.stderr:
            if "DEBUG: Crawled (200)" in line and has_row(folder / "sandbox.db", moment):
                process.kill()
                break
        process.stderr.close()
    return process.returncode == -signal.SIGKILL


def has_row(file: Path, sql: str) -> bool:
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as conn:
        return conn.execute(sql).fetchone() is not None


def opened(folder: Path) -> Archive:
    return Archive.open(folder / "sandbox.db", write=False, world="sandbox")


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    wanted = {host.removeprefix("www.") for host in HOSTS}
    return country.part(World(1, "country").truth(), wanted)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an undisturbed crawl."""
    folder = tmp_path_factory.mktemp("discovery")
    result = crawl(folder)
    (folder / "out").write_text(result.stdout)
    assert "Traceback" not in result.stderr
    assert result.returncode in (0, 3), result.stderr
    return folder


def test_all_reports_are_found_and_nothing_foreign_is_asked(
    done: Path, truth: dict[str, Any]
) -> None:
    with opened(done) as archive:
        assert len(truth["reports"]) > 20
        assert country.missing(archive, truth) == []
        assert country.wrong(archive, truth) == []
        asked = {host.removeprefix("www.") for host in column(archive, "SELECT host FROM fetches")}
    assert asked <= {host.removeprefix("www.") for host in truth["hosts"]}
    assert country.foreign(done / "log", "country") == set()


def test_a_sub_host_is_a_portal_with_its_evidence(done: Path) -> None:
    with opened(done) as archive:
        found = archive.conn.execute(
            """SELECT host, division_code, scheme, evidence, discovered_from FROM portals
            WHERE discovered_from IS NOT NULL"""
        ).fetchall()
        assert found
        for host, division, scheme, evidence, seen_on in found:
            assert host.endswith(".putian.gov.cn")
            assert division == "350300"
            assert scheme in ("http", "https")
            assert seen_on in evidence
            (linking,) = column(
                archive, "SELECT DISTINCT host FROM fetches WHERE url = ?", seen_on
            )
            assert linking == "www.putian.gov.cn"


def test_the_way_is_kept_with_what_was_found(done: Path) -> None:
    with opened(done) as archive:
        rows = column(archive, "SELECT args FROM frontier WHERE role IN ('column', 'article')")
        trails = [json.loads(text)["trail"] for text in rows]
        assert trails
        for trail in trails:
            assert trail[0][0].count("/") == 3, "it begins at a home page"
            assert all(len(step) == 3 for step in trail)
        key = column(archive, "SELECT report_key FROM panel")[0]

    def scrapy(*words: str) -> str:
        command = [*COMMAND[:3], *words, "-s", "SANDBOX=true"]
        return subprocess.run(
            command, cwd=done, env=environment(), capture_output=True, text=True, check=True
        ).stdout

    status = scrapy("status")
    assert "\nFound     http" in status
    assert "政府信息公开 → 政府信息公开年报: " in status
    assert "found by   http" in scrapy("show", key)


def test_a_portal_explored_in_vain_says_what_was_tried(done: Path) -> None:
    with opened(done) as archive:
        notes = archive.conn.execute(
            "SELECT portal, detail, fetch_id FROM notes WHERE code = 'no_column'"
        ).fetchall()
        ((portal, detail, fetch_id),) = notes
        assert portal == "www.linxian.gov.cn"
        assert "4 pages: http://www.linxian.gov.cn/, " in detail
        assert "(政府信息公开)" in detail
        assert fetch_id is not None
        assert column(archive, "SELECT 1 FROM frontier WHERE state != 'done'") == []
        statuses = column(
            archive,
            """SELECT DISTINCT status FROM coverage JOIN publishers ON publishers.id = publisher_id
            WHERE division_code = (SELECT division_code FROM portals WHERE host = ?)
            AND status NOT IN ('not_due', 'not_obliged')""",
            portal,
        )
        assert statuses == ["not_looked"], "nothing proves that nothing was published"
    assert "www.linxian.gov.cn: 1 portal that lists no report" in (done / "out").read_text()


AT_HOME = "SELECT 1 FROM frontier WHERE role = 'explore' AND state = 'done'"
BELOW = """SELECT 1 FROM frontier JOIN portals ON host = portal
    WHERE discovered_from IS NOT NULL AND state != 'done'"""


@pytest.mark.parametrize("moment", [AT_HOME, BELOW], ids=["home", "below"])
def test_a_killed_exploration_goes_on_where_it_was(
    done: Path, tmp_path: Path, moment: str
) -> None:
    """Killed after the first home page, and when a sub-host is being explored."""
    assert killed(tmp_path, moment)
    result = crawl(tmp_path)
    assert "Traceback" not in result.stderr
    assert "Going on with the crawl" in result.stderr
    with opened(done) as whole, opened(tmp_path) as resumed:
        assert content_digest(resumed) == content_digest(whole)
        kept = Counter(
            column(resumed, "SELECT url FROM fetches WHERE outcome = 'ok' AND frontier_id NOT NULL")
        )
        assert max(kept.values()) == 1, "no page whose bytes are kept is asked for again"
        portals = "SELECT host, discovered_from FROM portals ORDER BY 1"
        assert resumed.conn.execute(portals).fetchall() == whole.conn.execute(portals).fetchall()


def test_a_small_budget_ends_the_search(tmp_path: Path) -> None:
    result = crawl(tmp_path, "-s", "EXPLORE_PAGES=2", "-s", "EXPLORE_PAGES_BELOW=1")
    assert "Traceback" not in result.stderr
    with opened(tmp_path) as archive:
        spent = dict(
            archive.conn.execute(
                "SELECT portal, count(*) FROM frontier WHERE role = 'explore' GROUP BY 1"
            ).fetchall()
        )
        assert spent["www.linxian.gov.cn"] == 2
        assert column(archive, "SELECT 1 FROM frontier WHERE state != 'done'") == []
