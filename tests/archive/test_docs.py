"""What docs/ARCHIVE.md says is tried out, word for word."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from archive.db import Archive
from archive.packing import pack
from tests.archive.test_schema import PUBLIC
from tests.archive.world import HOST, Run, open_archive, rows

TEXT = (Path(__file__).parents[2] / "docs" / "ARCHIVE.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


def test_every_table_is_described(archive: Archive) -> None:
    described = {
        name
        for line in TEXT.splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`(\w+)`", line.split("|")[1])
    }
    made = {
        row[0]
        for row in rows(archive, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
    }
    assert set(PUBLIC) <= described
    inner = ("sqlite_", "_", "search_data", "search_idx", "search_docsize", "search_config")
    assert {name for name in made if not name.startswith(inner)} <= described


def test_the_queries_answer(archive: Archive) -> None:
    Run(archive).article(f"http://{HOST}/1.html")
    line, value = blocks("sql")
    assert rows(archive, line) == []  # a body of another place; test_places has one with a past
    assert [row[:3] for row in rows(archive, value)] == [
        ("420600/财政局:2023:own_body:1", "5", "html:t3/r5/c2")
    ]


@pytest.mark.skipif(
    not (shutil.which("sqlite3") and shutil.which("zstd")), reason="needs sqlite3 and zstd"
)
@pytest.mark.parametrize("pages", [1, 30], ids=["alone", "with a dictionary"])
def test_a_payload_is_read_without_this_project(tmp_path: Path, pages: int) -> None:
    bodies = [f"<p>{'年度报告' * 300}{number}</p>".encode() * 3 for number in range(pages)]
    with open_archive(tmp_path / "sandbox.db") as archive:
        for number, body in enumerate(bodies):
            Run(archive).article(f"http://{HOST}/{number}.html", data=body)
        pack(archive)
        assert (pages > 1) == bool(rows(archive, "SELECT 1 FROM dictionaries"))
    (script,) = blocks("sh")
    done = subprocess.run(
        ["sh", "-e", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "page.html: OK" in done.stdout
    assert (tmp_path / "page.html").read_bytes() in bodies
