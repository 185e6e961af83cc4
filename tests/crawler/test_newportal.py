"""A new leaf passes the test that walks all leaves, in a copy of the project; nothing is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler import preflight
from crawler.leaf_file import file_name
from crawler.sandbox.world import World
from spiders.portal import by_host
from spiders.portals import leaves
from tests.crawler.test_commands import Scrapy, scrapy

__all__ = ["scrapy"]  # a fixture
ROOT = Path(__file__).parents[2]
LOOK = ["-s", "SANDBOX=true", "-s", "SANDBOX_SIZE=country"]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of what the test of all leaves needs."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("archive", "crawler", "extract", "spiders", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def host() -> str:
    """A portal of the country that has no leaf."""
    known = by_host(leaves())
    found = [one for one in World(1, "country").truth()["portals"] if one["host"] not in known]
    return str(next(one["host"] for one in found if one["family"] == "trs" and one["columns"]))


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *words],
        cwd=folder, capture_output=True, text=True, check=False, timeout=300,
        env=os.environ | {"PYTHONPATH": str(folder), "SCRAPY_SETTINGS_MODULE": "crawler.settings"},
    )  # fmt: skip


def test_a_new_leaf_passes_the_walker_and_is_never_overwritten(project: Path, host: str) -> None:
    result = run(project, "scrapy", "newportal", host, *LOOK)
    assert result.returncode == 0, result.stderr
    assert "Traceback" not in result.stderr
    leaf = project / "spiders" / "portals" / f"{file_name(host)}.py"
    page = project / "tests" / "spiders" / "pages" / f"{host}.html"
    assert leaf.exists()
    assert f"wrote    {leaf}" in result.stdout
    assert "unsure   column " in result.stdout
    files = {path: path.read_bytes() for path in (leaf, page, page.with_suffix(".json"))}
    walked = run(
        project, "pytest", "-q", "-n", "0", "-p", "no:cacheprovider",
        "tests/spiders/test_samples.py", "tests/spiders/test_leaves.py", "-k", host,
    )  # fmt: skip
    assert walked.returncode == 0, walked.stdout
    assert walked.stdout.count(".") >= 6, "the walker has tests of this leaf"
    again = run(project, "scrapy", "newportal", host, *LOOK)
    assert again.returncode == 2
    assert "has a leaf" in again.stderr
    leaf.write_text("# written by a person\n")
    kept = run(project, "scrapy", "newportal", host, *LOOK)
    assert kept.returncode == 2
    assert "nothing is overwritten" in kept.stderr
    assert leaf.read_text() == "# written by a person\n"
    assert {path: path.read_bytes() for path in list(files)[1:]} == dict(list(files.items())[1:])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["www.qy.gov.cn"], "has a leaf: spiders.portals.qiyang"),
        (["www.example.com"], "not under gov.cn"),
        ([], "missing argument"),
        (["www.newhost.gov.cn", "--out", "/nowhere"], "is no folder"),
        (["www.newhost.gov.cn", "--division", "无此县"], "unknown division"),
        (["www.newhost.gov.cn", "--overwrite"], "unknown option"),
    ],
)
def test_wrong_usage_is_one_line_and_2(scrapy: Scrapy, words: list[str], said: str) -> None:
    result = scrapy("newportal", *words)
    assert result.code == 2
    assert said in result.err


def test_a_host_that_cannot_be_looked_up_writes_nothing(scrapy: Scrapy, tmp_path: Path) -> None:
    result = scrapy("newportal", "www.newhost.gov.cn", "--out", str(tmp_path))
    assert result.code == 1
    assert "there seems to be no network" in result.err
    assert list(tmp_path.iterdir()) == []


def test_a_host_the_sandbox_does_not_have_writes_nothing(scrapy: Scrapy, tmp_path: Path) -> None:
    result = scrapy("newportal", "www.newhost.gov.cn", "--out", str(tmp_path), *LOOK)
    assert result.code == 1
    assert "does not answer for www.newhost.gov.cn" in result.err
    assert list(tmp_path.iterdir()) == []


def test_a_real_look_needs_a_contact(
    scrapy: Scrapy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preflight.socket, "getaddrinfo", lambda host, port: [])
    result = scrapy("newportal", "www.newhost.gov.cn", "--out", str(tmp_path))
    assert result.code == 2
    assert "needs a contact" in result.err
    assert list(tmp_path.iterdir()) == []
