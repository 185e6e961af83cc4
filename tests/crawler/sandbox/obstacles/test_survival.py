"""The server survives all of it, and ends."""

from __future__ import annotations

import json
import socket
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path

import pytest

from crawler.sandbox.obstacles.layer import Obstacles
from crawler.sandbox.process import SandboxProcess
from crawler.sandbox.world import World
from tests.crawler.sandbox.conftest import SEED

from .conftest import Client

SLOW = {"slow_forever", "slow_drip", "robots_slow", "too_large", "too_large_unsaid", "bomb"}


def test_it_answers_well_after_everything_and_ends(
    world: World, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    log, truth = tmp_path / "log", tmp_path / "truth.json"
    laid = Obstacles(world, "all", faults=0.5)
    sandbox = SandboxProcess("small", SEED, obstacles="all", faults=0.5, log=log, truth=truth)
    with sandbox:
        client = Client(sandbox.proxy)
        for one in laid.placed:
            url = f"http://{one.place.rstrip('$')}" + ("/" if one.path == "/" else "")
            if one.kind.name.startswith("robots"):
                url = f"http://{one.host}/robots.txt"
            if one.kind.name in SLOW:
                hang_up(client, url)
                continue
            if one.kind.tls is not None:
                url = url.replace("http:", "https:")
            with suppress(OSError, HTTPException):
                client.get(url)
        answers = []
        for _ in range(3):
            with suppress(OSError, HTTPException):
                answers.append(client.get("http://xzsp.xiangyang.gov.cn/zwgk/gknb/").status)
        assert answers[-1] == 200
        assert sandbox.stop() == 0
    assert "Traceback" not in capfd.readouterr().err
    assert json.loads(truth.read_text("utf-8")) == laid.truth()
    met = {json.loads(line)["obstacle"] for line in log.read_text("utf-8").splitlines()}
    assert met >= {"challenge_412", "reset_always", "no_http", "to_https", "robots_503", "fault"}


def hang_up(client: Client, url: str) -> None:
    """Ask, read a little and go."""
    with socket.create_connection(client.address, 20) as wire:
        wire.sendall(f"GET {url} HTTP/1.1\r\nHost: sandbox\r\n\r\n".encode())
        with suppress(OSError):
            wire.recv(1 if "robots" not in url else 0)
