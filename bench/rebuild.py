"""How fast all is made anew, with one reading process and with two: ``python -m bench.rebuild``.

The medium sandbox is crawled once; each rebuild works on a copy of its archive, turn by turn, and
must say the same as the crawl did.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from archive.db import Archive
from archive.digest import content_digest
from crawler.rebuilding import rebuild

ROOT = Path(__file__).resolve().parents[1]
JOBS = (1, 2)
ROUNDS = 2
WANTED = 1.5


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        crawled = Path(folder) / "crawled.db"
        _crawl(crawled)
        with Archive.open(crawled, write=False, world="sandbox") as archive:
            digest = content_digest(archive)
            reports = archive.conn.execute("SELECT count(*) FROM reports").fetchone()[0]
        seconds: dict[int, list[float]] = {jobs: [] for jobs in JOBS}
        for _ in range(ROUNDS):
            for jobs in JOBS:
                seconds[jobs].append(_rebuild(crawled, jobs, digest))
    figures: dict[str, float] = {"reports": reports}
    for jobs in JOBS:
        figures[f"seconds with {jobs}"] = round(statistics.median(seconds[jobs]), 1)
        figures[f"reports a second with {jobs}"] = round(
            reports / statistics.median(seconds[jobs]), 1
        )
    figures["gain"] = round(statistics.median(seconds[1]) / statistics.median(seconds[2]), 2)
    for name, value in figures.items():
        print(f"{name:<28} {value}")  # noqa: T201
    print(json.dumps({"bench": "rebuild", "wanted": WANTED, "figures": figures}))  # noqa: T201


def _crawl(file: Path) -> None:
    settings = {"SCRAPY_SETTINGS_MODULE": "crawler.settings", "PYTHONPATH": str(ROOT)}
    subprocess.run(
        [
            sys.executable, "-m", "scrapy", "crawl", "gov_reports", "-s", "SANDBOX=true",
            "-s", f"ARCHIVE={file}",
        ],
        check=True, cwd=file.parent, env=os.environ | settings, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _rebuild(crawled: Path, jobs: int, digest: str) -> float:
    file = crawled.with_name(f"{jobs}.db")
    shutil.copy(crawled, file)
    begun = time.perf_counter()
    with Archive.open(file, world="sandbox") as archive:
        outcome = rebuild(archive, jobs=jobs, timeout=120, progress=lambda *_: None)
    seconds = time.perf_counter() - begun
    with Archive.open(file, write=False, world="sandbox") as archive:
        if outcome.differences or content_digest(archive) != digest:
            raise RuntimeError("the same reader does not say the same")
    file.unlink()
    return seconds


if __name__ == "__main__":
    main()
