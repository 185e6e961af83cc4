"""List pages are parsed in the crawl's own process: none may hold it up for long."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from spiders.page import Page
from spiders.parse import parse_task
from spiders.portals.xiangyang_xzsp import XiangyangXzsp

ROOT = Path(__file__).parents[2]
COLUMN = "http://xzsp.xiangyang.gov.cn/zwgk/gknb/"
SECONDS = 120  # of processor time for all of them together, which takes about two
_LINK = '<a href="./202401/t20240101_1.shtml">某局</a>'

PAGES: dict[str, Callable[[], str]] = {
    "links in links": lambda: '<a href="a">' * 10_000,
    "lists in lists": lambda: ("<ul><li>" + _LINK) * 2_000,
    "links ever deeper": lambda: ("<div>" + _LINK) * 800,
    "links after many elements": lambda: "<span>x</span>" * 20_000 + _LINK * 2_000,
    "one cell of links": lambda: f"<table><tr><td>{(_LINK + '2024-01-01') * 5_000}</table>",
    "links without text": lambda: ("<b></b>" * 10 + '<a href="x.shtml"> </a>') * 4_000,
    "many more": lambda: "<h3> </h3>" * 300 + '<a href="x/">更多</a>' * 300,
    "pagers": lambda: f"<script>{'createPageHTML(' * 50_000}</script>",
    "pagers of variables": lambda: f"<script>{'createPageHTML(a,b,c);' * 20_000}</script>",
    "jumps": lambda: f"<script>{'window.' * 200_000}</script>",
    "variables": lambda: f"<script>{'var url=' * 100_000}document.write</script>",
    "tree": lambda: "<script>" + '{name:"' * 100_000 + "</script>",
    "title": lambda: '<a href="./202401/t20240101_1.shtml">' + "2023年 1" * 100_000 + "</a>",
    "breadcrumb": lambda: f'<div class="crumb">{">" * 500_000}</div>',
    "attributes": lambda: f"<div {' '.join(f'a{n}=1' for n in range(60_000))}>",
    "rows": lambda: f"<ul>{f'<li>{_LINK}</li>' * 2_000}</ul>",
}


def test_no_list_page_takes_for_ever() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.spiders.test_bounds"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    parsed = json.loads(done.stdout.splitlines()[-1]) if done.stdout else {}
    assert parsed.keys() == PAGES.keys(), done.stdout + done.stderr[-2000:]
    assert parsed["rows"] == parsed["one cell of links"] == parsed["links ever deeper"] == 1


def test_list_cut_short_is_no_evidence_of_what_it_does_not_list() -> None:
    row = '<li><a href="./202401/t20240101_{}.shtml">某局2023年政府信息公开工作年度报告</a></li>'
    rows = "".join(row.format(number) for number in range(3))
    tags = "<p>" * 300_000
    page = Page(COLUMN, f"<ul>{rows}</ul>{tags}".encode())
    parsed = parse_task(
        XiangyangXzsp(), page, "column", {"column": COLUMN}, known=lambda url: False, years=None
    )
    assert len(parsed.listings) == 3
    assert [note.partition(":")[0] for note in parsed.notes] == ["page_cut"]


def main() -> None:
    """Parse each page, with a limit of processor time; print how many rows each had."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    found: dict[str, int] = {}
    for name, make in PAGES.items():
        page = Page(COLUMN, f"<html><body>{make()}</body></html>".encode())
        parsed = parse_task(
            XiangyangXzsp(), page, "column", {"column": COLUMN, "depth": 0},
            known=lambda url: False, years=None,
        )  # fmt: skip
        found[name] = len(parsed.listings)
        sys.stdout.write(f"{name}\n")
        sys.stdout.flush()
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
