"""The commands: what is mistyped is named, what is bad is one line, exit codes are graded."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Protocol

import pytest
from scrapy import cmdline

from archive import capture, crawls
from archive.capture import Attempt
from archive.db import Archive
from crawler import preflight
from crawler.sandbox.files import docx
from crawler.sandbox.files.samples import sample

PAGE = "<html><head><title>审计局2023年政府信息公开工作年度报告</title></head><body>…</body></html>"


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str


class Scrapy(Protocol):
    def __call__(self, *words: str) -> Result: ...


@pytest.fixture
def scrapy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Scrapy:
    """Return a function that runs ``scrapy WORDS`` in an empty folder, without a network."""

    def no_name(host: str, port: int) -> None:
        raise OSError(f"looked up {host}")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "crawler.settings")
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(preflight.socket, "getaddrinfo", no_name)

    def run(*words: str) -> Result:
        with pytest.raises(SystemExit) as ended:
            cmdline.execute(["scrapy", *words])
        shown = capsys.readouterr()
        assert "Traceback" not in shown.err
        assert isinstance(ended.value.code, int)
        return Result(ended.value.code, shown.out, shown.err)

    return run


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["crawl"], "missing argument"),
        (["crawl", "nowhere.gov.cn"], "xzsp.xiangyang.gov.cn"),
        (["crawl", "gov_report"], "gov_reports"),
        (["crawl", "gov_reports", "again"], "unexpected argument 'again'"),
        (["crawl", "gov_reports", "--yeras", "2023"], "--yeras"),
        (["crawl", "gov_reports", "-a", "yeras=2023"], "Choices: portals, divisions, hosts, years"),
        (["crawl", "gov_reports", "-a", "years=1923"], "1923"),
        (["crawl", "gov_reports", "-a", "years"], "NAME=VALUE"),
        (["crawl", "gov_reports", "-a", "portals=nowhere.gov.cn"], "www.qy.gov.cn"),
        (["crawl", "gov_reports", "-a", "limit=none"], "limit"),
        (["crawl", "gov_reports", "-s", "SANBOX=true"], "did you mean SANDBOX"),
        (["crawl", "gov_reports", "-s", "SANDBOX=maybe"], "true or false"),
        (["crawl", "gov_reports", "-s", "DOWNLOAD_DELAY=slow"], "a number"),
        (["crawl", "gov_reports", "-L", "LOUD"], "DEBUG"),
        (["crawl", "gov_reports", "-s", "SANDBOX=true", "-s", "SANDBOX_SIZE=huge"], "small"),
        (["crawl", "gov_reports", "-s", "SANDBOX=true", "-s", "SANDBOX_SEED=x"], "SANDBOX_SEED"),
        (["coverage", "--format", "xml"], "table, csv, json"),
        (["coverage", "--as-of", "yesterday"], "2025-04-01"),
        (["coverage", "--years", "soon"], "soon"),
        (["coverage", "extra"], "unexpected argument 'extra'"),
        (["status", "--all"], "unknown option --all"),
        (["retry", "again"], "unexpected argument 'again'"),
        (["retry", "-a", "years=2023"], "there is portals"),
        (["retry", "-a", "portals"], "NAME=VALUE"),
        (["show"], "missing argument"),
        (["extract"], "missing argument"),
        (["extract", "a.html", "b.html", "--url", "http://a/"], "one file"),
        (["sandbox", "--size", "huge"], "small, medium, large"),
        (["sandbox", "--obstacles", "reset_alway"], "reset_always"),
        (["sandbox", "--obstacles", "bomb=www.example.cn"], "www.qy.gov.cn"),
        (["sandbox", "--faults", "2"], "from 0 to 1"),
        (["crawl", "gov_reports", "-s", "SANDBOX=true", "-s", "SANDBOX_OBSTACLES=no"], "bomb"),
        (["crawl", "gov_reports", "-s", "SANDBOX=true", "-s", "SANDBOX_FAULTS=-1"], "from 0 to 1"),
    ],
)
def test_wrong_usage_says_what_there_is(scrapy: Scrapy, words: list[str], said: str) -> None:
    result = scrapy(*words)
    assert result.code == 2
    assert said in result.err
    assert not list(Path.cwd().iterdir()), "wrong usage leaves nothing behind"


def test_crawl_without_a_network_names_each_portal_and_the_sandbox(scrapy: Scrapy) -> None:
    result = scrapy("crawl", "gov_reports", "-a", "portals=www.qy.gov.cn,xzsp.xiangyang.gov.cn")
    assert result.code == 1
    lines = result.err.splitlines()
    assert [line.split()[0] for line in lines[:2]] == ["xzsp.xiangyang.gov.cn", "www.qy.gov.cn"]
    assert all("dns" in line for line in lines[:2])
    assert "-s SANDBOX=true" in lines[-1]
    assert not list(Path.cwd().iterdir())


def test_crawl_with_a_network_asks_for_a_contact(
    scrapy: Scrapy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preflight.socket, "getaddrinfo", lambda host, port: [])
    result = scrapy("crawl", "www.qy.gov.cn")
    assert result.code == 2
    assert "-s CONTACT=" in result.err
    assert not list(Path.cwd().iterdir())


@pytest.mark.parametrize("command", ["status", "retry", "coverage", "show"])
def test_file_that_is_no_archive(scrapy: Scrapy, tmp_path: Path, command: str) -> None:
    words = [command, "KEY"] if command == "show" else [command]
    result = scrapy(*words)
    assert result.code == 1
    assert "no archive at gov_reports.db" in result.err
    (tmp_path / "gov_reports.db").write_bytes(b"something else, and long enough" * 99)
    assert scrapy(*words).code == 1
    (tmp_path / "gov_reports.db").unlink()
    with sqlite3.connect(tmp_path / "gov_reports.db") as other:
        other.execute("CREATE TABLE t (x)")
    result = scrapy(*words)
    assert result.code == 1
    assert len(result.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [("gov_reports.db", "is no"), ("nowhere/x.db", "does not exist"), (".", "is a folder")],
)
def test_crawl_into_an_impossible_archive(
    scrapy: Scrapy, tmp_path: Path, name: str, said: str
) -> None:
    (tmp_path / "gov_reports.db").write_text("no database")
    result = scrapy("crawl", "gov_reports", "-s", "SANDBOX=true", "-s", f"ARCHIVE={name}")
    assert result.code == 1
    assert result.err.startswith("error: ")
    assert said.split()[-1] in result.err


def test_second_process_on_the_same_file(scrapy: Scrapy, tmp_path: Path) -> None:
    with Archive.open(tmp_path / "sandbox.db", world="sandbox"):
        result = scrapy("crawl", "gov_reports", "-s", "SANDBOX=true")
    assert result.code == 1
    assert "is being written by process" in result.err


def test_sandbox_never_writes_into_a_real_archive(scrapy: Scrapy, tmp_path: Path) -> None:
    Archive.open(tmp_path / "gov_reports.db").close()
    result = scrapy("crawl", "gov_reports", "-s", "SANDBOX=true", "-s", "ARCHIVE=gov_reports.db")
    assert result.code == 1
    assert "world" in result.err


def test_extract_prints_one_record_a_line_and_names_bad_files(
    scrapy: Scrapy, tmp_path: Path
) -> None:
    (tmp_path / "report.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "empty.html").write_bytes(b" \n")
    (tmp_path / "packed.html").write_bytes(b"Rar!\x1a\x07\x01\x00" + bytes(99))
    (tmp_path / "folder").mkdir()
    result = scrapy(
        "extract", "missing.html", "empty.html", "report.html", "packed.html", "folder"
    )
    assert result.code == 1
    page, packed = map(json.loads, result.out.splitlines())
    assert page["title"] is not None or page["kind"]
    assert packed["kind"] == "attachment_only"
    assert [issue["code"] for issue in packed["issues"]] == ["unknown_type"]
    errors = [line.split(": ")[1:] for line in result.err.splitlines()]
    assert errors == [
        ["missing.html", "there is no such file"],
        ["empty.html", "the file is empty"],
        [
            "packed.html",
            "a RAR archive cannot be opened here; unpack it and read its files",
        ],
        ["folder", "this is a folder; name the files in it"],
    ]


def test_extract_gives_the_record_its_address(scrapy: Scrapy, tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text(PAGE, encoding="utf-8")
    result = scrapy("extract", "report.html", "--url", "http://sjj.xiangyang.gov.cn/a.shtml")
    assert result.code == 0
    assert json.loads(result.out)["url"] == "http://sjj.xiangyang.gov.cn/a.shtml"


def test_extract_looks_an_address_up_and_never_fetches_it(scrapy: Scrapy, tmp_path: Path) -> None:
    url = "http://sjj.xiangyang.gov.cn/zwgk/gknb/a.shtml"
    result = scrapy("extract", url)
    assert (result.code, result.out) == (1, "")
    with Archive.open(tmp_path / "gov_reports.db") as archive:
        capture.record(archive, Attempt("sjj.xiangyang.gov.cn", url, "ok", body=PAGE.encode()))
    assert json.loads(scrapy("extract", url).out)["url"] == url
    result = scrapy("extract", url.replace("a.shtml", "b.shtml"))
    assert result.code == 1
    assert "not in gov_reports.db" in result.err


def test_show_of_an_unknown_report_names_near_ones(scrapy: Scrapy, tmp_path: Path) -> None:
    with Archive.open(tmp_path / "gov_reports.db") as archive:
        archive.conn.execute(
            """INSERT INTO publishers (key, name, org_type, admin_level, register_source)
            VALUES ('431181', '祁阳市', 'government', 'county', 'test')"""
        )
        archive.conn.execute(
            """INSERT INTO reports (report_key, publisher_id, year, report_scope, url, host, kind,
            first_seen, last_seen, address, source_rank) VALUES ('431181:2023:own_body:1', 1, 2023,
            'own_body', 'http://a/', 'a', 'report', '', '', 'a', 'issuing_host')"""
        )
    result = scrapy("show", "431181:2032:own_body:1")
    assert result.code == 1
    assert "431181:2023:own_body:1" in result.err


def test_empty_archive_has_a_status_and_no_coverage(scrapy: Scrapy, tmp_path: Path) -> None:
    Archive.open(tmp_path / "gov_reports.db").close()
    assert "no crawl yet" in scrapy("status").out
    assert "0 publisher-years" in scrapy("coverage").out
    assert json.loads(scrapy("coverage", "--format", "json").out) == []


def test_nothing_to_retry(scrapy: Scrapy, tmp_path: Path) -> None:
    with Archive.open(tmp_path / "gov_reports.db") as archive:
        assert "Nothing in gov_reports.db failed" in _retry(scrapy)
        crawls.begin(archive, spider="www.qy.gov.cn", arguments={})
        _failed(archive, "not_found")
        assert "Nothing in gov_reports.db failed" in _retry(scrapy)
    status = scrapy("status").out
    assert "1 not_found (give up until a person looks), first http://www.qy.gov.cn/" in status
    assert "scrapy retry" not in status


def test_status_says_what_failed_and_how_to_take_it_again(scrapy: Scrapy, tmp_path: Path) -> None:
    with Archive.open(tmp_path / "gov_reports.db") as archive:
        crawls.begin(archive, spider="www.qy.gov.cn", arguments={})
        _failed(archive, "challenge")
    status = scrapy("status").out
    assert "1 challenge (back off), first http://www.qy.gov.cn/" in status
    assert "1 pages that failed can be asked for again: scrapy retry -s ARCHIVE=" in status
    assert scrapy("retry", "-a", "portals=www.dx.gov.cn").code == 2, "not of that crawl"
    assert "dns" in scrapy("retry").err, "a retry of the real world needs a network"


def _retry(scrapy: Scrapy) -> str:
    result = scrapy("retry")
    assert result.code == 0
    return result.out


def _failed(archive: Archive, outcome: str) -> None:
    archive.conn.execute(
        """INSERT INTO frontier (campaign, portal, role, url, args, state, outcome, address,
        added_at) VALUES (1, 'www.qy.gov.cn', 'column', 'http://www.qy.gov.cn/', '{}', 'done', ?,
        '', '')""",
        [outcome],
    )


def test_run_report_without_a_place_ends_before_the_crawl(scrapy: Scrapy) -> None:
    result = scrapy("crawl", "gov_reports", "-s", "SANDBOX=true", "-s", "REPORT=nowhere/r.json")
    assert (result.code, result.err.startswith("error: REPORT=nowhere/r.json")) == (1, True)
    assert not list(Path.cwd().iterdir())


def test_scrapys_own_commands_stay(scrapy: Scrapy) -> None:
    listed = scrapy("list").out.split()
    assert {"gov_reports", "www.qy.gov.cn"} <= set(listed)
    assert scrapy("version").out.startswith("Scrapy ")


def test_extract_reads_files_told_apart_by_content(scrapy: Scrapy, tmp_path: Path) -> None:
    printed, _ = sample(2)
    (tmp_path / "report.pdf").write_bytes(docx.make(printed, Random(2)))
    (tmp_path / "cut.docx").write_bytes(docx.make(printed, Random(2))[:5000])
    result = scrapy("extract", "report.pdf", "cut.docx")
    assert result.code == 1
    report, cut = map(json.loads, result.out.splitlines())
    assert (report["kind"], report["title"]) == ("report", printed.title)
    assert report["tables"]["t3_requests"]["granted"]["total"]["at"].startswith("docx:t")
    assert (cut["kind"], cut["issues"][0]["code"]) == ("attachment_only", "broken")
    assert result.err.startswith("error: cut.docx: ")
