"""Worlds that were seen before: what is asked for again, and what is made of it."""

from __future__ import annotations

import json
import os
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from archive.address import address
from archive.db import Archive
from archive.digest import content_digest
from archive.standing import standings
from crawler.sandbox.figures import YEARS
from crawler.sandbox.world import World
from tests.crawler.processes import column, crawl, opened, truth

CHANGES = "digit,removed,dead,unlisted,moved,redirected,redated"
STEPS = YEARS if "GOV_REPORTS_EXAMPLES" in os.environ else (2022, YEARS[-1])
_WITHOUT_LISTS = "SELECT address FROM frontier WHERE campaign = 2 AND role = 'article' ORDER BY 1"


@cache
def changed() -> dict[str, dict[str, Any]]:
    """Return what became of the reports of the changed world, by kind."""
    told = World(1, "small", changes=CHANGES).truth()["changes"]
    return {one["kind"]: one for one in told}


def at(*kinds: str, end: str = "url") -> list[str]:
    return sorted(address(changed()[kind][end]) for kind in kinds)


def versions(archive: Archive) -> dict[str, int]:
    return dict(
        archive.conn.execute("SELECT reason, count(*) FROM report_versions GROUP BY 1").fetchall()
    )


def alterations(archive: Archive) -> list[tuple[Any, ...]]:
    return archive.conn.execute(
        """SELECT address, changes.kind, row_key, column_key, old_raw, new_raw FROM changes
        JOIN reports ON reports.id = report_id ORDER BY 2, 1"""
    ).fetchall()


def expected(*kinds: str) -> list[tuple[Any, ...]]:
    """Return the rows of ``changes`` that altered reports must make."""
    found: list[tuple[Any, ...]] = []
    if "digit" in kinds:
        _, row, column_key, old, new = changed()["digit"]["cell"]
        found.append((*at("digit"), "cell_changed", row, column_key, old, new))
    (before,) = [
        report["published_on"]
        for report in truth()["reports"]
        if report["url"] == changed()["redated"]["url"]
    ]
    now = changed()["redated"]["date"]
    return [*found, (*at("redated"), "field_changed", "published_on", None, before, now)]


def reports_sent(log: Path) -> list[dict[str, Any]]:
    """Return what the sandbox sent for addresses of reports."""
    known = {address(url) for report in truth()["reports"] for url in report["urls"]}
    lines = map(json.loads, log.read_text(encoding="utf-8").splitlines())
    return [
        line
        for line in lines
        if address(f"{line['scheme']}://{line['host']}{line['path']}") in known
    ]


def test_unchanged_world_costs_no_byte_of_a_report(copy_of: Path) -> None:
    with opened(copy_of) as archive:
        before = content_digest(archive)
        pages = column(archive, "SELECT count(*) FROM frontier WHERE role = 'list'")[0]
    result = crawl(copy_of, "-s", "SANDBOX_LOG=log")
    assert result.returncode == 0, result.stderr
    with opened(copy_of) as archive:
        assert content_digest(archive) == before
        assert versions(archive).keys() == {"first"}
        assert column(archive, _WITHOUT_LISTS) == []
        again = column(
            archive, "SELECT count(*) FROM frontier WHERE role = 'list' AND campaign = 2"
        )
        assert 0 < again[0] < pages, "lists of three pages are not paged to their end"
    sent = reports_sent(copy_of / "log")
    assert sent, "a column that shows its only report is asked whether it changed"
    assert {(line["status"], line["bytes"]) for line in sent} == {(304, 0)}


def test_other_counters_tokens_advertisements_and_neighbours_are_no_change(copy_of: Path) -> None:
    with opened(copy_of) as archive:
        before = content_digest(archive)
        payloads = set(column(archive, "SELECT sha256 FROM payloads"))
    result = crawl(copy_of, "-a", "recheck=all", "-s", "SANDBOX_CHANGES=noise")
    assert result.returncode == 0, result.stderr
    with opened(copy_of) as archive:
        assert alterations(archive) == []
        assert versions(archive).keys() == {"first"}
        assert content_digest(archive) == before
        documents = column(archive, "SELECT count(DISTINCT payload_sha256) FROM documents")[0]
        asked = len(column(archive, _WITHOUT_LISTS))
        new = set(column(archive, "SELECT sha256 FROM payloads")) - payloads
    assert documents > 1.9 * asked, "each page has new bytes, which are kept"
    assert len(new) > asked


def test_recheck_new_asks_for_what_is_new_changed_or_missing(copy_of: Path) -> None:
    result = crawl(copy_of, "-s", f"SANDBOX_CHANGES={CHANGES}")
    assert result.returncode == 3, "reports are gone: that is told loudly"
    with opened(copy_of) as archive:
        assert column(archive, _WITHOUT_LISTS) == sorted(
            at("removed", "unlisted", "moved", "redirected", "redated")
            + at("moved", "redirected", end="to")
        )
        assert alterations(archive) == expected("redated")
        assert versions(archive)["revised"] == 1
        assert _standings(archive) == {
            at("removed")[0]: ("removed", None),
            at("unlisted")[0]: ("unlisted", None),
            at("moved")[0]: ("moved", at("moved", end="to")[0]),
            at("redirected")[0]: ("moved", at("redirected", end="to")[0]),
        }
        _copies_stay(archive)


def test_recheck_all_finds_every_alteration_and_names_its_cell(copy_of: Path) -> None:
    result = crawl(copy_of, "-a", "recheck=all", "-s", f"SANDBOX_CHANGES={CHANGES}")
    assert result.returncode == 3
    with opened(copy_of) as archive:
        assert alterations(archive) == expected("digit", "redated")
        assert versions(archive)["revised"] == 2
        assert _standings(archive)[at("dead")[0]] == ("removed", None)
        assert _statuses(archive, "removed", "dead", "unlisted") == ["gone"] * 3
        assert _statuses(archive, "moved", "redirected", "digit", "redated") == ["found"] * 4
        assert (
            column(
                archive,
                """SELECT count(*) FROM fetches WHERE status = 304 AND (outcome != 'unchanged'
                OR payload_sha256 IS NULL)""",
            )
            == [0]
        )
        outcomes = Counter(
            column(archive, "SELECT outcome FROM frontier WHERE campaign = 2 AND role = 'article'")
        )
        assert outcomes["unchanged"] > 10
        _copies_stay(archive)


def test_server_whose_304_is_a_lie_hides_nothing(copy_of: Path) -> None:
    portal = "lkjjq.ezhou.gov.cn"  # says 304 to every date
    url = min(
        post.url for report in World(1, "small").reports for post in report.posts
        if post.column.site.host == portal
    )  # fmt: skip
    result = crawl(
        copy_of, "-a", f"portals={portal}", "-a", "recheck=all",
        "-s", f"SANDBOX_CHANGES=digit={url}",
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    with opened(copy_of) as archive:
        assert [row[:3] for row in alterations(archive)] == [
            (address(url), "cell_changed", "new_received")
        ]


def test_years_crawled_one_after_the_other_are_one_crawl_of_all(
    first_run: Path, tmp_path: Path
) -> None:
    for year in STEPS:
        result = crawl(tmp_path, "-s", f"SANDBOX_UNTIL={year}")
        # Some columns are not there in the first years, which is trouble.
        assert result.returncode in (0, 3), result.stderr
    with opened(tmp_path) as archive, opened(first_run) as one_crawl:
        assert content_digest(archive) == content_digest(one_crawl)
        assert column(archive, "SELECT count(*) FROM report_documents") == column(
            one_crawl, "SELECT count(*) FROM report_documents"
        ), "no report was fetched twice"


def _standings(archive: Archive) -> dict[str, tuple[str, str | None]]:
    return {address(one.url): (one.kind, one.to) for one in standings(archive)}


def _statuses(archive: Archive, *kinds: str) -> list[str]:
    found = []
    for kind in kinds:
        rows = archive.conn.execute(
            """SELECT status, evidence_fetch_id FROM coverage
            JOIN reports USING (publisher_id, year) WHERE address = ?""",
            at(kind),
        ).fetchall()
        assert [row[1] for row in rows if row[1] is None] == [], "each has its evidence"
        found += [row[0] for row in rows]
    return found


def _copies_stay(archive: Archive) -> None:
    """Each report that is gone keeps its cells and its place in the panel."""
    for kind in ("removed", "dead", "unlisted"):
        rows = archive.conn.execute(
            """SELECT count(*), max(panel.report_id IS NOT NULL) FROM reports
            JOIN cells ON version_id = current_version_id
            LEFT JOIN panel ON panel.report_id = reports.id WHERE address = ?""",
            at(kind),
        ).fetchone()
        assert rows[0] > 0
        assert rows[1] == 1
