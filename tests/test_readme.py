"""Every command of the README runs: against the sandbox where the README means the network."""

import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from spiders.families.trs import Trs
from tests.readme import blocks

ROOT = Path(__file__).parents[1]
# The commands are found where this Python is installed, as in an activated environment.
BIN = Path(sys.executable).parent
SANDBOX = ["-s", "SANDBOX=true", "-s", "SANDBOX_SIZE=small"]


def run(command: str | list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command in the repository; ``sandbox.db`` is the one of the folder."""
    words = shlex.split(command) if isinstance(command, str) else command
    words = [word.replace("sandbox.db", str(folder / "sandbox.db")) for word in words]
    if words[0] in ("scrapy", "sqlite-utils"):
        words[0] = str(BIN / words[0])
    environment = {**os.environ, "COLUMNS": "200"}
    return subprocess.run(words, cwd=ROOT, env=environment, text=True, capture_output=True,
                          timeout=240, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the database that the README's first command makes, in a small world."""
    folder = tmp_path_factory.mktemp("readme")
    (command,) = blocks("sh", "install")
    crawl = command.split("&&")[-1].strip()
    assert crawl == "scrapy crawl gov_reports -s SANDBOX=true"
    small = ["-s", "SANDBOX_SIZE=small", "-s", "ARCHIVE=sandbox.db"]
    done = run([*shlex.split(crawl), *small], folder)
    assert done.returncode == 0, done.stderr
    for word in ("Reports", "Years", "Refused", "Checks", "Coverage", "Database"):
        assert word in done.stdout
    return folder


def test_the_two_commands_install_what_they_run() -> None:
    (install,), (tests,) = blocks("sh", "install"), blocks("sh", "test")
    assert "pip install -q -e ." in install
    assert "pip install -q -e '.[test]'" in tests
    assert tests.strip().endswith("&& pytest")


def test_the_tour_answers_its_questions(folder: Path) -> None:
    commands = [line for block in blocks("sh") for line in block.splitlines()]
    assert len(commands) >= 6
    for command in commands:
        done = run(command, folder)
        assert done.returncode == 0, (command, done.stderr)
        assert len(done.stdout.splitlines()) > 1 or json.loads(done.stdout), command


def test_the_archive_is_cared_for(folder: Path) -> None:
    (block,) = blocks("sh", "care")
    for command in block.splitlines():
        done = run(command, folder)
        assert done.returncode == 0, (command, done.stderr)
        assert done.stdout.strip(), command
    assert (folder / "sandbox.db.copy").stat().st_size > 1_000_000
    assert (folder / "sandbox.db.warc.gz").stat().st_size > 100_000


def test_a_researcher_searches_and_takes_a_release(folder: Path) -> None:
    (block,) = blocks("sh", "researcher")
    for command in block.splitlines():
        done = run(command, folder)
        assert done.returncode == 0, (command, done.stderr)
    assert (folder / "sandbox.db.releases/gov_reports-1.0.0/datapackage.json").exists()


def test_the_site_is_served_until_it_is_stopped(folder: Path) -> None:
    (command,) = blocks("sh", "site")
    words = shlex.split(command.replace("sandbox.db", str(folder / "sandbox.db")))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [str(BIN / words[0]), *words[1:], "--port", str(port)], cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(f"http://127.0.0.1:{port}/")
        page = _patiently(f"http://127.0.0.1:{port}/")
        assert "收录情况" in page
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.communicate()


def _patiently(address: str) -> str:
    """Return a page of a server that is about to listen."""
    until = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                return str(answer.read().decode())
        except urllib.error.URLError:
            if time.monotonic() > until:
                raise


def test_the_commands_of_the_real_crawl_work_in_the_sandbox(folder: Path, tmp_path: Path) -> None:
    (block,) = blocks("sh", "network")
    for number, command in enumerate(block.splitlines()):
        archive = ["-s", f"ARCHIVE={tmp_path / f'{number}.db'}"]
        done = run([*shlex.split(command), *SANDBOX, *archive], folder)
        assert done.returncode == 0, (command, done.stderr)


def test_the_leaf_in_the_readme_is_one() -> None:
    (code,) = blocks("python")
    names: dict[str, object] = {}
    exec(code, names)
    (leaf,) = [one for one in names.values()
               if isinstance(one, type) and issubclass(one, Trs) and one is not Trs]
    real = (ROOT / "spiders/portals/xiangyang_sjj.py").read_text(encoding="utf-8")
    assert code == real
    assert leaf.name == "sjj.xiangyang.gov.cn"


def test_the_readme_names_every_command_and_file() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    ours = {path.stem for path in (ROOT / "crawler/commands").glob("[a-z]*.py")}
    for name in ours:
        assert re.search(rf"scrapy {name}\b", text), name
    for link in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / link).exists(), link
