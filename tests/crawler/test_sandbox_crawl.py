"""The main job end to end, as a user runs it: a crawl of the small sandbox in its own process."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest
from scrapy import cmdline

from archive import population
from archive.address import address
from archive.db import Archive
from crawler.calendar import default_years, today
from tests.crawler.processes import column, crawl, opened, truth


def test_ends_well_and_says_what_it_did(first_run: Path) -> None:
    assert (first_run / "err").read_text().count("Traceback") == 0
    assert (first_run / "code").read_text() == "0"
    out = (first_run / "out").read_text()
    for host in column(opened(first_run), "SELECT host FROM portals"):
        assert host in out
    for word in ("Refused", "Years", "Checks", "Coverage", "Database"):
        assert f"\n{word} " in out
    assert "sqlite-utils sandbox.db" in out
    assert "scrapy show" in out


def test_every_report_is_found_with_its_year(archive: Archive) -> None:
    found = dict(archive.conn.execute("SELECT address, year FROM reports WHERE kind = 'report'"))
    wanted = {
        address(url): report["year"] for report in truth()["reports"] for url in report["urls"]
    }
    assert found == wanted | {key: found[key] for key in found.keys() - wanted.keys()}
    companions = {address(item["url"]) for item in truth()["companions"]}
    assert found.keys() - wanted.keys() <= companions


def test_file_reports_are_found_as_files(archive: Archive) -> None:
    kinds = dict(archive.conn.execute("SELECT address, kind FROM reports"))
    assert {kinds.get(address(item["url"])) for item in truth()["attachments"]} == {
        "attachment_only"
    }


def test_no_lookalike_is_stored(archive: Archive) -> None:
    lookalikes = {address(item["url"]) for item in truth()["lookalikes"]}
    assert lookalikes
    assert not lookalikes & set(column(archive, "SELECT address FROM reports"))


def test_every_printed_cell_is_read(archive: Archive) -> None:
    cells: dict[str, dict[tuple[str, str, str], str]] = {}
    for where, table, row, key, raw in archive.conn.execute(
        """SELECT reports.address, table_key, row_key, column_key, raw FROM cells
        JOIN reports ON current_version_id = version_id"""
    ):
        cells.setdefault(where, {})[table, row, key] = raw
    wrong: Counter[str] = Counter()
    for report in truth()["reports"]:
        read = cells.get(address(report["url"]), {})
        for table, rows in report["tables"].items():
            for row, columns in rows.items():
                for key, printed in columns.items():
                    if read.get((table, row, key)) != (printed or ""):
                        wrong[f"{report['url']} {table}/{row}/{key}"] += 1
    assert not wrong


def test_each_publisher_year_has_one_status_and_they_add_up(archive: Archive) -> None:
    years = default_years(today())
    rows = archive.conn.execute("SELECT publisher_id, year, status FROM coverage").fetchall()
    expected = {
        (body.id, year)
        for body in population.bodies(archive)
        for year in years
        if body.id is not None and body.is_in(year)
    }
    assert len(rows) == len({row[:2] for row in rows})
    assert {row[:2] for row in rows} == expected
    found = sum(status in ("found", "found_unread") for *_, status in rows)
    assert found == archive.conn.execute(
        "SELECT count(*) FROM (SELECT DISTINCT publisher_id, year FROM reports)"
    ).fetchone()[0]


def test_reports_of_two_bodies_are_never_one_bodys(archive: Archive) -> None:
    written_by = {
        address(url): report["publisher"] for report in truth()["reports"] for url in report["urls"]
    }
    bodies: dict[int, set[str]] = {}
    for where, publisher in archive.conn.execute("SELECT address, publisher_id FROM reports"):
        if where in written_by:
            bodies.setdefault(publisher, set()).add(written_by[where])
    assert bodies
    assert [names for names in bodies.values() if len(names) > 1] == []


def test_summary_is_stored_with_the_run(archive: Archive) -> None:
    reason, code, summary = archive.conn.execute(
        "SELECT reason, exit_code, summary FROM crawls"
    ).fetchone()
    assert (reason, code) == ("finished", 0)
    portals = {portal["host"]: portal for portal in json.loads(summary)["portals"]}
    assert portals.keys() == set(column(archive, "SELECT host FROM portals"))
    assert sum(portal["listed"] for portal in portals.values()) > 0


def test_nothing_was_asked_but_the_portals(archive: Archive) -> None:
    hosts = {item["host"].removeprefix("www.") for item in truth()["portals"]}
    asked = {host.removeprefix("www.") for host in column(archive, "SELECT host FROM fetches")}
    assert asked == hosts


def test_commands_look_into_the_archive(
    first_run: Path,
    archive: Archive,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def scrapy(*words: str) -> str:
        with pytest.raises(SystemExit) as ended:
            cmdline.execute(["scrapy", *words, "-s", "SANDBOX=true"])
        assert ended.value.code == 0
        return capsys.readouterr().out

    monkeypatch.chdir(first_run)
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "crawler.settings")
    assert "finished at" in scrapy("status")
    key, title, sha256 = archive.conn.execute(
        """SELECT report_key, title, payload_sha256 FROM reports
        JOIN report_versions ON report_versions.id = current_version_id
        JOIN documents ON documents.id = document_id WHERE year = 2023 AND is_primary"""
    ).fetchone()
    shown = scrapy("show", key)
    for part in (title, sha256, "t3_requests", "一、本年新收政府信息公开申请数量", "checks: "):
        assert part in shown
    rows = list(csv.DictReader(scrapy("coverage", "--format", "csv").splitlines()))
    assert len(rows) == len(column(archive, "SELECT 1 FROM coverage"))
    assert "publisher-years" in scrapy("coverage", "--years", "2021-2022")
    report = truth()["reports"][0]
    record = json.loads(scrapy("extract", report["url"]))
    assert (record["year"], record["kind"]) == (report["year"], "report")


def test_limit_and_years_are_kept(tmp_path: Path) -> None:
    result = crawl(tmp_path, "-a", "years=2023", "-a", "limit=3")
    assert result.returncode == 0, result.stderr
    with opened(tmp_path) as archive:
        assert column(archive, "SELECT count(*) FROM frontier WHERE role = 'article'") == [3]
        years = column(
            archive,
            """SELECT reports.year FROM reports JOIN frontier USING (address)
            WHERE role = 'article'""",
        )
        assert set(years) == {2023}, "a column that shows its only report is read in any case"
