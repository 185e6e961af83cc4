"""Documents that we did not fetch come in, are read like any other, and never twice."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.db import Archive
from archive.digest import content_digest
from archive.verify import verify
from archive.warc import export
from crawler.importing import Importing, Loose, listed
from tests.archive.world import one, rows
from tests.crawler.processes import environment

PAGE = (Path(__file__).parents[1] / "data" / "report.html").read_bytes()
OFFICIAL = "http://www.xiangyang.gov.cn/zwgk/202501/t20250117_1.shtml"


def scrapy(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *words, "-s", "ARCHIVE=in.db"],
        cwd=folder, env=environment(), capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


def test_exported_imported_and_rebuilt_is_the_same(copy_of: Path) -> None:
    with Archive.open(copy_of / "sandbox.db", write=False, world="sandbox") as archive:
        export(archive, copy_of / "all.warc.gz")
        digest = content_digest(archive)
    imported = scrapy(copy_of, "import_warc", "all.warc.gz", "-s", "SANDBOX=true")
    assert imported.returncode == 0, imported.stderr
    assert "scrapy rebuild" in imported.stdout
    rebuilt = scrapy(copy_of, "rebuild")
    assert rebuilt.returncode == 0, rebuilt.stderr
    with Archive.open(copy_of / "in.db", write=False, world="sandbox") as archive:
        assert content_digest(archive) == digest
        assert list(verify(archive)) == []


def foreign_warc(path: Path, *pages: tuple[str, int, bytes]) -> None:
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for number, (url, status, body) in enumerate(pages):
            http = StatusAndHeaders(
                f"{status} X", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1"
            )
            date = {"WARC-Date": f"2025-03-01T01:02:0{number}Z"}
            writer.write_record(
                writer.create_warc_record(
                    url, "response", BytesIO(body), len(body), http_headers=http,
                    warc_headers_dict=date,
                )
            )  # fmt: skip


def test_of_what_others_crawled_official_reports_are_taken(tmp_path: Path) -> None:
    changed = PAGE.replace("有序开展".encode(), "稳步开展".encode())
    foreign_warc(
        tmp_path / "cc.warc.gz",
        (OFFICIAL, 200, PAGE),
        (OFFICIAL, 200, changed),
        ("http://amwalldrywall.com/zwgk/202501/t20250117_1.shtml", 200, PAGE),
        ("http://www.xiangyang.gov.cn/news.shtml", 200, b"<p>something else</p>"),
        ("http://www.xiangyang.gov.cn/gone.shtml", 404, PAGE),
    )
    result = scrapy(tmp_path, "import_warc", "cc.warc.gz")
    assert result.returncode == 0, result.stderr
    assert "2 were taken and 3 were not" in result.stdout
    with Archive.open(tmp_path / "in.db", write=False) as archive:
        (report,) = rows(archive, "SELECT year, host, source_rank FROM reports")
        assert report[0] == 2024
        reasons = rows(archive, "SELECT reason FROM report_versions ORDER BY number")
        assert reasons == [("first",), ("revised",)], "two captures, two versions"
        assert one(archive, "SELECT min(fetched_at) FROM fetches") == "2025-03-01T01:02:00.000Z"
        assert one(archive, "SELECT count(*) FROM crawls") == 0
        assert list(verify(archive)) == []


def test_an_older_capture_is_no_later_word(tmp_path: Path) -> None:
    older = PAGE.replace("有序开展".encode(), "曾经开展".encode())
    for name, data, time in (("new", PAGE, "2025-05-01"), ("old", older, "2025-02-01")):
        (tmp_path / f"{name}.html").write_bytes(data)
        table = f"{name}.html\t{OFFICIAL}\t{time}T00:00:00Z\n"
        (tmp_path / "table.tsv").write_text(table)
        assert scrapy(tmp_path, "import_files", "--list", "table.tsv").returncode == 0
    with Archive.open(tmp_path / "in.db", write=False) as archive:
        told = rows(
            archive,
            """SELECT report_versions.number, reason, substr(fetched_at, 1, 10), text
            FROM report_versions JOIN fetches ON fetches.id = arrival_id
            JOIN sections ON version_id = report_versions.id AND sections.number = 1
            ORDER BY 1""",
        )
        assert [row[:3] for row in told] == [(1, "first", "2025-02-01"),
                                             (2, "revised", "2025-05-01")]  # fmt: skip
        assert "曾经开展" in told[0][3], "in its place of the history"
        assert "有序开展" in told[1][3]
        current = (
            "SELECT number FROM reports JOIN report_versions AS v ON v.id = current_version_id"
        )
        assert one(archive, current) == 2
        assert {row[0] for row in rows(archive, "SELECT kind FROM changes")} == {"section_changed"}
        assert list(verify(archive)) == []


def test_loose_files(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(PAGE)
    (tmp_path / "b.html").write_bytes(PAGE.replace(b"2024", b"2023"))
    table = f"# file\taddress\ttime\na.html\t{OFFICIAL}\t2025-03-01T00:00:00Z\n\nb.html\n"
    (tmp_path / "table.tsv").write_text(table)
    for new in ("2 of 2", "0 of 2"):
        result = scrapy(tmp_path, "import_files", "--list", "table.tsv")
        assert result.returncode == 0, result.stderr
        assert f"{new} files were new" in result.stdout
    with Archive.open(tmp_path / "in.db", write=False) as archive:
        found = rows(archive, "SELECT year, url, source_rank FROM reports ORDER BY year DESC")
        assert found[0][:2] == (2024, OFFICIAL)
        assert found[1][0] == 2023
        assert found[1][1].startswith("urn:sha256:")
        assert found[1][2] == "copy"
        assert rows(archive, "SELECT fetched_at FROM fetches WHERE url = ?", OFFICIAL) == [
            ("2025-03-01T00:00:00.000Z",)
        ]


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["import_files"], 2, "name files, or a table"),
        (["import_files", "a", "--list", "b"], 2, "name files, or a table"),
        (["import_files", "a", "b", "--url", OFFICIAL], 2, "one file"),
        (["import_files", "--list", "nowhere.tsv"], 2, "nowhere.tsv"),
        (["import_files", "nowhere.html"], 1, "nowhere.html: No such file"),
        (["import_warc", "nowhere.warc"], 1, "nowhere.warc"),
    ],
)
def test_what_cannot_be_meant(tmp_path: Path, words: list[str], code: int, says: str) -> None:
    result = scrapy(tmp_path, *words)
    assert result.returncode == code
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_a_wrong_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "t.tsv").write_text("a.html\nb.html\tno address\n")
    with pytest.raises(ValueError, match=r"t\.tsv:2"):
        listed(tmp_path / "t.tsv")


def test_the_same_bytes_at_two_addresses_are_kept_once(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(PAGE)
    with Archive.open(tmp_path / "in.db") as archive:
        importing = Importing(archive)
        assert importing.file(Loose(tmp_path / "a.html", OFFICIAL))
        assert not importing.file(Loose(tmp_path / "a.html", OFFICIAL))
        again = Importing(archive)
        assert again.file(Loose(tmp_path / "a.html", OFFICIAL.replace("_1", "_2")))
        assert one(archive, "SELECT count(*) FROM payloads") == 1
        assert rows(archive, "SELECT DISTINCT campaign < 0 FROM frontier") == [(1,)]
