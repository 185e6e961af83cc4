"""What a user may type or hand over by mistake: one line that says so, and nothing left behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.crawler.test_commands import Scrapy, scrapy

__all__ = ["scrapy"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["crawl", "gov_reports", "-a", "portals=,"], "portals= is empty"),
        (["crawl", "gov_reports", "-a", "years=，"], "years= is empty"),
        (["crawl", "gov_reports", "-a", "years=99999999999999999999"], "not a year"),
        (["crawl", "gov_reports", "-s", "SANDBOX=true", "-s", "READERS=0"], "at least 1"),
        (["extract", "a.html", "--url", "http://[bad"], "no address"),
        (["extract", "http://[::1"], "no address"),
    ],
)
def test_what_cannot_be_meant_is_refused(scrapy: Scrapy, words: list[str], said: str) -> None:
    result = scrapy(*words)
    assert result.code == 2
    assert said in result.err
    assert not list(Path.cwd().iterdir())


def test_pipe_and_device_are_no_files(scrapy: Scrapy, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.html")
    result = scrapy("extract", "pipe.html", "/dev/zero")
    assert result.code == 1
    assert result.err.count("this is no file but a device or a pipe") == 2
