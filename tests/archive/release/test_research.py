"""Every block of docs/RESEARCH.md that can be run is run over a release."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from archive.db import Archive
from archive.release.pack import FILE, release
from tests.archive.release.test_pack import fill

TEXT = (Path(__file__).parents[3] / "docs" / "RESEARCH.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("research")
    fill(path / "sandbox.db")
    with Archive.open(path / "sandbox.db", write=False, world=None) as archive:
        return release(archive, path / "out").folder


def test_the_first_day(folder: Path) -> None:
    statements = [one for block in blocks("sql") for one in block.split(";") if one.strip()]
    assert len(statements) == 4
    conn = sqlite3.connect(folder / FILE)
    answers = [conn.execute(statement).fetchall() for statement in statements]
    conn.close()
    assert ("education", 2022, 2, 10, 0.2) in [row[:5] for row in answers[0]]
    assert any(row[2] == "not_listed" for row in answers[1])


def test_three_questions_in_python(folder: Path) -> None:
    script = "\n".join(blocks("python"))
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        cwd=folder, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert "d_refused_share" in ran.stdout
    assert "html:t" in ran.stdout and "sha256:" in ran.stdout


def test_r_asks_for_columns_that_exist(folder: Path) -> None:
    import pandas

    (script,) = blocks("r")
    tables = ("panel", "coverage", "cells", "reports")
    known = {
        name for table in tables
        for name in pandas.read_parquet(folder / f"parquet/{table}.parquet").columns
    }  # fmt: skip
    named = re.findall(r"\b(?:d_\w+|r_\w+_tot|org_type|admin_level|report_\w+|table_key|row_key)\b",
                       script)
    assert named and set(named) <= known
