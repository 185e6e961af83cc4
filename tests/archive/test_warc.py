"""What goes out as WARC comes in again, once; and what is no such file says so."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive import capture, notes, payloads
from archive.db import Archive
from archive.errors import ArchiveError, WrongWorld
from archive.unwarc import Strange, load
from archive.warc import export
from tests.archive.world import HOST, Listing, Run, Task, one, open_archive, rows

PAGE = "<html><p>政府信息公开工作年度报告</p></html>".encode()
ASKED = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
TABLES = ("crawls", "frontier", "fetches", "payloads", "notes")


@pytest.fixture
def full(archive: Archive) -> Archive:
    """Two runs: a list, reports, the same bytes twice, a failure, a redirect, a POST, a rest."""
    run = Run(archive)
    run.page(rows=(Listing(f"http://{HOST}/1.html", "年报"),))
    run.article(f"http://{HOST}/1.html", data=PAGE)
    run.article(f"http://{HOST}/2.html", data=PAGE)
    run.article(f"http://{HOST}/3.html", outcome="timeout")
    entry = run.entry(Task(f"http://{HOST}/search", method="POST", body="page=2"))
    run.fetch(entry, "ok", b"<p>two</p>")
    notes.save(archive, entry, 3, ["undated_rows: none of 9 rows has a date"])
    moved = run.entry(Task(f"http://{HOST}/old.html"))
    capture.record(
        archive,
        capture.Attempt(
            HOST, moved.url, "redirect", run.crawl.id, status=302, fetched_at=run.time(),
            headers=[("Location", "/new.html"), ("Content-Encoding", "gzip")], entry_id=moved.id,
        ),
    )  # fmt: skip
    run.finish()
    later = Run(archive, "2025-06-01", {"years": "2024"})
    later.article(f"http://{HOST}/1.html", data=PAGE + b" ")
    again = later.entry(Task(f"http://{HOST}/2.html"))
    capture.record(
        archive,
        capture.Attempt(
            HOST, again.url, "unchanged", later.crawl.id, status=304, fetched_at=later.time(),
            headers=[("ETag", '"1"')], confirms=payloads.digest(PAGE), entry_id=again.id,
            settles=True,
        ),
    )  # fmt: skip
    return archive


def nobody(page: Strange) -> bool:
    raise AssertionError(f"{page.url} is ours")


def said(archive: Archive) -> dict[str, list[tuple[Any, ...]]]:
    """What an archive was told from outside, without its own numbers."""
    return {
        "frontier": rows(archive, """SELECT crawls.started_at, portal, role, url, method, body,
            args, state, outcome, column_url, address, added_at,
            (SELECT fetched_at FROM fetches WHERE fetches.id = fetch_id)
            FROM frontier JOIN crawls ON crawls.id = frontier.campaign ORDER BY frontier.id"""),
        "fetches": rows(archive, """SELECT portal, url, final_url, host, method, fetched_at, status,
            outcome, error, payload_sha256, headers, elapsed_ms, address,
            (SELECT url FROM frontier WHERE frontier.id = frontier_id)
            FROM fetches ORDER BY id"""),
        "crawls": rows(archive, "SELECT spider, arguments, started_at, reason FROM crawls"),
        "notes": rows(archive, "SELECT portal, column_url, code, detail FROM notes"),
        "portals": rows(archive, "SELECT * FROM portals ORDER BY host"),
        "payloads": rows(archive, "SELECT sha256, size FROM payloads ORDER BY sha256"),
    }  # fmt: skip


@pytest.fixture
def warc(full: Archive, tmp_path: Path) -> Path:
    export(full, tmp_path / "all.warc.gz")
    return tmp_path / "all.warc.gz"


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "other.db", world="sandbox") as opened:
        yield opened


def test_what_went_out_comes_in(full: Archive, warc: Path, other: Archive) -> None:
    found = load(other, warc, nobody)
    assert said(other) == said(full)
    assert (found.fetches, found.known) == (one(full, "SELECT count(*) FROM fetches"), 0)
    assert payloads.get(other, payloads.digest(PAGE)) == PAGE


def test_twice_is_once(full: Archive, warc: Path, other: Archive) -> None:
    load(other, warc, nobody)
    counted = [one(other, f"SELECT count(*) FROM {table}") for table in TABLES]
    found = load(other, warc, nobody)
    assert found.fetches == 0
    assert [one(other, f"SELECT count(*) FROM {table}") for table in TABLES] == counted
    before = said(full)
    assert load(full, warc, nobody).fetches == 0
    assert said(full) == before


def test_it_joins_what_another_archive_has(warc: Path, tmp_path: Path) -> None:
    with open_archive(tmp_path / "mine.db") as mine:
        Run(mine, "2023-06-01").article(f"http://{HOST}/own.html", data=b"own")
        load(mine, warc, nobody)
        assert one(mine, "SELECT count(*) FROM crawls") == 3
        assert rows(mine, "PRAGMA foreign_key_check") == []
        campaigns = rows(mine, "SELECT DISTINCT campaign FROM frontier ORDER BY 1")
        assert campaigns == rows(mine, "SELECT DISTINCT campaign FROM crawls ORDER BY 1")


def test_the_records_are_those_of_the_standard(warc: Path) -> None:
    with warc.open("rb") as stream:
        records = [
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), record.http_headers)
            for record in ArchiveIterator(stream, check_digests="raise")
        ]
    with warc.open("rb") as stream:
        profiles = [
            record.rec_headers.get_header("WARC-Profile").rsplit("/", 1)[-1]
            for record in ArchiveIterator(stream)
            if record.rec_type == "revisit"
        ]
    kinds = [kind for kind, *_ in records]
    assert kinds[0] == "warcinfo"
    assert profiles == ["identical-payload-digest", "server-not-modified"]
    answers = [(uri, http) for kind, uri, http in records if kind == "response"]
    assert len(answers) == 5
    moved = next(http for uri, http in answers if uri.endswith("old.html"))
    assert moved.get_statuscode() == "302"
    assert moved.get_header("Content-Encoding") is None, "the body stands decoded"
    assert {uri for kind, uri, _ in records if kind == "metadata" and not uri.startswith("urn:")} \
        == set(), "metadata under a page's address would be replayed as the page"  # fmt: skip


def test_no_file_is_replaced_and_none_is_left_half(
    full: Archive, tmp_path: Path, warc: Path
) -> None:
    with pytest.raises(ArchiveError, match="exists"):
        export(full, warc)
    full.conn.execute("UPDATE payloads SET data = x'00'")
    with pytest.raises(ArchiveError, match="do not match"):
        export(full, tmp_path / "again.warc.gz")
    assert list(tmp_path.glob("again*")) == []


def test_the_worlds_never_mix(warc: Path, tmp_path: Path) -> None:
    with (
        Archive.open(tmp_path / "real.db", world="real") as real,
        pytest.raises(WrongWorld, match="sandbox world"),
    ):
        load(real, warc, nobody)


@pytest.mark.parametrize(
    "data",
    [b"", b"no such thing", gzip.compress(b"WARC/1.1\r\nnonsense", mtime=0)],
    ids=["empty", "text", "cut record"],
)
def test_junk_is_named(other: Archive, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "junk.warc").write_bytes(data)
    if not data:
        assert load(other, tmp_path / "junk.warc", nobody).fetches == 0
        return
    with pytest.raises(ArchiveError, match="no WARC file"):
        load(other, tmp_path / "junk.warc", nobody)


def forged(path: Path, *values: dict[str, Any]) -> Path:
    """A file that says it is ours; each value is a table."""
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        writer.write_record(writer.create_warcinfo_record("x", {"gov-reports-world": "sandbox"}))
        for value in values:
            body = json.dumps(value).encode()
            writer.write_record(
                writer.create_warc_record(
                    "urn:gov-reports:table:crawls", "metadata", BytesIO(body), len(body),
                    warc_content_type="application/vnd.gov-reports.rows+json",
                )
            )  # fmt: skip
    return path


@pytest.mark.parametrize(
    "table",
    [
        {"columns": ["id"], "rows": [[1]]},
        {"rows": []},
        {
            "columns": ["id", "campaign", "spider", "arguments", "started_at", "x) VALUES (1); --"],
            "rows": [[1, 1, "gov_reports", "{}", "2024", 1]],
        },
    ],
)
def test_a_forged_export_changes_nothing(
    other: Archive, tmp_path: Path, table: dict[str, Any]
) -> None:
    with pytest.raises(ArchiveError, match="and is not"):
        load(other, forged(tmp_path / "forged.warc.gz", table), nobody)
    assert one(other, "SELECT count(*) FROM crawls") == 0


def strange(path: Path, *urls: str) -> Path:
    """A file as others write it: gzipped bodies, a request beside each answer, WARC 1.0."""
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True, warc_version="WARC/1.0")
        for url in urls:
            headers = StatusAndHeaders(
                "200 OK", [("Content-Encoding", "gzip"), ("Content-Type", "text/html")],
                protocol="HTTP/1.1",
            )  # fmt: skip
            body = gzip.compress(PAGE)
            date = {"WARC-Date": "2024-03-01T01:02:03Z"}
            writer.write_record(
                writer.create_warc_record(
                    url,
                    "response",
                    BytesIO(body),
                    len(body),
                    http_headers=headers,
                    warc_headers_dict=date,
                )
            )
            writer.write_record(
                writer.create_warc_record(url, "request", BytesIO(ASKED), len(ASKED))
            )
    return path


def test_pages_of_others_are_offered_decoded(other: Archive, tmp_path: Path) -> None:
    offered: list[Strange] = []

    def take(page: Strange) -> bool:
        offered.append(page)
        return page.url.endswith("1.html")

    urls = [f"http://{HOST}/1.html", f"http://{HOST}/2.html"]
    found = load(other, strange(tmp_path / "cc.warc.gz", *urls), take)
    assert (found.strange, found.refused, found.fetches) == (1, 1, 0)
    assert [page.url for page in offered] == urls
    assert {page.body for page in offered} == {PAGE}
    assert offered[0].fetched_at == "2024-03-01T01:02:03Z"


@pytest.mark.skipif(not shutil.which("wb-manager"), reason="pywb is not installed")
def test_pywb_replays_it(warc: Path, tmp_path: Path) -> None:
    web = tmp_path / "web"
    web.mkdir()
    for words in (["init", "all"], ["add", "all", str(warc)]):
        subprocess.run(["wb-manager", *words], cwd=web, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        ["wayback", "-b", "127.0.0.1", "-p", str(port)],
        cwd=web, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ),
    )  # fmt: skip
    try:
        # 2 is a revisit of 1, and a year later the server says that it has not changed.
        for name, year in (("1", 2024), ("2", 2024), ("2", 2025)):
            path = f"/all/{year}0601000000id_/http://{HOST}/{name}.html"
            assert answered(server, port, path) == PAGE
    finally:
        server.kill()
        server.wait()


def answered(server: subprocess.Popen[bytes], port: int, path: str) -> bytes:
    """Ask until the server is up; it ends by itself if it cannot."""
    while server.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            assert response.status == 200
            return response.read()
        except ConnectionRefusedError:
            continue
        finally:
            connection.close()
    raise AssertionError("the server ended")
