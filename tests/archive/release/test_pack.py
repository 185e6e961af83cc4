from __future__ import annotations

import csv
import hashlib
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from archive.db import Archive
from archive.errors import ArchiveError
from archive.release import pack
from archive.release.gate import Measures, refusals
from archive.release.pack import FILE, ReleaseRefusedError, release
from archive.search.find import search
from extract.record import Agency, Claim, Indicator, Section, SectionPart
from tests.archive.site import country
from tests.archive.world import HOST, Run, open_archive, reading

MOBILE, PERSON, MAILBOX = "13971234567", "赵卫东", "gkzx_2024@163.com"


def fill(path: Path, *, more: bool = False, digit: int = 5) -> None:
    """An archive with a report that prints persons, and what ``country`` makes."""
    country.build(path)
    with open_archive(path) as archive:
        run = Run(archive, "2025-07-01")
        contact = f"联系人：{PERSON}，手机：{MOBILE}，邮箱：{MAILBOX}。"
        text = f"{contact}去年的问题已经解决。今年的问题是界定不清。"
        cut = len(contact) + len("去年的问题已经解决。")
        record = reading(
            title="襄阳市水利局2023年政府信息公开工作年度报告",
            agency=Agency("襄阳市水利局", "title"),
            sections=[
                Section(1, "一、总体情况", contact),
                Section(5, "五、问题", text, (
                    SectionPart("last_year", 0, cut), SectionPart("this_year", cut, len(text)))),
            ],
            claims=[Claim("agency", "襄阳市水利局", "signature", contact)],
            indicators=[Indicator("trainings", digit, "次", None, "stated", contact, 1, "shipped")],
        )  # fmt: skip
        record.tables["t3_requests"]["new_received"]["total"] = country.Cell(
            str(digit), digit, None, "件", "form", "html:t3/r5/c2")
        run.article(f"http://{HOST}/slj.html", [record], data=f"{contact}{digit}".encode())
        if more:
            country.report(run, "宜城市审计局", 2024, 3)
        country.update(archive)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    fill(tmp_path / "sandbox.db")
    return tmp_path / "sandbox.db"


def made(file: Path, out: Path, **options: Any) -> pack.Release:
    with Archive.open(file, write=False, world=None) as archive:
        return release(archive, out, **options)


def digests(folder: Path) -> dict[str, str]:
    return {
        str(one.relative_to(folder)): hashlib.sha256(one.read_bytes()).hexdigest()
        for one in folder.rglob("*") if one.is_file()
    }  # fmt: skip


def test_two_builds_are_the_same_files(file: Path, tmp_path: Path) -> None:
    one, other = made(file, tmp_path / "a"), made(file, tmp_path / "b")
    assert one.version == other.version == "1.0.0"
    assert digests(one.folder) == digests(other.folder)
    again = made(file, tmp_path / "a")
    assert (again.is_new, again.folder) == (False, one.folder)
    assert [item.name for item in (tmp_path / "a").iterdir()] == ["gov_reports-1.0.0"]


def test_the_sums_are_those_of_the_files(file: Path, tmp_path: Path) -> None:
    folder = made(file, tmp_path / "out").folder
    told = dict(
        reversed(line.split("  ")) for line in (folder / "SHA256SUMS").read_text().splitlines()
    )
    found = digests(folder)
    del found["SHA256SUMS"]
    assert told == found


def test_no_person_is_in_any_file(file: Path, tmp_path: Path) -> None:
    found = made(file, tmp_path / "out")
    for one in found.folder.rglob("*"):
        if one.is_file() and one.suffix != ".parquet":
            data = one.read_bytes()
            for word in (MOBILE, PERSON, MAILBOX):
                assert word.encode() not in data, (one.name, word)
    assert found.taken == {"person": 4, "mobile": 4, "mailbox": 4}
    with sqlite3.connect(found.folder / FILE) as conn:
        assert search(conn, MOBILE).total == 0
        assert search(conn, "已经解决").total == 1
        text, parts = conn.execute(
            "SELECT text, parts FROM sections WHERE number = 5 AND text LIKE '%〔%'"
        ).fetchone()
    import json

    cut = [text[part["start"] : part["end"]] for part in json.loads(parts)]
    assert cut[1] == "今年的问题是界定不清。"
    assert "".join(cut) == text
    conn.close()


def test_it_opens_where_researchers_open_it(file: Path, tmp_path: Path) -> None:
    import duckdb
    import pandas

    folder = made(file, tmp_path / "out").folder
    with sqlite3.connect(folder / FILE) as conn:
        count = conn.execute("SELECT count(*) FROM panel").fetchone()[0]
        assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        names = {row[0] for row in conn.execute("SELECT name FROM sqlite_master")}
    conn.close()
    assert not names & {"payloads", "frontier", "dictionaries"}
    panel = duckdb.sql(f"SELECT * FROM '{folder}/parquet/panel.parquet'").df()
    same = pandas.read_csv(folder / "csv/panel.csv")
    assert len(panel) == len(same) == count == 6
    assert list(panel.columns) == list(same.columns)
    assert same.set_index("report_key")["r_new_tot"].sum() == 22 + 23 + 24 + 10 + 10 + 5
    cells = pandas.read_csv(folder / "csv/cells.csv")
    assert set(cells["report_key"]) == set(same["report_key"])
    reports = pandas.read_csv(folder / "csv/reports.csv")
    assert reports["citation"].str.contains("sha256:").all()
    with (folder / "csv/panel.csv").open("rb") as raw:
        assert raw.read(3) == b"\xef\xbb\xbf"


def test_frictionless_finds_nothing_wrong(file: Path, tmp_path: Path) -> None:
    from frictionless import validate

    report = validate(str(made(file, tmp_path / "out").folder / "datapackage.json"))
    assert report.valid, report.flatten(["name", "message"])
    assert len(report.tasks) == 16


def test_what_is_new_and_what_changed_makes_the_next_number(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made(file, out)
    fill(tmp_path / "corrected.db", digit=6)
    second = made(tmp_path / "corrected.db", out)
    assert second.version == "1.0.1"
    changes = (second.folder / "CHANGELOG.md").read_text("utf-8")
    assert "### Changed: 1\n\n- 420600/水利局:2023:own_body:1\n" in changes
    assert changes.rstrip().endswith("First release.")
    fill(tmp_path / "more.db", more=True, digit=6)
    third = made(tmp_path / "more.db", out)
    assert third.version == "1.1.0"
    assert "### Added: 1" in (third.folder / "CHANGELOG.md").read_text("utf-8")


def test_a_worse_release_is_refused_and_the_last_one_stays(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    last = made(file, out)
    before = digests(last.folder)
    country.build(tmp_path / "smaller.db")
    with pytest.raises(ReleaseRefusedError, match="reports fell from 6 to 5"):
        made(tmp_path / "smaller.db", out)
    assert digests(last.folder) == before
    assert [item.name for item in out.iterdir()] == [last.folder.name]
    forced = made(tmp_path / "smaller.db", out, force=True)
    assert "reports fell from 6 to 5" in (forced.folder / "METHODS.md").read_text("utf-8")


def test_an_empty_archive_has_no_release(tmp_path: Path) -> None:
    open_archive(tmp_path / "sandbox.db").close()
    with pytest.raises(ReleaseRefusedError, match="no report"):
        made(tmp_path / "sandbox.db", tmp_path / "out")


def test_a_build_that_dies_leaves_the_last_one(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    last = made(file, out)
    fill(tmp_path / "corrected.db", digit=6)

    def die(folder: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pack, "_sums", die)
    with pytest.raises(KeyboardInterrupt):
        made(tmp_path / "corrected.db", out)
    assert pack.last_release(out) == last.folder
    assert [item.name for item in out.iterdir()] == [last.folder.name]


def test_nobody_writes_into_a_release(file: Path, tmp_path: Path) -> None:
    folder = made(file, tmp_path / "out").folder
    with pytest.raises(ArchiveError, match=r"is release 1\.0\.0"):
        Archive.open(folder / FILE, world=None)
    shutil.copy(folder / FILE, tmp_path / "copy.sqlite")
    with Archive.open(tmp_path / "copy.sqlite", write=False, world=None) as archive:
        assert archive.meta("world") == "sandbox"


def test_the_full_file_is_the_archive(file: Path, tmp_path: Path) -> None:
    folder = made(file, tmp_path / "out", full=True).folder
    with Archive.open(folder / pack.FULL, write=False, world=None) as archive:
        assert archive.conn.execute("SELECT count(*) FROM payloads").fetchone()[0] > 5


def test_fewer_proofs_are_refused(file: Path, tmp_path: Path) -> None:
    folder = made(file, tmp_path / "out").folder
    with sqlite3.connect(folder / FILE) as conn:
        conn.execute("UPDATE panel SET q_t3_requests = 'proven'")
    conn.close()
    less = Measures(6, 6, 10_000, 3, 2022, 2024, 6, 3, 0, 0)
    with Archive.open(file, write=False, world=None) as archive:
        (reason,) = refusals(archive.conn, less, folder / FILE)
    assert "from 100.0% to 50.0%" in reason


def test_every_column_of_the_panel_is_described(file: Path, tmp_path: Path) -> None:
    folder = made(file, tmp_path / "out").folder
    with (folder / "csv/panel.csv").open(encoding="utf-8-sig") as raw:
        names = next(csv.reader(raw))
    import json

    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    fields = {
        one["name"]: one
        for resource in package["resources"] if resource["name"] == "panel"
        for one in resource["schema"]["fields"]
    }  # fmt: skip
    assert list(fields) == names
    told = [name for name in names if "title" in fields[name]]
    assert set(names) - set(told) == {"publisher_key", "sector"}
    assert "r_denied_secret_tot" in (folder / "CODEBOOK.md").read_text("utf-8")
    assert "r_denied_secret_tot" in (folder / "CODEBOOK.html").read_text("utf-8")
